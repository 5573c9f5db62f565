//! Under which regime does an entry of a list designate somebody, so that blocking spreads from it?

use interdict_core::date::PartialDate;
use interdict_core::entity::Entity;

use crate::interest::Span;
use crate::policy::Regime;

/// One designation of one party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Designation {
    /// The id of the party.
    pub party: String,
    /// Whose it is.
    pub regime: Regime,
    /// From when until when.
    pub span: Span,
}

/// What an entity of a list designates: a FollowTheMoney `Sanction` of one of the regimes, for each party that it names.
///
/// Lists of the United States that do not block (sectoral lists, export lists, the list of military-industrial companies) designate nobody
/// here; their own ownership rules are others.
pub fn of(sanction: &Entity) -> Vec<Designation> {
    if !sanction.schema.is_a("Sanction") {
        return Vec::new();
    }
    let Some(regime) = regime(sanction) else { return Vec::new() };
    let date = |properties: &[&str]| -> Option<PartialDate> {
        properties.iter().find_map(|property| sanction.dates(property).min())
    };
    let span = Span { start: date(&["startDate", "listingDate"]), end: date(&["endDate"]) };
    let of = |party: &String| Designation { party: party.clone(), regime, span };
    sanction.get("entity").iter().map(of).collect()
}

/// Programs of OFAC that restrict and do not block, as their codes on the lists begin.
const NOT_BLOCKING: &[&str] = &[
    "CAPTA",
    "561-Related",
    "561List",
    "NS-PLC",
    "FSE",
    "UKRAINE-EO13662",
    "BELARUS-EO14038",
    "RUSSIA-EO14024-DIRECTIVE",
    "CMIC-EO13959",
    "NS-MBS",
    "SSI",
];

fn regime(sanction: &Entity) -> Option<Regime> {
    let says = |property: &str, words: &str| {
        sanction.get(property).iter().any(|value| value.to_lowercase().contains(words))
    };
    let is_of = |country: &str| sanction.get("country").iter().any(|value| value == country);
    if says("authority", "office of foreign assets control") || says("authority", "treasury") && is_of("us") {
        let is_blocking = |program: &String| !NOT_BLOCKING.iter().any(|other| program.starts_with(other));
        let programs = sanction.get("programId");
        // The file of several authorities names the list in the program.
        let lists =
            sanction.get("program").iter().filter(|program| program.ends_with(')') && program.contains('('));
        let mut lists = lists.filter(|program| LISTS.iter().any(|list| program.contains(list))).peekable();
        let is_other_list = lists.peek().is_some() && lists.all(|program| !program.contains("(SDN)"));
        let is_blocked = programs.is_empty() || programs.iter().any(is_blocking);
        let is_sdn = !sanction.id.starts_with("ofac-nonsdn-") && !is_other_list && is_blocked;
        return is_sdn.then_some(Regime::Ofac);
    }
    if is_of("eu") || says("authority", "european union") || says("authority", "council of the european") {
        return Some(Regime::Eu);
    }
    let of_uk = ["office of financial sanctions implementation", "foreign, commonwealth", "hm treasury"];
    let is_uk = is_of("gb") || of_uk.iter().any(|words| says("authority", words));
    is_uk.then_some(Regime::Uk)
}

/// The abbreviations by which the consolidated screening list names the lists of the Treasury.
const LISTS: &[&str] = &["(SDN)", "(SSI)", "(FSE)", "(CAP)", "(CMIC)", "(MBS)", "(PLC)", "(13599)"];

#[cfg(test)]
mod tests {
    use super::*;
    use interdict_core::model;

    fn regime_of(id: &str, properties: &[(&str, &str)]) -> Option<Regime> {
        let mut sanction = Entity::new(id, model::schema("Sanction").unwrap());
        sanction.add("entity", "party").unwrap();
        for (property, value) in properties {
            sanction.add(property, *value).unwrap();
        }
        of(&sanction).first().map(|designation| designation.regime)
    }

    #[test]
    fn authorities_and_their_lists() {
        let ofac = ("authority", "Office of Foreign Assets Control");
        for (id, properties, expected) in [
            ("ofac-1-sanction-1", &[ofac, ("country", "us"), ("programId", "DPRK2")][..], Some(Regime::Ofac)),
            ("ofac-1-sanction-1", &[ofac, ("country", "us")], Some(Regime::Ofac)),
            ("ofac-nonsdn-1-sanction-1", &[ofac, ("country", "us"), ("programId", "RUSSIA-EO14024")], None),
            ("ofac-1-sanction-1", &[ofac, ("programId", "UKRAINE-EO13662")], None),
            (
                "ofac-1-sanction-1",
                &[ofac, ("programId", "UKRAINE-EO13662"), ("programId", "UKRAINE-EO13661")],
                Some(Regime::Ofac),
            ),
            (
                "us-csl-1-sanction-1",
                &[
                    ("authority", "Treasury Department"),
                    ("country", "us"),
                    ("program", "Specially Designated Nationals (SDN)"),
                ],
                Some(Regime::Ofac),
            ),
            (
                "us-csl-1-sanction-1",
                &[
                    ("authority", "Treasury Department"),
                    ("country", "us"),
                    ("program", "Sectoral Sanctions Identifications List (SSI)"),
                ],
                None,
            ),
            (
                "us-csl-1-sanction-1",
                &[
                    ("authority", "Bureau of Industry and Security"),
                    ("country", "us"),
                    ("program", "Entity List (EL)"),
                ],
                None,
            ),
            ("eu-1", &[("authority", "European Union"), ("country", "eu")], Some(Regime::Eu)),
            (
                "uk-1",
                &[("authority", "Foreign, Commonwealth & Development Office"), ("country", "gb")],
                Some(Regime::Uk),
            ),
            ("un-1", &[("authority", "United Nations Security Council")], None),
            (
                "kr-1",
                &[("authority", "Ministry of Foreign Affairs, Republic of Korea"), ("country", "kr")],
                None,
            ),
        ] {
            assert_eq!(regime_of(id, properties), expected, "{id} {properties:?}");
        }
    }

    #[test]
    fn a_designation_has_its_dates() {
        let mut sanction = Entity::new("eu-1-sanction-1", model::schema("Sanction").unwrap());
        for (property, value) in
            [("entity", "eu-1"), ("country", "eu"), ("listingDate", "2023-05-25"), ("endDate", "2024-01-01")]
        {
            sanction.add(property, value).unwrap();
        }
        let designation = of(&sanction).remove(0);
        assert_eq!(designation.span.start, "2023-05-25".parse().ok());
        assert_eq!(designation.span.end, "2024-01-01".parse().ok());
    }
}
