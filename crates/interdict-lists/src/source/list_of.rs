//! Which list are these files of? Most formats are those of one list; those of OFAC are of two.

use super::packed::{self, Unpacked};
use super::{Format, SourceFile};
use crate::ofac;

/// The id of the list that files of a format are of, where format or files say it. The delimited and the classic form tell the two
/// lists of OFAC by their file names, the enhanced and the advanced XML by what they say themselves; packed files by the file in
/// them.
pub fn list_of(format: Format, files: &[SourceFile<'_>]) -> Option<&'static str> {
    let unpacked = match format {
        Format::OfacCsv | Format::OfacXml | Format::OfacEnhancedXml | Format::OfacAdvancedXml => {
            // Files that cannot be unpacked are refused by the reader, with the reason.
            packed::unpack(files).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let is_consolidated = unpacked.first().map(Unpacked::as_source).is_some_and(|file| {
        let name = file.name.to_lowercase();
        match format {
            Format::OfacCsv => name.starts_with("cons_"),
            Format::OfacXml => name.starts_with("cons"),
            Format::OfacEnhancedXml => ofac::enhanced::is_consolidated(file.bytes),
            _ => ofac::advanced::is_consolidated(&file),
        }
    });
    if is_consolidated { Some("ofac-nonsdn") } else { format.default_list() }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    #[test]
    fn packed_files_are_of_the_list_of_the_file_in_them() {
        let head =
            |list: &str| format!("<sanctionsData><filters><filter>{list}</filter></filters></sanctionsData>");
        for (list, id) in [("Consolidated List", "ofac-nonsdn"), ("SDN List", "ofac")] {
            let plain = head(list).into_bytes();
            let mut packed = GzEncoder::new(Vec::new(), Compression::default());
            packed.write_all(&plain).unwrap();
            let packed = packed.finish().unwrap();
            for bytes in [&plain, &packed] {
                let files = [SourceFile { name: "x.xml.gz", bytes }];
                assert_eq!(list_of(Format::OfacEnhancedXml, &files), Some(id));
            }
        }
        let named = |name: &'static str| list_of(Format::OfacCsv, &[SourceFile { name, bytes: b"1,x\n" }]);
        assert_eq!([named("CONS_PRIM.CSV"), named("SDN.CSV")], [Some("ofac-nonsdn"), Some("ofac")]);
    }
}
