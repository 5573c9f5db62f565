//! Which id does the entity of a record get, and which are given already?

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use interdict_core::digest::Digest;
use interdict_core::list::ListId;

/// Stands for an id where only its sameness counts: half of its digest, so that what is remembered of a file does not grow with
/// the length of its ids. No two ids have the same by chance, and none can be made to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Key([u8; 16]);

impl Key {
    pub(crate) fn of(id: &str) -> Self {
        Self::of_digest(&Digest::of(id.as_bytes()))
    }

    /// The key of texts that make an id only together.
    pub(crate) fn of_parts<'p>(parts: impl IntoIterator<Item = &'p str>) -> Self {
        Self::of_digest(&Digest::of_parts(parts.into_iter().map(str::as_bytes)))
    }

    fn of_digest(digest: &Digest) -> Self {
        let mut key = [0; 16];
        key.iter_mut().zip(digest.as_bytes()).for_each(|(to, from)| *to = *from);
        Self(key)
    }
}

/// The ids that are given.
#[derive(Default)]
pub(super) struct Given {
    /// How many more records had the id.
    n_more: HashMap<Key, u32>,
}

impl Given {
    /// Gives the id to a record. When it is given already: the one with a number behind it that is given instead.
    pub(super) fn give(&mut self, id: &str) -> Option<String> {
        let key = Key::of(id);
        let Some(n_more) = self.n_more.get_mut(&key) else {
            self.n_more.insert(key, 0);
            return None;
        };
        let mut n = n_more.saturating_add(2);
        loop {
            let numbered = numbered(id, u64::from(n));
            if let Entry::Vacant(free) = self.n_more.entry(Key::of(&numbered)) {
                free.insert(0);
                // The next record with this id need not try the numbers again that are taken.
                self.n_more.insert(key, n - 1);
                return Some(numbered);
            }
            n = n.saturating_add(1);
        }
    }
}

/// How the id of a record becomes the id of an entity.
#[derive(Clone, Copy)]
pub(crate) enum Ids<'a> {
    /// As `<list>-<record>`, and the record alone where it begins so already.
    OfList(&'a ListId),
    /// As it is written: the file holds entities of several lists.
    AsWritten,
}

impl Ids<'_> {
    /// The id of the entity.
    pub(crate) fn of(self, record: &str) -> String {
        match self {
            Self::OfList(list) => {
                let begins = record
                    .strip_prefix(list.as_str())
                    .is_some_and(|rest| rest.starts_with('-') && rest.len() > 1);
                if begins { record.to_owned() } else { format!("{list}-{record}") }
            }
            Self::AsWritten => record.to_owned(),
        }
    }

    /// The id of a party whose parts get ids made of it. A record that is numbered like a part of another
    /// (`7-address-1`) gets a word behind its id, so that the two stay apart.
    pub(crate) fn of_party(self, record: &str) -> String {
        let mut number = record;
        while let Some(rest) = number.strip_suffix(NO_PART) {
            number = rest;
        }
        let id = self.of(record);
        if is_like_a_part(number) { id + NO_PART } else { id }
    }
}

const NO_PART: &str = "-record";

/// The id with a number behind it, and a word more where that makes it look like a part: `own-7-link` twice is no link.
fn numbered(id: &str, n: u64) -> String {
    let numbered = format!("{id}-{n}");
    if is_like_a_part(&numbered) { numbered + NO_PART } else { numbered }
}

fn is_like_a_part(record: &str) -> bool {
    let Some((rest, number)) = record.rsplit_once('-') else { return false };
    let Some((_, word)) = rest.rsplit_once('-') else { return false };
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number && matches!(word, "sanction" | "address" | "wallet" | "document" | "link")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_record_has_the_id_of_a_part() {
        let list: ListId = "own".parse().unwrap();
        let id = |record: &str| Ids::OfList(&list).of_party(record);
        assert_eq!(id("7"), "own-7");
        assert_eq!(id("7-address-x"), "own-7-address-x");
        assert_eq!(id("7-address-1"), "own-7-address-1-record");
        assert_eq!(id("7-address-1-record"), "own-7-address-1-record-record");
        assert_eq!(id("7-record"), "own-7-record");
    }
}
