//! In which ways is one address written? For tests, and for whoever searches other systems for an address.

use crate::address::{Family, WalletAddress};
use crate::codec::hex;
use crate::family::{bitcoin, cash, evm, monero, ripple, stellar, ton, tron, zcash};

/// A memo that stands for any in the spellings that hold one.
const ANY_MEMO: u8 = 7;

/// Every spelling of the bare address, the canonical one first: other alphabets, prefixes, cases, and forms that add a memo.
///
/// # Example
/// ```
/// use interdict_wallets::{bare_spellings, parse};
/// let reading = parse("1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu").unwrap();
/// let spellings = bare_spellings(&reading.candidates[0].address);
/// assert!(spellings.contains(&"bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a".to_owned()));
/// ```
pub fn bare_spellings(address: &WalletAddress) -> Vec<String> {
    let canonical = address.to_string();
    let payload = address.payload();
    let mut spellings = vec![canonical.clone()];
    match address.family() {
        Family::Bitcoin => {
            spellings.extend(cash_spellings(payload));
            spellings.extend(bitcoin::write_litecoin_script(payload));
            spellings.extend(zcash::write_tex(payload));
        }
        Family::Segwit | Family::ZcashUnified | Family::Bech32Account => {
            spellings.push(canonical.to_ascii_uppercase())
        }
        Family::Evm => {
            let digits = hex::encode(payload);
            let checked = evm::write(payload).unwrap_or_default();
            spellings.extend([
                format!("0x{digits}"),
                digits.clone(),
                format!("0x{}", digits.to_ascii_uppercase()),
            ]);
            spellings.extend([digits.to_ascii_uppercase(), format!("0X{}", digits.to_ascii_uppercase())]);
            spellings.extend(checked.strip_prefix("0x").map(str::to_owned));
        }
        Family::Tron => {
            let digits = hex::encode(&[&[tron::VERSION], payload].concat());
            spellings.extend([format!("0x{digits}"), digits.to_ascii_uppercase(), digits]);
        }
        Family::Monero => spellings.extend(monero::write_integrated(payload, [ANY_MEMO; 8])),
        Family::Ripple => {
            spellings.extend(ripple::write_x(payload, None));
            spellings.extend(ripple::write_x(payload, Some(u32::from(ANY_MEMO))));
        }
        Family::Stellar => spellings.extend(stellar::write_muxed(payload, u64::from(ANY_MEMO))),
        Family::Ton => {
            let other = ton::write_not_bounceable(payload);
            spellings.push(canonical.replace('-', "+").replace('_', "/"));
            spellings.extend(other.into_iter().chain(ton::write_raw(payload)));
        }
        Family::Cardano if canonical.starts_with("addr1") => spellings.push(canonical.to_ascii_uppercase()),
        _ => {}
    }
    spellings
}

/// CashAddr with its prefix, without it, and in upper case.
fn cash_spellings(payload: &[u8]) -> Vec<String> {
    let Some(bare) = cash::write(payload) else { return Vec::new() };
    let full = format!("bitcoincash:{bare}");
    vec![bare.to_ascii_uppercase(), bare, full.to_ascii_uppercase(), full]
}

/// Each bare spelling as it is pasted, labelled and linked: labels of lists, URIs, CAIP-10, blanks, characters that are not seen, full-width
/// letters, letters of other scripts, quotes.
pub fn spellings(address: &WalletAddress) -> Vec<String> {
    let bare = bare_spellings(address);
    let mut spellings = Vec::new();
    for text in &bare {
        spellings.extend(wrapped(text, address.family()));
    }
    bare.into_iter().chain(spellings).collect()
}

fn wrapped(text: &str, family: Family) -> Vec<String> {
    let (symbol, scheme, network) = names(family);
    let middle = text.len() / 2;
    let (start, end) = text.split_at_checked(middle).unwrap_or((text, ""));
    let full_width =
        |char: char| char::from_u32(u32::from(char) + 0xfee0).filter(|_| char.is_ascii_graphic());
    let lookalike = |char: char| match char {
        'a' => 'а',
        'c' => 'с',
        'e' => 'е',
        'x' => 'х',
        'A' => 'Α',
        'T' => 'Т',
        other => other,
    };
    let mut all = vec![
        format!(" {text}\n"),
        format!("\u{feff}{start}\u{200b}{end}\u{2060}"),
        format!("{start} {end}"),
        format!("«{text}»"),
        text.chars().map(|char| full_width(char).unwrap_or(char)).collect(),
        text.chars().map(lookalike).collect(),
    ];
    if !text.contains(':') {
        all.extend([
            format!("{symbol}:{text}"),
            format!("{symbol}: {text}"),
            format!("Digital Currency Address - {symbol} {text}"),
            format!("USDT {text}"),
            format!("{scheme}:{text}"),
            format!("{scheme}:{text}?amount=0.1&label=x"),
            format!("{}:{}", scheme.to_ascii_uppercase(), text),
            format!("{network}:{text}"),
        ]);
    }
    if family == Family::Evm && text.starts_with("0x") {
        all.push(format!("ethereum:pay-{text}@1?value=2.014e18"));
        let token = "0x00000000000000000000000000000000000000aa";
        all.push(format!("ethereum:{token}@137/transfer?address={text}&uint256=1"));
    }
    all
}

/// A symbol, the scheme of a URI, and a CAIP-2 network of a family.
fn names(family: Family) -> (&'static str, &'static str, &'static str) {
    match family {
        Family::Bitcoin | Family::Segwit => ("XBT", "bitcoin", "bip122:000000000019d6689c085ae165831e93"),
        Family::Evm => ("ETH", "ethereum", "eip155:1"),
        Family::Tron => ("TRX", "tron", "tron:0x2b6653dc"),
        Family::Monero => ("XMR", "monero", "monero:0"),
        Family::Ripple => ("XRP", "xrpl", "xrpl:0"),
        Family::Stellar => ("XLM", "stellar", "stellar:pubnet"),
        Family::Solana => ("SOL", "solana", "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp"),
        Family::ZcashShielded | Family::ZcashUnified => {
            ("ZEC", "zcash", "bip122:00040fe8ec8471911baa1db1266ea15d")
        }
        Family::Bech32Account => ("BNB", "bnb", "cosmos:Binance-Chain-Tigris"),
        Family::Ton => ("TON", "ton", "ton:-239"),
        Family::Algorand => ("ALGO", "algorand", "algorand:wGHE2Pwdvd7S12BL5FaOP20EGYesN73k"),
        Family::Cardano => ("ADA", "cardano", "cip34:1-764824073"),
        Family::Substrate => ("DOT", "polkadot", "polkadot:91b171bb158e2d3848fa23a9f1c25182"),
        Family::Tezos => ("XTZ", "tezos", "tezos:NetXdQprcVkpaWU"),
        Family::Filecoin => ("FIL", "filecoin", "fil:f"),
    }
}
