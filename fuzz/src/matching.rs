//! Which invariants must names, index and screening keep, whatever the input? One function for each fuzz target.

use std::collections::BTreeSet;

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::explanation::Explanation;
use interdict_core::limits;
use interdict_core::list::ListVersion;
use interdict_core::model;
use interdict_core::outcome::Outcome;
use interdict_core::score::{Score, Threshold};
use interdict_core::subject::Subject;
use interdict_match::index::{Index, ListInput, build};
use interdict_match::names::{Analysis, Bearer, analyze};
use interdict_match::{Screening, Settings, screen};

/// The name of a fuzz target, and its check.
pub type Target = (&'static str, fn(&[u8]));

/// The fuzz targets of this file by name: the corpus of each is in the folder of that name.
pub const TARGETS: &[Target] = &[("index", index), ("names", names), ("screening", screening)];

/// Damage to an index file: groups of five bytes, each an offset (four bytes, little-endian) and what is added to the byte
/// there. A damaged file is refused, or it answers as before. The input itself is offered as an index, too.
pub fn index(data: &[u8]) {
    let _ = Index::from_bytes(data.to_vec());
    let sound = bytes_of_index(&listed());
    let mut damaged = sound.clone();
    for edit in data.chunks_exact(5) {
        let offset = u32::from_le_bytes([edit[0], edit[1], edit[2], edit[3]]);
        let at = usize::try_from(offset).expect("an offset in memory") % damaged.len();
        damaged[at] = damaged[at].wrapping_add(edit[4]);
    }
    let cut = damaged.len() - data.len() % 5;
    damaged.truncate(cut);
    if let Ok(index) = Index::from_bytes(damaged) {
        let sound = Index::from_bytes(sound).expect("what was built can be opened");
        assert_eq!(answers(&index), answers(&sound), "a damaged index answers otherwise");
    }
}

fn listed() -> Vec<Entity> {
    let person = [
        ("name", "DOE, Jane"),
        ("alias", "\u{ae40}\u{c0c1}\u{b9cc}"),
        ("birthDate", "1970-01-02"),
        ("nationality", "kp"),
        ("passportNumber", "A1234567"),
        ("programId", "DPRK4"),
    ];
    let company = [("name", "DOE TRADING CO., LTD."), ("address", "1 Example Road, Pyongyang")];
    let vessel = [("name", "DOE STAR"), ("imoNumber", "9074729")];
    vec![
        entity("t-0", "Person", &person),
        entity("t-1", "Company", &company),
        entity("t-2", "Vessel", &vessel),
    ]
}

fn entity(id: &str, schema: &str, values: &[(&str, &str)]) -> Entity {
    let mut entity = Entity::new(id, model::schema(schema).expect("a schema of the model"));
    for (property, value) in values {
        entity.add(property, *value).expect("a value that fits");
    }
    entity
}

/// What an index says of all its parties, and of a few subjects.
fn answers(index: &Index) -> Vec<String> {
    let mut answers = vec![format!("{:?}", index.info())];
    for entity in index.entities() {
        let names: Vec<_> = entity.names().map(|name| (name.text(), name.quality())).collect();
        let addresses: Vec<_> = entity.addresses().collect();
        let found: Vec<_> = index.entities_with_id(entity.id()).iter().map(|found| found.caption()).collect();
        answers.push(format!("{names:?} {addresses:?} {found:?} {:?}", entity.record_json()));
    }
    for name in ["Jane Doe Trading Ltd", "\u{ae40}\u{c0c1}\u{b9cc}", "DOE, Jane", "Doe Star"] {
        let subject = Subject {
            names: vec![name.to_owned()],
            identifiers: vec!["A1234567".to_owned(), "IMO 9074729".to_owned()],
            birth_dates: "1970-01-02".parse().into_iter().collect(),
            countries: vec!["kp"],
            addresses: vec!["1 Example Road, Pyongyang".to_owned()],
            ..Subject::default()
        };
        answers.push(shown(&screen(index, &subject, &settings(0.1))));
    }
    answers
}

/// One name, taken apart for every kind of bearer.
pub fn names(data: &[u8]) {
    let Ok(name) = std::str::from_utf8(data) else { return };
    for bearer in [Bearer::Person, Bearer::Vehicle, Bearer::Organization, Bearer::Unknown] {
        let analysis = analyze(name, bearer);
        assert_eq!(analysis, analyze(name, bearer), "two analyses of one name differ");
        let Ok(analysis) = analysis else { continue };
        assert!(name.chars().count() <= limits::NAME_CHARS_MAX, "a name beyond the bound is read");
        assert!(!analysis.readings.is_empty(), "a name without a reading");
        for reading in &analysis.readings {
            assert!(!reading.parts.is_empty(), "a reading has no part");
            assert!(reading.parts.iter().all(|part| !part.text.is_empty()), "a part has no text");
        }
    }
}

/// Lines: the first is the subject's name, the others are names of listed parties. Every listed name that can be compared
/// finds its party.
pub fn screening(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut lines = text.lines();
    let subject = lines.next().unwrap_or_default();
    let schemas = ["Person", "Organization", "Vessel"];
    let mut entities = Vec::new();
    for (idx, name) in lines.take(8).enumerate() {
        let schema = model::schema(schemas[idx % schemas.len()]).expect("a schema of the model");
        let mut entity = Entity::new(format!("t-{idx}"), schema);
        if entity.add("name", name).is_ok() {
            entities.push(entity);
        }
    }
    let index = index_of(&entities);
    check_screening(&index, &Subject::named(subject), &settings(0.3));
    for entity in &entities {
        check_that_it_is_found(&index, entity);
    }
}

fn index_of(entities: &[Entity]) -> Index {
    Index::from_bytes(bytes_of_index(entities)).expect("what was built can be opened")
}

fn bytes_of_index(entities: &[Entity]) -> Vec<u8> {
    let digest = Digest::of(b"");
    let version = ListVersion {
        id: "t".parse().expect("a list id"),
        version: digest.short(),
        published: None,
        entities: entities.len() as u64,
        digest,
    };
    let inputs = [ListInput { version: &version, entities }];
    let bytes = build(&inputs, 1).expect("a small list is an index");
    assert_eq!(build(&inputs, 1).as_ref(), Ok(&bytes), "two indexes of one list differ");
    bytes
}

fn settings(threshold: f64) -> Settings {
    let threshold = Threshold::new(threshold).expect("a threshold from 0 to 1");
    Settings { threshold, hits_max: 5, lists: Vec::new() }
}

/// What a listed name scores at least against itself. Not always 1: where short parts come again and again, alignment may
/// miss the pairing that explains all of them.
const ITSELF_MIN: f64 = 0.9;

/// Whether a name is of the kind for which this is promised: alignment looks at a bounded number of parts, and
/// candidates are ranked by distinct parts, so that a word many times over counts once.
fn is_ordinary(analysis: &Analysis) -> bool {
    analysis.readings.iter().all(|reading| {
        let distinct: BTreeSet<&str> = reading.parts.iter().map(|part| part.text.as_str()).collect();
        reading.parts.len() <= 16 && distinct.len() * 2 > reading.parts.len()
    })
}

/// A listed name finds its party, unless nothing of it can be compared.
fn check_that_it_is_found(index: &Index, entity: &Entity) {
    let name = entity.first("name").unwrap_or_default();
    let analysis = analyze(name, Bearer::of(Some(entity.schema)));
    if analysis.as_ref().is_ok_and(|analysis| !is_ordinary(analysis)) {
        return;
    }
    let subject = Subject { schema: Some(entity.schema), ..Subject::named(name) };
    let screening = check_screening(index, &subject, &settings(ITSELF_MIN));
    match screening.outcome {
        Outcome::NotScreened(_) => {
            assert!(analysis.is_err(), "{name:?} was not screened");
        }
        _ => assert!(
            screening.n_hits > screening.hits.len()
                || screening.hits.iter().any(|hit| hit.entity.id() == entity.id),
            "{name:?} does not find itself"
        ),
    }
}

fn check_screening<'a>(index: &'a Index, subject: &Subject, settings: &Settings) -> Screening<'a> {
    let screening = screen(index, subject, settings);
    assert_eq!(shown(&screening), shown(&screen(index, subject, settings)), "two screenings differ");
    assert_eq!(screening.hits.len(), screening.n_hits.min(settings.hits_max), "hits are counted wrong");
    match screening.outcome {
        Outcome::Hits => assert!(screening.n_hits > 0, "hits without a hit"),
        Outcome::Clear | Outcome::NotScreened(_) => assert_eq!(screening.n_hits, 0, "a hit is hidden"),
    }
    for hit in &screening.hits {
        assert!(settings.threshold.is_reached_by(hit.score), "a hit below the threshold");
        assert_eq!(Score::from_points(hit.explanation.contribution), hit.score, "reasons of another score");
        check_sums(&hit.explanation);
    }
    assert!(screening.hits.is_sorted_by(|a, b| a.score >= b.score), "the best hit is not first");
    screening
}

/// Everything that an answer would say.
fn shown(screening: &Screening<'_>) -> String {
    let hits = serde_json::to_string(&screening.hits).expect("hits are JSON");
    format!("{:?} {} {hits}", screening.outcome, screening.n_hits)
}

/// What a node gives is what its children give together.
fn check_sums(explanation: &Explanation) {
    if !explanation.children.is_empty() {
        let sum = explanation.children.iter().map(|child| child.contribution).sum();
        assert_eq!(explanation.contribution, sum, "the reasons of {} do not add up", explanation.feature);
        explanation.children.iter().for_each(check_sums);
    }
}
