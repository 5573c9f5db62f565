//! Can other programs read what is written, is it all there, and does one digest tell whether two answers are alike?

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

#[path = "shared/shapes.rs"]
#[expect(dead_code, reason = "tests of pictures need more of it")]
mod shapes;

use interdict_core::digest::Digest;
use interdict_ledger::export::record::{Parameters, Read, Record, Window};
use interdict_ledger::export::{csv, graphml, json};
use interdict_ledger::report::{EndKind, TraceReport};
use interdict_ledger::strategy::{Direction, Strategy};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use shapes::{COIN, Shape, single_hop};

fn record() -> Record {
    let read = |name: &str| Read { name: name.to_owned(), digest: Digest::of(name.as_bytes()) };
    Record {
        program: "interdict 0.1.0".to_owned(),
        ledgers: vec![read("invented chain to block 9")],
        parameters: Parameters {
            seeds: vec!["bc1qseed".to_owned()],
            strategies: vec!["fifo".to_owned()],
            direction: Direction::Forward,
            stops: Some(read("services.csv")),
            since: None,
            until: None,
            window: Some(Window { first: 0, end: 900 }),
            dust: "546".to_owned(),
        },
        labels: Some(read("labels.csv")),
        produced_at: Some("2026-04-01T12:00:00Z".to_owned()),
    }
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn hostile() -> TraceReport {
    let (label, from) = ("=cmd|' /C calc'!A1, \"x\"\n\u{0}\u{FFFE}", "@a\"/><edge");
    Shape::new(&[(from, u128::MAX)])
        .flow(from, "b", u128::MAX)
        .end("b", label, EndKind::Stopped, u128::MAX)
        .lead("swap", &["b"], "\u{1f}\u{7f}조선 < & >")
        .note("none", "\u{2028}")
        .report()
}

#[test]
fn a_hop_as_json() {
    let text = written(|out| json::write(&record(), &[single_hop()], out));
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["format"], json::FORMAT);
    let ends: u128 = value["reports"][0]["ends"]
        .as_array()
        .unwrap()
        .iter()
        .map(|end| end["amount"].as_str().unwrap().parse::<u128>().unwrap())
        .sum();
    assert_eq!(ends.to_string(), value["reports"][0]["conservation"]["seed"].as_str().unwrap());
    insta::assert_snapshot!(text);
}

/// The recipe of the documentation, made here in another way than in the library.
#[test]
fn the_digest_can_be_made_from_the_document() {
    fn sorted(value: &Value) -> String {
        match value {
            Value::Object(fields) => {
                let fields: std::collections::BTreeMap<_, _> = fields.iter().collect();
                let fields: Vec<_> = fields
                    .into_iter()
                    .map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), sorted(value)))
                    .collect();
                format!("{{{}}}", fields.join(","))
            }
            Value::Array(values) => format!("[{}]", values.iter().map(sorted).collect::<Vec<_>>().join(",")),
            other => other.to_string(),
        }
    }
    for reports in [vec![], vec![single_hop()], vec![single_hop(), hostile()]] {
        let mut value: Value =
            serde_json::from_str(&written(|out| json::write(&record(), &reports, out))).unwrap();
        let record = value["record"].as_object_mut().unwrap();
        let answer = record.remove("answer").unwrap();
        record.remove("program").unwrap();
        record.remove("produced_at").unwrap();
        let hash: [u8; 32] = Sha256::digest(sorted(&value)).into();
        assert_eq!(answer, Digest::from_bytes(hash).to_string());
    }
}

#[test]
fn the_digest_tells_answers_apart_and_not_runs() {
    let (one, reports) = (record(), [single_hop()]);
    let answer = one.answer(&reports).unwrap();
    let later = Record { produced_at: None, program: "interdict 0.2.0".to_owned(), ..record() };
    assert_eq!(later.answer(&reports).unwrap(), answer);
    let mut other = single_hop();
    other.ends[0].amount += 1;
    assert_ne!(one.answer(&[other]).unwrap(), answer);
    let mut asked = record();
    asked.parameters.dust = "547".to_owned();
    assert_ne!(asked.answer(&reports).unwrap(), answer);
    let mut read = record();
    read.ledgers[0].digest = Digest::of(b"another");
    assert_ne!(read.answer(&reports).unwrap(), answer);
    let value: Value = serde_json::from_str(&written(|out| json::write(&one, &reports, out))).unwrap();
    assert_eq!(serde_json::from_value::<Record>(value["record"].clone()).unwrap(), one);
}

#[test]
fn poison_is_not_held_to_its_sum() {
    let report = TraceReport { strategy: Strategy::Poison, ..single_hop() };
    let value: Value = serde_json::from_str(&written(|out| json::write(&record(), &[report], out))).unwrap();
    assert_eq!(value["reports"][0]["conservation"]["holds"], Value::Null);
}

#[test]
fn a_hop_as_tables() {
    let reports = [single_hop()];
    let ends = written(|out| csv::ends(&reports, out));
    let flows = written(|out| csv::flows(&reports, out));
    insta::assert_snapshot!(format!("{ends}\n{flows}").replace("\r\n", "\n"));
}

#[test]
fn no_cell_is_a_formula() {
    let ends = written(|out| csv::ends(&[hostile()], out));
    assert!(ends.contains(",\"'=cmd|' /C calc'!A1, \"\"x\"\"\n"), "{ends}");
    let flows = written(|out| csv::flows(&[hostile()], out));
    assert!(flows.contains(",\"'@a\"\"/><edge\",b,"), "{flows}");
    assert!(flows.contains(&u128::MAX.to_string()));
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
fn a_hop_as_graphml() {
    let xml = written(|out| graphml::write(&single_hop(), out));
    let (counts, data) = read(&xml);
    // The fee has a node of its own: it has no address.
    assert_eq!((counts["node"], counts["edge"]), (4, 2));
    let keys: Vec<_> = xml.lines().filter(|line| line.starts_with("<key ")).collect();
    assert!(data.iter().all(|(key, _)| keys.iter().any(|line| line.contains(&format!("id=\"{key}\"")))));
    insta::assert_snapshot!(xml);
}

#[test]
fn hostile_names_stay_values() {
    let xml = written(|out| graphml::write(&hostile(), out));
    let (counts, _) = read(&xml);
    assert_eq!((counts["node"], counts["edge"]), (2, 1));
    assert!(!xml.contains(['\u{0}', '\u{FFFE}']));
}

#[test]
fn transactions_and_outputs_are_told_from_addresses() {
    let report =
        Shape::new(&[("ab:1", COIN)]).flow("tx:ab", "b", COIN).end("b", "", EndKind::Unspent, COIN).report();
    let (_, data) = read(&written(|out| graphml::write(&report, out)));
    let kinds: Vec<_> =
        data.iter().filter(|(key, _)| key == "node_kind").map(|(_, kind)| kind.as_str()).collect();
    assert_eq!(kinds, ["output", "address", "transaction"]);
}
