//! How are groups of five bits made of bytes, and bytes of groups? As base32 and bech32 need it.

/// Groups of five bits as bytes. `None` where more than four bits are left over, or bits that are not zero.
pub(crate) fn to_bytes(groups: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(groups.len() * 5 / 8);
    let (mut pending, mut n_pending) = (0_u16, 0_u32);
    for group in groups {
        pending = (pending << 5) | u16::from(*group & 31);
        n_pending += 5;
        if n_pending >= 8 {
            n_pending -= 8;
            bytes.push(low_byte(pending >> n_pending));
            pending &= (1 << n_pending) - 1;
        }
    }
    (n_pending < 5 && pending == 0).then_some(bytes)
}

/// Bytes as groups of five bits, the last one filled up with zeros.
pub(crate) fn from_bytes(bytes: &[u8]) -> Vec<u8> {
    let mut groups = Vec::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut pending, mut n_pending) = (0_u16, 0_u32);
    for byte in bytes {
        pending = (pending << 8) | u16::from(*byte);
        n_pending += 8;
        while n_pending >= 5 {
            n_pending -= 5;
            groups.push(low_byte((pending >> n_pending) & 31));
        }
        pending &= (1 << n_pending) - 1;
    }
    if n_pending > 0 {
        groups.push(low_byte((pending << (5 - n_pending)) & 31));
    }
    groups
}

/// The lower eight bits.
fn low_byte(value: u16) -> u8 {
    let [low, _] = value.to_le_bytes();
    low
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bytes_come_back(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            prop_assert_eq!(to_bytes(&from_bytes(&bytes)), Some(bytes));
        }
    }

    #[test]
    fn padding_is_short_and_zero() {
        assert_eq!(to_bytes(&[0, 0]), Some(vec![0]));
        assert_eq!(to_bytes(&[0, 1]), None);
        assert_eq!(to_bytes(&[0]), None);
        assert_eq!(to_bytes(&[0, 0, 0]), None);
    }
}
