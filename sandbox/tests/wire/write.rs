//! Create, get, update, delete.

use serde_json::{Value, json};

use crate::server::{Server, text};

fn is_instant(text: &str) -> bool {
    let form = |byte: u8| {
        if byte.is_ascii_digit() {
            '0'
        } else {
            char::from(byte)
        }
    };
    text.bytes().map(form).collect::<String>() == "0000-00-00 00:00:00"
}

#[test]
fn a_created_customer_can_be_read() {
    let server = Server::with_customers(0);
    let answer = server.create(&json!({
        "email": "ada@example.com", "first_name": "Ada", "last_name": "Lovelace", "company": "Engines 🎉",
        "phone": "+44 20 7946 0000", "company_address": { "street": "1 Dorset Street", "city": "London" },
        "dob": "1815-12-10", "custom_field_value": 7, "associated_venues": ["5b5b2f0a4c1e6d0001a1b001"],
        "marketing_preference_ids": ["news"], "marketing_preferences": { "events": false },
        "labels": ["VIP", "a, b"], "notes": "nul \u{0} and tab \t",
    }));
    assert_eq!(answer.status, 201);
    let customer = answer.customer();
    let id = text(&customer, "id");
    assert!(
        id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "{id}"
    );
    let now = text(&customer, "created_date");
    assert!(is_instant(now), "{now}");
    assert_eq!(
        customer,
        json!({
            "id": id, "email": "ada@example.com", "first_name": "Ada", "last_name": "Lovelace",
            "phone": "+44 20 7946 0000", "company": "Engines 🎉",
            "company_address": { "street": "1 Dorset Street", "city": "London" },
            "dob": "1815-12-10", "custom_field_value": "7",
            "associated_venues": ["5b5b2f0a4c1e6d0001a1b001"],
            "marketing_preferences": [
                { "id": "news", "opt_in_date": now, "opt_out_date": null, "opted_in": true },
                { "id": "events", "opt_in_date": null, "opt_out_date": now, "opted_in": false },
            ],
            "bookings": [], "labels": ["VIP", "a, b"], "notes": "nul \u{0} and tab \t",
            "created_date": now, "last_updated": now,
        })
    );
    let read = server.read(id);
    assert_eq!(read.status, 200);
    assert_eq!(read.body, answer.body);
    assert_eq!(server.list("opted_out=events").ids(), [id]);
}

#[test]
fn every_field_of_a_create_may_be_left_out() {
    let server = Server::with_customers(0);
    let customer = server.create(&json!({})).customer();
    assert_eq!(customer["email"], Value::Null);
    assert_eq!(customer["labels"], json!([]));
}

#[test]
fn an_update_keeps_missing_fields_and_clears_null() {
    let server = Server::with_customers(0);
    let id = server.created(&json!({
        "email": "ada@example.com", "first_name": "Ada", "notes": "old", "labels": ["VIP", "Press"],
        "company_address": { "street": "1 Dorset Street", "city": "London" },
        "marketing_preferences": { "news": true },
    }));
    let before = server.read(&id).customer();
    let answer = server.update(
        &id,
        &json!({
            "first_name": "Augusta", "notes": null, "labels": null, "custom_field_value": true,
            "company_address": { "street": null, "post_code": "W1" },
            "created_date": "2018-05-06T07:08:09+01:00", "last_updated": "2020-01-02 03:04:05",
        }),
    );
    assert_eq!(answer.status, 200);
    let mut expected = before.clone();
    expected["first_name"] = "Augusta".into();
    expected["notes"] = Value::Null;
    expected["labels"] = json!([]);
    expected["custom_field_value"] = "true".into();
    expected["company_address"] = json!({ "city": "London", "post_code": "W1" });
    expected["created_date"] = "2018-05-06 06:08:09".into();
    expected["last_updated"] = "2020-01-02 03:04:05".into();
    assert_eq!(answer.customer(), expected);
    assert_eq!(server.read(&id).customer(), expected);
    // The filters see the change.
    assert!(server.list("labels=VIP").ids().is_empty());
    assert_eq!(server.list("full_name=augusta").ids(), [id.as_str()]);
    assert_eq!(server.list("created_date=2018-05-06").ids(), [id.as_str()]);
    assert_eq!(server.list("").ids(), [id.as_str()]);

    let cleared = server
        .update(
            &id,
            &json!({ "created_date": null, "company_address": null }),
        )
        .customer();
    assert_eq!(cleared["created_date"], Value::Null);
    assert_eq!(cleared["company_address"], Value::Null);
    assert_ne!(cleared["last_updated"], "2020-01-02 03:04:05");
}

#[test]
fn an_update_may_name_the_id_but_not_change_it() {
    let server = Server::with_customers(0);
    let id = server.created(&json!({}));
    assert_eq!(
        server
            .update(&id, &json!({ "id": id, "notes": "same" }))
            .status,
        200
    );
    let refused = server.update(&id, &json!({ "id": "5c7d9e", "notes": "other" }));
    assert_eq!(refused.status, 422);
    assert!(refused.json()["errors"]["id"][0].is_string());
    assert_eq!(server.read(&id).customer()["notes"], "same");
}

#[test]
fn a_deleted_customer_is_gone() {
    let server = Server::with_customers(3);
    let id = server.list("").ids().remove(1);
    let answer = server.delete(&id);
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    assert_eq!(server.read(&id).status, 404);
    assert_eq!(server.delete(&id).status, 404);
    assert_eq!(server.update(&id, &json!({})).status, 404);
    assert_eq!(server.list("").header("x-pagination-total-results"), "2");
}

#[test]
fn a_customer_that_was_read_can_be_sent_back() {
    let server = Server::with_customers(30);
    for customer in server.all("sort=id") {
        let id = text(&customer, "id");
        let mut given = customer.clone();
        given["notes"] = "given back".into();
        let answer = server.update(id, &given);
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.customer(), given);
    }
    // Bookings are read-only: an update ignores them, and a create refuses them.
    let id = server.created(&json!({}));
    let odd = server.update(&id, &json!({ "bookings": "odd", "notes": "n" }));
    assert_eq!((odd.status, &odd.customer()["bookings"]), (200, &json!([])));
    assert_eq!(server.create(&json!({ "bookings": [] })).status, 422);
    let list = json!([{ "id": "news", "opted_in": true }]);
    for (preferences, key) in [
        (json!([{ "id": "news" }]), "marketing_preferences.0"),
        (
            json!([{ "id": "news", "opted_in": true }, { "id": "", "opted_in": true }]),
            "marketing_preferences.1",
        ),
        (json!(["news"]), "marketing_preferences.0"),
        (json!("news"), "marketing_preferences"),
    ] {
        let refused = server.update(&id, &json!({ "marketing_preferences": preferences }));
        assert_eq!(refused.status, 422);
        assert!(
            refused.json()["errors"][key][0].is_string(),
            "{}",
            refused.body
        );
    }
    assert_eq!(
        server
            .update(&id, &json!({ "marketing_preferences": list }))
            .status,
        200
    );
    assert_eq!(server.list("opted_in=news").ids(), [id]);
    assert_eq!(
        server
            .create(&json!({ "marketing_preferences": list }))
            .status,
        422
    );
}
