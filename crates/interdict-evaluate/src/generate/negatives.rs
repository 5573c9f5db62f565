//! Hard negatives: names that are no listed name but have much of one. Whoever alerts on them alerts too much.

use super::name::{Kind, n_letters, natural, plain, words};
use super::sources::{Source, Sources};
use super::tables::FAMILY_NAMES;
use interdict_core::random::Random;

/// A listed name with its most telling word replaced by one of another listed party of its kind, or, once in four times for
/// persons, by a frequent family name.
pub(super) fn part_replaced<'a>(
    sources: &Sources<'a>,
    source: &Source<'a>,
    other: &Source<'a>,
    random: &mut Random,
) -> Option<String> {
    let name = natural(source.listed, source.kind);
    let mut parts: Vec<String> = words(&name).into_iter().map(str::to_owned).collect();
    // In a longer name one word more or less may still be a spelling of the same party's name.
    if !(2..=4).contains(&parts.len()) || parts.iter().any(|part| is_number(part)) {
        return None;
    }
    let at = sources.most_telling(&parts)?;
    let other_name = natural(other.listed, other.kind);
    let other_parts: Vec<String> = words(&other_name).into_iter().map(str::to_owned).collect();
    let with = if source.kind == Kind::Person && random.one_in(4) {
        (*random.pick(&FAMILY_NAMES)?).to_owned()
    } else {
        other_parts.get(sources.most_telling(&other_parts)?)?.clone()
    };
    if is_like(&parts[at], &with) {
        return None;
    }
    parts[at] = with;
    Some(parts.join(" "))
}

/// The given names of one listed person with the family name of another.
pub(super) fn recombined<'a>(
    _: &Sources<'a>,
    source: &Source<'a>,
    other: &Source<'a>,
    _: &mut Random,
) -> Option<String> {
    let (_, given) = source.listed.split_once(',')?;
    let (family, _) = other.listed.split_once(',')?;
    let (own_family, _) = source.listed.split_once(',')?;
    let is_short = words(given).len() <= 2 && words(family).len() == 1;
    (is_short && !is_like(own_family, family)).then(|| natural(&format!("{family}, {given}"), Kind::Person))
}

/// The given names of one person with the last word of another, for lists that do not mark the family name.
pub(super) fn recombined_words<'a>(
    _: &Sources<'a>,
    source: &Source<'a>,
    other: &Source<'a>,
    _: &mut Random,
) -> Option<String> {
    let (own, others) = (natural(source.listed, source.kind), natural(other.listed, other.kind));
    let (own, others) = (words(&own), words(&others));
    let (last, given) = own.split_last()?;
    let family = others.last()?;
    let is_short = given.len() <= 2 && !given.is_empty() && others.len() > 1 && n_letters(family) >= 3;
    (is_short && !is_like(last, family)).then(|| format!("{} {family}", given.join(" ")))
}

/// Whether a word is a number that tells a ship or a unit from others, whatever words stand beside it: `Fu Yuan Yu 7896`.
fn is_number(word: &str) -> bool {
    word.chars().filter(char::is_ascii_digit).count() >= 3
}

/// Whether two words may be spellings of one: more than half of the longer one's letters stand in both in the same order.
fn is_like(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (plain(a).chars().collect(), plain(b).chars().collect());
    let mut row = vec![0_usize; b.len() + 1];
    for &left in &a {
        let mut diagonal = 0;
        for (idx, &right) in b.iter().enumerate() {
            let above = row[idx + 1];
            row[idx + 1] = if left == right { diagonal + 1 } else { above.max(row[idx]) };
            diagonal = above;
        }
    }
    2 * row[b.len()] > a.len().max(b.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_are_no_other_word() {
        for (a, b) in [("Mohammed", "Muhammad"), ("Petrov", "Petrova"), ("Kim", "Kim")] {
            assert!(is_like(a, b), "{a} {b}");
        }
        for (a, b) in [("Petrov", "Smirnov"), ("Kim", "Pak"), ("Hassan", "Rashid")] {
            assert!(!is_like(a, b), "{a} {b}");
        }
    }
}
