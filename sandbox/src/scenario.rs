//! Scenarios: requests that a test marks with one name, to apply faults one after the other and to ask what the service
//! received.

use collins_customers::text::{push_number, push_text};

use crate::json;

/// The maximum length of a name, in bytes.
pub const LONGEST_NAME: usize = 100;

/// The number of scenarios that are remembered: a new one replaces the oldest.
pub const MOST_SCENARIOS: usize = 1000;

/// The number of requests that are listed per scenario. The others are only counted.
pub const MOST_LISTED: u32 = 1000;

/// The requests of all scenarios, in the order in which the scenarios began.
#[derive(Default)]
pub struct Scenarios(Vec<Scenario>);

struct Scenario {
    name: String,
    requests: u32,
    /// The first requests as a list of JSON that is open: method and route, without any of their data.
    seen: String,
}

impl Scenarios {
    /// Notes a request and returns the number of earlier ones. `route` is the template of its path below the base URL.
    pub fn note(&mut self, name: &str, method: &str, route: &'static str) -> u32 {
        let position = self.0.iter().position(|scenario| scenario.name == name);
        let position = position.unwrap_or_else(|| {
            if self.0.len() == MOST_SCENARIOS {
                self.0.remove(0);
            }
            self.0.push(Scenario {
                name: name.into(),
                requests: 0,
                seen: String::from("["),
            });
            self.0.len() - 1
        });
        let Some(scenario) = self.0.get_mut(position) else {
            return 0;
        };
        let before = scenario.requests;
        scenario.requests = before.saturating_add(1);
        if before < MOST_LISTED {
            let seen = &mut scenario.seen;
            json::comma(seen);
            seen.push_str("{\"method\":");
            push_text(seen, method);
            seen.push_str(",\"path\":");
            push_text(seen, route);
            seen.push('}');
        }
        before
    }

    /// Describes the requests of a scenario, their number and routes, as JSON text.
    #[must_use]
    pub fn describe(&self, name: &str) -> String {
        let scenario = self.0.iter().find(|scenario| scenario.name == name);
        let mut json = String::from("{\"requests\":");
        push_number(&mut json, scenario.map_or(0, |scenario| scenario.requests));
        json.push_str(",\"seen\":");
        json.push_str(scenario.map_or("[", |scenario| &scenario.seen));
        json.push_str("]}");
        json
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_LISTED, MOST_SCENARIOS, Scenarios};

    fn requests(scenarios: &Scenarios, name: &str) -> serde_json::Value {
        serde_json::from_str(&scenarios.describe(name)).unwrap()
    }

    #[test]
    fn the_oldest_scenario_is_forgotten_for_one_too_many() {
        let mut scenarios = Scenarios::default();
        for number in 0..MOST_SCENARIOS {
            assert_eq!(scenarios.note(&number.to_string(), "GET", "/customers"), 0);
        }
        assert_eq!(scenarios.note("0", "GET", "/customers"), 1);
        assert_eq!(scenarios.note("one too many", "GET", "/customers"), 0);
        assert_eq!(requests(&scenarios, "0")["requests"], 0);
        assert_eq!(requests(&scenarios, "1")["requests"], 1);
        assert_eq!(requests(&scenarios, "one too many")["requests"], 1);
    }

    #[test]
    fn the_list_of_requests_is_limited_but_the_count_is_not() {
        let mut scenarios = Scenarios::default();
        for _ in 0..=MOST_LISTED {
            scenarios.note("a", "GET", "/customers");
        }
        let seen = requests(&scenarios, "a");
        assert_eq!(seen["requests"], MOST_LISTED + 1);
        assert_eq!(seen["seen"].as_array().unwrap().len(), MOST_LISTED as usize);
    }
}
