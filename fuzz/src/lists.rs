//! Which invariants must every reader of a list keep, whatever the bytes? One function for each fuzz target.

use std::collections::{BTreeMap, BTreeSet};

use interdict_core::date::PartialDate;
use interdict_core::entity::Entity;
use interdict_core::issue::{Issues, Parsed, Severity};
use interdict_core::limits;
use interdict_core::list::ListId;
use interdict_core::model::PropertyKind;
use interdict_lists::delimited::{Record, RecordError, Records};
use interdict_lists::ftm::delta;
use interdict_lists::lines;
use interdict_lists::mapped_csv::Mapping;
use interdict_lists::{Format, ListContent, ReadError, SourceFile, detect, read};

/// The name of a fuzz target, and its check.
pub type Target = (&'static str, fn(&[u8]));

/// The fuzz targets of this file by name: the corpus of each is in the folder of that name.
pub const TARGETS: &[Target] = &[
    ("au", au),
    ("ca", ca),
    ("ch", ch),
    ("csv", csv),
    ("csv_mapping", csv_mapping),
    ("date", date),
    ("delimited", delimited),
    ("eu", eu),
    ("eu_csv", eu_csv),
    ("ftm", ftm),
    ("ftm_delta", ftm_delta),
    ("kr", kr),
    ("lines", lines_of_a_file),
    ("mapping", mapping),
    ("ofac", ofac),
    ("ofac_advanced", ofac_advanced),
    ("ofac_enhanced_xml", ofac_enhanced_xml),
    ("ofac_xml", ofac_xml),
    ("packed", packed),
    ("remarks", remarks),
    ("senzing", senzing),
    ("uk", uk),
    ("uk_ofsi", uk_ofsi),
    ("un", un),
    ("us_csl", us_csl),
    ("workbook", workbook),
];

/// The line between the parts of an input that stands for several files.
const BETWEEN_FILES: &[u8] = b"=====\n";

/// Where an entity may point to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum References {
    /// To entities of the same reading only: the reader made the references.
    WithinReading,
    /// Anywhere: the references are the source's own.
    Anywhere,
}

/// OFAC's delimited set: SDN, ADD, ALT and COMMENTS, with a line `=====` between them; the last ones may be missing.
pub fn ofac(data: &[u8]) {
    let names = ["SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV"];
    let parts = parts(data);
    let files: Vec<SourceFile<'_>> =
        names.iter().zip(&parts).map(|(name, bytes)| SourceFile { name, bytes }).collect();
    check(Format::OfacCsv, &files, None, References::WithinReading);
}

/// The remarks of one OFAC record. Whatever they say, the party is there.
pub fn remarks(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let quoted = text.replace('"', "\"\"");
    for kind in ["-0- ", "individual", "vessel"] {
        let row = format!(
            "1,\"DOE, Jane\",\"{kind}\",\"DPRK4\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"{quoted}\"\n\
             2,\"DOE TRADING\",-0- ,\"DPRK4\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"Linked To: DOE, Jane.\"\n"
        );
        let files = [SourceFile { name: "SDN.CSV", bytes: row.as_bytes() }];
        let content = check(Format::OfacCsv, &files, None, References::WithinReading);
        let content = content.expect("two whole records are a list");
        for id in ["ofac-1", "ofac-2"] {
            assert!(content.entities.iter().any(|entity| entity.id == id), "the remarks cost the party {id}");
        }
    }
}

/// OFAC's classic XML.
pub fn ofac_xml(data: &[u8]) {
    let file = SourceFile { name: "SDN.XML", bytes: data };
    check(Format::OfacXml, &[file], None, References::WithinReading);
}

/// OFAC's enhanced XML.
pub fn ofac_enhanced_xml(data: &[u8]) {
    let file = SourceFile { name: "SDN_ENHANCED.XML", bytes: data };
    check(Format::OfacEnhancedXml, &[file], None, References::WithinReading);
}

/// OFAC's advanced XML.
pub fn ofac_advanced(data: &[u8]) {
    let file = SourceFile { name: "SDN_ADVANCED.XML", bytes: data };
    check(Format::OfacAdvancedXml, &[file], None, References::WithinReading);
}

/// A gzip or ZIP file: read as the files in it, or refused.
pub fn packed(data: &[u8]) {
    for format in [Format::KrJsonLines, Format::OfacCsv] {
        check(format, &[SourceFile { name: "list.zip", bytes: data }], None, References::WithinReading);
    }
}

/// The UN's consolidated list.
pub fn un(data: &[u8]) {
    check(Format::UnXml, &[SourceFile { name: "list.xml", bytes: data }], None, References::WithinReading);
}

/// The European Union's list in XML.
pub fn eu(data: &[u8]) {
    check(Format::EuXml, &[SourceFile { name: "list.xml", bytes: data }], None, References::WithinReading);
}

/// The European Union's list in CSV.
pub fn eu_csv(data: &[u8]) {
    check(Format::EuCsv, &[SourceFile { name: "list.csv", bytes: data }], None, References::WithinReading);
}

/// Switzerland's list.
pub fn ch(data: &[u8]) {
    check(Format::ChXml, &[SourceFile { name: "list.xml", bytes: data }], None, References::WithinReading);
}

/// Canada's list.
pub fn ca(data: &[u8]) {
    check(Format::CaXml, &[SourceFile { name: "list.xml", bytes: data }], None, References::WithinReading);
}

/// The UK Sanctions List, as XML or CSV.
pub fn uk(data: &[u8]) {
    check(Format::Uk, &[SourceFile { name: "list", bytes: data }], None, References::WithinReading);
}

/// OFSI's consolidated list.
pub fn uk_ofsi(data: &[u8]) {
    check(
        Format::UkOfsi,
        &[SourceFile { name: "ConList.csv", bytes: data }],
        None,
        References::WithinReading,
    );
}

/// Australia's consolidated list, as CSV.
pub fn au(data: &[u8]) {
    check(Format::Au, &[SourceFile { name: "list.csv", bytes: data }], None, References::WithinReading);
}

/// The US Consolidated Screening List.
pub fn us_csl(data: &[u8]) {
    check(Format::UsCsl, &[SourceFile { name: "list.csv", bytes: data }], None, References::WithinReading);
}

/// The sheet of a spreadsheet: XML of an XLSX, or of the rows of an ODS. It is packed here, so that the fuzzer need not learn to
/// make checksums.
pub fn workbook(data: &[u8]) {
    let workbook = b"<workbook><sheets><sheet name='a' r:id='1'/></sheets></workbook>";
    let relations = b"<Relationships><Relationship Id='1' Target='worksheets/1.xml'/></Relationships>";
    let xlsx = stored(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", relations),
        (
            "xl/sharedStrings.xml",
            b"<sst><si><t>Reference</t></si><si><r><t>Name</t></r><rPh><t>x</t></rPh></si></sst>",
        ),
        ("xl/worksheets/1.xml", data),
    ]);
    let ods = stored(&[("META-INF/manifest.xml", b"<m/>"), ("content.xml", data)]);
    for (format, bytes) in [(Format::Au, xlsx), (Format::Uk, ods)] {
        check(format, &[SourceFile { name: "list", bytes: &bytes }], None, References::WithinReading);
    }
}

/// A ZIP of files that are stored as they are.
fn stored(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    let long = |n: usize| u32::try_from(n).expect("a small file").to_le_bytes();
    let short = |n: usize| u16::try_from(n).expect("a small file").to_le_bytes();
    for (name, bytes) in files {
        let sizes = [checksum(bytes).to_le_bytes(), long(bytes.len()), long(bytes.len())].concat();
        let head = [&[20, 0, 0, 0, 0, 0, 0, 0, 0, 0], sizes.as_slice(), &short(name.len()), &[0, 0]].concat();
        let offset = long(archive.len());
        archive.extend([b"PK\x03\x04", head.as_slice(), name.as_bytes(), bytes].concat());
        directory
            .extend([b"PK\x01\x02\x14\x00", head.as_slice(), &[0; 10], &offset, name.as_bytes()].concat());
    }
    let (n, start, size) = (short(files.len()), long(archive.len()), long(directory.len()));
    archive.extend(directory);
    archive.extend([b"PK\x05\x06\0\0\0\0", n.as_slice(), &n, &size, &start, &[0, 0]].concat());
    archive
}

/// The CRC-32 of ZIP files (ISO 3309), bit by bit.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0_u32, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

/// South Korean designations.
pub fn kr(data: &[u8]) {
    let file = SourceFile { name: "list.jsonl", bytes: data };
    check(Format::KrJsonLines, &[file], None, References::WithinReading);
}

/// FollowTheMoney JSON lines.
pub fn ftm(data: &[u8]) {
    let file = SourceFile { name: "list.json", bytes: data };
    if let Some(content) = check(Format::FtmJsonLines, &[file], None, References::Anywhere) {
        check_that_ids_are_of_the_list(&content);
    }
}

/// A delta file. Applied to the entities it makes it changes nothing more, and every operation is taken or an issue.
pub fn ftm_delta(data: &[u8]) {
    let file = SourceFile { name: "list.json", bytes: data };
    let list: ListId = "test".parse().expect("a list id");
    let once = delta::read(&list, &file);
    assert_eq!(once, delta::read(&list, &file), "two readings of one file differ");
    let Parsed { value, issues } = match once {
        Ok(parsed) => parsed,
        Err(error) => return check_error(&error),
    };
    let account = &value.reconciliation;
    assert!(account.is_closed(), "not closed: {account:?}");
    let n_taken: u64 = account.records.iter().map(|row| row.taken).sum();
    let n_lost: u64 = account.records.iter().map(|row| row.lost).sum();
    assert_eq!(n_taken, value.operations.len() as u64, "an operation is left out");
    assert_eq!(issues.count(Severity::RecordLost), n_lost, "lost operations and their issues: {account:?}");
    let after = delta::apply(value.operations.clone(), Vec::new()).value;
    check_entities(&after, References::Anywhere);
    let again = delta::apply(value.operations.clone(), after.clone()).value;
    let by_id = |entities: Vec<Entity>| {
        entities.into_iter().map(|entity| (entity.id.clone(), entity)).collect::<BTreeMap<_, _>>()
    };
    assert_eq!(by_id(again), by_id(after), "applied twice, a delta says something else");
}

/// Senzing records.
pub fn senzing(data: &[u8]) {
    let file = SourceFile { name: "list.json", bytes: data };
    if let Some(content) = check(Format::SenzingJsonLines, &[file], None, References::WithinReading) {
        check_that_ids_are_of_the_list(&content);
    }
}

/// A CSV that is read by its header.
pub fn csv(data: &[u8]) {
    let file = SourceFile { name: "list.csv", bytes: data };
    check(Format::MappedCsv, &[file], None, References::WithinReading);
}

/// A mapping, a line `=====`, and the CSV that is read through it.
pub fn csv_mapping(data: &[u8]) {
    let parts = parts(data);
    let [toml, bytes] = parts.as_slice() else { return };
    let Some(mapping) = std::str::from_utf8(toml).ok().and_then(|toml| Mapping::parse(toml).ok()) else {
        return;
    };
    let file = SourceFile { name: "list.csv", bytes };
    // A mapping may fill properties that point to entities with whatever a column holds.
    check(Format::MappedCsv, &[file], Some(&mapping), References::Anywhere);
}

/// The text of a mapping.
pub fn mapping(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let outcome = |text: &str| match Mapping::parse(text) {
        Ok(mapping) => format!("{mapping:?}"),
        Err(error) => error.to_string(),
    };
    assert_eq!(outcome(text), outcome(text), "two readings of one mapping differ");
}

/// The records of a CSV.
pub fn delimited(data: &[u8]) {
    for delimiter in [b',', b';', b'\t'] {
        let all = || Records::new(data, delimiter).collect::<Vec<_>>();
        let records = all();
        assert_eq!(records, all(), "two readings of one file differ");
        check_records(data, &records);
    }
}

/// The lines of a file.
pub fn lines_of_a_file(data: &[u8]) {
    let mut end = if data.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    for (idx, line) in lines::lines(data).enumerate() {
        assert_eq!(line.number, idx as u64 + 1, "a line is left out");
        assert_eq!(line.offset, end, "bytes between two lines are left out");
        let at = usize::try_from(line.offset).expect("an offset in memory");
        let len = data[at..].iter().position(|&byte| byte == b'\n').map_or(data.len() - at, |len| len + 1);
        end = (at + len) as u64;
        if let Ok(text) = line.text {
            assert!(!text.contains('\n') && data[at..].starts_with(text.as_bytes()), "not the text there");
        }
    }
    assert_eq!(end, (data.len() as u64).max(end), "the end of the file is left out");
}

/// A date as the lists write it here. What is read is written and read again as the same.
pub fn date(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(date) = text.parse::<PartialDate>() else { return };
    assert_eq!(date.to_string().parse(), Ok(date), "a date is not what it is written as");
    let (first, last) = date.bounds();
    assert!(first <= last, "{date} ends before it begins");
    assert!(date.overlaps(date), "{date} does not overlap itself");
    for plain in date.to_ftm() {
        let plain: PartialDate = plain.parse().expect("a plain form is a date");
        assert!(date.overlaps(plain), "{plain} is not within {date}");
    }
}

fn parts(data: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = data;
    while let Some(at) = rest.windows(BETWEEN_FILES.len()).position(|window| window == BETWEEN_FILES) {
        parts.push(&rest[..at]);
        rest = &rest[at + BETWEEN_FILES.len()..];
    }
    parts.push(rest);
    parts
}

/// Reads twice and checks everything that holds for every list; the content, when there is one.
fn check(
    format: Format,
    files: &[SourceFile<'_>],
    mapping: Option<&Mapping>,
    references: References,
) -> Option<ListContent> {
    let list: ListId = format.default_list().unwrap_or("test").parse().expect("a list id");
    assert_eq!(detect(files), detect(files), "two looks at one file differ");
    let once = read(format, &list, files, mapping);
    assert_eq!(once, read(format, &list, files, mapping), "two readings of one file differ");
    match once {
        Ok(Parsed { value, issues }) => {
            check_account(&value, &issues, files);
            check_entities(&value.entities, references);
            Some(value)
        }
        Err(error) => {
            check_error(&error);
            None
        }
    }
}

/// A refusal names what is wrong, in a sentence that fits a terminal.
fn check_error(error: &ReadError) {
    let text = error.to_string();
    assert!(!text.is_empty() && text.len() < 4_096, "no error for people: {} bytes", text.len());
}

fn check_account(content: &ListContent, issues: &Issues, files: &[SourceFile<'_>]) {
    let account = &content.reconciliation;
    assert!(account.is_closed(), "not closed: {account:?}");
    assert_eq!(account.entities, content.entities.len() as u64, "entities are counted wrong");
    let n_parties = content.entities.iter().filter(|entity| entity.is_party()).count();
    assert_eq!(account.parties, n_parties as u64, "parties are counted wrong");
    let n_lost: u64 = account.records.iter().map(|row| row.lost).sum();
    assert_eq!(issues.count(Severity::RecordLost), n_lost, "lost records and their issues: {account:?}");
    let severities = [Severity::Note, Severity::ValueLost, Severity::RecordLost];
    let n_issues: u64 = severities.into_iter().map(|severity| issues.count(severity)).sum();
    assert_eq!(issues.len(), n_issues, "issues are counted wrong");
    assert_eq!(issues.kept().len() as u64, n_issues.min(limits::ISSUES_KEPT_MAX as u64));
    for issue in issues.kept() {
        let file = issue.file.as_deref().unwrap_or_default();
        let is_packed = files.iter().any(|known| is_packed(known)); // issues name the files within
        let is_known = is_packed || files.iter().any(|known| known.name == file);
        assert!(is_known, "an issue names no file: {issue:?}");
        assert!(!issue.kind.is_empty() && !issue.reason.is_empty(), "an issue says nothing: {issue:?}");
        assert!(issue.reason.len() < 4_096, "an issue that nobody can read: {} bytes", issue.reason.len());
    }
}

fn is_packed(file: &SourceFile<'_>) -> bool {
    file.bytes.starts_with(b"\x1f\x8b") || file.bytes.starts_with(b"PK")
}

fn check_entities(entities: &[Entity], references: References) {
    let mut ids = BTreeSet::new();
    for entity in entities {
        assert!(!entity.id.trim().is_empty(), "an entity without an id");
        assert!(ids.insert(entity.id.as_str()), "two entities have the id {:?}", entity.id);
        assert!(!entity.schema.is_abstract, "an entity is a plain {}", entity.schema.name);
        for (property, values) in entity.properties() {
            let fits = |value: &String| !value.trim().is_empty() && value.len() <= limits::FIELD_BYTES_MAX;
            assert!(values.iter().all(fits), "{}: a value of {} does not fit", entity.id, property.name);
        }
        serde_json::to_string(entity).expect("an entity is JSON");
    }
    if references == References::WithinReading {
        for entity in entities {
            for (property, id) in entity.values_of(PropertyKind::Entity) {
                assert!(
                    ids.contains(id),
                    "{}: {} points to {id:?}, which is nowhere",
                    entity.id,
                    property.name
                );
            }
        }
    }
}

fn check_that_ids_are_of_the_list(content: &ListContent) {
    for entity in &content.entities {
        assert!(entity.id.starts_with("test-"), "the id {:?} is not of the list", entity.id);
    }
}

/// Records are in order, whole, and hold no more than the bytes they are of.
fn check_records(data: &[u8], records: &[Result<Record, RecordError>]) {
    assert!(records.len() <= data.len(), "more records than bytes");
    let n_lines = data.iter().filter(|&&byte| byte == b'\n').count() as u64 + 1;
    let mut last = 0;
    for record in records {
        let line = record.as_ref().map_or_else(|error| error.line, |record| record.line);
        assert!(line >= last && line <= n_lines, "line {line} of {n_lines} behind line {last}");
        last = line;
        let Ok(record) = record else { continue };
        assert_eq!(record.iter().count(), record.len(), "a field is left out");
        assert_eq!(record.get(record.len()), None);
        assert!(record.iter().map(str::len).sum::<usize>() <= data.len(), "more text than bytes");
    }
}
