//! What must every reader of an XML list refuse or survive? The same broken files, with the names of its own elements.

use interdict_core::issue::Parsed;
use interdict_lists::{ListContent, ReadError};

/// A list in XML: its root, the start tag of the root, and how it is read.
pub struct XmlList {
    /// The name of the root element.
    pub root: &'static str,
    /// What stands between `<` and `>` of its start tag.
    pub start: &'static str,
    /// The reader.
    pub read: fn(&[u8]) -> Result<Parsed<ListContent>, ReadError>,
}

impl XmlList {
    /// A file with this in its root.
    pub fn file(&self, inside: &str) -> String {
        format!("<{}>{inside}</{}>", self.start, self.root)
    }

    /// Each cut of a whole file is refused, and said to be one.
    pub fn refuses_cuts(&self, whole: &[u8]) {
        let end = whole.trim_ascii_end().len();
        let content = (self.read)(whole).unwrap().value;
        for cut in 0..whole.len() {
            match (self.read)(&whole[..cut]) {
                Ok(parsed) => {
                    assert!(cut >= end, "cut at {cut} of {end}");
                    assert_eq!(parsed.value, content);
                }
                Err(ReadError::Truncated { .. } | ReadError::Empty { .. }) => assert!(cut < end),
                // Before the root begins there is nothing to tell that it is this list.
                Err(ReadError::WrongForm { .. }) => assert!(cut < 400, "cut at {cut}"),
                Err(error) => panic!("cut at {cut}: {error}"),
            }
        }
    }

    /// Constructs that are refused whatever they say.
    pub fn refuses_constructs(&self) {
        let root = self.root;
        let bomb = format!("<!DOCTYPE x [<!ENTITY a \"aaaa\">]>{}", self.file("&a;"));
        let deep = self.file(&"<a>".repeat(100_000));
        let latin_1 = format!("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>{}", self.file(""));
        let behind = format!("{}<html>", self.file(""));
        let other = format!("<un{root}/>");
        for (text, part) in [
            ("<!DOCTYPE html><html></html>", "is an HTML page"),
            ("", "is empty"),
            ("plain text", "is not"),
            (&other, "its root is <un"),
            (&bomb, "a DOCTYPE is refused"),
            (&latin_1, "declares the encoding \"ISO-8859-1\""),
            (&deep, "nested deeper than 64"),
            (&behind, "goes on behind the end of its root"),
        ] {
            let error = (self.read)(text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(part), "{part}: {error}");
        }
    }
}
