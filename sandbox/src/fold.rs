//! One form for texts that a person takes for the same: for searching and for sorting.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text in lower case, Latin letters without their accents, runs of white space as one space.
///
/// Marks on other scripts stay: `й` is no `и`, and Hangul and Devanagari are spelt with them.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        // Most texts: nothing to take apart.
        return joined(&text.to_ascii_lowercase());
    }
    let mut after_latin = false;
    let bare = text.nfd().filter(|letter| {
        let mark = is_combining_mark(*letter);
        if !mark {
            after_latin = is_latin(*letter);
        }
        !(mark && after_latin)
    });
    let spelt: String = bare.nfc().flat_map(char::to_lowercase).collect();
    let mut folded = String::with_capacity(spelt.len());
    for letter in spelt.chars() {
        match plain(letter) {
            Some(plain) => folded.push_str(plain),
            None => folded.push(letter),
        }
    }
    joined(&folded)
}

/// The words of the text, with one space between them.
fn joined(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphabetic() || matches!(letter, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// The Latin letters that Unicode does not take apart into a letter and an accent.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ð' | 'đ' => "d",
        'þ' => "th",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn latin_letters_lose_case_and_accents() {
        assert_eq!(fold("José ÅSTRÖM"), "jose astrom");
        assert_eq!(fold("Łukasz Żółć"), "lukasz zolc");
        assert_eq!(fold("Jürgen Weiß"), "jurgen weiss");
        assert_eq!(fold("İpek Yıldız"), "ipek yildiz");
        assert_eq!(fold("Nguyễn Thị Hồng"), "nguyen thi hong");
    }

    #[test]
    fn a_letter_and_its_accent_may_come_apart() {
        assert_eq!(fold("Jose\u{301}"), fold("José"));
    }

    #[test]
    fn other_scripts_keep_their_marks() {
        assert_eq!(fold("Андрей"), "андрей");
        assert_eq!(fold("김민준"), "김민준");
        assert_eq!(fold("शर्मा"), "शर्मा");
    }

    #[test]
    fn white_space_is_one_space() {
        assert_eq!(fold("  Ada \n\t Lovelace "), "ada lovelace");
    }
}
