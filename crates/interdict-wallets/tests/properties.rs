//! What must hold for every address and every text: no panic, what is written is read again, one changed letter is seen.

use interdict_wallets::{Family, Verified, WalletAddress, bare_spellings, parse, related_keys, spellings};
use proptest::prelude::*;

/// A payload of each family.
fn payloads() -> impl Strategy<Value = (Family, Vec<u8>)> {
    let of = |family, start: &'static [u8], n_bytes: usize| {
        prop::collection::vec(any::<u8>(), n_bytes).prop_map(move |rest| (family, [start, &rest].concat()))
    };
    let bitcoin =
        (prop::sample::select(vec![0_u8, 5, 0x1e, 0x26, 0x30, 0x32, 0x4c, 0x6f]), any::<[u8; 20]>());
    let substrate = (0_u16..16_384, any::<[u8; 32]>());
    prop_oneof![
        bitcoin.prop_map(|(version, hash)| (Family::Bitcoin, [&[version], &hash[..]].concat())),
        of(Family::Bitcoin, &[0x1c, 0xb8], 20),
        of(Family::Bitcoin, &[0x1c, 0xbd], 20),
        of(Family::Segwit, b"bc\0\0", 20),
        of(Family::Segwit, b"bc\0\0", 32),
        of(Family::Segwit, b"ltc\0\x01", 32),
        of(Family::Evm, &[], 20),
        of(Family::Tron, &[], 20),
        of(Family::Monero, &[18], 64),
        of(Family::Monero, &[42], 64),
        of(Family::Ripple, &[], 20),
        of(Family::Stellar, &[48], 32),
        of(Family::Stellar, &[16], 32),
        of(Family::Solana, &[], 32),
        of(Family::ZcashShielded, &[], 43),
        of(Family::ZcashShielded, &[], 64),
        of(Family::ZcashUnified, &[0, 3, 43], 43),
        of(Family::Bech32Account, b"cosmos\0", 20),
        of(Family::Bech32Account, b"anything\0", 32),
        of(Family::Ton, &[0], 32),
        of(Family::Ton, &[255], 32),
        of(Family::Algorand, &[], 32),
        of(Family::Cardano, &[0x01], 56),
        of(Family::Cardano, &[0xe1], 28),
        substrate.prop_map(|(prefix, key)| (Family::Substrate, [&prefix.to_be_bytes(), &key[..]].concat())),
        of(Family::Tezos, &[6, 161, 159], 20),
        of(Family::Tezos, &[2, 90, 121], 20),
        of(Family::Filecoin, &[1], 20),
        of(Family::Filecoin, &[4, 10], 20),
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_read_again((family, payload) in payloads()) {
        let address = WalletAddress::from_parts(family, &payload).unwrap();
        prop_assert_eq!(WalletAddress::from_key(&address.to_key()), Some(address.clone()));
        for text in spellings(&address) {
            let reading = parse(&text).unwrap();
            let found = reading.candidates.iter().any(|found| found.address == address);
            prop_assert!(found, "{}: {:?}", text, reading);
        }
    }

    #[test]
    fn one_changed_letter_is_seen((family, payload) in payloads(), at in any::<prop::sample::Index>(), to in "[1-9A-HJ-NP-Za-km-z]") {
        let address = WalletAddress::from_parts(family, &payload).unwrap();
        for text in bare_spellings(&address) {
            let is_checked = |text: &str| parse(text).is_ok_and(|reading| reading.candidates.iter().any(|found| found.verified == Verified::Checksum));
            // EIP-55 holds some 15 bits: a change is missed now and then.
            if !is_checked(&text) || family == Family::Evm {
                continue;
            }
            let at = at.index(text.len());
            let mut changed = text.clone();
            changed.replace_range(at..=at, &to);
            // The prefix of a CashAddr and the scheme before it may be read as a label.
            let is_same = changed.eq_ignore_ascii_case(&text) && (changed == text || family == Family::Bitcoin);
            if is_same || changed.split_once(':').is_some_and(|(prefix, _)| at <= prefix.len()) {
                continue;
            }
            // SS58 has 16 bits.
            prop_assert!(!is_checked(&changed) || family == Family::Substrate, "{} {}", text, changed);
        }
    }

    #[test]
    fn a_letter_in_the_other_case_is_seen(bytes in any::<[u8; 20]>(), at in any::<prop::sample::Index>()) {
        let text = WalletAddress::from_parts(Family::Evm, &bytes).unwrap().to_string();
        let at = 2 + at.index(40);
        let other = |letter: char| if letter.is_ascii_uppercase() { letter.to_ascii_lowercase() } else { letter.to_ascii_uppercase() };
        let changed: String = text.char_indices().map(|(idx, letter)| if idx == at { other(letter) } else { letter }).collect();
        let verified = |text: &str| parse(text).unwrap().candidates[0].verified;
        let is_mixed = |text: &str| text[2..].contains(char::is_uppercase) && text[2..].contains(char::is_lowercase);
        if changed != text && is_mixed(&text) && is_mixed(&changed) {
            prop_assert_eq!((verified(&text), verified(&changed)), (Verified::Checksum, Verified::WrongCase));
        }
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,200}") {
        let reading = parse(&text);
        prop_assert_eq!(&parse(&text), &reading);
        if let Ok(reading) = reading {
            prop_assert_eq!(reading.candidates.is_empty(), reading.undecided.is_some());
            prop_assert_eq!(reading.candidates.is_empty(), reading.raw.is_some());
        }
    }

    #[test]
    fn letters_of_addresses_are_read_without_a_panic(text in "[0-9a-zA-Z:.?@/_=+ -]{0,130}") {
        for candidate in parse(&text).map(|reading| reading.candidates).unwrap_or_default() {
            let again = parse(&candidate.address.to_string()).unwrap();
            prop_assert!(again.candidates.iter().any(|found| found.address == candidate.address), "{}", text);
            related_keys(&candidate.address);
        }
    }

    #[test]
    fn any_payload_is_an_address_that_is_read_or_none(code in 0_u8..20, payload in prop::collection::vec(any::<u8>(), 0..120)) {
        if let Some(address) = WalletAddress::from_key(&[&[code], &*payload].concat()) {
            let again = parse(&address.to_string()).unwrap();
            prop_assert!(again.candidates.iter().any(|found| found.address == address), "{:?}", address);
        }
    }
}
