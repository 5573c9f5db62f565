//! How near do the readings of names in other scripts come to the Latin forms of the same names? Measured on official lists and
//! on pairs of names, where they are at hand: in the folder that `INTERDICT_DATA` names, or in `../shared/data` beside the
//! repository. Without them this test says so and checks nothing.
//!
//! The measure is of this test alone: a part of a reading is as near to a Latin form as to its nearest part, by edits;
//! vowels do not count where the script does not write them, and equal consonants are as good as equal letters. A name is met
//! when a reading is at least 0.7 near.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the shares are there to be read")]

use std::path::{Path, PathBuf};

use interdict_match::names::{Bearer, Reading, analyze};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

/// From this nearness on a name counts as met.
const NEAR: f64 = 0.7;
/// Of the name pairs one in so many is looked at.
const ONE_IN: usize = 4;

fn data() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let data = std::env::var_os("INTERDICT_DATA").map_or(beside, PathBuf::from);
    if data.join("labelled/eu_cross_script.jsonl").is_file() {
        return Some(data);
    }
    eprintln!("skipped: real data not found (set INTERDICT_DATA)");
    None
}

fn readings(name: &str) -> Vec<Reading> {
    analyze(name, Bearer::Unknown).map(|analysis| analysis.readings).unwrap_or_default()
}

/// The texts of a reading's parts, and of two and three neighbors together.
fn texts(reading: &Reading, without_vowels: bool) -> Vec<String> {
    let bare = |text: &str| -> String {
        let keep = |char: &char| !(without_vowels && matches!(char, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w'));
        text.chars().filter(keep).collect()
    };
    let parts: Vec<String> = reading.parts.iter().map(|part| bare(&part.text)).collect();
    let joined = (1..=4).flat_map(|n| parts.windows(n).map(<[String]>::concat));
    joined.filter(|text| !text.is_empty()).collect()
}

/// How near a reading is to a Latin form: the mean over its parts, by their length.
fn nearness(reading: &Reading, latin: &[String], without_vowels: bool) -> f64 {
    let parts: Vec<String> = texts(reading, without_vowels).into_iter().take(reading.parts.len()).collect();
    let whole = parts.concat();
    let all: usize = parts.iter().map(String::len).sum();
    let best = |part: &str| latin.iter().map(|text| likeness(part, text)).fold(0.0, f64::max);
    let sum: f64 = parts.iter().map(|part| best(part) * count(part.len())).sum();
    let same_sounds = latin.iter().any(|text| skeleton(text) == skeleton(&whole) && skeleton(text).len() > 2);
    match all {
        0 => 0.0,
        _ if same_sounds => 1.0,
        _ => (sum / count(all)).max(best(&whole)),
    }
}

/// The consonants of a text, those that scripts confuse as one.
fn skeleton(text: &str) -> String {
    let pairs = [
        ("kh", "k"),
        ("gh", "k"),
        ("ph", "p"),
        ("th", "t"),
        ("dh", "t"),
        ("sh", "s"),
        ("zh", "s"),
        ("ch", "s"),
        ("ts", "s"),
        ("tz", "s"),
        ("x", "ks"),
        ("ck", "k"),
    ];
    let text = pairs.iter().fold(text.to_owned(), |text, (pair, sound)| text.replace(pair, sound));
    let mut skeleton = String::new();
    for char in text.chars() {
        let sound = match char {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | 'h' => continue,
            'b' | 'f' | 'v' => 'p',
            'c' | 'g' | 'q' => 'k',
            'd' => 't',
            'z' | 'j' => 's',
            'l' => 'r',
            other => other,
        };
        if !skeleton.ends_with(sound) {
            skeleton.push(sound);
        }
    }
    skeleton
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap())
}

/// One less the edits over the mean length.
fn likeness(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let replaced = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(corner + 1);
        }
    }
    (1.0 - 2.0 * count(row[b.len()]) / count(a.len() + b.len())).max(0.0)
}

/// How near the nearest reading of a name comes to one of the Latin forms.
fn nearest(native: &str, latin: &[String]) -> f64 {
    let latin: Vec<Reading> = latin.iter().filter_map(|name| readings(name).into_iter().next()).collect();
    let is_latin = |reading: &Reading| reading.parts.iter().all(|part| part.text.is_ascii());
    readings(native)
        .iter()
        .filter(|reading| is_latin(reading))
        .flat_map(|reading| latin.iter().map(move |form| (reading, form)))
        .map(|(reading, form)| {
            let bare = reading.via.lacks_vowels();
            nearness(reading, &texts(form, bare), bare)
        })
        .fold(0.0, f64::max)
}

/// The share of pairs that are met must reach the floor.
fn share_met(what: &str, pairs: &[(String, Vec<String>)], floor: f64) {
    let mut near: Vec<(f64, &(String, Vec<String>))> =
        pairs.par_iter().map(|pair| (nearest(&pair.0, &pair.1), pair)).collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0));
    let n_far = near.iter().filter(|(near, _)| *near < NEAR).count();
    let share = 1.0 - count(n_far) / count(pairs.len());
    println!("{what}: {share:.4} of {} names", pairs.len());
    let farthest: Vec<&str> = near.iter().take(10).map(|(_, (native, _))| native.as_str()).collect();
    assert!(share >= floor, "{what}: {share:.4} is less than {floor}; farthest: {farthest:?}");
}

#[test]
fn official_forms_of_one_target() {
    let Some(data) = data() else { return };
    let text = std::fs::read_to_string(data.join("labelled/eu_cross_script.jsonl")).unwrap();
    let targets: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let forms = |target: &serde_json::Value, field: &str| -> Vec<String> {
        let values = target[field].as_array();
        values.into_iter().flatten().filter_map(|value| value.as_str()).map(str::to_owned).collect()
    };
    for (script, floor) in [("cyrillic", 0.92), ("arabic", 0.93), ("greek", 0.66)] {
        let pairs: Vec<(String, Vec<String>)> = targets
            .iter()
            .flat_map(|target| {
                let latin = forms(target, "latin");
                forms(target, script).into_iter().map(move |native| (native, latin.clone()))
            })
            .collect();
        share_met(script, &pairs, floor);
    }
}

#[test]
fn korean_designations() {
    let Some(data) = data() else { return };
    let text = std::fs::read_to_string(data.join("kr/kr_mofa_dprk.jsonl")).unwrap();
    let pair = |line: &str| -> Option<(String, Vec<String>)> {
        let party: serde_json::Value = serde_json::from_str(line).unwrap();
        let latin = party["latin"].as_str().filter(|latin| !latin.is_empty())?;
        Some((party["hangul"].as_str()?.to_owned(), vec![latin.to_owned()]))
    };
    share_met("hangul", &text.lines().filter_map(pair).collect::<Vec<_>>(), 0.94);
}

#[test]
fn pairs_of_names() {
    let Some(data) = data() else { return };
    for (language, floor) in [
        ("arabic", 0.78),
        ("chinese", 0.38),
        ("hebrew", 0.75),
        ("japanese", 0.71),
        ("korean", 0.65),
        ("russian", 0.84),
    ] {
        let path = data.join(format!("names/transliteration/{language}_dev.tsv"));
        share_met(language, &pairs(&path), floor);
    }
}

/// Pairs of the same name, as far as two sources have them: many others are of different names of one person.
fn pairs(path: &Path) -> Vec<(String, Vec<String>)> {
    let text = std::fs::read_to_string(path).unwrap();
    let row = |line: &str| -> Option<(String, Vec<String>)> {
        let mut fields = line.split('\t');
        let (latin, native, n) = (fields.next()?, fields.next()?, fields.next()?);
        let seen_twice = n.parse::<u32>().ok()? >= 2;
        seen_twice.then(|| (native.replace(' ', ""), vec![latin.to_owned()]))
    };
    text.lines().filter_map(row).step_by(ONE_IN).collect()
}
