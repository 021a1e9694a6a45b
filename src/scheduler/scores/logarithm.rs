//! Logarithms in integers. Upstream weighs the domains of a topology by `math.Log` and rounds the sum to the nearest
//! integer; what `ln` gives in its last bit is not the same on every machine, and 60 binary places are more than enough.

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
    fn logarithms_have_more_places_than_are_needed() {
        let millionths = |number| ln(number) * 1_000_000 / ONE;
        assert_eq!([ln(1), ln(2)], [0, LN_2]);
        assert_eq!([millionths(3), millionths(10), millionths(5002)], [1_098_612, 2_302_585, 8_517_593]);
    }
}
