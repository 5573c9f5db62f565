//! `interdict generate`: manipulated names of the lists in force.

use std::io::Write as _;

use interdict_core::list::ListId;
use interdict_evaluate::generate::{self, Plan, Severity};
use interdict_evaluate::run::Details;
use interdict_match::index::Index;

use crate::cli::{Generate, SeverityArg};
use crate::config::Config;
use crate::failure::Failure;
use crate::{Ending, cases, index_store};

/// Writes the cases that were asked for to standard output.
pub(crate) fn run(config: &Config, args: &Generate) -> Result<Ending, Failure> {
    let opened = index_store::open(config)?;
    let severities = match args.severity {
        SeverityArg::Light => vec![Severity::Light],
        SeverityArg::Medium => vec![Severity::Medium],
        SeverityArg::Heavy => vec![Severity::Heavy],
        SeverityArg::All => Severity::ALL.to_vec(),
    };
    let plan = Plan {
        seed: args.seed,
        per_class: args.per_class,
        severities,
        hard_negatives: args.hard_negatives,
        lists: lists(&opened.index, &args.list)?,
    };
    let made = generate::generate(&opened.index, &plan);
    let details = if args.with_dates { Details::All } else { Details::Names };
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    cases::write(&made, details, &mut out).and_then(|()| out.flush()).map_err(Failure::Output)?;
    Ok(Ending::Clear)
}

/// The lists that were named, which must be in the index.
pub(super) fn lists(index: &Index, asked: &[String]) -> Result<Vec<ListId>, Failure> {
    let known: Vec<&ListId> = index.info().lists.iter().map(|list| &list.id).collect();
    let one = |asked: &String| match known.iter().find(|list| list.as_str() == asked) {
        Some(&list) => Ok(list.clone()),
        None => {
            let known = known.iter().map(|list| list.as_str()).collect::<Vec<_>>().join(", ");
            Err(Failure::UnknownList { asked: asked.chars().take(40).collect(), known })
        }
    };
    asked.iter().map(one).collect()
}
