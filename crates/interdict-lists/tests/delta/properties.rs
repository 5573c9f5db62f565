//! Whatever two lists say: the delta leads from one to the other and back, also by way of its lines.

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::list::ListVersion;
use interdict_core::model;
use interdict_lists::delta::lines::{self, Lacking, VersionDelta};
use interdict_lists::delta::{self, Delta, DeltaError};
use proptest::prelude::*;

const SCHEMATA: [&str; 6] = ["Person", "Company", "Organization", "Sanction", "Address", "CryptoWallet"];
const PROPERTIES: [&str; 8] =
    ["name", "alias", "birthDate", "country", "addressEntity", "entity", "full", "publicKey"];
const VALUES: [&str; 7] = ["x-1", "x-2", "1951~", "kp", "ru", "1951/1953", "b"];

/// An entity of few ids and values, so that two lists have much in common. What does not fit its schema is left out.
fn entity() -> impl Strategy<Value = Entity> {
    let id = (1..5_u8, prop::option::of(1..4_u8));
    let values = prop::collection::vec((0..PROPERTIES.len(), 0..VALUES.len()), 0..8);
    let referents = prop::collection::vec("[a-c]", 0..3);
    (id, 0..SCHEMATA.len(), values, referents).prop_map(|((party, part), schema, values, referents)| {
        let id = part.map_or(format!("x-{party}"), |part| format!("x-{party}-part-{part}"));
        let mut entity = Entity::new(id, model::schema(SCHEMATA[schema]).unwrap());
        entity.referents = referents;
        for (property, value) in values {
            let _ = entity.add(PROPERTIES[property], VALUES[value]);
        }
        entity
    })
}

fn list() -> impl Strategy<Value = Vec<Entity>> {
    prop::collection::vec(entity(), 0..14).prop_map(|mut entities| {
        let mut seen = std::collections::BTreeSet::new();
        entities.retain(|entity| seen.insert(entity.id.clone()));
        entities
    })
}

pub(crate) fn version(entities: &[Entity]) -> ListVersion {
    let digest = delta::digest(entities);
    ListVersion {
        id: "own".parse().unwrap(),
        version: digest.short(),
        published: "2024-01-08".parse().ok(),
        entities: entities.len() as u64,
        digest,
    }
}

/// The delta after it was written and read.
pub(crate) fn reread(a: &[Entity], b: &[Entity], delta: &Delta) -> Delta {
    let told =
        VersionDelta { from: version(a), to: version(b), delta: delta.clone(), lacking: Lacking::default() };
    let text: String = lines::write(&told).map(|line| line.unwrap() + "\n").collect();
    let read = lines::read(text.as_bytes()).unwrap();
    assert_eq!(read, [told]);
    read[0].delta.clone()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn a_delta_leads_there_and_back(a in list(), b in list()) {
        let delta = delta::delta(&a, &b).unwrap();
        prop_assert_eq!(&delta::apply(&delta, &a).unwrap(), &b);
        let back = delta.inverse();
        prop_assert_eq!(&delta::apply(&back, &b).unwrap(), &a);
        prop_assert_eq!(&delta::apply(&reread(&a, &b, &delta), &a).unwrap(), &b);
        prop_assert_eq!(delta.parties.is_empty(), a == b);
    }

    #[test]
    fn lines_from_outside_do_no_harm(a in list(), b in list(), at in 0..4_000_usize, byte in any::<u8>()) {
        let delta = delta::delta(&a, &b).unwrap();
        let told = VersionDelta { from: version(&a), to: version(&b), delta, lacking: Lacking::default() };
        let mut bytes: Vec<u8> = lines::write(&told).flat_map(|line| (line.unwrap() + "\n").into_bytes()).collect();
        let at = at % bytes.len();
        bytes[at] = byte;
        // Whatever was changed: it is refused, or it leads to what it says.
        for told in lines::read(&bytes).unwrap_or_default() {
            if let Ok(result) = delta::apply(&told.delta, &a) {
                prop_assert_eq!(delta::digest(&result), told.delta.to);
            }
        }
    }
}

#[test]
fn a_delta_of_other_entities_is_refused() {
    let list = |names: &[&str]| -> Vec<Entity> {
        let person = model::schema("Person").unwrap();
        names.iter().map(|name| Entity::new(format!("x-{name}"), person)).collect()
    };
    let (a, b, c) = (list(&["a"]), list(&["a", "b"]), list(&["c"]));
    let mut delta = delta::delta(&a, &b).unwrap();
    assert!(matches!(delta::apply(&delta, &c), Err(DeltaError::OtherStart { .. })));
    delta.to = Digest::of(b"something else");
    assert!(matches!(delta::apply(&delta, &a), Err(DeltaError::OtherEnd { .. })));
    delta.parties.push(delta.parties[0].clone());
    assert!(matches!(delta::apply(&delta, &a), Err(DeltaError::Place { .. })));
    assert!(matches!(delta::delta(&list(&["a", "a"]), &a), Err(DeltaError::RepeatedId { .. })));
}

#[test]
fn lines_that_are_cut_are_refused() {
    let person = model::schema("Person").unwrap();
    let (a, b) = (Vec::new(), vec![Entity::new("x-1", person), Entity::new("x-2", person)]);
    let told = VersionDelta {
        from: version(&a),
        to: version(&b),
        delta: delta::delta(&a, &b).unwrap(),
        lacking: Lacking { from: vec!["ADD.CSV".to_owned()], to: Vec::new() },
    };
    let text: Vec<String> = lines::write(&told).map(Result::unwrap).collect();
    assert_eq!(text.len(), 3);
    let error = lines::read(text[..2].join("\n").as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "line 2: 1 of 2 lines follow; the file is cut");
    let twice = format!("{}\n\n{}\n", text.join("\n"), text.join("\n"));
    assert_eq!(lines::read(twice.as_bytes()).unwrap().len(), 2, "deltas may follow one another");
    assert!(lines::read(text[1].as_bytes()).is_err());
}
