//! Input that is cut, broken, circular or something else: an error or an issue, never a panic and never a silently shorter list.

use interdict_core::issue::Severity;
use interdict_lists::ReadError;
use proptest::prelude::*;

use super::{FIXTURE, check_account, content, entity, issues, kinds, read, rows};

/// A file with these sections behind the reference sets of the fixture.
fn file(sections: &str) -> String {
    let end = FIXTURE.find("  <Locations>").unwrap();
    format!("{}{sections}</Sanctions>", &FIXTURE[..end])
}

/// A party with a name and what else is in its profile.
fn party(number: &str, more: &str) -> String {
    format!(
        "<DistinctParty FixedRef=\"{number}\"><Profile ID=\"{number}\" PartySubTypeID=\"4\"><Identity ID=\"{number}0\">\
         <Alias AliasTypeID=\"1403\" Primary=\"true\" LowQuality=\"false\"><DocumentedName DocNameStatusID=\"1\">\
         <DocumentedNamePart><NamePartValue NamePartGroupID=\"1\">Example {number}</NamePartValue></DocumentedNamePart>\
         </DocumentedName></Alias><NamePartGroups><MasterNamePartGroup><NamePartGroup ID=\"1\" NamePartTypeID=\"1520\"/>\
         </MasterNamePartGroup></NamePartGroups></Identity>{more}</Profile></DistinctParty>"
    )
}

fn parties(parties: &[String]) -> String {
    file(&format!("<DistinctParties>{}</DistinctParties>", parties.concat()))
}

fn feature(kind: &str, version: &str) -> String {
    format!(
        "<Feature FeatureTypeID=\"{kind}\"><FeatureVersion ReliabilityID=\"1\">{version}</FeatureVersion></Feature>"
    )
}

fn lost(text: &str) -> Vec<String> {
    let parsed = content(text);
    let lost = parsed.issues.kept().iter().filter(|issue| issue.severity == Severity::RecordLost);
    lost.map(|issue| issue.kind.clone()).collect()
}

#[test]
fn a_cut_file_is_refused() {
    let whole = FIXTURE.trim_end();
    for cut in (0..whole.len()).step_by(17).filter(|cut| whole.is_char_boundary(*cut)) {
        let refused = read(&whole[..cut]).unwrap_err();
        assert!(
            matches!(refused, ReadError::Truncated { .. } | ReadError::WrongForm { .. }),
            "{cut}: {refused}"
        );
    }
}

#[test]
fn a_doctype_is_refused() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><Sanctions>&b;</Sanctions>";
    assert!(matches!(read(bomb).unwrap_err(), ReadError::Refused { .. }));
    let deep = format!("<Sanctions><DistinctParties>{}", "<DistinctParty>".repeat(1000));
    assert!(matches!(read(deep).unwrap_err(), ReadError::Refused { .. }));
}

#[test]
fn references_that_lead_nowhere_are_issues() {
    let features = [
        feature("25", "<VersionLocation LocationID=\"404\"/>"),
        feature("10", "<VersionLocation LocationID=\"405\"/>"),
        feature("404", "<VersionDetail DetailTypeID=\"1432\">words</VersionDetail>"),
        feature("224", "<VersionDetail DetailTypeID=\"1431\" DetailReferenceID=\"404\"/>"),
    ];
    let sections = format!(
        "<Locations><Location ID=\"1\"/></Locations>\
         <IDRegDocuments><IDRegDocument ID=\"1\" IDRegDocTypeID=\"404\" IdentityID=\"404\"/>\
         <IDRegDocument ID=\"2\" IDRegDocTypeID=\"404\" IdentityID=\"70\" IssuedBy-CountryID=\"404\" IssuedIn-LocationID=\"404\">\
         <IDRegistrationNo>X 1</IDRegistrationNo></IDRegDocument></IDRegDocuments>\
         <DistinctParties>{}</DistinctParties>\
         <ProfileRelationships><ProfileRelationship ID=\"1\" From-ProfileID=\"7\" To-ProfileID=\"404\" RelationTypeID=\"404\"/>\
         <ProfileRelationship ID=\"2\" From-ProfileID=\"404\" To-ProfileID=\"7\" RelationTypeID=\"15003\"/>\
         <ProfileRelationship ID=\"3\" From-ProfileID=\"404\" To-ProfileID=\"405\" RelationTypeID=\"15003\"/></ProfileRelationships>\
         <SanctionsEntries><SanctionsEntry ID=\"1\" ProfileID=\"404\"/><SanctionsEntry ID=\"2\" ProfileID=\"7\" ListID=\"404\">\
         <SanctionsMeasure SanctionsTypeID=\"404\"/></SanctionsEntry></SanctionsEntries>\
         <SanctionsEntryLinks><SanctionsEntryLink EntryA-SanctionsEntryID=\"2\" EntryB-SanctionsEntryID=\"404\"/>\
         <SanctionsEntryLink EntryA-SanctionsEntryID=\"404\" EntryB-SanctionsEntryID=\"405\"/></SanctionsEntryLinks>",
        party("7", &features.concat())
    );
    let parsed = content(&file(&sections));
    let lost: Vec<_> = rows(&parsed).into_iter().filter(|(_, (_, lost))| *lost > 0).collect();
    let expected = [
        ("document", (2, 1)),
        ("entry link", (2, 1)),
        ("location", (1, 1)),
        ("relationship", (3, 1)),
        ("sanctions entry", (2, 1)),
    ];
    assert_eq!(lost, expected);
    let kinds = kinds(&parsed);
    for kind in ["unknown_location", "unknown_reference", "unresolved_link", "unknown_party", "unknown_entry"]
    {
        assert!(kinds.contains(kind), "{kind}: {kinds:?}");
    }
    let party = entity(&parsed, "ofac-7");
    let notes = party.get("notes").join("\n");
    for text in [
        "FeatureType 404 words",
        "DetailReference 404",
        "IDRegDocType 404 X 1",
        "RelationType 404: profile 404",
    ] {
        assert!(notes.contains(text), "{text}: {notes}");
    }
    assert!(entity(&parsed, "ofac-7-sanction-1").get("provisions").contains(&"SanctionsType 404".to_owned()));
}

#[test]
fn parties_that_own_each_other_are_two_links() {
    let relations: String = [("1", "2"), ("2", "1"), ("1", "2"), ("1", "1")]
        .iter()
        .enumerate()
        .map(|(id, (from, to))| {
            format!("<ProfileRelationship ID=\"{}\" From-ProfileID=\"{from}\" To-ProfileID=\"{to}\" RelationTypeID=\"15002\"/>", id % 2)
        })
        .collect();
    let text = file(&format!(
        "<DistinctParties>{}{}</DistinctParties><ProfileRelationships>{relations}</ProfileRelationships>",
        party("1", ""),
        party("2", "")
    ));
    let parsed = content(&text);
    assert_eq!(entity(&parsed, "ofac-1-link-1").first("client"), Some("ofac-2"));
    assert_eq!(entity(&parsed, "ofac-2-link-1").first("client"), Some("ofac-1"));
    assert_eq!(lost(&text), ["duplicate_record"]);
    assert_eq!(entity(&parsed, "ofac-1").get("notes"), ["Acting for or on behalf of: profile 1"]);
}

#[test]
fn a_number_that_comes_twice() {
    let website = feature("14", "<VersionDetail>www.example.org</VersionDetail>");
    let text = parties(&[party("7", ""), party("7", ""), party("7", &website), party("7", &website)]);
    let parsed = content(&text);
    let ids: Vec<&str> = parsed
        .value
        .entities
        .iter()
        .filter(|entity| entity.is_party())
        .map(|entity| entity.id.as_str())
        .collect();
    assert_eq!(ids, ["ofac-7", "ofac-7-2"]);
    assert_eq!(lost(&text), ["duplicate_record", "duplicate_record"]);
    let wallets = feature("344", "<VersionDetail>1Abc</VersionDetail><VersionDetail>1Abc</VersionDetail>");
    check_account(&content(&parties(&[party("7", &wallets), party("7-wallet-1", "")])));
}

#[test]
fn empty_and_unknown_records() {
    let text = file(
        "<Locations><Location/></Locations><IDRegDocuments><IDRegDocument/></IDRegDocuments>\
         <DistinctParties><DistinctParty/><DistinctParty FixedRef=\"1\"><Profile/></DistinctParty><Other>x</Other></DistinctParties>\
         <ProfileRelationships><ProfileRelationship/></ProfileRelationships>\
         <SanctionsEntries><SanctionsEntry/></SanctionsEntries><SanctionsEntryLinks><SanctionsEntryLink/></SanctionsEntryLinks>\
         <NewSection><A/></NewSection>stray",
    );
    let mut kinds = lost(&text);
    kinds.sort();
    let expected = [
        "no_id",
        "no_name",
        "no_name",
        "stray_text",
        "unknown_entry",
        "unknown_party",
        "unknown_party",
        "unknown_party",
        "unknown_record",
        "unknown_record",
    ];
    assert_eq!(kinds, expected);
    assert!(content("<Sanctions/>").value.entities.is_empty());
}

#[test]
fn elements_and_attributes_that_are_not_known_are_kept() {
    let text = parties(&[
        party("7", "<Mood Color=\"blue\">bright</Mood>").replace("<Profile ", "<Profile Rank=\"3\" ")
    ]);
    let parsed = content(&text);
    let notes = entity(&parsed, "ofac-7").get("notes");
    assert_eq!(notes, ["Profile Rank: 3", "Mood: bright; Mood Color: blue"]);
    assert!(kinds(&parsed).is_superset(&["unknown_element", "unknown_attribute"].into()));
    let text = FIXTURE.replace("<Comment /><Value>", "<Odd>place</Odd><Value>");
    let address = content(&text);
    assert!(entity(&address, "ofac-43338-address-64688").first("remarks").unwrap().contains("Odd: place"));
}

#[test]
fn dates_that_are_none_are_kept_as_words() {
    let day = |year: &str| format!("<Year>{year}</Year><Month>13</Month><Day>1</Day>");
    let period = format!("<DatePeriod><Start><From>{}</From></Start></DatePeriod>", day("1951"));
    let parsed =
        content(&parties(&[party("7", &feature("8", &period)), party("8", &feature("8", "<DatePeriod/>"))]));
    assert!(entity(&parsed, "ofac-7").get("notes").join(" ").contains("Year: 1951"));
    assert!(kinds(&parsed).is_superset(&["bad_date", "empty_feature"].into()));
    let only_start = period.replace("13", "12");
    let parsed = content(&parties(&[party("7", &feature("8", &only_start))]));
    assert_eq!(entity(&parsed, "ofac-7").get("birthDate"), ["1951-12-01"]);
}

#[test]
fn a_deleted_party_is_no_party() {
    let text =
        parties(&[party("7", "").replace("<DistinctParty ", "<DistinctParty DeltaAction=\"delete\" ")]);
    assert_eq!(lost(&text), ["deleted_record"]);
}

#[test]
fn files_that_say_less_than_the_schema_asks() {
    let text = "<Sanctions><DateOfIssue Day=\"23\" Month=\"3\" Year=\"2026\"/><DistinctParties><DistinctParty FixedRef=\"7\">\
        <Profile><Identity><Alias AliasTypeID=\"9\" Primary=\"true\"><DocumentedName><DocumentedNamePart>\
        <NamePartValue>Example Group</NamePartValue></DocumentedNamePart></DocumentedName></Alias></Identity></Profile>\
        </DistinctParty></DistinctParties><SanctionsEntries><SanctionsEntry ProfileID=\"7\" ListID=\"1550\">\
        <SanctionsMeasure SanctionsTypeID=\"1\"><Comment>CYBER2</Comment></SanctionsMeasure></SanctionsEntry></SanctionsEntries></Sanctions>";
    let parsed = content(text);
    assert_eq!(parsed.value.published.unwrap().to_string(), "2026-03-23");
    let party = entity(&parsed, "ofac-7");
    assert_eq!(
        (party.schema.name, party.get("name"), party.get("programId")),
        ("Organization", &["EXAMPLE GROUP".to_owned()][..], &["CYBER2".to_owned()][..])
    );
    assert!(issues(&parsed).contains(&(Severity::Note, "unknown_reference")));
}

#[test]
fn no_party_has_the_id_of_a_part() {
    let place = |id: &str| {
        format!(
            "<Location ID=\"{id}\"><LocationPart LocPartTypeID=\"1454\"><LocationPartValue><Value>X</Value></LocationPartValue>\
             </LocationPart></Location>"
        )
    };
    let lives_in = |id: &str| feature("25", &format!("<VersionLocation LocationID=\"{id}\"/>"));
    let text = file(&format!(
        "<Locations>{}{}{}</Locations><DistinctParties>{}{}{}</DistinctParties>",
        place("1"),
        place("x"),
        place("1"),
        party("7", &(lives_in("1") + &lives_in("x") + &lives_in("1"))),
        party("7-address-1", ""),
        party("7-address-x", "")
    ));
    let parsed = content(&text);
    assert_eq!(entity(&parsed, "ofac-7-address-1").schema.name, "Address");
    assert_eq!(entity(&parsed, "ofac-7-address-1-record").schema.name, "Person");
    assert_eq!(entity(&parsed, "ofac-7-address-x").schema.name, "Person");
    assert_eq!(lost(&text), ["no_id", "duplicate_record"]);
    assert!(kinds(&parsed).contains("duplicate_address"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes_that_changed_never_break_the_account(changes in proptest::collection::vec((0..FIXTURE.len(), any::<u8>()), 1..8)) {
        let mut bytes = FIXTURE.as_bytes().to_vec();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        if let Ok(parsed) = read(&bytes) {
            check_account(&parsed);
        }
    }
}
