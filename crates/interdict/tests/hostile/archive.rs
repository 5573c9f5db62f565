//! Damage to what the program keeps: it is told or mended, and never changes an answer in silence.

use std::path::{Path, PathBuf};

use super::home::{Home, outcome};

/// The only file of a folder of the home folder, clusters beside an index left out.
fn only_file(home: &Home, folder: &str) -> PathBuf {
    let files = std::fs::read_dir(home.path(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut files = files.filter(|path| path.extension().is_none_or(|end| end != "jsonl"));
    let file = files.next().unwrap();
    assert!(files.next().is_none(), "{folder} has more than one file");
    file
}

fn flip(path: &Path, at: usize, bits: u8) {
    let mut bytes = std::fs::read(path).unwrap();
    bytes[at] ^= bits;
    std::fs::write(path, bytes).unwrap();
}

/// The answer without anything that may differ between two sound indexes of one list: nothing may.
fn answer(home: &Home) -> String {
    let done = home.run(["screen", "Jane Doe", "--json"]);
    assert_eq!(done.code, Some(3), "{}", done.stderr);
    done.stdout
}

#[test]
fn a_damaged_index_is_built_again() {
    let home = Home::with_list();
    let index = only_file(&home, "index");
    let sound = std::fs::read(&index).unwrap();
    let expected = answer(&home);
    let spread = (0..sound.len()).step_by(sound.len() / 40);
    for (idx, at) in spread.chain([0, 8, 12, 16, 48, 56, sound.len() - 1]).enumerate() {
        flip(&index, at, 1 << (idx % 8));
        assert_eq!(answer(&home), expected, "byte {at} was flipped");
        assert!(std::fs::read(&index).unwrap() == sound, "byte {at}: the index was not built again");
    }
    for len in [0, 10, 300, sound.len() - 1] {
        std::fs::write(&index, &sound[..len]).unwrap();
        let done = home.run(["screen", "Jane Doe", "--json"]);
        assert_eq!((done.code, &done.stdout), (Some(3), &expected), "cut after {len} bytes");
        assert!(done.stderr.contains("index"), "nobody hears that the index was damaged: {}", done.stderr);
    }
    std::fs::write(&index, [sound.as_slice(), b"more"].concat()).unwrap();
    assert_eq!(answer(&home), expected);
}

#[test]
fn a_damaged_manifest_is_told_and_mended_by_importing_again() {
    let home = Home::with_list();
    let expected = answer(&home);
    let manifest = only_file(&home, "archive/versions/own");
    let sound = std::fs::read(&manifest).unwrap();
    // Bytes that leave valid JSON of the same shape are the dangerous ones: digits and letters within texts.
    let spread = (0..sound.len()).filter(|&at| sound[at].is_ascii_alphanumeric()).step_by(29);
    for at in spread.chain([0, sound.len() - 1]) {
        flip(&manifest, at, 1);
        for args in [&["screen", "Jane Doe"][..], &["lists", "status"], &["lists", "show", "own-1"]] {
            let code = home.refuses(args, &["the archive is damaged", "own", "import the list again"]);
            assert_eq!(code, "damaged_archive");
        }
        std::fs::write(&manifest, &sound).unwrap();
    }
    for text in [&b""[..], b"{", b"{}", b"null", b"[]", b"\xff"] {
        std::fs::write(&manifest, text).unwrap();
        home.refuses(&["screen", "Jane Doe"], &["the archive is damaged"]);
    }
    let done = home.run(["lists", "import", &home.input("own.csv")]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert_eq!(answer(&home), expected);
}

#[test]
fn a_damaged_manifest_keeps_other_lists_from_being_half_imported() {
    let home = Home::with_list();
    flip(&only_file(&home, "archive/versions/own"), 30, 1);
    let other = home.write("other.csv", b"name\nJane Roe\n");
    home.refuses(&["lists", "import", &other], &["the archive is damaged", "own"]);
}

#[test]
fn a_damaged_object_is_told_and_mended_by_importing_again() {
    let home = Home::with_list();
    let expected = answer(&home);
    let object = only_file(&home, "archive/objects");
    let sound = std::fs::read(&object).unwrap();
    for damage in [Some(&b""[..]), Some(&sound[1..]), Some(b"id,name\n1,Jane Doe\n"), None] {
        match damage {
            Some(bytes) => std::fs::write(&object, bytes).unwrap(),
            None => std::fs::remove_file(&object).unwrap(),
        }
        // The index was made from sound bytes and goes on to answer.
        assert_eq!(answer(&home), expected);
        std::fs::remove_dir_all(home.path("index")).unwrap();
        let code =
            home.refuses(&["screen", "Jane Doe"], &["the archive is damaged", "import the list again"]);
        assert_eq!(code, "damaged_archive");
        let done = home.run(["lists", "import", &home.input("own.csv")]);
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        assert_eq!(answer(&home), expected);
        assert!(std::fs::read(&object).unwrap() == sound, "the object was not mended");
    }
}

#[test]
fn what_does_not_belong_into_the_archive_is_told() {
    let home = Home::with_list();
    std::fs::write(home.path("archive/versions/stray"), "x").unwrap();
    home.refuses(&["screen", "Jane Doe"], &["stray"]);
    std::fs::remove_file(home.path("archive/versions/stray")).unwrap();
    std::fs::create_dir(home.path("archive/versions/own/folder.json")).unwrap();
    home.refuses(&["screen", "Jane Doe"], &["folder.json"]);
    std::fs::remove_dir(home.path("archive/versions/own/folder.json")).unwrap();
    let answers = home.screens(&["Jane Doe"], 3);
    assert_eq!(outcome(&answers[0]), ("hits", ""));
}

#[test]
fn an_index_of_other_lists_is_not_taken_for_this_one() {
    let home = Home::with_list();
    let expected = answer(&home);
    let other = Home::new();
    let file = other.write("own.csv", b"id,name,schema\n1,Nobody At All,Person\n");
    assert_eq!(other.run(["lists", "import", &file]).code, Some(0));
    std::fs::copy(only_file(&other, "index"), only_file(&home, "index")).unwrap();
    assert_eq!(answer(&home), expected);
}
