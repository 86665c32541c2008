//! The core's functions for JavaScript: a class of static functions. Texts, numbers and lists of numbers cross;
//! nothing that crosses has to be freed.
//!
//! All functions return a number or nothing: strings, objects and lists are passed to a function of core.js, which
//! returns them from there. V8 11.3, the version of Node 20, sometimes ends the process at a call from JavaScript into
//! WebAssembly that returns an `externref`: if optimised code is abandoned in the middle of such a call, it continues
//! in code that V8 considers unreachable. Numbers are safe. A test reads the types of all exports
//! (tests/packaging/exports.test.mjs).

use wasm_bindgen::prelude::*;

use crate::call::numbers;
use crate::filter::query;
use crate::rules::check::{Check, Subject, check_customer_id};
use crate::rules::issue::{Part, Parts, Path, Report, Sentence};
use crate::rules::outline::Outline;
use crate::rules::source::Source;
use crate::text::push_encoded;

/// The core, as JavaScript sees it. There is one instance, through which core.js finds the class.
#[wasm_bindgen(private)]
pub struct Core;

#[wasm_bindgen(module = "/src/js/core.js")]
extern "C" {
    /// Returns whether an earlier instance has handed over the class.
    #[wasm_bindgen(js_name = isConnected)]
    pub fn is_connected() -> bool;
    /// Hands the class to the modules of this folder.
    pub fn connect(core: Core);
    /// Hands over the text that the running function returns.
    #[wasm_bindgen(js_name = give)]
    fn give_text(text: &str);
    /// Hands over the list of numbers that the running function returns. It lies in the memory of the module, so
    /// JavaScript copies it.
    #[wasm_bindgen(js_name = giveNumbers)]
    fn give_numbers(numbers: &[f64]);
}

#[wasm_bindgen]
impl Core {
    /// Checks a value and reports its issues. If there are none, gives the text of a filter or an id in a URL, and
    /// nothing for a body. `subject` is a number of values.js; `texts` go with the outline. `lenient` limits the
    /// issues of a filter to those with which no query can be written.
    pub fn check(outline: &[u32], texts: &str, subject: u32, lenient: bool) {
        let report = &mut Told;
        let mut source = Outline::new(outline, texts);
        let subject = match subject {
            0 => Subject::NewCustomer,
            1 => Subject::CustomerUpdate,
            2 => Subject::ListFilter,
            _ => {
                let mut url_part = String::new();
                // An id is a string; any other value is described as an empty one.
                let _ = source.value();
                if check_customer_id(source.last(), report) {
                    push_encoded(&mut url_part, source.last().raw);
                    give_text(&url_part);
                }
                return;
            }
        };
        let mut check = Check::new(source.clone(), subject, report);
        check.lenient = lenient;
        if check.run() && matches!(subject, Subject::ListFilter) {
            give_text(&query::write(source));
        }
    }

    /// Gives the call after an event: see [`numbers::on`].
    pub fn on(numbers: &[f64], headers: &str) {
        give_numbers(&numbers::on(numbers, headers));
    }
}

/// Passes issues to JavaScript one by one. Parts and steps are numbers: see [`Part::to_number`].
struct Told;

#[wasm_bindgen(module = "/src/js/issues.js")]
extern "C" {
    fn report(sentence: u32, one: f64, two: f64, three: f64, outer: f64, inner: f64);
}

impl Report for Told {
    fn issue(&mut self, path: &Path, sentence: Sentence, parts: &Parts) {
        let [one, two, three] = parts.map(Part::to_number);
        let [outer, inner] = path.map(Part::to_number);
        report(sentence as u32, one, two, three, outer, inner);
    }

    /// Does nothing: only an empty outline ends too early, and nothing was reported before.
    fn clear(&mut self) {}
}
