//! What is known of one listed party, gathered from all the entities of its record.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use interdict_core::date::PartialDate;
use interdict_core::entity::Entity;
use interdict_core::identifier::IdentifierKind;
use interdict_core::model::PropertyKind;

/// How a list gives a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameQuality {
    /// The primary name.
    Primary,
    /// An alias the list calls good, or does not grade.
    Strong,
    /// An alias the list calls weak or of low quality: scored the same, and marked.
    Weak,
    /// A former name.
    Previous,
}

impl NameQuality {
    const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Primary, "name", "primary"),
        (Self::Strong, "alias", "strong_alias"),
        (Self::Weak, "weakAlias", "weak_alias"),
        (Self::Previous, "previousName", "previous_name"),
    ];

    /// The name in explanations.
    pub fn name(self) -> &'static str {
        Self::ALL[usize::from(self.code())].2
    }

    pub(super) fn code(self) -> u8 {
        match self {
            Self::Primary => 0,
            Self::Strong => 1,
            Self::Weak => 2,
            Self::Previous => 3,
        }
    }

    pub(super) fn from_code(code: u8) -> Self {
        Self::ALL.get(usize::from(code)).map_or(Self::Strong, |(quality, ..)| *quality)
    }
}

/// One party with everything that screening compares.
pub(super) struct Profile<'a> {
    pub party: &'a Entity,
    pub names: Vec<(Cow<'a, str>, NameQuality)>,
    pub dates: Vec<PartialDate>,
    pub countries: BTreeSet<&'a str>,
    pub addresses: BTreeSet<&'a str>,
    pub programs: BTreeSet<&'a str>,
    pub identifiers: BTreeSet<(IdentifierKind, &'a str)>,
    /// The entities of the record, the party first.
    pub record: Vec<&'a Entity>,
}

/// The profiles of all parties of a list, in the order of the list.
pub(super) fn profiles(entities: &[Entity]) -> Vec<Profile<'_>> {
    let by_id: BTreeMap<&str, &Entity> = entities.iter().map(|entity| (entity.id.as_str(), entity)).collect();
    let mut belonging: BTreeMap<&str, Vec<&Entity>> = BTreeMap::new();
    for entity in entities.iter().filter(|entity| !entity.is_party()) {
        let owners: BTreeSet<&str> = entity.values_of(PropertyKind::Entity).map(|(_, id)| id).collect();
        for owner in owners {
            belonging.entry(owner).or_default().push(entity);
        }
    }
    let related = |party: &Entity| -> Vec<&Entity> {
        let own = belonging.get(party.id.as_str()).into_iter().flatten().copied();
        let addresses = party.get("addressEntity").iter().filter_map(|id| by_id.get(id.as_str()).copied());
        own.chain(addresses).collect()
    };
    entities.iter().filter(|entity| entity.is_party()).map(|party| profile(party, related(party))).collect()
}

fn profile<'a>(party: &'a Entity, related: Vec<&'a Entity>) -> Profile<'a> {
    let mut profile = Profile {
        party,
        names: names(party),
        dates: ["birthDate", "incorporationDate", "buildDate"]
            .iter()
            .flat_map(|property| party.dates(property))
            .collect(),
        countries: countries(party).collect(),
        addresses: party.get("address").iter().map(String::as_str).collect(),
        programs: program_values(party).collect(),
        identifiers: identifiers(party).collect(),
        record: vec![party],
    };
    for entity in related {
        if entity.schema.is_a("Address") {
            profile.countries.extend(countries(entity));
            profile.addresses.extend(entity.first("full"));
        } else if entity.schema.is_a("Sanction") {
            profile.programs.extend(program_values(entity));
        } else if entity.schema.is_a("Identification") || entity.schema.is_a("CryptoWallet") {
            profile.identifiers.extend(identifiers(entity));
        }
        profile.record.push(entity);
    }
    profile
}

/// The names of a party, the primary one first, each once; a person without one is called by the parts of its name.
fn names(party: &Entity) -> Vec<(Cow<'_, str>, NameQuality)> {
    let mut names: Vec<(Cow<'_, str>, NameQuality)> = Vec::new();
    for (quality, property, _) in NameQuality::ALL {
        for name in party.get(property) {
            if names.iter().all(|(known, _)| known != name) {
                names.push((name.into(), quality));
            }
        }
    }
    if names.is_empty() {
        let parts = ["firstName", "secondName", "middleName", "lastName"];
        let name: Vec<&str> = parts.iter().filter_map(|part| party.first(part)).collect();
        if !name.is_empty() {
            names.push((name.join(" ").into(), NameQuality::Primary));
        }
    }
    names
}

fn countries(entity: &Entity) -> impl Iterator<Item = &str> {
    entity.values_of(PropertyKind::Country).map(|(_, code)| code)
}

fn program_values(entity: &Entity) -> impl Iterator<Item = &str> {
    let ids = entity.get("programId");
    let programs = if ids.is_empty() { entity.get("program") } else { ids };
    programs.iter().map(String::as_str)
}

/// The identifiers of an entity that tell who it is: those of a register, contacts and wallets.
fn identifiers(entity: &Entity) -> impl Iterator<Item = (IdentifierKind, &str)> {
    entity.properties().flat_map(|(property, values)| {
        let kind = match (property.name, property.kind) {
            ("number", _) if entity.schema.is_a("Passport") => Some(IdentifierKind::Passport),
            ("number", _) => Some(IdentifierKind::NationalId),
            ("programId" | "wikidataId" | "authorityId" | "unscId", _) => None,
            (name, PropertyKind::Identifier) => {
                Some(IdentifierKind::of_property(name).unwrap_or(IdentifierKind::Registration))
            }
            (name, _) => IdentifierKind::of_property(name),
        };
        kind.into_iter().flat_map(move |kind| values.iter().map(move |value| (kind, value.as_str())))
    })
}
