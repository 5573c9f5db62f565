//! The published examples of the 50 percent rule and the traps around it.

use crate::graphs::{assess, network};
use interdict_network::policy::{ControlRule, Holders, Policy, Regime, Threshold};
use interdict_network::standing::Standing;
use serde_json::Value;

fn vectors() -> Option<Value> {
    let path = crate::real::path("../vectors/ownership_cases.json")?;
    Some(serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
}

/// Who is blocked among the parties that a case asks about.
fn blocked(case: &Value, policy: Policy, of: &str) -> Vec<(String, bool, bool)> {
    let stakes = case["stakes"].as_array().unwrap().iter().map(|stake| {
        let text = |key: &str| stake[key].as_str().unwrap();
        format!("{} {} {};", text("owner"), text("percent"), text("entity"))
    });
    let network = network(&stakes.collect::<String>());
    let listed: Vec<&str> = case["listed"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let assessment = assess(&network, policy, &listed.join(" "));
    let asked = case[of].as_object().unwrap().iter();
    let answers = asked.map(|(party, expected)| {
        let standing = assessment.standing(network.find(party).unwrap());
        assert_ne!(standing, Standing::Undetermined, "{}", case["id"]);
        (party.clone(), standing == Standing::BlockedByOwnership, expected.as_i64() == Some(1))
    });
    answers.collect()
}

#[test]
fn all_cases_under_the_rules_they_are_written_for() {
    let Some(cases) = vectors() else { return };
    let cases = cases.as_array().unwrap();
    assert!(cases.len() >= 20);
    let together =
        |threshold| Policy { threshold, holders: Holders::Together, control: ControlRule::DoesNotBlock };
    for case in cases {
        for (policy, of) in [
            (Regime::Ofac.policy(), "expect_ofac_blocked"),
            // The cases have no control, so that the rule of the EU is that of OFAC.
            (Regime::Eu.policy(), "expect_ofac_blocked"),
            (together(Threshold::MoreThanHalf), "same_graph_under_more_than_50"),
        ] {
            for (party, is_blocked, expected) in blocked(case, policy, of) {
                assert_eq!(is_blocked, expected, "{} {party} {policy:?}", case["id"]);
            }
        }
    }
}

#[test]
fn each_alone_blocks_no_more_than_all_together_at_more_than_half() {
    let Some(cases) = vectors() else { return };
    for case in cases.as_array().unwrap() {
        let of = "same_graph_under_more_than_50";
        for (party, is_blocked, together) in blocked(case, Regime::Uk.policy(), of) {
            // Three holders of 12, 18 and 28 percent are more than half together, and nobody's alone.
            let expected = together && case["id"] != "cgss-D";
            assert_eq!(is_blocked, expected, "{} {party}", case["id"]);
        }
    }
}
