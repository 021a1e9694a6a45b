//! The one place where the core calculates with floats. Upstream's scores and autoscaler calculate with Go's `float64`
//! and cut or round the result, so that a last bit decides about a pod or a node: `28.0 / 50.0 * 25.0` is a little more
//! than 14, which makes 15 pods. The four basic operations are those of IEEE 754 on every machine and in every browser;
//! nothing else is offered here.

use std::cmp::Ordering;
use std::ops::{Add, Mul, Sub};

/// A `float64` of upstream. Never "not a number", since nothing is divided by 0.
#[derive(Clone, Copy, Debug)]
pub struct Float64(f64);

impl Float64 {
    /// The number 0.
    pub const ZERO: Float64 = Float64(0.0);
    /// The number 1.
    pub const ONE: Float64 = Float64(1.0);

    /// `float64(value)`.
    #[must_use]
    pub fn of(value: i64) -> Float64 {
        Float64(value as f64)
    }

    /// `a / b`; none where `b` is 0.
    #[must_use]
    pub fn over(self, divisor: Float64) -> Option<Float64> {
        (divisor.0 != 0.0).then(|| Float64(self.0 / divisor.0))
    }

    /// `math.Abs(a)`.
    #[must_use]
    pub fn abs(self) -> Float64 {
        Float64(self.0.abs())
    }

    /// `int64(math.Ceil(a))`, or the greatest or least there is.
    #[must_use]
    pub fn ceil(self) -> i64 {
        self.0.ceil() as i64
    }

    /// `int64(a)`: the digits after the point are cut off.
    #[must_use]
    pub fn truncated(self) -> i64 {
        self.0 as i64
    }
}

impl Add for Float64 {
    type Output = Float64;

    fn add(self, other: Float64) -> Float64 {
        Float64(self.0 + other.0)
    }
}

impl Sub for Float64 {
    type Output = Float64;

    fn sub(self, other: Float64) -> Float64 {
        Float64(self.0 - other.0)
    }
}

impl Mul for Float64 {
    type Output = Float64;

    fn mul(self, other: Float64) -> Float64 {
        Float64(self.0 * other.0)
    }
}

impl PartialEq for Float64 {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Float64 {}

impl PartialOrd for Float64 {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Float64 {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(a: i64, b: i64) -> Float64 {
        Float64::of(a).over(Float64::of(b)).unwrap()
    }

    #[test]
    fn products_round_as_float64_does() {
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
            assert_eq!((ratio(a, b) * Float64::of(pods)).ceil(), expected, "{a}/{b} x {pods}");
        }
        // `int64(100 * (29.0 / 100.0))` is 28 in Go.
        let percent = |part, whole| (Float64::of(100) * ratio(part, whole)).truncated();
        assert_eq!([percent(29, 100), percent(57, 100), percent(58, 100), percent(30, 100)], [28, 56, 57, 30]);
        assert_eq!([percent(1, 3), percent(2, 3), percent(3, 3), percent(-1, 3)], [33, 66, 100, -33]);
    }

    #[test]
    fn sums_round_as_float64_does() {
        assert_eq!(ratio(1, 10) + Float64::ONE, ratio(11, 10));
        assert_eq!(Float64::ONE - ratio(1, 10), ratio(9, 10));
        assert_eq!((ratio(1, 4) - ratio(1, 2)).abs(), ratio(1, 4));
        let more = (ratio(1, 10) + Float64::ONE) * Float64::of(100);
        assert_eq!(more.ceil(), 111, "1.1 x 100 is a little more than 110");
    }

    #[test]
    fn numbers_are_compared_by_value() {
        assert!(ratio(1, 3) < ratio(1, 2));
        assert!(Float64::ZERO < ratio(1, 1_000_000));
        assert!(Float64::of(-1) < Float64::ZERO);
        assert!(ratio(10, 10) == Float64::ONE);
        assert_eq!(Float64::of(i64::MAX).ceil(), i64::MAX);
        assert!(Float64::ONE.over(Float64::ZERO).is_none());
    }
}
