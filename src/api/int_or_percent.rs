//! A count or a share of one: `2` or `25%`. Upstream: `k8s.io/apimachinery/pkg/util/intstr`.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// An absolute number, or a percentage of a total that is known only later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntOrPercent {
    /// So many.
    Int(i64),
    /// So many in a hundred.
    Percent(i64),
}

impl IntOrPercent {
    /// The number it stands for among `total`, a percentage rounded up (`GetScaledValueFromIntOrPercent(.., true)`).
    #[must_use]
    pub fn rounded_up(self, total: i64) -> i64 {
        match self {
            IntOrPercent::Int(value) => value,
            IntOrPercent::Percent(percent) => (total.saturating_mul(percent) + 99).div_euclid(100),
        }
    }

    /// The number it stands for among `total`, a percentage rounded down (`GetScaledValueFromIntOrPercent(.., false)`).
    #[must_use]
    pub fn rounded_down(self, total: i64) -> i64 {
        match self {
            IntOrPercent::Int(value) => value,
            IntOrPercent::Percent(percent) => total.saturating_mul(percent).div_euclid(100),
        }
    }
}

impl fmt::Display for IntOrPercent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IntOrPercent::Int(value) => write!(f, "{value}"),
            IntOrPercent::Percent(percent) => write!(f, "{percent}%"),
        }
    }
}

impl Serialize for IntOrPercent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            IntOrPercent::Int(value) => serializer.serialize_i64(*value),
            IntOrPercent::Percent(_) => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for IntOrPercent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = IntOrPercent;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number or a percentage such as 25%")
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<IntOrPercent, E> {
                Ok(IntOrPercent::Int(value))
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<IntOrPercent, E> {
                i64::try_from(value).map(IntOrPercent::Int).map_err(E::custom)
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<IntOrPercent, E> {
                text.strip_suffix('%')
                    .and_then(|number| number.parse().ok())
                    .map(IntOrPercent::Percent)
                    .ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_rounds_up_or_down_as_asked() {
        assert_eq!(IntOrPercent::Percent(25).rounded_up(5), 2);
        assert_eq!(IntOrPercent::Percent(25).rounded_down(5), 1);
        assert_eq!(IntOrPercent::Percent(0).rounded_up(5), 0);
        assert_eq!(IntOrPercent::Int(3).rounded_up(5), 3);
    }
}
