//! What a YAML reader takes for something else than text unless it is quoted.
//! Upstream: `go.yaml.in/yaml/v2: resolve.go`, `encode.go: isBase60Float`.

/// Whether a reader takes unquoted text for text, and not for a number, a truth value, an instant or nothing.
pub fn is_read_as_text(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON", "n", "N", "no", "No", "NO", "false",
        "False", "FALSE", "off", "Off", "OFF", "", "~", "null", "Null", "NULL", ".nan", ".NaN", ".NAN", ".inf", ".Inf",
        ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF",
    ];
    if WORDS.contains(&text) {
        return false;
    }
    match text.bytes().next() {
        Some(b'.') => !is_float(text),
        Some(b'0'..=b'9' | b'+' | b'-') => {
            let joined = text.replace('_', "");
            !(is_timestamp(text) || is_integer(&joined) || is_float(&joined) || is_base_60(text))
        }
        _ => true,
    }
}

/// `strconv.ParseInt` and `ParseUint` with the base that the prefix says.
fn is_integer(text: &str) -> bool {
    let (is_negative, digits) = match text.strip_prefix(['+', '-']) {
        Some(digits) => (text.starts_with('-'), digits),
        None => (false, text),
    };
    let lower = digits.to_ascii_lowercase();
    let (base, digits) = match (lower.get(..2), lower.as_str()) {
        (Some("0x"), all) => (16, all.get(2..)),
        (Some("0o"), all) => (8, all.get(2..)),
        (Some("0b"), all) => (2, all.get(2..)),
        (_, all) if all.len() > 1 && all.starts_with('0') => (8, all.get(1..)),
        (_, all) => (10, Some(all)),
    };
    let number =
        digits.filter(|digits| !digits.starts_with(['+', '-'])).map(|digits| u64::from_str_radix(digits, base));
    let is_signed = text.starts_with(['+', '-']);
    match number {
        Some(Ok(number)) if is_negative => number <= 1 << 63,
        Some(Ok(number)) if is_signed => number < 1 << 63,
        Some(Ok(_)) => true,
        Some(Err(_)) | None => false,
    }
}

/// The form of a decimal number, with a magnitude that 64 bits can hold.
fn is_float(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !are_digits(whole) || !are_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return false;
    }
    let digits = exponent.map(|exponent| exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
    if digits.is_some_and(|digits| digits.is_empty() || !are_digits(digits)) {
        return false;
    }
    let significant = whole.trim_start_matches('0').len();
    let is_zero = significant == 0 && fraction.bytes().all(|byte| byte == b'0');
    /// Places before the point of the largest number.
    const LARGEST: i64 = 309;
    let shift = exponent.map_or(0, |exponent| {
        exponent.parse().unwrap_or(if exponent.starts_with('-') { -LARGEST * 2 } else { LARGEST * 2 })
    });
    is_zero || i64::try_from(significant).unwrap_or(i64::MAX).saturating_add(shift) <= LARGEST
}

/// `2006-1-2`, with or without a time of day (`parseTimestamp`).
fn is_timestamp(text: &str) -> bool {
    let Some((year, rest)) = text.split_once('-') else { return false };
    let (date, clock) = match rest.find(['T', 't', ' ']) {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let is_number = |text: &str, least: u32, most: u32| {
        (1..=2).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && text.parse().is_ok_and(|number: u32| (least..=most).contains(&number))
    };
    let is_date = date.split_once('-').is_some_and(|(month, day)| is_number(month, 1, 12) && is_number(day, 1, 31));
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) || !is_date {
        return false;
    }
    let Some(separator) = clock.chars().next() else { return true };
    let clock = clock.get(1..).unwrap_or_default();
    let (clock, has_zone) = match clock.find(['Z', '+', '-']) {
        Some(at) => {
            let (clock, zone) = clock.split_at(at);
            let offset = zone.get(1..).unwrap_or_default();
            let is_offset = offset.len() == 5
                && offset
                    .split_once(':')
                    .is_some_and(|(hours, minutes)| is_number(hours, 0, 24) && is_number(minutes, 0, 60));
            if !(zone == "Z" || (!zone.starts_with('Z') && is_offset)) {
                return false;
            }
            (clock, true)
        }
        None => (clock, false),
    };
    let (clock, fraction) = clock.split_once('.').map_or((clock, None), |(clock, fraction)| (clock, Some(fraction)));
    let mut parts = clock.split(':');
    let mut part = |most| parts.next().is_some_and(|part| is_number(part, 0, most));
    let is_clock = part(23) && part(59) && part(59) && parts.next().is_none();
    let is_fraction =
        fraction.is_none_or(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    is_clock && is_fraction && has_zone == (separator != ' ')
}

/// `1:30`: a number to the base 60 in YAML 1.1.
fn is_base_60(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let are = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let mut parts = whole.split(':');
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let is_part = |part: &str| match part.as_bytes() {
        [ones] => ones.is_ascii_digit(),
        [tens, ones] => (b'0'..=b'5').contains(tens) && ones.is_ascii_digit(),
        _ => false,
    };
    first.starts_with(|char: char| char.is_ascii_digit())
        && are(first)
        && are(fraction)
        && !rest.is_empty()
        && rest.into_iter().all(is_part)
}
