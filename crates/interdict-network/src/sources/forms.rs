//! Which form is a file that no reader can take? What its beginning tells, and the next step, in words for its owner.

use interdict_core::limits;
use interdict_lists::lines;

use super::raw::{Fields, Raw};

/// Lines that are looked at for what a file of JSON is.
const LINES_MAX: usize = 100;

/// Fields that only statements of the Beneficial Ownership Data Standard have.
const BODS: [&str; 4] = ["statementId", "statementID", "recordType", "statementType"];

/// What packed files begin with.
const PACKED: &[(&[u8], &str)] = &[
    (b"\x1f\x8b", "packed with gzip; unpack it: gunzip FILE"),
    (b"PK\x03\x04", "a ZIP archive or an Excel workbook; unpack it, or save the sheet as CSV in UTF-8"),
    (b"BZh", "packed with bzip2; unpack it: bunzip2 FILE"),
    (b"\xfd7zXZ\x00", "packed with xz; unpack it: unxz FILE"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd; unpack it: unzstd FILE"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook; save the sheet as CSV in UTF-8"),
    (b"%PDF", "a PDF; a table is a CSV in UTF-8"),
];

/// What a record of JSON is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JsonForm {
    Ftm,
    Bods,
}

impl JsonForm {
    fn of(fields: &Fields<'_>) -> Option<Self> {
        if fields.has("schema") && fields.has("properties") {
            return Some(Self::Ftm);
        }
        BODS.iter().any(|name| fields.has(name)).then_some(Self::Bods)
    }

    /// The form of the first line that has one; nothing when the file has no such lines.
    pub fn of_lines(text: &[u8]) -> Option<Self> {
        lines::lines(text)
            .take(LINES_MAX)
            .filter_map(|line| Raw::new(line.text.ok()?).ok()?.object())
            .find_map(|fields| Self::of(&fields))
    }
}

/// Why bytes are no table: the cause and the next step; nothing when they may be text.
pub(super) fn no_text(bytes: &[u8]) -> Option<String> {
    if let Some((_, what)) = PACKED.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(format!("the file is {what}"));
    }
    let has_mark = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    // Without a mark, every other byte of plain words is zero.
    let is_wide = matches!(bytes, [0, 1..=255, 0, 1..=255, ..] | [1..=255, 0, 1..=255, 0, ..]);
    (has_mark || is_wide)
        .then(|| "the text is UTF-16 (Excel: Unicode text); save it as CSV in UTF-8".to_owned())
}

/// What JSON is that has no statement of a register, when that can be seen.
pub(super) fn no_statement(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii();
    let whole =
        || Raw::new(std::str::from_utf8(bytes.get(..limits::LINE_BYTES_MAX.min(bytes.len()))?).ok()?).ok();
    let first = if bytes.starts_with(b"[") { first_of_array(bytes) } else { whole().and_then(Raw::object) };
    match first {
        Some(fields) if JsonForm::of(&fields) == Some(JsonForm::Ftm) => {
            "it is FollowTheMoney, but not as JSON lines; write each entity on a line of its own: jq -c '.[]' FILE \
             (or jq -c . for entities one behind the other)"
                .to_owned()
        }
        Some(fields) if fields.has("statements") => {
            "its statements are within an object; they must be the file: jq .statements FILE".to_owned()
        }
        _ => format!(
            "it is JSON of no form that is known: neither FollowTheMoney as JSON lines (schema, properties) nor statements of \
             the Beneficial Ownership Data Standard ({})",
            BODS.join(", ")
        ),
    }
}

/// The first object of an array, however long the array is.
fn first_of_array(bytes: &[u8]) -> Option<Fields<'_>> {
    let rest = bytes.get(1..)?;
    let rest = rest.get(..limits::LINE_BYTES_MAX.min(rest.len()))?;
    // A sign that is cut in two at the end is left out.
    Raw::first(rest.utf8_chunks().next()?.valid())?.object()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_or_wide_is_named_with_the_next_step() {
        for (bytes, words) in [
            (&b"\x1f\x8b\x08\x00"[..], "gunzip"),
            (b"PK\x03\x04....", "ZIP archive or an Excel workbook"),
            (b"\xff\xfeo\0w\0", "save it as CSV in UTF-8"),
            (b"\xfe\xff\0o\0w", "UTF-16"),
            (b"o\0w\0n\0", "UTF-16"),
            (b"\0o\0w\0n", "UTF-16"),
        ] {
            assert!(no_text(bytes).unwrap().contains(words), "{bytes:?}");
        }
        for text in [&b"owner,asset\n"[..], b"", b"PK,x", b"\0\0\0\0", "김,b".as_bytes()] {
            assert_eq!(no_text(text), None, "{text:?}");
        }
    }

    #[test]
    fn json_without_statements_is_named() {
        for (text, words) in [
            (r#"[{"id": "a", "schema": "Person", "properties": {}}, 17]"#, "jq -c '.[]'"),
            ("{\n\"id\": \"a\", \"schema\": \"Person\", \"properties\": {}\n}", "not as JSON lines"),
            (r#"{"statements": [{}]}"#, "jq .statements"),
            (r#"{"a": 1}"#, "JSON of no form that is known"),
            (r#"[1, {"a": "b"}]"#, "JSON of no form that is known"),
            ("[]", "JSON of no form that is known"),
        ] {
            assert!(
                no_statement(text.as_bytes()).contains(words),
                "{text}: {}",
                no_statement(text.as_bytes())
            );
        }
        let long = format!("[{}{}]", r#"{"schema": "A", "properties": {}}"#, ", {\"김\": 1}".repeat(600_000));
        assert!(no_statement(long.as_bytes()).contains("jq -c"));
    }
}
