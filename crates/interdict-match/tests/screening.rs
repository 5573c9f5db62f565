//! What a screening finds and what it leaves alone, on a small index written here.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::list::ListVersion;
use interdict_core::model;
use interdict_core::outcome::Outcome;
use interdict_core::score::Threshold;
use interdict_core::subject::Subject;
use interdict_match::index::{Index, ListInput, build};
use interdict_match::{Settings, screen};
use proptest::prelude::*;

fn entity(id: &str, schema: &str, properties: &[(&str, &str)]) -> Entity {
    let mut entity = Entity::new(id, model::schema(schema).unwrap());
    for (property, value) in properties {
        entity.add(property, *value).unwrap();
    }
    entity
}

fn parties() -> Vec<Entity> {
    vec![
        entity(
            "t-1",
            "Person",
            &[
                ("name", "KIM, Sang Man"),
                ("alias", "KIM, Sangman"),
                ("birthDate", "1965-04-25"),
                ("nationality", "kp"),
                ("passportNumber", "109420132"),
                ("idNumber", "478"),
            ],
        ),
        entity(
            "t-1-wallet-1",
            "CryptoWallet",
            &[("publicKey", "1D6gG9iKEhPitTcWRJiniuj1jYM2hNeAfJ"), ("holder", "t-1")],
        ),
        entity(
            "t-2",
            "Organization",
            &[
                ("name", "CHINYONG INFORMATION TECHNOLOGY COOPERATION COMPANY"),
                ("alias", "JINYONG IT COOPERATION COMPANY"),
            ],
        ),
        entity("t-3", "Organization", &[("name", "LAZARUS GROUP"), ("weakAlias", "HIDDEN COBRA")]),
        entity(
            "t-4",
            "PublicBody",
            &[("name", "TECHNICAL RECONNAISSANCE BUREAU"), ("weakAlias", "THIRD BUREAU")],
        ),
        entity("t-5", "PublicBody", &[("name", "110TH RESEARCH CENTER"), ("weakAlias", "LAB 110")]),
        entity("t-6", "Person", &[("name", "KIM, Jong Il")]),
        entity(
            "t-7",
            "Person",
            &[("name", "PARK, Jin Hyok"), ("birthDate", "1984-08-15"), ("alias", "박진혁")],
        ),
        entity("t-8", "Vessel", &[("name", "CHONG CHON GANG"), ("imoNumber", "7937317")]),
        entity("t-9", "Person", &[("name", "LI, Jiadong"), ("nationality", "cn")]),
        entity("t-10", "Company", &[("name", "SIS D.O.O.")]),
        entity("t-11", "Person", &[("name", "Muhammad bin Salih"), ("birthDate", "1960~")]),
        entity("t-12", "PublicBody", &[("name", "RECONNAISSANCE GENERAL BUREAU")]),
        entity("t-13", "Organization", &[("name", "Bank of North Korea")]),
        entity("t-14", "Organization", &[("name", "Korea Zinc Industry General Corporation")]),
    ]
}

fn index_bytes(entities: &[Entity]) -> Vec<u8> {
    let version = ListVersion {
        id: "t".parse().unwrap(),
        version: "1".to_owned(),
        published: None,
        entities: 14,
        digest: Digest::of(b"test"),
    };
    build(&[ListInput { version: &version, entities }], 1).unwrap()
}

fn index() -> Index {
    Index::from_bytes(index_bytes(&parties())).unwrap()
}

fn settings() -> Settings {
    Settings { threshold: Threshold::new(0.7).unwrap(), hits_max: 10, lists: Vec::new() }
}

/// The id and the score of the best hit.
fn best(index: &Index, subject: &Subject) -> Option<(String, f64)> {
    let screening = screen(index, subject, &settings());
    screening.hits.first().map(|hit| (hit.entity.id().to_owned(), hit.score.value()))
}

#[test]
fn what_must_match() {
    let index = index();
    let mut wrong = Vec::new();
    for (name, expected, least) in [
        ("Kim Sang-man", "t-1", 1.0),
        ("KIM, Sangman", "t-1", 1.0),
        ("Sangman Kim", "t-1", 1.0),
        ("김상만", "t-1", 0.95),
        ("金相滿", "t-1", 0.9),
        ("Kim Sang Man Jr.", "t-1", 0.9),
        ("K. Sang Man", "t-1", 0.7),
        ("Gim Sangman", "t-1", 0.8),
        ("Ｋｉｍ Ｓａｎｇ Ｍａｎ", "t-1", 1.0),
        ("Kіm Sаng Mаn", "t-1", 1.0), // with Cyrillic і and а
        ("Chinyong IT Cooperation", "t-2", 0.9),
        ("Jinyong", "t-2", 0.7),
        ("hidden cobra", "t-3", 1.0),
        ("HIDDENCOBRA", "t-3", 0.95),
        ("Lazarus", "t-3", 0.8),
        ("Technical Reconnaisance Bureau", "t-4", 0.95),
        ("Lab 110", "t-5", 1.0),
        ("Third Bureau", "t-4", 1.0),
        ("3rd Bureau", "t-4", 1.0),
        ("박진혁", "t-7", 1.0),
        ("Pak Chin-hyok", "t-7", 0.8),
        ("J H Park", "t-7", 0.7),
        ("M/V CHONG CHON GANG", "t-8", 0.95),
        ("李家东", "t-9", 0.95),
        ("SIS DOO", "t-10", 1.0),
        ("Mohammed bin Saleh", "t-11", 0.75),
    ] {
        let found = best(&index, &Subject::named(name));
        if found.as_ref().is_none_or(|(id, score)| id != expected || *score < least) {
            wrong.push(format!("{name}: {found:?}, not {expected} {least}"));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn what_must_not_match() {
    let index = index();
    let mut wrong = Vec::new();
    for name in [
        "Patricia Wheeler",
        "Kim's Nail Salon",
        "Kim Jong Un",
        "Salih bin Muhammad",
        "Bank of Korea",
        "Zinc",
        "Information Technology Company",
        "Research Center",
        "Lab 111",
    ] {
        wrong.extend(best(&index, &Subject::named(name)).map(|found| format!("{name}: {found:?}")));
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn evidence_besides_the_name() {
    let index = index();
    let kim = || Subject::named("Kim Sang Man");
    let with = |subject: Subject| best(&index, &subject).map(|(_, score)| score);
    assert_eq!(with(kim()), Some(1.0));
    let day = |text: &str| vec![text.parse().unwrap()];
    assert_eq!(with(Subject { birth_dates: day("1965-04-25"), ..kim() }), Some(1.0));
    assert_eq!(with(Subject { birth_dates: day("1965"), ..kim() }), Some(1.0));
    assert_eq!(with(Subject { birth_dates: day("1990-01-01"), ..kim() }), None);
    assert!(with(Subject { countries: vec!["us"], ..kim() }).is_some_and(|score| score < 1.0));
    let nobody = || Subject::named("Somebody Else");
    assert_eq!(with(nobody()), None);
    assert_eq!(with(Subject { identifiers: vec!["109 420 132".into()], ..nobody() }), Some(0.97));
    assert_eq!(with(Subject { identifiers: vec!["478".into()], ..nobody() }), None);
    assert_eq!(
        with(Subject { identifiers: vec!["1D6gG9iKEhPitTcWRJiniuj1jYM2hNeAfJ".into()], ..nobody() }),
        Some(0.97)
    );
    assert_eq!(with(Subject { identifiers: vec!["IMO 7937317".into()], ..nobody() }), Some(0.97));
}

#[test]
fn a_subject_without_a_usable_name_is_not_clear() {
    let index = index();
    for name in ["", "  ", "...", "Ltd.", "The Company"] {
        let screening = screen(&index, &Subject::named(name), &settings());
        assert!(matches!(screening.outcome, Outcome::NotScreened(_)), "{name:?}: {:?}", screening.outcome);
    }
}

#[test]
fn names_that_say_nothing_are_told_beside_those_that_do() {
    let index = index();
    let named = |names: &[&str]| Subject {
        names: names.iter().map(|&name| name.to_owned()).collect(),
        ..Subject::default()
    };
    let answer = screen(&index, &named(&["Patricia Wheeler", "ប៉ាទ្រីស៊ីយ៉ា", "Ltd", ""]), &settings());
    assert_eq!((answer.outcome, answer.left_out.len()), (Outcome::Clear, 3));
    let answer = screen(&index, &named(&["ប៉ាទ្រីស៊ីយ៉ា", "Ltd"]), &settings());
    assert!(matches!(answer.outcome, Outcome::NotScreened(_)));
}

#[test]
fn the_same_lists_give_the_same_bytes() {
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let many = rayon::ThreadPoolBuilder::new().num_threads(8).build().unwrap();
    let parties = parties();
    assert_eq!(alone.install(|| index_bytes(&parties)), many.install(|| index_bytes(&parties)));
}

#[test]
fn every_name_of_the_lists_finds_its_own_entity() {
    let index = index();
    for entity in index.entities() {
        for name in entity.names() {
            let found = best(&index, &Subject::named(name.text()));
            assert!(found.as_ref().is_some_and(|(_, score)| *score >= 1.0), "{}: {found:?}", name.text());
        }
    }
}

#[test]
fn ids_and_records() {
    let index = index();
    let found = index.entities_with_id("t-1");
    assert_eq!(found.len(), 1);
    let record: serde_json::Value = serde_json::from_slice(found[0].record_json()).unwrap();
    assert_eq!(record[1]["properties"]["holder"][0], "t-1");
    assert!(index.entities_with_id("t-99").is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn scores_add_up(name in "(Kim|Pak|Lazarus|Bank|bin|of|Sang|Man|Jong|Korea|IT|K|110)( (Kim|Park|Group|Korea|Co|Man|Salih|Lab|Jin|Hyok)){0,4}") {
        let index = index();
        let all = Settings { threshold: Threshold::new(0.01).unwrap(), ..settings() };
        for hit in screen(&index, &Subject::named(name), &all).hits {
            prop_assert!(hit.explanation.adds_up());
            prop_assert_eq!(hit.explanation.contribution, hit.score.points());
        }
    }

    #[test]
    fn a_damaged_index_is_refused_or_answers(at in 0usize..100_000, value: u8, cut in 0usize..100_000) {
        let mut bytes = index_bytes(&parties());
        let len = bytes.len();
        bytes[at % len] = value;
        bytes.truncate(if cut % 3 == 0 { cut % len } else { len });
        if let Ok(index) = Index::from_bytes(bytes) {
            screen(&index, &Subject::named("Kim Sang Man"), &settings());
            index.entities_with_id("t-1");
        }
    }
}
