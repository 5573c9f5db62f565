//! How wide is a text, and how does it fit into a box? Widths are estimates that are rather too large than too small, because the font
//! is the reader's: they follow DejaVu Sans, one of the widest, at 1000 units to the font size.

use crate::report::Unit;
use crate::written::is_forbidden;

/// Most characters of one text that is told in full, as the title of a box.
const TITLE_CHARS_MAX: usize = 2_000;
/// Most marks above or below one letter; more are a tower that covers what is around it.
const MARKS_MAX: usize = 3;

/// A text on one line, as it is drawn: blanks for line ends, nothing that changes the direction of what follows, no towers of marks.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut marks = 0;
    for sign in text.chars().take(TITLE_CHARS_MAX) {
        marks = if is_mark(sign) { marks + 1 } else { 0 };
        match sign {
            sign if sign.is_whitespace() => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
            }
            '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{FEFF}' => {}
            _ if marks > MARKS_MAX => {}
            sign if is_forbidden(sign) || turns(sign) => out.push('\u{FFFD}'),
            sign => out.push(sign),
        }
    }
    if text.chars().nth(TITLE_CHARS_MAX).is_some() {
        out.push('…');
    }
    out.truncate(out.trim_end().len());
    out
}

/// The width of a text in a font size, in pixels.
pub(super) fn width(text: &str, size: i64) -> i64 {
    (text.chars().map(units).sum::<i64>() * size + 999) / 1000
}

/// The text in at most so many lines of at most this width; what does not fit ends in `…`.
pub(super) fn wrapped(text: &str, size: i64, width_max: i64, lines_max: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        let line = lines.last().map_or("", String::as_str);
        let joined = width(line, size) + width(piece.trim_end(), size);
        if joined > width_max && !line.is_empty() {
            lines.push(String::new());
        }
        push_hard(&mut lines, piece, size, width_max);
        if lines.len() > lines_max {
            break;
        }
    }
    let is_cut = lines.len() > lines_max;
    lines.truncate(lines_max);
    if let Some(last) = lines.last_mut().filter(|_| is_cut) {
        *last = elided(&format!("{}…", last.trim_end()), size, width_max);
    }
    lines.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
    lines.retain(|line| !line.is_empty());
    lines
}

/// One line of at most this width, with `…` at the end where it is cut.
pub(super) fn elided(text: &str, size: i64, width_max: i64) -> String {
    if width(text, size) <= width_max {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = units('…');
    for sign in text.chars() {
        used += units(sign);
        if used * size > width_max * 1000 {
            break;
        }
        out.push(sign);
    }
    out.truncate(out.trim_end().trim_end_matches('…').len());
    out.push('…');
    out
}

/// An address, short enough for a box: `bc1qxy2k…x0wlh`.
pub(super) fn short(address: &str) -> String {
    let signs: Vec<char> = plain(address).chars().collect();
    if signs.len() <= 18 {
        return signs.into_iter().collect();
    }
    let (head, tail) = (signs.iter().take(8), signs.iter().skip(signs.len() - 6));
    head.chain(std::iter::once(&'…')).chain(tail).collect()
}

/// An amount with its unit as people read it: `≈ 1,234.57 BTC`. `≈` stands where decimals were rounded off.
pub(super) fn amount(unit: &Unit, amount: u128) -> String {
    let asset = plain(&unit.asset);
    let asset = if asset.chars().count() > 12 { short(&asset) } else { asset };
    format!("{} {asset}", figure(unit, amount)).trim_end().to_owned()
}

/// An amount without its unit; what is very large or very small with a power of ten: `≈ 3.4e20`.
pub(super) fn figure(unit: &Unit, amount: u128) -> String {
    let decimals = usize::from(unit.decimals);
    let digits = amount.checked_ilog10().and_then(|digits| usize::try_from(digits).ok()).unwrap_or(0) + 1;
    if amount > 0 && (digits + 8 < decimals || digits > decimals + 12) {
        return scientific(amount, digits, decimals);
    }
    let kept = match digits.checked_sub(decimals) {
        None | Some(0) => decimals - digits + 4,
        Some(1..=3) => 4,
        Some(_) => 2,
    };
    let rounded = rounded(amount, decimals.saturating_sub(kept));
    let written = unit.written(rounded);
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{}{}{point}{fraction}", sign(amount, rounded), thousands(whole))
}

/// `1.5e-10`, with four digits at most.
fn scientific(amount: u128, digits: usize, decimals: usize) -> String {
    let rounded = rounded(amount, digits.saturating_sub(4));
    let text = rounded.to_string();
    let (first, rest) = text.split_at(1);
    let rest: String = rest.chars().take(3).collect();
    let rest = rest.trim_end_matches('0');
    let point = if rest.is_empty() { "" } else { "." };
    let (above, below) = (text.len() - 1, decimals);
    let power = if above < below { format!("-{}", below - above) } else { (above - below).to_string() };
    format!("{}{first}{point}{rest}e{power}", sign(amount, rounded))
}

/// The amount with so many digits less.
fn rounded(amount: u128, cut: usize) -> u128 {
    let step = u32::try_from(cut).ok().and_then(|cut| 10_u128.checked_pow(cut)).unwrap_or(1);
    amount.saturating_add(step / 2) / step * step
}

fn sign(amount: u128, rounded: u128) -> &'static str {
    if amount == rounded { "" } else { "≈ " }
}

/// A number with commas between its thousands.
pub(super) fn grouped(number: u64) -> String {
    thousands(&number.to_string())
}

fn thousands(digits: &str) -> String {
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Whether the text is to be read from right to left: whether its first letter is.
pub(super) fn is_right_to_left(text: &str) -> bool {
    let first = text.chars().find(|&sign| sign.is_alphabetic());
    first.is_some_and(
        |sign| matches!(sign, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'),
    )
}

/// The pieces between which a line may end: behind blanks and hyphens, and on either side of a Chinese or Japanese sign.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, sign) in text.char_indices() {
        let is_after = before.is_some_and(|before| matches!(before, ' ' | '-') || is_breakable(before));
        let is_end = is_after || (is_breakable(sign) && before.is_some());
        if is_end && sign != ' ' {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(sign);
    }
    pieces.push(&text[start..]);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Adds a piece to the last line, and breaks it anywhere if it alone is too long for one.
fn push_hard(lines: &mut Vec<String>, piece: &str, size: i64, width_max: i64) {
    let Some(mut line) = lines.pop() else { return };
    let mut used = width(&line, size) * 1000;
    for sign in piece.chars() {
        let own = units(sign) * size;
        if used + own > width_max * 1000 && sign != ' ' && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        line.push(sign);
        used += own;
    }
    lines.push(line);
}

/// Whether a sign turns around the direction of what follows it.
fn turns(sign: char) -> bool {
    matches!(sign, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_mark(sign: char) -> bool {
    matches!(sign,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{610}'..='\u{61A}'
        | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}')
}

/// Scripts without blanks between words; Hangul has them.
fn is_breakable(sign: char) -> bool {
    matches!(sign, '\u{2E80}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn is_wide(sign: char) -> bool {
    is_breakable(sign)
        || matches!(sign, '\u{1100}'..='\u{115F}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FB}'
            | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}' | '\u{1F000}'..='\u{1FAFF}')
}

fn units(sign: char) -> i64 {
    match sign {
        _ if is_mark(sign) => 0,
        '\u{200B}'..='\u{200F}' => 0,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 330,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '-' | '/' | '[' | ']' | '·' => 400,
        'm' | 'M' | 'W' | 'w' | '@' | '%' | '…' | '—' => 1_010,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' => 570,
        'A'..='Z' | '&' | '+' | '=' | '<' | '>' => 740,
        'a'..='z' | '0'..='9' => 630,
        '\u{12000}'..='\u{123FF}' | '\u{FDFD}' => 2_000,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => 680,
        '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{52F}' => 720,
        _ if is_wide(sign) => 1_040,
        _ => 860,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_long_name_is_cut_where_words_end() {
        assert_eq!(
            wrapped("Islamic Revolutionary Guard Corps-Qods Force", 10, 150, 3),
            ["Islamic Revolutionary Guard", "Corps-Qods Force"]
        );
        assert_eq!(wrapped("aaaaaaaaaaaaaaaaaaaa bbbb", 10, 64, 2), ["aaaaaaaaaa", "aaaaaaaa…"]);
        assert_eq!(wrapped("中国石油天然气集团有限公司", 10, 60, 2), ["中国石油天", "然气集团…"]);
        assert_eq!(wrapped("조선 무역 회사", 10, 60, 2), ["조선 무역", "회사"]);
        assert_eq!(wrapped("", 10, 60, 2), Vec::<String>::new());
    }

    #[test]
    fn thousands_are_parted() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn amounts_are_short_and_say_so() {
        let bitcoin = Unit { asset: "BTC".into(), decimals: 8 };
        let told = [0, 1, 10_000, 123_456_789, 99_999_999_999, 123_456_789_012].map(|n| amount(&bitcoin, n));
        let expected =
            ["0 BTC", "0.00000001 BTC", "0.0001 BTC", "≈ 1.2346 BTC", "≈ 1,000 BTC", "≈ 1,234.57 BTC"];
        assert_eq!(told, expected);
        let token = Unit { asset: "0xdAC17F958D2ee523a2206206994597C13D831ec7".into(), decimals: 18 };
        assert_eq!(amount(&token, u128::MAX), "≈ 3.402e20 0xdAC17F…831ec7");
        assert_eq!(
            [1, 15_000, 123_456, 1_000_000_000].map(|n| figure(&token, n)),
            ["1e-18", "1.5e-14", "≈ 1.235e-13", "0.000000001"]
        );
        assert_eq!([0, 7].map(|n| figure(&Unit { asset: "X".into(), decimals: 255 }, n)), ["0", "7e-255"]);
        assert_eq!(short("bc1qxy2kgdygjrsqtzq2n0yrf2493p83kkfjhx0wlh"), "bc1qxy2k…hx0wlh");
    }

    #[test]
    fn what_would_deceive_is_made_visible() {
        assert_eq!(plain("a\u{202E}b\nc\u{0}  d "), "a\u{FFFD}b c\u{FFFD} d");
        assert_eq!(plain(&format!("e{}x", "\u{301}".repeat(50))), "e\u{301}\u{301}\u{301}x");
        assert_eq!(plain(&"x".repeat(10_000)).chars().count(), TITLE_CHARS_MAX + 1);
        assert!(is_right_to_left("شركة (A)") && !is_right_to_left("A شركة"));
    }

    proptest! {
        #[test]
        fn no_line_is_too_long(text in "\\PC{0,80}", width_max in 30i64..200, lines_max in 1usize..4) {
            let lines = wrapped(&plain(&text), 12, width_max, lines_max);
            prop_assert!(lines.len() <= lines_max);
            for line in lines {
                prop_assert!(width(&line, 12) <= width_max, "{line}");
            }
        }
    }
}
