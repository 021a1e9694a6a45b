//! The arithmetic of scores, in integers with the results of upstream's floating point.
//!
//! Where upstream divides and multiplies `float64`s and cuts the result to an integer, the last bit decides: 29 of 100 is
//! 28 for `int64(100 * (29.0 / 100.0))`. [`Double`] rounds as IEEE 754 does. Where upstream takes logarithms and rounds
//! to the nearest integer, 60 binary places are more than enough: [`LogSum`].

/// A `float64` that is not negative: mantissa times two to the exponent, the mantissa of 53 bits or zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Double {
    mantissa: u64,
    exponent: i32,
}

const BITS: u32 = 53;
/// Extra bits of a quotient before it is rounded.
const SHIFT: u32 = 66;

impl Double {
    /// A whole number; 0 for a negative one.
    pub fn of(value: i64) -> Double {
        Double::rounded(u128::try_from(value).unwrap_or(0), 0)
    }

    /// The nearest one to a value; of two, the even one. The lowest bit of `value` may stand for a remainder.
    fn rounded(value: u128, exponent: i32) -> Double {
        let length = u128::BITS - value.leading_zeros();
        let Some(surplus) = length.checked_sub(BITS) else {
            let missing = BITS - length;
            return match value {
                0 => Double { mantissa: 0, exponent: 0 },
                _ => Double { mantissa: low(value << missing), exponent: exponent - signed(missing) },
            };
        };
        if surplus == 0 {
            return Double { mantissa: low(value), exponent };
        }
        let (mut kept, rest, half) = (value >> surplus, value & ((1 << surplus) - 1), 1_u128 << (surplus - 1));
        if rest > half || rest == half && kept & 1 == 1 {
            kept += 1;
        }
        let exponent = exponent + signed(surplus);
        match kept >> BITS {
            0 => Double { mantissa: low(kept), exponent },
            _ => Double { mantissa: low(kept >> 1), exponent: exponent + 1 },
        }
    }

    /// The quotient; 0 by nothing.
    pub fn divided_by(self, other: Double) -> Double {
        if other.mantissa == 0 {
            return Double::of(0);
        }
        let (dividend, divisor) = (u128::from(self.mantissa) << SHIFT, u128::from(other.mantissa));
        let remainder = u128::from(dividend % divisor != 0);
        Double::rounded(((dividend / divisor) << 1) | remainder, self.exponent - other.exponent - signed(SHIFT) - 1)
    }

    /// The product.
    pub fn times(self, other: Double) -> Double {
        Double::rounded(u128::from(self.mantissa) * u128::from(other.mantissa), self.exponent + other.exponent)
    }

    /// The difference without its sign.
    pub fn distance(self, other: Double) -> Double {
        let (high, low) = if self.is_less(other) { (other, self) } else { (self, other) };
        // Past 70 binary places the smaller one is less than half of the last bit.
        let places = u32::try_from(high.exponent - low.exponent).unwrap_or(0);
        if low.mantissa == 0 || places > 70 {
            return high;
        }
        match high.exponent >= low.exponent {
            true => Double::rounded((u128::from(high.mantissa) << places) - u128::from(low.mantissa), low.exponent),
            false => high,
        }
    }

    /// Half of it.
    pub fn halved(self) -> Double {
        match self.mantissa {
            0 => self,
            _ => Double { exponent: self.exponent - 1, ..self },
        }
    }

    /// The smaller of two.
    pub fn min(self, other: Double) -> Double {
        if other.is_less(self) { other } else { self }
    }

    fn is_less(self, other: Double) -> bool {
        match (self.mantissa, other.mantissa) {
            (_, 0) => false,
            (0, _) => true,
            // Mantissas have one length, so that the exponent decides first.
            _ => (self.exponent, self.mantissa) < (other.exponent, other.mantissa),
        }
    }

    /// The whole part.
    pub fn truncated(self) -> i64 {
        let whole = match u32::try_from(-self.exponent) {
            Ok(places) => u128::from(self.mantissa).checked_shr(places).unwrap_or(0),
            Err(_) => u128::from(self.mantissa) << self.exponent.min(64),
        };
        i64::try_from(whole).unwrap_or(i64::MAX)
    }
}

fn low(value: u128) -> u64 {
    u64::try_from(value).unwrap_or(u64::MAX)
}

fn signed(bits: u32) -> i32 {
    i32::try_from(bits).unwrap_or(i32::MAX)
}

/// Binary places of logarithms.
const PLACES: u32 = 60;
const ONE: i128 = 1 << PLACES;
/// The natural logarithm of 2.
const LN_2: i128 = 799_144_290_325_165_979;

/// A sum of counts, each weighed by the logarithm of the number of domains and shifted by a whole number
/// (`scoreForCount`, `topologyNormalizingWeight`).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LogSum(i128);

impl LogSum {
    /// Adds `count · ln(domains + 2) + shift`.
    pub fn add(&mut self, count: i64, domains: usize, shift: i64) {
        let weight = ln(u32::try_from(domains).unwrap_or(u32::MAX).saturating_add(2));
        self.0 += i128::from(count) * weight + i128::from(shift) * ONE;
    }

    /// The nearest whole number.
    pub fn rounded(&self) -> i64 {
        i64::try_from((self.0 + ONE / 2) >> PLACES).unwrap_or(i64::MAX)
    }
}

/// The natural logarithm of a number from 1, by `ln m = 2 artanh((m - 1)/(m + 1))` for what is left of it below 2.
fn ln(number: u32) -> i128 {
    let powers = number.max(1).ilog2();
    let rest = (i128::from(number.max(1)) << PLACES) >> powers;
    let base = ((rest - ONE) << PLACES) / (rest + ONE);
    let square = (base * base) >> PLACES;
    let (mut sum, mut power) = (0, base);
    for odd in (1..).step_by(2) {
        if power == 0 {
            break;
        }
        sum += power / odd;
        power = (power * square) >> PLACES;
    }
    2 * sum + i128::from(powers) * LN_2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients_and_products_round_as_floating_point_does() {
        let percent = |part, whole| Double::of(100).times(Double::of(part).divided_by(Double::of(whole))).truncated();
        // `int64(100 * (29.0 / 100.0))` is 28 in Go.
        assert_eq!([percent(29, 100), percent(57, 100), percent(58, 100), percent(30, 100)], [28, 56, 57, 30]);
        assert_eq!([percent(1, 3), percent(2, 3), percent(3, 3), percent(0, 3)], [33, 66, 100, 0]);
    }

    #[test]
    fn differences_are_exact_where_floating_point_is() {
        let fraction = |part, whole| Double::of(part).divided_by(Double::of(whole));
        let rest = |part, whole| Double::of(1).distance(fraction(part, whole)).times(Double::of(100)).truncated();
        assert_eq!([rest(1, 4), rest(1, 8), rest(43, 100), rest(0, 1), rest(1, 1)], [75, 87, 57, 100, 0]);
        assert_eq!(fraction(1, 2).distance(fraction(1, 4)), fraction(1, 4));
        assert_eq!(fraction(1, 2).halved(), fraction(1, 4));
    }

    #[test]
    fn logarithms_have_more_places_than_are_needed() {
        let millionths = |number| ln(number) * 1_000_000 / ONE;
        assert_eq!([ln(1), ln(2)], [0, LN_2]);
        assert_eq!([millionths(3), millionths(10), millionths(5002)], [1_098_612, 2_302_585, 8_517_593]);
    }
}
