//! The layout of an index file, byte by byte. All numbers are little-endian; nothing is aligned.
//!
//! ```text
//! 0    8   magic "INTERDIX"
//! 8    4   format version, FORMAT_VERSION
//! 12   4   number of sections, SECTIONS
//! 16   32  digest of the inputs
//! 48   8   length of the file in bytes
//! 56   16 × SECTIONS   offset and length in bytes of each section, in the order of Section
//!          the sections
//! -8   8   checksum of everything before it
//! ```
//!
//! A [`Span`] is offset and length in bytes in the `Text` section, a [`Slice`] is first row and number of rows in the section
//! that its field names. What is checked when a file is opened, and what later, is told in `index/verify.rs`: in a file that
//! was verified no span or slice leads outside its section.

use zerocopy::little_endian::{U16, U32, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

/// The first eight bytes.
pub const MAGIC: [u8; 8] = *b"INTERDIX";
/// Counts up with every change of this layout or of what is stored in it.
pub const FORMAT_VERSION: u32 = 4;
/// Counts up with every change of how names are taken apart and weighed: an index of another analysis would lose hits.
pub const ANALYSIS_VERSION: u32 = 4;
/// How many sections there are.
pub const SECTIONS: usize = 24;

/// The sections in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Section {
    /// JSON of [`super::IndexInfo`].
    Info,
    /// All texts, one after the other, UTF-8.
    Text,
    /// [`EntityRow`], grouped by list.
    Entities,
    /// [`U32`]: rows of `Entities` in the order of their ids.
    EntitiesById,
    /// [`NameRow`], grouped by entity.
    Names,
    /// [`ReadingRow`], grouped by name.
    Readings,
    /// [`PartRow`], grouped by reading.
    Parts,
    /// [`TokenRow`] in the order of their texts.
    Tokens,
    /// [`FormRow`]: every text of a token, its own and other spellings of it, grouped by token.
    Forms,
    /// [`U32`]: rows of `Readings`, grouped by token.
    Postings,
    /// [`U32`]: where each bucket of `Spellings` starts, see [`bucket`].
    SpellingBuckets,
    /// [`HashRow`]: hashes of the texts of forms, whole and with letters left out, in the order of hash and form.
    Spellings,
    /// [`U32`]: where each bucket of `SoundKeys` starts.
    SoundKeyBuckets,
    /// [`HashRow`]: hashes of sound keys, whole and with one class left out.
    SoundKeys,
    /// [`U32`]: where each bucket of `Skeletons` starts.
    SkeletonBuckets,
    /// [`HashRow`]: hashes of skeletons.
    Skeletons,
    /// [`U32`]: where each bucket of `Joined` starts.
    JoinedBuckets,
    /// [`RunRow`]: hashes of halves of the sound keys of neighboring parts written together.
    Joined,
    /// [`U32`]: where each bucket of `Acronyms` starts.
    AcronymBuckets,
    /// [`RunRow`]: hashes of the first letters of neighboring parts.
    Acronyms,
    /// [`DateRow`], grouped by entity.
    Dates,
    /// [`Span`]: values of several kinds (countries, addresses, programs), grouped by entity.
    Values,
    /// [`IdentifierRow`] in the order of hash and entity.
    Identifiers,
    /// JSON of the entities of each record.
    Records,
}

/// A text in the `Text` section.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct Span {
    /// Offset in bytes.
    pub start: U32,
    /// Length in bytes.
    pub len: U32,
}

/// Rows of another section.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct Slice {
    /// First row.
    pub start: U32,
    /// Number of rows.
    pub len: U32,
}

/// One listed party.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct EntityRow {
    /// Its id.
    pub id: Span,
    /// Its caption.
    pub caption: Span,
    /// The name of its schema.
    pub schema: Span,
    /// The list: a position in `IndexInfo::lists`.
    pub list: U32,
    /// Its names.
    pub names: Slice,
    /// Its dates of birth or foundation.
    pub dates: Slice,
    /// Codes of its countries, in `Values`.
    pub countries: Slice,
    /// Its postal addresses, in `Values`.
    pub addresses: Slice,
    /// The programs it is listed under, in `Values`.
    pub programs: Slice,
    /// Its record in `Records`: offset and length in bytes.
    pub record_start: U64,
    /// See `record_start`.
    pub record_len: U32,
}

/// One name of a party.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct NameRow {
    /// The name as published.
    pub text: Span,
    /// Its entity.
    pub entity: U32,
    /// Its readings.
    pub readings: Slice,
    /// The code of a [`super::NameQuality`].
    pub quality: u8,
}

/// One reading of a name.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct ReadingRow {
    /// Its name.
    pub name: U32,
    /// Its parts.
    pub parts: Slice,
    /// The weight of all its parts together, in ten-thousandths.
    pub weight: U32,
    /// The code of a [`crate::names::Via`].
    pub via: u8,
}

/// One part of a reading.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct PartRow {
    /// Its text: a row of `Tokens`.
    pub token: U32,
    /// How it is written: a row of `Forms`.
    pub form: U32,
    /// The code of a [`crate::names::PartKind`].
    pub kind: u8,
}

/// One distinct text of a part.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct TokenRow {
    /// The text.
    pub text: Span,
    /// Its own form and others, in `Forms`.
    pub forms: Slice,
    /// The readings that have it, in `Postings`.
    pub readings: Slice,
    /// How rare it is among the names of the index, in ten-thousandths of the rarest.
    pub rarity: U16,
    /// The most that a part of this text weighs, in ten-thousandths.
    pub weight_max: U16,
    /// The least.
    pub weight_min: U16,
}

/// One spelling of a token.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct FormRow {
    /// The text. Behind it stand its sounds (see `sound.rs`) and then their key: what is compared is in one place.
    pub text: Span,
    /// The number of its sounds, 0 for what is not written in small Latin letters.
    pub n_sounds: u8,
    /// The length of the key.
    pub n_key: u8,
    /// The token: a row of `Tokens`.
    pub token: U32,
    /// 1 when the text is read from a script that writes no short vowels.
    pub lacks_vowels: u8,
}

/// A hash, and the form it is of.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    FromBytes,
    IntoBytes,
    Immutable,
    KnownLayout,
    Unaligned,
)]
#[repr(C)]
pub struct HashRow {
    /// The hash.
    pub hash: U32,
    /// The form: a row of `Forms`.
    pub form: U32,
}

/// A hash, and the neighboring parts it is of.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    FromBytes,
    IntoBytes,
    Immutable,
    KnownLayout,
    Unaligned,
)]
#[repr(C)]
pub struct RunRow {
    /// The hash.
    pub hash: U32,
    /// A row of `Readings`.
    pub reading: U32,
    /// Which classes the key of the sounds has an odd number of times; 0 for first letters.
    pub parity: U16,
    /// The first of its parts.
    pub start: u8,
    /// How many parts.
    pub len: u8,
}

/// One date, as text of [`interdict_core::date::PartialDate`].
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct DateRow {
    /// The date as text.
    pub text: Span,
}

/// One identifier of a party.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct IdentifierRow {
    /// The hash of its comparable form.
    pub hash: U32,
    /// The entity.
    pub entity: U32,
    /// The value as published.
    pub text: Span,
    /// A position in `IdentifierKind::ALL`.
    pub kind: u8,
}

/// What tells a damaged file from a sound one: four sums of every fourth word of eight bytes, then of each other. Each step
/// can be undone, so a change within one word never goes unnoticed. It is part of the format, and no protection against
/// somebody who forges an index.
pub fn checksum(bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let step = |sum: u64, word: u64| (sum ^ word).wrapping_mul(PRIME).rotate_left(23);
    let mut sums = [0xcbf2_9ce4_8422_2325_u64; 4];
    let (words, rest) = bytes.as_chunks::<8>();
    let (rows, last_row) = words.as_chunks::<4>();
    for row in rows {
        for (sum, word) in sums.iter_mut().zip(row) {
            *sum = step(*sum, u64::from_le_bytes(*word));
        }
    }
    let last_words = last_row.iter().map(|word| u64::from_le_bytes(*word));
    let rest = rest.iter().map(|&byte| u64::from(byte));
    sums.into_iter().chain(last_words).chain(rest).fold(bytes.len() as u64, step)
}

/// The hash under which bytes are looked up: FNV-1a of 32 bits, its bits mixed at the end so that the first ones can choose
/// a bucket. It is part of the format.
pub fn hash(bytes: impl IntoIterator<Item = u8>) -> u32 {
    let sum = bytes
        .into_iter()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let sum = (sum ^ (sum >> 16)).wrapping_mul(0x85eb_ca6b);
    let sum = (sum ^ (sum >> 13)).wrapping_mul(0xc2b2_ae35);
    sum ^ (sum >> 16)
}

/// How many bits of a hash choose a bucket in a table of `n_rows`: about two rows to a bucket, and one bucket at least.
pub fn bucket_bits(n_rows: usize) -> u32 {
    (n_rows / 2).max(1).ilog2().min(28)
}

/// The bucket of a hash. A table of buckets has one row more than there are buckets: where the last one ends.
pub fn bucket(hash: u32, bits: u32) -> usize {
    if bits == 0 { 0 } else { (hash >> (32 - bits)) as usize }
}

/// What stands for a row that is not there: only a damaged file that was not verified leads to one.
pub(super) static NO_ENTITY: EntityRow = EntityRow {
    id: Span::NONE,
    caption: Span::NONE,
    schema: Span::NONE,
    list: U32::MAX_VALUE,
    names: Slice::NONE,
    dates: Slice::NONE,
    countries: Slice::NONE,
    addresses: Slice::NONE,
    programs: Slice::NONE,
    record_start: U64::ZERO,
    record_len: U32::ZERO,
};
pub(super) static NO_NAME: NameRow =
    NameRow { text: Span::NONE, entity: U32::MAX_VALUE, readings: Slice::NONE, quality: 0 };
pub(super) static NO_READING: ReadingRow =
    ReadingRow { name: U32::MAX_VALUE, parts: Slice::NONE, weight: U32::ZERO, via: 0 };
pub(super) static NO_TOKEN: TokenRow = TokenRow {
    text: Span::NONE,
    forms: Slice::NONE,
    readings: Slice::NONE,
    rarity: U16::ZERO,
    weight_max: U16::ZERO,
    weight_min: U16::ZERO,
};

impl Span {
    pub(super) const NONE: Self = Self { start: U32::ZERO, len: U32::ZERO };
}

impl Slice {
    const NONE: Self = Self { start: U32::ZERO, len: U32::ZERO };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_single_damage_goes_unnoticed() {
        for len in [0, 1, 8, 31, 32, 77] {
            let sound: Vec<u8> = (0..len).collect();
            let sum = checksum(&sound);
            for at in 0..sound.len() {
                for bit in 0..8 {
                    let mut damaged = sound.clone();
                    damaged[at] ^= 1 << bit;
                    assert_ne!(checksum(&damaged), sum, "bit {bit} of byte {at} of {len}");
                }
                assert_ne!(checksum(&sound[..at]), sum, "cut at {at} of {len}");
            }
        }
    }

    #[test]
    fn words_that_change_places_are_noticed() {
        let words = |first: u8, second: u8| [[first; 32], [second; 32]].concat();
        assert_ne!(checksum(&words(1, 2)), checksum(&words(2, 1)));
        let mut flipped = words(1, 2);
        flipped[7] ^= 0x80;
        flipped[39] ^= 0x80;
        assert_ne!(checksum(&flipped), checksum(&words(1, 2)));
    }
}
