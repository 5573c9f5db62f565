//! What a person is told of a party.

use interdict_core::entity::Entity;
use interdict_core::model;
use interdict_lists::delta::{self, ChangeKind};

fn entity(id: &str, schema: &str, values: &[(&str, &str)]) -> Entity {
    let mut entity = Entity::new(id, model::schema(schema).unwrap());
    values.iter().for_each(|(property, value)| entity.add(property, *value).unwrap());
    entity
}

/// A company with a sanction and addresses that are numbered as they come.
fn company(programs: &[&str], addresses: &[&str]) -> Vec<Entity> {
    let mut company = entity("own-1", "Company", &[("name", "Example Trading")]);
    let mut sanction =
        entity("own-1-sanction-1", "Sanction", &[("entity", "own-1"), ("authority", "Authority")]);
    for program in programs {
        company.add("programId", *program).unwrap();
        sanction.add("program", *program).unwrap();
    }
    let mut parts = vec![sanction];
    for (idx, full) in addresses.iter().enumerate() {
        let id = format!("own-1-address-{}", idx + 1);
        company.add("addressEntity", id.as_str()).unwrap();
        parts.push(entity(&id, "Address", &[("full", full)]));
    }
    std::iter::once(company).chain(parts).collect()
}

/// Kind, then `part property: before -> after` of each field.
fn told(a: &[Entity], b: &[Entity]) -> (ChangeKind, Vec<String>) {
    let delta = delta::delta(a, b).unwrap();
    assert_eq!(delta::apply(&delta, a).unwrap(), b);
    assert_eq!(delta.parties.len(), 1, "{delta:?}");
    let change = &delta.parties[0];
    let field = |field: &delta::FieldChange| {
        let part = [field.part.as_deref(), field.property.as_deref()];
        let part: Vec<&str> = part.into_iter().flatten().collect();
        format!("{}: {} -> {}", part.join(" "), field.before.join("|"), field.after.join("|"))
    };
    (change.kind, change.fields.iter().map(field).collect())
}

#[test]
fn one_address_that_went_is_one_address() {
    let before = company(&["A"], &["Port Street 1", "Hill Street 2", "Lake Street 3"]);
    let after = company(&["A"], &["Hill Street 2", "Lake Street 3"]);
    let expected = vec!["Address: Port Street 1 -> ".to_owned()];
    assert_eq!(told(&before, &after), (ChangeKind::Changed, expected));
}

#[test]
fn a_program_that_came_is_told_of_the_party_and_of_its_sanction() {
    let (before, after) = (company(&["A"], &[]), company(&["A", "B"], &[]));
    let expected = vec!["programId:  -> B".to_owned(), "Sanction program:  -> B".to_owned()];
    assert_eq!(told(&before, &after), (ChangeKind::Changed, expected));
}

#[test]
fn another_order_of_parts_and_values_is_no_change_for_people() {
    let before = company(&["A", "B"], &["Port Street 1", "Hill Street 2"]);
    let after = company(&["B", "A"], &["Hill Street 2", "Port Street 1"]);
    assert_eq!(told(&before, &after), (ChangeKind::Reordered, Vec::new()));
}

#[test]
fn another_schema_and_name_are_told_with_what_was() {
    let before = company(&["A"], &[]);
    let mut after = before.clone();
    after[0] = entity("own-1", "Organization", &[("name", "Example Holding"), ("programId", "A")]);
    let (kind, fields) = told(&before, &after);
    assert_eq!(kind, ChangeKind::Changed);
    assert_eq!(fields, ["schema: Company -> Organization", "name: Example Trading -> Example Holding"]);
    let delta = delta::delta(&before, &after).unwrap();
    assert_eq!(delta.parties[0].before.as_ref().unwrap().caption, "Example Trading");
}

#[test]
fn parts_belong_to_their_party_by_id_or_by_what_points_where() {
    let party = entity("NK-1", "Person", &[("name", "Aron Example"), ("addressEntity", "addr-7")]);
    let address = entity("addr-7", "Address", &[("full", "Port Street 1")]);
    let sanction = entity("NK-xyz", "Sanction", &[("entity", "NK-1"), ("authority", "Authority")]);
    let later = [address, party.clone(), sanction];
    let delta = delta::delta(std::slice::from_ref(&party), &later).unwrap();
    let parties: Vec<_> =
        delta.parties.iter().map(|change| (change.kind, change.party.id.as_str())).collect();
    assert_eq!(parties, [(ChangeKind::Changed, "NK-1")]);
    assert_eq!(delta.parties[0].entities.len(), 2);
}
