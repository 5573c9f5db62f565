//! Lines that are longer than memory should hold: they cost themselves and nothing around them.

use std::fs::File;
use std::io::{BufWriter, Write as _};

use serde_json::Value;

use super::home::{Home, outcome};

/// How long the line is, in bytes.
const LONG: usize = 64 << 20;

/// Writes a file with one long line in the middle, piece by piece.
fn write(home: &Home, name: &str, before: &str, after: &str) -> String {
    let path = home.input(name);
    let mut file = BufWriter::new(File::create(&path).unwrap());
    file.write_all(before.as_bytes()).unwrap();
    let piece = [b'x'; 1 << 16];
    for _ in 0..LONG / piece.len() {
        file.write_all(&piece).unwrap();
    }
    file.write_all(after.as_bytes()).unwrap();
    file.flush().unwrap();
    path
}

/// Imports a file: how many records were read, taken and lost.
fn import(home: &Home, args: &[&str]) -> [u64; 3] {
    let done = home.run(["lists", "import"].iter().chain(args).chain(&["--json"]));
    assert_eq!(done.code, Some(0), "{args:?}: {}", done.stderr);
    let answer: Value = serde_json::from_str(&done.stdout).unwrap();
    let row = &answer["imported"][0]["reconciliation"]["records"][0];
    ["read", "taken", "lost"].map(|count| row[count].as_u64().unwrap())
}

#[test]
fn json_lines_of_a_list() {
    let entity = |id: &str, name: &str| {
        format!("{{\"id\":\"{id}\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"{name}\"]}}}}\n")
    };
    let (long_start, long_end) =
        ("{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"", "\"]}}\n");
    let home = Home::new();
    let first = write(&home, "first.json", long_start, &(long_end.to_owned() + &entity("b", "Jane Doe")));
    home.refuses_as_text(&["lists", "import", &first], &["first.json", "--format"]);
    assert_eq!(import(&home, &[&first, "--format", "ftm-jsonl"]), [2, 1, 1]);
    assert_eq!(outcome(&home.screens(&["Jane Doe"], 3)[0]), ("hits", ""));
    let middle = entity("b", "Jane Doe") + long_start;
    let middle = write(&home, "middle.json", &middle, &(long_end.to_owned() + &entity("c", "Jane Roe")));
    assert_eq!(import(&home, &[&middle]), [3, 2, 1]);
}

#[test]
fn rows_of_a_list() {
    let home = Home::new();
    let file = write(&home, "own.csv", "id,name\n1,", "\n2,Jane Doe\n");
    assert_eq!(import(&home, &[&file]), [2, 1, 1]);
    let header = write(&home, "header.csv", "", "\n1,Jane Doe\n");
    home.refuses_as_text(&["lists", "import", &header], &["header.csv", "no known form"]);
    home.refuses_as_text(&["lists", "import", &header, "--format", "csv"], &["header.csv"]);
}

#[test]
fn a_text_of_the_un_list() {
    let start = "<CONSOLIDATED_LIST><ENTITIES><ENTITY><DATAID>1</DATAID><FIRST_NAME>";
    let end = "</FIRST_NAME></ENTITY><ENTITY><DATAID>2</DATAID><FIRST_NAME>Jane Doe</FIRST_NAME></ENTITY>\
               </ENTITIES></CONSOLIDATED_LIST>";
    let home = Home::new();
    let file = write(&home, "un.xml", start, end);
    assert_eq!(import(&home, &[&file]), [2, 1, 1]);
    assert_eq!(outcome(&home.screens(&["Jane Doe"], 3)[0]), ("hits", ""));
}

#[test]
fn rows_of_customers() {
    let home = Home::with_list();
    let csv = write(&home, "rows.csv", "id,name\n1,Jane Doe\n2,", "\n3,Jane Doe\n");
    let row = "{\"name\":\"Jane Doe\"}\n";
    let json = write(&home, "rows.jsonl", &format!("{row}{{\"name\":\""), &format!("\"}}\n{row}"));
    for file in [csv, json] {
        let answers = home.screens(&["--file", &file], 3);
        let outcomes: Vec<_> = answers.iter().map(outcome).collect();
        assert_eq!(outcomes, [("hits", ""), ("not_screened", "unreadable_row"), ("hits", "")]);
    }
    let header = write(&home, "header.csv", "", "\nJane Doe\n");
    home.refuses_as_text(&["screen", "--file", &header], &["header.csv", "the header cannot be read"]);
}
