//! Does a table of holdings say what it says?

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "shared/told.rs"]
mod told;

use interdict_network::network::{Network, Record};
use interdict_network::sources::{Account, SourceError, table};
use told::lines;

fn read(text: &[u8]) -> Result<(Network, Account), SourceError> {
    told::read(|builder, origin| table::read(builder, origin, text))
}

#[test]
fn columns_in_any_order_and_of_any_separator() {
    for (text, expected) in [
        ("owner,asset,percent\na,b,25.5\n", "a > b shares 25.5 %"),
        ("\u{feff}Percent;Entity;Holder\r\n12,5;b;a", "a > b shares 12.5 %"),
        ("owner\tasset\na\tb\n\n", "a > b shares"),
        ("owner,asset,share,kind\na,a,>50,voting", "a > a voting_rights more than 50 %"),
        ("owner,asset,percent\n\"a,1\",\"b \"\"x\"\"\",\"12,5\"\n", "a,1 > b \"x\" shares 12.5 %"),
        (
            "owner,asset,kind,start,end,joint,words\na,b,director,2020,2021-05-01,j1,chair",
            "a > b directorship [2020..2021-05-01] joint {chair}",
        ),
    ] {
        assert_eq!(lines(&read(text.as_bytes()).unwrap().0), [expected], "{text:?}");
    }
}

#[test]
fn headers_that_are_wrong_refuse_the_file() {
    for (text, reason) in [
        ("owner,asset,percnt\n", "\"percnt\" is not known; known are: owner"),
        ("owner,percent\n", "no column asset or entity or owned"),
        ("owner,holder,asset\n", "two columns for owner"),
        ("", "the table is empty"),
        ("o\0w\0n\0e\0r\0,\0", "the text is UTF-16 (Excel: Unicode text); save it as CSV in UTF-8"),
        ("PK\u{3}\u{4}", "the file is a ZIP archive or an Excel workbook; unpack it"),
    ] {
        let error = read(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(reason), "{text:?}: {error}");
    }
}

#[test]
fn rows_that_cannot_be_taken_are_issues() {
    let long = "9".repeat(5 << 20);
    for (row, kind, lost) in [
        ("a,b,25,5", "too_many_fields", 1),
        ("a,,5", "missing_end", 1),
        ("a,b", "short_row", 0),
        ("a,b,101", "bad_share", 0),
        ("a,b,NaN", "bad_share", 0),
        (long.as_str(), "record_too_long", 1),
    ] {
        let (network, account) = read(format!("owner,asset,percent\n{row}\nx,y,5\n").as_bytes()).unwrap();
        assert_eq!(account.issues.by_kind().get(kind), Some(&1), "{kind}");
        assert_eq!(network.interests().len(), 2 - lost, "{kind}");
        assert!(lines(&network).contains(&"x > y shares 5 %".to_owned()));
        assert_eq!(network.record(network.interests().last().unwrap()), Record::Line(3));
    }
    let (network, account) = read(b"owner,asset\n\xff,b\n\"c,d\ne,f\n").unwrap();
    assert_eq!(lines(&network), ["e > f shares"]);
    assert_eq!(account.issues.by_kind().keys().collect::<Vec<_>>(), ["not_utf8", "unclosed_quote"]);
    let (_, account) = read(b"owner,asset,kind,start,end\na,b,golf,soon,\nc,d,,2021,2020\n").unwrap();
    assert_eq!(
        account.issues.by_kind().keys().collect::<Vec<_>>(),
        ["backwards", "bad_date", "unknown_kind"]
    );
}

#[test]
fn parties_are_described_as_far_as_the_table_says() {
    let text = "owner,asset,owner_name,owner_birth_date,owner_country,owner_identifier,asset_name,asset_schema\n\
                p,v,Ann Example,1970-02,Germany,X1,MV Example,Vessel\nq,v,,,Atlantis,,,Company\n";
    let (network, account) = read(text.as_bytes()).unwrap();
    let of = |id: &str| network.description(network.find(id).unwrap()).unwrap();
    assert_eq!(
        (of("p").schema.name, of("p").first("country"), of("p").first("idNumber")),
        ("Person", Some("de"), Some("X1"))
    );
    assert_eq!((of("v").schema.name, of("v").caption()), ("Vessel", "MV Example"));
    assert_eq!(of("q").first("notes"), Some("country: Atlantis"));
    assert_eq!(account.issues.by_kind().keys().collect::<Vec<_>>(), ["schema_differs", "unknown_country"]);
    assert_eq!(account.reconciliation.parties, 3);
}

#[test]
fn cut_at_any_byte_nothing_breaks() {
    let text = "owner,asset,percent,owner_name\n\"a\"\"\n\",b,25,김\nc,d,1/3,\"x\"\n";
    for end in 0..=text.len() {
        let _ = read(&text.as_bytes()[..end]);
    }
}

#[test]
fn a_percentage_of_an_unknown_kind_is_no_mere_tie() {
    let text = "owner,asset,percent,kind\na,b,60,golf\na,c,,golf\na,d,60,beneficial owner\na,e,,controlled by\n\
                a,f,60,subsidiary of\na,g,??,golf\n";
    let (network, account) = read(text.as_bytes()).unwrap();
    assert_eq!(
        lines(&network),
        [
            "a > b owns_or_controls 60 %",
            "a > c other",
            "a > d indirect_shares 60 %",
            "a > e controls",
            "a > f owns_or_controls 60 %",
            "a > g owns_or_controls",
        ]
    );
    assert_eq!(account.issues.by_kind().get("unknown_kind"), Some(&3));
    let issue = &account.issues.kept()[0];
    assert!(issue.reason.contains("kinds are: shares, indirect_shares, voting_rights"), "{issue:?}");
}

#[test]
fn percentages_that_look_like_fractions_of_one_are_said_to() {
    for (percents, expected) in
        [("0.6\na,c,1\na,d,unknown", Some(&1)), ("0.6\na,c,60", None), ("1", None), ("0", None), ("", None)]
    {
        let (network, account) = read(format!("owner,asset,percent\na,b,{percents}\n").as_bytes()).unwrap();
        assert_eq!(account.issues.by_kind().get("fractions_of_one"), expected, "{percents:?}");
        let first = if percents.starts_with("0.6") { "a > b shares 0.6 %" } else { "a > b shares" };
        assert!(lines(&network)[0].starts_with(first), "it stays what it says");
    }
}

#[test]
fn one_id_in_two_forms_of_unicode_is_one_party() {
    let text = "owner,asset,percent,asset_name,joint\ng,Cafe\u{301},60,One,Pact\nCaf\u{e9},x,60,, pACT\nd,x,1,,Pact\n";
    let (network, _) = read(text.as_bytes()).unwrap();
    assert_eq!(
        lines(&network),
        ["g > Caf\u{e9} shares 60 % joint", "Caf\u{e9} > x shares 60 % joint", "d > x shares 1 % joint",]
    );
    let arrangements: Vec<u32> =
        network.interests().iter().map(|interest| network.terms(interest).joint).collect();
    assert!(arrangements.iter().all(|joint| *joint == arrangements[0]), "{arrangements:?}");
    let party = network.find("Caf\u{e9}").unwrap();
    assert_eq!(network.find("Cafe\u{301}"), Some(party), "whichever form is asked for");
    assert_eq!(network.description(party).unwrap().first("name"), Some("One"));
}

#[test]
fn a_row_with_a_date_that_is_none_may_hold_on_any_day() {
    let text = "owner,asset,percent,start,end\na,b,60,soon,\na,c,60,soon,2020\na,d,60,2019,late\n";
    let (network, account) = read(text.as_bytes()).unwrap();
    assert_eq!(
        lines(&network),
        [
            "a > b shares 60 % [1000/2200..]",
            "a > c shares 60 % [1000/2200..2020]",
            "a > d shares 60 % [2019..2019/2200]",
        ]
    );
    assert_eq!(account.issues.by_kind().get("bad_date"), Some(&3));
    assert!(account.issues.kept()[2].reason.starts_with("end \"late\":"), "{:?}", account.issues.kept());
}
