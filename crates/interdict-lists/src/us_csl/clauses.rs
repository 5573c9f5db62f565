//! Which clause would OFAC write for one entry of the identifiers? `QA, 2014-08-30, 2009-08-31, K475336, Passport` is
//! `Passport K475336 (QA) issued 31 Aug 2009 expires 30 Aug 2014`.
//!
//! An entry is a kind with a country, dates and a number around it. The editions of the list put the kind last or first.

use interdict_core::country;
use interdict_core::date::PartialDate;

use crate::ofac;

/// The clause of an entry; `None` when it has no kind that is known.
pub(super) fn clause(entry: &str) -> Option<String> {
    let mut parts: Vec<&str> = entry.split(", ").map(str::trim).collect();
    if parts.len() < 2 {
        return None;
    }
    let last = parts.last().copied().and_then(ofac::is_label);
    let first = parts.first().copied().and_then(ofac::is_label);
    let (label, has_number) = match (last, first) {
        (Some(has_number), _) => (parts.pop()?, has_number),
        (None, Some(has_number)) => (parts.remove(0), has_number),
        (None, None) => return None,
    };
    if !has_number {
        return Some(format!("{label} {}", parts.join(", ")));
    }
    Some(numbered(label, &parts))
}

/// The clause of a number with what stands around it.
fn numbered(label: &str, parts: &[&str]) -> String {
    let is_country = |part: &&&str| {
        part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_uppercase()) && country::code(part).is_some()
    };
    let country = parts.iter().find(is_country).copied();
    let day = |part: &str| {
        part.parse::<PartialDate>().ok().filter(|date| part.len() == 10 && date.as_day().is_some())
    };
    let mut dates: Vec<PartialDate> = parts.iter().filter_map(|part| day(part)).collect();
    dates.sort_unstable();
    let number: Vec<&str> =
        parts.iter().copied().filter(|part| Some(*part) != country && day(part).is_none()).collect();
    let mut clause = format!("{label} {}", number.join(", "));
    let (issued, expires) = match dates[..] {
        [issued, expires] => (Some(issued), Some(expires)),
        _ => (None, None),
    };
    clause.extend(country.map(|country| format!(" ({country})")));
    if issued.is_none() && !dates.is_empty() {
        // One date alone may be either.
        let dates: Vec<String> = dates.iter().map(ToString::to_string).collect();
        clause.push_str(&format!(" issued or expiring {}", dates.join(", ")));
    }
    clause.extend(issued.and_then(in_words).map(|date| format!(" issued {date}")));
    clause.extend(expires.and_then(in_words).map(|date| format!(" expires {date}")));
    clause
}

fn in_words(date: PartialDate) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let date = date.as_day()?;
    let month = MONTHS.get(usize::from(date.month()?).checked_sub(1)?)?;
    Some(format!("{:02} {month} {:04}", date.day()?, date.year()))
}

/// The clauses of the remarks. Links stand in brackets, several in one: `(Linked To: A; Linked To: B)`.
pub(super) fn of_remarks(remarks: &str) -> Vec<&str> {
    let without_brackets = |clause: &'_ str| -> Option<(usize, usize)> {
        let inner = clause.strip_prefix("(Linked To:")?.strip_suffix(')')?;
        Some((1, 1 + "Linked To:".len() + inner.len()))
    };
    let outer = ofac::clauses(remarks).into_iter().map(|clause| {
        let inner = without_brackets(clause).and_then(|(start, end)| clause.get(start..end));
        inner.map_or_else(|| vec![clause], ofac::clauses)
    });
    outer.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_in_either_order() {
        for (entry, expected) in [
            ("CA, BC166787, Passport", "Passport BC166787 (CA)"),
            ("Passport, BC166787, CA", "Passport BC166787 (CA)"),
            (
                "QA, 2014-08-30, 2009-08-31, K475336, Passport",
                "Passport K475336 (QA) issued 31 Aug 2009 expires 30 Aug 2014",
            ),
            ("ZA, 2014-08-30, 1, Passport", "Passport 1 (ZA) issued or expiring 2014-08-30"),
            ("Male, Gender", "Gender Male"),
            ("Gender, Male", "Gender Male"),
            ("123, Tax ID No.", "Tax ID No. 123"),
            ("CN, 9111, Unified Social Credit Code (USCC)", "Unified Social Credit Code (USCC) 9111 (CN)"),
            ("1Fz2, Digital Currency Address - XBT", "Digital Currency Address - XBT 1Fz2"),
            (
                "Rules, sections 1 and 2, Secondary sanctions risk:",
                "Secondary sanctions risk: Rules, sections 1 and 2",
            ),
            ("03 Jun 2021, Listing Date (CMIC)", "Listing Date (CMIC) 03 Jun 2021"),
        ] {
            assert_eq!(clause(entry).as_deref(), Some(expected), "{entry}");
        }
        for entry in ["", "Passport", "1728, Chinese Commercial Code", ", ", "x, y"] {
            assert_eq!(clause(entry), None, "{entry}");
        }
    }

    #[test]
    fn links_in_brackets() {
        assert_eq!(
            of_remarks("For more information (x; y); (Linked To: A; Linked To: B (C))."),
            ["For more information (x; y)", "Linked To: A", "Linked To: B (C)"]
        );
        assert_eq!(of_remarks("(HAMAS)"), ["(HAMAS)"]);
        assert_eq!(of_remarks(""), [""; 0]);
    }
}
