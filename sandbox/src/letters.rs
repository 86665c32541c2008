//! Folds texts that people read as the same into one form, for searching and sorting.
//!
//! Removing accents needs the tables of Unicode, 100 KB of them. A crate has them natively; in WebAssembly the
//! surrounding JavaScript does it, and is called for every text that is not ASCII.

use collins_customers::text::pieces;

#[cfg(target_arch = "wasm32")]
use crate::outside::{bare, lower_case};
#[cfg(not(target_arch = "wasm32"))]
use native::{bare, lower_case};

/// Lower-cases the text, removes accents from Latin letters, and turns runs of white space into one space.
///
/// Marks in other scripts are kept: `й` is not `и`, and Hangul and Devanagari are spelt with them.
#[must_use]
pub fn fold(text: &str) -> String {
    if !is_ascii(text) {
        return folded(&bare(text));
    }
    // Most texts: there is nothing to decompose.
    folded(text)
}

fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\t'..='\r' | ' ') {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else if letter.is_ascii() {
            folded.push(letter.to_ascii_lowercase());
        } else if let Some(plain) = plain(letter) {
            folded.push_str(plain);
        } else {
            folded.push(letter);
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// As in the standard library, where it is made for long texts.
fn is_ascii(text: &str) -> bool {
    text.bytes().all(|byte| byte < 0x80)
}

/// Lower-cases the text and keeps its accents.
#[must_use]
pub fn lower(text: &str) -> String {
    if is_ascii(text) {
        text.to_ascii_lowercase()
    } else {
        lower_case(text)
    }
}

/// The letters that Unicode does not decompose into a letter and an accent, each before what replaces it. The last one
/// is the form of sigma at the end of a word: people do not type it in the middle of an unfinished one.
const PLAIN: &str = "ßss|æae|œoe|øo|ðd|đd|þth|łl|ħh|ıi|ςσ";

fn plain(letter: char) -> Option<&'static str> {
    pieces(PLAIN, b'|').find_map(|pair| pair.strip_prefix(letter))
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;

    /// Lower-cases the text, removes accents from Latin letters, and makes all white space spaces.
    pub fn bare(text: &str) -> String {
        let mut after_latin = false;
        let bare = text.nfd().filter(|letter| {
            let mark = is_combining_mark(*letter);
            if !mark {
                after_latin = is_latin(*letter);
            }
            !(mark && after_latin)
        });
        let spelt = lower_case(&bare.nfc().collect::<String>());
        spelt.replace(char::is_whitespace, " ")
    }

    pub fn lower_case(text: &str) -> String {
        text.to_lowercase()
    }

    fn is_latin(letter: char) -> bool {
        letter.is_ascii_alphabetic()
            || matches!(letter, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
    }
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
    fn a_letter_and_its_accent_may_be_separate_characters() {
        assert_eq!(fold("Jose\u{301}"), fold("José"));
    }

    #[test]
    fn other_scripts_keep_their_marks() {
        assert_eq!(fold("Андрей"), "андрей");
        assert_eq!(fold("김민준"), "김민준");
        assert_eq!(fold("शर्मा"), "शर्मा");
    }

    #[test]
    fn a_sigma_is_one_letter_at_any_position() {
        assert_eq!(fold("ΝΙΚΟΣ"), fold("Νίκος").replace('ί', "ι"));
        assert_eq!(fold("Βλάχος"), "βλάχοσ");
    }

    #[test]
    fn white_space_is_one_space() {
        assert_eq!(fold("  Ada \n\t Lovelace "), "ada lovelace");
        assert_eq!(fold("  Adá \u{2003} Lovelace "), "ada lovelace");
    }
}
