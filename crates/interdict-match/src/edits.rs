//! Are two rows of letters, sounds or signs only so many edits apart?

/// Whether two rows are at most `most` edits apart: items left out, put in, replaced, or swapped with a neighbor. There are
/// few edits, so trying is fast: the first difference decides which edits can help.
pub(crate) fn is_within<T: PartialEq>(a: &[T], b: &[T], most: usize) -> bool {
    let same_start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same_start..], &b[same_start..]);
    let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - same_end], &b[..b.len() - same_end]);
    if a.is_empty() && b.is_empty() {
        return true;
    }
    if most == 0 || a.len().abs_diff(b.len()) > most {
        return false;
    }
    if a.is_empty() || b.is_empty() {
        return a.len().max(b.len()) <= most;
    }
    let swapped = a.len() > 1 && b.len() > 1 && a[0] == b[1] && a[1] == b[0];
    is_within(&a[1..], &b[1..], most - 1)
        || is_within(&a[1..], b, most - 1)
        || is_within(a, &b[1..], most - 1)
        || (swapped && is_within(&a[2..], &b[2..], most - 1))
}
