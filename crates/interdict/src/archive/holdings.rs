//! What does the archive have, and which version does a name on the command line mean?

use std::collections::BTreeMap;

use interdict_core::date::PartialDate;
use interdict_core::list::ListId;

use super::{Manifest, Rulings};
use crate::failure::Failure;

/// Everything the archive has: the versions of every list in the order of precedence, and what was ruled of them.
#[derive(Debug)]
pub(crate) struct Holdings {
    /// By list.
    pub lists: BTreeMap<ListId, Vec<Manifest>>,
    /// What people and checks decided.
    pub rulings: Rulings,
}

impl Holdings {
    /// The version in force of every list that has one.
    pub fn in_force(&self) -> Vec<Manifest> {
        let of_list = |versions: &Vec<Manifest>| Some(versions[self.rulings.in_force(versions)?].clone());
        self.lists.values().filter_map(of_list).collect()
    }

    /// The version of every list that its authority had published last on a day. Lists of which no version is as old are left
    /// out.
    pub fn published_by(&self, day: PartialDate) -> Vec<Manifest> {
        let of_list =
            |versions: &Vec<Manifest>| Some(versions[self.rulings.published_by(day, versions)?].clone());
        self.lists.values().filter_map(of_list).collect()
    }

    /// The version that a text names: `LIST` for the one in force, `LIST@VERSION` with the first digits of the version (four at
    /// least), `LIST@DATE` for the one published last by that day.
    pub fn version(&self, text: &str) -> Result<&Manifest, Failure> {
        let (list, asked) = text.split_once('@').map_or((text, None), |(list, asked)| (list, Some(asked)));
        let versions = self.list(list)?;
        let found = match asked {
            None => self.rulings.in_force(versions).and_then(|idx| versions.get(idx)),
            Some(asked) => match asked.parse::<PartialDate>() {
                Ok(day) if asked.contains('-') => {
                    let end = day.bounds().1;
                    versions.iter().rfind(|manifest| manifest.counts_from() <= end)
                }
                _ => by_digits(versions, asked)?,
            },
        };
        found.ok_or_else(|| {
            let known: Vec<String> = versions.iter().map(Manifest::in_words).collect();
            Failure::UnknownVersion { asked: text.chars().take(60).collect(), known: known.join(", ") }
        })
    }

    /// The versions of one list.
    pub fn list(&self, list: &str) -> Result<&[Manifest], Failure> {
        let found = self.lists.iter().find(|(id, _)| id.as_str() == list);
        found.map(|(_, versions)| versions.as_slice()).ok_or_else(|| {
            let known: Vec<&str> = self.lists.keys().map(ListId::as_str).collect();
            let known = if known.is_empty() { "none yet".to_owned() } else { known.join(", ") };
            Failure::UnknownList { asked: list.chars().take(40).collect(), known }
        })
    }
}

/// The version whose digest begins so.
fn by_digits<'a>(versions: &'a [Manifest], asked: &str) -> Result<Option<&'a Manifest>, Failure> {
    let hex = asked.strip_prefix("sha256:").unwrap_or(asked).to_ascii_lowercase();
    if !(4..=64).contains(&hex.len()) || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let asked: String = asked.chars().take(60).collect();
        let forms = "a day (2024-01-08) or the first digits of a version, four at least (lists status --all)";
        return Err(Failure::Usage(format!("behind @ stands {forms}, not {asked:?}")));
    }
    let mut found = versions.iter().filter(|manifest| manifest.version.digest.to_hex().starts_with(&hex));
    let first = found.next();
    match found.next() {
        Some(_) => Err(Failure::Usage(format!("several versions begin with {hex}; give more digits"))),
        None => Ok(first),
    }
}
