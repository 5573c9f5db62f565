//! Chinese names in the older romanization: `Teng Hsiao-p'ing` is `deng xiao ping`.

use std::collections::HashMap;
use std::sync::OnceLock;

/// All syllables of pinyin: an initial, then its finals.
const SYLLABLES: &[(&str, &str)] = &[
    ("", "a ai an ang ao e ei en eng er o ou"),
    ("b", "a ai an ang ao ei en eng i ian iao ie in ing o u"),
    ("p", "a ai an ang ao ei en eng i ian iao ie in ing o ou u"),
    ("m", "a ai an ang ao ei en eng i ian iao ie in ing iu o ou u"),
    ("f", "a an ang ei en eng o ou u"),
    ("d", "a ai an ang ao e ei eng i ian iao ie ing iu ong ou u uan ui un uo"),
    ("t", "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo"),
    ("n", "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo ue"),
    ("l", "a ai an ang ao e ei eng i ian iang iao ie in ing iu ong ou u uan un uo ue"),
    ("g", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("k", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("h", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("zh", "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo"),
    ("ch", "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo"),
    ("sh", "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo"),
    ("r", "an ang ao e en eng i ong ou u uan ui un uo"),
    ("z", "a ai an ang ao e ei en eng i ong ou u uan ui un uo"),
    ("c", "a ai an ang ao e en eng i ong ou u uan ui un uo"),
    ("s", "a ai an ang ao e en eng i ong ou u uan ui un uo"),
    ("j", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("q", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("x", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("y", "a an ang ao e i in ing ong ou u uan ue un"),
    ("w", "a ai an ang ei en eng o u"),
];

/// Fewest and most syllables of a name that is taken for one.
const N_SYLLABLES: std::ops::RangeInclusive<usize> = 2..=4;

/// The pinyin readings of a folded name when all its words are Wade–Giles syllables and something tells that it is not
/// pinyin: a syllable that pinyin does not have, an apostrophe, a hyphen. The second reading is for names whose
/// apostrophes were left out: what is pinyin too stays as it is.
pub(super) fn pinyin(name: &str) -> Vec<String> {
    let mut has_old_syllable = false;
    let mut strict = String::new();
    let mut lenient = String::new();
    let mut n_syllables = 0;
    for word in name.split([' ', '-', ',', '\t']).filter(|word| !word.is_empty()) {
        let Some((syllable, is_pinyin)) = syllable(word) else { return Vec::new() };
        n_syllables += 1;
        has_old_syllable |= !is_pinyin;
        for (text, syllable) in
            [(&mut strict, syllable), (&mut lenient, if is_pinyin { word } else { syllable })]
        {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(syllable);
        }
    }
    let is_old = has_old_syllable || name.contains(['\'', '-']);
    if !(is_old && N_SYLLABLES.contains(&n_syllables)) {
        return Vec::new();
    }
    let mut readings = vec![strict];
    if has_old_syllable && !name.contains('\'') && readings.iter().all(|reading| *reading != lenient) {
        readings.push(lenient);
    }
    readings
}

/// The pinyin of a Wade–Giles syllable, and whether the syllable as it stands is pinyin too.
fn syllable(word: &str) -> Option<(&'static str, bool)> {
    // Wade–Giles form to pinyin, and whether that form is also a syllable of pinyin.
    static FORMS: OnceLock<HashMap<String, (&str, bool)>> = OnceLock::new();
    static TEXT: OnceLock<Vec<String>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        let all = TEXT.get_or_init(|| {
            let each = |(initial, finals): &(&str, &'static str)| -> Vec<String> {
                finals.split(' ').map(|rest| [initial, rest].concat()).collect()
            };
            SYLLABLES.iter().flat_map(each).collect()
        });
        let mut forms: HashMap<String, (&str, bool)> = HashMap::new();
        for pinyin in all {
            for form in wade_giles(pinyin) {
                let is_pinyin = all.contains(&form);
                forms.entry(form).or_insert((pinyin, is_pinyin));
            }
        }
        forms
    });
    // The longest is ch'uang.
    if word.len() > 7 { None } else { forms.get(word).copied() }
}

/// How Wade–Giles spells a syllable of pinyin, without the dots of ü.
fn wade_giles(pinyin: &str) -> Vec<String> {
    const INITIALS: [(&str, &str); 14] = [
        ("zh", "ch"),
        ("ch", "ch'"),
        ("sh", "sh"),
        ("b", "p"),
        ("p", "p'"),
        ("d", "t"),
        ("t", "t'"),
        ("g", "k"),
        ("k", "k'"),
        ("j", "ch"),
        ("q", "ch'"),
        ("x", "hs"),
        ("z", "ts"),
        ("c", "ts'"),
    ];
    let whole = match pinyin {
        "zi" => vec!["tzu"],
        "ci" => vec!["tz'u"],
        "si" => vec!["ssu", "szu"],
        "zhi" => vec!["chih"],
        "chi" => vec!["ch'ih"],
        "shi" => vec!["shih"],
        "ri" => vec!["jih"],
        "er" => vec!["erh"],
        "yi" => vec!["i", "yi"],
        "ye" => vec!["yeh"],
        "yan" => vec!["yen"],
        "you" => vec!["yu"],
        "yong" => vec!["yung"],
        "yue" => vec!["yueh"],
        "ge" => vec!["ko"],
        "ke" => vec!["k'o"],
        "he" => vec!["ho"],
        "e" => vec!["o", "e"],
        "gui" => vec!["kuei"],
        "kui" => vec!["k'uei"],
        _ => Vec::new(),
    };
    if !whole.is_empty() {
        return whole.into_iter().map(str::to_owned).collect();
    }
    let (initial, rest) = INITIALS
        .iter()
        .find_map(|(new, old)| Some((*old, pinyin.strip_prefix(new)?)))
        .or_else(|| Some(("j", pinyin.strip_prefix('r')?)))
        .unwrap_or_else(|| {
            pinyin.split_at(
                pinyin.len() - pinyin.trim_start_matches(['m', 'f', 'n', 'l', 'h', 's', 'y', 'w']).len(),
            )
        });
    let rest = match rest {
        "ian" => "ien".to_owned(),
        "ie" => "ieh".to_owned(),
        "ue" => "ueh".to_owned(),
        "iong" => "iung".to_owned(),
        "ong" => "ung".to_owned(),
        "e" => "e".to_owned(),
        // Only after g, k and h, and sh, the u of uo is spoken.
        "uo" if !matches!(initial, "k" | "k'" | "h" | "sh") => "o".to_owned(),
        other => other.to_owned(),
    };
    let mut forms = vec![[initial, &rest].concat()];
    if rest == "e" {
        forms.push([initial, "eh"].concat());
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &[&str]) {
        assert_eq!(pinyin(name), expected, "{name}");
    }

    #[test]
    fn older_spellings() {
        check("hsi chin-p'ing", &["xi jin ping"]);
        check("teng hsiao-p'ing", &["deng xiao ping"]);
        check("mao tse-tung", &["mao ze dong"]);
        check("chou en-lai", &["zhou en lai"]);
        check("ch'en shui-pien", &["chen shui bian"]);
        check("teng hsiao-ping", &["deng xiao bing", "teng xiao ping"]);
        check("chu teh, lin", &["zhu de lin", "chu de lin"]);
        check("ts'ao k'un", &["cao kun"]);
    }

    #[test]
    fn other_names_stay() {
        for name in ["kim chong un", "li ming", "wang wei", "john smith", "hsu", "", "ho chi minh", "chang"] {
            check(name, &[]);
        }
    }
}
