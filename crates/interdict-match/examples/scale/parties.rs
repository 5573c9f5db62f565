//! Lists of any size, and names to screen: words of name files put together anew, the same for the same seed.

use std::path::{Path, PathBuf};

use interdict_core::entity::Entity;
use interdict_core::model;

use crate::Failure;

/// Words of the names of companies besides a family name.
const GENERIC: [&str; 12] = [
    "Trading",
    "Shipping",
    "Holding",
    "Group",
    "Bank",
    "Industries",
    "Services",
    "Technology",
    "Energy",
    "General",
    "Construction",
    "Logistics",
];
const LEGAL: [&str; 4] = ["Ltd", "LLC", "GmbH", "OOO"];
const COUNTRIES: [&str; 8] = ["us", "ru", "ir", "kp", "sy", "cn", "de", "br"];
/// Names that are here whenever there are no files: those of the matcher's own table of nicknames.
const EMBEDDED: &str = include_str!("../../words/name_variants.tsv");

/// A small generator of numbers that look random (`SplitMix64`).
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n.max(1) as u64).unwrap_or(0)
    }

    fn one_of(&mut self, values: &[&'static str]) -> &'static str {
        values.get(self.below(values.len())).copied().unwrap_or_default()
    }
}

/// Words in an order of their own, the first ones the most frequent.
struct Words(Vec<String>);

impl Words {
    fn of(text: &str, separators: &[char], draw: &mut Draw) -> Result<Self, Failure> {
        let is_name = |word: &&str| word.chars().count() > 1 && word.chars().all(char::is_alphabetic);
        let mut words: Vec<String> = text.split(separators).filter(is_name).map(str::to_owned).collect();
        words.sort_unstable();
        words.dedup();
        if words.len() < 100 {
            return Err("fewer than a hundred names to draw from".into());
        }
        for idx in (1..words.len()).rev() {
            words.swap(idx, draw.below(idx + 1));
        }
        Ok(Self(words))
    }

    /// A word; the most frequent is one in a hundred, and frequency falls with the rank, as it does in life.
    fn draw(&self, draw: &mut Draw) -> &str {
        const OFFSET: f64 = 10.0;
        let n = f64::from(u32::try_from(self.0.len()).unwrap_or(u32::MAX)) + OFFSET;
        let share = f64::from(u32::try_from(draw.next() >> 32).unwrap_or(0)) / 4_294_967_296.0;
        let rank = OFFSET * (n / OFFSET).powf(share) - OFFSET;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rank below the number of words"
        )]
        let rank = rank.max(0.0) as usize;
        self.0.get(rank).map_or("", String::as_str)
    }
}

/// Where names come from: a folder with `first_names.txt` and `last_names.txt`, a name in each line; without one the embedded
/// names.
pub struct Source {
    pub folder: Option<PathBuf>,
}

impl Source {
    /// What is told of it.
    pub fn name(&self) -> String {
        match &self.folder {
            Some(_) => "the names of first_names.txt and last_names.txt".to_owned(),
            None => "the few thousand names that the matcher knows nicknames of: no name files were found \
                     (--names FOLDER, or INTERDICT_DATA)"
                .to_owned(),
        }
    }
}

/// Makes parties and names.
pub struct Maker {
    given: Words,
    family: Words,
    draw: Draw,
}

impl Maker {
    pub fn new(source: &Source, seed: u64) -> Result<Self, Failure> {
        let read = |folder: &Path, file: &str| {
            let path = folder.join(file);
            std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        // The order of words is the same whoever draws from them.
        let mut order = Draw(1);
        let (given, family) = match &source.folder {
            Some(folder) => (
                Words::of(&read(folder, "first_names.txt")?, &['\n', '\r'], &mut order)?,
                Words::of(&read(folder, "last_names.txt")?, &['\n', '\r'], &mut order)?,
            ),
            None => (
                Words::of(EMBEDDED, &['\n', '\t', ' '], &mut order)?,
                Words::of(EMBEDDED, &['\n', '\t', ' '], &mut order)?,
            ),
        };
        Ok(Self { given, family, draw: Draw(seed) })
    }

    /// A person's name of so many words, the family name last.
    pub fn name(&mut self, n_words: usize) -> String {
        let mut words: Vec<&str> = (1..n_words).map(|_| self.given.draw(&mut self.draw)).collect();
        words.push(self.family.draw(&mut self.draw));
        words.join(" ")
    }

    /// The same name with one of its letters left out.
    pub fn misspelt(&mut self, name: &str) -> String {
        let skip = self.draw.below(name.chars().count());
        name.chars().enumerate().filter(|(at, _)| *at != skip).map(|(_, char)| char).collect()
    }

    /// Party number so and so of a list: three persons, then a company. Every third has an alias.
    pub fn party(&mut self, number: usize) -> Result<Entity, Failure> {
        let is_company = number % 4 == 3;
        let schema = if is_company { "Company" } else { "Person" };
        let mut party = Entity::new(format!("s-{number}"), model::schema(schema).ok_or("no such schema")?);
        let country = self.draw.one_of(&COUNTRIES);
        let n_names = if number.is_multiple_of(3) { 2 } else { 1 };
        for (property, _) in ["name", "alias"].into_iter().zip(0..n_names) {
            let n_given = 1 + self.draw.below(2);
            let name = match is_company {
                true => self.company(n_given),
                false => self.name(n_given + 1),
            };
            party.add(property, name)?;
        }
        if is_company {
            party.add("country", country)?;
        } else {
            let (year, month, day) =
                (1940 + self.draw.below(65), 1 + self.draw.below(12), 1 + self.draw.below(28));
            party.add("birthDate", format!("{year}-{month:02}-{day:02}"))?;
            party.add("nationality", country)?;
        }
        Ok(party)
    }

    fn company(&mut self, n_generic: usize) -> String {
        let mut words = vec![self.family.draw(&mut self.draw)];
        words.extend((0..n_generic).map(|_| self.draw.one_of(&GENERIC)));
        words.push(self.draw.one_of(&LEGAL));
        words.join(" ")
    }
}
