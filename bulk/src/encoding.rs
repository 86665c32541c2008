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
    high: Option<u16>,
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
                    push(text, character.unwrap_or(char::from(*byte)));
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
        let is_low = unit & 0xfc00 == 0xdc00;
        if let Some(high) = self.high.take() {
            if is_low {
                let code_point =
                    0x1_0000 + ((u32::from(high) & 0x3ff) << 10 | u32::from(unit) & 0x3ff);
                push(text, char::from_u32(code_point).unwrap_or_default());
                return;
            }
            text.push(BROKEN);
        }
        if unit & 0xfc00 == 0xd800 {
            self.high = Some(unit);
        } else if let Some(character) = char::from_u32(u32::from(unit)) {
            push(text, character);
        } else {
            text.push(BROKEN);
        }
    }

    /// Writes the rest if the file ends inside a character.
    pub fn end(&mut self, text: &mut Vec<u8>) {
        let is_half = self.high.take().is_some();
        if self.byte.take().is_some() || is_half {
            text.push(BROKEN);
        }
    }
}

/// The byte that replaces half of a surrogate pair: UTF-8 never has it, so the row is reported like any other that is
/// not valid. U+FFFD would make a valid text of it.
const BROKEN: u8 = 0xff;

fn push(text: &mut Vec<u8>, character: char) {
    text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

/// Appends a text to `bytes`, with a question mark for each character that the encoding does not have.
pub fn encode(encoding: Encoding, text: &str, bytes: &mut Vec<u8>) {
    let unit = match encoding {
        Encoding::Utf8 => {
            bytes.extend_from_slice(text.as_bytes());
            return;
        }
        Encoding::Windows1252 => {
            bytes.extend(text.chars().map(windows_1252));
            return;
        }
        Encoding::Utf16LittleEndian => u16::to_le_bytes,
        Encoding::Utf16BigEndian => u16::to_be_bytes,
    };
    for it in text.encode_utf16() {
        bytes.extend_from_slice(&unit(it));
    }
}

fn windows_1252(character: char) -> u8 {
    let row = WINDOWS_1252.iter().position(|it| *it == character);
    let open = row.and_then(|row| u8::try_from(0x80 + row).ok());
    let same = u8::try_from(u32::from(character)).ok();
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
            (&[0xd83d, 0x61], b"\xffa"),
            (&[0xde00, 0x61], b"\xffa"),
            (&[0xd83d, 0xd83d, 0xde00], b"\xff\xf0\x9f\x98\x80"),
            (&[0x61, 0xd83d], b"a\xff"),
        ] {
            let bytes: Vec<u8> = units
                .iter()
                .flat_map(|unit: &u16| unit.to_be_bytes())
                .collect();
            assert_eq!(decoded(Encoding::Utf16BigEndian, &bytes, 3), expected);
        }
        // Half a unit, too.
        assert_eq!(decoded(Encoding::Utf16LittleEndian, b"a\0b", 1), b"a\xff");
    }

    #[test]
    fn a_missing_character_becomes_a_question_mark() {
        let mut bytes = Vec::new();
        encode(
            Encoding::Windows1252,
            "a\u{e9}\u{20ac}\u{1f600}\u{80}\u{100}",
            &mut bytes,
        );
        assert_eq!(bytes, b"a\xe9\x80???");
    }

    proptest! {
        #[test]
        fn a_text_is_read_as_it_was_written(text in any::<String>(), bytes in prop::collection::vec(any::<u8>(), 0..99)) {
            for encoding in [Encoding::Utf8, Encoding::Utf16LittleEndian, Encoding::Utf16BigEndian] {
                let mut written = Vec::new();
                encode(encoding, &text, &mut written);
                prop_assert_eq!(decoded(encoding, &written, 7), text.as_bytes());
            }
            let text = lossy(&decoded(Encoding::Windows1252, &bytes, 7));
            let mut written = Vec::new();
            encode(Encoding::Windows1252, &text, &mut written);
            prop_assert_eq!(written, bytes);
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
