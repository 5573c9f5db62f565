//! Where one clause of the remarks ends and the next begins, and whether the remarks are whole.

/// Characters that the remarks field of the primary file holds.
const CHARS_MAX: usize = 1_000;
/// Fewer characters than this are surely not cut: a program in between may have trimmed a few blanks.
const CHARS_NEAR_MAX: usize = 990;

/// The clauses of a text that is whole.
pub(crate) fn clauses(text: &str) -> Vec<&str> {
    let mut clauses = split(text);
    if let Some(last) = clauses.last_mut() {
        *last = without_full_stop(last);
    }
    clauses.retain(|clause| !clause.is_empty());
    clauses
}

/// The remarks of one record with what continues them.
#[derive(Debug)]
pub(super) struct Remarks {
    text: String,
    end: End,
}

/// What stands at the end of the remarks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// A full stop that belongs to the form and not to the last clause.
    FullStop,
    /// The last clause as it is: the form neither adds a full stop nor cuts.
    Open,
    /// A clause that was cut off.
    Cut,
}

impl Remarks {
    /// The remarks, and the comment that continues them. OFAC cuts after a fixed number of characters, in the middle of a word,
    /// so nothing comes between the two.
    pub(super) fn new(remarks: Option<&str>, comment: Option<&str>) -> Self {
        let remarks = remarks.unwrap_or_default();
        let is_cut = comment.is_none() && looks_cut(remarks);
        let text = remarks.to_owned() + comment.unwrap_or_default();
        Self { text, end: if is_cut { End::Cut } else { End::FullStop } }
    }

    /// Remarks of a form that holds them whole, as long as they may be, and ends them with no full stop of its own.
    pub(super) fn whole(text: &str) -> Self {
        Self { text: text.to_owned(), end: End::Open }
    }

    /// The whole clauses, without the final full stop.
    pub(super) fn clauses(&self) -> Vec<&str> {
        let mut clauses = split(&self.text);
        match (self.end, clauses.last_mut()) {
            (End::Cut, _) => {
                clauses.pop();
            }
            (End::FullStop, Some(last)) => *last = without_full_stop(last),
            _ => {}
        }
        clauses.retain(|clause| !clause.is_empty());
        clauses
    }

    /// The clause that was cut off, which may say anything but the truth.
    pub(super) fn cut(&self) -> Option<&str> {
        if self.end != End::Cut {
            return None;
        }
        Some(split(&self.text).pop().filter(|clause| !clause.is_empty()).unwrap_or("(remarks cut off)"))
    }
}

/// The clauses of remarks as the XML forms have them: whole, and with the links in parentheses, `(Linked To: HAMAS)`.
pub(super) fn clauses_of(text: &str) -> Vec<String> {
    let remarks = Remarks::whole(text);
    remarks.clauses().into_iter().flat_map(links_apart).map(str::to_owned).collect()
}

/// A clause, or the links in it when it is nothing but links in parentheses.
fn links_apart(clause: &str) -> Vec<&str> {
    let inner = clause.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let Some(mut rest) = inner.filter(|inner| inner.starts_with(LINK)) else { return vec![clause] };
    let mut links = Vec::new();
    while let Some((at, separator)) = [") (", "; "].iter().find_map(|separator| {
        let at = rest
            .match_indices(separator)
            .map(|(at, _)| at)
            .find(|at| rest.get(at + separator.len()..).is_some_and(|next| next.starts_with(LINK)))?;
        Some((at, separator))
    }) {
        links.push(rest.get(..at).unwrap_or_default());
        rest = rest.get(at + separator.len()..).unwrap_or_default();
    }
    links.push(rest);
    links
}

const LINK: &str = "Linked To:";

fn looks_cut(remarks: &str) -> bool {
    let chars = remarks.chars().count();
    chars >= CHARS_MAX || (chars >= CHARS_NEAR_MAX && !remarks.trim_end().ends_with('.'))
}

/// Splits at semicolons that are not in parentheses. A parenthesis that is never closed does not hold anything together.
/// Quotes are not looked at: names have single apostrophes (`Ba'th`), and no quoted name of the list has a semicolon.
fn split(text: &str) -> Vec<&str> {
    let mut clauses = Vec::new();
    let (mut start, mut depth) = (0_usize, 0_usize);
    for (at, char) in text.char_indices() {
        match char {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => {
                clauses.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    let rest = &text[start..];
    if depth > 0 {
        clauses.extend(rest.split(';').map(str::trim));
    } else {
        clauses.push(rest.trim());
    }
    clauses
}

/// The clause without the full stop that ends the remarks; that of initials (`Washington, D.C.`) belongs to them.
fn without_full_stop(clause: &str) -> &str {
    let Some(text) = clause.strip_suffix('.') else { return clause };
    let last = text.rsplit(' ').next().unwrap_or_default();
    let is_letter = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    let is_initials = last.contains('.') && last.split('.').all(is_letter);
    if is_initials { clause } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clauses(text: &str) -> Vec<String> {
        Remarks::new(Some(text), None).clauses().into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn clauses_end_at_semicolons() {
        assert_eq!(clauses("DOB 1951; POB Washington, D.C."), ["DOB 1951", "POB Washington, D.C."]);
        assert_eq!(clauses("a.k.a. 'BNC'."), ["a.k.a. 'BNC'"]);
        assert_eq!(clauses("a.k.a. 'COCO S.A.'."), ["a.k.a. 'COCO S.A.'"]);
        assert_eq!(clauses("one;two;; three."), ["one", "two", "three"]);
        assert_eq!(clauses("(data: DOB 1; POB x); next."), ["(data: DOB 1; POB x)", "next"]);
        assert_eq!(
            clauses("open (data; next) ); last ( never; closed."),
            ["open (data; next) )", "last ( never", "closed"]
        );
        assert_eq!(clauses(""), Vec::<String>::new());
    }

    #[test]
    fn a_comment_goes_on_in_the_middle_of_a_word() {
        let remarks = Remarks::new(Some("a.k.a. 'WHOIS HACKIN"), Some("G TEAM'; a.k.a. 'ZINC'."));
        assert_eq!(remarks.clauses(), ["a.k.a. 'WHOIS HACKING TEAM'", "a.k.a. 'ZINC'"]);
        assert_eq!(remarks.cut(), None);
    }

    #[test]
    fn whole_remarks_keep_their_full_stop_and_give_their_links() {
        let long = "x".repeat(CHARS_MAX + 1);
        assert_eq!(clauses_of(&format!("{long}; A Co.")), [long.as_str(), "A Co."]);
        assert_eq!(
            clauses_of(
                "HAMAS - Gaza; (Linked To: IRGC (X)-QODS FORCE); (Linked To: A) (Linked To: B, Z; Linked To: C)"
            ),
            [
                "HAMAS - Gaza",
                "Linked To: IRGC (X)-QODS FORCE",
                "Linked To: A",
                "Linked To: B, Z",
                "Linked To: C"
            ]
        );
        assert_eq!(clauses_of("(seen in; Gaza)"), ["(seen in; Gaza)"]);
        assert_eq!(clauses_of(""), Vec::<String>::new());
    }

    #[test]
    fn a_cut_clause_is_no_clause() {
        let text = format!("{}; Digital Currency Address - XBT 1Gq", "x".repeat(CHARS_MAX - 37));
        let remarks = Remarks::new(Some(&text), None);
        assert_eq!(remarks.clauses(), ["x".repeat(CHARS_MAX - 37)]);
        assert_eq!(remarks.cut(), Some("Digital Currency Address - XBT 1Gq"));
        assert_eq!(Remarks::new(Some("DOB 1951"), None).cut(), None);
    }
}
