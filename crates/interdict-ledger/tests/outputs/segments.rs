//! Is what was stored what is read, whole and cut, sound and damaged?

use interdict_ledger::outputs::segment::{Segment, SegmentWriter, Unfit};

use crate::built::{by_chance, chain};

#[test]
fn every_transaction_is_read_as_it_was_written() {
    let txs = by_chance(5, 700, 1_000_000);
    for in_segment in [700, 130, 64, 7] {
        let chain = chain(&txs, in_segment);
        let mut reader = chain.reader();
        let mut spent_by = vec![None; usize::try_from(chain.outputs()).unwrap()];
        for (number, tx) in (0..).zip(&txs) {
            tx.inputs.iter().for_each(|input| spent_by[usize::try_from(*input).unwrap()] = Some(number));
        }
        let mut inputs = Vec::new();
        for (number, tx) in (0..).zip(&txs) {
            let extents = reader.transaction(number);
            reader.inputs(&extents, &mut inputs);
            assert_eq!(inputs, tx.inputs);
            for (output, (value, address)) in extents.output_numbers().zip(&tx.outputs) {
                assert_eq!(
                    (reader.value(output), reader.address(output)),
                    (*value, *address),
                    "output {output}"
                );
                assert_eq!((chain.value(output), chain.address(output)), (*value, *address));
                assert_eq!(chain.creator(output), Some(number));
                assert_eq!(reader.spender(output, number), spent_by[usize::try_from(output).unwrap()]);
                assert_eq!(chain.spender(output, number), spent_by[usize::try_from(output).unwrap()]);
            }
            assert_eq!(chain.block_of(number).map(|block| block.time), Some(i64::from(number) * 600));
        }
        assert_eq!(chain.creator(chain.outputs()), None);
        assert_eq!(reader.transaction(chain.txs()).inputs, 0);
    }
}

#[test]
fn what_cannot_be_spent_is_refused_and_changes_nothing() {
    let mut writer = SegmentWriter::new(0, 0);
    writer.transaction(&[], &[(5, 0), (6, 1)]).unwrap();
    assert_eq!(writer.transaction(&[0, 2], &[(1, 0)]), Err(Unfit::NotBefore(2)));
    assert_eq!(writer.transaction(&[0, 0], &[(1, 0)]), Err(Unfit::Spent(0)));
    assert_eq!(
        writer.transaction(&[0, 1], &[(11, 0)]),
        Ok(1),
        "nothing was spent by those that were refused"
    );
    assert_eq!(writer.transaction(&[1], &[]), Err(Unfit::Spent(1)));
    let mut later = SegmentWriter::new(2, 3);
    later.transaction(&[2], &[(1, 0)]).unwrap();
    later.transaction(&[2], &[(1, 0)]).unwrap();
    assert!(later.finish(&mut Vec::new()).is_err(), "an output of an earlier segment is spent twice");
}

#[test]
fn damage_is_an_error_or_another_answer_but_no_panic() {
    let chain = chain(&by_chance(9, 200, 1_000), 200);
    let bytes = chain.segments()[0].bytes().to_vec();
    for cut in (0..bytes.len()).step_by(37) {
        assert!(Segment::from_bytes(bytes[..cut].to_vec()).is_err(), "cut at {cut}");
    }
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x81;
        let Ok(segment) = Segment::from_bytes(changed) else { continue };
        let Ok(chain) = interdict_ledger::outputs::chain::Chain::new(vec![segment]) else { continue };
        let mut reader = chain.reader();
        let mut inputs = Vec::new();
        for tx in 0..chain.txs().min(300) {
            let extents = reader.transaction(tx);
            reader.inputs(&extents, &mut inputs);
            inputs.iter().take(50).for_each(|&input| _ = chain.creator(input));
            extents.output_numbers().take(50).for_each(|output| _ = reader.spender(output, tx));
        }
    }
}
