//! Which of many names is this one? A table in a file that is read in place.
//!
//! Names are hashed. The high bits of the hash choose a group of some four entries, and an entry has 32 more bits and the place of the name;
//! entries are sorted by those bits, then by name, then by place. So names that somebody made to collide cost a search by halves and no more.
//!
//! The bytes: `count u64, bits u32, 0 u32`, then for each group and the end its first entry as `u32` (filled up to 8 bytes), then the entries:
//! `tag u32, place u32`.

/// Most bits that choose a group.
const BITS_MAX: u32 = 28;
/// Bytes before the groups.
const HEAD: usize = 16;

/// The hash of a name. Part of the format; not meant to withstand collisions, which the order of entries does.
pub(super) fn hash(name: &[u8]) -> u64 {
    seeded(0xcbf2_9ce4_8422_2325, name)
}

/// The same from another start.
pub(super) fn seeded(seed: u64, name: &[u8]) -> u64 {
    let mut hash = seed ^ name.len() as u64;
    for part in name.chunks(8) {
        let mut word = [0; 8];
        word.iter_mut().zip(part).for_each(|(to, from)| *to = *from);
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 29;
    }
    hash = hash.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash ^ (hash >> 32)
}

fn bits_for(count: usize) -> u32 {
    (count / 4).max(1).ilog2().min(BITS_MAX)
}

/// Group and tag of a hash together, as one number.
fn cut(hash: u64, bits: u32) -> u64 {
    hash >> (32 - bits)
}

/// The bytes of a table of so many names.
pub(super) fn write<'a>(count: usize, name: impl Fn(u32) -> &'a [u8]) -> Vec<u8> {
    let bits = bits_for(count);
    let places = u32::try_from(count).unwrap_or(u32::MAX);
    let mut entries: Vec<(u64, u32)> =
        (0..places).map(|place| (cut(hash(name(place)), bits), place)).collect();
    entries.sort_unstable_by(|left, right| {
        left.0.cmp(&right.0).then_with(|| name(left.1).cmp(name(right.1))).then(left.1.cmp(&right.1))
    });
    let groups = 1_usize << bits;
    let mut bytes = Vec::with_capacity(HEAD + groups * 4 + 16 + entries.len() * 8);
    bytes.extend((count as u64).to_le_bytes());
    bytes.extend(bits.to_le_bytes());
    bytes.extend([0; 4]);
    let mut next = 0_u32;
    for group in 0..=groups as u64 {
        let is_before = |entry: &&(u64, u32)| entry.0 >> 32 < group;
        let rest = entries.get(next as usize..).unwrap_or_default();
        next += u32::try_from(rest.iter().take_while(is_before).count()).unwrap_or(0);
        bytes.extend(next.to_le_bytes());
    }
    bytes.resize(bytes.len().next_multiple_of(8), 0);
    for (cut, place) in entries {
        bytes.extend(cut.to_le_bytes().first_chunk::<4>().copied().unwrap_or_default());
        bytes.extend(place.to_le_bytes());
    }
    bytes
}

/// A table in bytes that somebody else holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lookup<'a> {
    bytes: &'a [u8],
    bits: u32,
}

fn half(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).copied().map_or(0, u32::from_le_bytes)
}

impl<'a> Lookup<'a> {
    /// The table in these bytes.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, bits: half(bytes, 8).min(BITS_MAX) }
    }

    fn entries(&self) -> usize {
        (HEAD + ((1_usize << self.bits) + 1) * 4).next_multiple_of(8)
    }

    /// Whether it has so many entries.
    pub(super) fn fits(&self, count: u64) -> bool {
        let said = self.bytes.first_chunk().copied().map_or(0, u64::from_le_bytes);
        let length = count.checked_mul(8).and_then(|bytes| bytes.checked_add(self.entries() as u64));
        said == count && length == Some(self.bytes.len() as u64)
    }

    fn entry(&self, place: u32) -> (u32, u32) {
        let at = self.entries() + place as usize * 8;
        (half(self.bytes, at), half(self.bytes, at + 4))
    }

    /// The place of a name, the highest if several places have it. `named` gives the name at a place.
    pub(super) fn find<'b>(&self, name: &[u8], named: impl Fn(u32) -> &'b [u8]) -> Option<u32> {
        let cut = cut(hash(name), self.bits);
        let group = usize::try_from(cut >> 32).ok()?;
        let tag = u32::try_from(cut & u64::from(u32::MAX)).ok()?;
        let (mut low, mut high) =
            (half(self.bytes, HEAD + group * 4), half(self.bytes, HEAD + group * 4 + 4));
        let first = low;
        while low < high {
            let middle = low + (high - low) / 2;
            let (found, place) = self.entry(middle);
            let order = found.cmp(&tag).then_with(|| named(place).cmp(name));
            if order.is_le() { low = middle + 1 } else { high = middle }
        }
        let (found, place) = self.entry(low.checked_sub(1).filter(|last| *last >= first)?);
        (found == tag && named(place) == name).then_some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_others_are_not() {
        for count in [0_u32, 1, 3, 4, 5, 100, 5_000] {
            let names: Vec<Vec<u8>> =
                (0..count).map(|place| format!("name {}", place / 2 * 7).into_bytes()).collect();
            let named = |place: u32| names.get(place as usize).map_or(&b""[..], Vec::as_slice);
            let bytes = write(names.len(), named);
            let table = Lookup::of(&bytes);
            assert!(table.fits(u64::from(count)) && !table.fits(u64::from(count) + 1));
            for place in 0..count {
                let last = (place | 1).min(count - 1);
                assert_eq!(table.find(named(place), named), Some(last), "the later of two with one name");
            }
            assert_eq!(table.find(b"nobody", named), None);
        }
    }
}
