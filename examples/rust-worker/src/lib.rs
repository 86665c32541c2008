//! A worker in Rust: the birthdays of a month.

use std::fmt::Write;

use collins_customers::client::{CustomersApi, Error, Options, Token};
use collins_customers::filter::CustomerFilter;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// Returns the birthdays of a month, 1 to 12, one per line. `base_url` replaces the playpen.
#[wasm_bindgen]
pub async fn birthdays(
    token: String,
    base_url: Option<String>,
    month: u32,
) -> Result<String, JsError> {
    Ok(list(token, base_url, month).await?)
}

async fn list(token: String, base_url: Option<String>, month: u32) -> Result<String, Error> {
    let mut options = Options::playpen(Token::Fixed(token));
    if let Some(base_url) = base_url {
        options.base_url = base_url;
    }
    let api = CustomersApi::new(options)?;
    let mut lines = String::new();
    let mut next = Some(api.list(&CustomerFilter::new().dob_month([month])).await?);
    while let Some(page) = next {
        for customer in &page.customers {
            let day = customer
                .dob
                .as_deref()
                .and_then(|dob| dob.get(8..))
                .unwrap_or("?");
            let name = customer.first_name.as_deref().unwrap_or("");
            // Writing to a string cannot fail.
            let _ = writeln!(lines, "{day}  {name}");
        }
        next = api.next_page(&page).await?;
    }
    Ok(lines)
}
