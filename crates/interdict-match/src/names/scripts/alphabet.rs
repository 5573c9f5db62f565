//! Scripts in which each letter, or pair of letters, has one sound: Georgian, Armenian, Ethiopic.

use super::tables;

/// Letters and what they are in Latin; longer ones first.
type Letters = &'static [(&'static str, &'static str)];

#[rustfmt::skip]
const GEORGIAN: Letters = &[
    ("ა", "a"), ("ბ", "b"), ("გ", "g"), ("დ", "d"), ("ე", "e"), ("ვ", "v"), ("ზ", "z"), ("თ", "t"), ("ი", "i"),
    ("კ", "k"), ("ლ", "l"), ("მ", "m"), ("ნ", "n"), ("ო", "o"), ("პ", "p"), ("ჟ", "zh"), ("რ", "r"), ("ს", "s"),
    ("ტ", "t"), ("უ", "u"), ("ფ", "p"), ("ქ", "k"), ("ღ", "gh"), ("ყ", "q"), ("შ", "sh"), ("ჩ", "ch"), ("ც", "ts"),
    ("ძ", "dz"), ("წ", "ts"), ("ჭ", "ch"), ("ხ", "kh"), ("ჯ", "j"), ("ჰ", "h"), ("ჲ", "y"), ("ჱ", "ey"),
    ("ჳ", "w"), ("ჴ", "q"), ("ჵ", "o"), ("ჶ", "f"), ("ჷ", "e"),
];

#[rustfmt::skip]
const ARMENIAN: Letters = &[
    ("ու", "u"), ("եւ", "ev"), ("եվ", "ev"), ("և", "ev"),
    ("ա", "a"), ("բ", "b"), ("գ", "g"), ("դ", "d"), ("ե", "e"), ("զ", "z"), ("է", "e"), ("ը", "y"), ("թ", "t"),
    ("ժ", "zh"), ("ի", "i"), ("լ", "l"), ("խ", "kh"), ("ծ", "ts"), ("կ", "k"), ("հ", "h"), ("ձ", "dz"), ("ղ", "gh"),
    ("ճ", "ch"), ("մ", "m"), ("յ", "y"), ("ն", "n"), ("շ", "sh"), ("ո", "o"), ("չ", "ch"), ("պ", "p"), ("ջ", "j"),
    ("ռ", "r"), ("ս", "s"), ("վ", "v"), ("տ", "t"), ("ր", "r"), ("ց", "ts"), ("ւ", "v"), ("փ", "p"), ("ք", "k"),
    ("օ", "o"), ("ֆ", "f"),
];

/// What the letters are in Western Armenian where it differs: voiced and voiceless change places.
#[rustfmt::skip]
const WESTERN_ARMENIAN: Letters = &[
    ("բ", "p"), ("գ", "k"), ("դ", "t"), ("ծ", "dz"), ("կ", "g"), ("ձ", "ts"), ("ճ", "j"), ("պ", "b"), ("ջ", "ch"),
    ("տ", "d"),
];

/// The consonant of each row of eight in the Ethiopic block, from its start.
#[rustfmt::skip]
const ETHIOPIC_ROWS: [&str; 43] = [
    "h", "l", "h", "m", "s", "r", "s", "sh", "q", "q", "q", "q", "b", "v", "t", "ch", "h", "h", "n", "ny", "",
    "k", "k", "k", "k", "w", "", "z", "zh", "y", "d", "d", "j", "g", "g", "g", "t", "ch", "p", "ts", "ts", "f", "p",
];

/// The vowel of each of the eight forms.
const ETHIOPIC_VOWELS: [&str; 8] = ["e", "u", "i", "a", "e", "", "o", "wa"];

pub(super) fn georgian(name: &str) -> String {
    tables::read_words(name, |char| matches!(char, '\u{10d0}'..='\u{10ff}'), |word| spell(word, &[GEORGIAN]))
}

/// The name read as Eastern and as Western Armenian.
pub(super) fn armenian(name: &str) -> [String; 2] {
    let is_letter = |char: char| matches!(char, '\u{0560}'..='\u{0588}');
    let read = |word: &str, systems: &[Letters]| {
        let start = match word.chars().next() {
            Some('ո') if !word.starts_with("ու") && word.len() > 'ո'.len_utf8() => "v",
            Some('ե') if !word.starts_with("եվ") && !word.starts_with("եւ") => "y",
            _ => "",
        };
        [start, &spell(word, systems)].concat()
    };
    [
        tables::read_words(name, is_letter, |word| read(word, &[ARMENIAN])),
        tables::read_words(name, is_letter, |word| read(word, &[WESTERN_ARMENIAN, ARMENIAN])),
    ]
}

pub(super) fn ethiopic(name: &str) -> String {
    tables::read_words(
        name,
        |char| ethiopic_letter(char).is_some(),
        |word| {
            let mut latin = String::new();
            let letters: Vec<_> = word.chars().filter_map(ethiopic_letter).collect();
            for (idx, (consonant, vowel)) in letters.iter().enumerate() {
                // The sixth form is a consonant alone, or one with a short vowel where two would meet at the start.
                let starts = idx == 0 && vowel.is_empty() && letters.len() > 1;
                let vowel = match *vowel {
                    "e" if matches!(*consonant, "" | "h") => "a",
                    _ if starts => "i",
                    vowel => vowel,
                };
                latin.extend([*consonant, vowel]);
            }
            if latin.is_empty() { "i".to_owned() } else { latin }
        },
    )
}

fn ethiopic_letter(char: char) -> Option<(&'static str, &'static str)> {
    let at = usize::try_from(u32::from(char).checked_sub(0x1200)?).ok()?;
    Some((*ETHIOPIC_ROWS.get(at / 8)?, *ETHIOPIC_VOWELS.get(at % 8)?))
}

/// The word by the first table that has its letters; letters of none stay.
fn spell(word: &str, systems: &[Letters]) -> String {
    let mut latin = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(char) = rest.chars().next() {
        let known =
            systems.iter().find_map(|letters| letters.iter().find(|(letter, _)| rest.starts_with(letter)));
        let n_bytes = match known {
            Some((letter, sound)) => {
                latin.push_str(sound);
                letter.len()
            }
            None => {
                latin.push(char);
                char.len_utf8()
            }
        };
        rest = rest.get(n_bytes..).unwrap_or_default();
    }
    latin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn georgian_names() {
        assert_eq!(georgian("მიხეილ სააკაშვილი"), "mikheil saakashvili");
        assert_eq!(georgian("ბიძინა ივანიშვილი"), "bidzina ivanishvili");
    }

    #[test]
    fn armenian_names() {
        let [eastern, western] = armenian("նիկոլ փաշինյան");
        assert_eq!((eastern.as_str(), western.as_str()), ("nikol pashinyan", "nigol pashinyan"));
        assert_eq!(armenian("երևան ոսկան ռուբեն")[0], "yerevan voskan ruben");
    }

    #[test]
    fn ethiopic_names() {
        assert_eq!(ethiopic("መንግስቱ ኃይለ ማርያም"), "mengstu hayle maryam");
        assert_eq!(ethiopic("ከበደ ተስፋዬ"), "kebede tesfaye");
        assert_eq!(ethiopic("አበበ"), "abebe");
    }
}
