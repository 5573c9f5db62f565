//! The distinct texts of name parts, where they occur, and the tables by which near ones are found.

use std::collections::{BTreeSet, HashMap};

use crate::index::format::{HashRow, RunRow, bucket, bucket_bits};
use crate::index::near;
use crate::index::open::Index;
use crate::index::runs::{self, JOINED_KEY_MIN, Order, acronym_runs, half_hashes, join, joined_runs};
use crate::names::common_names::is_common;
use crate::names::{Bearer, Part, PartKind, Reading, spellings};
use crate::sound;

use super::{BuildError, n_rows};

/// Tokens and runs, gathered while entities are written. The hash map is for looking up only; what goes into the file is
/// sorted first.
pub(super) struct Tokens<'l> {
    weighing: Weighing<'l>,
    ids: HashMap<(Box<str>, bool), u32>,
    /// How many readings have each token.
    frequencies: Vec<u32>,
    /// Token, number of its written form and kind of every part, in the order of the `Parts` section.
    parts: Vec<(u32, u32, PartKind)>,
    /// The written forms of each token besides its text, by their numbers from 1.
    written: Vec<Vec<Box<str>>>,
    /// Token and reading.
    postings: Vec<(u32, u32)>,
    pub joined: Vec<RunRow>,
    pub acronyms: Vec<RunRow>,
}

/// How much a text counts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Weighing<'l> {
    /// The more, the rarer it is among the names.
    ByRarity,
    /// As much as on these lists; what they do not have counts as the rarest.
    As(&'l Index),
}

/// One distinct text of a part, with what is stored of it.
pub(super) struct Token {
    pub text: Box<str>,
    pub lacks_vowels: bool,
    pub rarity: u16,
    /// The least and the most that its parts weigh.
    pub weights: (u16, u16),
    /// First and end in `Sorted::postings`.
    pub readings: (u32, u32),
    /// How names write it otherwise.
    written: Vec<Box<str>>,
}

/// Tokens in the order of their texts.
pub(super) struct Sorted {
    pub tokens: Vec<Token>,
    /// Token, position among its forms, and kind.
    pub parts: Vec<(u32, u32, PartKind)>,
    pub postings: Vec<u32>,
    pub joined: Vec<RunRow>,
    pub acronyms: Vec<RunRow>,
}

impl<'l> Tokens<'l> {
    pub fn new(weighing: Weighing<'l>) -> Self {
        Self {
            weighing,
            ids: HashMap::new(),
            frequencies: Vec::new(),
            parts: Vec::new(),
            written: Vec::new(),
            postings: Vec::new(),
            joined: Vec::new(),
            acronyms: Vec::new(),
        }
    }

    /// Takes in the parts of one reading; first row and number of them in the `Parts` section.
    pub fn add(
        &mut self,
        reading_idx: u32,
        reading: &Reading,
        bearer: Bearer,
    ) -> Result<(u32, u32), BuildError> {
        let start = n_rows(self.parts.len(), "name parts")?;
        let lacks_vowels = reading.via.lacks_vowels();
        let mut seen = BTreeSet::new();
        for part in &reading.parts {
            let next = n_rows(self.ids.len(), "distinct name parts")?;
            let id = *self.ids.entry((part.text.as_str().into(), lacks_vowels)).or_insert(next);
            if id == next {
                self.frequencies.push(0);
                self.written.push(Vec::new());
            }
            if seen.insert(id) {
                self.frequencies[id as usize] += 1;
                self.postings.push((id, reading_idx));
            }
            let form = match &part.written {
                None => 0,
                Some(written) => self.form_number(id, written)?,
            };
            self.parts.push((id, form, part.kind));
        }
        self.add_runs(reading_idx, &reading.parts, bearer);
        Ok((start, n_rows(reading.parts.len(), "name parts")?))
    }

    fn form_number(&mut self, token: u32, written: &str) -> Result<u32, BuildError> {
        let forms = &mut self.written[token as usize];
        let position = match forms.iter().position(|form| **form == *written) {
            Some(position) => position,
            None => {
                forms.push(written.into());
                forms.len() - 1
            }
        };
        n_rows(position + 1, "spellings")
    }

    fn add_runs(&mut self, reading: u32, parts: &[Part], bearer: Bearer) {
        let (mut text, mut sounds) = (Vec::new(), Vec::new());
        let row = |hash: u32, parity: u16, start: usize, len: usize| RunRow {
            parity: parity.into(),
            hash: hash.into(),
            reading: reading.into(),
            start: u8::try_from(start).unwrap_or(u8::MAX),
            len: u8::try_from(len).unwrap_or(u8::MAX),
        };
        for (start, len) in joined_runs(parts.len(), Order::of(bearer)) {
            let texts = parts.iter().cycle().skip(start).take(len).map(Part::written);
            if join(texts, &mut text, &mut sounds) {
                let key = sound::key(&sounds);
                if key.len() >= JOINED_KEY_MIN {
                    self.joined
                        .extend(half_hashes(&key).map(|hash| row(hash, sound::parity(&key), start, len)));
                }
            }
        }
        // People are not called by the first letters of their names.
        let acronyms = if bearer == Bearer::Person { Vec::new() } else { acronym_runs(parts) };
        for (start, len) in acronyms {
            let letters = parts[start..start + len].iter().filter_map(|part| part.text.bytes().next());
            self.acronyms.push(row(runs::acronym_hash(letters), 0, start, len));
        }
    }

    /// Everything in the order of the file.
    pub fn sorted(mut self, n_readings: u32) -> Result<Sorted, BuildError> {
        let n_tokens = self.frequencies.len();
        let mut order: Vec<((Box<str>, bool), u32)> = std::mem::take(&mut self.ids).into_iter().collect();
        order.sort_unstable();
        let mut positions = vec![0; n_tokens];
        for (position, (_, id)) in order.iter().enumerate() {
            positions[*id as usize] = n_rows(position, "distinct name parts")?;
        }
        let rarities = self.rarities(&order, n_readings);
        let mut weights = vec![(u16::MAX, 0_u16); n_tokens];
        for &(id, _, kind) in &self.parts {
            let (least, greatest) = &mut weights[id as usize];
            let weight = weight_in_ten_thousandths(kind, rarities[id as usize]);
            *least = (*least).min(weight.saturating_sub(1)); // weights are rounded up
            *greatest = (*greatest).max(weight);
        }
        let mut postings: Vec<(u32, u32)> =
            self.postings.iter().map(|&(id, reading)| (positions[id as usize], reading)).collect();
        postings.sort_unstable();
        let mut tokens = Vec::with_capacity(n_tokens);
        let mut start = 0;
        for ((text, lacks_vowels), id) in order {
            let end = start + self.frequencies[id as usize];
            tokens.push(Token {
                text,
                lacks_vowels,
                rarity: rarities[id as usize],
                weights: weights[id as usize],
                readings: (start, end),
                written: std::mem::take(&mut self.written[id as usize]),
            });
            start = end;
        }
        let parts = self.parts.iter().map(|&(id, form, kind)| (positions[id as usize], form, kind)).collect();
        let postings = postings.into_iter().map(|(_, reading)| reading).collect();
        Ok(Sorted { tokens, parts, postings, joined: self.joined, acronyms: self.acronyms })
    }
}

impl Tokens<'_> {
    /// The rarity of each token, by its number.
    fn rarities(&self, order: &[((Box<str>, bool), u32)], n_readings: u32) -> Vec<u16> {
        if let Weighing::As(lists) = self.weighing {
            let mut rarities = vec![RARITY_MAX; self.frequencies.len()];
            for ((text, lacks_vowels), id) in order {
                if let Some(token) = lists.token_of(text, *lacks_vowels) {
                    rarities[*id as usize] = token.rarity.get();
                }
            }
            return rarities;
        }
        let mut rarities: Vec<u16> = self.frequencies.iter().map(|&f| rarity(f, n_readings)).collect();
        for (_, id) in order.iter().filter(|((text, _), _)| is_common(text)) {
            rarities[*id as usize] = common_rarity(rarities[*id as usize]);
        }
        rarities
    }
}

/// The rarity of the rarest text.
const RARITY_MAX: u16 = 10_000;

/// How rare a text is that `frequency` of `n_readings` readings have: 1 for the rarest, falling with the logarithm.
///
/// Both numbers count by steps of powers of two, so that the rarity of most texts stays as it is when a list changes a little,
/// and with it the scores of everybody who has nothing to do with the change (`docs/rescreening.md`).
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share from 0 to 1 times 10,000"
)]
fn rarity(frequency: u32, n_readings: u32) -> u16 {
    let n = f64::from(n_readings.max(1).checked_next_power_of_two().unwrap_or(u32::MAX));
    let step = f64::from(1 << frequency.max(1).ilog2());
    let idf = (1.0 + n / (step * MIDDLE_OF_STEP)).ln() / (1.0 + n / MIDDLE_OF_STEP).ln();
    ((RARITY_MIN + (1.0 - RARITY_MIN) * idf.clamp(0.0, 1.0)) * 10_000.0).round() as u16
}

/// The middle of a step from one power of two to the next, as a multiple of the lower.
const MIDDLE_OF_STEP: f64 = std::f64::consts::SQRT_2;

/// The rarity of a name that is common in the world, whether or not many on the lists have it.
fn common_rarity(rarity: u16) -> u16 {
    rarity - rarity / 10
}

/// The rarity of a text that all names have.
const RARITY_MIN: f64 = 0.20;

/// The weight of a part.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share from 0 to 2 times 10,000"
)]
fn weight_in_ten_thousandths(kind: PartKind, rarity: u16) -> u16 {
    (kind.weight() * f32::from(rarity)).ceil() as u16
}

/// The texts of a token: its own, those that names have, and other spellings of it.
pub(super) fn forms(token: &Token) -> Vec<&str> {
    let mut forms: Vec<&str> = vec![&token.text];
    forms.extend(token.written.iter().map(|text| &**text));
    if !token.lacks_vowels {
        let others: Vec<&str> = spellings(&token.text).filter(|text| !forms.contains(text)).collect();
        forms.extend(others);
    }
    forms
}

/// The tables by which forms near a text are found: spellings, keys of sounds, skeletons.
pub(super) fn tables(tokens: &[Token]) -> [Vec<HashRow>; 3] {
    let [mut spellings, mut keys, mut skeletons]: [Vec<HashRow>; 3] = Default::default();
    let mut hashes = Vec::new();
    let mut sounds = Vec::new();
    let all = tokens.iter().flat_map(|token| forms(token).into_iter().map(|text| (text, token.lacks_vowels)));
    for (idx, (text, lacks_vowels)) in (0_u32..).zip(all) {
        let row = |hash: u32| HashRow { hash: hash.into(), form: idx.into() };
        near::spelling_hashes(text, &mut hashes);
        spellings.extend(hashes.iter().map(|&hash| row(hash)));
        if !sound::sounds(text, &mut sounds) {
            continue;
        }
        let key = sound::key(&sounds);
        near::key_hashes(&key, &mut hashes);
        keys.extend(hashes.iter().map(|&hash| row(hash)));
        skeletons.extend(near::skeleton_hash(sound::skeleton(&key), lacks_vowels).map(row));
    }
    [spellings, keys, skeletons]
}

/// The rows of a table in the order of their hashes, each once, and where each bucket starts.
pub(super) fn bucketed<T: Ord>(
    mut rows: Vec<T>,
    hash_of: impl Fn(&T) -> u32,
) -> Result<(Vec<T>, Vec<u32>), BuildError> {
    rows.sort_unstable_by(|a, b| hash_of(a).cmp(&hash_of(b)).then_with(|| a.cmp(b)));
    rows.dedup_by(|a, b| a == b);
    let bits = bucket_bits(rows.len());
    let mut starts = Vec::with_capacity((1 << bits) + 1);
    let mut at = 0;
    for wanted in 0..1_usize << bits {
        while at < rows.len() && bucket(hash_of(&rows[at]), bits) < wanted {
            at += 1;
        }
        starts.push(n_rows(at, "rows of a table")?);
    }
    starts.push(n_rows(rows.len(), "rows of a table")?);
    Ok((rows, starts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::format::hash;

    #[test]
    fn buckets_lead_to_all_rows() {
        let rows: Vec<HashRow> =
            (0..1_000_u32).map(|n| HashRow { hash: hash(n.to_le_bytes()).into(), form: n.into() }).collect();
        let (rows, starts) = bucketed(rows, |row| row.hash.get()).unwrap();
        let bits = bucket_bits(rows.len());
        for row in &rows {
            let bucket = bucket(row.hash.get(), bits);
            let range = starts[bucket] as usize..starts[bucket + 1] as usize;
            assert!(rows[range].contains(row));
        }
    }
}
