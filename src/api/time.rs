//! Virtual time: milliseconds since the run began.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::ops::{Add, Sub};

/// An instant of virtual time, in milliseconds since the run began.
///
/// Written as RFC 3339 with whole seconds, as Kubernetes writes `metav1.Time`; runs begin at 2026-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub u64);

impl Time {
    /// The start of every run.
    pub const ZERO: Time = Time(0);

    /// The instant cut to whole seconds, which is all that Kubernetes stores of a condition's transition time.
    #[must_use]
    pub fn whole_second(self) -> Time {
        Time(self.0 / 1000 * 1000)
    }

    /// This instant moved by some milliseconds.
    #[must_use]
    pub fn plus_millis(self, millis: u64) -> Time {
        Time(self.0.saturating_add(millis))
    }

    /// This instant moved by some seconds; a negative number counts as none.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Time {
        self.plus_millis(u64::try_from(seconds).unwrap_or(0).saturating_mul(1000))
    }
}

impl Add<u64> for Time {
    type Output = Time;
    fn add(self, millis: u64) -> Time {
        self.plus_millis(millis)
    }
}

impl Sub for Time {
    type Output = u64;
    /// Milliseconds between two instants; 0 where the right one is later.
    fn sub(self, earlier: Time) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// Days in the months of a year that is not a leap year; a run of more than a year is beyond every bound.
const MONTHS: [u64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0 / 1000;
        let (mut day, within) = (seconds / 86_400, seconds % 86_400);
        let mut month = 0;
        for length in MONTHS {
            if day < length {
                break;
            }
            day -= length;
            month += 1;
        }
        write!(
            f,
            "2026-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            month % 12 + 1,
            day + 1,
            within / 3600,
            within / 60 % 60,
            within % 60
        )
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    /// A time in a manifest is the API server's to set: whatever is written there counts as the start of the run.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|_| Time::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_as_kubernetes_writes_it() {
        assert_eq!(Time(1_999).to_string(), "2026-01-01T00:00:01Z");
        assert_eq!(Time(31 * 86_400_000 + 3_661_000).to_string(), "2026-02-01T01:01:01Z");
    }

    #[test]
    fn a_transition_time_keeps_whole_seconds() {
        assert_eq!(Time(1_999).whole_second(), Time(1_000));
    }
}
