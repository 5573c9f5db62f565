//! Which four widths make numbers smallest, and how are numbers of these widths laid one after the other?

use super::{BLOCK, word};

/// Four widths in bits, from the smallest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Widths([u8; 4]);

/// How many bits a number needs.
fn bits(number: u64) -> usize {
    64 - number.leading_zeros() as usize
}

impl Widths {
    /// The widths that need the fewest bits for these numbers.
    pub fn best_for(numbers: &[u64]) -> Self {
        let mut of_bits = [0_u64; 65];
        for number in numbers {
            if let Some(count) = of_bits.get_mut(bits(*number)) {
                *count += 1;
            }
        }
        let mut up_to = [0_u64; 65];
        let mut sum = 0;
        for (total, count) in up_to.iter_mut().zip(of_bits) {
            sum += count;
            *total = sum;
        }
        let largest = up_to.iter().position(|&total| total == sum).unwrap_or(64);
        let below = |width: usize| up_to.get(width).copied().unwrap_or(sum);
        let mut best = (u64::MAX, [largest; 4]);
        for first in 0..=largest {
            for second in first..=largest {
                for third in second..=largest {
                    let cost = below(first) * first as u64
                        + (below(second) - below(first)) * second as u64
                        + (below(third) - below(second)) * third as u64
                        + (sum - below(third)) * largest as u64;
                    if cost < best.0 {
                        best = (cost, [first, second, third, largest]);
                    }
                }
            }
        }
        Self(best.1.map(|width| u8::try_from(width).unwrap_or(64)))
    }

    pub fn of(bytes: [u8; 4]) -> Self {
        Self(bytes)
    }

    pub fn bytes(self) -> [u8; 4] {
        self.0
    }

    /// Whether the widths are in order and none is above 64.
    pub fn are_sound(self) -> bool {
        self.0.is_sorted() && self.0[3] <= 64
    }

    /// Adds the classes and the numbers of a block.
    pub fn pack(self, numbers: &[u64], data: &mut Vec<u8>) {
        let (mut low, mut high) = (0_u64, 0_u64);
        let (mut waiting, mut waiting_bits) = (0_u128, 0_u32);
        let head = data.len();
        data.resize(head + 16, 0);
        for (place, number) in numbers.iter().enumerate() {
            let class =
                self.0.iter().position(|&width| bits(*number) <= usize::from(width)).unwrap_or(3) as u64;
            low |= (class & 1) << place;
            high |= (class >> 1) << place;
            waiting |= u128::from(*number) << waiting_bits;
            waiting_bits += self.width(class);
            while waiting_bits >= 8 {
                data.push((waiting & 0xff).try_into().unwrap_or(0));
                waiting >>= 8;
                waiting_bits -= 8;
            }
        }
        if waiting_bits > 0 {
            data.push((waiting & 0xff).try_into().unwrap_or(0));
        }
        if let Some(classes) = data.get_mut(head..head + 16) {
            classes.copy_from_slice(&(u128::from(low) | u128::from(high) << 64).to_le_bytes());
        }
    }

    #[inline]
    fn width(self, class: u64) -> u32 {
        // The widths as one word: a class is two bits, its width one byte.
        u32::from_le_bytes(self.0) >> (class * 8) & 0xff
    }

    /// How many bits stand before a number of the block.
    #[inline]
    fn bits_before(self, low: u64, high: u64, place: usize) -> usize {
        let before = if place >= BLOCK { u64::MAX } else { (1_u64 << place) - 1 };
        let count = |class: u64| (class & before).count_ones();
        let (all, lows, highs, boths) = (before.count_ones(), count(low), count(high), count(low & high));
        let [w0, w1, w2, w3] = self.0.map(u32::from);
        // Of the classes 0 to 3: none of the bits, the low one alone, the high one alone, both.
        ((all + boths - lows - highs) * w0 + (lows - boths) * w1 + (highs - boths) * w2 + boths * w3) as usize
    }

    /// How many bytes a block takes, its classes included.
    pub fn bytes_of(self, low: u64, high: u64, numbers: usize) -> usize {
        16 + self.bits_before(low, high, numbers).div_ceil(8)
    }

    /// One number of the block whose classes begin at `at`.
    #[inline]
    pub fn number(self, bytes: &[u8], at: usize, place: usize) -> u64 {
        let (low, high) = (word(bytes, at), word(bytes, at + 8));
        let class = (low >> place & 1) | (high >> place & 1) << 1;
        read(bytes, at + 16, self.bits_before(low, high, place), self.width(class))
    }

    /// All numbers of the block whose classes begin at `at`.
    pub fn unpack(self, bytes: &[u8], at: usize, numbers: &mut [u64]) {
        let (mut low, mut high) = (word(bytes, at), word(bytes, at + 8));
        let mut from = 0;
        for number in numbers {
            let width = self.width((low & 1) | (high & 1) << 1);
            *number = read(bytes, at + 16, from, width);
            from += width as usize;
            low >>= 1;
            high >>= 1;
        }
    }
}

/// So many bits as a number, from a bit on.
#[inline]
fn read(bytes: &[u8], at: usize, from: usize, width: u32) -> u64 {
    let shift = u32::try_from(from % 8).unwrap_or(0);
    let first = word(bytes, at + from / 8) >> shift;
    let mask = if width >= 64 { u64::MAX } else { (1_u64 << width) - 1 };
    if shift + width <= 64 {
        return first & mask;
    }
    let rest = word(bytes, at + from / 8 + 8) << (64 - shift);
    (first | rest) & mask
}
