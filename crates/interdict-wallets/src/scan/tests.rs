//! Texts as people and programs write them.

use super::*;
use crate::claim::{Claim, Class, Listed, Standing};

const BITCOIN: &str = "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu";
const EVM: &str = "0x00000000000000000000000000000000000000aa";
const TON: &str = "EQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqB2N";

fn index() -> AddressIndex {
    let mut index = AddressIndex::new();
    let claim = Claim {
        class: Class::Sanctioned,
        origin: 0,
        records: Vec::new(),
        labels: Vec::new(),
        parties: Vec::new(),
        tag: None,
        listed: Listed::default(),
        standing: Standing::InForce,
        because: None,
    };
    for address in [BITCOIN, EVM] {
        index.add(address, claim.clone()).unwrap();
    }
    index
}

/// Where what is found, and what the bytes there are.
fn found(bytes: &[u8]) -> Vec<String> {
    let index = index();
    let mut told = Vec::new();
    for piece in Scanner::new(bytes) {
        let piece = piece.unwrap();
        match look(&index, &piece) {
            None => {}
            Some(Seen::Secret(kind)) => told.push(format!("{} secret {kind:?}", piece.line)),
            Some(Seen::Address(seen)) => {
                let (start, end) = (usize::try_from(seen.start).unwrap(), usize::try_from(seen.end).unwrap());
                let text = String::from_utf8_lossy(&bytes[start..end]).into_owned();
                told.push(format!(
                    "{} {} {text}",
                    piece.line,
                    if seen.matches.is_empty() { "address" } else { "hit" }
                ));
            }
        }
    }
    told
}

#[test]
fn addresses_are_found_wherever_they_stand() {
    for text in [
        format!("pay to {BITCOIN}."),
        format!("<b>{BITCOIN}</b>"),
        format!("[{BITCOIN}](https://example.org/address/{BITCOIN}?x=1)"),
        format!("{{\"to\":\"{BITCOIN}\",\"n\":1}}"),
        format!("a;{BITCOIN};b"),
        format!("bitcoin:{BITCOIN}?amount=1"),
        format!("bitcoin%3A{BITCOIN}%3Famount"),
        format!("\"x\\n{BITCOIN}\""),
        format!("wallet_{BITCOIN}-old"),
        format!("地址{BITCOIN}请"),
        format!("адрес {BITCOIN},"),
        format!("адрес{BITCOIN}"),
        format!("__{BITCOIN}__"),
    ] {
        let told = found(text.as_bytes());
        assert!(!told.is_empty(), "{text}");
        assert!(told.iter().all(|one| one == &format!("1 hit {BITCOIN}")), "{text}: {told:?}");
    }
}

#[test]
fn broken_and_disguised_addresses_are_found() {
    for text in [
        format!("{}\u{200b}{}", &BITCOIN[..9], &BITCOIN[9..]),
        format!("\u{feff}{}\u{2060}\u{ad}{}", &BITCOIN[..20], &BITCOIN[20..]),
        BITCOIN.replace('a', "а"),
        BITCOIN.chars().map(|char| char::from_u32(u32::from(char) + 0xfee0).unwrap()).collect(),
        BITCOIN.to_lowercase(),
        "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a".to_owned(),
        EVM.to_uppercase(),
        format!("0x000000000000000000000000{}", &EVM[2..]),
        format!("0xa9059cbb000000000000000000000000{}{}2710", &EVM[2..], "0".repeat(60)),
        format!("0x{}000000000000000000000000{}", "0".repeat(64), &EVM[2..]),
    ] {
        assert_eq!(found(text.as_bytes()).len(), 1, "{text}");
    }
    assert!(found(&EVM.as_bytes()[2..])[0].starts_with("1 hit"));
}

#[test]
fn lines_and_offsets_are_those_of_the_file_in_utf_16_too() {
    let text = format!("one\ntwo é\n  {BITCOIN} x\n{TON}");
    let told = found(text.as_bytes());
    assert_eq!(told, [format!("3 hit {BITCOIN}"), format!("4 address {TON}")]);
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let told = found(&bytes);
    assert_eq!(told.len(), 2);
    assert!(told[0].starts_with("3 hit 1\0B\0"), "{told:?}");
}

#[test]
fn other_texts_are_none() {
    for text in [
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "pneumonoultramicroscopicsilicovolcanoconiosis",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "123e4567-e89b-12d3-a456-426614174000",
        "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggv",
    ] {
        assert_eq!(found(text.as_bytes()), Vec::<String>::new(), "{text}");
    }
    let blob = "A1b2".repeat(1 << 20);
    assert_eq!(found(blob.as_bytes()), Vec::<String>::new());
    assert_eq!(found(&[0xff; 100]), Vec::<String>::new());
}

#[test]
fn a_private_key_is_told_by_its_place() {
    let text = "x\nkey: 5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ\n";
    assert_eq!(found(text.as_bytes()), ["2 secret Wif"]);
}

#[test]
fn hexadecimal_digits_that_are_called_a_private_key_are_told_by_their_place() {
    let digits = "0c28fca386c7a227600b2fe50b7cae11ec86d3bf1fbe471be89827e19d72aa1d";
    for text in [
        format!("{{\"privateKey\":\"0x{digits}\"}}"),
        format!("{{\"address\": \"{EVM}\", \"private_key\": \"{digits}\"}}"),
        format!("private_key={digits}"),
        format!("export DEPLOYER_PRIVATE_KEY=0x{digits}"),
        format!("The private key: 0x{digits}."),
        format!("my private key is {digits}"),
        format!("Private key:\n0x{digits}\n"),
        format!("<privateKey>{}</privateKey>", digits.to_uppercase()),
    ] {
        let told = found(text.as_bytes());
        assert_eq!(told.iter().filter(|one| one.ends_with("secret Labelled")).count(), 1, "{text}: {told:?}");
        assert!(!told.iter().any(|one| one.contains("0c28")), "{told:?}");
    }
    for text in [
        format!("transaction 0x{digits}"),
        format!("{{\"secret\":\"abc\",\"hash\":\"{digits}\"}}"),
        format!("no secret here\n{digits}"),
        format!("the private sale of these tokens is to be seen in transaction {digits}"),
    ] {
        assert_eq!(found(text.as_bytes()), Vec::<String>::new(), "{text}");
    }
}
