//! Finds the documented name that an unknown name most likely means.

use crate::contract::Field;

/// The row of the documented name that `key` most likely means: the one that differs only in case and separators, or
/// else the nearest within two edits.
pub(crate) fn nearest(key: &str, fields: &[Field]) -> Option<usize> {
    let mut nearest = None;
    // Two edits turn almost any name of three letters into any other.
    let mut least = if key.len() > 4 { 3 } else { 2 };
    for (row, field) in fields.iter().enumerate() {
        let distance = distance(key, field.name);
        if distance < least {
            least = distance;
            nearest = Some(row);
        }
    }
    nearest
}

fn letters(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(u8::is_ascii_alphanumeric)
}

/// The number of letters to insert, delete or replace to make one name into another (Levenshtein).
fn distance(key: &str, name: &str) -> usize {
    // No documented name is longer, and a longer name is not near any of them.
    let mut row: [usize; 32] = core::array::from_fn(|column| column);
    if key.len() >= row.len() {
        return key.len();
    }
    let mut last = letters(name).count();
    for (above, letter) in letters(key).enumerate() {
        let mut diagonal = above;
        last = above + 1;
        let mut cells = row.iter_mut();
        if let Some(cell) = cells.next() {
            *cell = last;
        }
        for (cell, other) in cells.zip(letters(name)) {
            let exchanged = diagonal + usize::from(!letter.eq_ignore_ascii_case(&other));
            diagonal = *cell;
            last = exchanged.min(diagonal + 1).min(last + 1);
            *cell = last;
        }
    }
    last
}
