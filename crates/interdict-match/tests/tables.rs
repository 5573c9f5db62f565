//! Have the tables of words drifted away from the world? They are compared with public lists of legal forms and nicknames,
//! where those are at hand: in the folder that `INTERDICT_DATA` names, or in `../shared/data` beside the repository.
//! Without them the tests say so and check nothing. The shares are floors, not goals: who adds words raises them.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use interdict_match::names::{Bearer, PartKind, analyze};

#[path = "../src/names/variants.rs"]
mod variants;

/// The sixty largest economies by gross domestic product, roughly.
const LARGE: &str = "US CN DE JP IN GB FR IT CA BR RU KR AU ES MX ID TR NL SA CH PL TW BE SE IE AT TH IL AE SG NO AR PH VN \
                     MY BD DK IR HK CO ZA RO EG PK CL CZ FI PT PE KZ GR NZ IQ DZ HU QA UA KW MA SK";

/// The file of that name, or `None` when there is no real data here.
fn data(path: &str) -> Option<String> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let file = std::env::var_os("INTERDICT_DATA").map_or(beside, PathBuf::from).join(path);
    std::fs::read_to_string(file).ok()
}

const NO_DATA: &str = "skipped: real data not found (set INTERDICT_DATA)";

/// The fields of a CSV line in which a quotation mark stands only around fields.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut is_quoted = false;
    for char in line.chars() {
        match char {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => fields.push(String::new()),
            _ => fields.last_mut().unwrap().push(char),
        }
    }
    fields
}

/// Whether a name of a made-up word and an abbreviation has nothing beside the word but a legal form.
fn is_recognized(abbreviation: &str) -> bool {
    let is_legal = |name: &str| {
        let Ok(analysis) = analyze(name, Bearer::Organization) else { return false };
        let parts = &analysis.readings[0].parts;
        let is_form = |kind: PartKind| matches!(kind, PartKind::Legal | PartKind::Particle);
        parts.iter().filter(|part| !is_form(part.kind)).count() == 1
            && parts.iter().any(|part| part.kind == PartKind::Legal)
    };
    is_legal(&format!("Zentavo {abbreviation}")) || is_legal(&format!("{abbreviation} Zentavo"))
}

/// How two folded names belong together.
fn relation(a: &str, b: &str) -> Option<variants::Relation> {
    variants::variants(a).find(|(name, _)| *name == b).map(|(_, relation)| relation)
}

#[test]
fn abbreviations_of_legal_forms_are_recognized_in_all_jurisdictions() {
    let Some(text) = data("names/gleif_elf_codes.csv") else {
        eprintln!("{NO_DATA}");
        return;
    };
    let mut by_country: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in
        text.lines().skip(1).map(fields).filter(|fields| fields.get(12).is_some_and(|it| it == "ACTV"))
    {
        let abbreviations = [&line[9], &line[10]].into_iter().flat_map(|field| field.split(';'));
        let country = by_country.entry(line[2].clone()).or_default();
        country.extend(abbreviations.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()));
    }
    by_country.retain(|_, abbreviations| !abbreviations.is_empty());
    assert!(by_country.len() > 50);
    let mut shares: BTreeMap<&str, f64> = BTreeMap::new();
    for (country, abbreviations) in &by_country {
        let (known, missed): (Vec<&str>, Vec<&str>) =
            abbreviations.iter().map(String::as_str).partition(|it| is_recognized(it));
        let count = |some: &[&str]| f64::from(u32::try_from(some.len()).unwrap());
        shares.insert(country, count(&known) / count(&[known.clone(), missed.clone()].concat()));
        println!("{country} {:.2} missed: {}", shares[country.as_str()], missed.join("; "));
    }
    let mean = |some: &dyn Fn(&str) -> bool| {
        let some: Vec<f64> = shares.iter().filter(|(it, _)| some(it)).map(|(_, share)| *share).collect();
        some.iter().sum::<f64>() / f64::from(u32::try_from(some.len()).unwrap())
    };
    let all = mean(&|_| true);
    let large = mean(&|country| LARGE.split(' ').any(|it| it == country));
    println!("legal forms: {all:.3} of all jurisdictions, {large:.3} of the large ones");
    assert!(all >= 0.85, "{all:.3} of the abbreviations are recognized, each jurisdiction counted once");
    assert!(large >= 0.82, "{large:.3} of the abbreviations of large economies are recognized");
}

#[test]
fn common_words_are_no_legal_forms() {
    for word in
        ["Star", "Casa", "Mina", "Alfa", "Nova", "Delta", "Korea", "Bank", "Hassan", "Kim", "Ivan", "Maria"]
    {
        assert!(!is_recognized(word), "{word}");
    }
}

#[test]
fn nicknames_are_known() {
    let Some(text) = data("names/nicknames.csv") else {
        eprintln!("{NO_DATA}");
        return;
    };
    let pairs: Vec<(&str, &str)> = text
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut fields = line.split(',');
            Some((fields.next()?, fields.nth(1)?))
        })
        .collect();
    assert!(pairs.len() > 1_000);
    let known = pairs.iter().filter(|(a, b)| relation(a, b).is_some()).count();
    let share = f64::from(u32::try_from(known).unwrap()) / f64::from(u32::try_from(pairs.len()).unwrap());
    println!("nicknames: {share:.3}");
    assert!(share >= 0.50, "{share:.3} of the nicknames are known");
}

#[test]
fn variants_are_symmetric_and_told_apart() {
    use variants::{Relation, gendered};
    for (a, b, expected) in [
        ("bill", "william", Some(Relation::Nickname)),
        ("bob", "robert", Some(Relation::Nickname)),
        ("sasha", "aleksandr", Some(Relation::Nickname)),
        ("zhenya", "yevgeny", Some(Relation::Nickname)),
        ("yevgeniy", "eugene", Some(Relation::Form)),
        ("oleksandr", "alexander", Some(Relation::Form)),
        ("muhammad", "mehmet", Some(Relation::Form)),
        ("yusuf", "joseph", Some(Relation::Form)),
        ("ibrahim", "avraham", Some(Relation::Form)),
        ("john", "giovanni", Some(Relation::Form)),
        ("bill", "robert", None),
        ("albert", "alvin", None),
        ("hasan", "husayn", None),
        ("john", "john", None),
        ("nobody", "john", None),
    ] {
        assert_eq!((relation(a, b), relation(b, a)), (expected, expected), "{a} {b}");
        assert_eq!(variants::variants(a).any(|(name, _)| name == b), expected.is_some(), "{a} {b}");
    }
    for (a, b, expected) in [
        ("ivanov", "ivanova", true),
        ("medvedev", "medvedeva", true),
        ("putin", "putina", true),
        ("dostoevskaya", "dostoevsky", true),
        ("zelenskaia", "zelenskiy", true),
        ("kowalski", "kowalska", true),
        ("ivanov", "petrova", false),
        ("ivanov", "ivanov", false),
        ("min", "mina", false),
        ("ivanova", "ivanovna", false),
    ] {
        assert_eq!((gendered(a, b), gendered(b, a)), (expected, expected), "{a} {b}");
    }
}
