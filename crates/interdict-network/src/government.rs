//! Which governments are blocked as such? Under OFAC's rules all that such a government is or owns is blocked, be it on a list or not. The
//! rule is about bodies of the state: no person and no company is meant by where it comes from.

use interdict_core::date::PartialDate;
use interdict_core::entity::Entity;

use crate::designated::Certainty;
use crate::interest::Span;

/// A government whose property is blocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockedGovernment {
    /// The country, as a FollowTheMoney code.
    pub country: &'static str,
    /// By which act.
    pub act: &'static str,
    /// From when until when, as EDTF; empty for an end that is not there.
    span: (&'static str, &'static str),
}

/// All of them. An executive order blocks from 12:01 of the day on which it takes effect.
const BLOCKED: &[BlockedGovernment] = &[
    BlockedGovernment { country: "kp", act: "Executive Order 13722, section 1", span: ("2016-03-16", "") },
    BlockedGovernment { country: "ir", act: "Executive Order 13599, section 1", span: ("2012-02-06", "") },
    BlockedGovernment { country: "ve", act: "Executive Order 13884, section 1", span: ("2019-08-05", "") },
    BlockedGovernment {
        country: "cu",
        act: "Cuban Assets Control Regulations, 31 CFR 515.201",
        span: ("1963-07-08", ""),
    },
    // Revoked by Executive Order 14312 with effect from 1 July 2025.
    BlockedGovernment {
        country: "sy",
        act: "Executive Order 13582, section 1",
        span: ("2011-08-18", "2025-06-30"),
    },
];

impl BlockedGovernment {
    /// From when until when it is blocked.
    pub fn span(&self) -> Span {
        let date = |text: &str| text.parse::<PartialDate>().ok();
        Span { start: date(self.span.0), end: date(self.span.1) }
    }

    /// The government that a party is a body of, as far as its record says: a public body, with that country. With other countries
    /// besides, which may only be where it works, it is possible.
    pub fn of(party: &Entity) -> Option<(&'static Self, Certainty)> {
        let is_body = party.schema.is_a("PublicBody")
            || party.get("topics").iter().any(|topic| topic == "gov" || topic.starts_with("gov."));
        if !is_body || party.schema.is_a("Person") {
            return None;
        }
        let own = party.get("jurisdiction");
        let countries = if own.is_empty() { party.get("country") } else { own };
        let found =
            BLOCKED.iter().find(|blocked| countries.iter().any(|country| country == blocked.country))?;
        let is_only = countries.iter().all(|country| country == found.country);
        Some((found, if is_only { Certainty::Certain } else { Certainty::Possible }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interdict_core::model;

    fn of(schema: &str, properties: &[(&str, &str)]) -> Option<(&'static str, Certainty)> {
        let mut party = Entity::new("x", model::schema(schema).unwrap());
        for (property, value) in properties {
            party.add(property, *value).unwrap();
        }
        BlockedGovernment::of(&party).map(|(government, certainty)| (government.country, certainty))
    }

    #[test]
    fn bodies_of_the_state_and_nobody_else() {
        assert_eq!(of("PublicBody", &[("country", "kp")]), Some(("kp", Certainty::Certain)));
        assert_eq!(
            of("PublicBody", &[("country", "kp"), ("country", "cn")]),
            Some(("kp", Certainty::Possible))
        );
        assert_eq!(of("PublicBody", &[("jurisdiction", "cn"), ("country", "kp")]), None);
        assert_eq!(
            of("Company", &[("country", "kp"), ("topics", "gov.soe")]),
            Some(("kp", Certainty::Certain))
        );
        assert_eq!(of("Company", &[("country", "kp")]), None);
        assert_eq!(of("Person", &[("nationality", "kp"), ("country", "kp"), ("topics", "gov")]), None);
        assert_eq!(of("PublicBody", &[("country", "fr")]), None);
    }

    #[test]
    fn acts_have_days() {
        for government in BLOCKED {
            assert!(
                government.span().start.is_some_and(|start| start.as_day().is_some()),
                "{}",
                government.country
            );
            assert_eq!(government.span().end.is_some(), government.country == "sy");
        }
    }
}
