//! How are two parties tied? OFAC's words for a relationship, and the link that each is in the model.

use interdict_core::entity::Entity;
use interdict_core::model::Schema;

use super::draft::Draft;
use crate::reading::Log;
use crate::text::clip;

/// What the remarks of the delimited set say of all of them.
pub(super) const LINKED_TO: &str = "Linked To";

/// What a kind of relationship is in the model.
struct Relation {
    /// OFAC's words for it, in small letters.
    words: &'static str,
    schema: &'static str,
    /// The property of the party that the relationship begins at, and what that must be.
    from: (&'static str, fn(&Schema) -> bool),
    /// The property of the other.
    to: (&'static str, fn(&Schema) -> bool),
    /// Where the words go.
    words_in: &'static str,
}

const RELATIONS: &[Relation] = &[
    Relation {
        words: "owned or controlled by",
        schema: "Ownership",
        from: ("asset", can_be_owned),
        to: ("owner", is_legal_entity),
        words_in: "role",
    },
    Relation {
        words: "property in the interest of",
        schema: "Ownership",
        from: ("asset", can_be_owned),
        to: ("owner", is_legal_entity),
        words_in: "role",
    },
    Relation {
        words: "owns, controls, or operates",
        schema: "Ownership",
        from: ("owner", is_legal_entity),
        to: ("asset", can_be_owned),
        words_in: "role",
    },
    Relation {
        words: "leader or official of",
        schema: "Directorship",
        from: ("director", is_legal_entity),
        to: ("organization", is_organization),
        words_in: "role",
    },
    Relation {
        words: "principal executive officer",
        schema: "Directorship",
        from: ("director", is_legal_entity),
        to: ("organization", is_organization),
        words_in: "role",
    },
    Relation {
        words: "playing a significant role in",
        schema: "Membership",
        from: ("member", is_legal_entity),
        to: ("organization", is_organization),
        words_in: "role",
    },
    Relation {
        words: "acting for or on behalf of",
        schema: "Representation",
        from: ("agent", is_legal_entity),
        to: ("client", is_legal_entity),
        words_in: "role",
    },
    Relation {
        words: "family member of",
        schema: "Family",
        from: ("person", is_person),
        to: ("relative", is_person),
        words_in: "relationship",
    },
    Relation {
        words: "associate of",
        schema: "Associate",
        from: ("person", is_person),
        to: ("associate", is_person),
        words_in: "relationship",
    },
];

/// Everything else, and what does not fit the parties.
const OTHER: Relation = Relation {
    words: "",
    schema: "UnknownLink",
    from: ("subject", is_anything),
    to: ("object", is_anything),
    words_in: "role",
};

/// Words of OFAC that say no more than that two parties are tied.
const UNTYPED: &[&str] = &["providing support to", LINKED_TO];

fn is_person(schema: &Schema) -> bool {
    schema.is_a("Person")
}

fn is_legal_entity(schema: &Schema) -> bool {
    schema.is_a("LegalEntity")
}

fn is_organization(schema: &Schema) -> bool {
    schema.is_a("Organization")
}

/// A company, ship or aircraft; and an organization, as what is owned is hardly ever anything but a company whose name does
/// not say so.
fn can_be_owned(schema: &Schema) -> bool {
    schema.is_a("Asset") || schema.is_a("Organization")
}

fn is_anything(_: &Schema) -> bool {
    true
}

impl Relation {
    fn fits(&self, from: &Schema, to: &Schema) -> bool {
        (self.from.1)(from) && (self.to.1)(to)
    }

    /// The properties of the two ends. Of a director and an organization, the file's order is not always theirs.
    fn ends(&self, from: &Schema, to: &Schema) -> Option<[&'static str; 2]> {
        if self.fits(from, to) {
            Some([self.from.0, self.to.0])
        } else {
            (self.schema == "Directorship" && self.fits(to, from)).then_some([self.to.0, self.from.0])
        }
    }
}

/// The link from a party to another, by the words of the list. Words that are not known are noted, and are in the link.
pub(super) fn link(
    draft: &Draft,
    (far_id, far_schema): (&str, &Schema),
    words: &str,
    log: &mut Log,
) -> Entity {
    let is = |known: &str| words.eq_ignore_ascii_case(known);
    let known = RELATIONS.iter().find(|relation| is(relation.words));
    let typed = known.and_then(|relation| Some((relation, relation.ends(draft.party.schema, far_schema)?)));
    if known.is_none() && !words.is_empty() && !UNTYPED.iter().any(|untyped| is(untyped)) {
        let words = clip(words, 60);
        log.note("unknown_type", format!("the relationship {words:?} is not known; it is a plain link"));
    }
    let (relation, [near, far]) = typed.unwrap_or((&OTHER, [OTHER.from.0, OTHER.to.0]));
    let suffix = format!("link-{}", draft.links.len() + 1);
    let mut link = draft.part(relation.schema, &suffix, near, log);
    log.put(&mut link, far, far_id);
    log.put(&mut link, relation.words_in, words);
    link
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofac::draft;

    /// The schema of the link, and which end the near and the far party are.
    fn tie(near: &'static str, words: &str, far: &'static str) -> (&'static str, String) {
        let draft = Draft::new("ofac-1".to_owned(), draft::schema(near));
        let link = link(&draft, ("ofac-2", draft::schema(far)), words, &mut Log::default());
        let end = |id: &str| {
            let mut properties = link.properties();
            let end = properties.find(|(_, values)| values.iter().any(|value| value == id));
            end.map_or("nothing", |(property, _)| property.name)
        };
        assert!(link.get("role").contains(&words.to_owned()) || link.first("relationship") == Some(words));
        (link.schema.name, format!("{} {}", end("ofac-1"), end("ofac-2")))
    }

    #[test]
    fn words_are_links_where_they_fit_the_parties() {
        for (near, words, far, schema, ends) in [
            ("Company", "Owned or Controlled By", "Person", "Ownership", "asset owner"),
            ("Person", "Owns, controls, or operates", "Vessel", "Ownership", "owner asset"),
            ("Vessel", "Property in the interest of", "Company", "Ownership", "asset owner"),
            ("Person", "Leader or official of", "Organization", "Directorship", "director organization"),
            (
                "Organization",
                "Principal Executive Officer",
                "Person",
                "Directorship",
                "organization director",
            ),
            ("Person", "Playing a significant role in", "Company", "Membership", "member organization"),
            ("Company", "Acting for or on behalf of", "PublicBody", "Representation", "agent client"),
            ("Person", "Family member of", "Person", "Family", "person relative"),
            ("Person", "associate of", "Person", "Associate", "person associate"),
            // What does not fit the parties, or says no more than that they are tied, is a plain link.
            ("Person", "Owned or Controlled By", "Person", "UnknownLink", "subject object"),
            ("Person", "Family member of", "Company", "UnknownLink", "subject object"),
            ("Vessel", "Acting for or on behalf of", "Person", "UnknownLink", "subject object"),
            ("Person", "Providing support to", "Organization", "UnknownLink", "subject object"),
            ("Person", "Plays chess with", "Person", "UnknownLink", "subject object"),
        ] {
            assert_eq!(tie(near, words, far), (schema, ends.to_owned()), "{near} {words} {far}");
        }
    }

    #[test]
    fn words_that_are_not_known_are_noted() {
        let draft = Draft::new("ofac-1".to_owned(), draft::schema("Person"));
        for (words, n_issues) in
            [("Plays chess with", 1), ("Linked To", 0), ("Providing Support To", 0), ("", 0)]
        {
            let mut log = Log::default();
            link(&draft, ("ofac-2", draft::schema("Person")), words, &mut log);
            assert_eq!(format!("{log:?}").matches("unknown_type").count(), n_issues, "{words}");
        }
    }
}
