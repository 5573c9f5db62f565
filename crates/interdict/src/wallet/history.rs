//! How does an address stand on a list that has several versions? One that an older version has and a newer one has not was removed
//! between the two; one that only a later version has was not listed yet.

use std::collections::HashSet;

use interdict_core::date::PartialDate;
use interdict_core::list::ListVersion;
use interdict_wallets::{Standing, parse};

use super::listed::ListedWallet;

/// The versions of one list in their order, with what they name, and which of them counts.
pub(crate) struct Versions {
    /// In the order in which they were published.
    pub all: Vec<(ListVersion, Vec<ListedWallet>)>,
    /// The place of the one that counts; none where the archive has none of that day.
    pub counts: Option<usize>,
}

/// An address of a version, and which version that is.
pub(crate) struct Stood {
    /// The place of the version among [`Versions::all`].
    pub version: usize,
    /// The address with its standing.
    pub wallet: ListedWallet,
}

/// Which address and whose: the same in two versions when both are.
type Identity = (Vec<u8>, Vec<String>);

fn identity(wallet: &ListedWallet) -> Option<Identity> {
    let reading = parse(wallet.text.as_deref()?).ok()?;
    let key = match (reading.candidates.first(), reading.raw) {
        (Some(candidate), _) => candidate.address.to_key(),
        (None, Some(raw)) => raw.as_bytes().to_vec(),
        (None, None) => return None,
    };
    let mut parties: Vec<String> = wallet.claim.parties.iter().map(|party| party.id.clone()).collect();
    parties.sort();
    Some((key, parties))
}

impl Versions {
    /// Every address that any version names, once for each party, as it stands on a day.
    pub fn on(self, day: PartialDate) -> Vec<Stood> {
        let is_dated = self.counts.is_some();
        let counts = self.counts.unwrap_or_default();
        let names: Vec<String> = self.all.iter().map(|(version, _)| in_words(version)).collect();
        let identities: Vec<Vec<Option<Identity>>> =
            self.all.iter().map(|(_, wallets)| wallets.iter().map(identity).collect()).collect();
        let mut seen: HashSet<Identity> = HashSet::new();
        let mut stood = Vec::new();
        // The version that counts, then older ones from the last back, then newer ones.
        let order = std::iter::once(counts).chain((0..counts).rev()).chain(counts + 1..self.all.len());
        let mut all: Vec<Option<Vec<ListedWallet>>> =
            self.all.into_iter().map(|(_, wallets)| Some(wallets)).collect();
        for version in order {
            let wallets = all.get_mut(version).and_then(Option::take).unwrap_or_default();
            let own = identities.get(version).map(Vec::as_slice).unwrap_or_default();
            let mut new: Vec<Identity> = Vec::new();
            for (mut wallet, identity) in wallets.into_iter().zip(own) {
                let is_known = identity.as_ref().is_some_and(|identity| seen.contains(identity));
                if is_known || (identity.is_none() && version != counts) {
                    continue;
                }
                new.extend(identity.clone());
                wallet.claim.standing = match version.cmp(&counts) {
                    std::cmp::Ordering::Equal => wallet.claim.listed.standing(day),
                    std::cmp::Ordering::Less => Standing::Formerly,
                    std::cmp::Ordering::Greater => Standing::NotYet,
                };
                wallet.claim.because = because(&names, version, counts);
                if !is_dated && version == counts {
                    wallet.claim.because = Some(by_dates(&names, &wallet));
                }
                stood.push(Stood { version, wallet });
            }
            seen.extend(new);
        }
        stood
    }
}

/// Without a version of that day only the dates of the first one say anything. What they leave open counts as listed.
fn by_dates(names: &[String], wallet: &ListedWallet) -> String {
    let dated = if wallet.claim.listed.from.is_some() { "by the dates" } else { "without a date" };
    let name = names.first().map_or("", String::as_str);
    format!("the archive has no version of that day; {dated} in {name}, the first that it has")
}

fn because(names: &[String], version: usize, counts: usize) -> Option<String> {
    let name = |place: usize| names.get(place).map_or("", String::as_str);
    match version.cmp(&counts) {
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Less => {
            Some(format!("named in {}, and no more in {}", name(version), name(version + 1)))
        }
        std::cmp::Ordering::Greater => {
            Some(format!("not named in {} yet, and in {}", name(version - 1), name(version)))
        }
    }
}

/// `ofac@5f0c1de5a1b2 (published 2024-01-08)`.
fn in_words(version: &ListVersion) -> String {
    let published = version.published.map(|date| format!(" (published {date})")).unwrap_or_default();
    format!("{}@{}{published}", version.id, version.version)
}

#[cfg(test)]
mod tests {
    use interdict_core::digest::Digest;
    use interdict_lists::SourceFile;

    use super::super::listed;
    use super::*;

    const A: &str = "0x00000000000000000000000000000000000000aa";
    const B: &str = "0x00000000000000000000000000000000000000bb";

    fn version(published: &str, addresses: &[&str]) -> (ListVersion, Vec<ListedWallet>) {
        let mut text =
            r#"{"id":"own-1","schema":"Organization","properties":{"name":["Example Mixer"]}}"#.to_owned();
        for (at, address) in addresses.iter().enumerate() {
            text.push_str(&format!(
                "\n{{\"id\":\"own-1-w{at}\",\"schema\":\"CryptoWallet\",\"properties\":{{\"publicKey\":[\"{address}\"],\"holder\":[\"own-1\"]}}}}"
            ));
        }
        let file = SourceFile { name: "own.jsonl", bytes: text.as_bytes() };
        let entities = interdict_lists::ftm::read_with_own_ids(&file).unwrap().value.entities;
        let digest = Digest::of(published.as_bytes());
        let version = ListVersion {
            id: "own".parse().unwrap(),
            version: digest.short(),
            published: published.parse().ok(),
            entities: 1,
            digest,
        };
        (version, listed::of_entities(&entities))
    }

    fn told(counts: Option<usize>) -> Vec<String> {
        let all = vec![
            version("2022-01-01", &[A]),
            version("2022-09-01", &[&A.to_uppercase().replace("0X", "0x"), B]),
            version("2025-04-01", &[B]),
        ];
        let stood = Versions { all, counts }.on("2025-04-02".parse().unwrap());
        stood
            .iter()
            .map(|one| {
                let text = one.wallet.text.as_deref().unwrap().to_lowercase();
                format!("{} {:?} {}", &text[40..], one.wallet.claim.standing, one.version)
            })
            .collect()
    }

    #[test]
    fn what_a_newer_version_lacks_was_removed_and_what_only_a_newer_one_has_is_not_listed_yet() {
        assert_eq!(told(Some(2)), ["bb InForce 2", "aa Formerly 1"]);
        assert_eq!(told(Some(1)), ["aa InForce 1", "bb InForce 1"]);
        assert_eq!(told(Some(0)), ["aa InForce 0", "bb NotYet 1"]);
        assert_eq!(told(None), ["aa InForce 0", "bb NotYet 1"]);
    }
}
