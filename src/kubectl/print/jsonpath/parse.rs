//! Reads a template. Upstream: `k8s.io/client-go/util/jsonpath/parser.go`.

use super::{Bound, Node};

/// How deep filters and unions may contain one another.
const DEEPEST: usize = 32;

/// Reads a template: text, and paths in braces.
pub(super) fn template(text: &str) -> Result<Vec<Node>, String> {
    template_at(text, 0)
}

fn template_at(text: &str, depth: usize) -> Result<Vec<Node>, String> {
    if depth > DEEPEST {
        return Err("the expression is nested too deeply".into());
    }
    let mut nodes = vec![];
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        if !before.is_empty() {
            nodes.push(Node::Text(before.into()));
        }
        let mut action = Action { rest: after.get(1..).unwrap_or_default(), nodes: vec![], depth };
        action.parse()?;
        nodes.push(Node::List(action.nodes));
        rest = action.rest;
    }
    if !rest.is_empty() {
        nodes.push(Node::Text(rest.into()));
    }
    Ok(nodes)
}

/// What stands in braces, read up to the closing one.
struct Action<'a> {
    rest: &'a str,
    nodes: Vec<Node>,
    depth: usize,
}

impl<'a> Action<'a> {
    /// `parseInsideAction`.
    fn parse(&mut self) -> Result<(), String> {
        loop {
            if let Some(rest) = self.rest.strip_prefix('}') {
                self.rest = rest;
                return Ok(());
            }
            if let Some(rest) = self.rest.strip_prefix("[?(") {
                self.rest = rest;
                self.filter()?;
            } else if let Some(rest) = self.rest.strip_prefix("..") {
                if self.nodes.last() == Some(&Node::Recursive) {
                    return Err("invalid multiple recursive descent".into());
                }
                self.rest = rest;
                self.nodes.push(Node::Recursive);
                if rest.starts_with(is_alphanumeric) {
                    self.field();
                }
            } else {
                self.token()?;
            }
        }
    }

    fn token(&mut self) -> Result<(), String> {
        let Some(first) = self.rest.chars().next() else { return Err("unclosed action".into()) };
        let after = self.rest.get(first.len_utf8()..).unwrap_or_default();
        match first {
            '\r' | '\n' => return Err("unclosed action".into()),
            ' ' | '@' | '$' => self.rest = after,
            '[' => {
                self.rest = after;
                self.array()?;
            }
            '"' | '\'' => {
                self.rest = after;
                self.quote(first)?;
            }
            '.' => {
                self.rest = after;
                self.field();
            }
            '+' | '-' | '0'..='9' => self.number()?,
            char if is_alphanumeric(char) => self.identifier(),
            char => return Err(format!("unrecognized character in action: U+{:04X} '{char}'", u32::from(char))),
        }
        Ok(())
    }

    /// Takes what is before a place.
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn identifier(&mut self) {
        let word = self.take(self.rest.find(is_terminator).unwrap_or(self.rest.len()));
        self.nodes.push(match word {
            "true" => Node::Bool(true),
            "false" => Node::Bool(false),
            word => Node::Identifier(word.into()),
        });
    }

    fn number(&mut self) -> Result<(), String> {
        let is_part = |(index, char): (usize, char)| {
            (index > 0 || !matches!(char, '+' | '-')) && char != '.' && !char.is_ascii_digit()
        };
        let length = self.rest.char_indices().find(|place| is_part(*place)).map_or(self.rest.len(), |(at, _)| at);
        let text = self.take(length);
        let number = text.strip_prefix('+').unwrap_or(text).trim_end_matches('.');
        let number = serde_json::from_str(number).map_err(|_| format!("cannot parse number {text}"))?;
        self.nodes.push(Node::Number(number));
        Ok(())
    }

    /// A name up to a terminator that no backslash precedes.
    fn field(&mut self) {
        let mut is_escaped = false;
        let end = self.rest.find(|char| {
            let ends = !is_escaped && is_terminator(char);
            is_escaped = !is_escaped && char == '\\';
            ends
        });
        let name = self.take(end.unwrap_or(self.rest.len()));
        self.nodes.push(match name {
            "*" => Node::Wildcard,
            name => Node::Field(name.replace('\\', "")),
        });
    }

    fn quote(&mut self, quote: char) -> Result<(), String> {
        let (length, text) = quoted(self.rest, quote)?;
        self.take(length);
        self.nodes.push(Node::Text(text));
        Ok(())
    }

    fn array(&mut self) -> Result<(), String> {
        let end = self.rest.find([']', '\n']).filter(|end| self.rest.get(*end..=*end) == Some("]"));
        let text = self.take(end.ok_or("unterminated array")?);
        self.take(1);
        if text.contains(',') {
            let parts = text.split(',').map(|part| self.inner(&format!("[{}]", part.trim_matches(' '))));
            let union = parts.collect::<Result<_, _>>()?;
            self.nodes.push(Node::Union(union));
        } else if let Some(key) =
            text.strip_prefix('\'').and_then(|key| key.strip_suffix('\'')).filter(|key| is_key(key))
        {
            let inner = self.inner(&format!(".{key}"))?;
            self.nodes.extend(inner);
        } else {
            self.nodes.push(Node::Array(slice(if text == "*" { ":" } else { text })?));
        }
        Ok(())
    }

    /// `parseAction`: the nodes of an expression within this one.
    fn inner(&self, text: &str) -> Result<Vec<Node>, String> {
        match template_at(&format!("{{{text}}}"), self.depth + 1)?.into_iter().next() {
            Some(Node::List(nodes)) => Ok(nodes),
            _ => Ok(vec![]),
        }
    }

    fn filter(&mut self) -> Result<(), String> {
        let (mut quote, mut is_closed) = (None, false);
        let mut before = '(';
        let mut end = None;
        for (at, char) in self.rest.char_indices() {
            match char {
                '\n' => break,
                '"' | '\'' if quote.is_none() => quote = Some(char),
                '"' | '\'' => is_closed |= before != '\\' && quote == Some(char),
                ')' if quote.is_some() == is_closed => {
                    end = Some(at);
                    break;
                }
                _ => {}
            }
            before = char;
        }
        let text = self.take(end.ok_or("unterminated filter")?);
        if self.take(2) != ")]" {
            return Err("unclosed array expect ]".into());
        }
        let is_operator = |char: char| matches!(char, '!' | '<' | '>' | '=');
        let split = text.find(is_operator).filter(|at| *at > 0).and_then(|at| {
            let (left, rest) = text.split_at(at);
            let length = rest.find(|char| !is_operator(char))?;
            let (operator, right) = rest.split_at(length);
            Some((left, operator, right))
        });
        let node = match split {
            Some((left, operator, right)) => {
                Node::Filter { left: self.inner(left)?, right: self.inner(right)?, operator: operator.into() }
            }
            None => Node::Filter { left: self.inner(text)?, right: vec![], operator: "exists".into() },
        };
        self.nodes.push(node);
        Ok(())
    }
}

/// `[from:to:step]` without its brackets.
fn slice(text: &str) -> Result<[Bound; 3], String> {
    let invalid = || format!("invalid array index {text}");
    let parts: Vec<&str> = text.split(':').collect();
    let is_part =
        |part: &str| part.strip_prefix('-').unwrap_or(part).bytes().all(|byte| byte.is_ascii_digit()) && part != "-";
    if parts.len() > 3 || !parts.iter().all(|part| is_part(part)) {
        return Err(invalid());
    }
    let bound = |index: usize| -> Result<Option<i64>, String> {
        match parts.get(index) {
            None | Some(&"") => Ok(None),
            Some(part) => part.parse().map(Some).map_err(|_| format!("array index {part} is not a number")),
        }
    };
    let from = bound(0)?;
    let to = match parts.len() {
        1 => Bound { value: Some(from.unwrap_or(0).saturating_add(1)), is_derived: true },
        _ => Bound { value: bound(1)?, is_derived: false },
    };
    Ok([Bound { value: from, is_derived: false }, to, Bound { value: bound(2)?, is_derived: false }])
}

/// Quoted text after its first quote: its length with the last one, and what it says.
fn quoted(text: &str, quote: char) -> Result<(usize, String), String> {
    let unterminated = || "unterminated quoted string".to_owned();
    let mut said = String::new();
    let mut chars = text.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '\n' => return Err(unterminated()),
            char if char == quote => return Ok((at + char.len_utf8(), said)),
            '\\' => {
                let (_, escaped) = chars.next().ok_or_else(unterminated)?;
                said.push(match escaped {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'a' => '\u{7}',
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    'v' => '\u{b}',
                    '\\' => '\\',
                    escaped if escaped == quote => quote,
                    _ => return Err(format!("unquote string {quote}{text} error invalid syntax")),
                });
            }
            char => said.push(char),
        }
    }
    Err(unterminated())
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && !text.contains('\'')
}

fn is_alphanumeric(char: char) -> bool {
    char == '_' || char.is_alphanumeric()
}

fn is_terminator(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\r' | '\n' | '.' | ',' | '[' | ']' | '$' | '@' | '{' | '}')
}
