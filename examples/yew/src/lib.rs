//! A page in Yew: a search for guests by name, company or email address.

use collins_customers::client::{CustomersApi, Options};
use collins_customers::customer::Customer;
use collins_customers::filter::CustomerFilter;
use futures_util::future::abortable;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Finds guests through the proxy of this page, which has the token.
async fn find(text: &str) -> Result<Vec<Customer>, String> {
    let api = CustomersApi::new(Options::proxy("/api")).map_err(|error| error.to_string())?;
    let all = CustomerFilter::new().limit(10);
    let filter = if text.is_empty() {
        all
    } else {
        all.query(text)
    };
    let page = api.list(&filter).await.map_err(|error| error.to_string())?;
    Ok(page.customers)
}

fn name(guest: &Customer) -> String {
    let names = [&guest.first_name, &guest.last_name];
    let names: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
    names.join(" ")
}

#[component]
fn Guests() -> Html {
    let text = use_state(String::new);
    let found = use_state(|| Ok(Vec::new()));
    {
        let found = found.clone();
        use_effect_with((*text).clone(), move |text| {
            let text = text.clone();
            let (search, handle) = abortable(async move { find(&text).await });
            spawn_local(async move {
                if let Ok(result) = search.await {
                    found.set(result);
                }
            });
            // The next search replaces this one and aborts its request.
            move || handle.abort()
        });
    }
    let oninput = {
        let text = text.clone();
        move |event: InputEvent| text.set(event.target_unchecked_into::<HtmlInputElement>().value())
    };
    html! {
        <main>
            <label>{ "Find guests " }<input type="search" {oninput} /></label>
            { match &*found {
                Ok(guests) => html! { <ul>{ for guests.iter().map(|guest| html! { <li>{ name(guest) }</li> }) }</ul> },
                Err(message) => html! { <p role="alert">{ message }</p> },
            } }
        </main>
    }
}

/// Runs when the module is loaded.
#[wasm_bindgen(start)]
fn main() {
    yew::Renderer::<Guests>::new().render();
}
