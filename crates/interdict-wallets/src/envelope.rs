//! What is around an address: a label, the scheme of a URI, CAIP-10, parameters? It is taken off, and what it says about the chain
//! is a hint.

use crate::chain::{Chain, Chains};
use crate::family::cash;
use crate::reading::Hint;

/// Most labels before one address: `Digital Currency Address - XBT bitcoin:…` has three.
const LAYERS_MAX: usize = 4;
/// Longest label, and longest reference of CAIP-2, in characters.
const LABEL_CHARS_MAX: usize = 16;
/// Longest unknown symbol before an address without a colon.
const SYMBOL_CHARS_MAX: usize = 6;
const REFERENCE_CHARS_MAX: usize = 48;

/// An address and what was around it.
#[derive(Debug, Default)]
pub(crate) struct Envelope<'a> {
    /// What is left: the address.
    pub(crate) core: &'a str,
    pub(crate) hint: Option<Hint>,
    /// The contract of an `ethereum:` URI that pays a token to `core` (ERC-681).
    pub(crate) contract: Option<&'a str>,
}

/// Takes off what is around an address.
pub(crate) fn open(text: &str) -> Envelope<'_> {
    let mut envelope = Envelope { core: text, ..Envelope::default() };
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return envelope;
    }
    for _ in 0..LAYERS_MAX {
        let Some((hint, rest)) = layer(envelope.core) else { break };
        envelope.core = rest;
        envelope.hint = hint.or(envelope.hint);
    }
    take_parameters(&mut envelope);
    envelope.core = without_mark_of_bytes(envelope.core);
    envelope
}

/// `\x098b…`, as databases write bytes: the digits of an address or a digest alone.
fn without_mark_of_bytes(text: &str) -> &str {
    let digits = text.strip_prefix("\\x").or_else(|| text.strip_prefix("\\\\x"));
    let is_known = |digits: &&str| {
        matches!(digits.len(), 40 | 42 | 64) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    digits.filter(is_known).unwrap_or(text)
}

/// One layer: what it says, and what is behind it.
fn layer(text: &str) -> Option<(Option<Hint>, &str)> {
    const OFAC: &str = "Digital Currency Address";
    if text.get(..OFAC.len()).is_some_and(|start| start.eq_ignore_ascii_case(OFAC)) {
        return Some((None, text.get(OFAC.len()..)?.trim_start_matches([' ', '-', ':'])));
    }
    scheme(text).or_else(|| word(text))
}

/// `bitcoin:…`, `eip155:1:…`, `XBT: …`.
fn scheme(text: &str) -> Option<(Option<Hint>, &str)> {
    let (label, rest) = text.split_once(':')?;
    let label = label.trim_end_matches([' ', '-']);
    let rest = rest.trim_start_matches(['/', ' ']);
    if !is_label(label) || rest.is_empty() || is_cash(label, rest) {
        return None;
    }
    if let Some((reference, address)) = rest.split_once(':').filter(|_| is_namespace(label))
        && (1..=REFERENCE_CHARS_MAX).contains(&reference.len())
    {
        let hint = Hint { text: format!("{label}:{reference}"), chains: network(label, reference) };
        return Some((Some(hint), address));
    }
    Some((Some(labelled(label)), rest))
}

fn is_cash(prefix: &str, rest: &str) -> bool {
    let data = rest.split('?').next().unwrap_or_default();
    cash::is_prefix(prefix) && matches!(data.bytes().filter(|byte| *byte != b' ').count(), 42 | 61)
}

/// `XBT 1…`, `BTC - 1…`, where what follows is in one piece.
fn word(text: &str) -> Option<(Option<Hint>, &str)> {
    let (label, rest) = text.split_once(' ')?;
    let label = label.trim_matches(['-', '(', ')', '[', ']', ',']);
    let rest = rest.trim_start_matches([' ', '-', '=']);
    // A longer unknown word may be the first half of an address with a blank in it.
    let is_whole = !rest.contains(' ') && rest.len() >= 20 && label.len() <= SYMBOL_CHARS_MAX;
    let is_word = label.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_known = is_label(label) && !Chains::of_label(label).is_empty();
    (is_label(label) && is_word && (is_whole || is_known)).then(|| (Some(labelled(label)), rest))
}

fn is_label(label: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b' ');
    (1..=LABEL_CHARS_MAX).contains(&label.len())
        && label.bytes().all(is_letter)
        && label.starts_with(|char: char| char.is_ascii_alphabetic())
}

fn labelled(label: &str) -> Hint {
    Hint { text: label.to_owned(), chains: Chains::of_label(label) }
}

/// Is it a namespace of CAIP-2 with addresses that are read here?
fn is_namespace(label: &str) -> bool {
    const NAMESPACES: [&str; 17] = [
        "eip155", "bip122", "solana", "tron", "cosmos", "stellar", "xrpl", "polkadot", "cardano", "cip34",
        "tezos", "algorand", "fil", "near", "ton", "tvm", "monero",
    ];
    NAMESPACES.contains(&&*label.to_ascii_lowercase())
}

/// The chain of a CAIP-2 identifier.
fn network(namespace: &str, reference: &str) -> Chains {
    // https://chainlist.org
    const EIP155: [(&str, Chain); 11] = [
        ("1", Chain::Ethereum),
        ("10", Chain::Optimism),
        ("56", Chain::BnbSmartChain),
        ("61", Chain::EthereumClassic),
        ("100", Chain::Gnosis),
        ("137", Chain::Polygon),
        ("250", Chain::Fantom),
        ("8453", Chain::Base),
        ("42161", Chain::Arbitrum),
        ("42220", Chain::Celo),
        ("43114", Chain::Avalanche),
    ];
    // The first half of the hash of the first block, or of the block where the chain left another (CAIP-4).
    const BIP122: [(&str, Chain); 4] = [
        ("000000000019d6689c085ae165831e93", Chain::Bitcoin),
        ("12a765e31ffd4059bada1e25190f6e98", Chain::Litecoin),
        ("1a91e3dace36e2be3bf030a65679fe82", Chain::Dogecoin),
        ("000000000000000000651ef99cb9fcbe", Chain::BitcoinCash),
    ];
    let find = |table: &[(&str, Chain)]| {
        table.iter().find(|(known, _)| *known == reference).map(|(_, chain)| *chain)
    };
    match namespace.to_ascii_lowercase().as_str() {
        "eip155" => Chains::of(&[find(&EIP155).unwrap_or(Chain::OtherEvm)]),
        "bip122" => find(&BIP122).into_iter().collect(),
        "cosmos" => Chains::NONE,
        "tvm" => Chains::of(&[Chain::Ton]),
        "cip34" => Chains::of(&[Chain::Cardano]),
        other => Chains::of_label(other),
    }
}

/// `?amount=1`, `@56/transfer?address=…`: the receiver of a token is who is paid.
fn take_parameters<'a>(envelope: &mut Envelope<'a>) {
    let (path, query) = envelope.core.split_once('?').unwrap_or((envelope.core, ""));
    let bare = path.strip_prefix("pay-").unwrap_or(path);
    let is_ethereum = bare.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("0x"));
    if !is_ethereum {
        envelope.core = path;
        return;
    }
    let end = bare.find(['@', '/']).unwrap_or(bare.len());
    let (target, call) = bare.split_at_checked(end).unwrap_or((bare, ""));
    envelope.core = target;
    if let Some(chain) = call.strip_prefix('@').map(|chain| chain.split('/').next().unwrap_or_default())
        && chain.len() <= LABEL_CHARS_MAX
    {
        envelope.hint = Some(Hint { text: format!("eip155:{chain}"), chains: network("eip155", chain) });
    }
    let receiver = query.split('&').find_map(|parameter| parameter.strip_prefix("address="));
    if let Some(receiver) = receiver.filter(|_| call.contains('/')) {
        envelope.contract = Some(target);
        envelope.core = receiver;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_around_an_address_is_taken_off() {
        let evm = "0x00000000000000000000000000000000000000aa";
        let cases: &[(String, &str, Option<&str>)] = &[
            ("bitcoin:1abc?amount=2".to_owned(), "1abc", Some("bitcoin")),
            ("XBT:1abc".to_owned(), "1abc", Some("XBT")),
            ("BTC - 1abcdefghijklmnopqrstu".to_owned(), "1abcdefghijklmnopqrstu", Some("BTC")),
            (
                "Digital Currency Address - ZZZ 1abcdefghijklmnopqrstu".to_owned(),
                "1abcdefghijklmnopqrstu",
                Some("ZZZ"),
            ),
            ("eip155:56:0xaa".to_owned(), "0xaa", Some("eip155:56")),
            (format!("ethereum:pay-{evm}@1?value=1e18"), evm, Some("eip155:1")),
            (format!("ethereum:0xcc/transfer?address={evm}&uint256=1"), evm, Some("ethereum")),
            (format!("\\x{}", &evm[2..]), &evm[2..], None),
            (format!("ETH: \\\\x{}", &evm[2..]), &evm[2..], Some("ETH")),
            ("\\xabc".to_owned(), "\\xabc", None),
            ("0:ab".to_owned(), "0:ab", None),
            ("1D6gG 9iKEh PitTc".to_owned(), "1D6gG 9iKEh PitTc", None),
        ];
        for (text, core, hint) in cases {
            let envelope = open(text);
            assert_eq!(
                (envelope.core, envelope.hint.as_ref().map(|hint| &*hint.text)),
                (*core, *hint),
                "{text}"
            );
        }
    }
}
