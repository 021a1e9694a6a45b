//! How go-yaml v2 reads a plain word: `sigs.k8s.io/yaml/goyaml.v2/resolve.go`.

use super::Content;
use serde_json::Number;

/// A plain scalar, by its text.
pub(super) fn resolve(text: &str) -> Content {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Content::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            return Content::Bool(true);
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Content::Bool(false);
        }
        _ => {}
    }
    number(text).map_or_else(|| Content::String(text.into()), Content::Number)
}

/// A number that JSON does not have, as Go prints it.
pub(super) fn not_finite(text: &str) -> Option<&'static str> {
    match text {
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Some("+Inf"),
        "-.inf" | "-.Inf" | "-.INF" => Some("-Inf"),
        ".nan" | ".NaN" | ".NAN" => Some("NaN"),
        _ => None,
    }
}

fn number(text: &str) -> Option<Number> {
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.')) {
        return None;
    }
    let plain = text.replace('_', "");
    integer(&plain).or_else(|| decimal(&plain))
}

/// `strconv.ParseInt(plain, 0, 64)`, then `ParseUint`: `0x`, `0o`, `0b`, and a leading zero for octal.
fn integer(plain: &str) -> Option<Number> {
    let (sign, rest) = match plain.as_bytes().first()? {
        b'-' => ("-", plain.get(1..)?),
        b'+' => ("", plain.get(1..)?),
        _ => ("", plain),
    };
    let (radix, digits) = match rest.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, rest.get(2..)?),
        [b'0', b'o' | b'O', ..] => (8, rest.get(2..)?),
        [b'0', b'b' | b'B', ..] => (2, rest.get(2..)?),
        [b'0', _, ..] => (8, rest.get(1..)?),
        _ => (10, rest),
    };
    if !digits.starts_with(|first: char| first.is_digit(radix)) {
        return None;
    }
    match i64::from_str_radix(&format!("{sign}{digits}"), radix) {
        Ok(value) => Some(value.into()),
        Err(_) if sign.is_empty() => u64::from_str_radix(digits, radix).ok().map(Number::from),
        Err(_) => None,
    }
}

/// `^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`, written to JSON as Go writes it: `2.0` becomes `2`.
fn decimal(plain: &str) -> Option<Number> {
    let unsigned = plain.strip_prefix(['-', '+']).unwrap_or(plain);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if !is_digits(whole) || !is_digits(fraction) || whole.is_empty() && fraction.is_empty() {
        return None;
    }
    if exponent.is_some_and(|exponent| {
        let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        digits.is_empty() || !is_digits(digits)
    }) {
        return None;
    }
    let number = Number::from_f64(plain.parse().ok()?)?;
    let text = number.to_string();
    let integral = text.strip_suffix(".0").and_then(|whole| whole.parse::<i64>().ok());
    Some(integral.map_or(number, Number::from))
}
