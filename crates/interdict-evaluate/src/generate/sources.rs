//! The listed names from which cases are made.

use std::collections::{BTreeMap, BTreeSet};

use interdict_core::list::ListId;
use interdict_match::index::{Index, NameQuality};

use super::identity::ListedNames;
use super::name::{Kind, is_latin, n_letters, plain, words};
use interdict_core::random::Random;

/// Names with fewer letters are not drawn: nobody recognizes them after a change.
pub(super) const LETTERS_MIN: usize = 5;

/// One listed name with what is known of its party.
#[derive(Debug, Clone)]
pub(super) struct Source<'a> {
    /// Which party of the index, counted from 0.
    pub entity: usize,
    pub id: &'a str,
    pub list: &'a str,
    pub schema: &'a str,
    pub kind: Kind,
    /// The name as listed, in Latin letters.
    pub listed: &'a str,
    /// Names of the party in other scripts.
    pub others: Vec<&'a str>,
    pub countries: Vec<&'a str>,
    pub dates: Vec<String>,
    /// The word of the name that the fewest parties have, in lower case: without it nobody recognizes the name.
    pub telling: String,
}

/// All names that can be drawn, by kind and party, and all names there are.
pub(super) struct Sources<'a> {
    by_kind: BTreeMap<Kind, Vec<Vec<Source<'a>>>>,
    listed: BTreeSet<String>,
    names: ListedNames,
    frequency: BTreeMap<String, usize>,
}

impl<'a> Sources<'a> {
    /// The primary names and strong aliases in Latin letters of the persons, organizations and vessels of the lists; of all
    /// lists when none is named.
    pub fn of(index: &'a Index, lists: &[ListId]) -> Self {
        let mut sources = Self {
            by_kind: BTreeMap::new(),
            listed: BTreeSet::new(),
            names: ListedNames::default(),
            frequency: BTreeMap::new(),
        };
        for (idx, entity) in index.entities().enumerate() {
            let names: Vec<&str> = entity.names().map(|name| name.text()).collect();
            let mut parts = BTreeSet::new();
            for name in &names {
                let name = plain(name);
                parts.extend(words(&name).into_iter().map(str::to_owned));
                sources.listed.insert(name);
            }
            for part in parts {
                *sources.frequency.entry(part).or_default() += 1;
            }
            let is_asked = lists.is_empty() || lists.contains(&entity.list().id);
            let Some(kind) = entity.schema().and_then(Kind::of).filter(|_| is_asked) else { continue };
            let source = |listed: &'a str| Source {
                entity: idx,
                id: entity.id(),
                list: entity.list().id.as_str(),
                schema: entity.schema_name(),
                kind,
                listed,
                others: names
                    .iter()
                    .copied()
                    .filter(|name| !is_latin(name) && n_letters(name) >= 2)
                    .collect(),
                countries: entity.countries().collect(),
                dates: entity.dates().map(|date| date.to_string()).collect(),
                telling: String::new(),
            };
            let is_usable = |name: &&str| is_latin(name) && n_letters(name) >= LETTERS_MIN;
            let is_strong = |quality| matches!(quality, NameQuality::Primary | NameQuality::Strong);
            let usable: Vec<Source<'a>> = entity
                .names()
                .filter(|name| is_strong(name.quality()))
                .map(|name| name.text())
                .filter(is_usable)
                .map(source)
                .collect();
            if !usable.is_empty() {
                sources.by_kind.entry(kind).or_default().push(usable);
            }
        }
        sources.find_telling_words();
        let names = index.entities().flat_map(|entity| {
            let kind = entity.schema().and_then(Kind::of);
            entity.names().map(move |name| (kind, name.text()))
        });
        sources.names = ListedNames::of(&names.collect::<Vec<_>>());
        sources
    }

    /// Now that all names are known, the most telling word of each.
    fn find_telling_words(&mut self) {
        for source in self.by_kind.values_mut().flatten().flatten() {
            let name = plain(source.listed);
            let words: Vec<String> = words(&name).into_iter().map(str::to_owned).collect();
            let telling = most_telling(&self.frequency, &words).and_then(|idx| words.into_iter().nth(idx));
            source.telling = telling.unwrap_or_default();
        }
    }

    /// A name of a party of one of the kinds, by chance. Persons come up more often than organizations, and these more
    /// often than vessels, whatever their shares on the lists.
    pub fn draw(&self, kinds: &[Kind], random: &mut Random) -> Option<&Source<'a>> {
        const SHARES: [Kind; 8] = [
            Kind::Person,
            Kind::Person,
            Kind::Person,
            Kind::Person,
            Kind::Organization,
            Kind::Organization,
            Kind::Organization,
            Kind::Vessel,
        ];
        let there: Vec<Kind> = SHARES
            .into_iter()
            .filter(|kind| kinds.contains(kind) && self.by_kind.contains_key(kind))
            .collect();
        let kind = random.pick(&there)?;
        let names = random.pick(self.by_kind.get(kind)?)?;
        random.pick(names)
    }

    /// All names that can be drawn of one of the kinds.
    pub fn all(&self, kinds: &[Kind]) -> impl Iterator<Item = &Source<'a>> {
        self.by_kind.iter().filter(|(kind, _)| kinds.contains(kind)).flat_map(|(_, names)| names).flatten()
    }

    /// Whether some party has just this name, written in whatever case.
    pub fn is_listed(&self, name: &str) -> bool {
        self.listed.contains(&plain(name))
    }

    /// Whether a name of a party of this kind names some listed party after all.
    pub fn is_name_of_some_party(&self, name: &str, kind: Kind) -> bool {
        self.names.has(name, kind)
    }

    /// The word of a name that the fewest parties have; of equals the longest. Words of one or two letters do not tell.
    pub fn most_telling(&self, words: &[String]) -> Option<usize> {
        most_telling(&self.frequency, words)
    }
}

fn most_telling(frequency: &BTreeMap<String, usize>, words: &[String]) -> Option<usize> {
    let n_parties = |word: &str| frequency.get(&plain(word)).copied().unwrap_or(0);
    (0..words.len())
        .filter(|&idx| n_letters(&words[idx]) >= 3)
        .min_by_key(|&idx| (n_parties(&words[idx]), std::cmp::Reverse(n_letters(&words[idx]))))
}
