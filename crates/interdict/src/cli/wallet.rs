//! The commands about wallet addresses.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use interdict_wallets::Class;

/// Whose is a wallet address, and is it listed?
#[derive(Debug, Subcommand)]
#[command(after_help = WALLET_HELP)]
pub(crate) enum Wallet {
    /// Say of addresses whether they are listed, warned of, frozen or attributed
    Check(WalletCheck),
    /// Find addresses in free text, and say whether they are listed
    Scan(WalletScan),
    /// Follow value through a ledger, from where it was stolen to where it is now
    Trace(super::Trace),
    /// Say with whom an address deals, straight and through others
    Exposure(super::Exposure),
    /// Say which addresses are one owner's, and why
    Cluster(super::Cluster),
    /// Keep chains, so that they are read once
    #[command(subcommand)]
    Chain(super::Chain),
    /// Keep packs of tags (GraphSense TagPacks), so that every check knows of them
    #[command(subcommand)]
    Tags(WalletTags),
}

/// Packs of tags that are kept.
#[derive(Debug, Subcommand)]
pub(crate) enum WalletTags {
    /// Keep TagPacks and ActorPacks
    Import(TagsImport),
    /// Show which packs are kept
    Status,
    /// Keep a pack no more
    Remove {
        /// Its name, as `wallet tags status` shows it
        name: String,
    },
    /// Write the kept tags as one TagPack
    Export(TagsExport),
}

/// Keep packs of tags.
#[derive(Debug, Args)]
#[command(after_help = TAGS_IMPORT_HELP)]
pub(crate) struct TagsImport {
    /// Files, or folders with files that end in .yaml or .yml
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// What the tags are, whatever they say: warnings of an authority, or addresses that an issuer has frozen [default: attributed; issuer_frozen where a tag says so]
    #[arg(long, value_enum, value_name = "CLASS")]
    pub class: Option<TagClassArg>,
    /// A name for the file, under which a newer one takes its place [default: the name of the file]
    #[arg(long)]
    pub name: Option<String>,
}

/// What tags can be. Sanctions come from lists alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum TagClassArg {
    /// A law-enforcement authority warns of the address
    Advisory,
    /// The issuer of a token has frozen it
    IssuerFrozen,
    /// Somebody attributes it
    Attributed,
}

impl TagClassArg {
    /// The class.
    pub fn class(self) -> Class {
        match self {
            Self::Advisory => Class::Advisory,
            Self::IssuerFrozen => Class::IssuerFrozen,
            Self::Attributed => Class::Attributed,
        }
    }
}

/// Write the kept tags as one TagPack.
#[derive(Debug, Args)]
pub(crate) struct TagsExport {
    /// Only these packs [default: all]
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Write the addresses of the lists in force, too, as tags with the confidence authority_data
    #[arg(long)]
    pub listed: bool,
    /// The title of the pack
    #[arg(long, default_value = "Exported by interdict")]
    pub title: String,
    /// The file to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

const TAGS_IMPORT_HELP: &str = "\
A tag says with a confidence whose an address is. It is no list: what calls itself a
sanction is attributed, too. Frozen by its issuer is an address whose tag has the category
black_list and the confidence ledger_immanent, or whose pack is imported so. ActorPacks
give the categories of the actors that tags name.

Every tag is found by `wallet check` from then on, or is an issue that names its line.

Exit codes: 0 all kept, 2 usage or input, a file is no pack, or a tag is lost (the others
are kept).

Examples:
  interdict wallet tags import graphsense-tagpacks/
  interdict wallet tags import fbi-2023-08-22.yaml --class advisory
  interdict wallet tags export > all.yaml";

/// Say of addresses whether they are listed.
#[derive(Debug, Args)]
#[command(after_help = CHECK_HELP)]
pub(crate) struct WalletCheck {
    /// The addresses, in any spelling
    #[arg(value_name = "ADDRESS", required_unless_present = "file", conflicts_with = "file")]
    pub addresses: Vec<String>,
    /// A file with one address a line, or in the first column of a CSV; - reads standard input
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// On this day (YYYY-MM-DD): what was listed then, not yet, or no more [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Count only this as a hit, and tell the rest besides; may be given several times [default: all]
    #[arg(long, value_enum, value_name = "CLASS")]
    pub class: Vec<ClassArg>,
}

/// Find addresses in free text.
#[derive(Debug, Args)]
#[command(after_help = SCAN_HELP)]
pub(crate) struct WalletScan {
    /// Files of any text; - reads standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Print the addresses that are no hits, too, behind the hits
    #[arg(long)]
    pub all: bool,
    /// On this day (YYYY-MM-DD): what was listed then, not yet, or no more [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Count only this as a hit; may be given several times [default: all]
    #[arg(long, value_enum, value_name = "CLASS")]
    pub class: Vec<ClassArg>,
}

const SCAN_HELP: &str = "\
Prose, links, Markdown, CSV, JSON, logs, of any size; also addresses that are broken by
characters that are not seen or written in look-alike letters. What has a right checksum,
or 0x and 40 digits, is an address; other texts are found when they are named. Each hit is
told with its line and the bytes where it stands. Of a private key only the place and the
kind are told. Rows of words (seed phrases) are not looked for. Nothing is decoded: mail in
quoted-printable or base64, and letters written as %31, &#48; or \\u0031, must be before.

Exit codes: 0 no hit, 2 usage or input, 3 hits, 4 no hit, and a private key.

Examples:
  interdict wallet scan notes/*.txt
  interdict wallet scan page.html --all --json
  curl -s https://example.org/ | interdict wallet scan -";

/// What can count as a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum ClassArg {
    /// A sanctions list names the address
    Sanctioned,
    /// A law-enforcement authority warns of it
    Advisory,
    /// The issuer of a token has frozen it
    IssuerFrozen,
    /// A tag attributes it to somebody
    Attributed,
    /// Another address by the same key is any of these
    RelatedKey,
}

impl ClassArg {
    /// The class; none for related keys, which have that of the other address.
    pub fn class(self) -> Option<Class> {
        match self {
            Self::Sanctioned => Some(Class::Sanctioned),
            Self::Advisory => Some(Class::Advisory),
            Self::IssuerFrozen => Some(Class::IssuerFrozen),
            Self::Attributed => Some(Class::Attributed),
            Self::RelatedKey => None,
        }
    }
}

const WALLET_HELP: &str = "\
An address is taken apart and compared by its bytes: the label before it is a hint only,
and every spelling of one address has the same answer (docs/wallets.md).

Examples:
  interdict wallet check 1D6gG9iKEhPitTcWRJiniuj1jYM2hNeAfJ
  interdict wallet scan case-notes.txt                  addresses in any text
  interdict wallet trace 1Thief… --ledger transfers.csv where the money went
  interdict wallet tags import graphsense-tagpacks/     who is known besides the lists";

const CHECK_HELP: &str = "\
Compared with the lists in force and kept tags; without imported lists with the embedded
starter list. An address that was listed formerly is told as such and is no hit. Clear is
only what could be read as an address: a mistyped one, a name such as x.eth or 64 digits
that may be anything are not screened. A private key or seed phrase is refused: what was
seen is said, and nothing of it is printed or kept.

Classes: sanctioned (a list), advisory (a law-enforcement authority warns), issuer_frozen,
attributed (a tag, with its confidence), related_key (the same key on another chain).

With --json, and for --file when the output is no terminal, there is one JSON line for each
address, in the order of the input.

Exit codes: 0 clear, 2 usage or input, 3 hits, 4 not screened (no hit, and at least one
address that could not be screened).

Examples:
  interdict wallet check 0x098B716B8Aaf21512996dC57EB0615e2383E2f96
  interdict wallet check bitcoin:1D6gG9iKEhPitTcWRJiniuj1jYM2hNeAfJ?amount=1 --json
  interdict wallet check 0xd90e2f925DA726b50C4Ed8D0Fb90Ad053324F31b --as-of 2023-01-01
  interdict wallet check --file deposits.csv --class sanctioned > answers.jsonl";
