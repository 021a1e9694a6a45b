//! How go-yaml v2 reads a word: `go.yaml.in/yaml/v2/resolve.go`.

use super::{Content, base64};
use serde_json::Number;

const TAGS: &str = "tag:yaml.org,2002:";

/// What a word is.
pub(super) enum Resolved {
    /// A value that JSON has.
    Content(Content),
    /// A number that JSON does not have: as Go prints it, and as a key of a mapping.
    NotFinite { printed: &'static str, key: &'static str },
    /// It is not what its tag says.
    Refused(String),
}

/// Reads a scalar by its tag; one that is quoted, and so not implicit, is text unless its tag says otherwise.
pub(super) fn resolve(text: &str, tag: Option<&str>, is_implicit: bool) -> Resolved {
    let Some(tag) = tag.filter(|tag| !tag.is_empty()) else {
        return if is_implicit { plain(text) } else { string(text) };
    };
    match tag.strip_prefix(TAGS) {
        Some("binary") => base64::decode(text).map_or_else(
            || Resolved::Refused("!!binary value contains invalid base64 data".into()),
            |decoded| string(&decoded),
        ),
        Some(wanted @ ("bool" | "int" | "float" | "null" | "timestamp")) => {
            let found = plain(text);
            let is_it = match (wanted, type_of(text, &found)) {
                ("float", "int") => true,
                ("timestamp", "str") => is_timestamp(text),
                (wanted, is) => wanted == is,
            };
            let is = type_of(text, &found);
            if is_it { found } else { Resolved::Refused(format!("cannot decode !!{is} `{text}` as a !!{wanted}")) }
        }
        _ => string(text),
    }
}

fn string(text: &str) -> Resolved {
    Resolved::Content(Content::String(text.into()))
}

fn type_of(text: &str, found: &Resolved) -> &'static str {
    match found {
        Resolved::Content(Content::Null) => "null",
        Resolved::Content(Content::Bool(_)) => "bool",
        Resolved::Content(Content::Number(_)) if integer(&text.replace('_', "")).is_some() => "int",
        Resolved::Content(Content::Number(_)) | Resolved::NotFinite { .. } => "float",
        Resolved::Content(_) | Resolved::Refused(_) if text == "<<" => "merge",
        Resolved::Content(_) | Resolved::Refused(_) => "str",
    }
}

/// `parseTimestamp`, as far as it looks: a date, and perhaps a time. It stays text.
fn is_timestamp(text: &str) -> bool {
    let date = text.split(['T', 't', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = date.split('-').collect();
    let is_number = |part: &&str, longest: usize| {
        !part.is_empty() && part.len() <= longest && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    matches!(parts.as_slice(), [year, month, day] if year.len() == 4 && is_number(year, 4) && is_number(month, 2) && is_number(day, 2))
}

fn plain(text: &str) -> Resolved {
    let content = match text {
        "" | "~" | "null" | "Null" | "NULL" => Content::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Content::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Content::Bool(false),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            return Resolved::NotFinite { printed: "+Inf", key: ".inf" };
        }
        "-.inf" | "-.Inf" | "-.INF" => return Resolved::NotFinite { printed: "-Inf", key: "-.inf" },
        ".nan" | ".NaN" | ".NAN" => return Resolved::NotFinite { printed: "NaN", key: ".nan" },
        _ => number(text).map_or_else(|| Content::String(text.into()), Content::Number),
    };
    Resolved::Content(content)
}

/// A number as it is written.
pub(super) fn number(text: &str) -> Option<Number> {
    match text.bytes().next()? {
        // `strconv.ParseFloat`, which wants no underscores.
        b'.' => decimal(text),
        b'0'..=b'9' | b'+' | b'-' => {
            let plain = text.replace('_', "");
            integer(&plain).or_else(|| decimal(&plain))
        }
        _ => None,
    }
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
