//! Can other tools read what is written, and is it all there?

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

#[path = "shared/example.rs"]
mod example;

use example::{Example, diamond, pact, standing};
use interdict_network::excerpt::{Excerpt, Extent};
use interdict_network::export::{Scope, graphml, json};
use interdict_network::interest::{Day, InterestKind};
use interdict_network::network::Network;
use interdict_network::picture::Heading;
use interdict_network::policy::Regime;
use quick_xml::Reader;
use quick_xml::events::Event;

fn heading() -> Heading {
    let day = Day::of("2026-04-01".parse().unwrap());
    Heading { title: "All".to_owned(), regime: Some(Regime::Uk), day }
}

fn written_graphml(network: &Network, scope: Scope<'_>) -> String {
    let mut out = Vec::new();
    graphml::write(network, scope, &heading(), &standing, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn written_json(network: &Network, scope: Scope<'_>) -> String {
    let mut out = Vec::new();
    json::write(network, scope, &heading(), &standing, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// How often each element occurs, and the values of `data` by key.
fn read(xml: &str) -> (std::collections::BTreeMap<String, usize>, Vec<(String, String)>) {
    let mut reader = Reader::from_str(xml);
    let (mut counts, mut data) = (std::collections::BTreeMap::new(), Vec::new());
    let mut key = None;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) | Event::Empty(start) => {
                let name = start.name().as_ref().to_owned();
                key = (name == "data")
                    .then(|| start.try_get_attribute("key").unwrap().unwrap())
                    .map(|key| key.value.into_owned());
                *counts.entry(name).or_insert(0) += 1;
                if let Some(key) = &key {
                    data.push((key.clone(), String::new()));
                }
            }
            Event::Text(text) if key.is_some() => {
                let (_, value) = data.last_mut().unwrap();
                value.push_str(&text.into_inner());
            }
            Event::End(_) => key = None,
            Event::Eof => return (counts, data),
            _ => {}
        }
    }
}

#[test]
fn a_diamond_as_graphml() {
    let network = diamond();
    let xml = written_graphml(&network, Scope::Whole);
    let (counts, data) = read(&xml);
    assert_eq!((counts["node"], counts["edge"]), (5, 8));
    assert_eq!(
        data[..2],
        [("regime", "uk"), ("as_of", "2026-04-01")].map(|(key, value)| (key.into(), value.into()))
    );
    let keys: Vec<_> = xml.lines().filter(|line| line.starts_with("<key ")).collect();
    assert!(data.iter().all(|(key, _)| keys.iter().any(|line| line.contains(&format!("id=\"{key}\"")))));
    for (key, value) in data.iter().filter(|(key, _)| key.starts_with("share_")) {
        assert!(value.parse::<f64>().is_ok(), "{key} {value}");
    }
    insta::assert_snapshot!(xml);
}

#[test]
fn a_diamond_as_json() {
    let network = diamond();
    let text = written_json(&network, Scope::Whole);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["format"], json::FORMAT);
    assert_eq!(value["question"], serde_json::json!({"regime": "uk", "as_of": "2026-04-01"}));
    assert_eq!(value["interests"].as_array().unwrap().len(), 8);
    insta::assert_snapshot!(text);
}

#[test]
fn a_part_says_what_is_left_out() {
    let network = diamond();
    let alpha = network.find("company-1").unwrap();
    let extent = Extent { up: 1, down: 1, ..Extent::default() };
    let excerpt = Excerpt::around(&network, &[alpha], &extent, &standing);
    let value: serde_json::Value =
        serde_json::from_str(&written_json(&network, Scope::Part(&excerpt))).unwrap();
    let ids: Vec<_> =
        value["parties"].as_array().unwrap().iter().map(|party| party["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["company-1", "person-1", "company-3"]);
    assert_eq!(value["left_out"]["parties"], 2);
    assert_eq!(value["parties"][1]["not_shown"], serde_json::json!({"holders": 0, "assets": 1, "tied": 1}));
    let (counts, _) = read(&written_graphml(&network, Scope::Part(&excerpt)));
    assert_eq!((counts["node"], counts["edge"]), (3, value["interests"].as_array().unwrap().len()));
}

#[test]
fn hostile_names_stay_values() {
    let mut example = Example::new();
    let a = example.party("a\"/><edge", "Company", "<data key=\"x\">\u{0}\u{1b}]]>", "");
    let b = example.party("b", "Company", "조선 «Север» شركة", "kp");
    example.said(a, b, InterestKind::Other, "", "", "\u{FFFE}&amp;");
    let network = example.network();
    let xml = written_graphml(&network, Scope::Whole);
    let (counts, data) = read(&xml);
    assert_eq!((counts["node"], counts["edge"]), (2, 1));
    assert!(xml.contains("<data key=\"words\">\u{FFFD}&amp;amp;</data>") && !data.is_empty());
    assert!(!xml.contains(['\u{0}', '\u{1b}', '\u{FFFE}']));
    let value: serde_json::Value = serde_json::from_str(&written_json(&network, Scope::Whole)).unwrap();
    assert_eq!(value["parties"][0]["id"], "a\"/><edge");
    assert_eq!(value["parties"][1]["caption"], "조선 «Север» شركة");
}

#[test]
fn what_was_not_asked_is_not_told() {
    let network = diamond();
    let heading = Heading { title: String::new(), regime: None, day: None };
    let mut out = Vec::new();
    json::write(&network, Scope::Whole, &heading, &standing, &mut out).unwrap();
    let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(value["question"], serde_json::json!({}));
    let mut out = Vec::new();
    graphml::write(&network, Scope::Whole, &heading, &standing, &mut out).unwrap();
    let (_, data) = read(std::str::from_utf8(&out).unwrap());
    assert!(data.iter().all(|(key, _)| key != "regime" && key != "as_of"), "{data:?}");
}

#[test]
fn what_is_held_jointly_is_told() {
    let network = pact();
    let value: serde_json::Value = serde_json::from_str(&written_json(&network, Scope::Whole)).unwrap();
    let joint: Vec<_> =
        value["interests"].as_array().unwrap().iter().map(|tie| tie["joint"].as_str()).collect();
    assert_eq!(joint, [Some("pact of 2019"), Some("pact of 2019"), None]);
    let (_, data) = read(&written_graphml(&network, Scope::Whole));
    let joint: Vec<_> =
        data.iter().filter(|(key, _)| key == "joint").map(|(_, name)| name.as_str()).collect();
    assert_eq!(joint, ["pact of 2019", "pact of 2019"]);
}
