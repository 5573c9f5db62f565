//! Which list are files, which version of it, and published when?

use interdict_core::date::PartialDate;
use interdict_core::digest::Digest;
use interdict_core::list::ListId;
use interdict_lists::Format;

use super::{Origin, Wishes};
use crate::archive::PublishedFrom;
use crate::failure::Failure;
use crate::intake::ListFiles;

/// The list that files are of: as the operator says, by their format, or by the name of the file.
pub(super) fn list_id(files: &ListFiles, format: Format, wishes: &Wishes) -> Result<ListId, Failure> {
    let of_format = interdict_lists::list_of(format, &files.sources());
    let is_found = wishes.origin == Origin::Folder;
    let list = match (&wishes.list, of_format) {
        (Some(list), _) => list.clone(),
        (None, Some(name)) => name.parse().map_err(|_| Failure::Bug)?,
        // Any table of customers is a CSV: that one found in a folder is a list, only the operator can say.
        (None, None) if format == Format::MappedCsv && wishes.format.is_none() && is_found => {
            return Err(Failure::PerhapsNoList { files: files.names() });
        }
        (None, None) => files.list_from_name().parse().map_err(|_| {
            let reason = "no list id can be made from this name: name the list with --list";
            Failure::Usage(format!("{}: {reason}", files.names()))
        })?,
    };
    let is_reserved = RESERVED.contains(&list.as_str()) && of_format != Some(list.as_str());
    if is_reserved {
        return Err(Failure::Usage(format!(
            "the list id {list} is kept for the official list of that name, and {} is not in its form; \
             name another with --list",
            files.names()
        )));
    }
    Ok(list)
}

/// Ids of lists that only files in their own form may take: no file called `un.csv` may take the place of the UN's list.
const RESERVED: [&str; 12] = [
    "ofac",
    "ofac-nonsdn",
    "un",
    "eu",
    "uk",
    "uk-ofsi",
    "ch",
    "ca",
    "au",
    "us-csl",
    "kr",
    crate::starter::LIST,
];

/// When files were published, and where that is from.
pub(super) fn published(
    files: &ListFiles,
    wishes: &Wishes,
    in_files: Option<PartialDate>,
) -> (Option<PartialDate>, PublishedFrom) {
    let told = wishes.published.map(|date| (date, PublishedFrom::Operator));
    let told = told.or(in_files.map(|date| (date, PublishedFrom::Files)));
    let told = told.or_else(|| files.date_in_path().map(|date| (date, PublishedFrom::Path)));
    told.map_or((None, PublishedFrom::Nowhere), |(date, from)| (Some(date), from))
}

/// The digest of a version: of its files by name and bytes, and of the mapping they are read through, or of the format where it is
/// told and is another than they are recognized as: it says all that the entities come of.
pub(crate) fn version_digest(files: &ListFiles, mapping: Option<Digest>, told: Option<Format>) -> Digest {
    let mapping = mapping.map(|digest| digest.as_bytes().to_vec()).unwrap_or_default();
    let told = told.map(|format| format.name().as_bytes());
    let parts = files.files.iter().flat_map(|file| [file.name.as_bytes(), file.digest.as_bytes().as_slice()]);
    Digest::of_parts(parts.chain(std::iter::once(mapping.as_slice())).chain(told))
}
