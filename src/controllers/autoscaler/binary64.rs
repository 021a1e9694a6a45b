//! Arithmetic as upstream's `float64` does it, in whole numbers: the autoscaler rounds its products up, so that a last bit
//! decides about a pod. `28.0 / 50.0 * 25.0` is a little more than 14 there, and makes 15 pods.

use std::cmp::Ordering;

/// Bits of a mantissa.
const BITS: u32 = 53;

/// A number that is not negative: `mantissa` times two to the power of `exponent`. The mantissa of 0 is 0, every other has
/// exactly 53 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binary64 {
    mantissa: u128,
    exponent: i32,
}

impl Binary64 {
    /// The number 1.
    pub const ONE: Binary64 = Binary64 { mantissa: 1 << (BITS - 1), exponent: 1 - BITS as i32 };

    /// The nearest number, ties to even; `rest` says that a little more was cut off already.
    fn rounded(mantissa: u128, exponent: i32, rest: bool) -> Binary64 {
        if mantissa == 0 {
            return Binary64 { mantissa: 0, exponent: 0 };
        }
        let length = 128 - mantissa.leading_zeros();
        if length <= BITS {
            let shift = BITS - length;
            return Binary64 { mantissa: mantissa << shift, exponent: exponent - shift as i32 };
        }
        let shift = length - BITS;
        let (kept, cut, half) = (mantissa >> shift, mantissa & ((1 << shift) - 1), 1 << (shift - 1));
        let up = match cut.cmp(&half) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => rest || kept & 1 == 1,
        };
        let (kept, exponent) = (kept + u128::from(up), exponent + shift as i32);
        if kept >> BITS == 0 {
            Binary64 { mantissa: kept, exponent }
        } else {
            Binary64 { mantissa: kept >> 1, exponent: exponent + 1 }
        }
    }

    /// `float64(value)`; a negative number counts as 0.
    #[must_use]
    pub fn of(value: i128) -> Binary64 {
        Binary64::rounded(u128::try_from(value).unwrap_or(0), 0, false)
    }

    /// `a / b`; none where `b` is 0.
    #[must_use]
    pub fn over(self, divisor: Binary64) -> Option<Binary64> {
        /// Far more bits than a mantissa keeps, so that the rest only breaks ties.
        const SHIFT: u32 = 70;
        let shifted = self.mantissa << SHIFT;
        let quotient = shifted.checked_div(divisor.mantissa)?;
        let rest = !shifted.is_multiple_of(divisor.mantissa);
        Some(Binary64::rounded(quotient, self.exponent - divisor.exponent - SHIFT as i32, rest))
    }

    /// `a * b`.
    #[must_use]
    pub fn times(self, factor: Binary64) -> Binary64 {
        Binary64::rounded(self.mantissa * factor.mantissa, self.exponent + factor.exponent, false)
    }

    /// `1 + a`.
    #[must_use]
    pub fn plus_one(self) -> Binary64 {
        match u32::try_from(-self.exponent) {
            Ok(shift) if shift < 120 => Binary64::rounded(self.mantissa + (1 << shift), self.exponent, false),
            Ok(_) => Binary64::ONE,
            Err(_) => self,
        }
    }

    /// `1 - a`, with whether it is negative.
    #[must_use]
    pub fn taken_from_one(self) -> (Binary64, bool) {
        match u32::try_from(-self.exponent) {
            Ok(shift) if shift < 120 => {
                let one = 1_u128 << shift;
                (Binary64::rounded(one.abs_diff(self.mantissa), self.exponent, false), self.mantissa > one)
            }
            Ok(_) => (Binary64::ONE, false),
            Err(_) => (self, true),
        }
    }

    /// `int64(math.Ceil(a))`, or the greatest there is.
    #[must_use]
    pub fn ceil(self) -> i64 {
        self.whole(true)
    }

    /// `int64(a)`, or the greatest there is.
    #[must_use]
    pub fn floor(self) -> i64 {
        self.whole(false)
    }

    fn whole(self, up: bool) -> i64 {
        let number = match u32::try_from(-self.exponent) {
            Ok(shift) if shift >= 127 => u128::from(up && self.mantissa > 0),
            Ok(shift) => {
                let cut = self.mantissa & ((1 << shift) - 1) != 0;
                (self.mantissa >> shift) + u128::from(up && cut)
            }
            Err(_) if self.exponent > 64 => u128::MAX,
            Err(_) => self.mantissa << self.exponent.unsigned_abs(),
        };
        i64::try_from(number).unwrap_or(i64::MAX)
    }
}

impl PartialOrd for Binary64 {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Binary64 {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.mantissa, other.mantissa) {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Less,
            (_, 0) => Ordering::Greater,
            // Mantissas are of one length, so that the exponent decides first.
            _ => (self.exponent, self.mantissa).cmp(&(other.exponent, other.mantissa)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(a: i128, b: i128) -> Binary64 {
        Binary64::of(a).over(Binary64::of(b)).unwrap()
    }

    #[test]
    fn products_round_as_float64_does() {
        // Each pair was computed with 64-bit floats.
        for (a, b, pods, expected) in [
            (28, 50, 25, 15),
            (7, 50, 50, 8),
            (14, 100, 50, 8),
            (110, 100, 70, 77),
            (110, 100, 10, 11),
            (120, 100, 5, 6),
            (90, 50, 4, 8),
            (60, 50, 10, 12),
            (1, 3, 3, 1),
            (7, 10, 10, 7),
            (230, 100, 10, 23),
            (0, 50, 10, 0),
        ] {
            assert_eq!(ratio(a, b).times(Binary64::of(pods)).ceil(), expected, "{a}/{b} x {pods}");
        }
    }

    #[test]
    fn sums_round_as_float64_does() {
        assert_eq!(ratio(1, 10).plus_one(), ratio(11, 10));
        assert_eq!(ratio(1, 10).taken_from_one(), (ratio(9, 10), false));
        assert_eq!(ratio(2, 1).taken_from_one(), (Binary64::ONE, true));
        assert_eq!(ratio(1, 10).plus_one().times(Binary64::of(100)).ceil(), 111, "1.1 x 100 is a little more than 110");
    }

    #[test]
    fn numbers_are_compared_by_value() {
        assert!(ratio(1, 3) < ratio(1, 2));
        assert!(Binary64::of(0) < ratio(1, 1_000_000));
        assert!(ratio(10, 10) == Binary64::ONE);
        assert_eq!(Binary64::of(i128::from(i64::MAX)).ceil(), i64::MAX);
        assert!(Binary64::ONE.over(Binary64::of(0)).is_none());
    }
}
