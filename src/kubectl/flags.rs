//! The flags of a command line. Upstream: `github.com/spf13/pflag`, whose mistakes are told in its words.

use super::failure::Failure;
use super::table::{CommandInfo, GLOBAL};
use std::collections::BTreeMap;

/// A command line, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    given: BTreeMap<&'static str, Vec<String>>,
    /// What is no flag, in order.
    pub args: Vec<String>,
    /// How many of the arguments stand before `--`; none where there is no `--`.
    pub dash: Option<usize>,
}

/// What a flag takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Nothing, or `=true` or `=false`.
    Nothing,
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// A span of time.
    Span,
    /// A text, or this where there is none.
    Optional(&'static str),
}

/// A flag that a command has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The name after `--`.
    pub name: &'static str,
    /// The letter after `-`.
    pub short: Option<char>,
    /// What it takes.
    pub takes: Takes,
}

/// The flags of a command, its own first.
pub fn of(info: &CommandInfo) -> impl Iterator<Item = Flag> + use<> {
    let own: Vec<&'static str> = info.flags.to_vec();
    own.into_iter().chain([GLOBAL]).flat_map(str::split_ascii_whitespace).map(flag)
}

fn flag(text: &'static str) -> Flag {
    let (short, rest) = match text.split_once(',') {
        Some((short, rest)) => (short.chars().next(), rest),
        None => (None, text),
    };
    if let Some((name, default)) = rest.split_once('?') {
        return Flag { name, short, takes: Takes::Optional(default) };
    }
    let ends = [('=', Takes::Text), ('#', Takes::Number), ('%', Takes::Span)];
    let found = ends.into_iter().find_map(|(end, takes)| Some((rest.strip_suffix(end)?, takes)));
    let (name, takes) = found.unwrap_or((rest, Takes::Nothing));
    Flag { name, short, takes }
}

impl Flags {
    /// Reads the words after a command's name.
    ///
    /// # Errors
    /// Unknown flags, and values that a flag does not take.
    pub fn read(info: &CommandInfo, words: &[String]) -> Result<Flags, Failure> {
        let program = if info.name.starts_with("lab ") { "" } else { "kubectl " };
        let wrong = |text: String| Failure::client(format!("{text}\nSee '{program}{} --help' for usage.", info.name));
        let known: Vec<Flag> = of(info).collect();
        let mut flags = Flags::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if word == "--" {
                flags.dash = Some(flags.args.len());
                flags.args.extend(words.by_ref().cloned());
            } else if let Some(long) = word.strip_prefix("--") {
                let (name, value) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
                let Some(flag) = known.iter().find(|flag| flag.name == name) else {
                    return Err(wrong(format!("unknown flag: --{name}")));
                };
                let value = match (flag.takes, value) {
                    (_, Some(value)) => value.to_owned(),
                    (Takes::Nothing, None) => "true".into(),
                    (Takes::Optional(default), None) => default.into(),
                    (Takes::Text | Takes::Number | Takes::Span, None) => {
                        words.next().cloned().ok_or_else(|| wrong(format!("flag needs an argument: --{name}")))?
                    }
                };
                flags.add(*flag, value).map_err(wrong)?;
            } else if word.len() > 1 && word.starts_with('-') {
                flags.read_short(&known, word.trim_start_matches('-'), word, &mut words).map_err(wrong)?;
            } else {
                flags.args.push(word.clone());
            }
        }
        Ok(flags)
    }

    /// Letters in one word: `-Rf a.yaml`, `-lapp=web`, `-n=x`.
    fn read_short<'a>(
        &mut self,
        known: &[Flag],
        letters: &str,
        word: &str,
        words: &mut impl Iterator<Item = &'a String>,
    ) -> Result<(), String> {
        let mut rest = letters.chars();
        while let Some(letter) = rest.next() {
            let flag = known.iter().find(|flag| flag.short == Some(letter));
            let Some(flag) = flag else { return Err(format!("unknown shorthand flag: {letter:?} in {word}")) };
            let after = rest.as_str();
            let value = match (flag.takes, after.strip_prefix('=')) {
                (_, Some(value)) => value.to_owned(),
                (Takes::Nothing, None) => {
                    self.add(*flag, "true".into())?;
                    continue;
                }
                (Takes::Optional(default), None) => default.into(),
                (_, None) if !after.is_empty() => after.to_owned(),
                (_, None) => {
                    words.next().cloned().ok_or_else(|| format!("flag needs an argument: {letter:?} in {word}"))?
                }
            };
            return self.add(*flag, value);
        }
        Ok(())
    }

    fn add(&mut self, flag: Flag, value: String) -> Result<(), String> {
        let wrong = match flag.takes {
            Takes::Nothing
                if !["true", "false", "1", "0", "t", "f", "T", "F"].contains(&value.to_lowercase().as_str()) =>
            {
                Some(format!("strconv.ParseBool: parsing {value:?}: invalid syntax"))
            }
            Takes::Number if value.parse::<i64>().is_err() => {
                Some(format!("strconv.ParseInt: parsing {value:?}: invalid syntax"))
            }
            Takes::Span if span(&value).is_none() => Some(format!("time: invalid duration {value:?}")),
            _ => None,
        };
        match wrong {
            Some(wrong) => {
                let short = flag.short.map(|letter| format!("-{letter}, ")).unwrap_or_default();
                Err(format!("invalid argument {value:?} for \"{short}--{}\" flag: {wrong}", flag.name))
            }
            None => {
                self.given.entry(flag.name).or_default().push(value);
                Ok(())
            }
        }
    }

    /// Whether a flag stands there.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.given.contains_key(name)
    }

    /// Whether a flag is set that is not by default.
    #[must_use]
    pub fn is_set(&self, name: &str) -> bool {
        self.is_on(name, false)
    }

    /// Whether a flag is set that has a default.
    #[must_use]
    pub fn is_on(&self, name: &str, default: bool) -> bool {
        self.text(name).map_or(default, |text| matches!(text.to_lowercase().as_str(), "true" | "1" | "t"))
    }

    /// The value of a flag; of several the last.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.given.get(name)?.last().map(String::as_str)
    }

    /// All values of a flag, those with commas taken apart.
    #[must_use]
    pub fn list(&self, name: &str) -> Vec<&str> {
        let given = self.given.get(name).map_or(&[][..], Vec::as_slice);
        given.iter().flat_map(|text| text.split(',')).filter(|text| !text.is_empty()).collect()
    }

    /// All values of a flag as they are.
    #[must_use]
    pub fn texts(&self, name: &str) -> &[String] {
        self.given.get(name).map_or(&[], Vec::as_slice)
    }

    /// The number of a flag.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    /// The span of time of a flag, in milliseconds; negative means without end.
    #[must_use]
    pub fn span(&self, name: &str) -> Option<i64> {
        span(self.text(name)?)
    }
}

/// Milliseconds of a span of time as Go writes it: `1h30m`, `5s`, `250ms`, `-1s`, `0` (`time.ParseDuration`).
#[must_use]
pub fn span(text: &str) -> Option<i64> {
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0);
    }
    let mut total: i64 = 0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').filter(|end| *end > 0)?;
        let (number, after) = rest.split_at(digits);
        let (unit, after) = after.split_at(after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len()));
        // In thousandths of a millisecond, so that fractions need no floats.
        let scale: i64 = match unit {
            "us" | "µs" => 1,
            "ms" => 1_000,
            "s" => 1_000_000,
            "m" => 60_000_000,
            "h" => 3_600_000_000,
            _ => return None,
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let mut micros = whole.checked_mul(scale)?;
        let mut part = scale;
        for digit in fraction.chars().take(6) {
            part /= 10;
            micros = micros.checked_add(part.checked_mul(i64::from(digit.to_digit(10)?))?)?;
        }
        total = total.checked_add(micros)?;
        rest = after;
    }
    Some(sign * (total / 1_000))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::table;
    use super::*;

    fn read(text: &str) -> Result<Flags, String> {
        let words: Vec<String> = text.split(' ').map(Into::into).collect();
        let (info, count) = table::find(&words).unwrap();
        Flags::read(info, &words[count..]).map_err(|failure| failure.text())
    }

    #[test]
    fn flags_stand_anywhere_long_or_short_with_their_value_beside_or_after() {
        for text in [
            "get pods -n x -lapp=web -Ao wide",
            "get -n=x --selector app=web pods -A --output=wide",
            "get --namespace=x pods -l app=web --all-namespaces=true -owide",
        ] {
            let flags = read(text).unwrap();
            assert_eq!((flags.text("namespace"), flags.text("selector")), (Some("x"), Some("app=web")), "{text}");
            assert_eq!((flags.is_set("all-namespaces"), flags.text("output")), (true, Some("wide")), "{text}");
            assert_eq!(flags.args, ["pods"], "{text}");
        }
        let flags = read("create deployment a --image=b -- sleep -x").unwrap();
        assert_eq!((flags.args.as_slice(), flags.dash), (&["a", "sleep", "-x"].map(String::from)[..], Some(1)));
        assert_eq!(read("delete po a --cascade").unwrap().text("cascade"), Some("background"));
    }

    #[test]
    fn mistakes_are_told_in_the_words_of_pflag() {
        for (text, expected) in [
            ("get sts --replicas=3", "unknown flag: --replicas\nSee 'kubectl get --help' for usage."),
            ("get -x", "unknown shorthand flag: 'x' in -x\nSee 'kubectl get --help' for usage."),
            ("scale sts/a --replicas", "flag needs an argument: --replicas\nSee 'kubectl scale --help' for usage."),
            ("get po -n", "flag needs an argument: 'n' in -n\nSee 'kubectl get --help' for usage."),
            (
                "scale sts/a --replicas=x",
                "invalid argument \"x\" for \"--replicas\" flag: strconv.ParseInt: parsing \"x\": invalid syntax\n\
                 See 'kubectl scale --help' for usage.",
            ),
            (
                "get po -w=x",
                "invalid argument \"x\" for \"-w, --watch\" flag: strconv.ParseBool: parsing \"x\": invalid syntax\n\
                 See 'kubectl get --help' for usage.",
            ),
        ] {
            assert_eq!(read(text), Err(format!("error: {expected}\n")), "{text}");
        }
    }

    #[test]
    fn spans_of_time_are_read_as_go_reads_them() {
        for (text, expected) in [
            ("30s", Some(30_000)),
            ("1h30m", Some(5_400_000)),
            ("1.5s", Some(1_500)),
            ("250ms", Some(250)),
            ("-1s", Some(-1_000)),
            ("0", Some(0)),
            ("30", None),
            ("", None),
            ("s", None),
            ("5 s", None),
        ] {
            assert_eq!(span(text), expected, "{text}");
        }
    }
}
