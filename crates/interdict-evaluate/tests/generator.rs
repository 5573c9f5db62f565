//! The generator on a small index: every class has cases, the same seed gives the same ones, and none is what it must not be.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

use std::collections::BTreeSet;

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::list::ListVersion;
use interdict_core::model;
use interdict_core::score::Threshold;
use interdict_evaluate::cases::{Case, Label};
use interdict_evaluate::generate::{CLASSES, Plan, Severity, generate};
use interdict_evaluate::report::{Inputs, report};
use interdict_evaluate::run::{Details, Run, screen_cases};
use interdict_match::index::{Index, ListInput, build};

/// Parties made up for this test, with something for every class.
const PARTIES: [(&str, &str, &[&str], &str, &str); 9] = [
    ("p1", "Person", &["KIM, Chol Jin", "김철진"], "kp", "1961-02-03"),
    (
        "p2",
        "Person",
        &["VERESHCHAGIN, Mikhail Anatolyevich", "Верещагин Михаил Анатольевич"],
        "ru",
        "1970-11-30",
    ),
    ("p3", "Person", &["AL-TURKMANI, Mohammed Khalid Yusuf", "محمد خالد يوسف التركماني"], "iq", "1959"),
    ("p4", "Person", &["ECHEVERRIA QUIROGA, Francisco Alejandro"], "mx", "1980-07-07"),
    ("p5", "Person", &["BENJAMIN ALEXANDER OKONKWO"], "ng", "1975"),
    ("c1", "Company", &["NORTHERN PETROCHEMICAL TRADING COMPANY LTD."], "ir", "2004"),
    ("c2", "Company", &["OOO VOLGA INTERNATIONAL SHIPPING SERVICES"], "ru", "1999"),
    ("c3", "Organization", &["General Institute of Maritime Technology and Engineering"], "sy", ""),
    ("v1", "Vessel", &["M/V OCEAN HERALD", "SEA LANTERN"], "pa", ""),
];

fn index() -> Index {
    let entity = |(id, schema, names, country, date): &(&str, &str, &[&str], &str, &str)| {
        let mut entity = Entity::new(format!("test-{id}"), model::schema(schema).unwrap());
        for (idx, name) in names.iter().enumerate() {
            entity.add(if idx == 0 { "name" } else { "alias" }, *name).unwrap();
        }
        entity.add(if *schema == "Vessel" { "flag" } else { "country" }, *country).unwrap();
        entity.add("topics", "sanction").unwrap();
        if !date.is_empty() {
            entity.add(if *schema == "Person" { "birthDate" } else { "incorporationDate" }, *date).unwrap();
        }
        entity
    };
    let entities: Vec<Entity> = PARTIES.iter().map(entity).collect();
    let version = ListVersion {
        id: "test".parse().unwrap(),
        version: "1".to_owned(),
        published: None,
        entities: entities.len() as u64,
        digest: Digest::of(b"test"),
    };
    Index::from_bytes(build(&[ListInput { version: &version, entities: &entities }], 1).unwrap()).unwrap()
}

fn plan() -> Plan {
    Plan { per_class: 6, hard_negatives: 12, ..Plan::default() }
}

fn told(cases: &[Case]) -> Vec<String> {
    cases
        .iter()
        .map(|case| format!("{} {:?} {:?}", case.id, case.subject.names, case.subject.birth_dates))
        .collect()
}

#[test]
fn the_same_seed_gives_the_same_cases() {
    let index = index();
    let cases = told(&generate(&index, &plan()));
    assert_eq!(cases, told(&generate(&index, &plan())));
    assert_ne!(cases, told(&generate(&index, &Plan { seed: 2, ..plan() })));
}

#[test]
fn a_class_draws_the_same_whatever_else_is_asked_for() {
    let index = index();
    let all = generate(&index, &plan());
    let light = generate(&index, &Plan { severities: vec![Severity::Light], hard_negatives: 0, ..plan() });
    let of_all: Vec<Case> = all.into_iter().filter(|case| case.severity == Some(Severity::Light)).collect();
    assert_eq!(told(&of_all), told(&light));
}

#[test]
fn every_class_has_cases_and_every_case_its_party() {
    let cases = generate(&index(), &plan());
    for class in CLASSES {
        assert!(cases.iter().any(|case| case.class == class.name), "{}", class.name);
    }
    let ids: BTreeSet<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    assert_eq!(ids.len(), cases.len());
    for case in cases.iter().filter(|case| case.label == Label::Match) {
        let names: Vec<&str> = PARTIES.iter().flat_map(|party| party.2).copied().collect();
        assert!(names.contains(&case.source_name.as_str()), "{case:?}");
        let may_be_listed = ["case", "original_script"].contains(&case.class.as_str());
        let is_listed = names.iter().any(|name| name.to_lowercase() == case.subject.names[0].to_lowercase());
        assert!(may_be_listed || !is_listed, "{case:?}");
    }
}

#[test]
fn hard_negatives_are_nobody_on_the_list() {
    let cases = generate(&index(), &plan());
    let negatives: Vec<&Case> = cases.iter().filter(|case| case.label == Label::NoMatch).collect();
    assert!(negatives.len() >= 6, "{negatives:?}");
    let words = |name: &str| -> BTreeSet<String> {
        name.to_lowercase().split([' ', ',']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    for case in negatives {
        let own = words(&case.subject.names[0]);
        let listed = words(&case.source_name);
        assert_ne!(own, listed);
        assert!(own.intersection(&listed).count() > 0, "{case:?}");
    }
}

#[test]
fn a_report_counts_every_case() {
    let index = index();
    let cases = generate(&index, &plan());
    let run = Run { floor: Threshold::new(0.3).unwrap(), lists: Vec::new(), details: Details::Names };
    let found = screen_cases(&index, &cases, &run, &|| {});
    let inputs = Inputs {
        cases: cases.iter().zip(&found).collect(),
        benign: &[],
        run: &run,
        threshold: Threshold::new(0.7).unwrap(),
        pairs: None,
        speed: None,
    };
    let report = report(inputs);
    assert_eq!(report.classes.iter().map(|class| class.slice.n).sum::<usize>(), report.counts.matches);
    assert_eq!(report.kinds.iter().map(|kind| kind.n).sum::<usize>(), report.counts.matches);
    assert_eq!(report.classes.len(), CLASSES.len());
    // What differs in case alone is found in full by every engine that is worth a measurement.
    let case = report.classes.iter().find(|class| class.slice.name == "case").unwrap();
    assert!(case.slice.recall.iter().all(|recall| *recall > 0.99), "{:?}", case.slice);
}
