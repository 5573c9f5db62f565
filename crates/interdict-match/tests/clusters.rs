//! Which parties of several lists are one: links and their reasons, what forbids them, clusters, decisions. The lists are written
//! here, with invented people, companies and ships.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

use std::collections::BTreeMap;

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::list::ListVersion;
use interdict_core::model;
use interdict_match::clusters::{Action, Clusters, Decision, Decisions, Link, Verdict, between, links};
use interdict_match::index::{Index, ListInput, build};

/// A party: its id, of which the first word is its list, its schema and its properties.
fn entity(id: &str, schema: &str, properties: &[(&str, &str)]) -> Entity {
    let mut entity = Entity::new(id, model::schema(schema).unwrap());
    for (property, value) in properties {
        entity.add(property, *value).unwrap();
    }
    entity
}

fn person(id: &str, name: &str, born: &str) -> Entity {
    let born: &[(&str, &str)] = if born.is_empty() { &[] } else { &[("birthDate", born)] };
    entity(id, "Person", &[&[("name", name)], born].concat())
}

fn index(parties: Vec<Entity>) -> Index {
    let mut lists: BTreeMap<String, Vec<Entity>> = BTreeMap::new();
    for party in parties {
        let list = party.id.split('-').next().unwrap().to_owned();
        lists.entry(list).or_default().push(party);
    }
    let versions: Vec<(ListVersion, Vec<Entity>)> = lists
        .into_iter()
        .map(|(list, entities)| {
            let version = ListVersion {
                id: list.parse().unwrap(),
                version: "1".to_owned(),
                published: None,
                entities: entities.len() as u64,
                digest: Digest::of(list.as_bytes()),
            };
            (version, entities)
        })
        .collect();
    let inputs: Vec<ListInput<'_>> =
        versions.iter().map(|(version, entities)| ListInput { version, entities }).collect();
    Index::from_bytes(build(&inputs, 1).unwrap()).unwrap()
}

/// What is said of two parties: the verdict and the rules that speak for it.
fn said(parties: Vec<Entity>) -> Option<(Verdict, Vec<String>)> {
    let index = index(parties);
    let links = links(&index);
    assert!(links.len() <= 1, "{links:?}");
    links.first().map(|link| (link.verdict, rules(link)))
}

fn rules(link: &Link) -> Vec<String> {
    link.reasons
        .iter()
        .map(|reason| serde_json::to_value(reason.rule).unwrap().as_str().unwrap().to_owned())
        .collect()
}

fn verdict(parties: Vec<Entity>) -> Option<Verdict> {
    said(parties).map(|(verdict, _)| verdict)
}

/// The clusters as ids.
fn clusters(index: &Index, decisions: &[(Action, &str, &str)]) -> (Vec<Vec<String>>, Clusters) {
    let decision = |(action, a, b): &(Action, &str, &str)| Decision {
        at: "2026-01-01T00:00:00Z".to_owned(),
        by: "test".to_owned(),
        action: *action,
        a: (*a).to_owned(),
        b: (*b).to_owned(),
        reason: "test".to_owned(),
    };
    let clusters = Clusters::new(index, &links(index), &Decisions::of(decisions.iter().map(decision)));
    let ids = |group: &Vec<u32>| group.iter().map(|&party| index.entity(party).id().to_owned()).collect();
    (clusters.groups().iter().map(ids).collect(), clusters)
}

const NAME: &str = "Orlan Vestrikov";

#[test]
fn names_and_dates_make_one_of_two() {
    let two = |ours: &str, theirs: &str| {
        verdict(vec![person("a-1", NAME, ours), person("b-1", "VESTRIKOV, Orlan", theirs)])
    };
    assert_eq!(two("1965-04-25", "1965-04-25"), Some(Verdict::Same));
    assert_eq!(two("1965", "1965-04-25"), Some(Verdict::Same));
    assert_eq!(two("", "1965-04-25"), Some(Verdict::Same), "a rare name in full");
    assert_eq!(two("1965-04-25", "1965-04-26"), Some(Verdict::Possible), "a slip");
    assert_eq!(two("1965-04-25", "1948-11-02"), None, "two people");
    assert_eq!(two("1965-04-25", "1961"), Some(Verdict::Possible), "a year that was estimated");
    assert_eq!(two("1965-04-25", "1961-04-26"), None, "two days");
    assert_eq!(two("1965-04-25", "1958"), None, "two far years");
    let (_, rules) =
        said(vec![person("a-1", NAME, "1965-04-25"), person("b-1", NAME, "1965-04-25")]).unwrap();
    assert_eq!(rules, ["name", "same_day"]);
}

#[test]
fn other_names_and_one_list_make_nothing() {
    assert_eq!(
        verdict(vec![person("a-1", NAME, "1965-04-25"), person("b-1", "Timo Baasrup", "1965-04-25")]),
        None
    );
    assert_eq!(verdict(vec![person("a-1", NAME, "1965-04-25"), person("a-2", NAME, "1965-04-25")]), None);
}

#[test]
fn a_weak_alias_is_only_possible() {
    let alias = entity(
        "b-1",
        "Person",
        &[("name", "Timo Baasrup"), ("weakAlias", NAME), ("birthDate", "1965-04-25")],
    );
    assert_eq!(
        verdict(vec![person("a-1", NAME, "1965-04-25"), alias, person("b-2", "Anneke Dorval", "")]),
        Some(Verdict::Possible)
    );
}

#[test]
fn two_namesakes_are_rivals_until_a_date_tells() {
    let index =
        index(vec![person("a-1", NAME, "1965-04-25"), person("b-1", NAME, ""), person("b-2", NAME, "")]);
    assert!(links(&index).iter().all(|link| link.verdict == Verdict::Possible));
    let told = self::index(vec![
        person("a-1", NAME, "1965-04-25"),
        person("b-1", NAME, "1965-04-25"),
        person("b-2", NAME, ""),
    ]);
    assert_eq!(clusters(&told, &[]).0, [["a-1", "b-1"]]);
}

#[test]
fn conflicts_forbid() {
    let with = |id: &str, schema: &str, more: &[(&str, &str)]| {
        entity(id, schema, &[&[("name", NAME)], more].concat())
    };
    let two = |a: Entity, b: Entity| verdict(vec![a, b]);
    let same = |a: Entity, b: Entity| assert_eq!(two(a, b), Some(Verdict::Same));
    same(with("a-1", "Person", &[("gender", "male")]), with("b-1", "LegalEntity", &[]));
    assert_eq!(
        two(with("a-1", "Person", &[("gender", "male")]), with("b-1", "Person", &[("gender", "female")])),
        None
    );
    assert_eq!(two(with("a-1", "Person", &[]), with("b-1", "Company", &[])), None);
    assert_eq!(two(with("a-1", "Company", &[]), with("b-1", "Vessel", &[])), None);
    // Two companies with two numbers of the kind of which everybody has one.
    let company = |id: &str, inn: &str| with(id, "Company", &[("innCode", inn)]);
    assert_eq!(two(company("a-1", "7707083893"), company("b-1", "7728168971")), None);
    same(company("a-1", "7707083893"), company("b-1", "7707083893"));
    // With a wrong check digit a number contradicts nothing.
    same(company("a-1", "7707083893"), company("b-1", "7728168972"));
}

#[test]
fn ships_are_one_by_their_number_and_never_by_name() {
    let ship = |id: &str, name: &str, imo: &str| {
        let imo: &[(&str, &str)] = if imo.is_empty() { &[] } else { &[("imoNumber", imo)] };
        entity(id, "Vessel", &[&[("name", name)], imo].concat())
    };
    let two = |a, b| verdict(vec![a, b]);
    assert_eq!(
        two(ship("a-1", "Vestrikov Star", "7406784"), ship("b-1", "Golden Heron", "IMO 7406784")),
        Some(Verdict::Same)
    );
    assert_eq!(two(ship("a-1", "Vestrikov Star", "7406784"), ship("b-1", "Vestrikov Star", "9074729")), None);
    assert_eq!(
        two(ship("a-1", "Vestrikov Star", ""), ship("b-1", "Vestrikov Star", "")),
        Some(Verdict::Possible)
    );
}

#[test]
fn passports_count_with_their_country_and_with_a_name() {
    let holder = |id: &str, name: &str| person(id, name, "");
    let passport = |id: &str, holder: &str, country: &str| {
        entity(id, "Passport", &[("holder", holder), ("number", "C 4410 7789"), ("country", country)])
    };
    let two = |theirs: &str, country: &str| {
        verdict(vec![
            holder("a-1", "Orlan Gregor Vestrikov"),
            passport("a-1-passport-1", "a-1", "ru"),
            holder("b-1", theirs),
            passport("b-1-passport-1", "b-1", country),
        ])
    };
    assert_eq!(two("Orlan Vestrykov", "ru"), Some(Verdict::Same));
    assert_eq!(two("Timo Baasrup", "ru"), Some(Verdict::Possible), "a number without a name");
    assert_eq!(two("Timo Baasrup", "ir"), None, "two countries issued it");
}

#[test]
fn a_number_of_many_is_of_nobody() {
    let with = |id: &str, name: &str| entity(id, "Person", &[("name", name), ("idNumber", "44107789")]);
    let parties = ["Timo Baasrup", "Anneke Dorval", "Hugo Immerling"];
    let many = parties.iter().enumerate().map(|(idx, name)| with(&format!("b-{idx}"), name));
    assert_eq!(verdict(many.chain([with("a-1", NAME)]).collect()), None);
}

#[test]
fn one_list_is_one_only_by_its_own_numbers() {
    let with = |id: &str, name: &str| entity(id, "Person", &[("name", name), ("idNumber", "44107789")]);
    assert_eq!(verdict(vec![with("a-1", NAME), with("a-2", NAME)]), Some(Verdict::Same));
    assert_eq!(verdict(vec![with("a-1", NAME), with("a-2", "Timo Baasrup")]), Some(Verdict::Possible));
}

#[test]
fn reference_numbers_join_and_mentions_need_the_name() {
    let un = |name: &str| {
        let sanction = entity("un-1-sanction-1", "Sanction", &[("entity", "un-1"), ("unscId", "QDi.937")]);
        vec![person("un-1", name, ""), sanction]
    };
    let uk = |notes: &str| entity("uk-1", "Person", &[("name", "Orlan Vestrykov"), ("notes", notes)]);
    let two = |name: &str, notes: &str| said(un(name).into_iter().chain([uk(notes)]).collect());
    let (verdict, rules) = two("Orlan Gregor Vestrikov", "(UN Ref):QDi.937").unwrap();
    assert_eq!((verdict, rules[0].as_str()), (Verdict::Same, "reference_number"));
    assert_eq!(two("Timo Baasrup", "(UN Ref):QDi.937").unwrap().0, Verdict::Possible, "the names say no");
    assert_eq!(two("Timo Baasrup", "Driver of Timo Baasrup (QDi.937)"), None);
    let (verdict, rules) = two("Orlan Vestrikov", "Listed by the UN as QDi.937").unwrap();
    assert_eq!((verdict, rules.contains(&"mention".to_owned())), (Verdict::Same, true));
}

#[test]
fn a_reference_of_many_is_of_nobody() {
    let with = |id: &str, name: &str| {
        let sanction = entity(&format!("{id}-s"), "Sanction", &[("entity", id), ("unscId", "UNSCR 1718")]);
        vec![person(id, name, ""), sanction]
    };
    let many = ["Timo Baasrup", "Anneke Dorval", "Hugo Immerling"];
    let many = many.iter().enumerate().flat_map(|(idx, name)| with(&format!("b-{idx}"), name));
    assert_eq!(verdict(many.chain(with("a-1", "Timo Baas")).collect()), None);
}

#[test]
fn a_reference_against_a_conflict_is_for_review() {
    let mut korean = person("kr-1", NAME, "1965-04-25");
    korean.referents.push("a-1".to_owned());
    assert_eq!(verdict(vec![person("a-1", NAME, "1965-04-25"), korean.clone()]), Some(Verdict::Same));
    let index = index(vec![person("a-1", NAME, "1948-11-02"), korean]);
    let links = links(&index);
    assert_eq!((links[0].verdict, links[0].against.len()), (Verdict::Possible, 1));
    assert_eq!(clusters(&index, &[]).0, [[""; 0]; 0]);
}

#[test]
fn ids_of_other_lists_are_found_under_the_name_of_the_list() {
    let mut party = person("x-1", NAME, "");
    party.referents.extend(["unsc-5".to_owned(), "gb-hmt-7".to_owned()]);
    let index =
        index(vec![party, person("un-5", "Timo Baasrup", ""), person("uk-gb-hmt-7", "Anneke Dorval", "")]);
    assert_eq!(links(&index).iter().filter(|link| link.verdict == Verdict::Same).count(), 2);
}

/// A party of list b that two of list a are like: by its number the one, by its name the other.
fn chain() -> Index {
    let with = |id: &str, name: &str, number: &str| {
        entity(id, "Person", &[("name", name), ("birthDate", "1965"), ("idNumber", number)])
    };
    index(vec![
        with("a-1", NAME, "44107789"),
        with("b-1", "Orlan Vestrikow", "44107789"),
        with("a-2", "Orlan Vestrikow", "99123456"),
    ])
}

#[test]
fn no_chain_joins_two_parties_of_one_list() {
    let (ids, clusters) = clusters(&chain(), &[]);
    assert!(ids.iter().all(|group| group.iter().filter(|id| id.starts_with("a-")).count() <= 1), "{ids:?}");
    assert!(ids.iter().any(|group| group.contains(&"a-1".to_owned())), "the number is stronger: {ids:?}");
    assert!(
        !clusters.refused.is_empty() || links(&chain()).iter().any(|link| link.verdict == Verdict::Possible)
    );
}

#[test]
fn no_chain_joins_what_conflicts() {
    // The middle has no date, the ends have two.
    let index = index(vec![
        entity("a-1", "Person", &[("name", NAME), ("birthDate", "1965-04-25"), ("idNumber", "44107789")]),
        entity("b-1", "Person", &[("name", NAME), ("idNumber", "44107789"), ("innCode", "500100732259")]),
        entity("c-1", "Person", &[("name", NAME), ("birthDate", "1948-11-02"), ("innCode", "500100732259")]),
    ]);
    let (ids, clusters) = clusters(&index, &[]);
    assert_eq!(ids.len(), 1);
    assert_eq!(ids[0].len(), 2);
    let refusal = &clusters.refused[0];
    assert_eq!(refusal.apart, (0, 2));
    assert_eq!(refusal.because.rule.words(), "two birth dates");
}

#[test]
fn decisions_override_and_are_taken_back() {
    let index = index(vec![
        person("a-1", NAME, "1965"),
        person("b-1", NAME, "1965"),
        person("c-1", "Timo Baasrup", "1965"),
    ]);
    let none: [[&str; 0]; 0] = [];
    assert_eq!(clusters(&index, &[]).0, [["a-1", "b-1"]]);
    assert_eq!(clusters(&index, &[(Action::Different, "b-1", "a-1")]).0, none);
    assert_eq!(clusters(&index, &[(Action::Same, "a-1", "c-1")]).0, [["a-1", "b-1", "c-1"]]);
    let undone = [(Action::Different, "a-1", "b-1"), (Action::Undo, "b-1", "a-1")];
    assert_eq!(clusters(&index, &undone).0, [["a-1", "b-1"]]);
    // The last word counts.
    let twice = [(Action::Same, "a-1", "c-1"), (Action::Different, "a-1", "c-1")];
    assert_eq!(clusters(&index, &twice).0, [["a-1", "b-1"]]);
    // What the one is linked to comes with it, though its date contradicts the other's.
    let overruled = self::index(vec![
        person("a-1", NAME, "1965-04-25"),
        person("b-1", NAME, "1965-04-25"),
        person("a-2", "Timo Baasrup", "1948-11-02"),
    ]);
    assert_eq!(clusters(&overruled, &[(Action::Same, "a-1", "a-2")]).0, [["a-1", "a-2", "b-1"]]);
    // Somebody may say so against a conflict.
    let conflicting = self::index(vec![person("a-1", NAME, "1965-04-25"), person("b-1", NAME, "1948-11-02")]);
    assert_eq!(clusters(&conflicting, &[(Action::Same, "a-1", "b-1")]).0, [["a-1", "b-1"]]);
}

#[test]
fn decisions_that_contradict_or_miss_their_party_are_told() {
    let index = index(vec![
        person("a-1", NAME, "1965"),
        person("b-1", "Anneke Dorval", ""),
        person("c-1", "Timo Baasrup", ""),
    ]);
    let (ids, told) = clusters(
        &index,
        &[(Action::Same, "a-1", "b-1"), (Action::Same, "b-1", "c-1"), (Action::Different, "a-1", "c-1")],
    );
    assert_eq!(ids, [["a-1", "b-1"]]);
    assert_eq!(told.contradicted.len(), 1);
    let (_, told) = clusters(&index, &[(Action::Same, "a-1", "z-9")]);
    assert_eq!((told.absent.len(), told.absent[0].b.as_str()), (1, "z-9"));
}

#[test]
fn any_number_of_threads_gives_the_same_links() {
    let names = [
        "Orlan Vestrikov",
        "Timo Baasrup",
        "Anneke Dorval",
        "Hugo Immerling",
        "Vestrikov Orlan",
        "Anneke Dorwal",
    ];
    let party = |number: usize| {
        let list = ["a", "b", "c"][number % 3];
        person(
            &format!("{list}-{number}"),
            names[number % names.len()],
            ["", "1965", "1965-04-25"][number % 4 % 3],
        )
    };
    let index = index((0..60).map(party).collect());
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        serde_json::to_string(&pool.install(|| links(&index))).unwrap()
    };
    let one = with(1);
    assert!(one.len() > 1_000);
    assert_eq!(one, with(3));
    assert_eq!(one, with(8));
}

#[test]
fn a_pair_can_be_judged_alone() {
    let index = index(vec![
        person("a-1", NAME, "1965-04-25"),
        person("b-1", NAME, "1965-04-25"),
        person("b-2", "Timo Baasrup", ""),
    ]);
    assert_eq!(between(&index, 1, 0).unwrap().verdict, Verdict::Same);
    assert_eq!(between(&index, 0, 2), None);
}
