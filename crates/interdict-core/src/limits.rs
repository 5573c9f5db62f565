//! How much of anything from outside is taken in. Every bound is here, so that one page answers
//! "how large may it be?", and an error can name the bound it met.

/// Largest file that is imported or screened, in bytes (4 GiB). The largest public list export is below it.
pub const FILE_BYTES_MAX: u64 = 4 << 30;
/// Most files in a ZIP archive, those of a spreadsheet included.
pub const PACKED_FILES_MAX: usize = 1_024;
/// Most bytes that one packed byte may unpack to. Lists and spreadsheets reach some 50; deflate ends at 1032.
pub const UNPACKED_RATIO_MAX: u64 = 200;
/// So many bytes may be unpacked whatever the ratio (16 MiB): a short file may be all blanks.
pub const UNPACKED_BYTES_FREE: u64 = 16 << 20;
/// Most bytes of one part of a spreadsheet, and of the texts of all its cells (256 MiB); an empty cell counts as some.
pub const WORKBOOK_BYTES_MAX: u64 = 256 << 20;
/// Longest line of a line-based file (JSON lines, CSV record), in bytes (4 MiB).
pub const LINE_BYTES_MAX: usize = 4 << 20;
/// Longest single field, element text or property value, in bytes (256 KiB).
pub const FIELD_BYTES_MAX: usize = 256 << 10;
/// Most fields in one delimited record.
pub const FIELDS_PER_RECORD_MAX: usize = 1_024;
/// Deepest nesting of XML elements or JSON values.
pub const DEPTH_MAX: usize = 64;
/// Most values of one property of one entity.
pub const VALUES_PER_PROPERTY_MAX: usize = 10_000;
/// Most records in one list.
pub const RECORDS_MAX: u64 = 50_000_000;
/// Most issues that are kept in full for one file; those beyond are counted.
pub const ISSUES_KEPT_MAX: usize = 10_000;
/// Largest journal of an archive, in bytes (256 MiB): some million events.
pub const JOURNAL_BYTES_MAX: u64 = 256 << 20;
/// Longest name that is analyzed, in characters. The longest name on an official list has some 300.
pub const NAME_CHARS_MAX: usize = 1_024;
/// Most names (name and aliases) of one subject.
pub const NAMES_PER_SUBJECT_MAX: usize = 64;
/// Most parties of other lists with a name like a party's that are looked at as the same party, the most alike first.
pub const NAMESAKES_PER_PARTY_MAX: usize = 32;
/// Most hits in one answer.
pub const HITS_MAX: usize = 500;
/// Largest file that is fetched unless the operator says otherwise, in bytes (1 GiB). The largest official list has some 120 MB.
pub const FETCH_BYTES_MAX: u64 = 1 << 30;
/// Longest time that may be set for anything of a fetch, in seconds (a day).
pub const FETCH_SECONDS_MAX: u64 = 24 * 60 * 60;
/// Most attempts that may be set for one file at one place.
pub const FETCH_ATTEMPTS_MAX: u32 = 20;
/// Most redirects that may be set for one request.
pub const REDIRECTS_MAX: u32 = 20;
/// Longest time that a server's `Retry-After` is waited for, in seconds.
pub const RETRY_AFTER_SECONDS_MAX: u64 = 120;
/// Longest text that is read as a wallet address, with all that is around it, in bytes. The longest address has some 250.
pub const WALLET_TEXT_BYTES_MAX: usize = 2_048;
/// Most CoinJoins left out of clusters, and most refused transactions, that are listed; those beyond are counted.
pub const CLUSTER_EXCEPTIONS_KEPT_MAX: usize = 100_000;
/// Most patterns that one search for leads gives; those beyond are counted.
pub const LEADS_MAX: usize = 10_000;
/// Largest block of a block file, in bytes (8 MiB). Bitcoin's have 4 MB at most, Litecoin's some more with their extension.
pub const LEDGER_BLOCK_BYTES_MAX: usize = 8 << 20;
/// Most blocks of one chain. Dogecoin, with a block each minute, has some six million.
pub const LEDGER_BLOCKS_MAX: usize = 50_000_000;
/// Most remarks about one source of a ledger that are kept in full; those beyond are counted.
pub const LEDGER_REMARKS_MAX: usize = 1_000;
