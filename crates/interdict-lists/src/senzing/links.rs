//! Which records does a record point to? Pointers are collected, and become links when the whole file is read.

use std::collections::{HashMap, HashSet};

use interdict_core::entity::Entity;
use interdict_core::model;

use super::attributes::Family;
use super::features::Record;
use crate::reading::{Ids, Key, Log, Reading, keep_as_note};
use crate::text::clip;

/// Roles that the specification or its users name, and the schema of their links. The record that points is the source.
const ROLES: &[(&str, &str)] = &[
    ("SPOUSE_OF", "Family"),
    ("SON_OF", "Family"),
    ("DAUGHTER_OF", "Family"),
    ("CHILD_OF", "Family"),
    ("FATHER_OF", "Family"),
    ("MOTHER_OF", "Family"),
    ("PARENT_OF", "Family"),
    ("SIBLING_OF", "Family"),
    ("BROTHER_OF", "Family"),
    ("SISTER_OF", "Family"),
    ("RELATIVE_OF", "Family"),
    ("ASSOCIATE_OF", "Associate"),
    ("OWNER_OF", "Ownership"),
    ("SHAREHOLDER_OF", "Ownership"),
    ("EMPLOYED_BY", "Employment"),
    ("EMPLOYEE_OF", "Employment"),
    ("DIRECTOR_OF", "Directorship"),
    ("OFFICER_OF", "Directorship"),
    ("MEMBER_OF", "Membership"),
];

/// Schemata whose own name is a role: OpenSanctions says no more of many links.
const NAMED: &[&str] = &[
    "Family",
    "Associate",
    "Ownership",
    "Directorship",
    "Membership",
    "Employment",
    "Representation",
    "Succession",
    "Occupancy",
];

/// One end of a link.
#[derive(Debug)]
enum End {
    /// The record that says it.
    This,
    /// Domain and key.
    Key(String, String),
}

#[derive(Debug)]
struct Pointer {
    /// The id of the party whose record says it.
    party: String,
    source: End,
    target: End,
    role: String,
    log: Log,
}

/// The pointers of a file, and who can be pointed to.
pub(super) struct Links<'a> {
    ids: Ids<'a>,
    pointers: Vec<Pointer>,
    /// The party of each domain and key: anchors, and data source with record.
    anchors: HashMap<Key, Bearer>,
    /// The party of each record id.
    records: HashMap<Key, Bearer>,
}

/// Who has a key.
enum Bearer {
    /// The party whose id is made of the key, as nearly all are: nothing more need be remembered of it.
    Usual,
    /// The party of that id.
    Party(Box<str>),
    /// More than one.
    Several,
}

impl<'a> Links<'a> {
    pub(super) fn new(ids: Ids<'a>) -> Self {
        Self { ids, pointers: Vec::new(), anchors: HashMap::new(), records: HashMap::new() }
    }

    /// Whether any record points to another.
    pub(super) fn has_pointers(&self) -> bool {
        !self.pointers.is_empty()
    }

    /// Takes the relations of a record.
    pub(super) fn take(
        &mut self,
        source: &str,
        record_id: &str,
        party: &str,
        record: &Record<'_>,
        log: &mut Log,
    ) {
        self.anchor(source, record_id, party);
        self.records
            .entry(Key::of(record_id))
            .and_modify(|known| *known = Bearer::Several)
            .or_insert_with(|| bearer(self.ids, record_id, party));
        for feature in record.of_family(Family::Relation) {
            let get = |attribute: &str| feature.get(attribute).unwrap_or_default().to_owned();
            let anchor = (get("REL_ANCHOR_DOMAIN"), get("REL_ANCHOR_KEY"));
            let pointer = (get("REL_POINTER_DOMAIN"), get("REL_POINTER_KEY"));
            let is_told_by_target = pointer.1 == record_id && !anchor.1.is_empty() && anchor.1 != record_id;
            if !anchor.1.is_empty() && !is_told_by_target {
                self.anchor(&anchor.0, &anchor.1, party);
            }
            if pointer.1.is_empty() {
                if anchor.1.is_empty() || !get("REL_POINTER_ROLE").is_empty() {
                    log.value_lost("bad_link", "a relation has no key of the record that it leads to");
                }
                continue;
            }
            let (source, target) = if is_told_by_target {
                (End::Key(anchor.0, anchor.1), End::This)
            } else {
                (End::This, End::Key(pointer.0, pointer.1))
            };
            let mut log = log.beside();
            log.of_record(record_id);
            let role = get("REL_POINTER_ROLE");
            self.pointers.push(Pointer { party: party.to_owned(), source, target, role, log });
        }
    }

    fn anchor(&mut self, domain: &str, key: &str, party: &str) {
        self.anchors.entry(Key::of_parts([domain, key])).or_insert_with(|| bearer(self.ids, key, party));
    }

    /// Makes the links. A link that both records tell is one.
    pub(super) fn resolve(mut self, reading: &mut Reading<'_>) {
        let mut seen = HashSet::new();
        let mut n_links: HashMap<String, usize> = HashMap::new();
        for mut pointer in std::mem::take(&mut self.pointers) {
            let ends =
                self.find(&pointer.source, &pointer.party).zip(self.find(&pointer.target, &pointer.party));
            let Some((source, target)) = ends.filter(|(source, target)| source != target) else {
                keep_unresolved(reading, pointer);
                continue;
            };
            if !seen.insert((source.clone(), target.clone(), pointer.role.clone())) {
                continue;
            }
            let n = n_links.entry(source.clone()).or_default();
            *n += 1;
            let id = format!("{source}-link-{n}");
            if let Some(link) = link(id, &source, &target, &pointer.role, &mut pointer.log) {
                reading.add([link]);
            }
            reading.push(pointer.log);
        }
    }

    fn find(&self, end: &End, party: &str) -> Option<String> {
        match end {
            End::This => Some(party.to_owned()),
            End::Key(domain, key) => {
                let anchored = self.anchors.get(&Key::of_parts([domain.as_str(), key]));
                match anchored.or_else(|| self.records.get(&Key::of(key)))? {
                    Bearer::Usual => Some(self.ids.of_party(key)),
                    Bearer::Party(party) => Some(party.to_string()),
                    Bearer::Several => None,
                }
            }
        }
    }
}

fn bearer(ids: Ids<'_>, key: &str, party: &str) -> Bearer {
    if ids.of_party(key) == party { Bearer::Usual } else { Bearer::Party(party.into()) }
}

fn link(id: String, source: &str, target: &str, role: &str, log: &mut Log) -> Option<Entity> {
    let named = NAMED.iter().find(|name| name.eq_ignore_ascii_case(role)).copied();
    let known = ROLES.iter().find(|(known, _)| known.eq_ignore_ascii_case(role)).map(|(_, schema)| *schema);
    let schema = model::schema(named.or(known).unwrap_or("UnknownLink"))?;
    let edge = schema.edge?;
    let mut link = Entity::new(id, schema);
    log.put(&mut link, edge.source, source);
    log.put(&mut link, edge.target, target);
    if named.is_none() && !role.is_empty() && !log.offer(&mut link, "role", role) {
        log.put(&mut link, "relationship", role);
    }
    Some(link)
}

fn keep_unresolved(reading: &mut Reading<'_>, pointer: Pointer) {
    let Pointer { party, source, target, role, mut log } = pointer;
    let key = [&source, &target].into_iter().find_map(|end| match end {
        End::Key(domain, key) => Some(format!("{domain} {key}")),
        End::This => None,
    });
    if let Some(party) = reading.earlier(&party) {
        let text = [role, key.unwrap_or_default()].join(" ");
        keep_as_note(party, "REL_POINTER", clip(&text, 1_000));
    }
    let reason =
        "the record that it is linked to is itself, not in this file, or not only once; it is kept as a note";
    log.note("unresolved_link", reason);
    reading.push(log);
}
