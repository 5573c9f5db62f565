//! Who are owner and asset of a row? What the columns besides their ids say becomes a description.

use interdict_core::country;
use interdict_core::entity::Entity;
use interdict_core::model::{self, Schema};

use super::columns::Header;
use super::{Column, Fields};
use crate::network::{Builder, NetworkError};
use crate::sources::account::{Place, Tally};
use crate::sources::clip;

/// The columns of one side of a row.
struct Side {
    id: Column,
    schema: Column,
    /// What goes to a property as it is.
    texts: &'static [(Column, &'static str)],
    country: Column,
    identifier: Column,
}

const OWNER: Side = Side {
    id: Column::Owner,
    schema: Column::OwnerSchema,
    texts: &[(Column::OwnerName, "name"), (Column::OwnerBirthDate, "birthDate")],
    country: Column::OwnerCountry,
    identifier: Column::OwnerIdentifier,
};

const ASSET: Side = Side {
    id: Column::Asset,
    schema: Column::AssetSchema,
    texts: &[(Column::AssetName, "name")],
    country: Column::AssetCountry,
    identifier: Column::AssetIdentifier,
};

/// Describes the two sides of rows.
pub(super) struct Sides {
    /// Whether the table has a column that describes anybody.
    pub are_described: bool,
}

impl Side {
    /// The columns that describe.
    fn columns(&self) -> impl Iterator<Item = Column> {
        self.texts.iter().map(|(column, _)| *column).chain([self.schema, self.country, self.identifier])
    }
}

impl Sides {
    pub fn new(header: &Header) -> Self {
        let mut columns = OWNER.columns().chain(ASSET.columns());
        Self { are_described: columns.any(|column| header.columns.contains(&column)) }
    }

    /// Describes both parties of a row, as far as it says anything of them.
    pub fn describe(
        &self,
        builder: &mut Builder,
        fields: &Fields<'_>,
        tally: &mut Tally,
        line: u64,
    ) -> Result<(), NetworkError> {
        for side in [&OWNER, &ASSET] {
            if side.columns().all(|column| fields[column as usize].is_empty()) {
                continue;
            }
            let entity = side.entity(fields, tally, line);
            let known = builder.find(&entity.id).and_then(|party| builder.description(party));
            match known.map(|known| known.schema) {
                None => tally.described(),
                Some(known)
                    if known.name != entity.schema.name && !fields[side.schema as usize].is_empty() =>
                {
                    let reason = format!(
                        "it is a {} here and was a {} before, which stays",
                        entity.schema.name, known.name
                    );
                    tally.note(
                        Place { record: Some(&entity.id), ..Place::line(line) },
                        "schema_differs",
                        reason,
                    );
                }
                Some(_) => {}
            }
            builder.describe(entity)?;
        }
        Ok(())
    }
}

impl Side {
    fn entity(&self, fields: &Fields<'_>, tally: &mut Tally, line: u64) -> Entity {
        let text = |column: Column| fields[column as usize];
        let place = Place { record: Some(text(self.id)), ..Place::line(line) };
        let is_born =
            self.texts.iter().any(|&(column, property)| property == "birthDate" && !text(column).is_empty());
        let schema = self.schema(text(self.schema), is_born, tally, place);
        let mut entity = Entity::new(text(self.id), schema);
        for &(column, property) in self.texts {
            put(&mut entity, property, text(column), tally, place);
        }
        let named = text(self.country);
        match country::code(named) {
            Some(code) => put(&mut entity, "country", code, tally, place),
            None if named.is_empty() => {}
            None => {
                let reason = format!("{:?} is no country that is known; the text is kept", clip(named));
                tally.value_lost(place, "unknown_country", reason);
                put(&mut entity, "notes", &format!("country: {named}"), tally, place);
            }
        }
        let identifiers = if schema.is_a("Person") {
            ["idNumber", "registrationNumber"]
        } else {
            ["registrationNumber", "idNumber"]
        };
        let property =
            identifiers.into_iter().find(|name| schema.property(name).is_some()).unwrap_or("notes");
        put(&mut entity, property, text(self.identifier), tally, place);
        entity
    }

    fn schema(&self, name: &str, is_born: bool, tally: &mut Tally, place: Place<'_>) -> &'static Schema {
        let plain = schema(if is_born { "Person" } else { "LegalEntity" });
        if name.is_empty() {
            return plain;
        }
        let can_hold = |schema: &&Schema| {
            !schema.is_abstract
                && schema.edge.is_none()
                && (schema.is_a("LegalEntity") || schema.is_a("Asset"))
        };
        model::schema(name).filter(can_hold).unwrap_or_else(|| {
            let reason = format!("{:?} is no schema of a party; it is a {}", clip(name), plain.name);
            tally.value_lost(place, "unknown_schema", reason);
            plain
        })
    }
}

fn put(entity: &mut Entity, property: &str, value: &str, tally: &mut Tally, place: Place<'_>) {
    if value.is_empty() {
        return;
    }
    if let Err(error) = entity.add(property, value) {
        tally.value_lost(place, "bad_value", error.to_string());
        // Too long or too many: said above.
        let _ = entity.add("notes", format!("{property}: {value}"));
    }
}

/// A schema of the model.
#[expect(clippy::expect_used, reason = "the names are those above, and a test looks them up")]
fn schema(name: &str) -> &'static Schema {
    model::schema(name).expect("in the model")
}
