//! Files that are cut, refused, or hold what no such list should.

use interdict_core::issue::Severity;
use interdict_lists::ReadError;
use proptest::prelude::*;

use super::parsed::{check_account, issues};
use super::{CLASSIC, CLASSIC_FIXTURE, ENHANCED, ENHANCED_FIXTURE, Read, parse};

const BOTH: [(Read, &str); 2] = [(CLASSIC, CLASSIC_FIXTURE), (ENHANCED, ENHANCED_FIXTURE)];

#[test]
fn a_cut_file_is_never_taken_for_a_whole_one() {
    for (read, fixture) in BOTH {
        let end = fixture.trim_end().len();
        let bytes = fixture.as_bytes();
        for cut in (0..end).step_by(7).chain([end - 1]) {
            let error = parse(read, &bytes[..cut]).unwrap_err();
            let is_cut = matches!(error, ReadError::Truncated { .. });
            // Before the root begins there is nothing to tell that it is this list.
            assert!(is_cut || cut < 120, "cut at {cut}: {error}");
        }
    }
}

#[test]
fn what_is_refused_as_a_whole() {
    for (read, root) in [(CLASSIC, "sdnList"), (ENHANCED, "sanctionsData")] {
        let deep = format!("<{root}>{}</{root}>", "<a>".repeat(1_000));
        for (text, part) in [
            (format!("<!DOCTYPE {root} [<!ENTITY a 'aaaa'>]><{root}>&a;</{root}>"), "a DOCTYPE is refused"),
            ("<CONSOLIDATED_LIST/>".into(), "its root is <CONSOLIDATED_LIST>"),
            (deep, "nested deeper than 64"),
            (format!("<{root}><a></b></{root}>"), "</b> stands where </a> must"),
            (format!("<{root}></{root}><html>"), "goes on behind the end of its root"),
            ("plain text".into(), "is not OFAC's"),
        ] {
            let error = parse(read, text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(part), "{part}: {error}");
        }
    }
}

fn classic(entry: &str) -> String {
    format!(
        "<sdnList><publshInformation><Publish_Date>05/06/2024</Publish_Date></publshInformation>{entry}</sdnList>"
    )
}

fn enhanced(entity: &str) -> String {
    let info = "<publicationInfo><dataAsOf>2024-08-28</dataAsOf></publicationInfo>";
    format!("<sanctionsData>{info}<entities>{entity}</entities></sanctionsData>")
}

#[test]
fn one_bad_record_or_value_is_one_issue() {
    const NAME: &str = "<names><name><translations><translation><formattedFullName>A</formattedFullName></translation></translations></name></names>";
    let many = "<b/>".repeat(100_000);
    for (read, text, n_parties, expected) in [
        (CLASSIC, classic("<sdnEntry><uid>1</uid></sdnEntry>"), 0, (Severity::RecordLost, "no_name")),
        (CLASSIC, classic("<sdnEntry/>"), 0, (Severity::RecordLost, "no_name")),
        (CLASSIC, classic("<sdnEntry><lastName>A</lastName></sdnEntry>"), 1, (Severity::Note, "no_id")),
        (CLASSIC, classic("<vessel><uid>1</uid></vessel>"), 0, (Severity::RecordLost, "unknown_record")),
        (CLASSIC, classic("words"), 0, (Severity::RecordLost, "stray_text")),
        (
            CLASSIC,
            classic(&format!("<sdnEntry><uid>1</uid><lastName>A</lastName><x>{many}</x></sdnEntry>")),
            0,
            (Severity::RecordLost, "record_too_long"),
        ),
        (
            CLASSIC,
            "<sdnList><sdnEntry><uid>1</uid><lastName>A</lastName></sdnEntry></sdnList>".into(),
            1,
            (Severity::Note, "no_date"),
        ),
        (
            CLASSIC,
            classic("<sdnEntry><uid>1</uid><lastName>A</lastName></sdnEntry>")
                .replace("</Publish_Date>", "</Publish_Date><Record_Count>2</Record_Count>"),
            1,
            (Severity::ValueLost, "record_count"),
        ),
        (
            CLASSIC,
            classic("<sdnEntry a='b'><uid>1</uid><lastName>A</lastName></sdnEntry>"),
            1,
            (Severity::Note, "unknown_attribute"),
        ),
        (ENHANCED, enhanced("<entity id='1'/>"), 0, (Severity::RecordLost, "no_name")),
        (ENHANCED, enhanced(&format!("<entity>{NAME}</entity>")), 1, (Severity::Note, "no_id")),
        (ENHANCED, enhanced("<thing/>"), 0, (Severity::RecordLost, "unknown_record")),
        (
            ENHANCED,
            enhanced(&format!("<entity id='1'>{NAME}words</entity>")),
            1,
            (Severity::Note, "unknown_text"),
        ),
        (
            ENHANCED,
            enhanced(&format!("<entity id='1'>{NAME}<mood>bad</mood></entity>")),
            1,
            (Severity::Note, "unknown_element"),
        ),
    ] {
        let parsed = parse(read, text.as_bytes()).unwrap();
        check_account(&parsed);
        assert_eq!(parsed.value.reconciliation.parties, n_parties, "{expected:?}");
        let got = issues(&parsed);
        let known: Vec<_> =
            got.iter().filter(|(_, kind)| *kind != "no_id" || expected.1 == "no_id").collect();
        assert_eq!(known, [&expected], "{got:?}");
    }
}

#[test]
fn a_number_given_twice() {
    let entry = |name: &str| format!("<sdnEntry><uid>1</uid><lastName>{name}</lastName></sdnEntry>");
    let name = |name: &str| {
        format!(
            "<entity id='1'><names><name><translations><translation><formattedFullName>{name}</formattedFullName></translation></translations></name></names></entity>"
        )
    };
    for (read, text) in [
        (CLASSIC, classic(&(entry("A") + &entry("A") + &entry("B") + &entry("A")))),
        (ENHANCED, enhanced(&(name("A") + &name("A") + &name("B") + &name("A")))),
    ] {
        let parsed = parse(read, text.as_bytes()).unwrap();
        check_account(&parsed);
        let parties = parsed.value.entities.iter().filter(|entity| entity.is_party());
        assert_eq!(parties.map(|entity| entity.id.as_str()).collect::<Vec<_>>(), ["ofac-1", "ofac-1-2"]);
        let mut kinds: Vec<_> = issues(&parsed).into_iter().map(|(_, kind)| kind).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["duplicate_record", "duplicate_record", "id_reused"]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Bytes changed, put in and taken out anywhere: never a panic, and the account always closes.
    #[test]
    fn mutated_lists_reconcile(changes in prop::collection::vec((0..20_000_usize, any::<u8>(), 0..4_u8), 1..6)) {
        for (read, fixture) in BOTH {
            let mut bytes = fixture.as_bytes().to_vec();
            for (at, byte, what) in &changes {
                let at = at % bytes.len();
                match what {
                    0 => bytes[at] = *byte,
                    1 => bytes.insert(at, *byte),
                    2 => { bytes.remove(at); }
                    _ => bytes[at] = b"<>&;/\"'= "[usize::from(*byte) % 9],
                }
            }
            if let Ok(parsed) = parse(read, &bytes) {
                check_account(&parsed);
            }
        }
    }
}
