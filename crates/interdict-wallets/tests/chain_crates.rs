//! Do the codecs agree with those that the chains themselves use?

use std::str::FromStr;

use interdict_wallets::{Family, Memo, WalletAddress, bare_spellings, parse};
use proptest::prelude::*;

/// The payload of what is read, and the memo.
fn read(text: &str, family: Family) -> Option<(Vec<u8>, Option<Memo>)> {
    let found = parse(text).ok()?.candidates.into_iter().find(|found| found.address.family() == family)?;
    Some((found.address.payload().to_vec(), found.memo))
}

proptest! {
    #[test]
    fn bitcoin_addresses(hash in any::<[u8; 20]>(), long in any::<[u8; 32]>()) {
        use bitcoin::hashes::Hash;
        use bitcoin::{Address, Network, PubkeyHash, ScriptBuf, ScriptHash, WPubkeyHash, WScriptHash};
        let key = Address::p2pkh(PubkeyHash::from_byte_array(hash), Network::Bitcoin).to_string();
        prop_assert_eq!(read(&key, Family::Bitcoin), Some(([&[0], &hash[..]].concat(), None)));
        let script = Address::p2sh_from_hash(ScriptHash::from_byte_array(hash), Network::Bitcoin).to_string();
        prop_assert_eq!(read(&script, Family::Bitcoin), Some(([&[5], &hash[..]].concat(), None)));
        let program = WPubkeyHash::from_byte_array(hash);
        let witness = Address::from_script(&ScriptBuf::new_p2wpkh(&program), Network::Bitcoin).unwrap().to_string();
        prop_assert_eq!(read(&witness, Family::Segwit), Some(([b"bc\0\0", &hash[..]].concat(), None)));
        let program = WScriptHash::from_byte_array(long);
        let witness = Address::from_script(&ScriptBuf::new_p2wsh(&program), Network::Testnet).unwrap().to_string();
        prop_assert_eq!(read(&witness, Family::Segwit), Some(([b"tb\0\0", &long[..]].concat(), None)));
        let taproot = WalletAddress::from_parts(Family::Segwit, &[b"bc\0\x01", &long[..]].concat()).unwrap().to_string();
        prop_assert!(Address::from_str(&taproot).is_ok());
    }

    #[test]
    fn stellar_addresses(key in any::<[u8; 32]>(), id in any::<u64>()) {
        use stellar_strkey::ed25519::{MuxedAccount, PrivateKey, PublicKey};
        let account = PublicKey(key).to_string();
        let payload = [&[48], &key[..]].concat();
        prop_assert_eq!(read(account.as_str(), Family::Stellar), Some((payload.clone(), None)));
        let muxed = MuxedAccount { ed25519: key, id }.to_string();
        prop_assert_eq!(read(muxed.as_str(), Family::Stellar), Some((payload, Some(Memo::Id(id)))));
        let contract = stellar_strkey::Contract(key).to_string();
        prop_assert_eq!(read(contract.as_str(), Family::Stellar), Some(([&[16], &key[..]].concat(), None)));
        prop_assert!(parse(PrivateKey(key).as_unredacted().to_string().as_str()).is_err());
    }

    #[test]
    fn monero_addresses(spend in any::<[u8; 31]>(), view in any::<[u8; 31]>(), payment in any::<[u8; 8]>()) {
        use monero::{Address, Network, PrivateKey, PublicKey, util::address::PaymentId};
        // Below the order of the group, with a zero as the highest byte.
        let public = |bytes: [u8; 31]| {
            let key = PrivateKey::from_slice(&[&bytes[..], &[0]].concat()).unwrap();
            PublicKey::from_private_key(&key)
        };
        let (spend, view) = (public(spend), public(view));
        let payload = |network: u8| [&[network], spend.as_bytes(), view.as_bytes()].concat();
        let standard = Address::standard(Network::Mainnet, spend, view).to_string();
        prop_assert_eq!(read(&standard, Family::Monero), Some((payload(18), None)));
        let subaddress = Address::subaddress(Network::Mainnet, spend, view).to_string();
        prop_assert_eq!(read(&subaddress, Family::Monero), Some((payload(42), None)));
        let integrated = Address::integrated(Network::Mainnet, spend, view, PaymentId(payment)).to_string();
        prop_assert_eq!(read(&integrated, Family::Monero), Some((payload(18), Some(Memo::PaymentId(payment)))));
        let address = WalletAddress::from_parts(Family::Monero, &payload(18)).unwrap();
        for text in bare_spellings(&address) {
            prop_assert!(Address::from_str(&text).is_ok(), "{}", text);
        }
    }

    #[test]
    fn zcash_addresses(hash in any::<[u8; 20]>(), sapling in prop::collection::vec(any::<u8>(), 43)) {
        use zcash_address::ZcashAddress;
        let transparent = WalletAddress::from_parts(Family::Bitcoin, &[&[0x1c, 0xb8], &hash[..]].concat()).unwrap();
        let shielded = WalletAddress::from_parts(Family::ZcashShielded, &sapling).unwrap();
        let content = [&[0, 0, 20], &hash[..], &[2, 43], &sapling].concat();
        let unified = WalletAddress::from_parts(Family::ZcashUnified, &content).unwrap();
        for text in [&transparent, &shielded, &unified].into_iter().flat_map(bare_spellings) {
            let theirs = ZcashAddress::try_from_encoded(&text.to_ascii_lowercase());
            let theirs = theirs.or_else(|_| ZcashAddress::try_from_encoded(&text));
            prop_assert!(theirs.is_ok(), "{} {:?}", text, theirs);
        }
    }
}

/// The crate takes our writing of three receivers apart as they were put together.
#[test]
fn unified_addresses_hold_the_same_receivers() {
    use zcash_address::unified::{Address, Container, Encoding, Receiver, Uitem};
    let content = [&[0, 0, 20], &[7; 20][..], &[2, 43], &[8; 43], &[3, 43], &[9; 43]].concat();
    let text = WalletAddress::from_parts(Family::ZcashUnified, &content).unwrap().to_string();
    let (_, _, theirs) = Address::decode(&text).unwrap();
    let receivers = [Receiver::P2pkh([7; 20]), Receiver::Sapling([8; 43]), Receiver::Orchard([9; 43])];
    let receivers = receivers.map(Uitem::Data);
    assert_eq!(theirs.items_as_parsed(), receivers);
    assert_eq!(read(&text, Family::ZcashUnified), Some((content, None)));
}
