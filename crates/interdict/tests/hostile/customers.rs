//! Customer files that are none, and rows that cannot be screened.

use super::home::{Home, outcome};

#[test]
fn files_that_are_no_customers() {
    let home = Home::with_list();
    let cases: [(&str, &[u8], &[&str]); 6] = [
        ("page.csv", b"<!DOCTYPE html><html></html>", &["HTML", "a CSV or JSON lines is needed"]),
        ("empty.csv", b"", &["the file is empty"]),
        ("blank.csv", b"\xef\xbb\xbf\n \n", &["the file is empty"]),
        ("binary.csv", b"\xff\xfe\x00\x01\n", &["the header cannot be read"]),
        ("noname.csv", b"id,fullname\n1,Jane Doe\n", &["no column `name`", "fullname", "columns are"]),
        ("quote.csv", b"\"name\nJane Doe\n", &["the header cannot be read", "quote"]),
    ];
    for (name, bytes, texts) in cases {
        let file = home.write(name, bytes);
        let texts: Vec<&str> = texts.iter().copied().chain([name]).collect();
        assert_eq!(home.refuses(&["screen", "--file", &file], &texts), "customers");
    }
    home.refuses(&["screen", "--file", &home.input("nowhere.csv")], &["cannot read", "nowhere.csv"]);
    std::fs::create_dir(home.input("folder")).unwrap();
    home.refuses(&["screen", "--file", &home.input("folder")], &["cannot read", "folder"]);
}

#[test]
fn every_row_has_an_answer_whatever_it_holds() {
    let home = Home::with_list();
    let long = "x".repeat(100_000);
    let rows = format!("id,name,schema\n1,Jane Doe,Firm\n2,,\n3,\0,\n4,Jane\0Doe,\n5,{long},\n6,\"Jane");
    let mut bytes = rows.into_bytes();
    bytes.extend(b" Doe\n7,\xff,\n8,Jane Doe,\n");
    let answers = home.screens(&["--file", &home.write("rows.csv", &bytes)], 3);
    let outcomes: Vec<_> = answers.iter().map(outcome).collect();
    assert_eq!(
        outcomes,
        [
            ("hits", ""),
            ("not_screened", "empty_name"),
            ("not_screened", "unusable_name"),
            ("hits", ""),
            ("not_screened", "name_too_long"),
            ("not_screened", "unreadable_row"),
            ("not_screened", "unreadable_row"),
            ("hits", ""),
        ]
    );
    assert_eq!(answers[0]["issues"][0]["field"], "schema");
    assert!(answers[0]["issues"][0]["reason"].as_str().unwrap().contains("\"Firm\""));
}

#[test]
fn json_rows_that_are_none() {
    let home = Home::with_list();
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let lines = format!(
        "{{\"name\":{deep}}}\n{{\"name\":\"Jane Doe\"\n[]\n{{}}\n{{\"name\":7}}\n{{\"name\":[\"Jane Doe\",{{}}]}}\n"
    );
    let mut bytes = lines.into_bytes();
    bytes.extend(b"{\"name\":\"\xff\"}\n{\"name\":\"\\ud800\"}\n{\"name\":\"Jane\\u0000Doe\"}");
    let answers = home.screens(&["--file", &home.write("rows.jsonl", &bytes)], 3);
    let outcomes: Vec<_> = answers.iter().map(outcome).collect();
    let unreadable = ("not_screened", "unreadable_row");
    assert_eq!(
        outcomes,
        [
            unreadable,
            unreadable,
            unreadable,
            ("not_screened", "empty_name"),
            ("not_screened", "only_generic_words"),
            ("hits", ""),
            unreadable,
            unreadable,
            ("hits", ""),
        ]
    );
}

#[test]
fn rows_without_any_screening_end_with_4() {
    let home = Home::with_list();
    let file = home.write("rows.csv", b"name\n\xff\n");
    assert_eq!(outcome(&home.screens(&["--file", &file], 4)[0]), ("not_screened", "unreadable_row"));
    let file = home.write("cut.csv", b"id,name\n1,\"Jane Doe");
    assert_eq!(outcome(&home.screens(&["--file", &file], 4)[0]), ("not_screened", "unreadable_row"));
}
