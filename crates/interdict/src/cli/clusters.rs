//! The options of the commands about parties that stand on several lists.

use clap::{Args, ValueEnum};

/// Show which parties of several lists are one, and why.
#[derive(Debug, Args)]
#[command(after_help = SAME_HELP)]
pub(crate) struct Same {
    /// The id of one party: what each list says of it, side by side [default: all clusters]
    pub id: Option<String>,
    /// The pairs that may be one and that somebody should look at, instead of the clusters
    #[arg(long, conflicts_with = "id")]
    pub possible: bool,
}

const SAME_HELP: &str = "\
One party stands on several lists under several ids. Such parties are recognized by
the ids and numbers that the lists give, by names with dates and countries, and by
what people decided. They stay apart: every list keeps its own entity, and `screen`
only says which hits are one party (docs/clusters.md).

With --json there is one line for each cluster or pair, and a summary as the last.

Examples:
  interdict lists same                      every party that is on two lists and more
  interdict lists same ofac-43377           what each list says of one party
  interdict lists same --possible           what somebody should look at
  interdict lists decide ofac-1 un-2 same --reason \"same passport\"";

/// Say that two parties are one, or that they are not; or take that back.
#[derive(Debug, Args)]
#[command(after_help = DECIDE_HELP)]
pub(crate) struct DecidePair {
    /// The id of the one party
    pub a: String,
    /// The id of the other
    pub b: String,
    /// Whether they are one
    #[arg(value_enum, required_unless_present = "undo", conflicts_with = "undo")]
    pub verdict: Option<DecideArg>,
    /// Take back what was decided about them: what is computed holds again
    #[arg(long)]
    pub undo: bool,
    /// Why; kept with the decision
    #[arg(long, value_name = "TEXT", required_unless_present = "undo")]
    pub reason: Option<String>,
    /// Who decides [default: the name of the user]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// What can be decided.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum DecideArg {
    /// They are one party.
    Same,
    /// They are two parties.
    Different,
}

const DECIDE_HELP: &str = "\
A decision holds against what is computed, until it is taken back or decided anew.
All decisions stay in decisions.jsonl in the home folder, with who, when and why; a
decision about a party that is on no list any more is kept and reported.

Examples:
  interdict lists decide ofac-43377 un-6908443 same --reason \"same passport\"
  interdict lists decide ofac-43377 un-6908443 different --reason \"father and son\" --by \"J. Doe\"
  interdict lists decide ofac-43377 un-6908443 --undo";
