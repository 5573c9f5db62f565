//! Which tokens of the index are near a text? By spelling (one or two letters left out on either side), by the key of its
//! sounds (one class left out), by its skeleton, by tables of names, and by its start where the text was cut off.
//!
//! This finds every token that `score/similarity.rs` would call similar, and looks at few others.

use zerocopy::little_endian::U32;
use zerocopy::{FromBytes, Immutable, KnownLayout, Unaligned};

use super::format::{FormRow, HashRow, PartRow, ReadingRow, RunRow, Section, Span, bucket, hash};
use super::open::Index;
use crate::names::Via;
use crate::score::similarity::{Form, OTHER_SCRIPT_MAX, key_edits, skeleton_min, spelling_edits};

/// The hashes of a text and of the same with as many letters left out as edits are allowed.
pub(crate) fn spelling_hashes(text: &str, hashes: &mut Vec<u32>) {
    hashes.clear();
    let bytes = text.as_bytes();
    hashes.push(hash(bytes.iter().copied()));
    if bytes.iter().any(u8::is_ascii_digit) {
        return;
    }
    if !text.is_ascii() {
        let chars: Vec<char> = text.chars().collect();
        if (3..=OTHER_SCRIPT_MAX).contains(&chars.len()) {
            for skip in 0..chars.len() {
                let rest = chars.iter().enumerate().filter(|(idx, _)| *idx != skip);
                let rest: String = rest.map(|(_, char)| *char).collect();
                hashes.push(hash(rest.bytes()));
            }
        }
        return;
    }
    let edits = spelling_edits(bytes.len());
    if edits >= 1 {
        // What is left of three letters is no word of two: these are not met by edits.
        let is_apart = bytes.len() == 3;
        hashes.extend((0..bytes.len()).map(|skip| without(bytes, skip, usize::MAX, is_apart)));
    }
    if edits >= 2 {
        for first in 0..bytes.len() {
            hashes.extend((first + 1..bytes.len()).map(|second| without(bytes, first, second, false)));
        }
    }
    hashes.sort_unstable();
    hashes.dedup();
}

/// The hash of what is left; `is_apart` keeps it apart from words that are so from the start.
fn without(bytes: &[u8], first: usize, second: usize, is_apart: bool) -> u32 {
    let rest = bytes.iter().enumerate().filter(|(idx, _)| *idx != first && *idx != second);
    hash(is_apart.then_some(b'-').into_iter().chain(rest.map(|(_, &byte)| byte)))
}

/// The hashes of a key of sounds and, where an edit is allowed, of the same with one class left out.
pub(crate) fn key_hashes(key: &[u8], hashes: &mut Vec<u32>) {
    hashes.clear();
    if key.is_empty() {
        return;
    }
    hashes.push(hash(key.iter().copied()));
    if key_edits(key.len()) >= 1 {
        // What is left of the shortest key that may have an edit is no key of one class less: that must be the same.
        let is_apart = key_edits(key.len() - 1) == 0;
        hashes.extend((0..key.len()).map(|skip| without(key, skip, usize::MAX, is_apart)));
        hashes.sort_unstable();
        hashes.dedup();
    }
}

/// The hash of a skeleton as a form has it; none when it has fewer than two consonants. Two are enough only where vowels are
/// not written, so forms of such scripts are kept apart from the others.
pub(crate) fn skeleton_hash(skeleton: impl Iterator<Item = u8> + Clone, lacks_vowels: bool) -> Option<u32> {
    match skeleton.clone().take(SKELETON_MIN).count() {
        0 | 1 => None,
        2 => Some(hash(std::iter::once(if lacks_vowels { b'-' } else { b'+' }).chain(skeleton))),
        _ => Some(hash(skeleton)),
    }
}

/// Consonants that a skeleton needs where vowels are written.
const SKELETON_MIN: usize = skeleton_min(false);

/// The hashes under which forms with the same skeleton are looked up.
pub(crate) fn skeletons_met(
    skeleton: impl Iterator<Item = u8> + Clone,
    lacks_vowels: bool,
) -> impl Iterator<Item = u32> {
    let is_short = skeleton.clone().take(SKELETON_MIN).count() < SKELETON_MIN;
    let of_unwritten = skeleton_hash(skeleton.clone(), true);
    let of_written = if is_short && lacks_vowels { skeleton_hash(skeleton, false) } else { None };
    of_unwritten.into_iter().chain(of_written)
}

/// Rows in the order of their hashes, found by the bucket of a hash.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table<'a, T> {
    starts: &'a [U32],
    rows: &'a [T],
    bits: u32,
}

impl<'a, T> Table<'a, T> {
    fn new(starts: &'a [U32], rows: &'a [T]) -> Self {
        Self { starts, rows, bits: starts.len().saturating_sub(1).checked_ilog2().unwrap_or(0) }
    }

    /// The rows of the bucket that a hash is in.
    fn bucket(&self, hash: u32) -> &'a [T] {
        let bucket = bucket(hash, self.bits);
        match self.starts.get(bucket..bucket + 2) {
            Some([start, end]) => self.rows.get(start.get() as usize..end.get() as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}

impl<'a> Table<'a, HashRow> {
    /// The forms with this hash.
    pub fn forms(&self, hash: u32) -> impl Iterator<Item = u32> + use<'a> {
        self.bucket(hash).iter().filter(move |row| row.hash.get() == hash).map(|row| row.form.get())
    }
}

impl<'a> Table<'a, RunRow> {
    /// The runs of parts with this hash.
    pub fn runs(&self, hash: u32) -> impl Iterator<Item = &'a RunRow> + use<'a> {
        self.bucket(hash).iter().filter(move |row| row.hash.get() == hash)
    }
}

/// What a search looks up in an index: its sections, each taken out once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lookup<'a> {
    /// Texts of forms, whole and with letters left out.
    pub spellings: Table<'a, HashRow>,
    /// Keys of the sounds of forms, whole and with a class left out.
    pub keys: Table<'a, HashRow>,
    /// Skeletons of forms.
    pub skeletons: Table<'a, HashRow>,
    /// Halves of the keys of parts written together.
    pub joined: Table<'a, RunRow>,
    /// First letters of parts.
    pub acronyms: Table<'a, RunRow>,
    forms: &'a [FormRow],
    texts: &'a [u8],
    readings: &'a [ReadingRow],
    parts: &'a [PartRow],
}

impl<'a> Lookup<'a> {
    /// A form as it is compared, and its token.
    pub fn form(&self, form: u32) -> Option<(Form<'a>, u32)> {
        self.forms.get(form as usize).map(|row| (form_of(row, self.texts), row.token.get()))
    }

    /// The parts of a run as they are written, and how its reading came about.
    pub fn written(&self, run: &RunRow) -> (impl Iterator<Item = &'a [u8]> + use<'a>, Via) {
        let reading = self.readings.get(run.reading.get() as usize);
        let parts = reading.and_then(|row| {
            let start = row.parts.start.get() as usize;
            self.parts.get(start..start + row.parts.len.get() as usize)
        });
        let parts = parts.unwrap_or_default();
        // A run may go on from the last part to the first.
        let (before, from) = parts.split_at_checked(usize::from(run.start)).unwrap_or((parts, &[]));
        let this = *self;
        let texts = from.iter().chain(before).take(usize::from(run.len)).map(move |part| {
            this.forms.get(part.form.get() as usize).map_or(&[][..], |form| text_of(form.text, this.texts))
        });
        (texts, Via::from_code(reading.map_or(0, |row| row.via)))
    }
}

fn form_of<'a>(row: &FormRow, texts: &'a [u8]) -> Form<'a> {
    let (start, len) = (row.text.start.get() as usize, row.text.len.get() as usize);
    let (n_sounds, n_key) = (usize::from(row.n_sounds), usize::from(row.n_key));
    let all = texts.get(start..start + len + n_sounds + n_key).unwrap_or_default();
    let (text, rest) = all.split_at_checked(len).unwrap_or_default();
    let (sounds, key) = rest.split_at_checked(n_sounds).unwrap_or_default();
    Form { text, sounds, key, lacks_vowels: row.lacks_vowels != 0 }
}

fn text_of(span: Span, texts: &[u8]) -> &[u8] {
    let start = span.start.get() as usize;
    texts.get(start..start + span.len.get() as usize).unwrap_or_default()
}

impl Index {
    /// The sections that a search looks into.
    pub(crate) fn lookup(&self) -> Lookup<'_> {
        Lookup {
            spellings: self.table(Section::SpellingBuckets, Section::Spellings),
            keys: self.table(Section::SoundKeyBuckets, Section::SoundKeys),
            skeletons: self.table(Section::SkeletonBuckets, Section::Skeletons),
            joined: self.table(Section::JoinedBuckets, Section::Joined),
            acronyms: self.table(Section::AcronymBuckets, Section::Acronyms),
            forms: self.rows(Section::Forms),
            texts: self.texts(),
            readings: self.rows(Section::Readings),
            parts: self.rows(Section::Parts),
        }
    }

    fn table<T: FromBytes + Immutable + KnownLayout + Unaligned>(
        &self,
        buckets: Section,
        rows: Section,
    ) -> Table<'_, T> {
        Table::new(self.rows(buckets), self.rows(rows))
    }

    /// The text of a form.
    pub(crate) fn form_text(&self, form: u32) -> &str {
        self.rows::<FormRow>(Section::Forms).get(form as usize).map_or("", |row| self.text(row.text))
    }

    /// The forms of a token, its own text first.
    pub(crate) fn forms_of(&self, token: u32) -> impl Iterator<Item = Form<'_>> {
        let slice = self.token(token).forms;
        let start = slice.start.get() as usize;
        let rows = self.rows::<FormRow>(Section::Forms);
        let rows = rows.get(start..start + slice.len.get() as usize).unwrap_or_default();
        let texts = self.texts();
        rows.iter().map(move |row| form_of(row, texts))
    }
}
