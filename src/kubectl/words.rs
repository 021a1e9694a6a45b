//! What is typed, cut into commands as a shell cuts it: quotes, escapes, continued lines, comments, `&&`, `||`, `;`, pipes
//! and here-documents. Nothing is expanded, so that `*=nginx:1.29` stays what it is.

/// Commands with what stands between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// The pipelines in order.
    pub pipelines: Vec<Pipeline>,
}

/// Commands of which each reads what the one before printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pipeline {
    /// When it runs.
    pub when: When,
    /// The commands.
    pub commands: Vec<Simple>,
}

/// Whether a pipeline runs after the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// In any case: after a new line or `;`.
    Always,
    /// After `&&`: where the last one ended well.
    Succeeded,
    /// After `||`: where it did not.
    Failed,
}

/// One command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Simple {
    /// Its words, unquoted.
    pub words: Vec<String>,
    /// The here-document that it reads.
    pub stdin: Option<String>,
}

/// Why a text cannot be cut into commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxError {
    /// More text has to follow: a quote or a here-document is open, or the last line is continued.
    Incomplete(String),
    /// It is not understood.
    Unexpected(String),
}

/// Cuts a text into commands.
///
/// # Errors
/// Where it is incomplete, or asks for something that only a real shell can do.
pub fn split(text: &str) -> Result<Script, SyntaxError> {
    let mut cutter = Cutter { rest: text.chars().collect(), at: 0, ..Cutter::default() };
    cutter.script()?;
    Ok(cutter.script)
}

#[derive(Default)]
struct Cutter {
    rest: Vec<char>,
    at: usize,
    script: Script,
    when: Option<When>,
    commands: Vec<Simple>,
    command: Simple,
    /// Ends of the here-documents that begin after this line, each with whether leading tabs are dropped.
    awaited: Vec<(String, bool)>,
}

impl Cutter {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn take(&mut self) -> Option<char> {
        let next = self.peek();
        self.at += usize::from(next.is_some());
        next
    }

    fn takes(&mut self, text: &str) -> bool {
        let here = text.chars().enumerate().all(|(index, c)| self.rest.get(self.at + index) == Some(&c));
        if here {
            self.at += text.chars().count();
        }
        here
    }

    fn script(&mut self) -> Result<(), SyntaxError> {
        self.prompt();
        loop {
            match self.peek() {
                None => break,
                Some('\n') => {
                    self.at += 1;
                    self.documents()?;
                    self.end_pipeline(When::Always);
                    self.prompt();
                }
                Some(c) if c.is_whitespace() => self.at += 1,
                Some('#') => self.skip_line(),
                Some('\\') if self.takes("\\\n") || self.takes("\\\r\n") => {}
                Some(';') => {
                    self.at += 1;
                    self.end_pipeline(When::Always);
                }
                Some('&') => {
                    if !self.takes("&&") {
                        return Err(unexpected(
                            "`&` would run a command in the background; here one runs after the other",
                        ));
                    }
                    self.end_pipeline(When::Succeeded);
                }
                Some('|') if self.takes("||") => self.end_pipeline(When::Failed),
                Some('|') => {
                    self.at += 1;
                    self.end_command();
                }
                Some('<') => self.here_document()?,
                Some('>') => {
                    return Err(unexpected("`>` would write a file; here there are only the files of the editor"));
                }
                Some(_) => {
                    let word = self.word()?;
                    self.command.words.push(word);
                }
            }
        }
        if !self.awaited.is_empty() {
            return Err(SyntaxError::Incomplete("the here-document has no end".into()));
        }
        self.end_pipeline(When::Always);
        Ok(())
    }

    /// The prompt that is pasted with a line is no part of it.
    fn prompt(&mut self) {
        while self.peek().is_some_and(|c| c == ' ' || c == '\t') {
            self.at += 1;
        }
        if !self.takes("$ ") {
            let _other_prompt = self.takes("> ");
        }
    }

    fn skip_line(&mut self) {
        while self.peek().is_some_and(|c| c != '\n') {
            self.at += 1;
        }
    }

    fn word(&mut self) -> Result<String, SyntaxError> {
        let mut word = String::new();
        while let Some(c) = self.peek() {
            match c {
                c if c.is_whitespace() || ";&|<>".contains(c) => break,
                '\'' => {
                    self.at += 1;
                    self.quoted('\'', &mut word)?;
                }
                '"' => {
                    self.at += 1;
                    self.quoted('"', &mut word)?;
                }
                '\\' => {
                    self.at += 1;
                    match self.take() {
                        None => return Err(SyntaxError::Incomplete("the line goes on after `\\`".into())),
                        Some('\n') => {}
                        Some(c) => word.push(c),
                    }
                }
                c => {
                    self.at += 1;
                    word.push(c);
                }
            }
        }
        Ok(word)
    }

    fn quoted(&mut self, quote: char, word: &mut String) -> Result<(), SyntaxError> {
        loop {
            match self.take() {
                None => return Err(SyntaxError::Incomplete(format!("the quote {quote} is not closed"))),
                Some(c) if c == quote => return Ok(()),
                Some('\\') if quote == '"' => match self.take() {
                    Some('\n') | None => {}
                    Some(c @ ('"' | '\\' | '$' | '`')) => word.push(c),
                    Some(c) => word.extend(['\\', c]),
                },
                Some(c) => word.push(c),
            }
        }
    }

    fn here_document(&mut self) -> Result<(), SyntaxError> {
        if !self.takes("<<") {
            return Err(unexpected("`<` would read a file; `-f` names one"));
        }
        let strips_tabs = self.takes("-");
        while self.peek().is_some_and(|c| c == ' ') {
            self.at += 1;
        }
        let end = self.word()?;
        if end.is_empty() {
            return Err(unexpected("`<<` needs a word that ends the document, as in `<<EOF`"));
        }
        self.awaited.push((end, strips_tabs));
        Ok(())
    }

    /// Reads the here-documents that the line asked for.
    fn documents(&mut self) -> Result<(), SyntaxError> {
        for (end, strips_tabs) in std::mem::take(&mut self.awaited) {
            let mut text = String::new();
            loop {
                if self.peek().is_none() {
                    return Err(SyntaxError::Incomplete(format!("the here-document ends at a line {end}")));
                }
                let mut line = String::new();
                while let Some(c) = self.take().filter(|c| *c != '\n') {
                    line.push(c);
                }
                let line = line.trim_end_matches('\r');
                let line = if strips_tabs { line.trim_start_matches('\t') } else { line };
                if line == end {
                    break;
                }
                text.push_str(line);
                text.push('\n');
            }
            // A document belongs to the command in whose line it was asked for: the first without one.
            let waiting = self.commands.iter_mut().chain([&mut self.command]).find(|command| command.stdin.is_none());
            if let Some(command) = waiting {
                command.stdin = Some(text);
            }
        }
        Ok(())
    }

    fn end_command(&mut self) {
        let command = std::mem::take(&mut self.command);
        if !command.words.is_empty() {
            self.commands.push(command);
        }
    }

    fn end_pipeline(&mut self, next: When) {
        self.end_command();
        let commands = std::mem::take(&mut self.commands);
        if commands.is_empty() {
            // `a &&` at the end of a line goes on in the next one.
            if next != When::Always {
                self.when = Some(next);
            }
            return;
        }
        let when = self.when.replace(next).unwrap_or(When::Always);
        self.script.pipelines.push(Pipeline { when, commands });
    }
}

fn unexpected(text: &str) -> SyntaxError {
    SyntaxError::Unexpected(text.into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn words(text: &str) -> Vec<Vec<String>> {
        split(text).unwrap().pipelines.into_iter().flat_map(|pipeline| pipeline.commands).map(|c| c.words).collect()
    }

    #[test]
    fn quotes_and_escapes_are_taken_off_and_nothing_is_expanded() {
        assert_eq!(words("k set image sts web *=nginx:1.29"), [["k", "set", "image", "sts", "web", "*=nginx:1.29"]]);
        assert_eq!(words(r#"a 'b "c' "d\"e" f\ g '' h'i'j"#), [["a", "b \"c", "d\"e", "f g", "", "hij"]]);
        assert_eq!(words(r#"p '{"a":"b"}' -o jsonpath={.a}"#), [["p", r#"{"a":"b"}"#, "-o", "jsonpath={.a}"]]);
    }

    #[test]
    fn lines_comments_prompts_and_connectors_part_commands() {
        let text = "$ kubectl get pods # all\n# nothing\n  kubectl apply \\\n  -f a.yaml; lab wait && k get po\n";
        let expected: [&[&str]; 4] =
            [&["kubectl", "get", "pods"], &["kubectl", "apply", "-f", "a.yaml"], &["lab", "wait"], &["k", "get", "po"]];
        assert_eq!(words(text), expected);
        let when: Vec<When> = split("a && b || c; d").unwrap().pipelines.iter().map(|pipeline| pipeline.when).collect();
        assert_eq!(when, [When::Always, When::Succeeded, When::Failed, When::Always]);
    }

    #[test]
    fn a_here_document_is_what_its_command_reads() {
        let script = split("kubectl apply -f - <<EOF\na: 1\n  b: '2'\nEOF\nkubectl get po").unwrap();
        assert_eq!(script.pipelines[0].commands[0].words, ["kubectl", "apply", "-f", "-"]);
        assert_eq!(script.pipelines[0].commands[0].stdin.as_deref(), Some("a: 1\n  b: '2'\n"));
        assert_eq!(script.pipelines[1].commands[0].words, ["kubectl", "get", "po"]);
        let piped = split("cat <<'EOF' | kubectl apply -f -\nkind: Pod\nEOF\n").unwrap();
        assert_eq!(piped.pipelines[0].commands[0].stdin.as_deref(), Some("kind: Pod\n"));
        assert_eq!(piped.pipelines[0].commands[1].words, ["kubectl", "apply", "-f", "-"]);
    }

    #[test]
    fn what_is_not_finished_asks_for_more() {
        for text in ["a 'b", "a \"b", "a <<EOF\nb", "a <<EOF", "a \\"] {
            assert!(matches!(split(text), Err(SyntaxError::Incomplete(_))), "{text}");
        }
        for text in ["a > b", "a &", "a < b"] {
            assert!(matches!(split(text), Err(SyntaxError::Unexpected(_))), "{text}");
        }
        assert_eq!(split("a &&\n b").unwrap().pipelines.len(), 2);
    }
}
