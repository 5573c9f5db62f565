//! What is the same, and what is only related?

#![expect(clippy::unwrap_used, reason = "an address that is not read must fail the test")]

use interdict_wallets::{Candidate, Chain, Chains, Family, Relation, WalletAddress, parse};

fn first(text: &str) -> Candidate {
    parse(text).unwrap().candidates[0].clone()
}

fn relation(a: &str, b: &str) -> Relation {
    let relation = first(a).relation(&first(b));
    assert_eq!(relation, first(b).relation(&first(a)));
    relation
}

fn text(family: Family, start: &[u8], hash: &[u8]) -> String {
    WalletAddress::from_parts(family, &[start, hash].concat()).unwrap().to_string()
}

#[test]
fn one_key_on_two_chains_is_related_and_never_the_same() {
    let hash = [7; 20];
    let bitcoin = text(Family::Bitcoin, &[0], &hash);
    let others = [
        text(Family::Bitcoin, &[0x30], &hash),
        text(Family::Bitcoin, &[0x1e], &hash),
        text(Family::Bitcoin, &[0x1c, 0xb8], &hash),
        text(Family::Segwit, b"bc\0\0", &hash),
        text(Family::Segwit, b"ltc\0\0", &hash),
        text(Family::Ripple, &[], &hash),
        text(Family::Bech32Account, b"cosmos\0", &hash),
    ];
    for other in others {
        assert_eq!(relation(&bitcoin, &other), Relation::Related, "{other}");
        assert_ne!(first(&bitcoin).address.to_key(), first(&other).address.to_key());
    }
    let evm = text(Family::Evm, &[], &hash);
    let others = [
        text(Family::Tron, &[], &hash),
        text(Family::Filecoin, &[4, 10], &hash),
        text(Family::Bech32Account, b"inj\0", &hash),
    ];
    for other in others {
        assert_eq!(relation(&evm, &other), Relation::Related, "{other}");
    }
    assert_eq!(relation(&bitcoin, &evm), Relation::None);
    assert_eq!(relation(&bitcoin, &text(Family::Bitcoin, &[5], &hash)), Relation::None);
    assert_eq!(relation(&bitcoin, &text(Family::Bitcoin, &[0], &[8; 20])), Relation::None);
}

#[test]
fn a_public_key_on_two_chains_is_related() {
    let key = [9; 32];
    let stellar = text(Family::Stellar, &[48], &key);
    for other in [
        text(Family::Solana, &[], &key),
        text(Family::Algorand, &[], &key),
        text(Family::Substrate, &[0, 2], &key),
    ] {
        assert_eq!(relation(&stellar, &other), Relation::Related, "{other}");
    }
}

#[test]
fn legacy_and_cash_address_meet_unless_the_chain_is_known_to_differ() {
    let legacy = first("1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu");
    let cash = first("qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a");
    assert_eq!(legacy.relation(&cash), Relation::Same);
    let hinted = legacy.narrowed(Chains::of_label("XBT"));
    assert_eq!(hinted.chains, Chains::of(&[Chain::Bitcoin]));
    assert_eq!(hinted.relation(&cash), Relation::Related);
    // A label that names another chain altogether changes nothing.
    assert_eq!(legacy.narrowed(Chains::of_label("XMR")), legacy);
}

#[test]
fn receivers_and_credentials_are_related_to_what_holds_them() {
    let content = [&[0, 0, 20], &[7; 20][..], &[2, 43], &[8; 43]].concat();
    let unified = text(Family::ZcashUnified, &[], &content);
    assert_eq!(relation(&unified, &text(Family::Bitcoin, &[0x1c, 0xb8], &[7; 20])), Relation::Related);
    assert_eq!(relation(&unified, &text(Family::ZcashShielded, &[], &[8; 43])), Relation::Related);
    let base = text(Family::Cardano, &[1], &[[3; 28], [4; 28]].concat());
    assert_eq!(relation(&base, &text(Family::Cardano, &[0x61], &[3; 28])), Relation::Related);
    assert_eq!(relation(&base, &text(Family::Cardano, &[0xe1], &[4; 28])), Relation::Related);
}
