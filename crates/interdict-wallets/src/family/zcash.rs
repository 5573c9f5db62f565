//! How are Zcash's own addresses read? Sapling `zs…`, Sprout `zc…`, and unified `u1…` (ZIP-316), which hold several receivers.
//! Transparent ones are written as Bitcoin's; `tex1…` (ZIP-320) is another spelling of such a one.

mod jumble;

use super::{Findings, bitcoin};
use crate::address::{Family, WalletAddress};
use crate::chain::{Chain, Chains};
use crate::codec::bech32::{self, Bech32, Variant};
use crate::codec::{bits, checksum};
use crate::reading::{Undecided, Verified};

/// Version of transparent addresses of keys and of scripts.
const TRANSPARENT_KEY: [u8; 2] = [0x1c, 0xb8];
const TRANSPARENT_SCRIPT: [u8; 2] = [0x1c, 0xbd];
const SPROUT: [u8; 2] = [0x16, 0x9a];
const SAPLING_BYTES: usize = 43;
const SPROUT_BYTES: usize = 64;
const TEST: [&str; 5] = ["ztestsapling", "textest", "utest", "zutest", "tutest"];
/// What stands before the separator of unified addresses, in the order of their marks: of the first revision and of the second, which
/// tells shielded ones from those with a transparent receiver.
const UNIFIED: [&str; 6] = ["u", "utest", "zu", "tu", "zutest", "tutest"];

/// Are the letters before the separator those of an address?
pub(crate) fn is_hrp(hrp: &str) -> bool {
    matches!(hrp, "zs" | "tex") || is_unified_hrp(hrp) || TEST.contains(&hrp)
}

/// Are they those of a unified address?
pub(crate) fn is_unified_hrp(hrp: &str) -> bool {
    UNIFIED.contains(&hrp)
}

/// Is it a key by which payments are seen?
pub(crate) fn is_viewing_hrp(hrp: &str) -> bool {
    const STARTS: [&str; 6] = ["zview", "zxview", "uview", "uivk", "uvf", "uvi"];
    STARTS.iter().any(|start| hrp.starts_with(start))
}

/// Reads groups whose checksum is right.
pub(crate) fn read(read: &Bech32, findings: &mut Findings) {
    let Some(bytes) = bits::to_bytes(&read.groups) else { return };
    let chain = if TEST.contains(&&*read.hrp) { Chain::Testnet } else { Chain::Zcash };
    let address = match (&*read.hrp, read.variant) {
        ("zs" | "ztestsapling", Variant::Bech32) if bytes.len() == SAPLING_BYTES => {
            WalletAddress::new(Family::ZcashShielded, bytes)
        }
        ("tex", Variant::Bech32m) if bytes.len() == 20 => {
            WalletAddress::new(Family::Bitcoin, [&TRANSPARENT_KEY[..], &bytes].concat())
        }
        (hrp, Variant::Bech32m) if is_unified_hrp(hrp) => match unified(&read.hrp, &bytes) {
            Some(payload) => WalletAddress::new(Family::ZcashUnified, payload),
            None => return findings.not(Undecided::UnknownForm),
        },
        _ => return findings.not(Undecided::UnknownForm),
    };
    findings.add(address, Chains::of(&[chain]), Verified::Checksum);
}

/// Reads what base58 decoded to, as Sprout.
pub(crate) fn read_sprout(bytes: &[u8], findings: &mut Findings) {
    if bytes.len() != SPROUT_BYTES + 6 || !bytes.starts_with(&SPROUT) {
        return;
    }
    match checksum::without_sha256d(bytes).and_then(|body| body.strip_prefix(&SPROUT)) {
        Some(content) => {
            let address = WalletAddress::new(Family::ZcashShielded, content);
            findings.add(address, Chains::of(&[Chain::Zcash]), Verified::Checksum);
        }
        None => findings.wrong_checksum(Family::ZcashShielded),
    }
}

/// The receivers behind the mark of the network, in the order of the address.
fn unified(hrp: &str, jumbled: &[u8]) -> Option<Vec<u8>> {
    let plain = jumble::inverse(jumbled)?;
    let (content, padding) = plain.split_last_chunk::<16>()?;
    if *padding != padding_of(hrp) || receivers(content)?.is_empty() {
        return None;
    }
    let mark = UNIFIED.iter().position(|known| *known == hrp).and_then(|mark| u8::try_from(mark).ok())?;
    Some([&[mark], content].concat())
}

fn padding_of(hrp: &str) -> [u8; 16] {
    let mut padding = [0; 16];
    for (byte, letter) in padding.iter_mut().zip(hrp.bytes()) {
        *byte = letter;
    }
    padding
}

/// Each receiver: what it is (one byte, as all known ones are below 253) and its bytes.
fn receivers(mut content: &[u8]) -> Option<Vec<(u8, &[u8])>> {
    let mut receivers = Vec::new();
    while let [kind @ 0..253, n_bytes @ 0..253, rest @ ..] = content {
        let (bytes, rest) = rest.split_at_checked(usize::from(*n_bytes))?;
        let fits = match kind {
            0 | 1 => bytes.len() == 20,
            2 | 3 => bytes.len() == SAPLING_BYTES,
            _ => true,
        };
        let is_ordered = receivers.last().is_none_or(|(last, _)| last < kind);
        if !fits || !is_ordered {
            return None;
        }
        receivers.push((*kind, bytes));
        content = rest;
    }
    content.is_empty().then_some(receivers)
}

/// The addresses in a unified address that are also addresses of their own.
pub(crate) fn receiving(payload: &[u8]) -> Vec<WalletAddress> {
    let content = payload.split_first().map_or(&[][..], |(_, content)| content);
    let receivers = receivers(content).unwrap_or_default().into_iter();
    let own = receivers.filter_map(|(kind, bytes)| match kind {
        0 => Some(WalletAddress::new(Family::Bitcoin, [&TRANSPARENT_KEY[..], bytes].concat())),
        1 => Some(WalletAddress::new(Family::Bitcoin, [&TRANSPARENT_SCRIPT[..], bytes].concat())),
        2 => Some(WalletAddress::new(Family::ZcashShielded, bytes)),
        _ => None,
    });
    own.collect()
}

/// `zs1…`, or `zc…`.
pub(crate) fn write_shielded(payload: &[u8]) -> Option<String> {
    match payload.len() {
        SAPLING_BYTES => Some(bech32::encode("zs", &bits::from_bytes(payload), Variant::Bech32)),
        SPROUT_BYTES => Some(bitcoin::write_checked(&[&SPROUT[..], payload].concat())),
        _ => None,
    }
}

/// `u1…`.
pub(crate) fn write_unified(payload: &[u8]) -> Option<String> {
    let (mark, content) = payload.split_first()?;
    let hrp = UNIFIED.get(usize::from(*mark))?;
    receivers(content).filter(|receivers| !receivers.is_empty())?;
    let jumbled = jumble::forward(&[content, &padding_of(hrp)].concat())?;
    let text = bech32::encode(hrp, &bits::from_bytes(&jumbled), Variant::Bech32m);
    (text.len() <= bech32::CHARS_MAX).then_some(text)
}

/// `tex1…` of a transparent address of a key.
pub(crate) fn write_tex(payload: &[u8]) -> Option<String> {
    let hash = payload.strip_prefix(&TRANSPARENT_KEY)?;
    Some(bech32::encode("tex", &bits::from_bytes(hash), Variant::Bech32m))
}
