//! How is something from outside written into a file, so that it is text and nothing else? For XML, for tables, and moments for people.

/// A text with the five signs of XML escaped and every sign that XML 1.0 forbids, or advises against, made visible as `�`.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            sign if is_forbidden(sign) => out.push('\u{FFFD}'),
            sign => out.push(sign),
        }
    }
    out
}

/// Whether XML 1.0 forbids a sign or advises against it.
pub(crate) fn is_forbidden(sign: char) -> bool {
    let is_no_character = matches!(sign, '\u{FDD0}'..='\u{FDEF}') || u32::from(sign) & 0xFFFE == 0xFFFE;
    is_no_character || (sign.is_control() && !matches!(sign, '\t' | '\n' | '\r'))
}

/// A field of a CSV (RFC 4180) of which a spreadsheet makes no formula: `'` stands before a text that begins as formulas do.
pub(crate) fn csv_field(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let guard = if is_formula { "'" } else { "" };
    let needs_quotes = text.contains(['"', ',', ';', '\t', '\n', '\r']) || text != text.trim();
    if needs_quotes { format!("\"{guard}{}\"", text.replace('"', "\"\"")) } else { format!("{guard}{text}") }
}

/// Seconds since 1970 as `2024-02-29T12:00:00Z`; as the number itself where the year is not between 0 and 9999.
pub(crate) fn moment(seconds: i64) -> String {
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Days to a date after H. Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, eras have 400 years.
    let from_era = days.saturating_add(719_468);
    let (era, day_of_era) = (from_era.div_euclid(146_097), from_era.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    if !(0..=9_999).contains(&year) {
        return seconds.to_string();
    }
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_is_markup() {
        assert_eq!(escaped("a<script>&\"'"), "a&lt;script&gt;&amp;&quot;&#39;");
        assert_eq!(escaped("x\u{0}y\u{FFFE}\t\u{85}"), "x\u{FFFD}y\u{FFFD}\t\u{FFFD}");
    }

    #[test]
    fn nothing_from_outside_is_a_formula() {
        assert_eq!(csv_field("=HYPERLINK(\"x\",1)"), "\"'=HYPERLINK(\"\"x\"\",1)\"");
        assert_eq!(["@a", "-1", "+1", "＝1"].map(csv_field), ["'@a", "'-1", "'+1", "'＝1"]);
        assert_eq!(
            ["a=b", "Müller", "a b", "a,b", " a"].map(csv_field),
            ["a=b", "Müller", "a b", "\"a,b\"", "\" a\""]
        );
    }

    #[test]
    fn moments_are_days_and_times() {
        let told = [0, 951_782_400, 1_709_208_000, -1, 4_102_444_799].map(moment);
        let expected = [
            "1970-01-01T00:00:00Z",
            "2000-02-29T00:00:00Z",
            "2024-02-29T12:00:00Z",
            "1969-12-31T23:59:59Z",
            "2099-12-31T23:59:59Z",
        ];
        assert_eq!(told, expected);
        assert_eq!([i64::MAX, i64::MIN].map(moment), [i64::MAX.to_string(), i64::MIN.to_string()]);
    }
}
