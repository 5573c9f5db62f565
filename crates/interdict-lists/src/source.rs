//! Which format is this, and what does it hold? The one entrance to all readers.

mod list_of;
mod other_forms;

pub use list_of::list_of;

use interdict_core::date::PartialDate;
use interdict_core::entity::Entity;
use interdict_core::issue::{Issues, Parsed};
use interdict_core::limits;
use interdict_core::list::{ListId, Reconciliation};

use crate::mapped_csv::Mapping;
use crate::packed::{self, Unpacked};
use crate::reading::collected;
use crate::uk::Edition;
use crate::{au, ca, ch, eu, ftm, kr, mapped_csv, ofac, senzing, uk, un, us_csl, workbook};

/// Counts up with every change of what a reader takes from the same bytes: what was made with other readers is out of date.
pub const READERS_VERSION: u32 = 5;

/// One file of a list, by name and bytes. Some lists come as several.
#[derive(Debug, Clone, Copy)]
pub struct SourceFile<'a> {
    /// The file's name without folders, as the authority names it: `SDN.CSV`.
    pub name: &'a str,
    /// All of it.
    pub bytes: &'a [u8],
}

/// What one reading of a list gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListContent {
    /// When the authority published it, where the files say so.
    pub published: Option<PartialDate>,
    /// Every entity: a party is followed by the entities of its record (sanction, addresses, wallets, links).
    pub entities: Vec<Entity>,
    /// The account of what was read.
    pub reconciliation: Reconciliation,
}

/// What one reading of a list gave besides the entities that were handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// When the authority published it, where the files say so.
    pub published: Option<PartialDate>,
    /// Which records were read, and what became of them.
    pub reconciliation: Reconciliation,
    /// What was noticed.
    pub issues: Issues,
}

/// The forms of lists that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// OFAC's delimited set: `SDN.CSV` with `ADD.CSV`, `ALT.CSV` and `SDN_COMMENTS.CSV` where present.
    OfacCsv,
    /// OFAC's classic XML: `SDN.XML`, `CONSOLIDATED.XML`.
    OfacXml,
    /// OFAC's enhanced XML: `SDN_ENHANCED.XML`, `CONS_ENHANCED.XML`.
    OfacEnhancedXml,
    /// OFAC's list in the advanced XML form: `SDN_ADVANCED.XML`, `CONS_ADVANCED.XML`.
    OfacAdvancedXml,
    /// The United Nations Security Council consolidated list, XML.
    UnXml,
    /// The European Union's financial sanctions file (FSF), XML.
    EuXml,
    /// The European Union's financial sanctions file, CSV 1.1 or 1.0, or the form that other makers give it.
    EuCsv,
    /// Switzerland's list (SECO), XML.
    ChXml,
    /// Canada's autonomous sanctions list (SEMA), XML.
    CaXml,
    /// South Korean designations, JSON lines of this project's transcription.
    KrJsonLines,
    /// FollowTheMoney entities, one JSON object a line, nested ones included.
    FtmJsonLines,
    /// Senzing records, one JSON object a line.
    SenzingJsonLines,
    /// The UK Sanctions List: XML, CSV or ODS.
    Uk,
    /// OFSI's consolidated list (UK), CSV.
    UkOfsi,
    /// Australia's consolidated list: XLSX, or its table as CSV.
    Au,
    /// The US Consolidated Screening List (trade.gov), CSV.
    UsCsl,
    /// Any CSV with a header, read through a mapping.
    MappedCsv,
}

impl Format {
    /// Every format.
    pub const ALL: &'static [Self] = &[
        Self::OfacCsv,
        Self::OfacXml,
        Self::OfacEnhancedXml,
        Self::OfacAdvancedXml,
        Self::UnXml,
        Self::EuXml,
        Self::EuCsv,
        Self::ChXml,
        Self::CaXml,
        Self::KrJsonLines,
        Self::FtmJsonLines,
        Self::SenzingJsonLines,
        Self::Uk,
        Self::UkOfsi,
        Self::Au,
        Self::UsCsl,
        Self::MappedCsv,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::OfacCsv => "ofac-csv",
            Self::OfacXml => "ofac-xml",
            Self::OfacEnhancedXml => "ofac-enhanced-xml",
            Self::OfacAdvancedXml => "ofac-advanced-xml",
            Self::UnXml => "un-xml",
            Self::EuXml => "eu-xml",
            Self::EuCsv => "eu-csv",
            Self::ChXml => "ch-xml",
            Self::CaXml => "ca-xml",
            Self::KrJsonLines => "kr-jsonl",
            Self::FtmJsonLines => "ftm-jsonl",
            Self::SenzingJsonLines => "senzing-jsonl",
            Self::Uk => "uk",
            Self::UkOfsi => "uk-ofsi",
            Self::Au => "au",
            Self::UsCsl => "us-csl",
            Self::MappedCsv => "csv",
        }
    }

    /// The format of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// The list that files of this format are of, unless the operator says otherwise.
    pub fn default_list(self) -> Option<&'static str> {
        match self {
            Self::OfacCsv | Self::OfacXml | Self::OfacEnhancedXml | Self::OfacAdvancedXml => Some("ofac"),
            Self::UnXml => Some("un"),
            Self::EuXml | Self::EuCsv => Some("eu"),
            Self::ChXml => Some("ch"),
            Self::CaXml => Some("ca"),
            Self::KrJsonLines => Some("kr"),
            Self::Uk => Some("uk"),
            Self::UkOfsi => Some("uk-ofsi"),
            Self::Au => Some("au"),
            Self::UsCsl => Some("us-csl"),
            Self::FtmJsonLines | Self::SenzingJsonLines | Self::MappedCsv => None,
        }
    }
}

/// A file that is no list: nothing of it is taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing was handed in.
    #[error("there is no file to read")]
    NoFile,
    /// A file has no bytes.
    #[error("{file} is empty; fetch it again")]
    Empty {
        /// The file.
        file: String,
    },
    /// An error page in place of a list.
    #[error("{file} is an HTML page, not a list; the download went wrong, fetch it again")]
    HtmlPage {
        /// The file.
        file: String,
    },
    /// The file has none of the known forms.
    #[error("{file} has no known form; name it with --format (one of: {known})")]
    UnknownFormat {
        /// The file.
        file: String,
        /// The known forms.
        known: String,
    },
    /// The file is of a form that is known and not read.
    #[error("{file} is {form}; {advice}")]
    OtherForm {
        /// The file.
        file: String,
        /// The form.
        form: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// A packed file that is not unpacked.
    #[error("{file} is not unpacked: {reason}")]
    Packed {
        /// The file.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The files do not belong together.
    #[error("{reason}")]
    NotOneSet {
        /// What does not fit.
        reason: String,
    },
    /// The file is not in the form that it was read as.
    #[error("{file} is not {format}: {reason}")]
    WrongForm {
        /// The file.
        file: String,
        /// The form it was read as.
        format: &'static str,
        /// What does not fit.
        reason: String,
    },
    /// The file has a construct that is refused, whatever it says.
    #[error("{file}: byte {offset}: {reason}")]
    Refused {
        /// The file.
        file: String,
        /// Where.
        offset: u64,
        /// What it is.
        reason: String,
    },
    /// The file ends in the middle; a cut list is never taken for a whole one.
    #[error("{file} ends in the middle ({reason}); the download was cut off, fetch it again")]
    Truncated {
        /// The file.
        file: String,
        /// What is missing.
        reason: String,
    },
    /// A bound was met.
    #[error("{file} has more than {max} {what}")]
    TooMany {
        /// The file.
        file: String,
        /// What there are too many of.
        what: &'static str,
        /// The bound.
        max: u64,
    },
    /// A CSV was handed in without a mapping and its header does not say what the columns are.
    #[error("{file}: {reason}")]
    Mapping {
        /// The file.
        file: String,
        /// What is missing.
        reason: String,
    },
}

/// The format of a set of files, by their names and their first bytes. gzip and ZIP files are looked into: the files in them
/// stand for them.
///
/// # Errors
/// When a file is empty, an HTML page, or of a form that is known and not read; when it is packed and cannot be
/// unpacked within the bounds; or when no format fits.
pub fn detect(files: &[SourceFile<'_>]) -> Result<Format, ReadError> {
    let unpacked = packed::unpack(files)?;
    let files: &[SourceFile<'_>] = &unpacked.iter().map(Unpacked::as_source).collect::<Vec<_>>();
    let first = files.first().ok_or(ReadError::NoFile)?;
    let table = table_format(first);
    for file in files {
        refuse_what_is_no_list(file, table)?;
        other_forms::refuse_unread(file)?;
    }
    if let Some(format) = table {
        return Ok(format);
    }
    if !ofac::is_ofac(files) {
        other_forms::refuse_companion(first)?;
    }
    let candidates = [
        (Format::OfacCsv, ofac::is_ofac(files)),
        (Format::OfacXml, ofac::classic::is_classic(first)),
        (Format::OfacEnhancedXml, ofac::enhanced::is_enhanced(first)),
        (Format::OfacAdvancedXml, ofac::advanced::is_advanced(first)),
        (Format::UnXml, un::is_un(first)),
        (Format::EuXml, eu::is_eu_xml(first)),
        (Format::EuCsv, eu::is_eu_csv(first)),
        (Format::ChXml, ch::is_ch(first)),
        (Format::CaXml, ca::is_ca(first)),
        (Format::KrJsonLines, kr::is_kr(first)),
        (Format::FtmJsonLines, ftm::is_ftm(first)),
        (Format::SenzingJsonLines, senzing::is_senzing(first)),
        (Format::MappedCsv, mapped_csv::is_csv(first)),
    ];
    let format = candidates.into_iter().find(|(_, fits)| *fits).map(|(format, _)| format);
    format.ok_or_else(|| ReadError::UnknownFormat { file: first.name.to_owned(), known: known_formats() })
}

/// Reads a list in a known format. `mapping` is used by [`Format::MappedCsv`] alone. gzip and ZIP files are read as the files
/// in them; issues name those.
///
/// # Errors
/// When the files are no list of that format at all; single bad records are issues.
pub fn read(
    format: Format,
    list: &ListId,
    files: &[SourceFile<'_>],
    mapping: Option<&Mapping>,
) -> Result<Parsed<ListContent>, ReadError> {
    collected(|out| read_each(format, list, files, mapping, out))
}

/// Reads a list as [`read`] does and hands out each entity as soon as it is known, in the same order, so that they need not all be in
/// memory. After an error the list is not read, and what was handed out before is to be thrown away.
///
/// Forms whose records stand on their own are handed out record by record: [`Format::UnXml`], [`Format::EuXml`],
/// [`Format::CaXml`], [`Format::KrJsonLines`], the form of [`Format::EuCsv`] by other makers, [`Format::SenzingJsonLines`] up to
/// the first record that points to another, and [`Format::MappedCsv`] without a column for the id. Of them no more is
/// remembered than a few bytes for each id. In the others a later record may add to an earlier one, or a link may lead to it:
/// the parties are held, and handed out when the files are read.
///
/// # Errors
/// As [`read`].
pub fn read_each(
    format: Format,
    list: &ListId,
    files: &[SourceFile<'_>],
    mapping: Option<&Mapping>,
    out: &mut dyn FnMut(Entity),
) -> Result<Account, ReadError> {
    let unpacked = packed::unpack(files)?;
    let files: &[SourceFile<'_>] = &unpacked.iter().map(Unpacked::as_source).collect::<Vec<_>>();
    let first = files.first().ok_or(ReadError::NoFile)?;
    for file in files {
        refuse_what_is_no_list(file, Some(format))?;
    }
    let is_set = matches!(format, Format::OfacCsv | Format::FtmJsonLines);
    if !is_set && files.len() > 1 {
        let reason = format!("{} files were given, and {} is one file", files.len(), format.name());
        return Err(ReadError::NotOneSet { reason });
    }
    match format {
        Format::OfacCsv => ofac::read_each(list, files, out),
        Format::OfacXml => ofac::classic::read_each(list, first, out),
        Format::OfacEnhancedXml => ofac::enhanced::read_each(list, first, out),
        Format::OfacAdvancedXml => ofac::advanced::read_each(list, first, out),
        Format::UnXml => un::read_each(list, first, out),
        Format::EuXml => eu::read_each_xml(list, first, out),
        Format::EuCsv => eu::read_each_csv(list, first, out),
        Format::ChXml => ch::read_each(list, first, out),
        Format::CaXml => ca::read_each(list, first, out),
        Format::KrJsonLines => kr::read_each(list, first, out),
        Format::Uk => uk::read_each(list, first, Edition::SanctionsList, out),
        Format::UkOfsi => uk::read_each(list, first, Edition::Consolidated, out),
        Format::Au => au::read_each(list, first, out),
        Format::UsCsl => us_csl::read_each(list, first, out),
        Format::FtmJsonLines => ftm::read_each(list, first, files.get(1..).unwrap_or_default(), out),
        Format::SenzingJsonLines => senzing::read_each(list, first, out),
        Format::MappedCsv => mapped_csv::read_each(list, first, mapping, out),
    }
}

/// The lists that are told by the columns of their table, in CSV or in a spreadsheet, or by their root element.
fn table_format(file: &SourceFile<'_>) -> Option<Format> {
    if uk::is_uk(file, Edition::SanctionsList) {
        Some(Format::Uk)
    } else if uk::is_uk(file, Edition::Consolidated) {
        Some(Format::UkOfsi)
    } else if au::is_au(file) {
        Some(Format::Au)
    } else {
        us_csl::is_us_csl(file).then_some(Format::UsCsl)
    }
}

fn known_formats() -> String {
    Format::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ")
}

/// Refuses a file that is no list of any form: empty, a web page, a document, too large. A spreadsheet is one, unless it is read as a
/// list that comes as such.
///
/// # Errors
/// Says what it is.
pub(crate) fn refuse_what_is_no_list(
    file: &SourceFile<'_>,
    read_as: Option<Format>,
) -> Result<(), ReadError> {
    let name = || file.name.to_owned();
    let start = file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file.bytes);
    let start =
        start.get(..start.len().min(4096)).unwrap_or_default().trim_ascii_start().to_ascii_lowercase();
    if start.is_empty() && file.bytes.len() < 4096 {
        return Err(ReadError::Empty { file: name() });
    }
    if !matches!(read_as, Some(Format::Uk | Format::Au)) || workbook::kind(file).is_none() {
        other_forms::refuse_packed(file)?;
    }
    if start.starts_with(b"<!doctype html") || start.starts_with(b"<html") || start.starts_with(b"<head") {
        return Err(ReadError::HtmlPage { file: name() });
    }
    if file.bytes.len() as u64 > limits::FILE_BYTES_MAX {
        return Err(ReadError::TooMany { file: name(), what: "bytes", max: limits::FILE_BYTES_MAX });
    }
    Ok(())
}
