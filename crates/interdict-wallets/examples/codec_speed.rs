//! How many addresses of each family are read in a second, and how many are read and looked up, on one core?
//!
//! `cargo run --release -p interdict-wallets --example codec_speed`
//!
//! Addresses are made of counted bytes, written and then read as whole texts, with everything that [`parse`] does. The processor's time is
//! what counts, so that other programs on the machine disturb less. The index holds 55,000 addresses of all families, and one in a hundred of those
//! that are looked up.

#![expect(clippy::print_stdout, reason = "the example answers on standard output")]

use std::error::Error;
use std::time::Instant;

use interdict_wallets::{
    AddressIndex, Claim, Class, Family, Listed, Standing, WalletAddress, bare_spellings, parse,
};

/// So many addresses of each family, each read several times.
const N_ADDRESSES: u32 = 20_000;
const N_ROUNDS: u32 = 10;
/// So many other addresses of each family are in the index.
const N_INDEXED: u32 = 3_000;

fn main() -> Result<(), Box<dyn Error>> {
    let index = index()?;
    println!("{:<34} {:>12} {:>12}  example", "form", "read /s", "looked up /s");
    for (name, family, start, n_bytes) in FORMS {
        let addresses: Vec<WalletAddress> = (0..N_ADDRESSES)
            .filter_map(|seed| WalletAddress::from_parts(*family, &payload(seed, start, *n_bytes)))
            .collect();
        let canonical: Vec<String> = addresses.iter().map(ToString::to_string).collect();
        measure(&index, name, &canonical)?;
    }
    let evm: Vec<WalletAddress> = (0..N_ADDRESSES)
        .filter_map(|seed| WalletAddress::from_parts(Family::Evm, &payload(seed, &[], 20)))
        .collect();
    measure(
        &index,
        "EVM, lower case",
        &evm.iter().filter_map(|one| bare_spellings(one).into_iter().nth(1)).collect::<Vec<_>>(),
    )?;
    let cash: Vec<WalletAddress> = (0..N_ADDRESSES)
        .filter_map(|seed| WalletAddress::from_parts(Family::Bitcoin, &payload(seed, &[0], 20)))
        .collect();
    measure(
        &index,
        "CashAddr, no prefix",
        &cash.iter().filter_map(|one| bare_spellings(one).into_iter().nth(2)).collect::<Vec<_>>(),
    )?;
    measure(
        &index,
        "URI bitcoin:",
        &cash.iter().map(|one| format!("bitcoin:{one}?amount=1")).collect::<Vec<_>>(),
    )
}

/// Name, family, first bytes of the payload, and how many follow.
const FORMS: &[(&str, Family, &[u8], usize)] = &[
    ("Bitcoin, base58", Family::Bitcoin, &[0], 20),
    ("Zcash, transparent", Family::Bitcoin, &[0x1c, 0xb8], 20),
    ("Segregated witness, 20 bytes", Family::Segwit, b"bc\0\0", 20),
    ("Taproot", Family::Segwit, b"bc\0\x01", 32),
    ("EVM, EIP-55", Family::Evm, &[], 20),
    ("TRON", Family::Tron, &[], 20),
    ("Monero", Family::Monero, &[18], 64),
    ("XRP ledger", Family::Ripple, &[], 20),
    ("Stellar", Family::Stellar, &[48], 32),
    ("Solana", Family::Solana, &[], 32),
    ("Zcash, Sapling", Family::ZcashShielded, &[], 43),
    ("Zcash, unified with one receiver", Family::ZcashUnified, &[0, 3, 43], 43),
    ("BNB Beacon Chain", Family::Bech32Account, b"bnb\0", 20),
    ("TON", Family::Ton, &[0], 32),
    ("Algorand", Family::Algorand, &[], 32),
    ("Cardano", Family::Cardano, &[1], 56),
    ("Polkadot", Family::Substrate, &[0, 0], 32),
    ("Tezos", Family::Tezos, &[6, 161, 159], 20),
    ("Filecoin", Family::Filecoin, &[1], 20),
];

/// Bytes that look random and are the same on each run.
fn payload(seed: u32, start: &[u8], n_bytes: usize) -> Vec<u8> {
    let mut state = u64::from(seed) + 1;
    let random = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let [.., byte] = state.to_le_bytes();
        byte
    });
    start.iter().copied().chain(random.take(n_bytes)).collect()
}

/// An index of addresses of every form.
fn index() -> Result<AddressIndex, Box<dyn Error>> {
    let mut index = AddressIndex::new();
    for (_, family, start, n_bytes) in FORMS {
        let others = (1_000_000..1_000_000 + N_INDEXED).chain((0..N_ADDRESSES).step_by(100));
        let addresses =
            others.filter_map(|seed| WalletAddress::from_parts(*family, &payload(seed, start, *n_bytes)));
        for address in addresses {
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
            index.add(&address.to_string(), claim)?;
        }
    }
    Ok(index)
}

fn measure(index: &AddressIndex, name: &str, texts: &[String]) -> Result<(), Box<dyn Error>> {
    let (read, n_read) = rate(texts, |text| parse(text).is_ok_and(|reading| !reading.candidates.is_empty()))?;
    let (looked_up, n_hits) =
        rate(texts, |text| parse(text).is_ok_and(|reading| !index.look_up(text, &reading).is_empty()))?;
    let n_texts = u32::try_from(texts.len())? * N_ROUNDS;
    if n_read != n_texts || n_texts == 0 || n_hits * 100 < n_texts {
        return Err(format!("{name}: {n_read} of {n_texts} read, {n_hits} hits").into());
    }
    let example = texts.first().map_or("", String::as_str);
    println!("{name:<34} {read:>12.0} {looked_up:>12.0}  {example:.40}");
    Ok(())
}

/// How many texts are asked about in a second of the processor, and how many of them say yes.
fn rate(texts: &[String], ask: impl Fn(&str) -> bool) -> Result<(f64, u32), Box<dyn Error>> {
    let (start, ticks) = (Instant::now(), processor_ticks());
    let mut n_yes = 0_u32;
    for _ in 0..N_ROUNDS {
        for text in texts {
            n_yes += u32::from(ask(text));
        }
    }
    let wall = start.elapsed().as_secs_f64();
    let processor = processor_ticks().zip(ticks).map_or(wall, |(after, before)| (after - before) / 100.0);
    let n_texts = u32::try_from(texts.len())? * N_ROUNDS;
    Ok((f64::from(n_texts) / processor, n_yes))
}

/// The processor time of this process so far in hundredths of a second, as Linux tells it.
fn processor_ticks() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(") ")?;
    let ticks = fields.split(' ').skip(11).take(2).map(str::parse::<f64>);
    ticks.collect::<Result<Vec<_>, _>>().ok().map(|ticks| ticks.iter().sum())
}
