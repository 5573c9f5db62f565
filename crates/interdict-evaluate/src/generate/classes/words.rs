//! What happens to the words of a name: their order, words missing, added, cut to initials, joined, split.

use super::Draft;
use crate::generate::name::{Kind, Severity, n_letters, natural, plain, words};
use crate::generate::tables::{FAMILY_NAMES, GIVEN_NAMES};
use interdict_core::random::Random;

/// Another order of the words. Light: family name first or last, the other way than listed, or two neighbors swapped;
/// medium: one word from the front to the end; heavy: any order.
pub(super) fn order(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    let mut words = words(&draft.name);
    // The halves of a word that was split stay in their order.
    let n_listed = natural(draft.source.listed, draft.source.kind).split(' ').count();
    if words.len() < 2 || n_listed < 2 {
        return None;
    }
    match severity {
        Severity::Light if draft.source.kind == Kind::Person && draft.source.listed.contains(',') => {}
        Severity::Light if draft.source.kind == Kind::Person => {
            let family = words.pop()?;
            return Some(format!("{family}, {}", words.join(" ")));
        }
        Severity::Light => {
            let at = random.below(words.len() - 1);
            words.swap(at, at + 1);
        }
        Severity::Medium => words.rotate_left(1),
        Severity::Heavy => random.shuffle(&mut words),
    }
    Some(words.join(" "))
}

/// Words that say little, which a clerk leaves out first.
const LITTLE: [&str; 26] = [
    "of",
    "the",
    "and",
    "for",
    "co",
    "company",
    "ltd",
    "limited",
    "inc",
    "corp",
    "corporation",
    "general",
    "group",
    "trading",
    "international",
    "al",
    "bin",
    "ibn",
    "de",
    "la",
    "el",
    "abu",
    "van",
    "von",
    "llc",
    "establishment",
];

/// Words left out, never so that fewer than two remain. Light: a middle name, or a word that says little; medium: any but
/// the most telling; heavy: two. Half of the letters stay, and the first word of an organization unless it says little.
pub(super) fn missing(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    let mut words = words(&draft.name);
    let n_gone = if severity == Severity::Heavy { 2 } else { 1 };
    if words.len() < 2 + n_gone {
        return None;
    }
    for _ in 0..n_gone {
        let says_little =
            |idx: usize| LITTLE.contains(&words[idx].trim_matches(['.', ',']).to_lowercase().as_str());
        let inner = |idx: usize| match draft.source.kind {
            Kind::Person => idx > 0 && idx + 1 < words.len(),
            _ => says_little(idx),
        };
        let may_go: Vec<usize> = (0..words.len())
            .filter(|&idx| plain(words[idx]) != draft.source.telling)
            .filter(|&idx| severity != Severity::Light || inner(idx))
            .filter(|&idx| draft.source.kind == Kind::Person || idx > 0 || says_little(idx))
            .collect();
        let gone = *random.pick(&may_go)?;
        words.remove(gone);
    }
    let left = words.join(" ");
    (2 * n_letters(&left) >= n_letters(&draft.name)).then_some(left)
}

/// Words added. Persons: a middle name (light), one before or behind (medium), both (heavy). Organizations: a word that says
/// little (light), two of them (medium), and a place (heavy).
pub(super) fn extra(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    let mut words: Vec<String> = words(&draft.name).into_iter().map(str::to_owned).collect();
    if draft.source.kind != Kind::Person {
        const ENDS: [&str; 6] = ["Co", "Group", "Company", "Holding", "Enterprises", "Partners"];
        const MIDDLES: [&str; 6] =
            ["Trading", "General", "International", "Commercial", "Services", "Industrial"];
        const PLACES: [&str; 6] = ["Dubai", "Hong Kong", "Istanbul", "London", "Singapore", "Geneva"];
        let mut added = vec![*random.pick(&ENDS)?];
        if severity >= Severity::Medium {
            added.insert(0, *random.pick(&MIDDLES)?);
        }
        if severity == Severity::Heavy {
            added.push(*random.pick(&PLACES)?);
        }
        return Some(format!("{} {}", draft.name, added.join(" ")));
    }
    if words.len() < 2 {
        return None;
    }
    let given = |random: &mut Random| random.pick(&GIVEN_NAMES).map(|name| (*name).to_owned());
    match severity {
        Severity::Light => words.insert(1, given(random)?),
        Severity::Medium if random.one_in(2) => words.push((*random.pick(&FAMILY_NAMES)?).to_owned()),
        Severity::Medium => words.insert(0, given(random)?),
        Severity::Heavy => {
            words.insert(1, given(random)?);
            words.push((*random.pick(&FAMILY_NAMES)?).to_owned());
        }
    }
    Some(words.join(" "))
}

/// Given names cut to initials. Light: one middle name, or the given name of two words; medium: the first, with a dot; heavy:
/// all. A single given name is only cut where the family name has five letters and more. In a listed name without a comma
/// the order is not known: the most telling word stays.
pub(super) fn initials(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    let words = words(&draft.name);
    let is_known = draft.source.listed.contains(',');
    let family = if is_known {
        words.len().checked_sub(1)?
    } else {
        (0..words.len()).rev().find(|&idx| plain(words[idx]) == draft.source.telling)?
    };
    let given: Vec<usize> =
        (0..words.len()).filter(|&idx| idx != family && n_letters(words[idx]) >= 2).collect();
    let says_enough = given.len() >= 2 || n_letters(words.get(family)?) >= 5;
    if !says_enough {
        return None;
    }
    let cut: Vec<usize> = match severity {
        Severity::Light => vec![*random.pick(given.get(usize::from(given.len() > 1)..)?)?],
        Severity::Medium => vec![*given.first()?],
        Severity::Heavy => given,
    };
    let initial = |idx: usize| -> String {
        let first = words[idx].chars().find(|char| char.is_alphabetic()).into_iter();
        let first: String = first.flat_map(char::to_uppercase).collect();
        if severity == Severity::Medium { format!("{first}.") } else { first }
    };
    let word = |idx: usize| if cut.contains(&idx) { initial(idx) } else { words[idx].to_owned() };
    Some((0..words.len()).map(word).collect::<Vec<_>>().join(" "))
}

/// Words written together: two (light), two pairs or three words (medium), all (heavy). Nothing gets longer than 28 letters.
pub(super) fn joined(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    let words = words(&draft.name);
    let n_joints = words.len().checked_sub(1).filter(|n| *n > 0)?;
    let mut joints: Vec<usize> = (0..n_joints).collect();
    random.shuffle(&mut joints);
    match severity {
        Severity::Light => joints.truncate(1),
        Severity::Medium if n_joints < 2 => return None,
        Severity::Medium => joints.truncate(2),
        Severity::Heavy => {}
    }
    let mut text = String::new();
    for (idx, word) in words.iter().enumerate() {
        let is_joined = idx > 0 && joints.contains(&(idx - 1));
        if idx > 0 && !is_joined {
            text.push(' ');
        }
        if is_joined { text.push_str(&word.to_lowercase()) } else { text.push_str(word) }
    }
    let is_readable = text.split(' ').all(|word| n_letters(word) <= 28);
    is_readable.then_some(text)
}

/// A word written as two: in halves of three letters and more (light), of two and more (medium), two words so (heavy).
pub(super) fn split(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    let shortest = if severity == Severity::Light { 3 } else { 2 };
    let n_words = if severity == Severity::Heavy { 2 } else { 1 };
    let mut words: Vec<String> = words(&draft.name).into_iter().map(str::to_owned).collect();
    let can_be_split =
        |word: &str| word.chars().count() >= 2 * shortest && word.chars().all(char::is_alphabetic);
    let mut long: Vec<usize> = (0..words.len()).filter(|&idx| can_be_split(&words[idx])).collect();
    random.shuffle(&mut long);
    if long.len() < n_words {
        return None;
    }
    for &idx in &long[..n_words] {
        let chars: Vec<char> = words[idx].chars().collect();
        let at = shortest + random.below(chars.len() - 2 * shortest + 1);
        words[idx] = format!("{} {}", String::from_iter(&chars[..at]), String::from_iter(&chars[at..]));
    }
    Some(words.join(" "))
}

/// Titles: one that everybody knows (light), one of a region or rank (medium), two, one of them behind (heavy).
pub(super) fn honorific(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    const KNOWN: [&str; 8] = ["Mr", "Mr.", "Dr", "Dr.", "Prof.", "Sir", "Mrs", "Ms"];
    const REGIONAL: [&str; 16] = [
        "Sheikh",
        "Shaykh",
        "Haji",
        "Hajji",
        "Sayyid",
        "Mullah",
        "Maulana",
        "Eng.",
        "General",
        "Gen.",
        "Col.",
        "Colonel",
        "Ustad",
        "Don",
        "Minister",
        "Ambassador",
    ];
    const BEHIND: [&str; 6] = ["PhD", "Jr.", "Esq.", "M.D.", "Sr.", "MBA"];
    Some(match severity {
        Severity::Light => format!("{} {}", random.pick(&KNOWN)?, draft.name),
        Severity::Medium => format!("{} {}", random.pick(&REGIONAL)?, draft.name),
        Severity::Heavy => {
            format!("{} {}, {}", random.pick(&REGIONAL)?, draft.name, random.pick(&BEHIND)?)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::trial::tried;
    use super::*;

    fn persons(class: &str, listed: &str, severity: Severity) -> Vec<String> {
        let mut names = tried(class, listed, Kind::Person, &[], severity);
        names.sort();
        names.dedup();
        names
    }

    #[test]
    fn orders() {
        assert_eq!(persons("token_order", "KIM, Sang Man", Severity::Light), ["Sang Man Kim"]);
        assert_eq!(persons("token_order", "SANG MAN KIM", Severity::Light), ["Kim, Sang Man"]);
        assert_eq!(persons("token_order", "KIM, Sang Man", Severity::Medium), ["Man Kim Sang"]);
        assert_eq!(persons("token_order", "KIM", Severity::Heavy), [""; 0]);
    }

    #[test]
    fn missing_words() {
        assert_eq!(
            persons("missing_token", "PETROVSKIY, Ivan Olegovich", Severity::Light),
            ["Ivan Petrovskiy"]
        );
        assert_eq!(persons("missing_token", "PETROV, Ivan", Severity::Heavy), [""; 0]);
        let company =
            tried("missing_token", "KOREA DAESONG GENERAL TRADING", Kind::Organization, &[], Severity::Light);
        assert!(
            company
                .iter()
                .all(|name| ["Korea Daesong Trading", "Korea Daesong General"].contains(&name.as_str()))
        );
    }

    #[test]
    fn extra_words_stand_beside_the_listed_ones() {
        for severity in Severity::ALL {
            for name in persons("extra_token", "PETROV, Ivan", severity) {
                let n_more = if severity == Severity::Heavy { 2 } else { 1 };
                assert_eq!(words(&name).len(), 2 + n_more, "{name}");
                assert!(name.contains("Ivan") && name.contains("Petrov"), "{name}");
            }
        }
    }

    #[test]
    fn initials_keep_the_family_name() {
        assert_eq!(persons("initials", "KIM, Sang Man", Severity::Light), ["Sang M Kim"]);
        assert_eq!(persons("initials", "KIM, Sang Man", Severity::Medium), ["S. Man Kim"]);
        assert_eq!(persons("initials", "KIM, Sang Man", Severity::Heavy), ["S M Kim"]);
        assert_eq!(persons("initials", "LI, Wei", Severity::Light), [""; 0]);
    }

    #[test]
    fn joints() {
        assert_eq!(persons("joined", "KIM, Sang Man", Severity::Light), ["Sang Mankim", "Sangman Kim"]);
        assert_eq!(persons("joined", "KIM, Sang Man", Severity::Heavy), ["Sangmankim"]);
        for name in persons("split", "PETROVSKY, Konstantin", Severity::Heavy) {
            assert_eq!(words(&name).len(), 4, "{name}");
            assert_eq!(name.replace(' ', ""), "KonstantinPetrovsky");
        }
    }

    #[test]
    fn titles_stand_around_the_name() {
        for name in persons("honorific", "PETROV, Ivan", Severity::Heavy) {
            assert!(name.contains(" Ivan Petrov, "), "{name}");
        }
    }
}
