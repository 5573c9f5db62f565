//! Files of cases for measurements: `interdict generate` writes them, `interdict evaluate` reads them.

use std::io::{self, Write};
use std::path::Path;

use interdict_core::subject::Subject;
use interdict_evaluate::cases::{Case, Label};
use interdict_evaluate::generate::Severity;
use interdict_evaluate::pairs::Pair;
use interdict_evaluate::run::{Details, Found};

use crate::failure::Failure;
use crate::tables::{self, Row, csv_field};

/// The columns of a file of cases.
const COLUMNS: [&str; 11] = [
    "case_id",
    "class",
    "severity",
    "schema",
    "name",
    "birth_date",
    "country",
    "expected_id",
    "expected_list",
    "label",
    "source_name",
];

/// What was read, and how many details (birth dates, countries, schemas) could not be and are left out.
pub(crate) struct Read<T> {
    pub rows: Vec<T>,
    pub n_unused: usize,
}

/// Writes cases as CSV.
pub(crate) fn write(cases: &[Case], details: Details, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", COLUMNS.join(","))?;
    for case in cases {
        writeln!(out, "{}", fields(case, details).join(","))?;
    }
    Ok(())
}

/// Writes cases with what was found for them.
pub(crate) fn write_misses(cases: &[(&Case, &Found)], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{},own_score,own_place,best_score,best_id", COLUMNS.join(","))?;
    for (case, found) in cases {
        let place = found.place.map(|place| place.to_string()).unwrap_or_default();
        let best = csv_field(found.best_id.as_deref().unwrap_or_default());
        let fields = fields(case, Details::All).join(",");
        writeln!(out, "{fields},{},{place},{},{best}", found.own, found.best)?;
    }
    Ok(())
}

fn fields(case: &Case, details: Details) -> [String; 11] {
    let subject = &case.subject;
    let (mut date, mut country) = (String::new(), String::new());
    if details == Details::All {
        date = subject.birth_dates.first().map(ToString::to_string).unwrap_or_default();
        country = subject.countries.join("|");
    }
    let label = if case.label == Label::Match { "1" } else { "0" };
    let fields: [&str; 11] = [
        &case.id,
        &case.class,
        case.severity.map_or("", Severity::name),
        subject.schema.map_or("", |schema| schema.name),
        subject.names.first().map_or("", String::as_str),
        &date,
        &country,
        case.expected_id.as_deref().unwrap_or_default(),
        case.expected_list.as_deref().unwrap_or_default(),
        label,
        &case.source_name,
    ];
    fields.map(csv_field)
}

/// Reads cases. A row needs `name`, and `expected_id` unless its `label` is 0.
pub(crate) fn read(path: &Path) -> Result<Read<Case>, Failure> {
    collected(path, |row| {
        let (subject, n_unused) = named(row)?;
        let label = match row.get(&["label"]) {
            None => Label::Match,
            Some(text) => label(text).ok_or_else(|| "the label is neither 1 nor 0".to_owned())?,
        };
        let expected_id = row.get(&["expected_id"]).map(str::to_owned);
        if label == Label::Match && expected_id.is_none() {
            return Err("a match needs an `expected_id`".to_owned());
        }
        let case = Case {
            id: row.get(&["case_id", "id"]).map_or_else(|| row.line.to_string(), str::to_owned),
            class: row.get(&["class", "category"]).unwrap_or("unclassified").to_owned(),
            severity: row.get(&["severity"]).and_then(Severity::named),
            label,
            subject,
            expected_id,
            expected_list: row.get(&["expected_list"]).map(str::to_owned),
            source_name: row.get(&["source_name"]).unwrap_or_default().to_owned(),
        };
        Ok((case, n_unused))
    })
}

/// Reads names that nobody should be alerted on, at most `limit`.
pub(crate) fn read_benign(path: &Path, limit: Option<usize>) -> Result<Read<Subject>, Failure> {
    let mut read = collected(path, named)?;
    read.rows.truncate(limit.unwrap_or(usize::MAX));
    Ok(read)
}

/// Reads labelled pairs: `name1`, `name2`, `is_match`, and if there are any `schema`, `category` or `case_group`,
/// `birth_date1`, `birth_date2`, `country1`, `country2`.
pub(crate) fn read_pairs(path: &Path) -> Result<Read<Pair>, Failure> {
    collected(path, |row| {
        let ((a, n_a), (b, n_b)) = (row.subject(&["name"], "1"), row.subject(&["name"], "2"));
        if a.names.is_empty() || b.names.is_empty() {
            return Err("a pair needs `name1` and `name2`".to_owned());
        }
        let is_match =
            row.get(&["is_match", "label"]).and_then(label).ok_or("`is_match` is neither true nor false")?;
        let group = row.get(&["case_group", "group", "category"]).unwrap_or_default().to_owned();
        Ok((Pair { group, a, b, is_match: is_match == Label::Match }, n_a + n_b))
    })
}

fn label(text: &str) -> Option<Label> {
    match text.to_lowercase().as_str() {
        "1" | "true" | "yes" => Some(Label::Match),
        "0" | "false" | "no" => Some(Label::NoMatch),
        _ => None,
    }
}

fn named(row: &Row) -> Result<(Subject, usize), String> {
    // The name is taken whole: a manipulated one may hold any sign.
    let (mut subject, n_unused) = row.subject(&[], "");
    let name = row.get(&["name", "full_name"]).ok_or("there is no `name` or `full_name`")?;
    subject.names = vec![name.to_owned()];
    Ok((subject, n_unused))
}

fn collected<T>(path: &Path, each: impl Fn(&Row) -> Result<(T, usize), String>) -> Result<Read<T>, Failure> {
    let mut read = Read { rows: Vec::new(), n_unused: 0 };
    for row in tables::read(path)? {
        let refuse = |reason: String| Failure::Customers {
            path: path.to_owned(),
            reason: format!("line {}: {reason}", row.line),
        };
        let (item, n_unused) = each(&row).map_err(refuse)?;
        read.rows.push(item);
        read.n_unused += n_unused;
    }
    Ok(read)
}
