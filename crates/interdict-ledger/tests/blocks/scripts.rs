//! Scripts have the addresses that explorers show.

use interdict_ledger::outputs::names::name::{keys_of, text_of};
use interdict_ledger::outputs::names::network::Network;
use interdict_ledger::outputs::names::script::{Named, key_of_script};

fn named(script: &[u8], network: &str) -> Option<String> {
    let mut key = Vec::new();
    let named = key_of_script(script, &Network::named(network).unwrap(), &mut key);
    (named == Named::Yes).then(|| text_of(&key))
}

#[test]
fn other_networks_have_their_own_addresses() {
    let pay_to_hash = [&[0x76, 0xa9, 0x14], &[7; 20][..], &[0x88, 0xac]].concat();
    let pay_to_script = [&[0xa9, 0x14], &[7; 20][..], &[0x87]].concat();
    let witness = [&[0x00, 0x14], &[7; 20][..]].concat();
    for (network, begins) in [
        ("bitcoin", ["1", "3", "bc1q"]),
        ("litecoin", ["L", "3", "ltc1q"]),
        ("dogecoin", ["D", "", "script:"]),
        ("bitcoin-testnet", ["m", "2", "tb1q"]),
    ] {
        for (script, begins) in [&pay_to_hash, &pay_to_script, &witness].into_iter().zip(begins) {
            let text = named(script, network).unwrap();
            assert!(text.starts_with(begins), "{network}: {text} for {begins}");
            let mut key = Vec::new();
            key_of_script(script, &Network::named(network).unwrap(), &mut key);
            assert!(keys_of(&text).unwrap().contains(&key), "{network}: {text} is found by its text");
        }
    }
}

#[test]
fn scripts_without_an_address_have_a_digest_or_nothing() {
    assert_eq!(named(&[0x6a, 2, 1, 1], "bitcoin"), None);
    let multisig = [&[0x51, 33, 2], &[9; 32][..], &[0x51, 0xae]].concat();
    for script in [&b""[..], &[0xac], &multisig, &[0x00, 0x15, 1], &[0x51, 1, 1]] {
        let text = named(script, "bitcoin").unwrap();
        assert!(text.starts_with("script:") && text.len() == 71, "{text}");
    }
    assert_eq!(named(&[0x51, 2, 0x4e, 0x73], "bitcoin").as_deref(), Some("bc1pfeessrawgf"), "pay to anchor");
}

#[test]
fn networks_that_are_not_read_say_why() {
    let refused = Network::named("zcash").unwrap_err();
    assert!(refused.contains("hidden") && refused.contains("litecoin"), "{refused}");
    assert!(Network::named("moon").unwrap_err().contains("not known"));
}
