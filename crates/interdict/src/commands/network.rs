//! `interdict network`: who owns or controls whom, and is it blocked because of that?

mod blocked;
mod explain;
mod export;
mod keep;
mod text;

use jiff::{Timestamp, tz::TimeZone};

use interdict_core::date::PartialDate;
use interdict_core::entity::Entity;
use interdict_core::subject::Subject;
use interdict_match::Settings;
use interdict_network::assessment::Assessment;
use interdict_network::interest::Day;
use interdict_network::network::PartyId;
use interdict_network::policy::Regime;
use interdict_network::standing::Standing;

use super::screen;
use crate::Ending;
use crate::archive::Archive;
use crate::cli::{Network, NetworkQuestion, Output};
use crate::config::Config;
use crate::failure::Failure;
use crate::index_store::{self, When};
use crate::network::designees::{Known, Names, Said};
use crate::network::loading::{self, Loaded};
use crate::terminal::{NOTE, printable};

/// Runs the command that was asked for.
pub(crate) fn run(config: &Config, command: &Network, output: Output) -> Result<Ending, Failure> {
    match command {
        Network::Blocked(args) => blocked::run(config, args, output),
        Network::Explain(args) => explain::run(config, args, output),
        Network::Export(args) => export::run(config, args),
        Network::Import(args) => keep::import(config, args, output),
        Network::Status => keep::status(config, output),
        Network::Remove { name } => keep::remove(config, name, output),
    }
}

/// The day of a question: the one that was asked for, or today.
fn day(asked: Option<&str>) -> Result<(Day, When), Failure> {
    let today = || Timestamp::now().to_zoned(TimeZone::UTC).date().to_string();
    let (text, when): (String, fn(PartialDate) -> When) = match asked {
        Some(text) => (text.to_owned(), When::PublishedBy),
        None => (today(), |_| When::Now),
    };
    let usage = |reason: String| Failure::Usage(format!("--as-of: {reason}"));
    let date: PartialDate = text.parse().map_err(|error| usage(format!("{error}")))?;
    let day = Day::of(date).ok_or_else(|| usage(format!("a day is needed (YYYY-MM-DD), not {date}")))?;
    Ok((day, when(date)))
}

/// A network with a question about it.
struct Asked {
    loaded: Loaded,
    day: Day,
    when: When,
}

impl Asked {
    fn new(config: &Config, question: &NetworkQuestion) -> Result<Self, Failure> {
        let (day, when) = day(question.as_of.as_deref())?;
        // The starter list has no former versions; its designations have their days.
        let has_lists = !Archive::at(&config.home).holdings()?.lists.is_empty();
        let when = if has_lists { when } else { When::Now };
        screen::say_what_is_used(&index_store::open_at(config, when)?);
        let files = loading::files(config, &question.files)?;
        Ok(Self { loaded: loading::load(config, when, &files)?, day, when })
    }

    fn known<'a>(&'a self, config: &Config, question: &NetworkQuestion) -> Result<Known<'a>, Failure> {
        let names = if question.ids_only { Names::LeftAside } else { Names::Compared };
        let said = Said { designated: &question.designated, designated_by: &question.designated_by, names };
        Known::new(config, &self.loaded, self.when, &said)
    }

    /// The assessment under each regime that was asked about. Under rules by which no list designates anybody nothing can be said: they
    /// are left out with a note, or refused when they were asked for by name.
    fn assessments<'a>(
        &'a self,
        known: &Known<'_>,
        question: &NetworkQuestion,
    ) -> Result<Vec<(Regime, Assessment<'a>)>, Failure> {
        let mut assessments = Vec::new();
        for regime in question.regimes() {
            if known.has_designations(regime) {
                assessments.push((regime, self.assessment(known, regime)));
            } else if question.regime.is_empty() {
                let name = regime.name().to_uppercase();
                anstream::eprintln!(
                    "{NOTE}note:{NOTE:#} {name} is not asked: no list in force designates anybody under its rules"
                );
            } else {
                return Err(Failure::NoListOf { regime: regime.name() });
            }
        }
        if assessments.is_empty() {
            Err(Failure::NoListOf { regime: "any of the regimes" })
        } else {
            Ok(assessments)
        }
    }

    /// The assessment under one regime.
    fn assessment<'a>(&'a self, known: &Known<'_>, regime: Regime) -> Assessment<'a> {
        let network = &self.loaded.network;
        Assessment::new(network, regime.policy_on(self.day), self.day, known.under(regime))
    }

    /// The party that a text names: by id, by a name that only one has, or - of the parties of lists - by a name that is a hit for one
    /// party more than for any other.
    fn party(&self, config: &Config, text: &str) -> Result<PartyId, Failure> {
        let network = &self.loaded.network;
        if let Some(party) = network.find(text) {
            return Ok(party);
        }
        let asked = text.to_lowercase();
        let has_name = |party: &PartyId| {
            let names = |entity: &Entity| {
                ["name", "alias"]
                    .iter()
                    .any(|key| entity.get(key).iter().any(|name| name.to_lowercase() == asked))
            };
            network.description(*party).is_some_and(names)
        };
        let mut found = network.parties().filter(has_name);
        let shown: String = text.chars().take(60).collect();
        match (found.next(), found.next()) {
            (Some(party), None) => Ok(party),
            (None, _) => self.nearest(config, text)?.ok_or_else(|| {
                Failure::Usage(format!("no party of this network has the id or the name {shown:?}"))
            }),
            (Some(first), Some(second)) => {
                let more = if found.next().is_some() { " and others" } else { "" };
                let (first, second) = (network.id(first), network.id(second));
                Err(Failure::Usage(format!(
                    "several parties are called {shown:?}: {first}, {second}{more}; give the id"
                )))
            }
        }
    }

    /// The party of a list for which a name is a hit, more than for any other party; what it was taken for is said.
    fn nearest(&self, config: &Config, text: &str) -> Result<Option<PartyId>, Failure> {
        let opened = index_store::open_at(config, self.when)?;
        let settings = Settings { threshold: config.threshold, hits_max: 2, lists: Vec::new() };
        let screening = interdict_match::screen(&opened.index, &Subject::named(text), &settings);
        let [best, rest @ ..] = screening.hits.as_slice() else { return Ok(None) };
        if rest.first().is_some_and(|second| second.score == best.score) {
            return Ok(None);
        }
        let (id, caption) = (printable(best.entity.id()), printable(best.entity.caption()));
        anstream::eprintln!("{NOTE}note:{NOTE:#} taken for {caption} ({id}), score {}", best.score);
        Ok(self.loaded.network.find(best.entity.id()))
    }
}

/// The gravest of several standings, as an exit code.
fn ending(standings: impl IntoIterator<Item = Standing>) -> Ending {
    match standings.into_iter().max() {
        Some(Standing::Designated | Standing::BlockedByOwnership) => Ending::Hits,
        Some(Standing::Undetermined | Standing::PossiblyDesignated) => Ending::NotScreened,
        Some(Standing::NotBlocked) | None => Ending::Clear,
    }
}
