//! Korean names in Hangul, read in Latin letters the ways that passports, lists and newspapers do.
//!
//! Three systems are read: McCune–Reischauer without its marks, which is also how North Korean names are usually given
//! (Kim Chong Un, Pak Chin Hyok); the spellings common in the South (Kim Jung Un, Park Jin Hyuk); and Revised Romanization
//! (Gim Jeong Eun). Each syllable becomes a word of its own: whether they are written together is up to the writer.

/// One romanization: a text for each initial consonant, vowel and final consonant, in the order of Unicode's Hangul block.
struct System {
    initials: [&'static str; 19],
    vowels: [&'static str; 21],
    finals: [&'static str; 28],
    /// Which of the spellings of a family name this system takes; `None` spells it like any syllable.
    family_spelling: Option<usize>,
}

const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t",
    "ng", "t", "t", "k", "t", "p", "t",
];

const MCCUNE_REISCHAUER: System = System {
    initials: [
        "k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "ch", "tch", "ch", "k", "t", "p", "h",
    ],
    vowels: [
        "a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi",
        "yu", "u", "ui", "i",
    ],
    finals: FINALS,
    family_spelling: Some(0),
};

const COMMON: System = System {
    initials: [
        "k", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h",
    ],
    vowels: [
        "a", "ae", "ya", "yae", "u", "e", "yu", "ye", "o", "wa", "wae", "oi", "yo", "oo", "wo", "we", "wi",
        "yoo", "eu", "ui", "i",
    ],
    finals: FINALS,
    family_spelling: Some(1),
};

const REVISED: System = System {
    initials: [
        "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h",
    ],
    vowels: [
        "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi",
        "yu", "eu", "ui", "i",
    ],
    finals: FINALS,
    family_spelling: None,
};

/// Family names whose usual spelling is none of the rules', or that are spelled in several ways: Hangul, then the spelling
/// on North Korean and older papers, then the one common in the South.
const FAMILY_NAMES: &[(&str, &str, &str)] = &[
    ("김", "kim", "kim"),
    ("이", "ri", "lee"),
    ("리", "ri", "lee"),
    ("박", "pak", "park"),
    ("최", "choe", "choi"),
    ("정", "chong", "jung"),
    ("강", "kang", "kang"),
    ("조", "cho", "jo"),
    ("윤", "yun", "yoon"),
    ("장", "chang", "jang"),
    ("임", "im", "lim"),
    ("림", "rim", "lim"),
    ("오", "o", "oh"),
    ("서", "so", "seo"),
    ("신", "sin", "shin"),
    ("권", "kwon", "kwon"),
    ("안", "an", "ahn"),
    ("전", "chon", "jeon"),
    ("유", "yu", "yoo"),
    ("류", "ryu", "ryoo"),
    ("고", "ko", "ko"),
    ("문", "mun", "moon"),
    ("배", "pae", "bae"),
    ("백", "paek", "baek"),
    ("허", "ho", "heo"),
    ("심", "sim", "shim"),
    ("노", "no", "roh"),
    ("로", "ro", "roh"),
    ("곽", "kwak", "kwak"),
    ("성", "song", "sung"),
    ("주", "chu", "joo"),
    ("우", "u", "woo"),
    ("구", "ku", "koo"),
    ("진", "chin", "jin"),
    ("지", "chi", "ji"),
    ("엄", "om", "um"),
    ("천", "chon", "cheon"),
    ("방", "pang", "bang"),
    ("공", "kong", "kong"),
    ("현", "hyon", "hyun"),
    ("변", "pyon", "byun"),
    ("여", "yo", "yeo"),
    ("추", "chu", "choo"),
    ("도", "to", "do"),
    ("석", "sok", "seok"),
    ("선", "son", "sun"),
    ("길", "kil", "gil"),
    ("연", "yon", "yeon"),
    ("명", "myong", "myung"),
    ("기", "ki", "ki"),
    ("반", "pan", "ban"),
    ("금", "kum", "keum"),
    ("국", "kuk", "kook"),
    ("은", "un", "eun"),
    ("승", "sung", "seung"),
    ("제갈", "chegal", "jegal"),
    ("남궁", "namgung", "namgoong"),
    ("황보", "hwangbo", "hwangbo"),
    ("사공", "sagong", "sagong"),
    ("선우", "sonu", "sunwoo"),
    ("독고", "tokko", "dokgo"),
];

/// A name of at most this many syllables without a blank is taken for family name and given name.
const PERSON_SYLLABLES_MAX: usize = 4;

/// Whether a character is a whole Hangul syllable.
pub(super) fn is_syllable(char: char) -> bool {
    ('가'..='힣').contains(&char)
}

/// The readings of a name in Latin letters, each once; letters that are no Hangul stay.
pub(super) fn readings(name: &str) -> Vec<String> {
    let mut readings = Vec::new();
    for system in [&MCCUNE_REISCHAUER, &COMMON, &REVISED] {
        let reading = read(name, system);
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    readings
}

fn read(name: &str, system: &System) -> String {
    let mut spelled = String::new();
    let name = name.trim_start();
    let mut rest = name;
    if let Some((syllables, family)) = family_name(name, system) {
        spelled.push_str(family);
        rest = &name[syllables.len()..];
    }
    for char in rest.chars() {
        if is_syllable(char) {
            spelled.push(' ');
            spell(char, system, &mut spelled);
            spelled.push(' ');
        } else {
            spelled.push(char);
        }
    }
    spelled
}

/// The family name at the start of a name that looks like a person's, in Hangul and in this system's spelling.
fn family_name(name: &str, system: &System) -> Option<(&'static str, &'static str)> {
    let spelling = system.family_spelling?;
    let first_word = name.split_whitespace().next()?;
    let n_syllables = name.chars().filter(|&char| is_syllable(char)).count();
    if !(2..=PERSON_SYLLABLES_MAX).contains(&n_syllables) {
        return None;
    }
    let known = FAMILY_NAMES.iter().filter(|(family, ..)| {
        first_word.starts_with(family) && (family.chars().count() == 1 || n_syllables > 2)
    });
    let (family, northern, southern) = *known.max_by_key(|(family, ..)| family.len())?;
    Some((family, [northern, southern][spelling]))
}

/// Spells one syllable: Unicode puts the syllables in the order initial, vowel, final.
fn spell(syllable: char, system: &System, spelled: &mut String) {
    let idx = (u32::from(syllable) - u32::from('가')) as usize;
    spelled.push_str(system.initials[idx / 588]);
    spelled.push_str(system.vowels[idx % 588 / 28]);
    spelled.push_str(system.finals[idx % 28]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &[&str]) {
        let words = |reading: String| reading.split_whitespace().collect::<Vec<_>>().join(" ");
        let readings: Vec<String> = readings(name).into_iter().map(words).collect();
        assert_eq!(readings, expected, "{name}");
    }

    #[test]
    fn three_systems() {
        check("김상만", &["kim sang man", "gim sang man"]);
        check("김정은", &["kim chong un", "kim jung eun", "gim jeong eun"]);
        check("박진혁", &["pak chin hyok", "park jin hyuk", "bak jin hyeok"]);
        check("리영림", &["ri yong rim", "lee yung rim", "ri yeong rim"]);
        check("남궁 민", &["namgung min", "namgoong min", "nam gung min"]);
        check("라자루스 그룹", &["ra cha ru su ku rup", "ra ja roo seu keu roop", "ra ja ru seu geu rup"]);
    }

    #[test]
    fn blanks_in_front_change_nothing() {
        for blanks in [" ", "\t", "\u{3000} "] {
            assert_eq!(readings(&format!("{blanks}구본영")), readings("구본영"));
        }
    }
}
