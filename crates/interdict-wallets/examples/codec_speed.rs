//! How many addresses of each family are read in a second, on one core?
//!
//! `cargo run --release -p interdict-wallets --example codec_speed`
//!
//! Addresses are made of counted bytes, written and then read as whole texts, with everything that [`parse`] does. The processor's time is
//! what counts, so that other programs on the machine disturb less.

#![expect(clippy::print_stdout, reason = "the example answers on standard output")]

use std::error::Error;
use std::time::Instant;

use interdict_wallets::{Family, WalletAddress, bare_spellings, parse};

/// So many addresses of each family, each read several times.
const N_ADDRESSES: u32 = 20_000;
const N_ROUNDS: u32 = 10;

fn main() -> Result<(), Box<dyn Error>> {
    println!("{:<34} {:>12} {:>12}  example", "form", "wall /s", "processor /s");
    for (name, family, start, n_bytes) in FORMS {
        let addresses: Vec<WalletAddress> = (0..N_ADDRESSES)
            .filter_map(|seed| WalletAddress::from_parts(*family, &payload(seed, start, *n_bytes)))
            .collect();
        let canonical: Vec<String> = addresses.iter().map(ToString::to_string).collect();
        measure(name, &canonical)?;
    }
    let evm: Vec<WalletAddress> = (0..N_ADDRESSES)
        .filter_map(|seed| WalletAddress::from_parts(Family::Evm, &payload(seed, &[], 20)))
        .collect();
    measure(
        "EVM, lower case",
        &evm.iter().filter_map(|one| bare_spellings(one).into_iter().nth(1)).collect::<Vec<_>>(),
    )?;
    let cash: Vec<WalletAddress> = (0..N_ADDRESSES)
        .filter_map(|seed| WalletAddress::from_parts(Family::Bitcoin, &payload(seed, &[0], 20)))
        .collect();
    measure(
        "CashAddr, no prefix",
        &cash.iter().filter_map(|one| bare_spellings(one).into_iter().nth(2)).collect::<Vec<_>>(),
    )?;
    measure("URI bitcoin:", &cash.iter().map(|one| format!("bitcoin:{one}?amount=1")).collect::<Vec<_>>())
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

fn measure(name: &str, texts: &[String]) -> Result<(), Box<dyn Error>> {
    let (start, ticks) = (Instant::now(), processor_ticks());
    let mut n_read = 0_u32;
    for _ in 0..N_ROUNDS {
        for text in texts {
            n_read += u32::from(parse(text).is_ok_and(|reading| !reading.candidates.is_empty()));
        }
    }
    let wall = start.elapsed().as_secs_f64();
    let processor = processor_ticks().zip(ticks).map_or(f64::NAN, |(after, before)| (after - before) / 100.0);
    let n_texts = u32::try_from(texts.len())? * N_ROUNDS;
    if n_read != n_texts || n_texts == 0 {
        return Err(format!("{name}: {n_read} of {n_texts} read").into());
    }
    let rate = |seconds: f64| f64::from(n_read) / seconds;
    let example = texts.first().map_or("", String::as_str);
    println!("{name:<34} {:>12.0} {:>12.0}  {:.40}", rate(wall), rate(processor), example);
    Ok(())
}

/// The processor time of this process so far in hundredths of a second, as Linux tells it.
fn processor_ticks() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(") ")?;
    let ticks = fields.split(' ').skip(11).take(2).map(str::parse::<f64>);
    ticks.collect::<Result<Vec<_>, _>>().ok().map(|ticks| ticks.iter().sum())
}
