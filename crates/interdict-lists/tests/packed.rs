//! Packed lists: read as what is in them, and refused with a reason when damaged, hostile or of another kind.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use interdict_core::limits;
use interdict_core::list::ListId;
use interdict_lists::{Format, ListContent, ReadError, SourceFile, detect, read};
use proptest::prelude::*;

#[path = "shared/archive.rs"]
mod archive;
#[path = "shared/real.rs"]
mod real;

use archive::zip;

const KR: &[u8] = include_bytes!("fixtures/kr/designations.jsonl");
const SDN: &[u8] =
    b"7,\"DOE, Jane\",\"individual\",\"DPRK4\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 1970.\"\n";
const ALT: &[u8] = b"7,1,\"aka\",\"ROE, Jane\",-0- \n";

/// The bytes as a gzip file.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn refusal(name: &str, bytes: &[u8]) -> ReadError {
    let files = [SourceFile { name, bytes }];
    let error = detect(&files).unwrap_err();
    let list: ListId = "kr".parse().unwrap();
    assert_eq!(read(Format::KrJsonLines, &list, &files, None).unwrap_err(), error);
    error
}

fn content(format: Format, name: &str, bytes: &[u8]) -> ListContent {
    let list: ListId = "x".parse().unwrap();
    let files = [SourceFile { name, bytes }];
    assert_eq!(detect(&files), Ok(format));
    read(format, &list, &files, None).unwrap().value
}

#[test]
fn a_packed_list_is_read_as_the_list() {
    let plain = content(Format::KrJsonLines, "kr.jsonl", KR);
    let (one, two) = KR.split_at(100);
    for (name, bytes) in [
        ("kr.jsonl.gz", gzip(KR)),
        ("KR.JSONL.GZ", gzip(KR)),
        ("in pieces.gz", [gzip(one), gzip(two)].concat()),
        ("kr.zip", zip(&[("kr.jsonl", KR)])),
        ("in a folder.zip", zip(&[("lists/", b""), ("lists/kr.jsonl", KR)])),
    ] {
        let packed = content(Format::KrJsonLines, name, &bytes);
        assert_eq!(packed.entities, plain.entities, "{name}");
    }
    let packed = content(Format::KrJsonLines, "kr.jsonl.gz", &gzip(KR));
    assert_eq!(packed.reconciliation.records[0].file, "kr.jsonl");
}

#[test]
fn the_files_of_a_set_may_come_in_one_zip() {
    let packed = zip(&[("SDN/SDN.CSV", SDN), ("SDN/ALT.CSV", ALT)]);
    let set = content(Format::OfacCsv, "sdn.zip", &packed);
    assert_eq!(set.entities[0].get("alias"), ["ROE, Jane"]);
    let list: ListId = "kr".parse().unwrap();
    let two = zip(&[("a.jsonl", KR), ("b.jsonl", KR)]);
    let error = read(Format::KrJsonLines, &list, &[SourceFile { name: "two.zip", bytes: &two }], None);
    assert!(matches!(error, Err(ReadError::NotOneSet { .. })), "{error:?}");
}

#[test]
fn damaged_and_hostile_archives_are_refused() {
    let (gz, good) = (gzip(KR), zip(&[("kr.jsonl", KR)]));
    let changed = |at: usize, byte: u8| {
        let mut bytes = good.clone();
        bytes[at] = byte;
        bytes
    };
    let directory = good.len() - 22 - 46 - "kr.jsonl".len();
    let twice = {
        let one = zip(&[("a", KR), ("b", KR)]);
        let second = one.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
        let mut bytes = one.clone();
        bytes[second + 42..second + 46].copy_from_slice(&[0; 4]);
        bytes
    };
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("cut gzip", gz[..gz.len() / 2].to_vec(), "ends in the middle"),
        ("gzip without its checksum", gz[..gz.len() - 8].to_vec(), "ends in the middle"),
        ("gzip with a tail", [gz.as_slice(), b"tail"].concat(), "behind its end"),
        ("gzip with a wrong checksum", [&gz[..gz.len() - 5], &[0; 5]].concat(), "damaged"),
        ("gzip header alone", b"\x1f\x8b\x08".to_vec(), "ends in the middle"),
        ("gzip of nothing", gzip(b""), "is empty"),
        ("gzip in gzip", gzip(&gz), "archive within an archive"),
        ("zip in gzip", gzip(&good), "archive within an archive"),
        ("gzip in zip", zip(&[("a.gz", &gz)]), "archive within an archive"),
        ("zip in zip", zip(&[("a.zip", &good)]), "archive within an archive"),
        ("xz in gzip", gzip(b"\xfd7zXZ\0"), "an xz file"),
        ("page in gzip", gzip(b"<html>"), "HTML page"),
        ("cut zip", good[..good.len() / 2].to_vec(), "ends in the middle"),
        ("zip with a tail", [good.as_slice(), b"tail"].concat(), "behind its end"),
        ("zip with bytes before", [b"PK\x03\x04", good.as_slice()].concat(), "not where its end says"),
        ("empty zip", zip(&[]), "no file in it"),
        ("encrypted zip", changed(directory + 8, 1), "encrypted"),
        ("zip packed otherwise", changed(directory + 10, 14), "number 14"),
        ("zip with a wrong checksum", changed(directory + 16, good[directory + 16] ^ 1), "checksum"),
        ("zip with a wrong length", changed(directory + 24, good[directory + 24] ^ 1), "checksum"),
        (
            "zip with a wrong packed length",
            changed(directory + 20, good[directory + 20] - 1),
            "ends in the middle",
        ),
        ("zip64", changed(good.len() - 22 + 15, 0xff), "not where its end says"),
        ("zip with one packed file twice", twice, "overlap"),
        (
            "word document",
            zip(&[("[Content_Types].xml", b"x"), ("word/document.xml", b"x")]),
            "office program",
        ),
        ("workbook", zip(&[("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"x")]), "Excel workbook"),
    ];
    for (name, bytes, reason) in cases {
        let error = refusal(name, &bytes).to_string();
        assert!(error.contains(reason), "{name}: {error}");
        assert!(error.len() < 400, "{name}: {error}");
    }
}

#[test]
fn bombs_meet_a_bound() {
    let free = usize::try_from(limits::UNPACKED_BYTES_FREE).unwrap();
    let blanks = vec![b' '; free + 1];
    for bytes in [gzip(&blanks), zip(&[("blanks", &blanks)])] {
        let error = refusal("bomb", &bytes).to_string();
        assert!(error.contains("for each byte packed"), "{error}");
    }
    let many = gzip(&blanks[..free / 8]).repeat(9);
    let error = refusal("many streams", &many).to_string();
    assert!(error.contains("for each byte packed"), "{error}");
    let part = &blanks[..free / 2];
    let error = refusal("many files", &zip(&[("a", part), ("b", part), ("c", part)])).to_string();
    assert!(error.contains("for each byte packed"), "{error}");
    let names: Vec<String> = (0..=limits::PACKED_FILES_MAX).map(|n| n.to_string()).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    let error = refusal("many", &zip(&files)).to_string();
    assert!(error.contains("more than 1024 files in it"), "{error}");
}

#[test]
fn real_packed_files_are_looked_into() {
    let Some(folder) = real::path("ofac/enhanced_xml") else { return };
    let bytes = std::fs::read(folder.join("CONS_ENHANCED_2025-01-10.ZIP")).unwrap();
    match detect(&[SourceFile { name: "CONS_ENHANCED.ZIP", bytes: &bytes }]) {
        Ok(format) => assert!(format.name().starts_with("ofac"), "{}", format.name()),
        Err(error) => {
            let error = error.to_string();
            assert!(error.contains("CONS_ENHANCED.XML is OFAC's enhanced XML"), "{error}");
        }
    }
}

proptest! {
    /// Bytes changed or cut anywhere: never a panic, and what is taken is checked.
    #[test]
    fn mutated_archives_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut in any::<prop::sample::Index>()) {
        for original in [gzip(KR), zip(&[("SDN.CSV", SDN), ("ALT.CSV", ALT)])] {
            let mut bytes = original.clone();
            for (at, byte) in &changes {
                bytes[at.index(original.len())] = *byte;
            }
            let _ = detect(&[SourceFile { name: "x", bytes: &bytes }]);
            bytes.truncate(cut.index(original.len()));
            let _ = detect(&[SourceFile { name: "x", bytes: &bytes }]);
        }
    }
}
