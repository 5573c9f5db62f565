//! Screening only the customers that a change of the lists can touch gives what screening all of them again gives: on official
//! lists, with customers that are like listed parties and customers that are not. Without the real data the test says so and
//! passes.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot be set up must fail, or say that it is skipped"
)]

use std::path::PathBuf;

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::limits;
use interdict_core::list::ListVersion;
use interdict_core::score::{Points, Score, Threshold};
use interdict_core::subject::Subject;
use interdict_evaluate::generate::{Plan, generate};
use interdict_lists::{SourceFile, detect, read};
use interdict_match::index::{Index, ListInput, build};
use interdict_match::rescreen::{Change, Customers, MARGIN};
use interdict_match::{Settings, screen};

fn parties(file: &str) -> Option<Vec<Entity>> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let path = std::env::var_os("INTERDICT_DATA").map_or(beside, PathBuf::from).join(file);
    if !path.is_file() {
        println!("skipped: real data not found (set INTERDICT_DATA)");
        return None;
    }
    let bytes = std::fs::read(&path).unwrap();
    let files = [SourceFile { name: "SDN.CSV", bytes: &bytes }];
    Some(read(detect(&files).unwrap(), &"ofac".parse().unwrap(), &files, None).unwrap().value.entities)
}

fn version(id: &str, entities: usize) -> ListVersion {
    let digest = Digest::of(&entities.to_le_bytes());
    ListVersion {
        id: id.parse().unwrap(),
        version: "1".into(),
        published: None,
        entities: entities as u64,
        digest,
    }
}

fn index(entities: &[Entity]) -> Index {
    let version = version("ofac", entities.len());
    Index::from_bytes(build(&[ListInput { version: &version, entities }], 1).unwrap()).unwrap()
}

const THRESHOLD: Points = Points(7_000);

type Answer = Vec<(String, Score)>;

/// The hits at a threshold.
fn answer(index: &Index, subject: &Subject, threshold: Points) -> Answer {
    let threshold = Threshold::from_points(threshold);
    let settings = Settings { threshold, hits_max: limits::HITS_MAX, lists: Vec::new() };
    screen(index, subject, &settings).hits.iter().map(|hit| (hit.entity.id().to_owned(), hit.score)).collect()
}

/// Manipulated names of the parties, with their dates and countries; and one hard negative for every ten.
fn customers(index: &Index, per_class: usize) -> Vec<Subject> {
    let plan = Plan { per_class, hard_negatives: per_class * 10, ..Plan::default() };
    generate(index, &plan).into_iter().map(|case| case.subject).collect()
}

/// How many customers are screened again, and how many should have been and were not.
fn compare(old: &[Entity], new: &[Entity], customers: &[Subject]) -> (usize, usize) {
    let (old, new) = (index(old), index(new));
    let change = Change::between(&old, &new);
    let numbered: Vec<(u32, &Subject)> = (0..).zip(customers).collect();
    let bytes = Customers::build(&version("customers", customers.len()), &numbered, &old).unwrap();
    let looked_up = Customers::from_bytes(bytes).unwrap();
    let like_changed = looked_up.like_changed(&change, (&old, &new), Threshold::from_points(THRESHOLD));
    let shifted = looked_up.with_shifted_parts(&change, numbered.iter().map(|(number, _)| *number));
    let (mut n_again, mut n_missed, mut n_changed) = (0, 0, 0);
    for (number, subject) in &numbered {
        let near = answer(&old, subject, THRESHOLD - MARGIN);
        let is_touched = near.iter().any(|(id, _)| change.touches(id));
        let is_near = !near.is_empty();
        let again = like_changed.contains(number) || is_touched || is_near && shifted.contains(number);
        let (before, after) = (answer(&old, subject, THRESHOLD), answer(&new, subject, THRESHOLD));
        n_again += usize::from(again);
        n_changed += usize::from(before != after);
        if before != after && !again {
            println!("missed {:?}: {before:?} then {after:?}", subject.names);
            n_missed += 1;
        }
    }
    println!(
        "{} parties changed, {} moved, {} shifted; {n_again} of {} customers screened again, {n_changed} answers changed, \
         {n_missed} missed",
        change.parties.len(),
        change.moved.len(),
        change.shifted.len(),
        customers.len()
    );
    (n_again, n_missed)
}

#[test]
fn after_a_change_of_the_lists_only_the_touched_customers_are_screened_again() {
    let (Some(old), Some(new)) =
        (parties("ofac/history/sdn_2022-03-24.csv"), parties("ofac/history/sdn_2022-05-06.csv"))
    else {
        return;
    };
    let customers = [customers(&index(&old), 3), customers(&index(&new), 3)].concat();
    let (_, missed) = compare(&old, &new, &customers);
    assert_eq!(missed, 0);
    let fifty = &new[..new.len() - 150];
    let (again, missed) = compare(fifty, &new, &customers);
    assert_eq!(missed, 0);
    assert!(again < customers.len() / 2, "{again}");
}

/// Customers who are all like one of the parties that changed, in every way that names are manipulated: here a party that is looked up
/// among customers in vain is a hit that is missed.
#[test]
fn customers_like_the_parties_that_changed_are_found() {
    let Some(new) = parties("ofac/history/sdn_2022-05-06.csv") else { return };
    let (old, added) = new.split_at(new.len() - 150);
    let customers = customers(&index(added), 12);
    let (again, missed) = compare(old, &new, &customers);
    assert_eq!(missed, 0);
    assert!(again > customers.len() / 2, "{again}");
}

fn person(id: &str, name: &str) -> Entity {
    let mut entity = Entity::new(id, interdict_core::model::schema("Person").unwrap());
    entity.add("name", name).unwrap();
    entity
}

/// Four thousand persons with names that many have.
fn many() -> Vec<Entity> {
    let given = ["Muhammad", "Ahmad", "Ali", "Hassan", "Omar", "Ibrahim", "Yusuf", "Khalid"];
    let family = ["Saleh", "Nasser", "Haddad", "Mansour", "Aziz", "Karim", "Rahman", "Jaber", "Qasim"];
    let name = |n: usize| {
        let last = format!("Ibn{}", "abcdefghij".repeat(1 + n % 3));
        [given[n % 8], given[n / 8 % 8], family[n / 64 % 9], &last].join(" ")
    };
    (0..4_000).map(|n| person(&format!("ofac-{n}"), &name(n))).collect()
}

/// Only a customer's words are taken for the start of a listed word, with a dot or at the end of a long name.
#[test]
fn customers_who_have_the_start_of_a_listed_word_are_found() {
    let old = many();
    let new = [old.clone(), vec![person("ofac-x1", "Gunnar Abelstroemsund")]].concat();
    let names =
        ["Gunnar Abelstroem", "Gunnar Abelst.", "Gunnar Abe.", "Abelstroemsu", "Omar Karim", "Nobody Else"];
    let customers: Vec<Subject> = names.into_iter().map(Subject::named).collect();
    let (again, missed) = compare(&old, &new, &customers);
    assert!((2..=4).contains(&again), "{again}");
    assert_eq!(missed, 0);
}

/// Another birth date takes away so much that no name reaches the threshold.
#[test]
fn customers_who_were_born_on_another_day_are_not_screened_again() {
    let old = many();
    let mut listed = person("ofac-x1", "Gunnar Abelstroemsund");
    listed.add("birthDate", "1960-01-02").unwrap();
    let new = [old.clone(), vec![listed]].concat();
    let born = |date: &str| Subject {
        birth_dates: vec![date.parse().unwrap()],
        ..Subject::named("Gunnar Abelstroemsund")
    };
    let same = ["1960-01-02", "1960", "1960-02-01", "1961-01-02"].map(born);
    let other = ["1971-07-08", "1960-11-23", "1984"].map(born);
    assert_eq!(compare(&old, &new, &same), (4, 0));
    assert_eq!(compare(&old, &new, &other), (0, 0));
    let two = Subject {
        birth_dates: vec!["1971-07-08".parse().unwrap(), "1960-01-02".parse().unwrap()],
        ..Subject::named("Gunnar Abelstroemsund")
    };
    assert_eq!(compare(&old, &new, &[two]), (1, 0));
}

/// A person of whom a customer has the two rare names of six; a company that shares one rare word; a party without a name.
#[test]
fn customers_who_share_the_rare_parts_of_a_long_name_are_found() {
    let old = many();
    let mut new = old.clone();
    new.push(person("ofac-x1", "Muhammad Ahmad Ali Hassan Tzerkowski Qualbrigan"));
    let mut nameless = Entity::new("ofac-x2", interdict_core::model::schema("Person").unwrap());
    nameless.add("passportNumber", "P7654321").unwrap();
    new.push(nameless);
    let passport = Subject { identifiers: vec!["P7654321".into()], ..Subject::named("Somebody Else") };
    let names =
        ["Tzerkowski Qualbrigan", "Qualbrigan Tzerkowsky", "Ali Tzerkowski", "Hassan Qualbrigan", "Nobody"];
    let customers: Vec<Subject> = names.into_iter().map(Subject::named).chain([passport]).collect();
    let (again, missed) = compare(&old, &new, &customers);
    assert!((3..=5).contains(&again), "{again}");
    assert_eq!(missed, 0);
}
