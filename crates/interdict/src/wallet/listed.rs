//! Which addresses does one version of a list name, whose are they, and since when? Read from the entities once and kept beside the
//! archive, as reading a list takes longer than asking about an address.
//!
//! ```text
//! <home>/wallets/lists/<list>-<version>-<readers>.jsonl   the digest of the rest, then one address a line
//! ```

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use interdict_core::date::PartialDate;
use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::list::ListVersion;
use interdict_lists::READERS_VERSION;
use interdict_wallets::{Claim, Class, Listed, Party, Refusal, Standing, parse};

use crate::archive::{Archive, Manifest, write_whole};
use crate::failure::Failure;
use crate::progress;

/// The version of what is kept; another one is read anew.
const KEPT_VERSION: u32 = 1;

/// One address that a list names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ListedWallet {
    /// As the list writes it; null where it has the form of a private key, which is not kept.
    pub text: Option<String>,
    /// What the list says of it.
    pub claim: Claim,
}

/// The addresses that a version of the archive names.
pub(crate) fn of_version(home: &Path, manifest: &Manifest) -> Result<Vec<ListedWallet>, Failure> {
    let path = path_of(home, &manifest.version);
    if let Some(kept) = kept(&path) {
        return Ok(kept);
    }
    let bar = progress::spinner(format!("reading the wallets of {}", manifest.name()));
    let wallets = of_entities(&Archive::at(home).read(manifest)?.value.entities);
    bar.finish_and_clear();
    write_whole(&path, &written(&wallets)?)?;
    Ok(wallets)
}

fn path_of(home: &Path, version: &ListVersion) -> PathBuf {
    let name = format!(
        "{}-{}-{READERS_VERSION}.{KEPT_VERSION}.jsonl",
        version.id,
        version.digest.to_hex().get(..32).unwrap_or_default()
    );
    home.join("wallets").join("lists").join(name)
}

/// What is kept under a path; nothing where it is not there or damaged: then it is read anew.
fn kept(path: &Path) -> Option<Vec<ListedWallet>> {
    let text = std::fs::read_to_string(path).ok()?;
    let (seal, lines) = text.split_once('\n')?;
    (seal == Digest::of(lines.as_bytes()).to_hex()).then_some(())?;
    lines.lines().map(|line| serde_json::from_str(line).ok()).collect()
}

fn written(wallets: &[ListedWallet]) -> Result<Vec<u8>, Failure> {
    let mut lines = Vec::new();
    for wallet in wallets {
        serde_json::to_writer(&mut lines, wallet).map_err(|error| Failure::Output(error.into()))?;
        lines.push(b'\n');
    }
    let mut bytes = Digest::of(&lines).to_hex().into_bytes();
    bytes.push(b'\n');
    bytes.extend(lines);
    Ok(bytes)
}

/// The addresses that the entities of a list name, in their order. One party's address under several labels is one.
pub(crate) fn of_entities(entities: &[Entity]) -> Vec<ListedWallet> {
    let by_id: HashMap<&str, &Entity> = entities.iter().map(|entity| (entity.id.as_str(), entity)).collect();
    let acts = acts(entities);
    let mut wallets: Vec<ListedWallet> = Vec::new();
    let mut places: HashMap<(String, Vec<String>), usize> = HashMap::new();
    for wallet in entities.iter().filter(|entity| !entity.get("publicKey").is_empty()) {
        let holders = holders(wallet);
        let listed = listed(holders.iter().map(String::as_str).chain([wallet.id.as_str()]), &acts);
        let labels: Vec<String> =
            ["currency", "currencySymbol"].iter().flat_map(|key| wallet.get(key).iter().cloned()).collect();
        for text in wallet.get("publicKey") {
            let key = (text.clone(), holders.clone());
            let place = *places.entry(key).or_insert_with(|| {
                let parties: Vec<Party> = holders.iter().map(|id| party(id, &by_id, &acts)).collect();
                let is_act = holders.iter().chain([&wallet.id]).any(|id| acts.contains_key(id.as_str()));
                let topics = parties.iter().flat_map(|party| &party.topics).chain(wallet.get("topics"));
                let class = if is_act { Class::Sanctioned } else { class(topics) };
                wallets.push(ListedWallet { text: kept_text(text), claim: claim(class, parties, listed) });
                wallets.len() - 1
            });
            if let Some(known) = wallets.get_mut(place) {
                known.claim.records.push(wallet.id.clone());
                let new = labels.iter().filter(|label| !known.claim.labels.contains(label));
                let new: Vec<String> = new.cloned().collect();
                known.claim.labels.extend(new);
            }
        }
    }
    wallets
}

/// The text, unless it has the form of a private key.
fn kept_text(text: &str) -> Option<String> {
    (!matches!(parse(text), Err(Refusal::Secret(_)))).then(|| text.to_owned())
}

/// What a list without designations says of those whom it gives topics: lists of fraud or of ransom payments are imported, too, and do not
/// sanction anybody. A list without topics is taken for one of sanctions.
fn class<'a>(topics: impl Iterator<Item = &'a String>) -> Class {
    let mut topics = topics.peekable();
    let is_sanction = |topic: &str| topic.starts_with("sanction") && topic != "sanction.linked";
    if topics.peek().is_none() || topics.any(|topic| is_sanction(topic)) {
        Class::Sanctioned
    } else {
        Class::Attributed
    }
}

fn claim(class: Class, parties: Vec<Party>, listed: Listed) -> Claim {
    Claim {
        class,
        origin: 0,
        records: Vec::new(),
        labels: Vec::new(),
        parties,
        tag: None,
        listed,
        standing: Standing::InForce,
        because: None,
    }
}

/// The ids of those whose wallet it is; a wallet of nobody is a party itself.
fn holders(wallet: &Entity) -> Vec<String> {
    let holders = wallet.get("holder");
    if holders.is_empty() { vec![wallet.id.clone()] } else { holders.to_vec() }
}

/// The designations of each party.
type Acts<'a> = BTreeMap<&'a str, Vec<&'a Entity>>;

fn acts(entities: &[Entity]) -> Acts<'_> {
    let mut acts = Acts::new();
    for sanction in entities.iter().filter(|entity| entity.schema.is_a("Sanction")) {
        for party in sanction.get("entity") {
            acts.entry(party).or_default().push(sanction);
        }
    }
    acts
}

fn party(id: &str, by_id: &HashMap<&str, &Entity>, acts: &Acts<'_>) -> Party {
    let mut programs: Vec<String> = Vec::new();
    for act in acts.get(id).into_iter().flatten() {
        let said = [act.get("programId"), act.get("program")].into_iter().find(|said| !said.is_empty());
        for program in said.unwrap_or_default() {
            if !programs.contains(program) {
                programs.push(program.clone());
            }
        }
    }
    match by_id.get(id) {
        Some(entity) => Party {
            id: id.to_owned(),
            caption: entity.caption().to_owned(),
            schema: entity.schema.name.to_owned(),
            topics: entity.get("topics").to_vec(),
            programs,
        },
        None => Party { id: id.to_owned(), caption: id.to_owned(), programs, ..Party::default() },
    }
}

/// From the first designation to the last, open where one of them has no date.
fn listed<'a>(ids: impl Iterator<Item = &'a str>, acts: &Acts<'a>) -> Listed {
    let acts: Vec<&Entity> = ids.flat_map(|id| acts.get(id).into_iter().flatten().copied()).collect();
    let first = |act: &&Entity| act.dates("listingDate").chain(act.dates("startDate")).min_by_key(first_day);
    let last = |act: &&Entity| act.dates("endDate").max_by_key(last_day);
    let from: Option<Vec<PartialDate>> = acts.iter().map(first).collect();
    let until: Option<Vec<PartialDate>> = acts.iter().map(last).collect();
    Listed {
        from: from.and_then(|dates| dates.into_iter().min_by_key(first_day)),
        until: until.and_then(|dates| dates.into_iter().max_by_key(last_day)),
    }
}

fn first_day(date: &PartialDate) -> u32 {
    date.bounds().0
}

fn last_day(date: &PartialDate) -> u32 {
    date.bounds().1
}

#[cfg(test)]
mod tests {
    use interdict_lists::SourceFile;

    use super::*;

    fn read(lines: &[&str]) -> Vec<ListedWallet> {
        let bytes = lines.join("\n").into_bytes();
        let file = SourceFile { name: "own.jsonl", bytes: &bytes };
        of_entities(&interdict_lists::ftm::read_with_own_ids(&file).unwrap().value.entities)
    }

    const PARTY: &str = r#"{"id":"own-1","schema":"Organization","properties":{"name":["Example Mixer"],"topics":["sanction"]}}"#;

    #[test]
    fn one_address_under_two_labels_of_one_party_is_one_with_the_dates_of_all_acts() {
        let wallets = read(&[
            PARTY,
            r#"{"id":"own-1-w1","schema":"CryptoWallet","properties":{"publicKey":["0x00000000000000000000000000000000000000aa"],"currencySymbol":["ETH"],"holder":["own-1"]}}"#,
            r#"{"id":"own-1-w2","schema":"CryptoWallet","properties":{"publicKey":["0x00000000000000000000000000000000000000aa"],"currencySymbol":["USDT"],"holder":["own-1"]}}"#,
            r#"{"id":"own-1-s1","schema":"Sanction","properties":{"entity":["own-1"],"programId":["CYBER2"],"listingDate":["2022-08-08"],"endDate":["2025-03-21"]}}"#,
            r#"{"id":"own-1-s2","schema":"Sanction","properties":{"entity":["own-1"],"programId":["DPRK3"],"startDate":["2022-11-08"],"endDate":["2024-01-01"]}}"#,
        ]);
        let [wallet] = &wallets[..] else { panic!("{wallets:?}") };
        assert_eq!(wallet.claim.labels, ["ETH", "USDT"]);
        assert_eq!(wallet.claim.records, ["own-1-w1", "own-1-w2"]);
        assert_eq!(wallet.claim.parties[0].programs, ["CYBER2", "DPRK3"]);
        let dates = (wallet.claim.listed.from.unwrap(), wallet.claim.listed.until.unwrap());
        assert_eq!(
            (dates.0.to_string().as_str(), dates.1.to_string().as_str()),
            ("2022-08-08", "2025-03-21")
        );
        assert_eq!(kept_roundtrip(&wallets), wallets);
    }

    fn kept_roundtrip(wallets: &[ListedWallet]) -> Vec<ListedWallet> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.jsonl");
        std::fs::write(&path, written(wallets).unwrap()).unwrap();
        let back = kept(&path).unwrap();
        std::fs::write(&path, [written(wallets).unwrap(), b" ".to_vec()].concat()).unwrap();
        assert_eq!(kept(&path), None);
        back
    }

    #[test]
    fn a_list_that_sanctions_nobody_attributes() {
        let wallet = |topic: &str| {
            let line = format!(
                r#"{{"id":"own-w1","schema":"CryptoWallet","properties":{{"publicKey":["TLa2f6VPqDgRE67v1736s7bJ8Ray5wYjU7"],"topics":["{topic}"]}}}}"#
            );
            read(&[&line])[0].claim.class
        };
        assert_eq!(wallet("sanction"), Class::Sanctioned);
        assert_eq!(wallet("crime.fraud"), Class::Attributed);
        assert_eq!(wallet("sanction.linked"), Class::Attributed);
    }

    #[test]
    fn a_wallet_of_nobody_is_a_party_and_a_private_key_in_a_list_is_not_kept() {
        let wallets = read(&[
            r#"{"id":"own-w1","schema":"CryptoWallet","properties":{"publicKey":["TLa2f6VPqDgRE67v1736s7bJ8Ray5wYjU7"],"topics":["sanction"]}}"#,
            r#"{"id":"own-w2","schema":"CryptoWallet","properties":{"publicKey":["5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ"],"holder":["gone"]}}"#,
        ]);
        assert_eq!(wallets[0].claim.parties[0].id, "own-w1");
        assert_eq!(wallets[1].text, None);
        assert_eq!(wallets[1].claim.parties[0].caption, "gone");
    }
}
