//! The list that the program carries: the designations of North Korea's cyber program, so that the first command works on a
//! bare machine. It is no substitute for the official lists; `starter/README.md` says where its facts come from.

use interdict_core::date::PartialDate;
use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::list::{ListId, ListVersion};
use interdict_lists::SourceFile;

use crate::failure::Failure;

const FACTS: &[u8] = include_bytes!("../starter/dprk-cyber.jsonl");
const FILE: &str = "dprk-cyber.jsonl";
/// The id of the list.
pub(crate) const LIST: &str = "starter";
/// When its facts were last compared with their sources.
const COMPILED_ON: &str = "2026-11-21";

/// The starter list as a version like any other, with its entities.
pub(crate) fn load() -> Result<(ListVersion, Vec<Entity>), Failure> {
    let list: ListId = LIST.parse().map_err(|_| Failure::Bug)?;
    let parsed = interdict_lists::ftm::read_with_own_ids(&SourceFile { name: FILE, bytes: FACTS })?;
    let digest = Digest::of(FACTS);
    let version = ListVersion {
        id: list,
        version: digest.short(),
        published: COMPILED_ON.parse::<PartialDate>().ok(),
        entities: parsed.value.reconciliation.parties,
        digest,
    };
    Ok((version, parsed.value.entities))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_fits_the_model() {
        let parsed =
            interdict_lists::ftm::read_with_own_ids(&SourceFile { name: FILE, bytes: FACTS }).unwrap();
        assert_eq!(parsed.issues.kept(), []);
        assert!(parsed.value.reconciliation.is_closed());
        assert!(parsed.value.reconciliation.parties >= 20);
    }

    #[test]
    fn every_entity_has_a_source_or_belongs_to_one_that_has() {
        let (_, entities) = load().unwrap();
        for entity in entities.iter().filter(|entity| entity.is_party()) {
            assert!(entity.first("sourceUrl").is_some(), "{}", entity.id);
            assert!(entity.get("topics").iter().any(|topic| topic == "sanction"), "{}", entity.id);
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let (_, entities) = load().unwrap();
        for entity in &entities {
            for (property, id) in entity.values_of(interdict_core::model::PropertyKind::Entity) {
                assert!(entities.iter().any(|other| other.id == id), "{} {} {id}", entity.id, property.name);
            }
        }
    }
}
