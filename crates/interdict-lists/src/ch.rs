//! What does Switzerland's list of the State Secretariat for Economic Affairs (SECO, `swiss-sanctions-list`) say?
//!
//! The file has `sanctions-program`s, `target`s, and `place`s, which the targets name by number and which stand at the end.
//!
//! | in the file | in the entity |
//! |---|---|
//! | `target` with `individual`, `entity`, `object` | `Person`; `Company` where a name has a legal form, or `Organization`; `Vessel`, or `Airplane` where it is said so |
//! | `ssid` of the target | the id, `<list>-<ssid>`, and `authorityId` of the `Sanction` |
//! | `name` of the main identity, `primary-name` | `name`; of other identities, and of type `alias`: `alias`; `formerly-known-as`: `previousName`; of low quality: `weakAlias` |
//! | `name-part`s in their order, without titles | the whole name; of persons also `firstName`, `secondName`, `fatherName`, `lastName`, `nameSuffix`, `title` |
//! | `spelling-variant`s of one language and script | further whole names, as `alias` (or as the name is) |
//! | `day-month-year` | `birthDate` (`incorporationDate`, `buildDate`); other calendars as spans of our years; of low quality: circa |
//! | `place-of-birth`, `nationality` | `birthPlace`, `birthCountry`, `nationality` |
//! | `address` with its `place` | `Address`; `address` and `country` of the party |
//! | `identification-document` | `Passport` or `Identification`, and the number on the party |
//! | `sanctions-set-id` | one `Sanction` each: `program`, `programId` (the key), `provisions` (the set), and where it comes from |
//! | `modification` | `listingDate`, `startDate` and `modifiedAt`; a coming end is `endDate` |
//! | `foreign-identifier` | `unscId` |
//! | `justification` | `reason` of the first `Sanction` |
//! | `other-information` | a number, a site, an address of its kind where the text is just that (`Website: …`); `notes` otherwise |
//! | `relation` | an `UnknownLink` between two targets of the file |
//! | `date` of the list | the date of the list |
//!
//! **De-listed targets.** The file keeps them. A target is de-listed when it has a `modification` of type `de-listed` that is in
//! effect on the date of the list, and none of type `listed` in effect later. It is no listed party: it is counted as a
//! `de-listed target`, which is taken, and gives no entity. A note tells how many there are.
//!
//! Left out is what says nothing of the party: numbers of parts, versions of programs, names of programs in other languages than
//! English where there is one, and earlier states of a target within its modifications.

mod births;
mod documents;
mod information;
mod listing;
mod names;
mod party;
mod places;
mod programs;
mod resolve;

use interdict_core::date::PartialDate;
use interdict_core::issue::{Parsed, Position, Severity};
use interdict_core::list::ListId;

use crate::reading::{Ids, Log, Lost, Reading, Taker, collected};
use crate::source::{Account, ListContent, ReadError, SourceFile};
use crate::text::clip;
use crate::xml::{self, Element, Record, Records};
use listing::Listing;
use party::Target;
use places::Places;
use programs::Programs;

const ROOT: &str = "swiss-sanctions-list";
const FORMAT: &str = "Switzerland's list (SECO)";
const TARGET: &str = "target";
const DELISTED: &str = "de-listed target";

/// What was read of a file so far. Places stand behind the targets, so that nothing is settled before its end.
struct File<'a> {
    reading: Reading<'a>,
    published: Option<PartialDate>,
    programs: Programs,
    places: Places,
    targets: Vec<(Log, Target)>,
    n_delisted: u64,
}

/// Whether the root element is that of the list.
pub fn is_ch(file: &SourceFile<'_>) -> bool {
    xml::root_name(file.bytes).is_some_and(|name| name == ROOT)
}

/// Reads the list.
///
/// # Errors
/// When the file is not this list, is cut off, or holds what is refused (a DOCTYPE, another encoding than UTF-8).
pub fn read(list: &ListId, file: &SourceFile<'_>) -> Result<Parsed<ListContent>, ReadError> {
    collected(|out| read_each(list, file, out))
}

pub(crate) fn read_each(list: &ListId, file: &SourceFile<'_>, out: Taker<'_>) -> Result<Account, ReadError> {
    let records = Records::open(*file, FORMAT, ROOT, &[])?;
    let published: Option<PartialDate> =
        records.root().attribute("date").and_then(|date| date.trim().parse().ok());
    let mut reading = Reading::new(Ids::OfList(list), *file, out);
    if published.is_none() {
        reading.issue(Severity::Note, "no_date", "the file does not say when it was published");
    }
    if records.root().attribute("list-type").is_some_and(|kind| kind != "whole-list") {
        let reason = "the file says that it is not the whole list, but a part (list-type)";
        reading.issue(Severity::Note, "partial_list", reason);
    }
    let (programs, places) = (Programs::default(), Places::default());
    let mut file = File { reading, published, programs, places, targets: Vec::new(), n_delisted: 0 };
    for record in records {
        file.record(record?)?;
    }
    Ok(file.finish())
}

impl File<'_> {
    fn record(&mut self, record: Record<'_>) -> Result<(), ReadError> {
        let mut log = self.reading.log(Position::Byte(record.offset));
        log.faults(&record.faults);
        let element = match record.element {
            Ok(element) => element,
            Err(fault) => {
                self.reading.count("unreadable")?;
                self.reading.lose("unreadable", log, Lost::new(fault.kind, fault.in_words()));
                return Ok(());
            }
        };
        match element.name.as_ref() {
            "target" => self.target(&element, log),
            "sanctions-program" => {
                self.reading.count("program")?;
                let outcome = self.programs.add(&element, &mut log);
                self.reading.settle("program", log, outcome.map(|()| None));
                Ok(())
            }
            "place" => {
                self.reading.count("place")?;
                let outcome = self.places.add(&element, &mut log);
                self.reading.settle("place", log, outcome.map(|()| None));
                Ok(())
            }
            name => {
                let reason = format!("<{}> is no record that this list is known to have", clip(name, 60));
                self.reading.count("unknown")?;
                self.reading.lose("unknown", log, Lost::new("unknown_record", reason));
                Ok(())
            }
        }
    }

    fn target(&mut self, element: &Element<'_>, mut log: Log) -> Result<(), ReadError> {
        let listing = Listing::of(element, self.published);
        if listing.is_delisted {
            self.n_delisted += 1;
            self.reading.count(DELISTED)?;
            self.reading.settle(DELISTED, log, Ok(None));
            return Ok(());
        }
        self.reading.count(TARGET)?;
        match party::draft(&mut self.reading, element, listing, &mut log) {
            Ok(target) => self.targets.push((log, target)),
            Err(lost) => self.reading.lose(TARGET, log, lost),
        }
        Ok(())
    }

    fn finish(mut self) -> Account {
        let ids = party::ids(self.targets.iter().map(|(_, target)| target));
        for (mut log, target) in self.targets {
            let entities = target.resolve(&mut log, &self.programs, &self.places, &ids);
            self.reading.settle(TARGET, log, Ok(entities));
        }
        if self.n_delisted > 0 {
            let reason = format!("{} targets are de-listed; they are no listed parties", self.n_delisted);
            self.reading.issue(Severity::Note, "delisted", reason);
        }
        self.reading.finish(self.published)
    }
}
