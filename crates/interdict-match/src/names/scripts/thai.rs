//! Names in Thai letters, read about as the royal system has it.
//!
//! A syllable is a consonant or a cluster, a vowel written around it, and a last consonant. Vowels are not always written:
//! two bare consonants are a syllable with `o`, one bare consonant before a syllable is one with `a`.

use super::tables;

pub(super) fn read(name: &str) -> String {
    tables::read_words(name, is_letter, |word| {
        let mut syllables = Syllables { letters: &letters(word), at: 0 };
        let mut latin = String::new();
        while let Some(syllable) = syllables.next_syllable() {
            latin.push_str(&syllable);
        }
        if latin.is_empty() { "a".to_owned() } else { latin }
    })
}

pub(super) fn is_letter(char: char) -> bool {
    matches!(char, '\u{0e01}'..='\u{0e4e}')
}

/// The letters that are spoken: without tone marks, and without those that the sign of silence is on.
fn letters(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = Vec::new();
    for char in word.chars() {
        match char {
            '์' => {
                let written_over = letters.pop_if(|last| matches!(last, 'ิ' | 'ุ')).is_some();
                if written_over || letters.last().copied().is_some_and(is_consonant) {
                    letters.pop();
                }
            }
            '่' | '้' | '๊' | '๋' | '็' | 'ๆ' | 'ฯ' | 'ฺ' | '๎' => {}
            _ => letters.push(char),
        }
    }
    letters
}

struct Syllables<'a> {
    letters: &'a [char],
    at: usize,
}

impl Syllables<'_> {
    fn peek(&self, ahead: usize) -> char {
        self.letters.get(self.at + ahead).copied().unwrap_or(' ')
    }

    fn next_syllable(&mut self) -> Option<String> {
        self.letters.get(self.at)?;
        let leading = self.peek(0);
        if is_leading(leading) {
            self.at += 1;
        }
        if !is_consonant(self.peek(0)) {
            // A vowel sign without its consonant.
            let alone = vowel(leading);
            self.at += usize::from(!is_leading(leading));
            return Some(alone.to_owned());
        }
        let leads = is_leading(leading).then_some(leading);
        let mut latin = self.initial(leads.is_some());
        let (vowel, may_close) = self.vowel(leads);
        latin.push_str(vowel);
        if may_close {
            latin.push_str(self.last_consonant());
        }
        Some(latin)
    }

    /// The consonant or cluster at the start.
    fn initial(&mut self, after_leading_vowel: bool) -> String {
        let first = self.peek(0);
        let second = self.peek(1);
        let has_vowel = |char| is_vowel_sign(char);
        let followed = has_vowel(self.peek(2)) || after_leading_vowel && is_consonant(self.peek(2));
        let silent_lead = first == 'ห' && matches!(second, 'ง' | 'ญ' | 'น' | 'ม' | 'ย' | 'ร' | 'ล' | 'ว')
            || first == 'อ' && second == 'ย';
        let cluster = match second {
            'ร' => matches!(first, 'ก' | 'ข' | 'ค' | 'ต' | 'ป' | 'พ' | 'ท' | 'ส' | 'ศ'),
            'ล' => matches!(first, 'ก' | 'ข' | 'ค' | 'ป' | 'พ' | 'ผ'),
            'ว' => matches!(first, 'ก' | 'ข' | 'ค') && self.peek(2) != ' ',
            _ => false,
        };
        if silent_lead && followed {
            self.at += 2;
            return initial_sound(second).to_owned();
        }
        if cluster && followed {
            self.at += 2;
            return match (first, second) {
                ('ท' | 'ส' | 'ศ', 'ร') => "s".to_owned(),
                _ => [initial_sound(first), initial_sound(second)].concat(),
            };
        }
        self.at += 1;
        initial_sound(first).to_owned()
    }

    /// The vowel, and whether a consonant may close the syllable.
    fn vowel(&mut self, leading: Option<char>) -> (&'static str, bool) {
        let next = self.peek(0);
        let after = self.peek(1);
        let (vowel, n_letters, may_close) = match (leading, next, after) {
            (Some('เ'), 'ี', 'ย') => ("ia", 2, true),
            (Some('เ'), 'ื', 'อ') => ("uea", 2, true),
            (Some('เ'), 'า', 'ะ') => ("o", 2, false),
            (Some('เ'), 'า', _) => ("ao", 1, false),
            (Some('เ'), 'อ', 'ะ') => ("oe", 2, false),
            (Some('เ'), 'อ', _) => ("oe", 1, true),
            (Some('เ'), 'ิ', _) => ("oe", 1, true),
            (Some('เ'), 'ย', after) if !is_vowel_sign(after) => ("oei", 1, false),
            (Some('เ'), 'ะ', _) => ("e", 1, false),
            (Some('แ'), 'ะ', _) => ("ae", 1, false),
            (Some('โ'), 'ะ', _) => ("o", 1, false),
            (Some('เ'), ..) => ("e", 0, true),
            (Some('แ'), ..) => ("ae", 0, true),
            (Some('โ'), ..) => ("o", 0, true),
            (Some('ไ'), 'ย', after) if !is_vowel_sign(after) => ("ai", 1, false),
            (Some(_), ..) => ("ai", 0, false),
            (None, 'ั', 'ว') => ("ua", 2, false),
            (None, 'ั', 'ย') => ("ai", 2, false),
            (None, 'ั' | 'า', _) => ("a", 1, true),
            (None, 'ะ', _) => ("a", 1, false),
            (None, 'ํ', 'า') => ("am", 2, false),
            (None, 'ำ', _) => ("am", 1, false),
            (None, 'ิ' | 'ี', _) => ("i", 1, true),
            (None, 'ึ', _) => ("ue", 1, true),
            (None, 'ื', 'อ') => ("ue", 2, true),
            (None, 'ื', _) => ("ue", 1, true),
            (None, 'ุ' | 'ู', _) => ("u", 1, true),
            (None, 'ร', 'ร') => ("a", 2, true),
            (None, 'ว', closing) if is_consonant(closing) && !is_vowel_sign(self.peek(2)) => {
                ("ua", 1, true)
            }
            (None, 'อ', after) if !is_vowel_sign(after) => ("o", 1, true),
            (None, next, after) => return self.unwritten(next, after),
        };
        self.at += n_letters;
        (vowel, may_close)
    }

    /// The vowel between bare consonants.
    fn unwritten(&self, next: char, after: char) -> (&'static str, bool) {
        let closes = is_consonant(next) && !is_vowel_sign(after);
        // Two bare consonants are one syllable, but of three before a vowel the last two belong together.
        match (closes, next) {
            (true, 'ร') => ("o", true),
            (true, _) => ("o", true),
            _ if is_consonant(next) || self.at > 1 => ("a", false),
            _ => ("o", false),
        }
    }

    /// The consonant that closes the syllable, when the next one does not need it as its first.
    fn last_consonant(&mut self) -> &'static str {
        let last = self.peek(0);
        if !is_consonant(last) || is_vowel_sign(self.peek(1)) || last == 'ห' {
            return "";
        }
        // ร before another syllable is one of its own: thi-ra-yut.
        let after = self.peek(1);
        let before_syllable = is_leading(after) || (is_consonant(after) && self.peek(2) != ' ');
        if last == 'อ' || (last == 'ร' && before_syllable) {
            return "";
        }
        self.at += 1;
        // After the last consonant, an i or u on it is not spoken.
        final_sound(last)
    }
}

fn is_consonant(char: char) -> bool {
    matches!(char, '\u{0e01}'..='\u{0e2e}')
}

/// A vowel that is written before its consonant.
fn is_leading(char: char) -> bool {
    matches!(char, 'เ' | 'แ' | 'โ' | 'ใ' | 'ไ')
}

fn is_vowel_sign(char: char) -> bool {
    matches!(char, '\u{0e30}'..='\u{0e39}' | '\u{0e4d}')
}

/// A vowel sign alone.
fn vowel(char: char) -> &'static str {
    match char {
        'ิ' | 'ี' => "i",
        'ึ' | 'ื' | 'ุ' | 'ู' => "u",
        'เ' => "e",
        'แ' => "ae",
        'โ' => "o",
        'ใ' | 'ไ' => "ai",
        'ฤ' => "rue",
        _ => "a",
    }
}

fn initial_sound(char: char) -> &'static str {
    match char {
        'ก' => "k",
        'ข' | 'ฃ' | 'ค' | 'ฅ' | 'ฆ' => "kh",
        'ง' => "ng",
        'จ' => "ch",
        'ฉ' | 'ช' | 'ฌ' => "ch",
        'ซ' | 'ศ' | 'ษ' | 'ส' => "s",
        'ญ' | 'ย' => "y",
        'ฎ' | 'ด' => "d",
        'ฏ' | 'ต' => "t",
        'ฐ' | 'ฑ' | 'ฒ' | 'ถ' | 'ท' | 'ธ' => "th",
        'ณ' | 'น' => "n",
        'บ' => "b",
        'ป' => "p",
        'ผ' | 'พ' | 'ภ' => "ph",
        'ฝ' | 'ฟ' => "f",
        'ม' => "m",
        'ร' => "r",
        'ฤ' => "rue",
        'ล' | 'ฦ' | 'ฬ' => "l",
        'ว' => "w",
        'ห' | 'ฮ' => "h",
        _ => "",
    }
}

fn final_sound(char: char) -> &'static str {
    match char {
        'ก' | 'ข' | 'ค' | 'ฆ' => "k",
        'ง' => "ng",
        'ญ' | 'ณ' | 'น' | 'ร' | 'ล' | 'ฬ' => "n",
        'บ' | 'ป' | 'พ' | 'ภ' | 'ฟ' => "p",
        'ม' => "m",
        'ย' => "i",
        'ว' => "o",
        _ => "t",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::fold::fold;

    fn check(name: &str, expected: &str) {
        assert_eq!(read(&fold(name)), expected, "{name}");
    }

    #[test]
    fn names() {
        check("สมชาย", "somchai");
        check("ทักษิณ", "thaksin");
        check("ประยุทธ์", "prayut");
        check("สมศักดิ์", "somsak");
        check("อนุทิน", "anuthin");
        check("ชาญวีรกูล", "chanwirakun");
        check("เศรษฐา", "settha");
    }
}
