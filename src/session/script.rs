//! Scripts: what was done, as lines that can be typed again; and a text cut into the lines that it is.

use super::runs::{Branch, Line};
use crate::kubectl::{SyntaxError, split};
use std::fmt::Write as _;

/// The lines of a text that each do something; what belongs together, such as a here-document, stays together. Prompts and
/// comments of their own are left out.
#[must_use]
pub(super) fn lines(text: &str) -> Vec<String> {
    let mut lines = vec![];
    let mut held = String::new();
    for line in text.lines() {
        if !held.is_empty() {
            held.push('\n');
        }
        held.push_str(line);
        if matches!(split(&held), Err(SyntaxError::Incomplete(_))) {
            continue;
        }
        push(&mut lines, &std::mem::take(&mut held));
    }
    push(&mut lines, &held);
    lines
}

fn push(lines: &mut Vec<String>, text: &str) {
    let text = text.trim();
    let text = text.strip_prefix("$ ").unwrap_or(text).trim();
    if !text.is_empty() && text != "$" && !text.starts_with('#') {
        lines.push(text.to_owned());
    }
}

impl Branch {
    /// What was done in this run, as a script that does it again. The cluster comes to rest between two lines, unless one
    /// of them waits by itself.
    #[must_use]
    pub fn script(&self) -> String {
        self.lines.iter().fold(String::new(), |mut script, Line { text, wait, .. }| {
            if let Some(millis) = wait {
                let _infallible = writeln!(script, "lab wait {millis}ms");
            }
            let _infallible = writeln!(script, "{text}");
            script
        })
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn a_script_is_cut_where_a_shell_would_run_a_line() {
        let text = "# a comment\n$ kubectl get pods\n\nkubectl apply -f - <<EOF\nkind: Pod\n# within\nEOF\nkubectl scale sts web \\\n  --replicas=3 && \\\nkubectl get sts";
        let cut = lines(text);
        assert_eq!(cut.len(), 3, "{cut:#?}");
        assert_eq!(cut[0], "kubectl get pods");
        assert!(cut[1].ends_with("# within\nEOF"));
        assert!(cut[2].ends_with("kubectl get sts"));
    }

    #[test]
    fn an_open_quote_is_a_line_all_the_same() {
        assert_eq!(lines("kubectl label pod a 'x\ny"), ["kubectl label pod a 'x\ny"]);
        assert!(lines("$ \n  \n# only this").is_empty());
    }
}
