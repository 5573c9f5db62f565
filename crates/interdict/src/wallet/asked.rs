//! What is the outcome for one text: hits, clear, or not screened, and why?

use interdict_core::outcome::Outcome;
use interdict_wallets::{Class, Family, Match, Reading, Refusal, Standing, Undecided, Verified, parse};

use super::opened::OpenedWallets;

/// Which matches count as hits; the others are told besides.
#[derive(Debug, Clone)]
pub(crate) struct Counted {
    /// The classes of which they are; for related keys none means any.
    pub classes: Vec<Class>,
    /// Whether addresses by the same key on another chain count.
    pub related: Related,
}

/// Whether related keys count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Related {
    /// They do.
    Count,
    /// They are told besides.
    Besides,
}

impl Default for Counted {
    fn default() -> Self {
        Self { classes: Class::ALL.to_vec(), related: Related::Count }
    }
}

impl Counted {
    fn has(&self, found: &Match<'_>) -> bool {
        let is_asked = self.classes.contains(&found.claim.class);
        let counts = match (found.by.is_related(), self.related) {
            (true, Related::Count) => is_asked || self.classes.is_empty(),
            (true, Related::Besides) => false,
            (false, _) => is_asked,
        };
        counts && found.claim.standing == Standing::InForce
    }
}

/// A text that was asked about.
pub(crate) struct Asked<'a> {
    /// What it says as an address; why it was refused.
    pub reading: Result<Reading, Refusal>,
    /// What counts, the gravest first.
    pub hits: Vec<Match<'a>>,
    /// What does not hold on the day, or was not asked for.
    pub besides: Vec<Match<'a>>,
    /// Why it was not screened, where it was not.
    pub reason: Option<NotRead>,
}

/// Why an address was not screened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotRead {
    /// It was refused and not kept.
    Refused(Refusal),
    /// It cannot be decided which address it is.
    Undecided(Undecided),
    /// The checksum in its letters is wrong.
    WrongCase,
    /// No list has a version of the day that was asked for.
    NoList,
    /// The row is no text, or too long to be read.
    Row(&'static str),
}

impl<'a> Asked<'a> {
    /// Looks a text up.
    pub fn new(opened: &'a OpenedWallets, text: &str, counted: &Counted) -> Self {
        let reading = parse(text);
        let found =
            reading.as_ref().map_or_else(|_| Vec::new(), |reading| opened.index.look_up(text, reading));
        Self::of(opened, reading, found, counted)
    }

    /// A text that was looked up.
    pub fn of(
        opened: &OpenedWallets,
        reading: Result<Reading, Refusal>,
        found: Vec<Match<'a>>,
        counted: &Counted,
    ) -> Self {
        let (hits, besides): (Vec<_>, Vec<_>) = found.into_iter().partition(|found| counted.has(found));
        let no_list = || opened.lists.is_empty().then_some(NotRead::NoList);
        let reason = if hits.is_empty() { not_read(&reading).or_else(no_list) } else { None };
        Self { reading, hits, besides, reason }
    }

    /// A row that holds nothing to look up.
    pub fn unreadable(reason: &'static str) -> Self {
        let reason = Some(NotRead::Row(reason));
        Self { reading: Err(Refusal::Empty), hits: Vec::new(), besides: Vec::new(), reason }
    }

    /// The stable name of the outcome: `hits`, `clear`, `not_screened`.
    pub fn outcome(&self) -> &'static str {
        if !self.hits.is_empty() {
            Outcome::Hits.name()
        } else if self.reason.is_some() {
            "not_screened"
        } else {
            Outcome::Clear.name()
        }
    }
}

/// Why a text without hits is not clear: only a well-read address is.
fn not_read(reading: &Result<Reading, Refusal>) -> Option<NotRead> {
    match reading {
        Err(refusal) => Some(NotRead::Refused(*refusal)),
        Ok(Reading { undecided: Some(why), .. }) => Some(NotRead::Undecided(*why)),
        Ok(reading) => {
            let is_wrong = reading.candidates.iter().all(|one| one.verified == Verified::WrongCase);
            is_wrong.then_some(NotRead::WrongCase)
        }
    }
}

impl NotRead {
    /// The stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(Refusal::Secret(_)) => "secret",
            Self::Refused(Refusal::TooLong) => "too_long",
            Self::Refused(Refusal::Empty) => "empty",
            Self::WrongCase => "wrong_case",
            Self::NoList => "no_list",
            Self::Row(_) => "unreadable_row",
            Self::Undecided(why) => match why {
                Undecided::WrongChecksum(_) => "wrong_checksum",
                Undecided::CaseLost => "case_lost",
                Undecided::HexLength => "hex_length",
                Undecided::SixtyFourHexDigits => "sixty_four_hex_digits",
                Undecided::ExtendedPublicKey => "extended_public_key",
                Undecided::ViewingKey => "viewing_key",
                Undecided::Name => "name",
                Undecided::Several => "several",
                Undecided::UnknownForm => "unknown_form",
            },
        }
    }

    /// A sentence. Nothing of the text is in it.
    pub fn message(&self) -> String {
        let undecided = |said: &str| format!("{said}; its text was searched, too, and is not named");
        match self {
            Self::Refused(refusal) => refusal.to_string(),
            Self::WrongCase => {
                "the upper and lower case of its letters is no right checksum (EIP-55): a letter may be \
                                mistyped; write all in lower case to have it compared without a checksum"
                    .to_owned()
            }
            Self::NoList => {
                "no list has a version published by that day; only what the dates in it say is known"
                    .to_owned()
            }
            Self::Row(reason) => (*reason).to_owned(),
            Self::Undecided(why) => match why {
                Undecided::WrongChecksum(family) => undecided(&wrong_checksum(*family)),
                Undecided::CaseLost => {
                    undecided("all its letters are in one case, and upper and lower mean different addresses")
                }
                Undecided::HexLength => undecided(
                    "no address has so many hexadecimal digits: some were lost, or it is something else",
                ),
                Undecided::SixtyFourHexDigits => undecided(
                    "64 hexadecimal digits can be a transaction, a public key or a private key, and are no address by themselves",
                ),
                Undecided::ExtendedPublicKey => undecided("an extended public key stands for many addresses"),
                Undecided::ViewingKey => undecided("this is a viewing key and no address"),
                Undecided::Name => {
                    undecided("a name that a service turns into an address; ask about the address")
                }
                Undecided::Several => "several addresses are in it; ask about each by itself".to_owned(),
                Undecided::UnknownForm => undecided("it has the form of no address that is known here"),
            },
        }
    }
}

fn wrong_checksum(family: Family) -> String {
    format!(
        "it has the form of {} and its checksum is wrong: something is mistyped or missing",
        family.name()
    )
}
