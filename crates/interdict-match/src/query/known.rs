//! How well is a part of a subject's name known as a name of its own? What is known is seldom another name misspelt.

use crate::index::Index;
use crate::index::format::hash;
use crate::index::near::Lookup;
use crate::names::{common_names, variants};
use crate::score::similarity::{Rule, Similarity};

/// How well a name is known that a table has.
const KNOWN_BY_TABLE: f32 = 1.0;
/// What the rarity of a well-known name is below that of the rarest.
const FREQUENT: f32 = 0.4;
/// How much less than alike a well-known name is to another.
const KNOWN_DOUBT: f32 = 2.5;

/// How well a text is known as a name, 0 to 1: the more names of the lists have it, the better.
pub(super) fn known(index: &Index, lookup: &Lookup<'_>, text: &str) -> f32 {
    if common_names::is_common(text) || variants::variants(text).next().is_some() {
        return KNOWN_BY_TABLE;
    }
    let same = lookup.spellings.forms(hash(text.bytes())).filter_map(|form| lookup.form(form));
    let tokens = same.filter(|(form, _)| form.text == text.as_bytes()).map(|(_, token)| token);
    let rarities = tokens.filter_map(|token| Some(index.token_rows().get(token as usize)?.rarity.get()));
    let rarest = rarities.min().map_or(1.0, |rarity| f32::from(rarity) / 10_000.0);
    ((1.0 - rarest) / FREQUENT).min(1.0)
}

/// What being like a listed part counts for when the subject's is so well known as a name of its own.
pub(super) fn doubted(met: Similarity, known: f32) -> Similarity {
    match met.rule {
        Rule::Spelling => Similarity { strength: met.strength.powf(1.0 + KNOWN_DOUBT * known), ..met },
        _ => met,
    }
}
