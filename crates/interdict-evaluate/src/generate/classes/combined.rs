//! Two and three classes at once, in the order in which they happen: words, then spelling, then signs.

use super::{CLASSES, Class, Draft, Stage};
use crate::generate::name::{Severity, n_letters};
use interdict_core::random::Random;

/// Two classes.
pub(super) fn two(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    combined(draft, severity, random, 2)
}

/// Three classes.
pub(super) fn three(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    combined(draft, severity, random, 3)
}

/// Some classes one after another. All are light; with medium the first is medium, with heavy all are.
fn combined(draft: &Draft<'_>, severity: Severity, random: &mut Random, n: usize) -> Option<String> {
    // Shorter names are not recognized after so much.
    if n_letters(&draft.name) < 6 + 2 * n {
        return None;
    }
    let kind = draft.source.kind;
    let mut fitting: Vec<&Class> =
        CLASSES.iter().filter(|class| class.stage != Stage::Alone && class.kinds.contains(&kind)).collect();
    random.shuffle(&mut fitting);
    let mut chosen: Vec<&Class> = Vec::new();
    let mut draft = draft.clone();
    // Where blanks are moved twice, or letters mistyped twice, nobody recognizes a short name.
    let group = |class: &Class| match class.name {
        "token_order" | "joined" | "split" => 1,
        "insert" | "delete" | "substitute" | "transpose" | "double" | "keyboard" | "ocr" | "leetspeak" => 2,
        "missing_token" | "initials" | "nickname" => 3,
        _ => 0,
    };
    // A class that does not apply is passed over, so that short names have combinations too.
    fitting.truncate(n + 5);
    fitting.sort_by_key(|class| class.stage);
    for class in fitting {
        let own = match severity {
            Severity::Light => Severity::Light,
            Severity::Medium if !chosen.is_empty() => Severity::Light,
            Severity::Medium | Severity::Heavy => Severity::Medium,
        };
        if chosen.len() == n {
            break;
        }
        if group(class) > 0 && chosen.iter().any(|known| group(known) == group(class)) {
            continue;
        }
        if let Some(name) = (class.change)(&draft, own, random).filter(|name| *name != draft.name) {
            draft.name = name;
            chosen.push(class);
        }
    }
    (chosen.len() == n).then_some(draft.name)
}

#[cfg(test)]
mod tests {
    use super::super::trial::tried;
    use crate::generate::name::{Kind, Severity};

    #[test]
    fn combinations_change_a_name_more_than_once() {
        let names = tried(
            "combination_three",
            "PETROVSKY, Konstantin Olegovich",
            Kind::Person,
            &["ru"],
            Severity::Light,
        );
        assert!(names.len() > 20, "{names:?}");
        assert!(names.iter().all(|name| name != "Konstantin Olegovich Petrovsky"));
    }
}
