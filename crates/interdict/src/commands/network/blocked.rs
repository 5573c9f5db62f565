//! `interdict network blocked`: everybody who is blocked by ownership or control, and is on no list.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use serde_json::json;

use interdict_network::assessment::Assessment;
use interdict_network::explanation::{Explainer, Named};
use interdict_network::network::PartyId;
use interdict_network::policy::Regime;
use interdict_network::share::ShareRange;
use interdict_network::standing::Standing;

use super::{Asked, ending, text};
use crate::Ending;
use crate::cli::{Blocked, Output};
use crate::commands::{print, print_json};
use crate::config::Config;
use crate::failure::Failure;

/// A party that is blocked through others under at least one regime, or may be.
#[derive(Serialize)]
pub(super) struct Row {
    pub party: Named,
    pub regimes: BTreeMap<&'static str, Answer>,
}

/// How a party stands under one regime.
#[derive(Serialize)]
pub(super) struct Answer {
    pub standing: Standing,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocked_share: Option<ShareRange>,
}

/// Shows them.
pub(super) fn run(config: &Config, args: &Blocked, output: Output) -> Result<Ending, Failure> {
    let asked = Asked::new(config, &args.question)?;
    let known = asked.known(config, &args.question)?;
    let assessments = asked.assessments(&known, &args.question)?;
    let rows = rows(&assessments);
    let summary = text::Summary::new(&asked, &assessments, &rows);
    let shown: Vec<&Row> = rows.iter().filter(|row| args.undetermined || row.is_blocked()).collect();
    if output == Output::Json {
        print_json(&json!({"question": summary, "parties": shown}))?;
    } else {
        print(text::blocked(&summary, &shown, rows.len()).as_bytes())?;
    }
    Ok(ending(rows.iter().flat_map(|row| row.regimes.values().map(|answer| answer.standing))))
}

impl Row {
    fn is_blocked(&self) -> bool {
        self.regimes.values().any(|answer| answer.standing == Standing::BlockedByOwnership)
    }
}

/// One row for each party that is not designated itself and is blocked or undetermined under a regime; those surely blocked first.
fn rows(assessments: &[(Regime, Assessment<'_>)]) -> Vec<Row> {
    let mut parties: Vec<PartyId> = assessments
        .iter()
        .flat_map(|(_, assessment)| assessment.through_others().map(|(party, _)| party))
        .collect();
    parties.sort_unstable();
    parties.dedup();
    let Some((_, first)) = assessments.first() else { return Vec::new() };
    let row = |&party: &PartyId| Row { party: first.named(party), regimes: BTreeMap::new() };
    let mut rows: Vec<Row> = parties.iter().map(row).collect();
    for (regime, assessment) in assessments {
        let mut explainer = Explainer::of(assessment);
        let places: HashMap<PartyId, usize> = parties.iter().copied().zip(0..).collect();
        for party in assessment.by_designee(parties.clone()) {
            let standing = assessment.standing(party);
            let answer = Answer { standing, blocked_share: explainer.share_in_list(party) };
            if let Some(row) = places.get(&party).and_then(|&place| rows.get_mut(place)) {
                row.regimes.insert(regime.name(), answer);
            }
        }
    }
    rows.sort_by(|a, b| {
        b.is_blocked()
            .cmp(&a.is_blocked())
            .then_with(|| a.party.caption.cmp(&b.party.caption))
            .then_with(|| a.party.id.cmp(&b.party.id))
    });
    rows
}
