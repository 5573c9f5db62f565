//! Where in time stands a transfer whose row does not say it? At the time of its block, or else behind the row before it in the file.

use std::collections::BTreeMap;

/// Time, then block.
pub(super) type Place = (i64, u64);

/// The place of each row, in the order of the file. A row without a time has that of the block it is in, or of the block before; one that has no
/// block either stands where the row before it stands, and rows before all others where the first of these stands.
pub(super) fn places(rows: &[(Option<i64>, Option<u64>)]) -> Vec<Place> {
    let of_block: BTreeMap<u64, i64> =
        rows.iter().filter_map(|&(time, block)| Some((block?, time?))).collect();
    let is_timed = rows.iter().any(|(time, _)| time.is_some());
    let by_block = |block: u64| {
        let before = of_block.range(..=block).next_back();
        before.or_else(|| of_block.range(block..).next()).map(|(_, &time)| (time, block))
    };
    let own = |&(time, block): &(Option<i64>, Option<u64>)| match (time, block) {
        (Some(time), block) => Some((time, block.unwrap_or(0))),
        (None, Some(block)) if is_timed => by_block(block),
        (None, Some(block)) => Some((i64::MIN, block)),
        (None, None) => None,
    };
    let known: Vec<Option<Place>> = rows.iter().map(own).collect();
    let mut last = known.iter().find_map(|place| *place).unwrap_or((i64::MIN, 0));
    let behind_the_last = |place: Option<Place>| {
        last = place.unwrap_or(last);
        last
    };
    known.into_iter().map(behind_the_last).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_without_a_time_stands_behind_the_one_before() {
        let rows = [(None, None), (Some(20), None), (None, None), (Some(10), None)];
        assert_eq!(places(&rows), [(20, 0), (20, 0), (20, 0), (10, 0)]);
        assert_eq!(places(&[(None, None), (None, None)]), [(i64::MIN, 0); 2]);
    }

    #[test]
    fn a_block_tells_the_time() {
        let rows =
            [(Some(20), Some(2)), (None, Some(3)), (Some(10), Some(1)), (None, Some(1)), (None, Some(0))];
        assert_eq!(places(&rows), [(20, 2), (20, 3), (10, 1), (10, 1), (10, 0)]);
        assert_eq!(places(&[(None, Some(7)), (None, None)]), [(i64::MIN, 7); 2]);
    }
}
