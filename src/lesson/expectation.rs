//! Whether what was printed is what a lesson shows.

/// Stands for any lines where it is a line, and for any words where it is in one.
const ANY: &str = "...";

/// Whether lines match: how many spaces there are between words does not matter.
pub(super) fn matches(expected: &[String], printed: &str) -> bool {
    let expected: Vec<String> = expected.iter().map(|line| one_space(line)).collect();
    let printed: Vec<String> = printed.trim_end().lines().map(one_space).collect();
    // Which beginnings of the printed lines the expected lines so far can match.
    let mut reached = vec![false; printed.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for line in &expected {
        let mut next = vec![false; printed.len() + 1];
        if line == ANY {
            let mut seen = false;
            for (slot, was) in next.iter_mut().zip(&reached) {
                seen |= was;
                *slot = seen;
            }
        } else {
            for ((slot, was), printed) in next.iter_mut().skip(1).zip(&reached).zip(&printed) {
                *slot = *was && line_matches(line, printed);
            }
        }
        reached = next;
    }
    reached.last().copied().unwrap_or(false)
}

fn one_space(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn line_matches(expected: &str, printed: &str) -> bool {
    let mut parts = expected.split(ANY);
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = printed.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(place) => rest = rest.get(place + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(expected: &str, printed: &str) -> bool {
        let lines: Vec<String> = expected.lines().map(str::to_owned).collect();
        matches(&lines, printed)
    }

    #[test]
    fn spaces_between_words_do_not_matter_and_words_do() {
        assert!(fits("NAME READY\nweb-0 1/1", "NAME    READY\nweb-0   1/1\n"));
        assert!(!fits("web-0 1/1", "web-0 0/1\n"));
        assert!(!fits("web-0", "web-0\nweb-1\n"));
        assert!(!fits("web-0\nweb-1", "web-0\n"));
    }

    #[test]
    fn dots_stand_for_any_lines_and_any_words() {
        assert!(fits("...\nweb-2 ... Running ...", "a\nb\nweb-2  1/1  Running  0  12s\n"));
        assert!(fits("...", ""));
        assert!(fits("a\n...\nd\n...", "a\nb\nc\nd\n"));
        assert!(!fits("a\n...\nd", "a\nb\nc\n"));
        assert!(!fits("ab...ba", "aba"));
        assert!(fits("Waiting for 1 pods to be ready...", "Waiting for 1 pods to be ready...\n"));
    }
}
