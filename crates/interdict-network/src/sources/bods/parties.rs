//! Who is an entity or a person of a register? Its statement as a FollowTheMoney entity.

use interdict_core::country;
use interdict_core::entity::{Entity, ValueError};
use interdict_core::model;

use super::index::RecordKind;
use crate::sources::account::{Place, Tally};
use crate::sources::clip;
use crate::sources::raw::{Fields, Raw};

/// A party in the making.
pub(super) struct Party<'t> {
    pub entity: Entity,
    /// Whether it is a joint arrangement: what is held in it is held together.
    pub is_joint: bool,
    kind: RecordKind,
    tally: &'t mut Tally,
    place: Place<'t>,
}

/// Words that make an arrangement one of holding together.
const JOINT: &[&str] = &["joint", "concert", "together", "co-owner", "coowner"];

/// Who is not told: its own party, with the reason for that.
pub(super) fn unspecified(id: &str, why: &str) -> Entity {
    let mut entity = Entity::new(id, schema("LegalEntity"));
    // A reason that does not fit leaves a party without one.
    let _ = entity.add("description", format!("not specified: {why}"));
    entity
}

/// Codes for identifier schemes of people are `{country}-{type}`.
const PERSON_SCHEMES: &[(&str, &str)] =
    &[("PASSPORT", "passportNumber"), ("TAXID", "taxNumber"), ("IDCARD", "idNumber")];

impl<'t> Party<'t> {
    pub fn new(
        id: &str,
        kind: RecordKind,
        details: &mut Fields<'_>,
        tally: &'t mut Tally,
        place: Place<'t>,
    ) -> Self {
        let (mut code, mut subtype, mut words) = (String::new(), String::new(), String::new());
        if kind == RecordKind::Entity {
            let said = details.take("entityType");
            if let Some(mut fields) = said.and_then(Raw::object) {
                code = fields.take_text("type").unwrap_or_default().into_owned();
                subtype = fields.take_text("subtype").unwrap_or_default().into_owned();
                words = fields.take_text("details").unwrap_or_default().into_owned();
            } else if let Some(text) = said.and_then(Raw::text) {
                code = text.into_owned();
            }
            // 0.3: {"generalCategory", "localTerm"}.
            if let Some(mut fields) = details.take("entitySubtype").and_then(Raw::object) {
                subtype = fields.take_text("generalCategory").unwrap_or_default().into_owned();
                words = fields.take_text("localTerm").unwrap_or_default().into_owned();
            }
        }
        let name = match (kind, code.as_str()) {
            (RecordKind::Person, _) => "Person",
            (_, "registeredEntity") => "Company",
            (_, "state" | "stateBody") => "PublicBody",
            (_, "legalEntity" | "arrangement" | "anonymousEntity" | "unknownEntity") => "LegalEntity",
            (_, other) => {
                let reason = format!("the entity type {:?} is not known; it is a legal entity", clip(other));
                tally.note(place, "unknown_entity_type", reason);
                "LegalEntity"
            }
        };
        let entity = Entity::new(id, schema(name));
        let mut party = Self { entity, is_joint: false, kind, tally, place };
        party.put("classification", &subtype);
        party.put("legalForm", &words);
        if code == "arrangement" {
            let named = details.get("name").and_then(Raw::text).unwrap_or_default();
            let said = format!("{subtype} {words} {named}").to_lowercase();
            party.is_joint = subtype.is_empty() || JOINT.iter().any(|word| said.contains(word));
            if words.is_empty() && subtype.is_empty() {
                party.put("legalForm", "arrangement");
            }
        }
        party
    }

    /// Takes everything that has a property.
    pub fn fill(&mut self, details: &mut Fields<'_>) {
        match self.kind {
            RecordKind::Person => self.person(details),
            _ => self.body(details),
        }
        for item in details.take_items("addresses") {
            self.address(item, "address");
        }
        for item in details.take_items("identifiers") {
            self.identifier(item);
        }
        for name in ["unspecifiedPersonDetails", "unspecifiedEntityDetails"] {
            if let Some(mut fields) = details.take(name).and_then(Raw::object) {
                let said = [fields.take_text("reason"), fields.take_text("description")];
                let said: Vec<_> = said.into_iter().flatten().collect();
                self.put("description", &format!("not specified: {}", said.join(": ")));
            }
        }
        if let Some(why) = details.take_text("missingInfoReason") {
            self.put("description", &format!("not specified: {why}"));
        }
        if let Some(kind) = details.take_text("personType").filter(|kind| kind != "knownPerson") {
            self.put("description", &kind);
        }
    }

    fn body(&mut self, details: &mut Fields<'_>) {
        self.put("name", &details.take_text("name").unwrap_or_default());
        for name in details.take_items("alternateNames") {
            self.put("alias", &name.text().unwrap_or_default());
        }
        for field in ["jurisdiction", "incorporatedInJurisdiction"] {
            if let Some(said) = details.take(field) {
                self.country(said, "jurisdiction");
            }
        }
        self.put("incorporationDate", &details.take_text("foundingDate").unwrap_or_default());
        self.put("dissolutionDate", &details.take_text("dissolutionDate").unwrap_or_default());
        self.put("sourceUrl", &details.take_text("uri").unwrap_or_default());
    }

    fn person(&mut self, details: &mut Fields<'_>) {
        for item in details.take_items("names") {
            self.name(item);
        }
        if self.entity.first("name").is_none() {
            let other = self.entity.first("alias").or(self.entity.first("previousName")).map(str::to_owned);
            self.put("name", &other.unwrap_or_default());
        }
        self.put("birthDate", &details.take_text("birthDate").unwrap_or_default());
        self.put("deathDate", &details.take_text("deathDate").unwrap_or_default());
        for said in details.take_items("nationalities") {
            self.country(said, "nationality");
        }
        for said in details.take_items("taxResidencies") {
            self.country(said, "country");
        }
        if let Some(place) = details.take("placeOfBirth") {
            self.address(place, "birthPlace");
        }
        if let Some(place) = details.take("placeOfResidence") {
            self.address(place, "address");
        }
        // 0.2 says `hasPepStatus`; what the position is stays where it is said.
        let status = details
            .get("politicalExposure")
            .and_then(Raw::object)
            .and_then(|mut fields| fields.take_text("status"));
        if status.is_some_and(|status| status == "isPep")
            || details.take("hasPepStatus").is_some_and(Raw::is_true)
        {
            self.put("topics", "role.pep");
        }
    }

    fn name(&mut self, item: Raw<'_>) {
        let Some(mut fields) = item.object() else { return self.tally.unused("person.names") };
        let kind = fields.take_text("type").unwrap_or_default();
        let parts = ["givenName", "patronymicName", "familyName"].map(|part| fields.take_text(part));
        let full = fields.take_text("fullName").map_or_else(
            || parts.iter().flatten().map(|part| part.trim()).collect::<Vec<_>>().join(" "),
            |full| full.into_owned(),
        );
        let property = match kind.as_ref() {
            "" | "legal" | "individual" => "name",
            "former" | "birth" => "previousName",
            _ => "alias",
        };
        self.put(property, &full);
        if property == "name" {
            for (property, part) in ["firstName", "fatherName", "lastName"].into_iter().zip(parts) {
                self.put(property, &part.unwrap_or_default());
            }
        }
        fields.rest().for_each(|name| self.tally.unused(&format!("name.{name}")));
    }

    fn address(&mut self, item: Raw<'_>, property: &str) {
        let Some(mut fields) = item.object() else {
            return self.put(property, &item.text().unwrap_or_default());
        };
        let is_birth =
            property == "birthPlace" || fields.take_text("type").is_some_and(|kind| kind == "placeOfBirth");
        let land = fields.take("country");
        let land_name = land.and_then(|land| {
            let mut fields = land.object()?;
            fields.take_text("name").or_else(|| fields.take_text("code"))
        });
        let land_name = land_name.or_else(|| land.and_then(Raw::text)).map(|name| name.into_owned());
        let parts = [
            fields.take_text("address"),
            fields.take_text("postCode").or_else(|| fields.take_text("postcode")),
        ];
        let parts = parts.into_iter().flatten().map(|part| part.into_owned()).chain(land_name);
        let text = parts.collect::<Vec<_>>().join(", ");
        self.put(if is_birth { "birthPlace" } else { "address" }, &text);
        if let Some(land) = land {
            self.country(land, if is_birth { "birthCountry" } else { "country" });
        }
        fields.rest().for_each(|name| self.tally.unused(&format!("address.{name}")));
    }

    fn identifier(&mut self, item: Raw<'_>) {
        let Some(mut fields) = item.object() else { return self.tally.unused("identifiers") };
        let scheme =
            fields.take_text("scheme").or_else(|| fields.take_text("schemeName")).unwrap_or_default();
        let scheme = scheme.to_uppercase();
        let general = if self.kind == RecordKind::Person { "idNumber" } else { "registrationNumber" };
        let known =
            PERSON_SCHEMES.iter().find(|(end, _)| self.kind == RecordKind::Person && scheme.ends_with(end));
        let property = match known {
            Some(&(_, property)) => property,
            None if scheme == "XI-LEI" || scheme == "LEI" => "leiCode",
            None => general,
        };
        self.put(property, &fields.take_text("id").unwrap_or_default());
        self.put("sourceUrl", &fields.take_text("uri").unwrap_or_default());
        fields.take("schemeName");
        fields.rest().for_each(|name| self.tally.unused(&format!("identifier.{name}")));
    }

    /// A country by its code, that of a part of one (`US-DE`) too, or by its name.
    fn country(&mut self, said: Raw<'_>, property: &str) {
        let (code, name) = match said.object() {
            Some(mut fields) => (fields.take_text("code"), fields.take_text("name")),
            None => (said.text(), None),
        };
        let Some(text) = code.as_ref().or(name.as_ref()) else { return };
        let whole = |text: &str| country::code(text);
        let found = code
            .as_deref()
            .and_then(|code| whole(code).or_else(|| code.split_once('-').and_then(|(land, _)| whole(land))));
        match found.or_else(|| name.as_deref().and_then(whole)) {
            Some(code) => self.put(property, code),
            None => {
                let reason =
                    format!("{property}: {:?} is no country that is known; the text is kept", clip(text));
                self.tally.value_lost(self.place, "unknown_country", reason);
                let note = format!("{property}: {text}");
                self.put("notes", &note);
            }
        }
    }

    /// Adds a value; one that does not fit is said, and kept among the notes where it has room.
    pub fn put(&mut self, property: &str, value: &str) {
        if value.trim().is_empty() {
            return;
        }
        let Err(error) = self.entity.add(property, value) else { return };
        self.tally.value_lost(self.place, "bad_value", error.to_string());
        if !matches!(error, ValueError::TooLong { .. } | ValueError::TooMany { .. }) {
            let _ = self.entity.add("notes", format!("{property}: {value}"));
        }
    }
}

/// A schema of the model.
#[expect(clippy::expect_used, reason = "the names are those above, and a test looks them up")]
fn schema(name: &str) -> &'static model::Schema {
    model::schema(name).expect("in the model")
}
