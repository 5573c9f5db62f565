//! How alike are two parts of a name? Spelling, sound and skeleton decide whether they are compared, the cost of the
//! cheapest edits how much their meeting counts.

use crate::edits::is_within;
use crate::score::costs::{WHOLE, are_unlike, distance};
use crate::sound::{self, LETTERS_MAX};

/// A text with what is compared of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form<'a> {
    /// The folded text, UTF-8.
    pub text: &'a [u8],
    /// Its sounds, see [`sound`]; empty for what is not written in small Latin letters.
    pub sounds: &'a [u8],
    /// The key of its sounds.
    pub key: &'a [u8],
    /// Whether it is read from a script that writes no short vowels.
    pub lacks_vowels: bool,
}

/// How two parts met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rule {
    /// The same text.
    Exact,
    /// The same sounds in another spelling.
    Sound,
    /// A few edits apart.
    Spelling,
    /// Two forms of one given name.
    Form,
    /// A nickname of the other.
    Nickname,
    /// Forms of one family name for men and women.
    Gendered,
    /// One is the start of the other, which was cut off.
    CutOff,
    /// A letter taken for another by a reading machine.
    MisreadLetters,
    /// A single letter and a word that starts with it.
    Initial,
    /// Written together on one side.
    Joined,
    /// Written together on one side, and a few edits apart.
    JoinedSpelling,
    /// The first letters of several words.
    Acronym,
}

impl Rule {
    /// Whether only letters or sounds tell that the parts are one.
    pub fn is_spelling(self) -> bool {
        matches!(self, Self::Sound | Self::Spelling | Self::JoinedSpelling)
    }

    /// The name in explanations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Sound => "sound",
            Self::Spelling => "spelling",
            Self::Form => "form_of_name",
            Self::Nickname => "nickname",
            Self::Gendered => "gendered_form",
            Self::CutOff => "cut_off",
            Self::MisreadLetters => "misread_letters",
            Self::Initial => "initial",
            Self::Joined => "joined",
            Self::JoinedSpelling => "joined_spelling",
            Self::Acronym => "acronym",
        }
    }
}

/// What the meeting of two parts counts for, above 0 and at most 1, and why.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Similarity {
    pub strength: f32,
    pub rule: Rule,
}

/// What the same sounds in another spelling count for at most.
const SOUND_STRENGTH: f32 = 0.985;

/// What is added to the cost of edits when the first sounds are not like each other.
const FIRST_LETTER: u32 = 25;

/// The lowest likeness that counts as the same part, in hundredths.
const LIKENESS_MIN: u32 = 60;

/// How alike two parts are; nothing when they are two words.
pub(crate) fn similar(a: &Form<'_>, b: &Form<'_>) -> Option<Similarity> {
    if a.text == b.text {
        return Some(Similarity { strength: 1.0, rule: Rule::Exact });
    }
    edited(a, b)
}

/// What edits, sound and skeleton say.
fn edited(a: &Form<'_>, b: &Form<'_>) -> Option<Similarity> {
    if a.sounds.is_empty() || b.sounds.is_empty() {
        return other_script(a, b);
    }
    let lacks_vowels = a.lacks_vowels || b.lacks_vowels;
    if !are_near(a, b, lacks_vowels) {
        return None;
    }
    if !lacks_vowels && (is_acronym(a) || is_acronym(b)) {
        return letters_apart(a.text, b.text);
    }
    let likeness = likeness(a, b)?;
    let n_letters = a.text.len().min(LETTERS_MAX) + b.text.len().min(LETTERS_MAX);
    let mut strength = strength(likeness, n_letters);
    if lacks_vowels && likeness < 0.999 {
        // What is left when vowels count for nothing are a few consonants: these must be right.
        let n_consonants = sound::skeleton(a.key).count().min(sound::skeleton(b.key).count());
        strength = strength.powf(if n_consonants <= 2 { 2.0 } else { 1.4 });
    }
    let rule = if likeness > 0.999 { Rule::Sound } else { Rule::Spelling };
    Some(Similarity { strength: strength.min(SOUND_STRENGTH), rule })
}

/// Whether a short word has no vowels: it is said letter by letter, and another letter is another word (`npk`, `npc`).
fn is_acronym(form: &Form<'_>) -> bool {
    form.sounds.len() <= 4 && !form.sounds.iter().any(|&sound| sound::is_vowel(sound))
}

/// What two acronyms count for that are one letter apart.
fn letters_apart(a: &[u8], b: &[u8]) -> Option<Similarity> {
    let n_letters = a.len() + b.len();
    let likeness = 1.0 - 2.0 / f32::from(short(count(n_letters)));
    let met = Similarity { strength: strength(likeness, n_letters), rule: Rule::Spelling };
    is_within(a, b, 1).then_some(met)
}

/// The longest word in another script that is met by edits, in characters.
pub(crate) const OTHER_SCRIPT_MAX: usize = 40;

/// Two words in another script than Latin: at most one edit apart, and three letters or more.
fn other_script(a: &Form<'_>, b: &Form<'_>) -> Option<Similarity> {
    let is_latin = |form: &Form<'_>| !form.sounds.is_empty();
    // Numbers have no sounds, and are alike only when they are the same.
    let has_digit = |form: &Form<'_>| form.text.iter().any(u8::is_ascii_digit);
    if is_latin(a) || is_latin(b) || has_digit(a) || has_digit(b) {
        return None;
    }
    let chars =
        |text: &[u8]| -> Vec<char> { std::str::from_utf8(text).unwrap_or_default().chars().collect() };
    let (a, b) = (chars(a.text), chars(b.text));
    let (n_a, n_b) = (a.len(), b.len());
    if n_a.min(n_b) < 3 || n_a.max(n_b) > OTHER_SCRIPT_MAX || !is_within(&a, &b, 1) {
        return None;
    }
    let likeness = 1.0 - 2.0 / f32::from(short(count(n_a + n_b)));
    Some(Similarity { strength: strength(likeness, n_a + n_b), rule: Rule::Spelling })
}

/// Whether two parts are near enough to be compared: by spelling, by sound, or by their consonants. The index finds just
/// these (see `index/near.rs`): who widens this must widen that.
fn are_near(a: &Form<'_>, b: &Form<'_>, lacks_vowels: bool) -> bool {
    let edits = spelling_edits(a.text.len()).min(spelling_edits(b.text.len()));
    is_within(a.key, b.key, key_edits(a.key.len().min(b.key.len())))
        || (may_be_within(a.text, b.text, edits) && is_within(a.text, b.text, edits))
        || (sound::skeleton(a.key).eq(sound::skeleton(b.key))
            && sound::skeleton(a.key).count() >= skeleton_min(lacks_vowels))
}

/// Whether two texts can be so few edits apart. One edit changes for two letters at most whether there is an odd number of
/// them; most texts that only share what is left of them without two letters fail this.
fn may_be_within(a: &[u8], b: &[u8], most: usize) -> bool {
    let odd = |text: &[u8]| text.iter().fold(0_u32, |odd, letter| odd ^ 1 << (letter & 31));
    a.len().abs_diff(b.len()) <= most && (odd(a) ^ odd(b)).count_ones() as usize <= 2 * most
}

/// How many edits a spelling of so many letters may be from another; of two spellings the smaller number holds. Longer
/// words are seldom names, and leaving out letters of them fills the index.
pub(crate) fn spelling_edits(n_letters: usize) -> usize {
    match n_letters {
        3..=5 | 21..=40 => 1,
        6..=20 => 2,
        _ => 0,
    }
}

/// How many edits apart two keys of sounds may be, by the length of the shorter.
pub(crate) fn key_edits(n_classes: usize) -> usize {
    usize::from(n_classes >= 5)
}

/// How many consonants a skeleton needs that is the same on both sides.
pub(crate) const fn skeleton_min(lacks_vowels: bool) -> usize {
    if lacks_vowels { 2 } else { 3 }
}

/// What a likeness of two parts with so many letters together counts for. A misspelt part is weaker evidence than its share
/// of right letters, and the shorter it is the weaker: `song` and `sang` are two names, `abdurrahman` and `abdurahmen`
/// hardly are.
pub(crate) fn strength(likeness: f32, n_letters: usize) -> f32 {
    let power = match n_letters {
        0..=6 => 2.2,
        7..=8 => 1.8,
        9..=10 => 1.5,
        11..=12 => 1.5,
        13..=16 => 1.35,
        _ => 1.2,
    };
    likeness.powf(power)
}

/// The likeness of two parts in Latin letters, 0 to 1; nothing below [`LIKENESS_MIN`]. It is 1 less the cost of the cheapest
/// edits over the mean length, and the first letter weighs more than others: people seldom get it wrong.
pub(crate) fn likeness(a: &Form<'_>, b: &Form<'_>) -> Option<f32> {
    let lacks_vowels = a.lacks_vowels || b.lacks_vowels;
    // Twice the mean length, so that it is a whole number: at most 2 × LETTERS_MAX letters.
    let both = count(a.text.len().min(LETTERS_MAX) + b.text.len().min(LETTERS_MAX));
    let most = both * WHOLE / 2 * (100 - LIKENESS_MIN) / 100;
    let first = if are_unlike(a.sounds[0], b.sounds[0]) { FIRST_LETTER } else { 0 };
    let cost = distance(a.sounds, b.sounds, lacks_vowels, most)? + first;
    (cost <= most).then(|| 1.0 - f32::from(short(cost)) / f32::from(short(both * WHOLE / 2)))
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Costs and lengths of two parts are far below 65,536.
fn short(n: u32) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

/// Whether two keys are at most one edit apart.
pub(crate) fn is_one_edit(a: &[u8], b: &[u8]) -> bool {
    is_within(a, b, 1)
}
