//! Which forms does this crate know by sight and not read? A file of one gets an answer that says what to do, and is never taken
//! for something else.

use memchr::memmem;

use super::{ReadError, SourceFile};
use crate::{ftm, ofac, packed, xml};

/// How far from its end a ZIP file is searched for the names in it.
const ZIP_DIRECTORY_BYTES: usize = 64 << 10;

const UNPACK: &str = "unpack it and import what is in it";
const AS_CSV: &str = "save the sheet as CSV and import that with a mapping (docs/csv-mapping.md)";
const ONTO_VERSION: &str = "it says what changed and is no list; apply it with --onto to the version that it was made for, or import the full export";
const NOT_YET: &str = "it is not read yet; turn it into CSV or FollowTheMoney lines";

/// Refuses a file whose first bytes say that it is packed, a spreadsheet or a document, whatever it is to be read as.
///
/// # Errors
/// Says what it is and what to do.
pub(super) fn refuse_packed(file: &SourceFile<'_>) -> Result<(), ReadError> {
    const PACKED: &[(&[u8], &str, &str)] = &[
        (b"\xfd7zXZ\0", "an xz file", UNPACK),
        (b"\x28\xb5\x2f\xfd", "a zstd file", UNPACK),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Word file", AS_CSV),
        (b"%PDF-", "a PDF", "fetch the list in a form for machines"),
        (b"\xff\xfe", "a UTF-16 text", "save it as UTF-8"),
        (b"\xfe\xff", "a UTF-16 text", "save it as UTF-8"),
    ];
    let (form, advice) = if packed::is_workbook(file) {
        zip(file.bytes)
    } else if file.bytes.starts_with(b"BZh") && file.bytes.get(4..10) == Some(b"1AY&SY") {
        ("a bzip2 file", UNPACK)
    } else {
        let packed = PACKED.iter().find(|(magic, ..)| file.bytes.starts_with(magic));
        let Some((_, form, advice)) = packed else { return Ok(()) };
        (*form, *advice)
    };
    Err(other_form(file, form, advice))
}

/// What a ZIP file is that is one document, by the names in the directory at its end. Other ZIP files are unpacked before.
fn zip(bytes: &[u8]) -> (&'static str, &'static str) {
    let end = bytes.get(bytes.len().saturating_sub(ZIP_DIRECTORY_BYTES)..).unwrap_or_default();
    let has = |name: &str| memmem::find(end, name.as_bytes()).is_some();
    if has("xl/workbook.xml") {
        ("an Excel workbook (XLSX)", AS_CSV)
    } else if has("content.xml") && has("META-INF/manifest.xml") {
        ("an OpenDocument spreadsheet (ODS)", AS_CSV)
    } else {
        ("a document of an office program", "fetch the list in a form for machines")
    }
}

/// Refuses a list of a form that is known and not read yet.
///
/// # Errors
/// Says what it is and what to do.
pub(super) fn refuse_unread(file: &SourceFile<'_>) -> Result<(), ReadError> {
    if ftm::delta::is_delta(file) {
        return Err(other_form(file, "an OpenSanctions delta file", ONTO_VERSION));
    }
    match xml_form(file) {
        Some((form, advice)) => Err(other_form(file, form, advice)),
        None => Ok(()),
    }
}

/// Refuses a part of OFAC's set that came without the primary file.
///
/// # Errors
/// Says what is missing.
pub(super) fn refuse_companion(file: &SourceFile<'_>) -> Result<(), ReadError> {
    if !ofac::is_companion(file) {
        return Ok(());
    }
    let advice = "import it together with the primary file (SDN.CSV or CONS_PRIM.CSV)";
    Err(other_form(file, "only a part of OFAC's delimited set", advice))
}

/// The lists in XML, by their root element.
fn xml_form(file: &SourceFile<'_>) -> Option<(&'static str, &'static str)> {
    let root = xml::root_name(file.bytes)?;
    Some(match root.rsplit(':').next().unwrap_or_default() {
        "ArrayOfFinancialSanctionsTarget" => ("OFSI's consolidated list", NOT_YET),
        "schema" => ("an XML schema", "it describes a list and is none"),
        _ => return None,
    })
}

fn other_form(file: &SourceFile<'_>, form: &'static str, advice: &'static str) -> ReadError {
    ReadError::OtherForm { file: file.name.to_owned(), form, advice }
}

#[cfg(test)]
mod tests {
    use super::super::{Format, detect};
    use super::*;

    fn refusal(bytes: &[u8]) -> String {
        let files = [SourceFile { name: "x", bytes }];
        detect(&files).map_or_else(|error| error.to_string(), |format: Format| format.name().to_owned())
    }

    #[test]
    fn known_forms_are_named_with_what_to_do() {
        for (bytes, form, advice) in [
            (&b"BZh91AY&SY..."[..], "a bzip2 file", "unpack it"),
            (b"\xfd7zXZ\0", "an xz file", "unpack it"),
            (b"\x28\xb5\x2f\xfd", "a zstd file", "unpack it"),
            (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it"),
            (b"%PDF-1.7", "a PDF", "for machines"),
            (b"\xff\xfen\0a\0", "UTF-16", "save it as UTF-8"),
            (b"<xsd:schema/>", "an XML schema", "is none"),
            (br#"{"op":"ADD","entity":{"id":"a"}}"#, "delta file", "--onto"),
        ] {
            let refusal = refusal(bytes);
            assert!(refusal.contains(form) && refusal.contains(advice), "{form}: {refusal}");
        }
    }

    #[test]
    fn other_texts_are_not_named() {
        for (bytes, answer) in [
            (&b"<export><a/></export>"[..], "no known form"),
            (b"<Sanctions/>", "ofac-advanced-xml"),
            (b"BZhejiang,name\n", "csv"),
            (b"PKO,name\n", "csv"),
            (b"name,source\n", "csv"),
        ] {
            assert!(refusal(bytes).contains(answer), "{}", refusal(bytes));
        }
    }
}
