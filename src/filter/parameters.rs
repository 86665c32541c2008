//! Filters as the rules read them: a list of parameters, from a builder or from a query string.

use std::borrow::Cow;

use crate::contract::Field;
use crate::rules::source::{Malformed, Source, Text, Value};
use crate::text::push_number;

/// The value of a parameter, or an item of a list.
#[derive(Clone, Debug)]
pub(crate) enum Given<'a> {
    Text(&'a str),
    /// A number, as its digits.
    Digits(&'a str),
    Number(u32),
    List(Vec<Given<'a>>),
}

/// A parameter: its row in [`FILTERS`](crate::contract::FILTERS), if it is documented, its name and its value.
pub(crate) type Parameter<'a> = (Option<usize>, &'a str, Given<'a>);

/// The value that comes next.
#[derive(Clone, Copy)]
enum Next<'a> {
    /// The object of all parameters.
    Whole,
    Value(&'a Given<'a>),
    Nothing,
}

/// A place in a list of parameters.
#[derive(Clone)]
pub(crate) struct Parameters<'a> {
    /// The parameters that are left.
    rest: core::slice::Iter<'a, Parameter<'a>>,
    /// The items that are left of the list that was opened last.
    items: core::slice::Iter<'a, Given<'a>>,
    next: Next<'a>,
    row: Option<usize>,
    last: Text<'a>,
}

impl<'a> Parameters<'a> {
    pub fn new(parameters: &'a [Parameter<'a>]) -> Self {
        Parameters {
            rest: parameters.iter(),
            items: [].iter(),
            next: Next::Whole,
            row: None,
            last: Text::default(),
        }
    }
}

impl<'a> Source<'a> for Parameters<'a> {
    fn value(&mut self) -> Result<Value, Malformed> {
        let given = match core::mem::replace(&mut self.next, Next::Nothing) {
            Next::Whole => return Ok(Value::Object),
            Next::Value(given) => given,
            Next::Nothing => return Err(Malformed),
        };
        let (value, text) = match given {
            Given::Text(text) => (Value::Text, Text::new(text)),
            Given::Digits(digits) => (Value::Number, Text::new(digits)),
            Given::Number(number) => {
                let text = Text {
                    number: *number,
                    escaped: true,
                    ..Text::default()
                };
                (Value::Number, text)
            }
            Given::List(items) => {
                self.items = items.iter();
                (Value::Array, Text::default())
            }
        };
        self.last = text;
        Ok(value)
    }

    fn key(&mut self, _: &mut bool) -> Result<bool, Malformed> {
        let Some((row, name, given)) = self.rest.next() else {
            return Ok(false);
        };
        self.row = *row;
        self.last = Text::new(name);
        self.next = Next::Value(given);
        Ok(true)
    }

    fn row(&self, _: &'static [Field]) -> Option<usize> {
        self.row
    }

    fn item(&mut self, _: &mut bool) -> Result<bool, Malformed> {
        let Some(item) = self.items.next() else {
            return Ok(false);
        };
        self.next = Next::Value(item);
        Ok(true)
    }

    fn skip(&mut self, _: Value) -> Result<(), Malformed> {
        Ok(())
    }

    fn end(&mut self) -> Result<(), Malformed> {
        Ok(())
    }

    fn last(&self) -> Text<'a> {
        self.last
    }

    fn read(text: Text<'a>) -> Cow<'a, str> {
        if text.escaped {
            let mut digits = String::new();
            push_number(&mut digits, text.number);
            Cow::Owned(digits)
        } else {
            Cow::Borrowed(text.raw)
        }
    }
}
