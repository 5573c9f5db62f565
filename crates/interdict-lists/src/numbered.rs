//! Which values are in a field that numbers them? `(1) Tunis (2) Naples`, `a) 1955 b) 1958`, `i) … ii) …`.

/// The values of a text: split at its markers when they are in order from the first on, and the text alone otherwise.
/// Values that say nothing (`-`) are left out; commas and semicolons at the ends are cut off.
pub(crate) fn items(text: &str) -> Vec<&str> {
    let markers = markers(text);
    let mut items = Vec::new();
    let mut start = 0;
    for marker in &markers {
        items.push(text.get(start..marker.start).unwrap_or_default());
        start = marker.end;
    }
    items.push(text.get(start..).unwrap_or_default());
    items.into_iter().map(trim).filter(|item| item.contains(char::is_alphanumeric)).collect()
}

/// How markers count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Number,
    Letter,
    Roman,
}

struct Marker {
    start: usize,
    end: usize,
}

/// The markers of the style of the first one that is a one, as long as each is more than the one before.
fn markers(text: &str) -> Vec<Marker> {
    let mut markers = Vec::new();
    let mut counted: Option<(Style, u32)> = None;
    for (close, _) in text.match_indices(')') {
        let Some((start, word)) = word_before(text, close) else { continue };
        let next = match counted {
            None => [Style::Number, Style::Letter, Style::Roman]
                .into_iter()
                .find(|style| value(*style, word) == Some(1))
                .map(|style| (style, 1)),
            Some((style, last)) => {
                value(style, word).filter(|value| *value > last).map(|value| (style, value))
            }
        };
        if let Some(next) = next {
            counted = Some(next);
            markers.push(Marker { start, end: close + 1 });
        }
    }
    markers
}

/// The word that a bracket closes, and where its marker starts, when it stands apart from what is before it.
fn word_before(text: &str, close: usize) -> Option<(usize, &str)> {
    let head = text.get(..close)?;
    let word_start = head
        .rfind(|char: char| !char.is_ascii_alphanumeric())
        .map_or(0, |at| at + head.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let word = head.get(word_start..).filter(|word| (1..=4).contains(&word.len()))?;
    let before = head.get(..word_start)?;
    let opened = before.strip_suffix('(');
    // `-(3)` and `number (a)` are markers, `St(1)` is not.
    let stands_apart =
        opened.unwrap_or(before).chars().next_back().is_none_or(|char| !char.is_alphanumeric());
    let start = opened.map_or(word_start, str::len);
    let is_inside = opened.is_none() && before.rfind('(') > before.rfind(')'); // `(of 3)`
    (stands_apart && !is_inside).then_some((start, word))
}

fn value(style: Style, word: &str) -> Option<u32> {
    match style {
        Style::Number => word.parse().ok().filter(|_| word.len() <= 2),
        Style::Letter => {
            let letter = word.chars().next()?.to_ascii_lowercase();
            (word.len() == 1 && letter.is_ascii_lowercase()).then(|| u32::from(letter) - u32::from('a') + 1)
        }
        Style::Roman => {
            const NUMERALS: [&str; 12] =
                ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
            let at = NUMERALS.iter().position(|numeral| numeral.eq_ignore_ascii_case(word))?;
            u32::try_from(at + 1).ok()
        }
    }
}

fn trim(item: &str) -> &str {
    item.trim_matches(|char: char| char.is_whitespace() || matches!(char, ',' | ';' | '\u{a0}'))
}

#[cfg(test)]
mod tests {
    use super::items;

    #[test]
    fn lists_and_texts_that_are_none() {
        for (text, expected) in [
            ("Tunis", &["Tunis"][..]),
            ("(1) Tunis (2) Naples (3) -", &["Tunis", "Naples"]),
            ("1) Saudi Arabia 2) Qatar", &["Saudi Arabia", "Qatar"]),
            ("a) South Sudan, b) Uganda", &["South Sudan", "Uganda"]),
            ("(1)-(2) Indonesia", &["Indonesia"]),
            ("(1) (2) Egypt", &["Egypt"]),
            ("(1)-(5) Tunisia (6)-(7) Algeria", &["Tunisia", "Algeria"]),
            ("number (a)01020802  (b)00754833", &["number", "01020802", "00754833"]),
            ("i) Riga; ii) Narva; iii) Omsk", &["Riga", "Narva", "Omsk"]),
            ("A) One (b) Two", &["One", "Two"]),
            ("K929139 (Tunisian). B2 (b)", &["K929139 (Tunisian). B2 (b)"]),
            ("Bank (Asia) of (1979)", &["Bank (Asia) of (1979)"]),
            ("St(1) x", &["St(1) x"]),
            ("(1) 5 (of 3) (2) 6", &["5 (of 3)", "6"]),
            ("1) é 2) ü)", &["é", "ü)"]),
            ("", &[]),
            (" - ", &[]),
            (")))1)", &[]),
        ] {
            assert_eq!(items(text), expected, "{text:?}");
        }
    }
}
