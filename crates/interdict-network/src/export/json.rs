//! How is a network written as JSON? One object, with a party, an interest or a source on each line.

use std::borrow::Cow;
use std::io::{self, Write};

use interdict_core::date::PartialDate;
use serde::Serialize;

use super::{Scope, countries};
use crate::excerpt::{Hidden, LeftOut, StandingOf};
use crate::interest::{Day, InterestKind};
use crate::network::{Interest, Network, PartyId};
use crate::picture::Heading;
use crate::policy::Regime;
use crate::share::ShareRange;
use crate::standing::Standing;

/// Version of the form. It rises when a field changes its meaning or goes; new fields do not raise it.
pub const FORMAT: &str = "interdict-network/1";

/// Under whose rules and on which day the standings hold.
#[derive(Serialize)]
struct Question {
    #[serde(skip_serializing_if = "Option::is_none")]
    regime: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Day>,
}

#[derive(Serialize)]
struct Party<'a> {
    id: &'a str,
    caption: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    countries: Vec<&'a str>,
    standing: Standing,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_shown: Option<Hidden>,
}

#[derive(Serialize)]
struct Tie<'a> {
    holder: &'a str,
    asset: &'a str,
    kind: InterestKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<ShareRange>,
    #[serde(skip_serializing_if = "Option::is_none")]
    share_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    joint: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<PartialDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<PartialDate>,
    /// Number of the source in `sources`, from 0.
    source: u16,
    record: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

/// Writes a network as one JSON object: `format`, `question`, `parties`, `interests`, `sources`, `left_out`. The heading says under
/// which regime and on which day the standings hold; its title is for pictures.
///
/// # Errors
/// When writing fails.
pub fn write(
    network: &Network,
    scope: Scope<'_>,
    heading: &Heading,
    standing: StandingOf<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    write!(out, "{{\"format\":\"{FORMAT}\",\n\"question\":")?;
    let question = Question { regime: heading.regime.map(Regime::name), as_of: heading.day };
    serde_json::to_writer(&mut *out, &question)?;
    out.write_all(b",\n\"parties\":")?;
    let hidden = |at: usize| match scope {
        Scope::Whole => None,
        Scope::Part(excerpt) => excerpt.hidden.get(at).copied().filter(|hidden| *hidden != Hidden::default()),
    };
    let parties = scope.parties(network).enumerate();
    lines(parties.map(|(at, party)| party_line(network, party, standing(party), hidden(at))), out)?;
    out.write_all(b",\n\"interests\":")?;
    lines(scope.interests(network).iter().map(|interest| tie_line(network, interest)), out)?;
    out.write_all(b",\n\"sources\":")?;
    lines(network.sources().iter(), out)?;
    let left_out = match scope {
        Scope::Whole => LeftOut::default(),
        Scope::Part(excerpt) => excerpt.left_out,
    };
    out.write_all(b",\n\"left_out\":")?;
    serde_json::to_writer(&mut *out, &left_out)?;
    out.write_all(b"}\n")
}

fn party_line(network: &Network, party: PartyId, standing: Standing, not_shown: Option<Hidden>) -> Party<'_> {
    Party {
        id: network.id(party),
        caption: network.caption(party),
        schema: network.description(party).map(|entity| entity.schema.name),
        countries: countries(network, party),
        standing,
        not_shown,
    }
}

fn tie_line<'a>(network: &'a Network, interest: &Interest) -> Tie<'a> {
    let terms = network.terms(interest);
    let share = terms.kind.has_share().then_some(terms.share);
    Tie {
        holder: network.id(interest.holder),
        asset: network.id(interest.asset),
        kind: terms.kind,
        share,
        share_text: share.map(|share| share.to_string()),
        joint: network.arrangement(terms),
        start: terms.span.start,
        end: terms.span.end,
        source: terms.source.0,
        record: network.record(interest).to_string(),
        words: network.text(terms.words),
        url: network.text(terms.url),
    }
}

/// A list with one value on each line.
fn lines<T: Serialize>(values: impl Iterator<Item = T>, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"[")?;
    for (number, value) in values.enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &value)?;
    }
    out.write_all(b"]")
}
