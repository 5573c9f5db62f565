//! `interdict network explain`: why one party is blocked, or is not.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use interdict_network::assessment::Assessment;
use interdict_network::cautions::{Caution, CautionKind};
use interdict_network::explanation::Explanation;
use interdict_network::history::{self, History};
use interdict_network::network::PartyId;
use interdict_network::policy::Regime;
use interdict_network::standing::Standing;

use super::{Asked, ending, text};
use crate::Ending;
use crate::cli::{Explain, Output};
use crate::commands::{print, print_json};
use crate::config::Config;
use crate::failure::Failure;
use crate::network::designees::Known;

/// The answer under one regime.
#[derive(Serialize)]
pub(super) struct Told {
    #[serde(flatten)]
    pub explanation: Explanation,
    pub history: History,
}

/// Shows it.
pub(super) fn run(config: &Config, args: &Explain, output: Output) -> Result<Ending, Failure> {
    let asked = Asked::new(config, &args.question)?;
    let party = asked.party(config, &args.party)?;
    let known = asked.known(config, &args.question)?;
    let assessments = asked.assessments(&known, &args.question)?;
    let told: BTreeMap<&'static str, Told> = assessments
        .iter()
        .map(|(regime, assessment)| (regime.name(), tell(*regime, assessment, &known, party)))
        .collect();
    let summary = text::Summary::new(&asked, &assessments, &[]);
    let standings: Vec<_> = told.values().map(|told| told.explanation.standing).collect();
    if output == Output::Json {
        let named = assessments.first().map(|(_, assessment)| assessment.named(party));
        print_json(&json!({"question": summary, "party": named, "regimes": told}))?;
    } else {
        print(text::explained(&summary, &told).as_bytes())?;
    }
    Ok(ending(standings))
}

fn tell(regime: Regime, assessment: &Assessment<'_>, known: &Known<'_>, party: PartyId) -> Told {
    let mut explanation = assessment.explain(party);
    let designees = known.under(regime);
    let history = history::of(assessment.network(), regime, party, assessment.day(), &designees);
    let is_free = matches!(explanation.standing, Standing::NotBlocked | Standing::Undetermined);
    if let Some(before) = history.blocked_before().filter(|_| is_free) {
        let until = before.until.map(|day| format!(" until {day}")).unwrap_or_default();
        explanation.cautions.push(Caution {
            kind: CautionKind::BlockedBefore,
            text: match regime {
                Regime::Ofac => format!(
                    "it was blocked by ownership{until}: property that came under the jurisdiction of the United States by then stays \
                     blocked until OFAC lets it go (FAQ 402)"
                ),
                Regime::Eu | Regime::Uk => {
                    format!("it was blocked by ownership{until}: what was frozen then may still be; ask the authority")
                }
            },
            holdings: Vec::new(),
        });
    }
    Told { explanation, history }
}
