//! Which given names are forms of one name: nicknames, and the forms of other languages and spellings.
//!
//! Also which Slavic family names are those of a woman and a man of one family. The table is `words/name_variants.tsv`.

use std::collections::HashMap;
use std::sync::OnceLock;

const NAME_VARIANTS: &str = include_str!("../../words/name_variants.tsv");

/// How two given names belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Relation {
    /// The same name in another language or spelling: Yusuf and Joseph.
    Form,
    /// One is short or familiar for the other, or both are for a third: Bill and William, Bill and Will.
    Nickname,
}

type Related = Box<[(&'static str, Relation)]>;

/// All other names that belong together with a folded name, in the order of the alphabet. Those that are both forms and
/// nicknames are forms.
pub(crate) fn variants(word: &str) -> impl Iterator<Item = (&'static str, Relation)> {
    table().get(word).into_iter().flatten().copied()
}

/// Whether two folded family names are a woman's and a man's of one family: Ivanov and Ivanova, Dostoevsky and Dostoevskaya.
pub(crate) fn gendered(a: &str, b: &str) -> bool {
    const LETTERS_MIN: usize = 3;
    /// Endings of a man's name, and those of a woman's.
    const ENDINGS: [(&[&str], &[&str]); 5] = [
        (&["ov"], &["ova"]),
        (&["ev", "yov"], &["eva", "yova"]),
        (&["in", "yn"], &["ina", "yna"]),
        (
            &["sky", "skiy", "skyy", "skyi", "skii", "skij", "ski", "skyj"],
            &["skaya", "skaia", "skaja", "skaa", "ska"],
        ),
        (&["tsky", "tskiy", "tskii", "tskyi", "cki", "ckij"], &["tskaya", "tskaia", "tskaja", "tska", "cka"]),
    ];
    let stem = |name: &str, endings: &[&str], other: &str, others: &[&str]| {
        endings.iter().filter_map(|ending| name.strip_suffix(ending)).any(|stem| {
            stem.len() >= LETTERS_MIN && others.iter().any(|ending| other.strip_suffix(ending) == Some(stem))
        })
    };
    ENDINGS.iter().any(|(men, women)| stem(a, men, b, women) || stem(b, men, a, women))
}

fn table() -> &'static HashMap<&'static str, Related> {
    static TABLE: OnceLock<HashMap<&'static str, Related>> = OnceLock::new();
    TABLE.get_or_init(load)
}

fn load() -> HashMap<&'static str, Related> {
    let mut related: HashMap<&'static str, Vec<(&'static str, Relation)>> = HashMap::new();
    let mut relate = |a: &'static str, b: &'static str, relation| {
        if a != b {
            related.entry(a).or_default().push((b, relation));
            related.entry(b).or_default().push((a, relation));
        }
    };
    for line in NAME_VARIANTS.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        match fields.next() {
            Some("form") => {
                let names: Vec<&str> = fields.collect();
                for (idx, a) in names.iter().enumerate() {
                    names[idx + 1..].iter().for_each(|b| relate(a, b, Relation::Form));
                }
            }
            Some("nickname") => {
                let short: Vec<&str> = fields.next().unwrap_or_default().split(' ').collect();
                for (idx, a) in short.iter().enumerate() {
                    short[idx + 1..].iter().for_each(|b| relate(a, b, Relation::Nickname));
                }
                for name in fields {
                    short.iter().for_each(|short| relate(name, short, Relation::Nickname));
                }
            }
            _ => {}
        }
    }
    let sorted = related.into_iter().map(|(name, mut names)| {
        names.sort_unstable();
        names.dedup_by_key(|(name, _)| *name);
        (name, names.into_boxed_slice())
    });
    sorted.collect()
}
