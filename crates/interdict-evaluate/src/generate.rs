//! Which names should an engine find, and which not? Cases made of the names of an index, the same for the same seed.
//!
//! The generator shares no table and no code with the matcher; `docs/decisions` says why.

mod classes;
mod identity;
mod name;
mod negatives;
mod sources;
mod tables;

use std::collections::BTreeSet;

use interdict_core::list::ListId;
use interdict_core::random::Random;
use interdict_core::subject::Subject;
use interdict_core::{country, model};
use interdict_match::index::Index;

pub use classes::{CLASSES, Class};
pub use name::{Kind, Severity};

use crate::cases::{Case, Label};
use classes::{Draft, ONLY_CASE, ORIGINAL_SCRIPT};
use name::{n_letters, natural, plain};
use sources::{LETTERS_MIN, Source, Sources};

/// How many cases of which kinds.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Where chance starts.
    pub seed: u64,
    /// Cases of each class and severity, as far as the lists have names for them.
    pub per_class: usize,
    /// The severities.
    pub severities: Vec<Severity>,
    /// Hard negatives of all kinds together.
    pub hard_negatives: usize,
    /// The lists from which names are drawn; all when empty.
    pub lists: Vec<ListId>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            seed: 1,
            per_class: 100,
            severities: Severity::ALL.to_vec(),
            hard_negatives: 2_000,
            lists: Vec::new(),
        }
    }
}

/// The kinds of hard negatives, with what they are.
pub const HARD_NEGATIVES: [(&str, &str); 2] = [
    ("part_replaced", "a listed name with its most telling word replaced"),
    ("recombined", "given names of one listed person with the family name of another"),
];

/// How often a draw may fail before a class is given up, for each case that is asked for.
const DRAWS_PER_CASE: usize = 60;

/// The cases of a plan. All have a birth date and a country, where the party has them.
pub fn generate(index: &Index, plan: &Plan) -> Vec<Case> {
    let sources = Sources::of(index, &plan.lists);
    let mut cases = Vec::new();
    for class in CLASSES {
        for &severity in &plan.severities {
            positives(&sources, class, severity, plan, &mut cases);
        }
    }
    let kinds = HARD_NEGATIVES.len();
    for (idx, (class, _)) in HARD_NEGATIVES.iter().enumerate() {
        let wanted = plan.hard_negatives / kinds + usize::from(idx < plan.hard_negatives % kinds);
        hard_negatives(&sources, class, wanted, plan.seed, &mut cases);
    }
    cases
}

/// The cases of one class and severity. Each is another name than the listed one, no name of the list, and there once.
fn positives(sources: &Sources<'_>, class: &Class, severity: Severity, plan: &Plan, cases: &mut Vec<Case>) {
    let mut random = Random::new(plan.seed, &format!("{}/{}", class.name, severity.name()));
    let mut made = BTreeSet::new();
    // Few parties have a name in another script: all of them are drawn, not those that chance finds.
    let mut with_others: Vec<&Source<'_>> = Vec::new();
    if class.name == ORIGINAL_SCRIPT {
        with_others = sources.all(class.kinds).filter(|source| !source.others.is_empty()).collect();
        with_others.dedup_by_key(|source| source.entity);
    }
    for _ in 0..plan.per_class.saturating_mul(DRAWS_PER_CASE) {
        if made.len() >= plan.per_class {
            break;
        }
        let drawn = match class.name {
            ORIGINAL_SCRIPT => random.pick(&with_others).copied(),
            _ => sources.draw(class.kinds, &mut random),
        };
        let Some(source) = drawn else { break };
        let draft = Draft { name: natural(source.listed, source.kind), source };
        let Some(name) = (class.change)(&draft, severity, &mut random) else { continue };
        let is_another = match class.name {
            ONLY_CASE => name != draft.name,
            ORIGINAL_SCRIPT => true,
            _ => plain(&name) != plain(&draft.name) && !sources.is_listed(&name),
        };
        let letters_min = if class.name == ORIGINAL_SCRIPT || class.name == "synthetic_hangul" {
            2
        } else {
            LETTERS_MIN - 1
        };
        let says_enough = name.chars().filter(|char| char.is_alphanumeric()).count() >= letters_min;
        if is_another && says_enough && made.insert((source.entity, name.clone())) {
            let id = format!("{}-{}-{}", class.name, severity.name(), made.len());
            let subject = subject(name, source, source, &mut random);
            cases.push(case(id, class.name, Some(severity), Label::Match, subject, source));
        }
    }
}

type Negative = for<'a> fn(&Sources<'a>, &Source<'a>, &Source<'a>, &mut Random) -> Option<String>;

fn hard_negatives(
    sources: &Sources<'_>,
    class: &'static str,
    wanted: usize,
    seed: u64,
    cases: &mut Vec<Case>,
) {
    let mut random = Random::new(seed, class);
    let mut made = BTreeSet::new();
    for _ in 0..wanted.saturating_mul(DRAWS_PER_CASE) {
        if made.len() >= wanted {
            break;
        }
        let kinds: &[Kind] = if class == "recombined" { &[Kind::Person] } else { &Kind::ALL };
        let Some(source) = sources.draw(kinds, &mut random) else { break };
        let Some(other) = sources.draw(&[source.kind], &mut random) else { break };
        let has_families = source.listed.contains(',') && other.listed.contains(',');
        let make: Negative = match class {
            "part_replaced" => negatives::part_replaced,
            _ if has_families => negatives::recombined,
            _ => negatives::recombined_words,
        };
        let Some(name) = make(sources, source, other, &mut random).filter(|_| source.entity != other.entity)
        else {
            continue;
        };
        if !sources.is_name_of_some_party(&name, source.kind)
            && n_letters(&name) >= LETTERS_MIN
            && made.insert(plain(&name))
        {
            let id = format!("{class}-{}", made.len());
            // Another person has another birth date and another country: those of a third party of the same kind.
            let Some(stranger) = sources.draw(&[source.kind], &mut random) else { break };
            let subject = subject(name, source, stranger, &mut random);
            cases.push(case(id, class, None, Label::NoMatch, subject, source));
        }
    }
}

/// The subject of a name, with the kind of the party it is made of and the details of the one that bears it.
fn subject(name: String, source: &Source<'_>, bearer: &Source<'_>, random: &mut Random) -> Subject {
    let date = random.pick(&bearer.dates).and_then(|date| date.parse().ok());
    let country = random.pick(&bearer.countries).and_then(|code| country::code(code));
    Subject {
        names: vec![name],
        schema: model::schema(source.schema),
        birth_dates: date.into_iter().collect(),
        countries: country.into_iter().collect(),
        ..Subject::default()
    }
}

fn case(
    id: String,
    class: &str,
    severity: Option<Severity>,
    label: Label,
    subject: Subject,
    source: &Source<'_>,
) -> Case {
    Case {
        id,
        class: class.to_owned(),
        severity,
        label,
        subject,
        expected_id: Some(source.id.to_owned()),
        expected_list: Some(source.list.to_owned()),
        source_name: source.listed.to_owned(),
    }
}
