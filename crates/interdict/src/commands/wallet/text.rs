//! Answers about addresses for people.

use std::fmt::Write as _;

use interdict_wallets::{Candidate, Class, Match, Reading, Standing, Verified};

use crate::terminal::{CLEAR, FAINT, HIT, NOT_SCREENED, NOTE, STRONG, printable};
use crate::wallet::answer::{by, folded, memo_kind};
use crate::wallet::asked::Asked;
use crate::wallet::opened::OpenedWallets;

/// The answer for one text; `name` stands for one that cannot be shown.
pub(super) fn answer(opened: &OpenedWallets, asked: &Asked<'_>, name: &str) -> String {
    let mut text = headline(asked, name);
    if let Ok(reading) = &asked.reading {
        text.push_str(&read_as(reading));
    }
    for found in &asked.hits {
        text.push_str(&matched(opened, found));
    }
    if !asked.besides.is_empty() {
        let _ = writeln!(text, "\n  {STRONG}besides{STRONG:#} {FAINT}no hit{FAINT:#}");
        for found in &asked.besides {
            text.push_str(&matched(opened, found));
        }
    }
    text
}

fn headline(asked: &Asked<'_>, name: &str) -> String {
    let first = asked.reading.as_ref().ok().and_then(|reading| reading.candidates.first());
    let name = first.map_or_else(|| name.to_owned(), |candidate| candidate.address.to_string());
    let name = format!("{STRONG}{}{STRONG:#}", printable(&name));
    match (&asked.reason, asked.hits.len()) {
        (Some(reason), _) => {
            format!("{NOT_SCREENED}NOT SCREENED{NOT_SCREENED:#}  {name}: {}\n", printable(&reason.message()))
        }
        (None, 0) => format!("{CLEAR}CLEAR{CLEAR:#}  {name}{}\n", formerly(asked)),
        (None, 1) => format!("{HIT}HITS{HIT:#}  {name}: 1 hit\n"),
        (None, n_hits) => format!("{HIT}HITS{HIT:#}  {name}: {n_hits} hits\n"),
    }
}

/// What a clear answer must not hide.
fn formerly(asked: &Asked<'_>) -> String {
    let stands = |standing| asked.besides.iter().any(|found| found.claim.standing == standing);
    if stands(Standing::Formerly) {
        format!(" {NOTE}formerly listed{NOTE:#}")
    } else if stands(Standing::NotYet) {
        format!(" {NOTE}not listed yet on that day{NOTE:#}")
    } else if asked.besides.is_empty() {
        String::new()
    } else {
        format!(" {NOTE}of what was asked for{NOTE:#}")
    }
}

fn read_as(reading: &Reading) -> String {
    let mut text = String::new();
    for candidate in &reading.candidates {
        let _ = writeln!(text, "  {FAINT}{}{FAINT:#}", described(candidate));
    }
    for candidate in &reading.besides {
        let _ =
            writeln!(text, "  {FAINT}also in it: {}, {}{FAINT:#}", candidate.address, described(candidate));
    }
    if !reading.folded.is_nothing() {
        let _ = writeln!(text, "  {FAINT}put right: {}{FAINT:#}", folded(reading.folded).join(", "));
    }
    text
}

fn described(candidate: &Candidate) -> String {
    let chains: Vec<&str> = candidate.chains.iter().map(interdict_wallets::Chain::name).collect();
    let chains = if chains.is_empty() { "chain not known".to_owned() } else { chains.join(", ") };
    let verified = match candidate.verified {
        Verified::Checksum => "checksum right",
        Verified::FormOnly => "no checksum in this form: a typing error cannot be seen",
        Verified::WrongCase => "checksum wrong in the case of its letters",
    };
    let memo =
        memo_kind(candidate).map(|kind| format!("; a {} may name the account", kind.replace('_', " ")));
    format!("{}: {chains}; {verified}{}", candidate.address.family().name(), memo.unwrap_or_default())
}

fn matched(opened: &OpenedWallets, found: &Match<'_>) -> String {
    let claim = found.claim;
    let class = match claim.class {
        Class::Sanctioned => "SANCTIONED",
        Class::Advisory => "ADVISORY",
        Class::IssuerFrozen => "FROZEN BY ISSUER",
        Class::Attributed => "ATTRIBUTED",
    };
    let relation = if found.by.is_related() {
        let named = found.named.map(|address| format!(" {address}")).unwrap_or_default();
        format!(" RELATED KEY ({}):{named}", by(found.by))
    } else {
        String::new()
    };
    let mut text = format!("\n  {HIT}{class}{HIT:#}{relation}  {}\n", who(found));
    let origin = opened.origins.get(usize::try_from(claim.origin).unwrap_or(usize::MAX));
    let said = origin.map(crate::wallet::opened::Origin::in_words).unwrap_or_default();
    let labels =
        if claim.labels.is_empty() { String::new() } else { format!(", as {}", claim.labels.join(", ")) };
    let _ = writeln!(text, "        {FAINT}{}{}{FAINT:#}", printable(&said), printable(&labels));
    let dates = [("listed", claim.listed.from), ("removed", claim.listed.until)];
    for (what, date) in dates.into_iter().filter_map(|(what, date)| Some((what, date?))) {
        let _ = writeln!(text, "        {what} {date}");
    }
    let standing = match claim.standing {
        Standing::InForce => None,
        Standing::Formerly => Some("formerly"),
        Standing::NotYet => Some("not yet"),
    };
    let because = claim.because.as_deref().map(printable);
    let said: Vec<String> = standing.map(str::to_owned).into_iter().chain(because).collect();
    if !said.is_empty() {
        let _ = writeln!(text, "        {NOTE}{}{NOTE:#}", said.join(": "));
    }
    text
}

/// Whose address it is.
fn who(found: &Match<'_>) -> String {
    let parties = found.claim.parties.iter().map(|party| {
        let programs = if party.programs.is_empty() {
            String::new()
        } else {
            format!(", {}", party.programs.join(", "))
        };
        format!(
            "{STRONG}{}{STRONG:#} ({}{})",
            printable(&party.caption),
            printable(&party.id),
            printable(&programs)
        )
    });
    let tag = found.claim.tag.iter().map(|tag| {
        let kinds: Vec<&str> =
            [&tag.category, &tag.abuse, &tag.actor].into_iter().flatten().map(String::as_str).collect();
        let level = tag.confidence.level().map(|level| format!(" {level}/100")).unwrap_or_default();
        format!(
            "{STRONG}{}{STRONG:#} ({}; confidence {}{level})",
            printable(&tag.label),
            printable(&kinds.join(", ")),
            printable(tag.confidence.name())
        )
    });
    parties.chain(tag).collect::<Vec<_>>().join("; ")
}
