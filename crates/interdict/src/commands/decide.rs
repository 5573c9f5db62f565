//! `interdict lists decide`: what a person says about two parties, recorded.

use serde_json::json;

use interdict_match::clusters::{Action, Decision};

use super::show::parties;
use super::{print, print_json};
use crate::cli::{DecideArg, DecidePair, Output};
use crate::config::Config;
use crate::failure::Failure;
use crate::terminal::{STRONG, printable};
use crate::{Ending, cluster_store, decisions, index_store};

/// Records the decision, and tells what follows from it.
pub(crate) fn run(config: &Config, args: &DecidePair, output: Output) -> Result<Ending, Failure> {
    let opened = index_store::open(config)?;
    let decision = decision(config, args, |id| {
        Ok(parties(&opened.index, id)?[..].first().map_or(id, |party| party.id()).to_owned())
    })?;
    decisions::checked(&decision).map_err(Failure::Usage)?;
    decisions::append(&config.home, &decision)?;
    let linked = cluster_store::linked(config, &opened)?;
    let first = opened.index.entities_with_id(&decision.a);
    let cluster: Vec<&str> = first
        .first()
        .and_then(|party| linked.clusters.of(party.number()))
        .into_iter()
        .flatten()
        .map(|&party| opened.index.entity(party).id())
        .collect();
    let is_contradicted = linked.clusters.contradicted.contains(&decision);
    if output == Output::Json {
        return print_json(
            &json!({"recorded": decision, "cluster": cluster, "contradicted": is_contradicted}),
        );
    }
    let said = match decision.action {
        Action::Same => "are one party",
        Action::Different => "are two parties",
        Action::Undo => "are as computed again",
    };
    let mut text =
        format!("{STRONG}{} and {}{STRONG:#} {said}\n", printable(&decision.a), printable(&decision.b));
    if is_contradicted {
        text.push_str("this contradicts other decisions, which hold; see `interdict lists same`\n");
    }
    if !cluster.is_empty() {
        text.push_str(&format!("one party: {}\n", printable(&cluster.join(", "))));
    }
    print(text.as_bytes())
}

/// The decision of the options. What is decided must be about parties that are there; what is taken back need not.
fn decision(
    config: &Config,
    args: &DecidePair,
    known: impl Fn(&str) -> Result<String, Failure>,
) -> Result<Decision, Failure> {
    let action = match args.verdict {
        Some(DecideArg::Same) => Action::Same,
        Some(DecideArg::Different) => Action::Different,
        None => Action::Undo,
    };
    let (a, b) = if action == Action::Undo {
        let in_force = decisions::load(&config.home)?.decisions();
        let (a, b) = (args.a.trim().to_owned(), args.b.trim().to_owned());
        if in_force.about(&a, &b).is_none() {
            let told = |id: &str| id.chars().take(80).collect::<String>();
            return Err(Failure::Usage(format!("nothing is decided about {} and {}", told(&a), told(&b))));
        }
        (a, b)
    } else {
        (known(&args.a)?, known(&args.b)?)
    };
    let user = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    Ok(Decision {
        at: jiff::Timestamp::now().to_string(),
        by: args.by.clone().or_else(user).unwrap_or_default(),
        action,
        a,
        b,
        reason: args.reason.clone().unwrap_or_default().trim().to_owned(),
    })
}
