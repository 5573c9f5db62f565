//! What part of a balance is taint, to the unit? Products of 256 bits, and rounding by the largest remainder.

/// How much of the taint of a balance leaves with a value: taint times value by balance. Whole units of the two parts (what leaves, what stays)
/// by the method of largest remainders, what leaves first where they are alike. Asks for `taint` and `value` within `balance`.
pub(super) fn leaving(taint: u128, value: u128, balance: u128) -> u128 {
    if taint == 0 || value == 0 {
        return 0;
    }
    if taint >= balance || value >= balance {
        return taint.min(value);
    }
    let (whole, rest) = divided(taint, value, balance);
    // The rest of the part that stays is what fills this one up.
    if rest > 0 && rest >= balance - rest { whole + 1 } else { whole }
}

/// `a` times `b` by `divisor`, and the rest. Asks for `a` below `divisor`, so that the quotient is below `b`.
fn divided(a: u128, b: u128, divisor: u128) -> (u128, u128) {
    if let Some(product) = a.checked_mul(b) {
        return (product / divisor, product % divisor);
    }
    let (high, low) = product(a, b);
    let shift = divisor.leading_zeros();
    let divisor = divisor << shift;
    let high = if shift == 0 { high } else { (high << shift) | (low >> (128 - shift)) };
    let low = low << shift;
    let (first, rest) = digit(high, low >> 64, divisor);
    let (second, rest) = digit(rest, low & HALF, divisor);
    ((first << 64) | second, rest >> shift)
}

const HALF: u128 = u64::MAX as u128;

/// The product in two words of 128 bits, the high one first.
fn product(a: u128, b: u128) -> (u128, u128) {
    let (a1, a0, b1, b0) = (a >> 64, a & HALF, b >> 64, b & HALF);
    let (low, middle, other, high) = (a0 * b0, a1 * b0, a0 * b1, a1 * b1);
    let carry = (low >> 64) + (middle & HALF) + (other & HALF);
    let high = high + (middle >> 64) + (other >> 64) + (carry >> 64);
    (high, (carry << 64) | (low & HALF))
}

/// One step of long division with digits of 64 bits: `rest` and the digit `next` by a divisor whose highest bit is set (Knuth, The Art of
/// Computer Programming, volume 2, 4.3.1, algorithm D). Asks for `rest` below `divisor`.
fn digit(rest: u128, next: u128, divisor: u128) -> (u128, u128) {
    let (d1, d0) = (divisor >> 64, divisor & HALF);
    let (mut guess, mut left) = (rest / d1, rest % d1);
    while guess > HALF || guess * d0 > ((left << 64) | next) {
        guess -= 1;
        left += d1;
        if left > HALF {
            break;
        }
    }
    let value = (rest << 64) | next; // without its highest digit, which the subtraction takes away
    (guess, value.wrapping_sub(guess.wrapping_mul(divisor)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Long division bit by bit.
    fn slow(a: u128, b: u128, divisor: u128) -> (u128, u128) {
        let (mut high, mut low) = (0_u128, 0_u128);
        for bit in (0..128).rev() {
            // (high, low) = 2 * (high, low) + a * bit of b, with `high` the rest and `low` the quotient.
            let over = high >> 127 == 1;
            high <<= 1;
            low <<= 1;
            if over || high >= divisor {
                high = high.wrapping_sub(divisor);
                low += 1;
            }
            if b >> bit & 1 == 1 {
                let (sum, over) = high.overflowing_add(a);
                high = sum;
                if over || high >= divisor {
                    high = high.wrapping_sub(divisor);
                    low += 1;
                }
            }
        }
        (low, high)
    }

    #[test]
    fn rounding_is_by_the_largest_remainder() {
        assert_eq!(
            (leaving(1, 1, 11), leaving(1, 6, 11), leaving(1, 5, 10), leaving(3, 5, 10)),
            (0, 1, 1, 2)
        );
        assert_eq!(
            (leaving(0, 5, 5), leaving(5, 0, 5), leaving(4, 10, 10), leaving(10, 3, 10)),
            (0, 0, 4, 3)
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn division_is_exact(a: u128, b: u128, divisor: u128, cut in 0_u32..127, cut_b in 0_u32..127) {
            let divisor = (divisor >> cut).max(2);
            let (a, b) = (a % divisor, b >> cut_b);
            prop_assert_eq!(divided(a, b, divisor), slow(a, b, divisor));
        }

        #[test]
        fn nothing_is_made_or_lost(a: u128, b: u128, balance in 1_u128..) {
            let (taint, value) = (a % balance, b % balance);
            let sent = leaving(taint, value, balance);
            prop_assert!(sent <= taint && sent <= value && taint - sent <= balance - value);
        }
    }
}
