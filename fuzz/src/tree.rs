//! A value in memory as a source for the rules: the alternative to JSON text.

use std::borrow::Cow;
use std::slice;

use collins_customers::contract::{Field, row_of};
use collins_customers::rules::source::{Malformed, Source, Text, Value};
use serde_json::Value as Json;

/// A value, with its numbers as they are written.
pub enum Tree {
    Null,
    Boolean,
    Number(String),
    Text(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl From<&Json> for Tree {
    fn from(json: &Json) -> Self {
        match json {
            Json::Null => Tree::Null,
            Json::Bool(_) => Tree::Boolean,
            Json::Number(number) => Tree::Number(number.to_string()),
            Json::String(text) => Tree::Text(text.clone()),
            Json::Array(items) => Tree::List(items.iter().map(Tree::from).collect()),
            Json::Object(members) => Tree::Object(
                members
                    .iter()
                    .map(|(name, value)| (name.clone(), value.into()))
                    .collect(),
            ),
        }
    }
}

enum Open<'a> {
    List(slice::Iter<'a, Tree>),
    Object(slice::Iter<'a, (String, Tree)>),
}

/// A place in a tree.
pub struct Walk<'a> {
    next: Option<&'a Tree>,
    open: Vec<Open<'a>>,
    last: Text<'a>,
}

impl<'a> Walk<'a> {
    pub fn new(tree: &'a Tree) -> Self {
        Walk {
            next: Some(tree),
            open: Vec::new(),
            last: Text::default(),
        }
    }
}

impl<'a> Source<'a> for Walk<'a> {
    fn value(&mut self) -> Result<Value, Malformed> {
        Ok(match self.next.take().ok_or(Malformed)? {
            Tree::Null => Value::Null,
            Tree::Boolean => Value::Boolean,
            Tree::Number(text) => {
                self.last = Text::new(text);
                Value::Number
            }
            Tree::Text(text) => {
                self.last = Text::new(text);
                Value::Text
            }
            Tree::List(items) => {
                self.open.push(Open::List(items.iter()));
                Value::Array
            }
            Tree::Object(members) => {
                self.open.push(Open::Object(members.iter()));
                Value::Object
            }
        })
    }

    fn key(&mut self, _: &mut bool) -> Result<bool, Malformed> {
        let Some(Open::Object(members)) = self.open.last_mut() else {
            return Err(Malformed);
        };
        let Some((name, value)) = members.next() else {
            self.open.pop();
            return Ok(false);
        };
        self.last = Text::new(name);
        self.next = Some(value);
        Ok(true)
    }

    fn row(&self, fields: &'static [Field]) -> Option<usize> {
        row_of(fields, self.last.raw)
    }

    fn item(&mut self, _: &mut bool) -> Result<bool, Malformed> {
        let Some(Open::List(items)) = self.open.last_mut() else {
            return Err(Malformed);
        };
        self.next = items.next();
        if self.next.is_none() {
            self.open.pop();
        }
        Ok(self.next.is_some())
    }

    fn skip(&mut self, value: Value) -> Result<(), Malformed> {
        if matches!(value, Value::Array | Value::Object) {
            self.open.pop();
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Malformed> {
        if self.next.is_none() && self.open.is_empty() {
            Ok(())
        } else {
            Err(Malformed)
        }
    }

    fn last(&self) -> Text<'a> {
        self.last
    }

    fn read(text: Text<'a>) -> Cow<'a, str> {
        Cow::Borrowed(text.raw)
    }
}
