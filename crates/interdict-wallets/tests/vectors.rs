//! The vectors that standards publish, and one known address of each family with what its chain says of it.

use interdict_wallets::{Candidate, Chain, Chains, Family, Memo, Undecided, Verified, bare_spellings, parse};

fn only(text: &str) -> Candidate {
    let candidates = parse(text).map(|reading| reading.candidates).unwrap_or_default();
    assert_eq!(candidates.len(), 1, "{text}: {candidates:?}");
    candidates[0].clone()
}

fn payload(text: &str) -> String {
    only(text).address.payload().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// BIP-173 and BIP-350: address, and the script that it stands for.
#[test]
fn valid_segregated_witness_addresses() {
    let vectors = [
        ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "0014751e76e8199196d454941c45d1b3a323f1433bd6"),
        (
            "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
            "00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262",
        ),
        (
            "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
            "5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6",
        ),
        ("BC1SW50QGDZ25J", "6002751e"),
        ("bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", "5210751e76e8199196d454941c45d1b3a323"),
        (
            "tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy",
            "0020000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433",
        ),
        (
            "tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c",
            "5120000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433",
        ),
        (
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
            "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
        ),
    ];
    for (text, script) in vectors {
        let candidate = only(text);
        let start = candidate.address.payload().iter().position(|byte| *byte == 0).unwrap() + 1;
        let (version, program) = candidate.address.payload()[start..].split_first().unwrap();
        let opcode = if *version == 0 { 0 } else { 0x50 + version };
        let length = u8::try_from(program.len()).unwrap();
        let own: String =
            [&[opcode, length], program].concat().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((candidate.verified, own.as_str()), (Verified::Checksum, script), "{text}");
    }
}

#[test]
fn invalid_segregated_witness_addresses() {
    let vectors = [
        // BIP-173
        "tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
        "BC13W508D6QEJXTDG4Y5R3ZARVARY0C5XW7KN40WF2",
        "bc1rw5uspcuh",
        "bc10w508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kw5rljs90",
        "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
        "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sL5k7",
        "bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du",
        "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3pjxtptv",
        "bc1gmk9yu",
        // Of version 1 and above in bech32, which BIP-350 made invalid.
        "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7k7grplx",
        "BC1SW50QA3JX3S",
        "bc1zw508d6qejxtdg4y5r3zarvaryvg6kdaj",
        // BIP-350
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
        "tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf",
        "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
        "tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47",
        "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
        "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
        "bc1pw5dgrnzv",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",
        "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf",
        "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j",
    ];
    for text in vectors {
        let reading = parse(text).unwrap();
        // `tc` is no chain of BIP-173, and its checksum is right: a chain that is not known.
        let known: Vec<_> = reading.candidates.iter().filter(|found| !found.chains.is_empty()).collect();
        assert!(known.is_empty(), "{text}: {known:?}");
    }
}

/// EIP-55, and ERC-55 where an address is written otherwise.
#[test]
fn the_case_of_ethereum_addresses() {
    let checked = [
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
        "0xde709f2102306220921060314715629080e2fb77",
        "0x27b1fdb04752bbc536007a920d24acb045561c26",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    ];
    for text in checked {
        assert_eq!(only(text).address.to_string(), text);
        for spelling in bare_spellings(&only(text).address) {
            assert_eq!(only(&spelling).address, only(text).address, "{spelling}");
        }
    }
    let mixed = only("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    assert_eq!((mixed.verified, mixed.chains), (Verified::Checksum, Chains::EVM));
    assert_eq!(only("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed").verified, Verified::FormOnly);
    let wrong = only("0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    assert_eq!((wrong.verified, wrong.address), (Verified::WrongCase, mixed.address));
}

/// The table of the CashAddr specification (bitcoincashorg/spec/cashaddr.md).
#[test]
fn cash_addresses_are_spellings_of_legacy_ones() {
    let vectors = [
        ("1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu", "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"),
        ("1KXrWXciRDZUpQwQmuM1DbwsKDLYAYsVLR", "bitcoincash:qr95sy3j9xwd2ap32xkykttr4cvcu7as4y0qverfuy"),
        ("16w1D5WRVKJuZUsSRzdLp9w3YGcgoxDXb", "bitcoincash:qqq3728yw0y47sqn6l2na30mcw6zm78dzqre909m2r"),
        ("3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC", "bitcoincash:ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq"),
        ("3LDsS579y7sruadqu11beEJoTjdFiFCdX4", "bitcoincash:pr95sy3j9xwd2ap32xkykttr4cvcu7as4yc93ky28e"),
        ("31nwvkZwyPdgzjBJZXfDmSWsC4ZLKpYyUw", "bitcoincash:pqq3728yw0y47sqn6l2na30mcw6zm78dzq5ucqzc37"),
    ];
    for (legacy, cash) in vectors {
        let bare = cash.strip_prefix("bitcoincash:").unwrap();
        for spelling in
            [cash, bare, &cash.to_uppercase(), &bare.to_uppercase(), &format!("bitcoincash:{legacy}")]
        {
            assert_eq!(only(spelling).address, only(legacy).address, "{spelling}");
        }
        assert_eq!(only(cash).chains, Chains::of(&[Chain::BitcoinCash]));
        assert!(only(legacy).chains.has(Chain::Bitcoin) && only(legacy).chains.has(Chain::BitcoinCash));
    }
}

/// One address of each family: from its specification, or well known.
#[test]
fn known_addresses() {
    let known = [
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Family::Bitcoin, Chain::Bitcoin),
        ("DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L", Family::Bitcoin, Chain::Verge),
        ("LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1", Family::Bitcoin, Chain::Litecoin),
        ("t1PKtYdJJHhc3Pxowmznkg7vdTwnhEsCvR4", Family::Bitcoin, Chain::Zcash),
        ("tex1s2rt77ggv6q989lr49rkgzmh5slsksa9khdgte", Family::Bitcoin, Chain::Zcash),
        ("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", Family::Segwit, Chain::Bitcoin),
        ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", Family::Tron, Chain::Tron),
        (
            "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
            Family::Monero,
            Chain::Monero,
        ),
        ("rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", Family::Ripple, Chain::Ripple),
        ("GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ", Family::Stellar, Chain::Stellar),
        ("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", Family::Solana, Chain::Solana),
        ("bnb1grpf0955h0ykzq3ar5nmum7y6gdfl6lxfn46h2", Family::Bech32Account, Chain::BnbBeacon),
        ("cosmos1fl48vsnmsdzcv85q5d2q4z5ajdha8yu34mf0eh", Family::Bech32Account, Chain::Cosmos),
        ("EQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqB2N", Family::Ton, Chain::Ton),
        ("7ZUECA7HFLZTXENRV24SHLU4AVPUTMTTDUFUBNBD64C73F3UHRTHAIOF6Q", Family::Algorand, Chain::Algorand),
        (
            "addr1qx2fxv2umyhttkxyxp8x0dlpdt3k6cwng5pxj3jhsydzer3n0d3vllmyqwsx5wktcd8cc3sq835lu7drv2xwl2wywfgse35a3x",
            Family::Cardano,
            Chain::Cardano,
        ),
        (
            "37btjrVyb4KDXBNC4haBVPCrro8AQPHwvCMp3RFhhSVWwfFmZ6wwzSK6JK1hY6wHNmtrpTf1kdbva8TCneM2YsiXT7mrzT21EacHnPpz5YyUdj64na",
            Family::Cardano,
            Chain::Cardano,
        ),
        ("15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5", Family::Substrate, Chain::Polkadot),
        ("tz1VSUr8wwNhLAzempoch5d6hLRiTh8Cjcjb", Family::Tezos, Chain::Tezos),
        ("KT1PWx2mnDueood7fEmfbBDKx1D9BAnnXitn", Family::Tezos, Chain::Tezos),
        ("f1abjxfbp274xpdqcpuaykwkfb43omjotacm2p3za", Family::Filecoin, Chain::Filecoin),
        ("f410fkkld55ioe7qg24wvt7fu6pbknb56ht7pt4zamxa", Family::Filecoin, Chain::Filecoin),
    ];
    for (text, family, chain) in known {
        let reading = parse(text).unwrap();
        let candidate = reading.candidates.first().unwrap_or_else(|| panic!("{text}: {reading:?}"));
        assert_eq!(candidate.address.family(), family, "{text}");
        assert!(candidate.chains.has(chain), "{text}: {:?}", candidate.chains);
        let is_spelled = bare_spellings(&candidate.address).iter().any(|spelling| spelling == text);
        assert!(is_spelled, "{text}: {}", candidate.address);
    }
}

#[test]
fn a_memo_is_no_part_of_an_address() {
    // The examples of XLS-5d.
    let classic = only("r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59").address;
    let tagged = only("X7AcgcsBL6XDcUb289X4mJ8djcdyKaGZMhc9YTE92ehJ2Fu");
    assert_eq!((tagged.address, tagged.memo), (classic.clone(), Some(Memo::Tag(1))));
    let untagged = only("X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ");
    assert_eq!((untagged.address, untagged.memo), (classic, None));
    // SEP-23.
    let account = only("GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ").address;
    let muxed = only("MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ");
    assert_eq!((muxed.address, muxed.memo), (account, Some(Memo::Id(0))));
}

#[test]
fn traps_of_real_lists() {
    // Under the label XBT of a list, and a TRON address.
    assert_eq!(
        only("Digital Currency Address - XBT TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq").address.family(),
        Family::Tron
    );
    // It begins as bech32 would.
    let litecoin = only("LTc1PGgnhgC7dYEkw9EKsmjcqSsf5GZmBs");
    assert_eq!(
        (litecoin.address.family(), litecoin.chains),
        (Family::Bitcoin, Chains::of(&[Chain::Litecoin]))
    );
    // 64 digits can be anything, also a private key.
    let digits = "5be5".repeat(16);
    let reading = parse(&digits).unwrap();
    assert_eq!(reading.undecided, Some(Undecided::SixtyFourHexDigits));
    assert!(reading.raw.is_some() && reading.candidates.is_empty());
    assert_eq!(reading.raw, parse(&format!("XMR: {}", digits.to_uppercase())).unwrap().raw);
    // A list whose maker lost the case.
    assert_eq!(parse("tucstq7toftcjrrohk6rvhmos2mjlm5yzq").unwrap().undecided, Some(Undecided::CaseLost));
    // Shared version bytes.
    let shared = only("3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG");
    assert!(
        [Chain::Bitcoin, Chain::BitcoinCash, Chain::Litecoin]
            .into_iter()
            .all(|chain| shared.chains.has(chain))
    );
}

#[test]
fn litecoin_has_two_versions_of_scripts() {
    let old = only("31nwvkZwyPdgzjBJZXfDmSWsC4ZLKpYyUw");
    assert!(old.chains.has(Chain::Litecoin));
    let spellings = bare_spellings(&old.address);
    let own = spellings.iter().find(|text| text.starts_with('M')).unwrap();
    let found = parse(own).unwrap();
    assert!(
        found
            .candidates
            .iter()
            .any(|found| found.address == old.address && found.chains == Chains::of(&[Chain::Litecoin]))
    );
}

#[test]
fn payloads_are_those_of_other_tools() {
    assert_eq!(payload("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"), "a614f803b6fd780986a42c78ec9c7f77e6ded13c");
    assert_eq!(
        payload("41a614f803b6fd780986a42c78ec9c7f77e6ded13c"),
        "a614f803b6fd780986a42c78ec9c7f77e6ded13c"
    );
    assert_eq!(payload("rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh"), "b5f762798a53d543a014caf8b297cff8f2f937e8");
    assert_eq!(
        payload("0:83dfd552e63729b472fcbcc8c45ebcc6691702558b68ec7527e1ba403a0f31a8"),
        payload("EQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqB2N")
    );
}
