//! When a CronJob runs: `github.com/robfig/cron/v3/parser.go: ParseStandard`, with its words.

use crate::manifest::field_error::go_quoted;

/// What a field may be: its numbers, and the names for them.
struct Bounds {
    least: u64,
    most: u64,
    names: &'static [&'static str],
}

const FIELDS: [Bounds; 5] = [
    Bounds { least: 0, most: 59, names: &[] },
    Bounds { least: 0, most: 23, names: &[] },
    Bounds { least: 1, most: 31, names: &[] },
    Bounds {
        least: 1,
        most: 12,
        names: &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    },
    Bounds { least: 0, most: 6, names: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];

/// What is wrong with a schedule; nothing where it can be read.
pub(super) fn problem(schedule: &str) -> Option<String> {
    let schedule = match schedule.strip_prefix("TZ=").or_else(|| schedule.strip_prefix("CRON_TZ=")) {
        Some(rest) => rest.split_once(' ').map_or("", |(_, schedule)| schedule.trim()),
        None => schedule,
    };
    if schedule.starts_with('@') {
        return descriptor(schedule);
    }
    let fields: Vec<&str> = schedule.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        return Some(format!("expected exactly 5 fields, found {}: [{}]", fields.len(), fields.join(" ")));
    }
    let parts = fields.iter().zip(&FIELDS).flat_map(|(field, bounds)| field.split(',').map(move |part| (part, bounds)));
    parts.filter(|(part, _)| !part.is_empty()).find_map(|(part, bounds)| range(part, bounds).err())
}

fn descriptor(text: &str) -> Option<String> {
    match text {
        "@yearly" | "@annually" | "@monthly" | "@weekly" | "@daily" | "@midnight" | "@hourly" => None,
        _ => match text.strip_prefix("@every ") {
            Some(duration) => duration_problem(duration).map(|why| format!("failed to parse duration {text}: {why}")),
            None => Some(format!("unrecognized descriptor: {text}")),
        },
    }
}

/// `getRange`.
fn range(text: &str, bounds: &Bounds) -> Result<(), String> {
    let mut with_step = text.split('/');
    let (span, step, is_longer) = (with_step.next().unwrap_or_default(), with_step.next(), with_step.next().is_some());
    let ends: Vec<&str> = span.split('-').collect();
    let (start, mut end) = match ends.as_slice() {
        ["*" | "?", ..] => (bounds.least, bounds.most),
        [one] => {
            let start = number_or_name(one, bounds)?;
            (start, start)
        }
        [first, last] => (number_or_name(first, bounds)?, number_or_name(last, bounds)?),
        [first, ..] => {
            number_or_name(first, bounds)?;
            return Err(format!("too many hyphens: {text}"));
        }
        [] => return Ok(()),
    };
    if is_longer {
        return Err(format!("too many slashes: {text}"));
    }
    let step = step.map_or(Ok(1), number)?;
    if ends.len() == 1 && text.contains('/') {
        end = bounds.most;
    }
    let Bounds { least, most, .. } = bounds;
    if start < *least {
        Err(format!("beginning of range ({start}) below minimum ({least}): {text}"))
    } else if end > *most {
        Err(format!("end of range ({end}) above maximum ({most}): {text}"))
    } else if start > end {
        Err(format!("beginning of range ({start}) beyond end of range ({end}): {text}"))
    } else if step == 0 {
        Err(format!("step of range should be a positive number: {text}"))
    } else {
        Ok(())
    }
}

fn number_or_name(text: &str, bounds: &Bounds) -> Result<u64, String> {
    let lower = text.to_lowercase();
    match (bounds.least..).zip(bounds.names).find(|(_, name)| **name == lower) {
        Some((number, _)) => Ok(number),
        None => number(text),
    }
}

/// `mustParseInt`.
fn number(text: &str) -> Result<u64, String> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let why = if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        "invalid syntax"
    } else {
        match text.parse::<i64>().map(u64::try_from) {
            Ok(Ok(number)) => return Ok(number),
            Ok(Err(_)) => {
                let number = text.parse::<i64>().unwrap_or_default();
                return Err(format!("negative number ({number}) not allowed: {text}"));
            }
            Err(_) => "value out of range",
        }
    };
    Err(format!("failed to parse int from {text}: strconv.Atoi: parsing {}: {why}", go_quoted(text)))
}

/// `time.ParseDuration`, as far as its form goes.
fn duration_problem(text: &str) -> Option<String> {
    let quoted = go_quoted(text);
    let mut rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    if rest == "0" {
        return None;
    }
    if rest.is_empty() {
        return Some(format!("time: invalid duration {quoted}"));
    }
    while !rest.is_empty() {
        let is_number = |c: char| c.is_ascii_digit() || c == '.';
        let unit = rest.trim_start_matches(is_number);
        let number = rest.get(..rest.len() - unit.len()).unwrap_or_default();
        if !number.contains(|c: char| c.is_ascii_digit()) || number.matches('.').count() > 1 {
            return Some(format!("time: invalid duration {quoted}"));
        }
        let after = unit.trim_start_matches(|c: char| !is_number(c));
        let unit = unit.get(..unit.len() - after.len()).unwrap_or_default();
        match unit {
            "" => return Some(format!("time: missing unit in duration {quoted}")),
            "ns" | "us" | "µs" | "μs" | "ms" | "s" | "m" | "h" => rest = after,
            unit => return Some(format!("time: unknown unit {} in duration {quoted}", go_quoted(unit))),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::problem;

    #[test]
    fn schedules_are_judged_in_the_words_of_the_parser() {
        for fine in ["* * * * *", "*/5 0-23/2 1,15 JAN-mar sun", "0 0 ? * 6", "@daily", "@every 1h30m", "5/15 * * * *"]
        {
            assert_eq!(problem(fine), None, "{fine}");
        }
        for (schedule, why) in [
            ("* * * *", "expected exactly 5 fields, found 4: [* * * *]"),
            ("0 */5 * * * *", "expected exactly 5 fields, found 6: [0 */5 * * * *]"),
            ("60 * * * *", "end of range (60) above maximum (59): 60"),
            ("* 24 * * *", "end of range (24) above maximum (23): 24"),
            ("* * 0 * *", "beginning of range (0) below minimum (1): 0"),
            ("* * * * 7", "end of range (7) above maximum (6): 7"),
            ("5-1 * * * *", "beginning of range (5) beyond end of range (1): 5-1"),
            ("*/0 * * * *", "step of range should be a positive number: */0"),
            ("1-2-3 * * * *", "too many hyphens: 1-2-3"),
            ("1/2/3 * * * *", "too many slashes: 1/2/3"),
            ("x * * * *", "failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax"),
            ("@noon", "unrecognized descriptor: @noon"),
            ("@every 5", "failed to parse duration @every 5: time: missing unit in duration \"5\""),
            ("@every 1d", "failed to parse duration @every 1d: time: unknown unit \"d\" in duration \"1d\""),
        ] {
            assert_eq!(problem(schedule).as_deref(), Some(why), "{schedule}");
        }
    }
}
