//! Does a register of owners become the network that a person would read in it?

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../../interdict-lists/tests/shared/real.rs"]
mod real;
#[path = "shared/told.rs"]
mod told;

use interdict_network::network::{Network, Record};
use interdict_network::sources::{Account, SourceError, bods};
use told::lines;

fn read(text: &[u8]) -> Result<(Network, Account), SourceError> {
    told::read(|builder, origin| bods::read(builder, origin, text))
}

/// The real examples, and what a person reads in each.
const REAL: &[(&str, &[&str])] = &[
    ("bods-package.json", &["10478c6cf6de > c359f58d2977 shares 100 % [2016-04-06..] {shareholding}"]),
    (
        "bods-package-annotations.json",
        &["387a14452645 > 22e8a31863ee owns_or_controls {interest of a kind that is not said}"],
    ),
    (
        "bods-package-entity-owning-entity.json",
        &["e83cce729ada > 12b7dd0770ce shares 75 to less than 100 % {shareholding}"],
    ),
    (
        "bods-package-linking-annotations.json",
        &[
            "0fc263ba4126 > a01c1a0863e2 shares more than 25, less than 50 % [2018-09-19..] {shareholding: The person holds, directly or indirectly, more than 25% but not more than 50% of the shares in the company.}",
        ],
    ),
    (
        // The state's control of the ministry is no holding, so the state's 100 percent are not told by the chain.
        "bods-package-fi-soe.json",
        &[
            "7ff95ba3682c > 19f1c5afe9d7 shares 23.5 % [2020-01-01..] {shareholding}",
            "0199c515a699 > 19f1c5afe9d7 shares 76.5 % [2020-01-01..] {shareholding}",
            "7ff95ba3682c > 0199c515a699 shares 100 % [2020-01-01..] {shareholding}",
            "05ce06ec97b1 > 7ff95ba3682c controls {otherInfluenceOrControl}",
            "05ce06ec97b1 > 19f1c5afe9d7 indirect_shares 100 % [2020-01-01..] {shareholding, indirect}",
        ],
    ),
    (
        "fermcat.json",
        &[
            "per-5faa4103dee78621 > ent-93c75c87ab28f889 shares 50 % [2019-09-11..2021-04-03] {shareholding}",
            "per-5faa4103dee78621 > ent-93c75c87ab28f889 directorship [2019-09-11..2021-04-03] {boardMember}",
            "per-41c0bb0cef246f7c > ent-93c75c87ab28f889 shares 50 % [2019-09-11..2022-01-20] {shareholding}",
            "per-41c0bb0cef246f7c > ent-93c75c87ab28f889 shares 100 % [2022-01-21..] {shareholding}",
            "per-41c0bb0cef246f7c > ent-93c75c87ab28f889 directorship [2019-09-11..] {boardMember}",
            "per-e334cc6258e56467 > ent-93c75c87ab28f889 shares 50 % [2021-04-03..2022-01-21] {shareholding}",
        ],
    ),
    (
        "indirect-ownership.json",
        &[
            "d4ab89ea169a > ad3f6c2fcc9e shares 60 % [2017-11-01..] {shareholding}",
            "c25d4d612c2c > d4ab89ea169a owns_or_controls {interest of a kind that is not said, unknown}",
            "c25d4d612c2c > ad3f6c2fcc9e indirect_shares 30 % [2017-11-01..] {shareholding, indirect}",
        ],
    ),
    (
        "joint-ownership.json",
        &[
            "91b4236a7d89 > 31c55e425764 shares 100 % [2018-01-01..] {shareholding}",
            "1accb8b18b99 > 91b4236a7d89 shares 50 % [2018-01-01..] joint {shareholding}",
            "f040df24d9ec > 91b4236a7d89 shares 50 % [2018-01-01..] joint {shareholding}",
        ],
    ),
    (
        "levent.json",
        &[
            "700c264e > 8e40d059 arrangement_role [2019-08-11..] {trustee: fiduciaire}",
            "d8855000 > 8e40d059 arrangement_role [2019-11-08..] {settlor: constituant}",
            "d8855000 > 8e40d059 arrangement_role [2019-11-08..] {trustee: fiduciaire}",
            "81337a6e > 8e40d059 arrangement_role [2019-11-08..] {beneficiaryOfLegalArrangement: beneficiaire}",
        ],
    ),
    (
        "listed-company-exempt-from-disclosure.json",
        &[
            "fa402c4818f9-interested-party > 4c7ea3bfbe6c owns_or_controls {interest of a kind that is not said}",
        ],
    ),
    (
        "mixed-direct-and-indirect-ownership.json",
        &[
            "ec61aeda7141 > 9bfe59b6a869 shares 50 % [2017-11-01..] {shareholding}",
            "53508b65253f > 9bfe59b6a869 indirect_shares 50 % [2017-11-01..] {shareholding, indirect}",
            "53508b65253f > 9bfe59b6a869 shares 50 % [2019-05-01..] {shareholding}",
            "53508b65253f > ec61aeda7141 owns_or_controls {interest of a kind that is not said, unknown}",
        ],
    ),
    (
        "nomination.json",
        &[
            "103AB1984D > 104AB1984C directorship [2023-04-30..] {boardMember}",
            "101AB1984F > 103AB1984D arrangement_role [2023-04-30..] {nominator}",
            "101AB1984F > 104AB1984C controls [2023-04-30..] {otherInfluenceOrControl, indirect}",
            "102AB1984E > 103AB1984D arrangement_role [2023-04-30..] {nominee}",
        ],
    ),
    (
        "tecido.json",
        &[
            "018AF6B3EB > 01B68D7633 shares 100 % [2002-03-09..2021-09-23] {shareholding}",
            "018AF6B3EB > 01B68D7633 voting_rights 100 % [2002-03-09..2021-09-23] {votingRights}",
            "018AF6B3EB > 01B68D7633 directorship [2002-03-09..2021-09-23] {boardChair}",
            "018AF6B3EB > 01B68D7633 shares 40 % [2021-09-24..2022-09-20] {shareholding}",
            "018AF6B3EB > 01B68D7633 voting_rights 40 % [2021-09-24..2022-09-20] {votingRights}",
            "018AF6B3EB > 01B68D7633 directorship [2021-09-24..2022-09-20] {boardChair}",
            "018AF6B3EB > 01B68D7633 directorship [2022-09-21..2023-03-03] {boardChair}",
            "018AF6B3EB > 01B68D7633 shares 30 % [2022-09-21..2023-03-03] {shareholding}",
            "018AF6B3EB > 01B68D7633 voting_rights 30 % [2022-09-21..2023-03-03] {votingRights}",
            "033E84672B > 01B68D7633 shares 60 % [2021-09-24..2022-09-20] {shareholding}",
            "033E84672B > 01B68D7633 voting_rights 60 % [2021-09-24..2022-09-20] {votingRights}",
            "033E84672B > 01B68D7633 shares 70 % [2022-09-21..2023-02-28] {shareholding}",
            "033E84672B > 01B68D7633 voting_rights 70 % [2022-09-21..2023-02-28] {votingRights}",
            "033E84672B > 01B68D7633 shares 80 % [2023-03-01..] {shareholding}",
            "033E84672B > 01B68D7633 voting_rights 80 % [2023-03-01..] {votingRights}",
        ],
    ),
    (
        "full-pep-declaration.json",
        &[
            "9bcdcc85e803 > a7b3bd81d8ba shares 25 to less than 50 % [2016-07-07..] {shareholding}",
            "9bcdcc85e803 > a7b3bd81d8ba voting_rights 25 to less than 50 % [2016-07-07..] {votingRights}",
        ],
    ),
    ("plc-entity-statement.json", &[]),
];

#[test]
fn real_examples_are_read_as_a_person_reads_them() {
    let Some(folder) = real::path("network/bods") else { return };
    for (name, expected) in REAL {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let (network, _) = read(&bytes).unwrap();
        let (mut told, mut expected) = (lines(&network), expected.to_vec());
        told.sort();
        expected.sort_unstable();
        assert_eq!(told, expected, "{name}");
    }
}

#[test]
fn of_every_real_example_all_statements_are_taken() {
    let Some(folder) = real::path("network/bods") else { return };
    let mut n = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let (_, account) = read(&bytes).unwrap();
        let statements: Vec<serde_json::Value> = serde_json::from_slice(&bytes).unwrap();
        let rows = &account.reconciliation.records;
        assert_eq!(rows.iter().map(|row| row.read).sum::<u64>(), statements.len() as u64, "{path:?}");
        assert_eq!(rows.iter().map(|row| row.lost).sum::<u64>(), 0, "{path:?}: {:?}", account.issues.kept());
        n += 1;
    }
    assert!(n >= 19, "{n} files");
}

#[test]
fn a_real_file_cut_anywhere_is_refused_and_breaks_nothing() {
    let Some(path) = real::path("network/bods/indirect-ownership.json") else { return };
    let bytes = std::fs::read(path).unwrap();
    let whole = bytes.trim_ascii_end();
    for end in 0..whole.len() {
        assert!(read(&whole[..end]).is_err(), "cut after {end} bytes");
    }
}

const CHAIN: &str = r#"
{"statementId":"s1","recordId":"P","recordType":"person","recordDetails":{"names":[{"type":"birth","fullName":"Old Name"},{"type":"translation","fullName":"Ann Example"}],"nationalities":[{"code":"US-DE"}],"identifiers":[{"scheme":"DEU-PASSPORT","id":"X1"}],"hobby":"chess"}}
{"statementId":"s2","recordId":"B","recordType":"entity","recordDetails":{"entityType":{"type":"registeredEntity"},"name":"B Ltd","jurisdiction":{"name":"Atlantis"}}}
{"statementId":"s3","recordId":"R1","recordType":"relationship","recordDetails":{"subject":"B","interestedParty":"P","interests":[{"type":"shareholding","directOrIndirect":"direct","share":{"exact":33.333333}}]}}
{"statementId":"s4","recordId":"R2","recordType":"relationship","recordDetails":{"subject":"A","interestedParty":"B","interests":[{"type":"shareholding","directOrIndirect":"direct","share":{"exact":60}}]}}
{"statementId":"s5","recordId":"R3","recordType":"relationship","recordDetails":{"subject":"A","interestedParty":"P","componentRecords":["B","R1","R2"],"interests":[{"type":"shareholding","directOrIndirect":"indirect","share":{"exact":20}},{"type":"votingRights","directOrIndirect":"indirect","share":{"exact":60}}]}}
{"statementId":"s6","recordId":"R4","recordType":"relationship","recordDetails":{"subject":"C","interestedParty":"P","interests":[{"type":"votingRights","directOrIndirect":"indirect","share":{"exact":60}},{"type":"votingRights","directOrIndirect":"indirect","share":{"exact":10}},{"type":"golf"}]}}
"#;

#[test]
fn a_chain_that_is_told_does_not_count_twice() {
    let (network, account) = read(CHAIN.as_bytes()).unwrap();
    let mut told = lines(&network);
    told.sort();
    assert_eq!(
        told,
        [
            "B > A shares 60 % {shareholding}",
            "P > A other {shareholding, indirect}",
            "P > A other {votingRights, indirect}",
            "P > B shares 33.333333 % {shareholding}",
            "P > C controls {votingRights, indirect}",
            "P > C other {votingRights, indirect}",
            "P > C owns_or_controls {golf}",
        ]
    );
    let person = network.description(network.find("P").unwrap()).unwrap();
    assert_eq!((person.first("name"), person.first("nationality")), (Some("Ann Example"), Some("us")));
    assert_eq!(
        (person.first("previousName"), person.first("passportNumber")),
        (Some("Old Name"), Some("X1"))
    );
    let kinds = account.issues.by_kind();
    // A and C are subjects that no statement describes.
    for kind in ["unknown_interest", "unknown_country", "no_place", "not_described"] {
        assert_eq!(kinds.get(kind), Some(&1), "{kind}: {kinds:?}");
    }
}

const OLD: &str = r#"[
{"statementID":"e1","statementType":"entityStatement","statementDate":"2018-01-01","entityType":"registeredEntity","name":"Old Ltd","incorporatedInJurisdiction":{"code":"GB"}},
{"statementID":"e2","statementType":"entityStatement","statementDate":"2019-01-01","entityType":"registeredEntity","name":"New Ltd","replacesStatements":["e1"]},
{"statementID":"p1","statementType":"personStatement","personType":"knownPerson","names":[{"type":"individual","fullName":"Ann Example"}]},
{"statementID":"o1","statementType":"ownershipOrControlStatement","statementDate":"2018-01-01","subject":{"describedByEntityStatement":"e1"},"interestedParty":{"describedByPersonStatement":"p1"},
 "interests":[{"type":"voting-rights","interestLevel":"direct","share":{"minimum":50,"maximum":75,"exclusiveMinimum":true},"startDate":"2017-01-01","endDate":"2020-02"}]},
{"statementID":"o2","statementType":"ownershipOrControlStatement","subject":{"describedByEntityStatement":"e1"},"interestedParty":{"unspecified":{"reason":"unknown","description":"nobody said"}}},
{"statementID":"c1","statementType":"entityStatement","entityType":"legalEntity","name":"One","replacesStatements":["c2"]},
{"statementID":"c2","statementType":"entityStatement","entityType":"legalEntity","name":"Two","replacesStatements":["c1"]}
]"#;

#[test]
fn earlier_versions_point_to_statements_and_replace_them() {
    let (network, account) = read(OLD.as_bytes()).unwrap();
    assert_eq!(
        lines(&network),
        [
            "p1 > e2 voting_rights more than 50, at most 75 % [2017-01-01..2020-02] {voting-rights}",
            "o2-interested-party > e2 owns_or_controls {interest of a kind that is not said}",
        ]
    );
    assert!(network.find("e1").is_none(), "what is replaced is no party");
    let unspecified = network.description(network.find("o2-interested-party").unwrap()).unwrap();
    assert_eq!(unspecified.first("description"), Some("not specified: unknown: nobody said"));
    assert!(network.find("c1").is_some() && network.find("c2").is_some(), "a circle loses nobody");
    assert_eq!(account.issues.by_kind().get("replaced_in_a_circle"), Some(&2));
    assert_eq!(account.issues.by_kind().get("superseded"), Some(&1));
}

#[test]
fn every_state_of_a_record_counts_in_any_order_of_the_file() {
    let statement = |date: &str, share: &str, status: &str| {
        format!(
            r#"{{"statementId":"x","recordId":"R","recordType":"relationship","statementDate":"{date}","recordStatus":"{status}","recordDetails":{{"subject":"A","interestedParty":"A","interests":[{{"type":"shareholding","share":{{"exact":{share}}}}}]}}}}"#
        )
    };
    let [old, new, closed] = [
        statement("2020-01-01", "10", "new"),
        statement("2020-01-01T08:00:00Z", "20", "updated"),
        statement("2021-01-01", "30", "closed"),
    ];
    let both = ["20 % [..2020-12-31]", "30 % [2021-01-01..2021-01-01]"];
    for (file, expected) in [
        ([&old, &new].map(String::as_str).join("\n"), &["20 %"][..]),
        ([&new, &old].map(String::as_str).join("\n"), &["20 %"]),
        ([&closed, &new, &old].map(String::as_str).join("\n"), &both),
        (format!("[{old},{closed} ,{closed}]"), &["10 % [..2020-12-31]", both[1]]),
        (
            statement("2020-01-01", "5", "new").replace("\"share\"", "\"startDate\":\"soon\",\"share\""),
            &["5 % [1000/2200..]"],
        ),
        (statement("soon", "5", "closed"), &["5 % [..1000/2200]"]),
    ] {
        let (network, account) = read(file.as_bytes()).unwrap();
        let expected: Vec<String> =
            expected.iter().map(|said| format!("A > A shares {said} {{shareholding}}")).collect();
        assert_eq!(lines(&network), expected, "{file}");
        assert_eq!(account.reconciliation.records[0].lost, 0);
    }
}

#[test]
fn statements_that_are_replaced_are_states_of_what_replaces_them() {
    let statement = |id: &str, date: &str, share: u8, replaces: &str| {
        format!(
            r#"{{"statementID":"{id}","statementType":"ownershipOrControlStatement","statementDate":"{date}","subject":{{"describedByEntityStatement":"A"}},"interestedParty":{{"describedByPersonStatement":"P"}},"interests":[{{"type":"shareholding","share":{{"exact":{share}}}}}],"replacesStatements":[{replaces}]}}"#
        )
    };
    let all = [
        statement("c", "2021-01-01", 30, r#""b""#),
        statement("a", "2019-01-01", 10, ""),
        statement("b", "2020-01-01", 20, r#""a""#),
    ];
    let (network, account) = read(all.join("\n").as_bytes()).unwrap();
    let expected = ["10 % [..2019-12-31]", "20 % [2020-01-01..2020-12-31]", "30 % [2021-01-01..]"];
    assert_eq!(lines(&network), expected.map(|said| format!("P > A shares {said} {{shareholding}}")));
    assert!(network.interests().iter().all(|interest| network.record(interest) == Record::Id("c")));
    assert_eq!(account.issues.by_kind().get("superseded"), None);
}

#[test]
fn one_id_in_two_forms_of_unicode_is_one_party() {
    let file = [
        "{\"recordId\":\"Cafe\u{301}\",\"recordType\":\"entity\",\"recordDetails\":{\"entityType\":{\"type\":\"state\"},\"name\":\"E\"}}",
        "{\"recordId\":\"R\",\"recordType\":\"relationship\",\"recordDetails\":{\"subject\":\"Caf\u{e9}\",\"interestedParty\":\"Ze\u{301}\",\"interests\":[{\"type\":\"shareholding\"}]}}",
    ];
    let (network, _) = read(file.join("\n").as_bytes()).unwrap();
    assert_eq!(lines(&network), ["Z\u{e9} > Caf\u{e9} shares {shareholding}"]);
    assert!(network.description(network.find("Caf\u{e9}").unwrap()).is_some());
}

#[test]
fn hostile_files_are_issues_or_refused() {
    let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
    let good = r#"{"recordId":"E","recordType":"entity","recordDetails":{"entityType":{"type":"state"},"name":"E"}}"#;
    for (bad, kind) in [
        (format!(r#"{{"recordId":"D","recordType":"person","x":{deep}}}"#), "bad_json"),
        (r#"{"recordId":"D","recordType":"person","x":NaN}"#.to_owned(), "bad_json"),
        ("17".to_owned(), "no_object"),
        (r#"{"recordType":"person"}"#.to_owned(), "no_id"),
        (r#"{"recordId":"D","recordType":"cow"}"#.to_owned(), "unknown_type"),
        (r#"{"recordId":"D"}"#.to_owned(), "no_type"),
        (r#"{"recordId":"D","recordType":"relationship","recordDetails":{"subject":"E"}}"#.to_owned(), "missing_end"),
        (r#"{"recordId":"D","recordType":"relationship","recordDetails":{"subject":"E","interestedParty":"E","interests":[{"type":"shareholding","share":{"exact":1e999}}]}}"#.to_owned(), "bad_share"),
    ] {
        for file in [format!("[{good},{bad}]"), format!("{good}\n{bad}\n")] {
            let (network, account) = read(file.as_bytes()).unwrap();
            assert!(network.find("E").is_some(), "{file}");
            assert_eq!(account.issues.by_kind().get(kind), Some(&1), "{bad}: {:?}", account.issues.by_kind());
        }
    }
    for refused in ["", "[]", "[", "owner,asset\n", "{}", "<html>", "[{}", "\u{feff}"] {
        assert!(read(refused.as_bytes()).is_err(), "{refused}");
    }
    let ftm = read(br#"[{"id":"a","schema":"Person","properties":{}}]"#).unwrap_err().to_string();
    assert!(ftm.contains("it is FollowTheMoney, but not as JSON lines"), "{ftm}");
    assert!(matches!(
        read(CHAIN.trim_end().get(..900).unwrap().as_bytes()),
        Err(SourceError::Truncated { .. })
    ));
}

#[test]
fn cut_at_any_byte_nothing_breaks() {
    for text in [CHAIN, OLD] {
        for end in 0..text.len() {
            let _ = read(&text.as_bytes()[..end]);
        }
    }
}
