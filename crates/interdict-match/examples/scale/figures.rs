//! What was measured of one list, as text and as a table for machines.

use std::fmt::Write as _;

use crate::Failure;

/// What was measured of one list.
pub struct Figures {
    /// How many parties it has.
    pub parties: usize,
    values: Vec<(String, f64)>,
    /// What was screened, and how fast.
    pub speeds: Vec<Speed>,
}

/// How fast names of one sort are screened.
pub struct Speed {
    /// The number of their words, or where they are from.
    pub names: String,
    /// Names in a second on one core.
    pub per_second: f64,
    /// The time that half of the names stay below, in microseconds.
    pub p50: f64,
    /// The time that 99 of 100 stay below.
    pub p99: f64,
    /// How many of them have hits, in percent.
    pub hits: f64,
}

const COLUMNS: [&str; 11] = [
    "parties",
    "names",
    "names_per_second",
    "p50_us",
    "p99_us",
    "hits_percent",
    "index_mb",
    "build_s",
    "open_ms",
    "resident_mb",
    "own_mb",
];

impl Figures {
    pub fn of(parties: usize) -> Self {
        Self { parties, values: Vec::new(), speeds: Vec::new() }
    }

    /// Takes in what a child process says.
    pub fn take(&mut self, text: &str) -> Result<(), Failure> {
        for line in text.lines() {
            match line.split(' ').collect::<Vec<_>>()[..] {
                ["names", names, per_second, p50, p99, hits] => self.speeds.push(Speed {
                    names: names.to_owned(),
                    per_second: per_second.parse()?,
                    p50: p50.parse()?,
                    p99: p99.parse()?,
                    hits: hits.parse()?,
                }),
                [name, value] => self.values.push((name.to_owned(), value.parse()?)),
                _ => return Err(format!("cannot read: {line}").into()),
            }
        }
        Ok(())
    }

    fn value(&self, name: &str) -> f64 {
        self.values.iter().find(|(known, _)| known == name).map_or(f64::NAN, |(_, value)| *value)
    }

    /// The figures as a person reads them.
    pub fn text(&self) -> String {
        let mut text = format!(
            "\n{} parties: index {} MB, built in {} s, opened in {} ms, {} MB resident, {} MB of them own\n\
             {:>10} {:>9} {:>9} {:>9} {:>7}\n",
            self.parties,
            self.value("index_mb"),
            self.value("build_s"),
            self.value("open_ms"),
            self.value("resident_mb"),
            self.value("own_mb"),
            "words",
            "names/s",
            "p50 µs",
            "p99 µs",
            "hits %"
        );
        for Speed { names, per_second, p50, p99, hits } in &self.speeds {
            let _ = writeln!(text, "{names:>10} {per_second:>9.0} {p50:>9.0} {p99:>9.0} {hits:>7.1}");
        }
        text
    }

    /// All figures as tab-separated values.
    pub fn table(all: &[Self]) -> String {
        let mut text = COLUMNS.join("\t") + "\n";
        for figures in all {
            for Speed { names, per_second, p50, p99, hits } in &figures.speeds {
                let _ = write!(text, "{}\t{names}\t{per_second}\t{p50}\t{p99}\t{hits}", figures.parties);
                for name in &COLUMNS[6..] {
                    let _ = write!(text, "\t{}", figures.value(name));
                }
                text.push('\n');
            }
        }
        text
    }

    /// Reads such a table.
    pub fn read(table: &str) -> Result<Vec<Self>, Failure> {
        let mut all: Vec<Self> = Vec::new();
        for line in table.lines().skip(1) {
            let fields: Vec<&str> = line.split('\t').collect();
            let [parties, names, per_second, p50, p99, hits, values @ ..] = &fields[..] else {
                return Err(format!("cannot read: {line}").into());
            };
            let parties = parties.parse()?;
            if all.last().is_none_or(|last| last.parties != parties) {
                all.push(Self::of(parties));
            }
            if let Some(figures) = all.last_mut() {
                figures.take(&format!("names {names} {per_second} {p50} {p99} {hits}"))?;
                for (name, value) in COLUMNS[6..].iter().zip(values) {
                    figures.values.push(((*name).to_owned(), value.parse()?));
                }
            }
        }
        Ok(all)
    }
}
