//! Names in Cyrillic letters: Russian, Ukrainian, Belarusian, Serbian, Macedonian, Bulgarian, and the letters of Central Asia.
//!
//! The letters tell the language where it has ones of its own; otherwise the name is read as Russian, and the way that
//! Bulgarian has it where that differs, which is also how foreign names in Cyrillic go back to Latin letters (х is h).

use super::tables;
use crate::names::Via;

/// The readings of a name, the likeliest first.
pub(super) fn readings(name: &str) -> Vec<(Via, String)> {
    let first = main_language(name);
    let second = match first {
        Via::Serbian => None,
        Via::Russian => Some(Via::Bulgarian),
        _ => Some(Via::Russian),
    };
    [Some(first), second].into_iter().flatten().map(|via| (via, read(name, via))).collect()
}

/// The language that the letters tell.
pub(super) fn main_language(name: &str) -> Via {
    let has = |letters: &str| name.chars().any(|char| letters.contains(char));
    if has("јљњћђџѓќѕ") {
        Via::Serbian
    } else if has("әғқңөұүһҳҷҡҙҫ") {
        Via::Russian
    } else if has("іїєґ") {
        // Belarusian has і too, and no и.
        if has("ыэў") || (!has("и") && name.contains("віч")) {
            Via::Belarusian
        } else {
            Via::Ukrainian
        }
    } else if has_bulgarian_vowel(name) {
        Via::Bulgarian
    } else {
        Via::Russian
    }
}

/// The place in an adjective made of one: `tomsk` in Томский.
pub(super) fn read_place(word: &str, via: Via) -> String {
    let stem = ["ск", "цк"].iter().find_map(|ending| {
        let end = word.rfind(ending)? + ending.len();
        let (stem, rest) = word.split_at_checked(end)?;
        (stem.chars().count() > 3 && (1..=3).contains(&rest.chars().count())).then_some(stem)
    });
    read(stem.unwrap_or(word), via)
}

/// Whether ъ is a vowel here: in Russian it only stands before е, ё, ю and я.
fn has_bulgarian_vowel(name: &str) -> bool {
    let mut rest = name;
    while let Some((_, after)) = rest.split_once('ъ') {
        if !after.starts_with(['е', 'ё', 'ю', 'я']) {
            return true;
        }
        rest = after;
    }
    false
}

pub(super) fn is_letter(char: char) -> bool {
    matches!(char, '\u{0400}'..='\u{0481}' | '\u{048a}'..='\u{052f}')
}

/// The name read as a language.
pub(super) fn read(name: &str, via: Via) -> String {
    tables::read_words(name, is_letter, |word| spell(word, via))
}

fn spell(word: &str, via: Via) -> String {
    let mut latin = String::with_capacity(word.len());
    let mut rest = word;
    let mut before = None;
    while let Some(char) = rest.chars().next() {
        let (letters, n_letters) = pair(rest, before, via).unwrap_or_else(|| (letter(char, before, via), 1));
        latin.push_str(letters);
        let mut chars = rest.chars();
        before = chars.by_ref().take(n_letters).last();
        rest = chars.as_str();
    }
    // A word of the hard or soft sign alone.
    if latin.is_empty() { "y".to_owned() } else { latin }
}

/// Letters that are read together.
fn pair(rest: &str, before: Option<char>, via: Via) -> Option<(&'static str, usize)> {
    use Via::{Belarusian, Bulgarian, Russian, Ukrainian};
    let ends = |letters: &str| rest == letters;
    let starts = |letters: &str| rest.starts_with(letters);
    Some(match via {
        Russian if ends("ый") => ("y", 2),
        Russian | Ukrainian | Belarusian if starts("ье") => ("ye", 2),
        Ukrainian | Belarusian if ends("ий") || ends("ый") => ("y", 2),
        Ukrainian if starts("зг") => ("zgh", 2),
        Ukrainian | Bulgarian if starts("ьо") => ("yo", 2),
        Bulgarian if starts("дж") => ("j", 2),
        Bulgarian if starts("кс") => ("x", 2),
        // How Russian writes the sounds of Chinese and Japanese.
        Bulgarian if starts("цз") || starts("дз") => ("z", 2),
        Bulgarian if starts("чж") => ("zh", 2),
        Russian | Bulgarian if starts("ия") => ("ia", 2),
        Ukrainian | Belarusian if starts("ія") || starts("ыя") => ("ia", 2),
        Russian if starts("йе") && before.is_none() => ("ye", 2),
        _ => return None,
    })
}

fn letter(char: char, before: Option<char>, via: Via) -> &'static str {
    use Via::{Belarusian, Bulgarian, Serbian, Ukrainian};
    let eastern = matches!(via, Ukrainian | Belarusian);
    match char {
        'а' | 'ә' | 'ӑ' | 'ӓ' => "a",
        'б' => "b",
        'в' => "v",
        'г' if eastern => "h",
        'г' | 'ґ' => "g",
        'ғ' | 'ҕ' => "gh",
        'д' => "d",
        'е' | 'э' | 'ѣ' => "e",
        'є' if before.is_none() => "ye",
        'є' => "ie",
        'ё' if before.is_some_and(|before| "жчшщ".contains(before)) => "o",
        'ё' => "yo",
        'ж' if via == Serbian => "z",
        'ж' | 'җ' | 'ӂ' => "zh",
        'з' | 'ҙ' => "z",
        'и' if via == Ukrainian => "y",
        'и' | 'і' | 'ї' | 'ѵ' => "i",
        'й' => "y",
        'ј' | 'ҷ' => "j",
        'к' | 'қ' | 'ҡ' | 'ҟ' => "k",
        'л' => "l",
        'љ' => "lj",
        'м' => "m",
        'н' | 'ң' | 'ӈ' | 'ҥ' => "n",
        'њ' => "nj",
        'о' | 'ө' | 'ӧ' => "o",
        'п' => "p",
        'р' => "r",
        'с' | 'ҫ' => "s",
        'т' => "t",
        'ћ' => "c",
        'ђ' => "dj",
        'ѓ' => "gj",
        'ќ' => "kj",
        'ѕ' => "dz",
        'џ' => "dz",
        'у' | 'ү' | 'ұ' | 'ў' => "u",
        'ф' | 'ѳ' => "f",
        'х' if matches!(via, Serbian | Bulgarian) => "h",
        'х' => "kh",
        'һ' | 'ҳ' => "h",
        'ц' if via == Serbian => "c",
        'ц' => "ts",
        'ч' if via == Serbian => "c",
        'ч' | 'ҹ' => "ch",
        'ш' if via == Serbian => "s",
        'ш' => "sh",
        'щ' if via == Bulgarian => "sht",
        'щ' => "shch",
        'ъ' if via == Bulgarian => "a",
        'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::fold::fold;

    fn check(name: &str, expected: &[(&str, &str)]) {
        let mut readings = readings(&fold(name));
        readings.dedup_by(|a, b| a.1 == b.1);
        let shown: Vec<_> = readings.iter().map(|(via, text)| (via.name(), text.as_str())).collect();
        assert_eq!(shown, expected, "{name}");
    }

    #[test]
    fn russian() {
        check("Владимир ПУТИН", &[("russian", "vladimir putin")]);
        check("Юрий Щёголев", &[("russian", "yuriy shchegolev"), ("bulgarian", "yuriy shtegolev")]);
        check(
            "Мария Васильевна Красный",
            &[("russian", "maria vasilyevna krasny"), ("bulgarian", "maria vasilevna krasnyy")],
        );
        check("Жаңабаев Қасым", &[("russian", "zhanabaev kasym")]);
    }

    #[test]
    fn ukrainian_and_belarusian() {
        check("Сергій Гнатюк", &[("ukrainian", "serhiy hnatyuk"), ("russian", "sergiy gnatyuk")]);
        check(
            "Аляксандр Рыгоравіч Лукашэнка",
            &[
                ("belarusian", "alyaksandr ryhoravich lukashenka"),
                ("russian", "alyaksandr rygoravich lukashenka"),
            ],
        );
    }

    #[test]
    fn serbian_and_bulgarian() {
        check("Слободан Милошевић", &[("serbian", "slobodan milosevic")]);
        check("Ђорђе Џукић", &[("serbian", "djordje dzukic")]);
        check("Джамаа Ислямия", &[("russian", "dzhamaa islyamia"), ("bulgarian", "jamaa islyamia")]);
        assert_eq!(read_place("томского", Via::Russian), "tomsk");
        check("Бързаков", &[("bulgarian", "barzakov"), ("russian", "brzakov")]);
    }
}
