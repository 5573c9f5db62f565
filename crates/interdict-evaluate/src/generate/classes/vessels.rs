//! What stands before the name of a ship.

use super::Draft;
use crate::generate::name::{Severity, words};
use interdict_core::random::Random;

/// The prefix: a usual one added, or the one there dropped (light), a rarer one or one of another kind (medium), one in
/// words, or with a word behind too (heavy).
pub(super) fn prefix(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    const USUAL: [&str; 6] = ["MV", "M/V", "MT", "M/T", "M.V.", "SS"];
    const RARE: [&str; 10] = ["M.T.", "S/S", "FV", "LPG/C", "VLCC", "MTS", "TB", "R/V", "M V", "M.V"];
    const WORDS: [&str; 6] =
        ["Motor Vessel", "Motor Tanker", "Steamship", "Vessel", "The ship", "Oil tanker"];
    let words = words(&draft.name);
    let is_prefix = |word: &str| {
        let bare: String = word.chars().filter(|char| char.is_alphabetic()).collect();
        ["mv", "mt", "ss"].contains(&bare.to_lowercase().as_str())
    };
    let bare = match words.split_first() {
        Some((first, rest)) if is_prefix(first) && !rest.is_empty() => rest.join(" "),
        _ => words.join(" "),
    };
    if severity == Severity::Light && bare != words.join(" ") {
        return Some(bare);
    }
    Some(match severity {
        Severity::Light => format!("{} {bare}", random.pick(&USUAL)?),
        Severity::Medium => format!("{} {bare}", random.pick(&RARE)?),
        Severity::Heavy if random.one_in(3) => format!("{} {bare} Tanker", random.pick(&USUAL)?),
        Severity::Heavy => format!("{} {bare}", random.pick(&WORDS)?),
    })
}

#[cfg(test)]
mod tests {
    use super::super::trial::tried;
    use super::*;
    use crate::generate::name::Kind;

    #[test]
    fn prefixes_come_and_go() {
        let made = |listed| tried("vessel_prefix", listed, Kind::Vessel, &[], Severity::Light);
        assert!(made("M/V CHONG CHON GANG").iter().all(|name| name == "Chong Chon Gang"));
        assert!(made("CHONG CHON GANG").iter().all(|name| name.ends_with(" Chong Chon Gang")));
    }
}
