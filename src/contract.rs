//! The API's documentation as data.
//!
//! Every field, filter, limit and issue code is written here, once. Validation, the query codec, the
//! filter builder, the sandbox and the documentation read these tables; nothing else in the tree
//! writes a limit, a parameter name or a code. A new documented filter is one row here and one setter
//! in [`crate::filter`].
//!
//! ```
//! use collins_customers::contract::{FILTERS, Kind, NEW_CUSTOMER, row_of};
//!
//! let phone = row_of(NEW_CUSTOMER, "phone").map(|row| NEW_CUSTOMER[row].kind);
//! assert_eq!(phone, Some(Kind::Text { max: 20 }));
//! assert_eq!(FILTERS.len(), 26);
//! ```

/// The production base URL. \[doc\]
pub const PRODUCTION: &str = "https://api.collinsbookings.com/api";

/// The base URL of the test environment. \[doc\]
pub const PLAYPEN: &str = "https://api-playpen.collinsbookings.com/api";

/// The resource, relative to the base URL. \[doc\]
pub const CUSTOMERS: &str = "/customers";

/// The kind of a value. Limits count Unicode code points. \[assumed\]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text of at most `max` code points.
    Text {
        /// The documented limit; [`UNLIMITED`] if there is none.
        max: u32,
    },
    /// An email address of at most `max` code points (see [`crate::rules::email`]).
    Email {
        /// The documented limit.
        max: u32,
    },
    /// A real calendar date, `YYYY-MM-DD`.
    Date,
    /// A date-time: `2019-03-06 17:00:00`, or the same with `T`, a fraction and a zone.
    DateTime,
    /// Text, a number or a boolean, of at most `max` code points when written as text.
    Scalar {
        /// The documented limit.
        max: u32,
    },
    /// The id of a customer (see [`crate::rules::check::customer_id`]).
    CustomerId,
    /// A list of ids, none of them empty.
    Ids,
    /// A list of texts.
    Texts,
    /// A list of email addresses.
    Emails,
    /// A map of preference ids to booleans: opt in, or opt out. In an update also the list that reading returns, of
    /// which [`PREFERENCE`] has the fields that matter.
    Preferences,
    /// A boolean: opt in, or opt out.
    OptIn,
    /// An object with the fields of [`COMPANY_ADDRESS`].
    Address,
    /// A search text: not empty.
    Search,
    /// A whole number from `min` to `max`.
    Integer {
        /// The smallest value allowed.
        min: u32,
        /// The largest value allowed.
        max: u32,
    },
    /// A whole number from `min` to `max`, or a list of them.
    Integers {
        /// The smallest value allowed.
        min: u32,
        /// The largest value allowed.
        max: u32,
    },
    /// A page number, as a whole number from 1 or as its digits.
    Page,
}

/// The `max` of a text for which no limit is documented.
pub const UNLIMITED: u32 = u32::MAX;

/// One row of a table: a field of a body, or a parameter of the list operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The wire name.
    pub name: &'static str,
    /// The kind of its value.
    pub kind: Kind,
    /// The parameter that this one requires; empty if there is none.
    pub requires: &'static str,
    /// The parameter that ends the range this one begins; empty if there is none.
    pub until: &'static str,
}

const fn field(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        requires: "",
        until: "",
    }
}

const fn from(name: &'static str, until: &'static str) -> Field {
    Field {
        name,
        kind: Kind::Date,
        requires: "",
        until,
    }
}

const fn with(requires: &'static str, field: Field) -> Field {
    Field { requires, ..field }
}

/// The index of the field called `name`.
#[must_use]
pub fn row_of(fields: &[Field], name: &str) -> Option<usize> {
    fields.iter().position(|field| field.name == name)
}

// The tables are statics: a constant would be written once more into each crate of a module that reads it.

/// The parts of `company_address`. \[doc\]
pub static COMPANY_ADDRESS: &[Field] = &[
    field("street", Kind::Text { max: 255 }),
    field("city", Kind::Text { max: 50 }),
    field("post_code", Kind::Text { max: 10 }),
];

/// The fields that an entry of the list form of marketing preferences must have. \[doc\] The other fields that
/// reading returns, its dates, may be there and are ignored. \[assumed\]
pub static PREFERENCE: &[Field] = &[field("id", Kind::Search), field("opted_in", Kind::OptIn)];

/// The body of an update: the fields of a create, then those that only an update knows. \[doc\]
pub static CUSTOMER_UPDATE: &[Field; 16] = &[
    field("email", Kind::Email { max: 255 }),
    field("first_name", Kind::Text { max: 255 }),
    field("last_name", Kind::Text { max: 255 }),
    field("company", Kind::Text { max: 255 }),
    field("phone", Kind::Text { max: 20 }),
    field("company_address", Kind::Address),
    field("dob", Kind::Date),
    field("custom_field_value", Kind::Scalar { max: 255 }),
    field("associated_venues", Kind::Ids),
    field("marketing_preference_ids", Kind::Ids),
    field("marketing_preferences", Kind::Preferences),
    field("labels", Kind::Texts),
    field("notes", Kind::Text { max: 1000 }),
    field("id", Kind::CustomerId),
    field("created_date", Kind::DateTime),
    field("last_updated", Kind::DateTime),
];

/// The body of a create. Every field is optional. \[doc\]
pub static NEW_CUSTOMER: &[Field] = CUSTOMER_UPDATE.split_at(13).0;

/// The fields that an update knows beyond those of a create. \[doc\]
pub static UPDATE_ONLY: &[Field] = CUSTOMER_UPDATE.split_at(13).1;

/// The fields of a customer that only the service writes. \[doc\]
pub const READ_ONLY: &[&str] = &["bookings"];

/// The parameters of the list operation, in the documentation's order. \[doc\]
pub static FILTERS: &[Field; 26] = &[
    field("associated_venues", Kind::Ids),
    field("booking_date", Kind::Date),
    from("booking_date_from", "booking_date_to"),
    field("booking_date_to", Kind::Date),
    field("created_date", Kind::Date),
    from("created_date_from", "created_date_to"),
    field("created_date_to", Kind::Date),
    field("dob_month", Kind::Integers { min: 1, max: 12 }),
    field("email", Kind::Emails),
    field("full_name", Kind::Search),
    field("labels", Kind::Texts),
    field("last_updated", Kind::Date),
    from("last_updated_from", "last_updated_to"),
    field("last_updated_to", Kind::Date),
    field("opted_in", Kind::Ids),
    with("opted_in", field("opted_in_date", Kind::Date)),
    with("opted_in", from("opted_in_date_from", "opted_in_date_to")),
    with("opted_in", field("opted_in_date_to", Kind::Date)),
    field("opted_out", Kind::Ids),
    with("opted_out", field("opted_out_date", Kind::Date)),
    with(
        "opted_out",
        from("opted_out_date_from", "opted_out_date_to"),
    ),
    with("opted_out", field("opted_out_date_to", Kind::Date)),
    field("query", Kind::Search),
    field("limit", Kind::Integer { min: 1, max: 30 }),
    field("sort", Kind::Texts),
    field("page", Kind::Page),
];

/// The default page size. \[doc\]
pub const DEFAULT_LIMIT: u32 = 30;

/// The largest body that is sent, in bytes of its JSON text: beyond it the usual web server in front of a service
/// answers 413 (nginx, `client_max_body_size`). \[assumed\] The longest valid texts of all fields are 20 KB.
pub const MAX_BODY: u32 = 1024 * 1024;

/// The longest list that is checked: each item takes at least two bytes of a body.
pub const MAX_ITEMS: u32 = MAX_BODY / 2;

/// The maximum number of issues that are listed for one value. One more counts the others. \[safety\]
pub const MAX_ISSUES: usize = 100;

/// The maximum number of bytes of an error's body that are read: a gateway may answer with anything. \[safety\]
pub const MAX_ERROR_BODY: u32 = 64 * 1024;

/// The number of bytes of a success's body that are read, unless the user says otherwise. A page of 30 customers
/// with every text at its limit has less than a tenth of it. \[safety\]
pub const MAX_RESPONSE_BYTES: u32 = 10 * 1024 * 1024;

/// The code of an issue. The texts are part of the JavaScript surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// The value is of another type than the documented one.
    InvalidType,
    /// The text has more code points than the limit allows, or the list more items than can be sent.
    TooLong,
    /// The body as a whole has more bytes than can be sent.
    TooLarge,
    /// The text contains half a surrogate pair: it was cut inside a character. A server could not read the body.
    InvalidText,
    /// The text is not an email address.
    InvalidEmail,
    /// The text is not a real calendar date, or not in the documented form.
    InvalidDate,
    /// The number is outside its documented range.
    OutOfRange,
    /// A range begins after it ends.
    ReversedRange,
    /// The parameter requires another one.
    Requires,
    /// An empty list: it would be left out of the query, which would match every customer.
    EmptyList,
    /// An item of a list in a query contains a comma, which separates the items.
    ContainsComma,
    /// The text is empty, and an empty one has no meaning here.
    Empty,
    /// There is no documented field or parameter of this name.
    UnknownField,
    /// The text cannot be the id of a customer.
    InvalidId,
    /// There are more issues than are listed.
    MoreIssues,
    /// The service refused the value; it gives no code of its own, only a sentence.
    Rejected,
}

impl Code {
    /// The code as JavaScript and the sandbox spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Code::InvalidType => "invalid_type",
            Code::TooLong => "too_long",
            Code::TooLarge => "too_large",
            Code::InvalidText => "invalid_text",
            Code::InvalidEmail => "invalid_email",
            Code::InvalidDate => "invalid_date",
            Code::OutOfRange => "out_of_range",
            Code::ReversedRange => "reversed_range",
            Code::Requires => "requires",
            Code::EmptyList => "empty_list",
            Code::ContainsComma => "contains_comma",
            Code::Empty => "empty",
            Code::UnknownField => "unknown_field",
            Code::InvalidId => "invalid_id",
            Code::MoreIssues => "more_issues",
            Code::Rejected => "rejected",
        }
    }
}
