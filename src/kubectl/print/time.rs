//! Ages and instants as kubectl writes them.

use crate::api::Time;

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;

/// Milliseconds as people read them, with two or three figures (`k8s.io/apimachinery/pkg/util/duration: HumanDuration`).
#[must_use]
pub fn human_duration(millis: u64) -> String {
    let (seconds, minutes, hours) = (millis / SECOND, millis / MINUTE, millis / HOUR);
    let (days, years) = (hours / 24, hours / 24 / 365);
    if seconds < 120 {
        format!("{seconds}s")
    } else if minutes < 10 {
        both(minutes, 'm', seconds % 60, 's')
    } else if minutes < 180 {
        format!("{minutes}m")
    } else if hours < 8 {
        both(hours, 'h', minutes % 60, 'm')
    } else if hours < 48 {
        format!("{hours}h")
    } else if hours < 24 * 8 {
        both(days, 'd', hours % 24, 'h')
    } else if years < 2 {
        format!("{days}d")
    } else if years < 8 {
        both(years, 'y', days % 365, 'd')
    } else {
        format!("{years}y")
    }
}

fn both(large: u64, large_unit: char, small: u64, small_unit: char) -> String {
    if small == 0 { format!("{large}{large_unit}") } else { format!("{large}{large_unit}{small}{small_unit}") }
}

/// The time since an instant that the API server keeps in whole seconds (`printers.go: translateTimestampSince`).
#[must_use]
pub fn age(now: Time, since: Option<Time>) -> String {
    let Some(since) = since.map(Time::whole_second) else { return "<unknown>".into() };
    // An instant to come is a fault, but for what clocks may differ by.
    if since - now >= 2 * SECOND { "<invalid>".into() } else { human_duration(now - since) }
}

/// An instant in a description: `Mon, 23 Nov 2026 22:24:46 +0000` (Go's `time.RFC1123Z`).
#[must_use]
pub fn rfc1123(time: Option<Time>) -> String {
    let Some(time) = time else { return "Mon, 01 Jan 0001 00:00:00 +0000".into() };
    /// Runs begin on a Thursday.
    const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let weekday = usize::try_from(time.0 / HOUR / 24 % 7).ok().and_then(|day| WEEKDAYS.get(day)).unwrap_or(&"");
    let written = time.to_string();
    let (date, clock) = written.trim_end_matches('Z').split_once('T').unwrap_or_default();
    let mut parts = date.split('-');
    let year = parts.next().unwrap_or_default();
    let month =
        parts.next().and_then(|month| month.parse::<usize>().ok()).and_then(|month| MONTHS.get(month.checked_sub(1)?));
    let (month, day) = (month.unwrap_or(&""), parts.next().unwrap_or_default());
    format!("{weekday}, {day} {month} {year} {clock} +0000")
}

/// The instant that [`Time`] writes so; none for what it never writes.
#[must_use]
pub fn parsed(text: &str) -> Option<Time> {
    const DAYS: [u64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let (date, clock) = text.strip_suffix('Z')?.split_once('T')?;
    let numbers =
        |text: &str, separator| -> Option<Vec<u64>> { text.split(separator).map(|part| part.parse().ok()).collect() };
    let (date, clock) = (numbers(date, '-')?, numbers(clock, ':')?);
    let ([2026, month, day], [hour, minute, second]) = (date.as_slice(), clock.as_slice()) else { return None };
    let before = usize::try_from(month.checked_sub(1)?).ok().filter(|before| *before < DAYS.len())?;
    let days = DAYS.get(..before)?.iter().sum::<u64>() + day.checked_sub(1)?;
    let hours = days * 24 + hour;
    Some(Time(
        hours.checked_mul(HOUR)?.checked_add(minute.checked_mul(MINUTE)?)?.checked_add(second.checked_mul(SECOND)?)?,
    ))
}
