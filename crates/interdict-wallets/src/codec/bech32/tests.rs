//! The vectors of BIP-173 and BIP-350 for the bare encodings, and agreement with the crate `bech32`.

use bech32::primitives::decode::CheckedHrpstring;
use proptest::prelude::*;

use super::*;

fn decode(text: &[u8]) -> Reading {
    hrp(text).map_or(Reading::NotBech32, |hrp| super::decode(text, hrp))
}

fn variant(text: &[u8]) -> Option<Variant> {
    match decode(text) {
        Reading::Right(read) => Some(read.variant),
        _ => None,
    }
}

#[test]
fn valid_strings_of_bip_173_and_350() {
    let bech32 = [
        "A12UEL5L",
        "a12uel5l",
        "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
        "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
        "11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j",
        "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
        "?1ezyfcl",
    ];
    let bech32m = [
        "A1LQFN3A",
        "a1lqfn3a",
        "an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11sg7hg6",
        "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx",
        "11llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllludsr8",
        "split1checkupstagehandshakeupstreamerranterredcaperredlc445v",
        "?1v759aa",
    ];
    for text in bech32 {
        assert_eq!(variant(text.as_bytes()), Some(Variant::Bech32), "{text}");
    }
    for text in bech32m {
        assert_eq!(variant(text.as_bytes()), Some(Variant::Bech32m), "{text}");
    }
}

#[test]
fn invalid_strings_of_bip_173_and_350() {
    let invalid: [&[u8]; 24] = [
        b"\x201nwldj5",
        b"\x7f1axkwrx",
        b"\x801eym55h",
        b"an84characterslonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1569pvx",
        b"pzry9x0s0muk",
        b"1pzry9x0s0muk",
        b"x1b4n0q5v",
        b"li1dgmt3",
        b"de1lg7wt\xff",
        b"A1G7SGD8",
        b"10a06t8",
        b"1qzzfhee",
        b"\x201xj0phk",
        b"\x7f1g6xzxy",
        b"\x801vctc34",
        b"an84characterslonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11d6pts4",
        b"qyrz8wqd2c9m",
        b"1qyrz8wqd2c9m",
        b"y1b0jsk6g",
        b"lt1igcx5c0",
        b"in1muywd",
        b"mm1crxm3i",
        b"au1s5cgom",
        b"M1VUXWEZ",
    ];
    for text in invalid {
        assert_eq!(variant(text), None, "{}", text.escape_ascii());
    }
    assert_eq!(variant(b"16plkw9"), None);
    assert_eq!(variant(b"1p2gdwpf"), None);
}

proptest! {
    #[test]
    fn agrees_with_the_crate(hrp in "[a-z]{1,10}", groups in prop::collection::vec(0_u8..32, 0..60)) {
        let text = encode(&hrp, &groups, Variant::Bech32);
        prop_assert!(CheckedHrpstring::new::<bech32::Bech32>(&text).is_ok(), "{}", text);
        let text = encode(&hrp, &groups, Variant::Bech32m);
        prop_assert!(CheckedHrpstring::new::<bech32::Bech32m>(&text).is_ok(), "{}", text);
        let Reading::Right(read) = decode(text.to_uppercase().as_bytes()) else { panic!("{text}") };
        prop_assert_eq!((read.hrp, read.groups, read.variant), (hrp, groups, Variant::Bech32m));
    }

    #[test]
    fn one_changed_letter_is_seen(groups in prop::collection::vec(0_u8..32, 1..60), at in any::<prop::sample::Index>(), to in 1_u8..32) {
        let text = encode_cash("bitcoincash", &groups);
        prop_assert_eq!(decode_cash("bitcoincash", text.as_bytes()), Some(groups.clone()));
        let mut changed = groups.clone();
        let at = at.index(changed.len());
        changed[at] ^= to;
        let tail = &text.as_bytes()[groups.len()..];
        let data: Vec<u8> = changed.iter().map(|group| LETTERS[usize::from(*group)]).chain(tail.iter().copied()).collect();
        prop_assert_eq!(decode_cash("bitcoincash", &data), None);
    }
}
