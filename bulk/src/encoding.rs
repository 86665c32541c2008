//! Converts the bytes of a file to UTF-8.
//!
//! Spreadsheets save UTF-8 with and without a byte order mark, UTF-16 of either order, and Windows-1252. The
//! platform's `TextDecoder` reads the bytes 80–9F of the last one wrongly on Node 20 and in workerd, so all are read
//! here.

/// The encoding of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8. Its bytes are taken as they are.
    #[default]
    Utf8,
    /// UTF-16, the lower byte first.
    Utf16LittleEndian,
    /// UTF-16, the upper byte first.
    Utf16BigEndian,
    /// Windows-1252, which has a character for every byte.
    Windows1252,
}

impl Encoding {
    /// The encoding at the beginning of a file, and the length of its byte order mark. Windows-1252 cannot be
    /// recognised.
    #[must_use]
    pub fn detect(beginning: &[u8]) -> (Encoding, usize) {
        match beginning {
            [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8, 3),
            [0xff, 0xfe, ..] => (Encoding::Utf16LittleEndian, 2),
            [0xfe, 0xff, ..] => (Encoding::Utf16BigEndian, 2),
            // The first row of a file with customers begins with ASCII.
            [0, 1..0x80, ..] => (Encoding::Utf16BigEndian, 0),
            [1..0x80, 0, ..] => (Encoding::Utf16LittleEndian, 0),
            _ => (Encoding::Utf8, 0),
        }
    }
}

/// The characters of the bytes 80–9F in Windows-1252; the five that it leaves open are control characters.
const WINDOWS_1252: [char; 32] = [
    '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}', '\u{2021}',
    '\u{2c6}', '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8d}', '\u{17d}', '\u{8f}',
    '\u{90}', '\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\u{2022}', '\u{2013}', '\u{2014}',
    '\u{2dc}', '\u{2122}', '\u{161}', '\u{203a}', '\u{153}', '\u{9d}', '\u{17e}', '\u{178}',
];

/// Reads a file that arrives in chunks, which may end inside a character.
#[derive(Clone, Debug, Default)]
pub struct Decoder {
    encoding: Encoding,
    /// The first byte of a unit of UTF-16 whose second byte has not arrived yet.
    byte: Option<u8>,
    /// The first half of a surrogate pair.
    high: Option<u32>,
}

impl Decoder {
    /// A decoder for a file after its byte order mark.
    #[must_use]
    pub fn new(encoding: Encoding) -> Self {
        Decoder {
            encoding,
            ..Decoder::default()
        }
    }

    /// Appends the characters of a chunk to `text`.
    pub fn push(&mut self, chunk: &[u8], text: &mut Vec<u8>) {
        match self.encoding {
            Encoding::Utf8 => text.extend_from_slice(chunk),
            Encoding::Windows1252 => {
                for byte in chunk {
                    let open = byte.checked_sub(0x80).map(usize::from);
                    let character = open.and_then(|row| WINDOWS_1252.get(row).copied());
                    push(text, u32::from(character.unwrap_or(char::from(*byte))));
                }
            }
            Encoding::Utf16LittleEndian => self.units(chunk, u16::from_le_bytes, text),
            Encoding::Utf16BigEndian => self.units(chunk, u16::from_be_bytes, text),
        }
    }

    fn units(&mut self, chunk: &[u8], unit: fn([u8; 2]) -> u16, text: &mut Vec<u8>) {
        for byte in chunk {
            match self.byte.take() {
                Some(first) => self.unit(unit([first, *byte]), text),
                None => self.byte = Some(*byte),
            }
        }
    }

    fn unit(&mut self, unit: u16, text: &mut Vec<u8>) {
        let unit = u32::from(unit);
        if let Some(high) = self.high.take() {
            if unit & 0xfc00 == LOW {
                push(text, 0x1_0000 + ((high & 0x3ff) << 10 | unit & 0x3ff));
                return;
            }
            push(text, high);
        }
        if unit & 0xfc00 == HIGH {
            self.high = Some(unit);
        } else {
            push(text, unit);
        }
    }

    /// Writes what is left when the file ends in the midst of a character. Half a unit is written as half a pair, so
    /// that it is seen as well.
    pub fn end(&mut self, text: &mut Vec<u8>) {
        let byte = self.byte.take().map(u32::from);
        // Behind a first half a second one would be a character that is not in the file.
        let begin = if self.high.is_some() { HIGH } else { LOW };
        for unit in self
            .high
            .take()
            .into_iter()
            .chain(byte.map(|byte| begin | byte))
        {
            push(text, unit);
        }
    }
}

/// Where the first and the second halves of surrogate pairs begin. A half that stands alone is written as if it were a
/// character: UTF-8 never has these bytes, so its row is found like any other that is not text, and it can be written
/// back as it was. U+FFFD would make a valid text of it.
const HIGH: u32 = 0xd800;
const LOW: u32 = 0xdc00;

/// Writes a character, or half of a surrogate pair, as UTF-8.
fn push(text: &mut Vec<u8>, code: u32) {
    if let Some(character) = char::from_u32(code) {
        text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        return;
    }
    let [lower, upper] = [code, code >> 6].map(|bits| (0x80 | bits & 0x3f).to_le_bytes()[0]);
    text.extend_from_slice(&[0xed, upper, lower]);
}

/// Writes a text that a [`Decoder`] read behind `bytes`, with a question mark for each character that the encoding does
/// not have.
pub fn encode(encoding: Encoding, text: &[u8], bytes: &mut Vec<u8>) {
    if encoding == Encoding::Utf8 {
        bytes.extend_from_slice(text);
        return;
    }
    let mut text = text.iter();
    while let Some(first) = text.next() {
        let length = first.leading_ones();
        let mut code = u32::from(*first) & (0x7f >> length);
        for byte in text.by_ref().take((length as usize).saturating_sub(1)) {
            code = code << 6 | u32::from(*byte) & 0x3f;
        }
        if encoding == Encoding::Windows1252 {
            bytes.push(windows_1252(code));
            continue;
        }
        let mut unit = |unit: u32| {
            let [low, high, ..] = unit.to_le_bytes();
            bytes.extend_from_slice(&match encoding {
                Encoding::Utf16BigEndian => [high, low],
                _ => [low, high],
            });
        };
        if let Some(above) = code.checked_sub(0x1_0000) {
            unit(HIGH | above >> 10);
            unit(LOW | above & 0x3ff);
        } else {
            unit(code);
        }
    }
}

fn windows_1252(code: u32) -> u8 {
    let row = WINDOWS_1252.iter().position(|it| u32::from(*it) == code);
    let open = row.and_then(|row| u8::try_from(0x80 + row).ok());
    let same = u8::try_from(code).ok();
    open.or(same.filter(|byte| !(0x80..0xa0).contains(byte)))
        .unwrap_or(b'?')
}

/// Reads bytes as UTF-8, with U+FFFD for invalid sequences.
#[must_use]
pub fn lossy(mut bytes: &[u8]) -> String {
    let mut text = String::new();
    loop {
        // Not `from_utf8_lossy`: the check is linked anyway, and is half as large.
        let error = match str::from_utf8(bytes) {
            Ok(rest) => {
                text.push_str(rest);
                return text;
            }
            Err(error) => error,
        };
        let (valid, rest) = bytes
            .split_at_checked(error.valid_up_to())
            .unwrap_or_default();
        text.push_str(str::from_utf8(valid).unwrap_or_default());
        text.push('\u{fffd}');
        let length = error.error_len().unwrap_or(rest.len());
        bytes = rest.get(length..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decoded(encoding: Encoding, bytes: &[u8], size: usize) -> Vec<u8> {
        let mut decoder = Decoder::new(encoding);
        let mut text = Vec::new();
        for chunk in bytes.chunks(size) {
            decoder.push(chunk, &mut text);
        }
        decoder.end(&mut text);
        text
    }

    #[test]
    fn a_byte_order_mark_or_zeros_show_the_encoding() {
        for (beginning, expected) in [
            (b"\xef\xbb\xbfid".as_slice(), (Encoding::Utf8, 3)),
            (b"\xff\xfei\0", (Encoding::Utf16LittleEndian, 2)),
            (b"\xfe\xff\0i", (Encoding::Utf16BigEndian, 2)),
            (b"i\0d\0", (Encoding::Utf16LittleEndian, 0)),
            (b"\0i\0d", (Encoding::Utf16BigEndian, 0)),
            (b"id", (Encoding::Utf8, 0)),
            (b"\xefid", (Encoding::Utf8, 0)),
            (b"\0\0", (Encoding::Utf8, 0)),
            (b"", (Encoding::Utf8, 0)),
        ] {
            assert_eq!(Encoding::detect(beginning), expected, "{beginning:?}");
        }
    }

    #[test]
    fn windows_1252_has_a_character_for_every_byte() {
        let bytes: Vec<u8> = (0..=255).collect();
        let text = decoded(Encoding::Windows1252, &bytes, 7);
        // Browsers read it with `encoding_rs`.
        let (expected, ..) = encoding_rs::WINDOWS_1252.decode(&bytes);
        assert_eq!(text, expected.as_bytes());
    }

    #[test]
    fn half_a_surrogate_pair_is_not_valid_text() {
        for (units, expected) in [
            ([0xd83d, 0xde00].as_slice(), "\u{1f600}".as_bytes()),
            (&[0xd83d, 0x61], b"\xed\xa0\xbda"),
            (&[0xde00, 0x61], b"\xed\xb8\x80a"),
            (&[0xd83d, 0xd83d, 0xde00], b"\xed\xa0\xbd\xf0\x9f\x98\x80"),
            (&[0x61, 0xd83d], b"a\xed\xa0\xbd"),
        ] {
            let bytes: Vec<u8> = units
                .iter()
                .flat_map(|unit: &u16| unit.to_be_bytes())
                .collect();
            assert_eq!(decoded(Encoding::Utf16BigEndian, &bytes, 3), expected);
            let is_whole = units == [0xd83d, 0xde00];
            assert_eq!(str::from_utf8(expected).is_ok(), is_whole);
        }
        // Half a unit, too.
        let text = decoded(Encoding::Utf16LittleEndian, b"a\0\xff", 1);
        assert_eq!(text, b"a\xed\xb3\xbf");
        assert!(str::from_utf8(&text).is_err());
    }

    #[test]
    fn a_missing_character_becomes_a_question_mark() {
        let mut bytes = Vec::new();
        encode(
            Encoding::Windows1252,
            "a\u{e9}\u{20ac}\u{1f600}\u{80}\u{100}".as_bytes(),
            &mut bytes,
        );
        assert_eq!(bytes, b"a\xe9\x80???");
    }

    proptest! {
        #[test]
        fn a_text_is_read_as_it_was_written(text in any::<String>(), bytes in prop::collection::vec(any::<u8>(), 0..99)) {
            for encoding in [Encoding::Utf8, Encoding::Utf16LittleEndian, Encoding::Utf16BigEndian] {
                let mut written = Vec::new();
                encode(encoding, text.as_bytes(), &mut written);
                prop_assert_eq!(decoded(encoding, &written, 7), text.as_bytes());
            }
            let text = decoded(Encoding::Windows1252, &bytes, 7);
            let mut written = Vec::new();
            encode(Encoding::Windows1252, &text, &mut written);
            prop_assert_eq!(written, bytes);
        }

        #[test]
        fn utf_16_is_written_as_it_was_read_also_where_it_is_no_text(units in prop::collection::vec(prop_oneof![any::<u16>(), 0xd800..0xe000_u16], 0..40)) {
            for (encoding, bytes) in [
                (Encoding::Utf16LittleEndian, u16::to_le_bytes as fn(u16) -> [u8; 2]),
                (Encoding::Utf16BigEndian, u16::to_be_bytes),
            ] {
                let file: Vec<u8> = units.iter().flat_map(|unit| bytes(*unit)).collect();
                let text = decoded(encoding, &file, 7);
                prop_assert_eq!(str::from_utf8(&text).is_ok(), String::from_utf16(&units).is_ok());
                let mut written = Vec::new();
                encode(encoding, &text, &mut written);
                prop_assert_eq!(written, file);
            }
        }

        #[test]
        fn utf_16_is_that_of_the_standard_library(text in any::<String>(), size in 1..9_usize) {
            let units: Vec<u16> = text.encode_utf16().collect();
            let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            prop_assert_eq!(decoded(Encoding::Utf16LittleEndian, &little, size), text.as_bytes());
            prop_assert_eq!(decoded(Encoding::Utf16BigEndian, &big, size), text.as_bytes());
        }

        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..99), size in 1..9_usize) {
            for encoding in [Encoding::Utf8, Encoding::Utf16LittleEndian, Encoding::Utf16BigEndian, Encoding::Windows1252] {
                let _ = decoded(encoding, &bytes, size);
            }
        }
    }
}
