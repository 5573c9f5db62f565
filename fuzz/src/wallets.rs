//! Which invariants must every text keep that is read as a wallet address?

use interdict_core::limits::WALLET_TEXT_BYTES_MAX;
use interdict_wallets::{WalletAddress, parse, raw_key, related_keys};

/// The name of a fuzz target, and its check.
pub type Target = (&'static str, fn(&[u8]));

/// The fuzz targets of this file by name: the corpus of each is in the folder of that name.
pub const TARGETS: &[Target] = &[("wallet_address", wallet_address), ("wallet_key", wallet_key)];

/// Two readings agree; there are candidates or a reason; each is written and read again as the same address.
pub fn wallet_address(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let reading = parse(&text);
    assert_eq!(reading, parse(&text), "two readings differ");
    assert_eq!(reading.is_err(), raw_key(&text).is_err(), "a secret has a raw key");
    let Ok(reading) = reading else { return };
    assert!(text.len() <= WALLET_TEXT_BYTES_MAX, "too long, and read");
    assert_eq!(reading.candidates.is_empty(), reading.undecided.is_some(), "no address and no reason");
    assert_eq!(reading.candidates.is_empty(), reading.raw.is_some(), "no address and no digest");
    for candidate in reading.candidates.iter().chain(&reading.besides) {
        written_and_read(&candidate.address);
        assert_eq!(
            candidate.relation(candidate),
            interdict_wallets::Relation::Same,
            "not the same as itself"
        );
    }
}

/// A key is refused, or is that of an address which is written and read again.
pub fn wallet_key(bytes: &[u8]) {
    if let Some(address) = WalletAddress::from_key(bytes) {
        assert_eq!(address.to_key(), bytes, "another key");
        written_and_read(&address);
    }
}

fn written_and_read(address: &WalletAddress) {
    let canonical = address.to_string();
    let again = parse(&canonical).map(|reading| reading.candidates).unwrap_or_default();
    assert!(again.iter().any(|found| found.address == *address), "{canonical} is not read as {address:?}");
    related_keys(address);
}
