//! What is in a list, counted: entities by schema, names by how the list gives them, identifiers, wallets and the rest. The
//! second half of the account that a supervisor asks for; the first is the
//! [`Reconciliation`](interdict_core::list::Reconciliation) of its records.

use std::collections::{BTreeMap, BTreeSet};

use interdict_core::entity::Entity;
use interdict_core::model::PropertyKind;
use serde::{Deserialize, Serialize};

/// The properties that hold names, with what each is called in the account.
const NAMES: [(&str, &str); 4] = [
    ("name", "primary"),
    ("alias", "strong_alias"),
    ("weakAlias", "weak_alias"),
    ("previousName", "previous_name"),
];

/// The properties that hold parts of a person's name, for one without a whole name.
const NAME_PARTS: [&str; 4] = ["firstName", "secondName", "middleName", "lastName"];

/// The count of everything in one version of a list. Values are counted as the entities hold them: each once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inventory {
    /// Listed parties by schema.
    pub parties: BTreeMap<String, u64>,
    /// The other entities by schema: sanctions, addresses, wallets, documents, links.
    pub others: BTreeMap<String, u64>,
    /// Names of parties, each once: `primary`, `strong_alias`, `weak_alias`, `previous_name`, and `of_parts` for a person of whom
    /// there are only parts of the name.
    pub names: BTreeMap<String, u64>,
    /// Identifiers of parties, documents and wallets by their property.
    pub identifiers: BTreeMap<String, u64>,
    /// Parties that have no name at all.
    pub parties_without_name: u64,
}

impl Inventory {
    /// Counts entities.
    pub fn of<'a>(entities: impl IntoIterator<Item = &'a Entity>) -> Self {
        let mut inventory = Self::default();
        for entity in entities {
            inventory.add(entity);
        }
        inventory
    }

    /// Counts one entity.
    pub fn add(&mut self, entity: &Entity) {
        let schemas = if entity.is_party() { &mut self.parties } else { &mut self.others };
        add(schemas, entity.schema.name, 1);
        if entity.is_party() {
            self.add_names(entity);
        }
        // What a sanction has for identifiers are numbers of programs and of the authority's own records.
        if !entity.schema.is_a("Sanction") {
            for (property, _) in entity.values_of(PropertyKind::Identifier) {
                add(&mut self.identifiers, property.name, 1);
            }
        }
    }

    /// Each name once, as the best that it is given as.
    fn add_names(&mut self, party: &Entity) {
        let mut seen = BTreeSet::new();
        for (property, name) in NAMES {
            let n = party.get(property).iter().filter(|value| seen.insert(value.as_str())).count();
            add(&mut self.names, name, n as u64);
        }
        if seen.is_empty() {
            let has_parts = NAME_PARTS.iter().any(|part| party.first(part).is_some());
            if has_parts {
                add(&mut self.names, "of_parts", 1);
            } else {
                self.parties_without_name += 1;
            }
        }
    }

    /// Listed parties in all.
    pub fn n_parties(&self) -> u64 {
        self.parties.values().sum()
    }

    /// Entities in all.
    pub fn n_entities(&self) -> u64 {
        self.n_parties() + self.others.values().sum::<u64>()
    }

    /// Names of parties in all.
    pub fn n_names(&self) -> u64 {
        self.names.values().sum()
    }

    /// Wallets.
    pub fn n_wallets(&self) -> u64 {
        self.others.get("CryptoWallet").copied().unwrap_or_default()
    }
}

fn add(counts: &mut BTreeMap<String, u64>, name: &str, n: u64) {
    if n > 0 {
        *counts.entry(name.to_owned()).or_default() += n;
    }
}

#[cfg(test)]
mod tests {
    use interdict_core::model;

    use super::*;

    #[test]
    fn everything_is_counted_once() {
        let mut person = Entity::new("own-1", model::schema("Person").unwrap());
        for (property, value) in [
            ("name", "Ada"),
            ("alias", "Ada B."),
            ("alias", "A. B."),
            ("alias", "Ada"),
            ("passportNumber", "X1"),
        ] {
            person.add(property, value).unwrap();
        }
        let mut wallet = Entity::new("own-1-wallet-1", model::schema("CryptoWallet").unwrap());
        wallet.add("publicKey", "1D6gG9iKEhPitTcWRJiniuj1jYM2hNeAfJ").unwrap();
        let nameless = Entity::new("own-2", model::schema("Company").unwrap());
        let inventory = Inventory::of([&person, &wallet, &nameless]);
        let counted = |counts: &BTreeMap<String, u64>| -> Vec<String> {
            counts.iter().map(|(name, n)| format!("{name} {n}")).collect()
        };
        assert_eq!(counted(&inventory.parties), ["Company 1", "Person 1"]);
        assert_eq!(counted(&inventory.others), ["CryptoWallet 1"]);
        assert_eq!(counted(&inventory.names), ["primary 1", "strong_alias 2"]);
        assert_eq!(counted(&inventory.identifiers), ["passportNumber 1", "publicKey 1"]);
        assert_eq!((inventory.n_entities(), inventory.parties_without_name), (3, 1));
    }
}
