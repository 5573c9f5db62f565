//! Which neighboring parts of a name can be met written together or by their first letters, and under which hashes?
//!
//! Two names written together are near when the keys of their sounds are at most one edit apart. Then one half of one key
//! is in the other, at its start or at its end: the hash of either half, with the length of the whole, finds it.

use super::format::hash;
use crate::names::{Bearer, Part, PartKind};
use crate::sound;

/// Most neighboring parts that are written together besides a whole name.
pub(crate) const JOINED_MAX: usize = 3;
/// Most parts of a name that are written together as a whole.
pub(crate) const WHOLE_MAX: usize = 6;
/// The shortest key of sounds of parts written together that is met.
pub(crate) const JOINED_KEY_MIN: usize = 4;
/// Most letters of an acronym.
const ACRONYM_MAX: usize = 7;
/// Parts beyond these are not joined: their number must fit into a byte.
const PARTS_MAX: usize = 64;

/// First part and number of parts of every run of two or more that is met written together. Where a name may stand in
/// another order ("KIM, Sang Man" for Sang Man Kim), runs go on from the last part to the first.
pub(crate) fn joined_runs(n_parts: usize, order: Order) -> impl Iterator<Item = (usize, usize)> {
    let n = n_parts.min(PARTS_MAX);
    let goes_round = order == Order::Round && n <= WHOLE_MAX;
    let short = (0..n).flat_map(move |start| {
        let fits = move |len: &usize| if goes_round { *len <= n } else { start + len <= n };
        (2..=JOINED_MAX).filter(fits).map(move |len| (start, len))
    });
    let n_wholes = match n_parts {
        n if n <= JOINED_MAX || n > WHOLE_MAX => 0,
        n if goes_round => n,
        _ => 1,
    };
    short.chain((0..n_wholes).map(move |start| (start, n_parts)))
}

/// In which order the parts of a name follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// As they stand.
    Fixed,
    /// The last ones may also stand before the first.
    Round,
}

impl Order {
    /// The order of the names of such a bearer.
    pub(crate) fn of(bearer: Bearer) -> Self {
        if bearer == Bearer::Person { Self::Round } else { Self::Fixed }
    }
}

/// The bits of the parts of a run, in a name of so many parts.
pub(crate) fn run_mask(start: usize, len: usize, n_parts: usize) -> u64 {
    (start..start + len).fold(0, |mask, part| mask | 1_u64.checked_shl(part_bit(part, n_parts)).unwrap_or(0))
}

fn part_bit(part: usize, n_parts: usize) -> u32 {
    u32::try_from(part % n_parts.max(1)).unwrap_or(u32::MAX)
}

/// The hashes of the two halves of a key.
pub(crate) fn half_hashes(key: &[u8]) -> [u32; 2] {
    [first_half(key, key.len()), last_half(key, key.len())]
}

/// The hash of as many classes at the start as the first half of a key of length `n_whole` has.
pub(crate) fn first_half(key: &[u8], n_whole: usize) -> u32 {
    half_hash(&key[..(n_whole / 2).min(key.len())], n_whole, b'<')
}

/// The same for the end.
pub(crate) fn last_half(key: &[u8], n_whole: usize) -> u32 {
    let n = (n_whole - n_whole / 2).min(key.len());
    half_hash(&key[key.len() - n..], n_whole, b'>')
}

fn half_hash(half: &[u8], n_whole: usize, side: u8) -> u32 {
    let length = u8::try_from(n_whole).unwrap_or(u8::MAX);
    hash([side, length].into_iter().chain(half.iter().copied()))
}

/// Parts written together: their text and sounds. False when they are not written in small Latin letters.
pub(crate) fn join<T: AsRef<[u8]>>(
    texts: impl Iterator<Item = T>,
    text: &mut Vec<u8>,
    sounds: &mut Vec<u8>,
) -> bool {
    text.clear();
    texts.for_each(|part| text.extend_from_slice(part.as_ref()));
    sound::sounds(text, sounds)
}

/// The runs of parts that are met by their first letters: three words and more, two when both are words of many names
/// (information technology).
pub(crate) fn acronym_runs(parts: &[Part]) -> Vec<(usize, usize)> {
    let n = parts.len().min(PARTS_MAX);
    let mut runs = Vec::new();
    for start in 0..n {
        for len in 2..=ACRONYM_MAX.min(n - start) {
            if is_acronym_run(parts[start..start + len].iter().map(|part| (part.text.as_str(), part.kind))) {
                runs.push((start, len));
            }
        }
    }
    runs
}

/// Whether such parts are met by their first letters.
pub(crate) fn is_acronym_run<'a>(parts: impl Iterator<Item = (&'a str, PartKind)> + Clone) -> bool {
    let has_letters = |text: &str| text.bytes().filter(u8::is_ascii_lowercase).count() >= 2;
    let n_generic = parts.clone().filter(|(_, kind)| *kind == PartKind::Generic).count();
    let n = parts.clone().count();
    (n >= 3 || n_generic == 2)
        && n <= ACRONYM_MAX
        && parts.clone().all(|(text, kind)| has_letters(text) && kind != PartKind::Vessel)
        && parts.filter(|(_, kind)| tells(*kind)).count() >= 2
}

fn tells(kind: PartKind) -> bool {
    !matches!(kind, PartKind::Legal | PartKind::Particle | PartKind::Honorific | PartKind::Patronymic)
}

/// The hash of first letters.
pub(crate) fn acronym_hash(letters: impl Iterator<Item = u8>) -> u32 {
    hash(std::iter::once(b'.').chain(letters))
}
