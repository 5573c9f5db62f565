//! Input that is cut, broken, huge or something else: an error or an issue, never a panic and never a silently shorter list.

use interdict_core::issue::Severity;
use interdict_core::limits;
use interdict_lists::source::{self, Format};
use interdict_lists::{ReadError, SourceFile};
use proptest::prelude::*;

use super::{ADD, ALT, COMMENTS, SDN, check_account, entity, issues, kinds, list, read, read_one, set};

const GOOD: &str = "1,\"A\",-0- ,\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n";

fn good(id: usize) -> String {
    GOOD.replacen('1', &id.to_string(), 1)
}

#[test]
fn another_page_is_refused() {
    let page =
        b"<!DOCTYPE html>\n<html><head><title>503</title></head>\n<body>\n<p>Service</p>\n</body></html>\n";
    let file = SourceFile { name: "SDN.CSV", bytes: page };
    let refused = source::read(Format::OfacCsv, &list(), &[file], None).unwrap_err();
    assert!(matches!(refused, ReadError::HtmlPage { .. }));
    for other in
        [&page[..], b"{\"id\":1}\n{\"id\":2}\n", b"id,name\n1,x\n2,y\n3,z\n", b"\xff\xfe\x00\x01\nzz\n"]
    {
        let refused = read_one(other).unwrap_err();
        assert!(matches!(refused, ReadError::WrongForm { .. } | ReadError::Truncated { .. }), "{refused}");
    }
    for nothing in [&b""[..], b"\x1a", b"\r\n\r\n\x1a"] {
        assert!(matches!(read_one(nothing).unwrap_err(), ReadError::Empty { .. }));
    }
}

#[test]
fn a_cut_file_is_never_a_shorter_list() {
    for (idx, whole) in [SDN, ADD, ALT, COMMENTS].into_iter().enumerate() {
        let mut n_refused = 0;
        for cut in 0..whole.len() {
            let mut files = set();
            files[idx].1.truncate(cut);
            let begun =
                files[idx].1.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count() as u64;
            match read(&files) {
                Ok(parsed) => {
                    let row = &parsed.value.reconciliation.records[idx];
                    assert_eq!((row.read, row.lost), (begun, 0), "{} at {cut}", files[idx].0);
                    check_account(&parsed);
                }
                Err(ReadError::Truncated { .. } | ReadError::Empty { .. }) => n_refused += 1,
                Err(other) => panic!("{} at {cut}: {other}", files[idx].0),
            }
        }
        // Whole: behind a full stop and quote, behind `-0-` and its blank, behind either byte of the line end.
        assert!(n_refused >= whole.len() - 1 - 4 * 9, "{n_refused} of {}", whole.len());
    }
}

#[test]
fn one_bad_record_costs_one_record() {
    let long = format!("2,\"{}\"\r\n", "x".repeat(5 << 20));
    let cases: [(&str, Vec<u8>); 7] = [
        ("wrong_shape", b"2,\"B\",\"SDGT\"\r\n".to_vec()),
        ("wrong_shape", GOOD.replacen('1', "x", 1).into_bytes()),
        (
            "not_utf8",
            GOOD.replacen('1', "2", 1)
                .replace('A', "?")
                .bytes()
                .map(|b| if b == b'?' { 0xff } else { b })
                .collect(),
        ),
        ("record_too_long", long.into_bytes()),
        ("too_many_fields", (",".repeat(limits::FIELDS_PER_RECORD_MAX + 5) + "\r\n").into_bytes()),
        ("unclosed_quote", good(2).replace("-0- \r\n", "\"DOB 1951.\r\n").into_bytes()),
        ("no_name", GOOD.replacen("\"A\"", "-0- ", 1).into_bytes()),
    ];
    for (kind, bad) in cases {
        let bytes = [good(7).into_bytes(), bad, good(8).into_bytes(), good(9).into_bytes()].concat();
        let parsed = read_one(bytes).unwrap();
        check_account(&parsed);
        let row = &parsed.value.reconciliation.records[0];
        assert_eq!((row.read, row.taken, row.lost), (4, 3, 1), "{kind}");
        assert_eq!(kinds(&parsed, Severity::RecordLost), [kind]);
    }
}

#[test]
fn a_bad_last_record_of_a_whole_file_is_lost_and_said() {
    let parsed = read_one(good(7) + &good(8) + "9,\"B\"\r\n\u{1a}").unwrap();
    assert_eq!(kinds(&parsed, Severity::RecordLost), ["wrong_shape"]);
    let refused = read_one(good(7) + &good(8) + "9,\"B\"\r\n").unwrap_err();
    assert!(matches!(refused, ReadError::Truncated { .. }), "nothing says that it is whole: {refused}");
}

#[test]
fn records_that_fit_no_party() {
    let files = [
        ("SDN.CSV", (good(7) + &good(7) + &good(8)).into_bytes()),
        ("ADD.CSV", b"7,1,-0- ,\"X\",\"Atlantis\",-0- \n7,1,-0- ,\"Y\",\"Iran\",-0- \n99,2,-0- ,\"Z\",\"Iran\",-0- \n".to_vec()),
        ("ALT.CSV", b"99,1,\"aka\",\"X\",-0- \n7,1,\"zka\",\"Y\",-0- \n7,2,\"aka\",-0- ,-0- \n".to_vec()),
        ("SDN_COMMENTS.CSV", b"99,\"x.\"\n8,\"DOB 1951.\"\n".to_vec()),
    ];
    let parsed = read(&files).unwrap();
    check_account(&parsed);
    assert_eq!(kinds(&parsed, Severity::RecordLost), ["duplicate_record", "no_name", "unknown_record"]);
    assert_eq!(kinds(&parsed, Severity::ValueLost), ["unknown_country"]);
    let address = entity(&parsed, "ofac-7-address-1");
    assert_eq!(address.first("full"), Some("X, Atlantis"), "the text stays");
}

#[test]
fn a_number_given_twice_hides_no_party() {
    let second = good(7).replace("\"A\"", "\"B\"");
    let third = good(7).replace("-0- \r\n", "\"DOB 1951.\"\r\n");
    let comment = |text: &str| format!("7,\"{text}\"\r\n").into_bytes();
    let files = [
        ("SDN.CSV", (good(7) + &second + &good(7) + &second + &third).into_bytes()),
        ("ADD.CSV", b"7,1,-0- ,\"X\",\"Iran\",-0- \n".to_vec()),
        ("ALT.CSV", b"7,1,\"aka\",\"Y\",-0- \n".to_vec()),
        ("SDN_COMMENTS.CSV", comment("DOB 1960.")),
    ];
    let parsed = read(&files).unwrap();
    check_account(&parsed);
    let (lost, note) = (Severity::RecordLost, Severity::Note);
    let expected =
        [(lost, "duplicate_record"), (lost, "duplicate_record"), (note, "id_reused"), (note, "id_reused")];
    assert_eq!(issues(&parsed), expected);
    let row = &parsed.value.reconciliation.records[0];
    assert_eq!((row.read, row.taken, row.lost), (5, 3, 2));
    let ids = ["ofac-7", "ofac-7-2", "ofac-7-3"];
    let names = ids.map(|id| entity(&parsed, id).caption());
    assert_eq!(names, ["A", "B", "A"]);
    let [first, second, _] = ids.map(|id| entity(&parsed, id));
    assert_eq!(
        (first.get("addressEntity"), first.get("alias")),
        (&["ofac-7-address-1".to_owned()][..], &["Y".to_owned()][..])
    );
    assert!(
        second.get("address").is_empty() && second.get("alias").is_empty() && second.get("notes").is_empty()
    );
    assert_eq!(entity(&parsed, "ofac-7-2-sanction-1").get("authorityId"), ["7"]);
}

#[test]
fn comments_of_a_record_that_is_lost_are_lost_too() {
    let nameless = good(7).replace("\"A\"", "-0- ");
    let files =
        [("SDN.CSV", (nameless + &good(8)).into_bytes()), ("SDN_COMMENTS.CSV", b"7,\"x.\"\n".to_vec())];
    let parsed = read(&files).unwrap();
    check_account(&parsed);
    assert_eq!(kinds(&parsed, Severity::RecordLost), ["no_name", "unknown_record"]);
}

#[test]
fn a_field_beyond_the_bound_is_said() {
    let long = "x".repeat(limits::FIELD_BYTES_MAX + 1);
    let parsed = read_one(good(7) + &good(8).replace("-0- \r\n", &format!("\"{long}.\"\r\n"))).unwrap();
    check_account(&parsed);
    assert_eq!(kinds(&parsed, Severity::ValueLost), ["companion_missing", "remarks_cut", "value_too_long"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn mutated_sets_never_panic(
        which in 0usize..4,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0usize..40, 0u8..4), 1..8),
    ) {
        let mut files = set();
        for (at, byte, n, what) in changes {
            let bytes = &mut files[which].1;
            let at = at.index(bytes.len().max(1)).min(bytes.len());
            let end = (at + n).min(bytes.len());
            match what {
                0 => { bytes.drain(at..end); }
                1 => { bytes.splice(at..at, std::iter::repeat_n(byte, n)); }
                2 => { bytes.splice(at..end, b"\";()',\r\n".iter().copied().cycle().take(n)); }
                _ => if let Some(place) = bytes.get_mut(at) { *place = byte },
            }
        }
        if let Ok(parsed) = read(&files) {
            check_account(&parsed);
        }
    }

    #[test]
    fn no_remarks_panic(remarks in "[-a-zA-Z0-9 .,;:'()#äé]{0,120}") {
        let parsed = read_one(good(7).replace("-0- \r\n", &format!("\"{remarks}\"\r\n")));
        check_account(&parsed.unwrap());
    }
}
