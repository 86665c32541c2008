//! Maps the names of columns to the fields of a customer.
//!
//! A name is recognised if it is a field's own, or one of the common spellings of spreadsheets and customer management
//! systems, whatever its case, blanks and punctuation. Every column is reported, even if it has no field.

use std::collections::BinaryHeap;

use collins_customers::contract::{COMPANY_ADDRESS, NEW_CUSTOMER, row_of};
use collins_customers::text::split_at_byte;

/// The target of the cells of a column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A field of a customer, by its row in [`NEW_CUSTOMER`].
    Field(usize),
    /// A part of the address, by its row in [`COMPANY_ADDRESS`].
    Address(usize),
    /// The opt-in to one marketing preference, by its id.
    Preference(String),
    /// A first and a last name in one cell. It has no field of its own: a fix splits it.
    FullName,
    /// A read-only field, such as the id and the bookings of an exported customer.
    ReadOnly,
}

/// The way in which a name was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// It is the field's own name.
    Exact,
    /// It is a common spelling of the field.
    Usual,
}

/// One column, as it was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name in the file; empty if there is none.
    pub name: String,
    /// The target of its cells; none if it has no field, or if another column has that field already.
    pub target: Option<Target>,
    /// The way in which the name was recognised.
    pub certainty: Option<Certainty>,
    /// The column, from 0, that has the field already.
    pub repeats: Option<usize>,
    /// The separator of the items of a cell, if the field is a list.
    pub separator: u8,
}

/// A byte-order mark.
const MARK: char = '\u{feff}';

impl Column {
    /// A column according to its name.
    fn named(name: &str) -> Column {
        // Where two programs put a mark before the file, the second one is a part of the first name.
        let name = name.strip_prefix(MARK).unwrap_or(name).trim();
        let (target, certainty) = target_of(name).unzip();
        Column {
            name: name.into(),
            target,
            certainty,
            repeats: None,
            separator: SEPARATOR,
        }
    }

    /// Returns whether its target can have only one column. Several columns may be read-only.
    fn is_one_field(&self) -> bool {
        !matches!(self.target, None | Some(Target::ReadOnly))
    }

    /// Leaves its field to the first column with that field, if that is another one.
    fn repeat(&mut self, first: usize, own: usize) {
        if first != own {
            self.go_to(None);
            self.repeats = Some(first);
        }
    }

    /// Sets the target of the cells, or removes it.
    pub fn go_to(&mut self, target: Option<&Target>) {
        self.target = target.cloned();
        self.certainty = target.map(|_| Certainty::Exact);
        self.repeats = None;
    }
}

/// The separator of the items of a list, if its cells have no other.
pub const SEPARATOR: u8 = b',';

/// The other separators. A comma comes last, because items have commas, too.
pub const SEPARATORS: [u8; 3] = [b';', b'|', b'\n'];

/// The separator of the items of a text.
#[must_use]
pub fn separator_in(text: &str) -> u8 {
    let mut separators = SEPARATORS.into_iter();
    separators
        .find(|separator| split_at_byte(text, *separator).is_some())
        .unwrap_or(SEPARATOR)
}

/// The column of full names, if there is none for either part of them.
#[must_use]
pub fn splits(columns: &[Column]) -> Option<usize> {
    let halves = ["first_name", "last_name"].map(documented);
    let has_half = columns
        .iter()
        .any(|column| column.target.is_some() && halves.contains(&column.target));
    let whole = |column: &Column| column.target == Some(Target::FullName);
    columns.iter().position(whole).filter(|_| !has_half)
}

/// The common spellings, without case, blanks and punctuation, of each field.
const SPELLINGS: &[(&str, &[&str])] = &[
    (
        "email",
        &[
            "emailaddress",
            "emails",
            "mail",
            "customeremail",
            "contactemail",
            "primaryemail",
            "emailaddress1",
            "email1value",
        ],
    ),
    (
        "first_name",
        &[
            "first",
            "firstnames",
            "forename",
            "forenames",
            "givenname",
            "christianname",
            "fname",
        ],
    ),
    (
        "last_name",
        &["last", "surname", "familyname", "secondname", "lname"],
    ),
    (
        "company",
        &[
            "companyname",
            "organisation",
            "organization",
            "business",
            "businessname",
            "employer",
            "accountname",
        ],
    ),
    (
        "phone",
        &[
            "phonenumber",
            "phoneno",
            "mobile",
            "mobilephone",
            "mobilenumber",
            "mobileno",
            "cell",
            "cellphone",
            "tel",
            "telephone",
            "telephonenumber",
            "telno",
            "contactnumber",
            "contactphone",
            "primaryphone",
            "phone1",
            "phone1value",
            "mobilephonenumber",
        ],
    ),
    (
        "company_address.street",
        &[
            "street",
            "address",
            "address1",
            "addressline1",
            "streetaddress",
            "companyaddress",
            "companystreet",
        ],
    ),
    (
        "company_address.city",
        &["city", "town", "towncity", "citytown", "companycity"],
    ),
    (
        "company_address.post_code",
        &[
            "postcode",
            "postalcode",
            "zip",
            "zipcode",
            "zippostalcode",
            "companypostcode",
        ],
    ),
    (
        "dob",
        &[
            "dateofbirth",
            "birthday",
            "birthdate",
            "bday",
            "born",
            "birthdaymmddyyyy",
        ],
    ),
    ("custom_field_value", &["customfield", "custom"]),
    (
        "associated_venues",
        &["venues", "venue", "venueid", "venueids", "associatedvenue"],
    ),
    (
        "marketing_preference_ids",
        &["preferenceids", "marketingpreferenceid"],
    ),
    (
        "labels",
        &[
            "label",
            "tags",
            "tag",
            "guesttags",
            "categories",
            "groups",
            "segments",
        ],
    ),
    (
        "notes",
        &[
            "note",
            "guestnotes",
            "customernotes",
            "comment",
            "comments",
            "remarks",
            "description",
        ],
    ),
    (
        "full_name",
        &[
            "name",
            "customername",
            "guestname",
            "contactname",
            "customer",
            "guest",
            "displayname",
        ],
    ),
];

/// The last column of the file of those that were not imported: `REASON` in js/rest.js. The next import of that file
/// puts another reason in its place.
pub const REASON: &str = "not imported because";

/// The fields of an exported customer that a create does not accept.
const READ_ONLY: &[&str] = &["id", "created_date", "last_updated", "bookings"];

/// The dates of the choices of a marketing preference.
const CHOICE_DATES: &[&str] = &[".opt_in_date", ".opt_out_date"];

/// The columns of a header, in its order.
#[inline(never)]
pub fn understand<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Column> {
    let mut columns: Vec<Column> = names.map(Column::named).collect();
    // A heap, which sorts them: a hostile header has more preferences than can be searched one by one.
    let mut targets = BinaryHeap::new();
    for (place, column) in columns.iter_mut().enumerate() {
        if column.is_one_field() {
            targets.push((column.target.take(), place));
        }
    }
    let mut first = usize::MAX;
    for (target, place) in targets.into_sorted_vec() {
        if columns.get(first).is_none_or(|it| it.target != target) {
            first = place;
        }
        if let Some(column) = columns.get_mut(place) {
            column.target = target;
            column.repeat(first, place);
        }
    }
    columns
}

/// The first column of each target.
pub type Firsts = Vec<(Target, usize)>;

/// Adds a column to a few others.
pub fn add(columns: &mut Vec<Column>, firsts: &mut Firsts, name: &str) {
    let mut column = Column::named(name);
    let place = columns.len();
    if let Some(target) = &column.target
        && column.is_one_field()
    {
        match firsts.iter().find(|(it, _)| it == target) {
            Some((_, first)) => column.repeat(*first, place),
            None => firsts.push((target.clone(), place)),
        }
    }
    columns.push(column);
}

/// The target of a name, and the way in which it was recognised.
#[must_use]
pub fn target_of(name: &str) -> Option<(Target, Certainty)> {
    if name.is_empty() {
        return None;
    }
    if let Some(target) = documented(name) {
        return Some((target, Certainty::Exact));
    }
    let letters: String = name
        .chars()
        // The spellings are ASCII: a table of all letters would be larger than the rest of this file.
        .filter(|character| character.is_ascii_alphanumeric() || !character.is_ascii())
        .map(|character| character.to_ascii_lowercase())
        .collect();
    let (path, _) = SPELLINGS.iter().find(|(path, spellings)| {
        spellings.contains(&letters.as_str()) || is_spelling(path, &letters)
    })?;
    Some((documented(path)?, Certainty::Usual))
}

/// Returns whether a name differs from a path only in case and punctuation.
fn is_spelling(path: &str, letters: &str) -> bool {
    path.bytes()
        .filter(u8::is_ascii_alphanumeric)
        .eq(letters.bytes())
}

/// The target that a caller names: a field, a part of the address, or a preference.
#[must_use]
pub fn target_named(path: &str) -> Option<Target> {
    documented(path).filter(|target| !matches!(target, Target::FullName | Target::ReadOnly))
}

/// The target of a documented name: a field's, a part's of the address, a preference's, or one that is read-only.
fn documented(path: &str) -> Option<Target> {
    if path == "full_name" {
        return Some(Target::FullName);
    }
    if READ_ONLY.contains(&path) {
        return Some(Target::ReadOnly);
    }
    if let Some(part) = path.strip_prefix("company_address.") {
        return row_of(COMPANY_ADDRESS, part).map(Target::Address);
    }
    if let Some(id) = path.strip_prefix("marketing_preferences.") {
        if CHOICE_DATES.iter().any(|part| id.ends_with(part)) {
            return Some(Target::ReadOnly);
        }
        return (!id.is_empty()).then(|| Target::Preference(id.into()));
    }
    // An address and preferences have a column for each of their parts.
    row_of(NEW_CUSTOMER, path)
        .filter(|_| !matches!(path, "company_address" | "marketing_preferences"))
        .map(Target::Field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str) -> Target {
        Target::Field(row_of(NEW_CUSTOMER, name).unwrap())
    }

    #[test]
    fn names_are_recognised_in_their_common_spellings() {
        let city = Target::Address(row_of(COMPANY_ADDRESS, "city").unwrap());
        let post_code = Target::Address(row_of(COMPANY_ADDRESS, "post_code").unwrap());
        for (name, expected) in [
            ("email", field("email")),
            ("E-mail", field("email")),
            ("E-Mail Address", field("email")),
            ("First Name", field("first_name")),
            ("FIRST_NAME", field("first_name")),
            ("Surname", field("last_name")),
            ("Mobile", field("phone")),
            ("Tel.", field("phone")),
            ("D.O.B.", field("dob")),
            ("Date of Birth", field("dob")),
            ("Postcode", post_code.clone()),
            ("ZIP / Postal code", post_code),
            ("company_address.city", city.clone()),
            ("Town", city),
            ("Company Name", field("company")),
            ("Tags", field("labels")),
            ("E-mail 1 - Value", field("email")),
            ("Phone 1 - Value", field("phone")),
            ("Birthday (MM/DD/YYYY)", field("dob")),
            ("Guest Notes", field("notes")),
            ("Name", Target::FullName),
            (
                "marketing_preferences.5c7d9e",
                Target::Preference("5c7d9e".into()),
            ),
            ("id", Target::ReadOnly),
            ("bookings", Target::ReadOnly),
            ("marketing_preferences.5c7d9e.opt_in_date", Target::ReadOnly),
        ] {
            assert_eq!(
                target_of(name).map(|(target, _)| target),
                Some(expected),
                "{name}"
            );
        }
        for name in [
            "",
            " ",
            "Shoe size",
            "marketing_preferences.",
            "company_address.country",
            "e",
        ] {
            assert_eq!(target_of(name), None, "{name}");
        }
    }

    #[test]
    fn every_field_of_a_column_is_recognised_by_its_own_name() {
        for (row, field) in NEW_CUSTOMER.iter().enumerate() {
            let expected = match field.name {
                "company_address" | "marketing_preferences" => continue,
                _ => Some((Target::Field(row), Certainty::Exact)),
            };
            assert_eq!(target_of(field.name), expected);
        }
    }

    #[test]
    fn no_spelling_belongs_to_two_fields() {
        for (path, spellings) in SPELLINGS {
            for spelling in *spellings {
                let (target, _) = target_of(spelling).unwrap();
                assert_eq!(Some(target), documented(path), "{spelling}");
            }
        }
    }

    #[test]
    fn the_first_of_two_columns_for_a_field_gets_it() {
        let columns = understand(["Mobile", "email", "Phone", "", "?"].into_iter());
        assert_eq!(columns[2].repeats, Some(0));
        assert_eq!(columns[2].target, None);
        assert_eq!(columns[1].target, Some(field("email")));
        assert_eq!(columns[1].certainty, Some(Certainty::Exact));
        assert_eq!((&columns[3].target, columns[3].repeats), (&None, None));
    }

    #[test]
    fn a_read_only_column_repeats_no_other() {
        let columns = understand(["id", "created_date", "bookings"].into_iter());
        for column in columns {
            assert_eq!(
                (column.target, column.repeats),
                (Some(Target::ReadOnly), None)
            );
        }
    }
}
