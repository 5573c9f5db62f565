//! Which tokens of the index are near a text? By spelling (one or two letters left out on either side), by the key of its
//! sounds (one class left out), by its skeleton, by tables of names, and by its start where the text was cut off.
//!
//! This finds every token that `score/similarity.rs` would call similar, and looks at few others.

use zerocopy::little_endian::U32;

use super::format::{FormRow, HashRow, RunRow, Section, bucket, hash};
use super::open::Index;
use crate::score::similarity::{Form, OTHER_SCRIPT_MAX, key_edits, spelling_edits};

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
        for skip in 0..bytes.len() {
            hashes.push(without(bytes, skip, usize::MAX));
        }
    }
    if edits >= 2 {
        for first in 0..bytes.len() {
            for second in first + 1..bytes.len() {
                hashes.push(without(bytes, first, second));
            }
        }
    }
    hashes.sort_unstable();
    hashes.dedup();
}

fn without(bytes: &[u8], first: usize, second: usize) -> u32 {
    hash(bytes.iter().enumerate().filter(|(idx, _)| *idx != first && *idx != second).map(|(_, &byte)| byte))
}

/// The hashes of a key of sounds and, where an edit is allowed, of the same with one class left out.
pub(crate) fn key_hashes(key: &[u8], hashes: &mut Vec<u32>) {
    hashes.clear();
    if key.is_empty() {
        return;
    }
    hashes.push(hash(key.iter().copied()));
    if key_edits(key.len()) >= 1 {
        hashes.extend((0..key.len()).map(|skip| without(key, skip, usize::MAX)));
        hashes.sort_unstable();
        hashes.dedup();
    }
}

/// The hash of a skeleton; none when it has fewer than two consonants.
pub(crate) fn skeleton_hash(skeleton: &[u8]) -> Option<u32> {
    (skeleton.len() >= 2).then(|| hash(skeleton.iter().copied()))
}

impl Index {
    /// Forms whose text, or whose text with letters left out, has one of these hashes.
    pub(crate) fn forms_spelt(&self, hash: u32) -> impl Iterator<Item = u32> {
        self.forms_hashed(Section::SpellingBuckets, Section::Spellings, hash)
    }

    /// Forms with a key of sounds of this hash.
    pub(crate) fn forms_sounding(&self, hash: u32) -> impl Iterator<Item = u32> {
        self.forms_hashed(Section::SoundKeyBuckets, Section::SoundKeys, hash)
    }

    /// Forms with a skeleton of this hash.
    pub(crate) fn forms_with_skeleton(&self, hash: u32) -> impl Iterator<Item = u32> {
        self.forms_hashed(Section::SkeletonBuckets, Section::Skeletons, hash)
    }

    /// Runs of parts that, written together, have a half key of this hash.
    pub(crate) fn runs_joined(&self, hash: u32) -> impl Iterator<Item = RunRow> {
        self.runs_hashed(Section::JoinedBuckets, Section::Joined, hash)
    }

    /// Runs of parts with first letters of this hash.
    pub(crate) fn runs_of_acronym(&self, hash: u32) -> impl Iterator<Item = RunRow> {
        self.runs_hashed(Section::AcronymBuckets, Section::Acronyms, hash)
    }

    fn forms_hashed(&self, buckets: Section, rows: Section, hash: u32) -> impl Iterator<Item = u32> {
        let rows = in_bucket(self.rows::<U32>(buckets), self.rows::<HashRow>(rows), hash);
        rows.iter().filter(move |row| row.hash.get() == hash).map(|row| row.form.get())
    }

    fn runs_hashed(&self, buckets: Section, rows: Section, hash: u32) -> impl Iterator<Item = RunRow> {
        let rows = in_bucket(self.rows::<U32>(buckets), self.rows::<RunRow>(rows), hash);
        rows.iter().filter(move |row| row.hash.get() == hash).copied()
    }

    /// A form as it is compared, and its token.
    pub(crate) fn form(&self, form: u32) -> (Form<'_>, u32) {
        let row = &self.form_rows()[form as usize];
        (self.form_of(row), row.token.get())
    }

    /// The text of a form.
    pub(crate) fn form_text(&self, form: u32) -> &str {
        self.text(self.form_rows()[form as usize].text)
    }

    /// The forms of a token, its own text first.
    pub(crate) fn forms_of(&self, token: u32) -> impl Iterator<Item = Form<'_>> {
        let slice = self.token(token).forms;
        let start = slice.start.get() as usize;
        let rows = self.form_rows().get(start..start + slice.len.get() as usize).unwrap_or_default();
        rows.iter().map(|row| self.form_of(row))
    }

    fn form_of(&self, row: &FormRow) -> Form<'_> {
        Form {
            text: self.text_bytes(row.text),
            sounds: self.text_bytes(row.sounds),
            lacks_vowels: row.lacks_vowels != 0,
        }
    }

    fn form_rows(&self) -> &[FormRow] {
        self.rows(Section::Forms)
    }
}

/// The rows of the bucket that a hash is in.
fn in_bucket<'a, T>(starts: &[U32], rows: &'a [T], hash: u32) -> &'a [T] {
    let n_buckets = starts.len().saturating_sub(1);
    if n_buckets == 0 {
        return &[];
    }
    let bucket = bucket(hash, n_buckets.ilog2());
    match (starts.get(bucket), starts.get(bucket + 1)) {
        (Some(start), Some(end)) => rows.get(start.get() as usize..end.get() as usize).unwrap_or_default(),
        _ => &[],
    }
}
