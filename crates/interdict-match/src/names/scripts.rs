//! How a name in another script than Latin is read in Latin letters: one to a few readings for each script.
//!
//! The script with most letters decides; letters of others that remain are turned sign by sign.

mod alphabet;
mod arabic;
mod cyrillic;
mod greek;
mod hebrew;
mod indic;
mod japanese;
mod organizations;
mod tables;
mod thai;
mod wade_giles;

use unicode_script::{Script, UnicodeScript as _};

use super::{Bearer, Via, fold, han, hangul};

/// The tables as they stand; an index names them in its digest.
pub(super) const TABLES: [&str; 6] = [
    arabic::NAMES,
    hebrew::NAMES,
    japanese::NAMES,
    organizations::WORDS,
    hangul::FAMILY_NAMES,
    han::CANTONESE,
];

/// The readings in Latin letters of a folded name, the likeliest first.
pub(super) fn readings(written: &str, bearer: Bearer) -> Vec<(Via, String)> {
    if written.is_ascii() {
        let pinyin = if bearer == Bearer::Vehicle { Vec::new() } else { wade_giles::pinyin(written) };
        return pinyin.into_iter().map(|text| (Via::WadeGiles, text)).collect();
    }
    let Some(script) = main_script(written) else { return Vec::new() };
    if let Some((latin, foreign)) = twice_written(written) {
        let mut readings = vec![(Via::Written, fold::to_latin(&latin))];
        readings.extend(self::readings(&foreign, bearer));
        return readings;
    }
    let mut readings = of_script(written, script);
    if bearer != Bearer::Person {
        readings.extend(translations(written, script).into_iter().map(|text| (Via::Translated, text)));
    }
    if readings.is_empty() {
        readings.push((Via::Transliterated, written.to_owned()));
    }
    for (_, text) in &mut readings {
        if !text.is_ascii() {
            *text = fold::to_latin(text);
        }
    }
    readings
}

/// The Latin pieces and the others of a name that is written in two scripts side by side: `김정은 (Kim Jong Un)`.
fn twice_written(written: &str) -> Option<(String, String)> {
    let (mut latin, mut foreign) = (String::new(), String::new());
    for piece in written.split(['(', ')', '[', ']', '/', '|', ';']) {
        let n_latin = piece.chars().filter(char::is_ascii_alphabetic).count();
        let n_foreign = piece.chars().filter(|char| char.is_alphabetic() && !char.is_ascii()).count();
        match (n_latin, n_foreign) {
            (0, 0) => {}
            (_, 0) => latin.extend([" ", piece.trim()]),
            (0, _) => foreign.extend([" ", piece.trim()]),
            _ => return None,
        }
    }
    let is_name = latin.chars().filter(char::is_ascii_alphabetic).count() > 3;
    (is_name && !foreign.is_empty()).then_some((latin, foreign))
}

/// Whether names in this script get readings that can be trusted to meet the Latin forms of the same name.
pub(super) fn is_read(script: Script) -> bool {
    use Script::{
        Arabic, Armenian, Bengali, Common, Cyrillic, Devanagari, Ethiopic, Georgian, Greek, Gujarati,
        Gurmukhi, Han, Hangul, Hebrew, Hiragana, Inherited, Kannada, Katakana, Latin, Malayalam, Oriya,
        Tamil, Telugu, Thai, Unknown,
    };
    matches!(
        script,
        Latin | Common | Inherited | Unknown | Arabic | Armenian | Cyrillic | Ethiopic | Georgian | Greek
    ) || matches!(script, Han | Hangul | Hebrew | Hiragana | Katakana | Thai)
        || matches!(
            script,
            Bengali | Devanagari | Gujarati | Gurmukhi | Kannada | Malayalam | Oriya | Tamil | Telugu
        )
}

/// The script of most letters that are not Latin; kana decide over the Han characters beside them.
fn main_script(written: &str) -> Option<Script> {
    let mut counts: Vec<(Script, usize)> = Vec::new();
    for char in written.chars().filter(|char| !char.is_ascii()) {
        let script = char.script();
        if matches!(script, Script::Latin | Script::Common | Script::Inherited) {
            continue;
        }
        match counts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, n_letters)) => *n_letters += 1,
            None => counts.push((script, 1)),
        }
    }
    let kana = counts.iter().find(|(script, _)| matches!(script, Script::Hiragana | Script::Katakana));
    let has_hangul = counts.iter().any(|(script, _)| *script == Script::Hangul);
    // Of scripts with equally many letters the first in the name counts.
    let most = counts.iter().rev().max_by_key(|(_, n_letters)| *n_letters);
    let (script, _) = if has_hangul { most } else { kana.or(most) }?;
    Some(*script)
}

fn of_script(written: &str, script: Script) -> Vec<(Via, String)> {
    let all = |via: Via, texts: Vec<String>| texts.into_iter().map(|text| (via, text)).collect();
    match script {
        Script::Hangul => all(Via::Korean, hangul::readings(written)),
        Script::Han => of_han(written),
        Script::Hiragana | Script::Katakana => all(Via::Japanese, japanese::with_kana(written)),
        Script::Cyrillic => cyrillic::readings(written),
        Script::Arabic => vec![
            (Via::Arabic, arabic::read(written, arabic::Style::Arabic)),
            (Via::Persian, arabic::read(written, arabic::Style::Persian)),
        ],
        Script::Hebrew => vec![(Via::Hebrew, hebrew::read(written))],
        Script::Greek => all(Via::Greek, greek::readings(written).into()),
        Script::Georgian => vec![(Via::Georgian, alphabet::georgian(written))],
        Script::Armenian => all(Via::Armenian, alphabet::armenian(written).into()),
        Script::Ethiopic => vec![(Via::Ethiopic, alphabet::ethiopic(written))],
        Script::Thai => vec![(Via::Thai, thai::read(written))],
        _ if written.chars().any(indic::is_letter) => vec![(Via::Indic, indic::read(written))],
        _ => Vec::new(),
    }
}

fn of_han(written: &str) -> Vec<(Via, String)> {
    let mut readings = Vec::new();
    readings.extend(han::chinese(written).map(|text| (Via::Chinese, text)));
    readings.extend(japanese::of_han(written).map(|text| (Via::Japanese, text)));
    readings.extend(han::korean(written).into_iter().map(|text| (Via::SinoKorean, text)));
    readings.extend(han::cantonese(written).map(|text| (Via::Cantonese, text)));
    readings
}

/// The name in English as far as its words are known.
fn translations(written: &str, script: Script) -> Vec<String> {
    let first_reading = |word: &str| {
        let readings = of_script(word, script);
        readings.into_iter().next().map_or_else(|| word.to_owned(), |(_, text)| text)
    };
    match script {
        Script::Hangul => {
            let readings = [0, 1].map(|system: usize| {
                organizations::translate(written, |word| {
                    let [northern, southern] = hangul::read_word(word);
                    if system == 0 { northern } else { southern }
                })
            });
            readings.into_iter().flatten().collect()
        }
        Script::Cyrillic => {
            let via = cyrillic::main_language(written);
            organizations::translate(written, |word| cyrillic::read_place(word, via)).into_iter().collect()
        }
        _ => organizations::translate(written, first_reading).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(name: &str, bearer: Bearer, expected: &[(Via, &str)]) {
        let readings: Vec<(Via, String)> = readings(&fold::fold(name), bearer)
            .into_iter()
            .map(|(via, text)| (via, text.split_whitespace().collect::<Vec<_>>().join(" ")))
            .collect();
        for (via, text) in expected {
            assert!(readings.contains(&(*via, (*text).to_owned())), "{name}: {text} is not in {readings:?}");
        }
    }

    #[test]
    fn every_script_has_its_readings() {
        use Bearer::{Organization, Person, Unknown};
        check(
            "진영정보기술개발협조회사",
            Organization,
            &[
                (Via::Translated, "chinyong information technology development cooperation company"),
                (Via::Translated, "jinyeong information technology development cooperation company"),
            ],
        );
        check(
            "陳國強",
            Person,
            &[
                (Via::Chinese, "chen guo qiang"),
                (Via::Cantonese, "chan kwok keung"),
                (Via::SinoKorean, "chin kuk kang"),
            ],
        );
        check("山田太郎", Person, &[(Via::Japanese, "yamada taro"), (Via::Chinese, "shan tian tai lang")]);
        check("田中 ゆき", Person, &[(Via::Japanese, "tanaka yuki")]);
        check("Teng Hsiao-p'ing", Unknown, &[(Via::WadeGiles, "deng xiao ping")]);
        check("محمد صادقی", Person, &[(Via::Arabic, "muhammad sadiqi"), (Via::Persian, "mohammad sadeghi")]);
        check("ООО «Ромашка»", Organization, &[(Via::Translated, "llc romashka")]);
        check("ម៉ែន", Person, &[(Via::Transliterated, "maen")]);
        check(
            "김정은 (KIM Jong Un)",
            Person,
            &[(Via::Written, "kim jong un"), (Via::Korean, "kim chong un")],
        );
        check("김 (金)", Unknown, &[(Via::Korean, "kim (jin)")]);
    }

    proptest! {
        #[test]
        fn readings_are_latin(name in "\\PC{0,24}") {
            for (via, text) in readings(&fold::fold(&name), Bearer::Unknown) {
                prop_assert!(text.is_ascii(), "{}: {}", via.name(), text);
            }
        }

        #[test]
        fn letters_of_one_script_are_read(name in prop_oneof![
            "[ء-ي ەپچژگ']{1,16}", "[א-ת'\"]{1,12}", "[а-яієґјљњћђџѓќә-ӿ ]{1,16}", "[Α-ώ]{1,12}", "[ก-๎]{1,16}",
            "[ऀ-ॿ]{1,16}", "[\u{0980}-\u{0d7f}]{1,16}", "[ぁ-ヿ一-龥]{1,12}", "[가-힣 ]{1,12}", "[ሀ-ፚ]{1,8}",
            "[ა-ჿ]{1,8}", "[ա-և]{1,8}", "[一-龥]{1,8}", "[a-z' -]{1,20}",
        ]) {
            let folded = fold::fold(&name);
            for (via, text) in readings(&folded, Bearer::Organization) {
                prop_assert!(text.is_ascii(), "{}: {}", via.name(), text);
            }
        }
    }
}
