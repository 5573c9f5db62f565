//! From a path on the command line to the files of one or more lists.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use interdict_core::date::PartialDate;
use interdict_core::digest::Digest;
use interdict_core::limits;
use interdict_core::mapped::MappedFile;
use interdict_lists::SourceFile;

use crate::failure::Failure;

/// The files of one list, in private copies that nobody changes while they are read.
pub(crate) struct ListFiles {
    /// The files, the main one first.
    pub files: Vec<FileCopy>,
    /// Where the main one was.
    pub path: PathBuf,
}

/// A private copy of one file.
pub(crate) struct FileCopy {
    /// The name without folders.
    pub name: String,
    /// All of it.
    pub bytes: MappedFile,
    /// Its digest.
    pub digest: Digest,
}

impl ListFiles {
    /// The files as the readers take them.
    pub fn sources(&self) -> Vec<SourceFile<'_>> {
        self.files.iter().map(|file| SourceFile { name: &file.name, bytes: &file.bytes }).collect()
    }

    /// The names of the files.
    pub fn names(&self) -> String {
        self.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// The id for the list when neither format nor operator name one: the name of the file up to its first dot.
    pub fn list_from_name(&self) -> String {
        let name =
            self.path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        let stem = name.split('.').next().unwrap_or_default();
        let words: Vec<&str> =
            stem.split(|char: char| !char.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let id: String = words.join("-").chars().take(32).collect();
        id.trim_end_matches('-').to_owned()
    }

    /// A date in the name of the file, or else of its folder: `2024-01-08`, `sdn_20210818.csv`, `2024-01`.
    pub fn date_in_path(&self) -> Option<PartialDate> {
        self.path.iter().rev().take(2).filter_map(|name| name.to_str()).find_map(date_in)
    }
}

/// The years of which lists are: other numbers of four digits are no years.
const YEARS: std::ops::RangeInclusive<u16> = 1990..=2100;

/// A day in a name, or else a month: `2024-01-08`, `2024_01_08`, `20240108`, `2024-01`. Forms that put the day first leave
/// open which number is the month, and are not taken.
fn date_in(name: &str) -> Option<PartialDate> {
    let is_digit = |part: &&str| part.starts_with(|char: char| char.is_ascii_digit());
    let parts: Vec<&str> = name
        .split_inclusive(|char: char| !char.is_ascii_digit())
        .flat_map(|part| {
            let end = part.trim_end_matches(|char: char| !char.is_ascii_digit()).len();
            [&part[..end], &part[end..]]
        })
        .filter(|part| !part.is_empty())
        .collect();
    let date = |year: &str, rest: String| -> Option<PartialDate> {
        YEARS.contains(&year.parse().ok()?).then(|| format!("{year}{rest}").parse().ok())?
    };
    let day = |at: usize| match parts.get(at..)? {
        [all, ..] if all.len() == 8 && is_digit(all) => {
            date(all.get(..4)?, format!("-{}-{}", all.get(4..6)?, all.get(6..)?))
        }
        [year, "-" | "_" | ".", month, "-" | "_" | ".", day, ..]
            if (year.len(), month.len(), day.len()) == (4, 2, 2) =>
        {
            date(year, format!("-{month}-{day}"))
        }
        _ => None,
    };
    let month = |at: usize| match parts.get(at..)? {
        [year, "-" | "_", month, rest @ ..] if (year.len(), month.len()) == (4, 2) => {
            let is_longer = matches!(rest, ["-" | "_", next, ..] if is_digit(next));
            (!is_longer).then(|| date(year, format!("-{month}")))?
        }
        _ => None,
    };
    (0..parts.len()).find_map(day).or_else(|| (0..parts.len()).find_map(month))
}

/// The paths of the files of each list that a path means: a folder may hold several lists.
pub(crate) fn lists_at(path: &Path) -> Result<Vec<Vec<PathBuf>>, Failure> {
    let unreadable = |error| Failure::Unreadable { path: path.to_owned(), error };
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_dir() {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let companions = match is_set_primary(path) {
            true => files_in(folder)
                .map_err(unreadable)?
                .into_iter()
                .filter(|file| is_companion(file, path))
                .collect(),
            false => Vec::new(),
        };
        return Ok(vec![std::iter::once(path.to_owned()).chain(companions).collect()]);
    }
    let files = files_in(path).map_err(unreadable)?;
    let primaries: Vec<&PathBuf> = files.iter().filter(|file| is_set_primary(file)).collect();
    let mut lists: Vec<Vec<PathBuf>> = Vec::new();
    for file in &files {
        if !primaries.contains(&file) && primaries.iter().any(|primary| is_companion(file, primary)) {
            continue;
        }
        let companions =
            files.iter().filter(|other| is_set_primary(file) && is_companion(other, file)).cloned();
        lists.push(std::iter::once(file.clone()).chain(companions).collect());
    }
    if lists.is_empty() {
        return Err(Failure::NothingToImport { path: path.to_owned() });
    }
    Ok(lists)
}

/// The regular files of a folder in the order of their names, hidden ones left out.
fn files_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_file() && !is_hidden {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn lower_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// Whether a file is the main one of OFAC's delimited sets, under the name that OFAC gives it.
fn is_set_primary(path: &Path) -> bool {
    matches!(lower_name(path).as_str(), "sdn.csv" | "cons_prim.csv")
}

/// Whether a file belongs to the set of a main file, by OFAC's names.
fn is_companion(path: &Path, primary: &Path) -> bool {
    let companions: &[&str] = match lower_name(primary).as_str() {
        "sdn.csv" => &["add.csv", "alt.csv", "sdn_comments.csv"],
        "cons_prim.csv" => &["cons_add.csv", "cons_alt.csv", "cons_comments.csv"],
        _ => &[],
    };
    companions.contains(&lower_name(path).as_str())
}

/// Copies the files of a list to where nobody else changes them.
pub(crate) fn copy(paths: &[PathBuf]) -> Result<ListFiles, Failure> {
    let files = paths.iter().map(|path| copy_file(path)).collect::<Result<Vec<_>, _>>()?;
    Ok(ListFiles { files, path: paths.first().cloned().unwrap_or_default() })
}

fn copy_file(path: &Path) -> Result<FileCopy, Failure> {
    let unreadable = |error| Failure::Unreadable { path: path.to_owned(), error };
    let source = File::open(path).map_err(unreadable)?;
    let bytes = private_copy(source, path)?;
    let digest = Digest::of(&bytes);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(FileCopy { name, bytes, digest })
}

/// A private copy of the file of a path; `-` is standard input.
pub(crate) fn input(path: &Path) -> Result<MappedFile, Failure> {
    if path.as_os_str() == "-" {
        return private_copy(io::stdin().lock(), path);
    }
    let unreadable = |error| Failure::Unreadable { path: path.to_owned(), error };
    private_copy(File::open(path).map_err(unreadable)?, path)
}

/// A mapped copy of a stream in a temporary file without a name, so that memory does not grow with it.
pub(crate) fn private_copy(source: impl Read, path: &Path) -> Result<MappedFile, Failure> {
    let unreadable = |error| Failure::Unreadable { path: path.to_owned(), error };
    let mut copy = tempfile::tempfile().map_err(unreadable)?;
    let max = limits::FILE_BYTES_MAX;
    let bytes = io::copy(&mut source.take(max + 1), &mut copy).map_err(unreadable)?;
    if bytes > max {
        return Err(Failure::TooLarge { path: path.to_owned(), bytes, max });
    }
    copy.flush().map_err(unreadable)?;
    MappedFile::of(&copy).map_err(unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(path: &str) -> ListFiles {
        ListFiles { files: Vec::new(), path: PathBuf::from(path) }
    }

    #[test]
    fn what_a_path_says() {
        let date = |path: &str| files(path).date_in_path().map(|date| date.to_string());
        assert_eq!(date("ofac/2024-01-08/SDN.CSV").as_deref(), Some("2024-01-08"));
        assert_eq!(date("history/sdn_2021-08-18.csv").as_deref(), Some("2021-08-18"));
        assert_eq!(date("a/b/2024-01-08/x/SDN.CSV"), None);
        assert_eq!(date("9999-99-99/김상만-2024.csv"), None);
        for (path, found) in [
            ("eu/20240108-FULL-1_1.xml", Some("2024-01-08")),
            ("uk_list_2024_01_08.ods", Some("2024-01-08")),
            ("2024-01/list-2023-11.xlsx", Some("2023-11")),
            ("2024-01/list.xlsx", Some("2024-01")),
            ("list-2024-01-5.csv", None),
            ("list-2024-13.csv", None),
            ("08-01-2024.csv", None),
            ("202401081.csv", None),
            ("res-2231-12.xml", None),
            ("20249999.csv", None),
        ] {
            assert_eq!(date(path).as_deref(), found, "{path}");
        }
        assert_eq!(files("x/Peps_Entities.ftm.json").list_from_name(), "peps-entities");
        assert_eq!(files("x/__.csv").list_from_name(), "");
    }

    #[test]
    fn sets_of_files() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["SDN.CSV", "add.csv", "ALT.CSV", "other.xml", ".hidden"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        let names = |lists: Vec<Vec<PathBuf>>| -> Vec<Vec<String>> {
            lists.iter().map(|list| list.iter().map(|path| lower_name(path)).collect()).collect()
        };
        let expected = [vec!["sdn.csv", "alt.csv", "add.csv"], vec!["other.xml"]];
        assert_eq!(names(lists_at(folder.path()).unwrap()), expected);
        assert_eq!(names(lists_at(&folder.path().join("SDN.CSV")).unwrap()), expected[..1]);
        assert_eq!(names(lists_at(&folder.path().join("ALT.CSV")).unwrap()), [["alt.csv"]]);
    }
}
