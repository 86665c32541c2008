//! What `query` and `full_name` look at.
//!
//! `query` may mean any part of a word, so it looks through the texts of all customers. A trigram index
//! (FTS5) answers faster, but not texts of one or two letters, and it has to be kept. Measured over 10 000
//! customers in an optimised build: 1 to 7 ms for looking through, 0.3 to 4 ms by the index, and 70 ms to
//! build it. That is not worth a second way to the same answer.

use collins_customers::customer::Customer;

use crate::fold::fold;

/// Ends each of the parts that are searched. No folded text holds one.
const END: char = '\n';

/// The first and the last name, folded.
pub fn full_name(customer: &Customer) -> String {
    let names = [&customer.first_name, &customer.last_name];
    let names: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
    fold(&names.join(" "))
}

/// The four parts that `query` looks at, as one text: each begins after an [`END`] and ends with one, so
/// that "is the same as a part" and "begins a part" are questions of finding a text.
pub fn text(customer: &Customer) -> String {
    let mut text = String::from(END);
    for part in [
        full_name(customer),
        fold(customer.email.as_deref().unwrap_or_default()),
        fold(customer.company.as_deref().unwrap_or_default()),
        digits(customer.phone.as_deref().unwrap_or_default()),
    ] {
        text += &part;
        text.push(END);
    }
    text
}

/// The text to find for what was asked for. A telephone number is found however it is spaced.
pub fn needle(query: &str) -> String {
    let punctuation = |letter: char| " +-().".contains(letter);
    let digits = digits(query);
    if digits.len() >= 3 && query.chars().all(|c| c.is_ascii_digit() || punctuation(c)) {
        digits
    } else {
        fold(query)
    }
}

/// What is looked for, from the most to the least relevant: a part as a whole, the beginning of a part,
/// the beginning of a word. What is left is somewhere within a word.
pub fn ranks(needle: &str) -> [String; 3] {
    [
        format!("{END}{needle}{END}"),
        format!("{END}{needle}"),
        format!(" {needle}"),
    ]
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
