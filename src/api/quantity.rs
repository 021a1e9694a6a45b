//! Resource quantities: `100m`, `64Mi`, `1.5Gi`, `2e3`.
//! Upstream: `k8s.io/apimachinery/pkg/api/resource/quantity.go`.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::rc::Rc;

/// A quantity as written, with its value in thousandths (milli-CPU for CPU, thousandths of a byte for memory).
///
/// Two quantities are equal when their values are, as upstream compares them semantically: `1` equals `1000m`.
#[derive(Clone)]
pub struct Quantity {
    text: Rc<str>,
    milli: i128,
}

impl Quantity {
    /// Reads a quantity; `None` where it is not one.
    ///
    /// Fractions finer than a thousandth are rounded up, as upstream rounds away from zero.
    #[must_use]
    pub fn parse(text: &str) -> Option<Quantity> {
        let (sign, rest) = match text.as_bytes().first()? {
            b'-' => (-1, &text[1..]),
            b'+' => (1, &text[1..]),
            _ => (1, text),
        };
        let split = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, suffix) = rest.split_at(split);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && fraction.is_empty() || fraction.contains('.') || number.len() > 24 {
            return None;
        }
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        let (numerator, denominator) = multiplier(suffix)?;
        let denominator = denominator.checked_mul(10i128.checked_pow(u32::try_from(fraction.len()).ok()?)?)?;
        let scaled = digits.checked_mul(numerator)?.checked_mul(1000)?;
        let milli = scaled / denominator + i128::from(scaled % denominator != 0);
        Some(Quantity { text: Rc::from(text), milli: sign * milli })
    }

    /// A whole number of units.
    #[must_use]
    pub fn of(value: i64) -> Quantity {
        Quantity { text: Rc::from(value.to_string().as_str()), milli: i128::from(value) * 1000 }
    }

    /// The value in thousandths: milli-CPU.
    #[must_use]
    pub fn milli(&self) -> i64 {
        i64::try_from(self.milli).unwrap_or(if self.milli < 0 { i64::MIN } else { i64::MAX })
    }

    /// The value in units, rounded up: bytes, pods.
    #[must_use]
    pub fn value(&self) -> i64 {
        let units = self.milli.div_euclid(1000) + i128::from(self.milli.rem_euclid(1000) != 0);
        i64::try_from(units).unwrap_or(if self.milli < 0 { i64::MIN } else { i64::MAX })
    }

    /// The sum, in the form of the first (`Quantity.Add`).
    #[must_use]
    pub fn plus(&self, other: &Quantity) -> Quantity {
        let milli = self.milli.saturating_add(other.milli);
        let form = if self.milli == 0 { &other.text } else { &self.text };
        let unit = if milli % 1000 != 0 {
            "m"
        } else if form.ends_with('i') {
            "Ki"
        } else {
            ""
        };
        let text = match unit {
            "Ki" if milli % 1_024_000 == 0 => format!("{}Ki", milli / 1_024_000),
            "m" => format!("{milli}m"),
            _ => (milli / 1000).to_string(),
        };
        Quantity { text: Rc::from(text), milli }
    }

    /// The quantity as the API server writes it: `1Gi` for `1024Mi`, `500m` for `0.5`.
    #[must_use]
    pub fn canonical(&self) -> String {
        let suffix = self.text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-'));
        // Finer than a thousandth is not known, and powers of ten keep the form in which they were written.
        if matches!(suffix, "n" | "u") || suffix.starts_with('e') || suffix.len() > 1 && suffix.starts_with('E') {
            return self.text.to_string();
        }
        let (suffixes, step, mut number): (&[&str], i128, i128) =
            if suffix.ends_with('i') && self.milli.abs() >= 1_024_000 {
                (
                    &["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"],
                    1024,
                    self.milli.div_euclid(1000) + i128::from(self.milli % 1000 > 0),
                )
            } else {
                (&["m", "", "k", "M", "G", "T", "P", "E"], 1000, self.milli)
            };
        let mut power = 0;
        while number != 0 && number % step == 0 && power + 1 < suffixes.len() {
            number /= step;
            power += 1;
        }
        match (number, suffixes.get(power)) {
            (0, _) | (_, None) => "0".into(),
            (number, Some(suffix)) => format!("{number}{suffix}"),
        }
    }

    /// The quantity as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Numerator and denominator of a suffix.
fn multiplier(suffix: &str) -> Option<(i128, i128)> {
    Some(match suffix {
        "" => (1, 1),
        "n" => (1, 1_000_000_000),
        "u" => (1, 1_000_000),
        "m" => (1, 1000),
        "k" => (1000, 1),
        "M" => (1_000_000, 1),
        "G" => (1_000_000_000, 1),
        "T" => (1_000_000_000_000, 1),
        "P" => (1_000_000_000_000_000, 1),
        "E" => (1_000_000_000_000_000_000, 1),
        "Ki" => (1 << 10, 1),
        "Mi" => (1 << 20, 1),
        "Gi" => (1 << 30, 1),
        "Ti" => (1 << 40, 1),
        "Pi" => (1 << 50, 1),
        "Ei" => (1 << 60, 1),
        _ => {
            let exponent: i32 = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
            let power = 10i128.checked_pow(exponent.unsigned_abs())?;
            if exponent < 0 { (1, power) } else { (power, 1) }
        }
    })
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.milli == other.milli
    }
}

impl Eq for Quantity {}

impl fmt::Debug for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Quantity {
    /// As the API server writes it: without a fraction, with the largest suffix (`CanonicalizeBytes`).
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.canonical())
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Quantity;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a quantity such as 100m, 64Mi or 2")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Quantity, E> {
                Quantity::parse(text).ok_or_else(|| {
                    E::custom(
                        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
                    )
                })
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Quantity, E> {
                Ok(Quantity::of(value))
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Quantity, E> {
                self.visit_str(&value.to_string())
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Quantity, E> {
                self.visit_str(&value.to_string())
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_are_read_as_kubernetes_reads_them() {
        for (text, milli) in [
            ("100m", 100),
            ("1", 1000),
            ("0.5", 500),
            ("1.5", 1500),
            ("64Mi", 64 * 1024 * 1024 * 1000),
            ("1e3", 1_000_000),
            ("1k", 1_000_000),
            ("1n", 1),
            ("-2", -2000),
        ] {
            assert_eq!(Quantity::parse(text).map(|q| q.milli()), Some(milli), "{text}");
        }
    }

    #[test]
    fn quantities_are_written_without_fractions_and_with_the_largest_suffix() {
        for (text, canonical) in [
            ("1024Mi", "1Gi"),
            ("0.5Gi", "512Mi"),
            ("1.5Gi", "1536Mi"),
            ("100Mi", "100Mi"),
            ("512", "512"),
            ("0.5", "500m"),
            ("1000m", "1"),
            ("1500m", "1500m"),
            ("2000", "2k"),
            ("128974848", "128974848"),
            ("0", "0"),
            ("0.5Ki", "512"),
            ("-1024Ki", "-1Mi"),
            ("1e3", "1e3"),
        ] {
            let written = Quantity::parse(text).map(|quantity| quantity.canonical());
            assert_eq!(written.as_deref(), Some(canonical), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_quantity_is_refused() {
        for text in ["", "Mi", "1 Gi", "1GiB", "1.2.3", "abc", "1e999"] {
            assert!(Quantity::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn one_equals_a_thousand_thousandths() {
        assert_eq!(Quantity::parse("1"), Quantity::parse("1000m"));
    }
}
