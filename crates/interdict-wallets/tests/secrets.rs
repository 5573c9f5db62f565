//! Is every kind of secret refused, in every wrapping, and is nothing of it in what is said?

use interdict_wallets::{Refusal, SecretKind, Undecided, parse, raw_key};

/// Published examples and keys of counted bytes; none of them is anybody's.
const SECRETS: &[(&str, SecretKind)] = &[
    // Bitcoin wiki, Wallet import format.
    ("5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ", SecretKind::Wif),
    ("KwdMAjGmerYanjeui5SHS7JkmpZvVipYvB2LJGU1ZxJwYvP98617", SecretKind::Wif),
    // The same, mistyped: nearly the key.
    ("5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTK", SecretKind::Wif),
    // Bitcoin wiki, Mini private key format.
    ("S6c56bnXQiBjk9mqSYE7ykVQ7NzrRy", SecretKind::MiniKey),
    // BIP-38.
    ("6PRVWUbkzzsbcVac2qwfssoUJAN1Xhrg6bNk8J7Nzm5H7kxEbn2Nh2ZoGg", SecretKind::EncryptedKey),
    // BIP-32, test vector 1; BIP-49 and BIP-84.
    (
        "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi",
        SecretKind::ExtendedKey,
    ),
    (
        "zprvAWgYBBk7JR8Gjrh4UJQ2uJdG1r3WNRRfURiABBE3RvMXYSrRJL62XuezvGdPvG6GFBZduosCc1YP5wixPox7zhZLfiUm8aunE96BBa4Kei5",
        SecretKind::ExtendedKey,
    ),
    // BIP-39 and SLIP-39, and words in other scripts.
    (
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
        SecretKind::SeedPhrase,
    ),
    (
        "1. legal 2. winner 3. thank 4. year 5. wave 6. sausage 7. worth 8. useful 9. legal 10. winner 11. thank 12. yellow",
        SecretKind::SeedPhrase,
    ),
    ("的 的 的 的 的 的 的 的 的 的 的 在", SecretKind::SeedPhrase),
    (
        "seed: letter,advice,cage,absurd,amount,doctor,acoustic,avoid,letter,advice,cage,above",
        SecretKind::SeedPhrase,
    ),
    // Ripple, Stellar (SEP-23), and a private key of Cardano in bech32.
    ("snoPBrXtMeMyMHUVTgbuqAfg1SUTb", SecretKind::AccountSeed),
    ("SBU2RRGLXH3E5CQHTD3ODLDF2BWDCYUSSBLLZ5GNW7JXHDIYKXZWHOKR", SecretKind::AccountSeed),
    ("edsk3gUfUPyBSfrS9CCgmCiQsTCHGkviBDusMxDJstFtojtc1zcpsh", SecretKind::AccountSeed),
    ("root_xsk1vpl5gchv0vk0cjd7mhl7cqmkzh2u7l8kcwqarqjl3ghk6ux0gwqqqqqqq", SecretKind::Bech32Key),
    ("secret-extended-key-main1qqqqqqqqqqqqqqqqqqqqqqqqqq", SecretKind::Bech32Key),
    // Digits that call themselves a key.
    ("private key: 4646464646464646464646464646464646464646464646464646464646464646", SecretKind::Labelled),
    ("PRIVKEY=0x4646464646464646464646464646464646464646464646464646464646464646", SecretKind::Labelled),
    ("seed TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", SecretKind::Labelled),
];

/// Pieces of a text that would give it away: each row of eight characters behind its label.
fn gives_away(said: &str, secret: &str) -> bool {
    let secret = secret.trim_start_matches("private key: ");
    let letters: Vec<char> = secret.chars().collect();
    letters.windows(8).any(|piece| said.contains(&piece.iter().collect::<String>()))
}

#[test]
fn secrets_are_refused_and_not_repeated() {
    for (secret, kind) in SECRETS {
        let wrapped = [
            (*secret).to_owned(),
            format!(" \u{200b}{secret}\n"),
            format!("\"{secret}\""),
            format!("BTC:{secret}"),
            format!("bitcoin:{secret}?amount=1"),
        ];
        for text in wrapped {
            for refusal in [parse(&text).err(), raw_key(&text).err()] {
                let said =
                    format!("{refusal:?} {}", refusal.map(|refusal| refusal.to_string()).unwrap_or_default());
                assert_eq!(refusal, Some(Refusal::Secret(*kind)), "{kind:?}");
                assert!(!gives_away(&said, secret), "{kind:?}");
            }
        }
    }
}

#[test]
fn a_secret_within_a_text_is_seen() {
    let key = "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ";
    let (start, end) = key.split_at(20);
    for text in
        [format!("my wallet is {key}, thank you"), format!("{start} {end}"), format!("{start}\u{ad}{end}")]
    {
        assert_eq!(parse(&text), Err(Refusal::Secret(SecretKind::Wif)));
    }
}

/// A key pair as wallets of Solana export it: 64 bytes in base58.
#[test]
fn key_pairs_are_refused() {
    let bytes: Vec<u8> = (1..=64).collect();
    assert_eq!(parse(&bs58::encode(bytes).into_string()), Err(Refusal::Secret(SecretKind::KeyPair)));
}

#[test]
fn what_may_be_a_secret_is_not_in_the_answer() {
    let digits = "0c28fca386c7a227600b2fe50b7cae11ec86d3bf1fbe471be89827e19d72aa1d";
    for text in [digits.to_owned(), format!("0x{digits}"), format!("XMR:{digits}"), digits.to_uppercase()] {
        let reading = parse(&text).unwrap();
        assert_eq!(reading.undecided, Some(Undecided::SixtyFourHexDigits));
        assert!(!gives_away(&format!("{reading:?}").to_lowercase(), digits));
    }
    // The texts that stay undecided are not in the answer either.
    let unknown = "qwertzuiopasdfghjklyxcvbnm";
    assert!(!gives_away(&format!("{:?}", parse(unknown)), unknown));
}

#[test]
fn addresses_are_no_secrets() {
    let texts = [
        "secret wallet: 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        "please send the payment to my new wallet at the following address 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa today",
        "secret1q7hfz0qkm8zejzsdjvhlwnyfcl6ekjhqg5h7s8",
        "rEb8TK3gBgk5auZkwc6sHnwrGVJH8DuaLh (Address tag 102334770)*",
    ];
    for text in texts {
        assert!(parse(text).is_ok(), "{text}");
    }
    let public = "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8";
    assert_eq!(parse(public).unwrap().undecided, Some(Undecided::ExtendedPublicKey));
}

#[test]
fn bounds_are_named() {
    assert_eq!(parse(""), Err(Refusal::Empty));
    assert_eq!(parse(" \u{200b} "), Err(Refusal::Empty));
    assert_eq!(parse(&"1".repeat(2_048)).map(|reading| reading.candidates.len()), Ok(0));
    let refusal = parse(&"1".repeat(2_049)).unwrap_err();
    assert_eq!(refusal.to_string(), "the text is longer than 2048 bytes (WALLET_TEXT_BYTES_MAX)");
}
