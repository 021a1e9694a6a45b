//! A Rust source as the checks see it: its code without comments and without what strings contain.

/// One file of Rust.
pub struct Source<'a> {
    /// The path from the root, with slashes.
    pub path: &'a str,
    /// The text as it is written.
    pub text: &'a str,
    /// The same, with blanks for comments and for what is in strings.
    pub code: String,
    /// Which lines are tests, from line 0.
    tests: Vec<bool>,
}

impl<'a> Source<'a> {
    /// Reads a file.
    pub fn new(path: &'a str, text: &'a str) -> Source<'a> {
        let code = blanked(text);
        let tests = if is_test_file(path) { vec![true; code.lines().count()] } else { test_lines(&code) };
        Source { path, text, code, tests }
    }

    /// The top module of `src` that the file belongs to: none for `lib.rs`, `main.rs` and what is not in `src`.
    pub fn module(&self) -> Option<&'a str> {
        let inside = self.path.strip_prefix("src/")?;
        let module = inside.split_once('/').map_or_else(|| inside.trim_end_matches(".rs"), |(folder, _)| folder);
        (!matches!(inside, "lib.rs" | "main.rs")).then_some(module)
    }

    /// How many modules lie between the root and what the file contains.
    pub fn depth(&self) -> usize {
        let inside = self.path.strip_prefix("src/").unwrap_or(self.path);
        let names = inside.split('/').count();
        if inside.ends_with("/mod.rs") { names - 1 } else { names }
    }

    /// The number, from 1, and the code of each line that is not a test.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().filter(|(line, _)| !self.is_test(*line)).map(|(line, code)| (line + 1, code))
    }

    /// The line, from 1, at a place in the code; none where that is a test.
    pub fn line_at(&self, place: usize) -> Option<usize> {
        let line = self.code[..place].matches('\n').count();
        (!self.is_test(line)).then_some(line + 1)
    }

    fn is_test(&self, line: usize) -> bool {
        self.tests.get(line).copied().unwrap_or(false)
    }
}

fn is_test_file(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.ends_with("_tests.rs") || path.split('/').any(|folder| folder == "tests")
}

/// Marks what stands under `#[cfg(test)]`.
fn test_lines(code: &str) -> Vec<bool> {
    let mut tests = vec![false; code.lines().count()];
    for (start, _) in code.match_indices("#[cfg(test)]").chain(code.match_indices("#[cfg(all(test")) {
        let end = start + item_length(&code[start..]);
        let first = code[..start].matches('\n').count();
        let last = first + code[start..end].matches('\n').count();
        tests.iter_mut().take(last + 1).skip(first).for_each(|line| *line = true);
    }
    tests
}

/// The length of the item that starts here: to its `;`, or to the brace that closes it.
fn item_length(code: &str) -> usize {
    let mut depth = 0usize;
    for (place, byte) in code.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return place + 1;
                }
            }
            b';' if depth == 0 => return place + 1,
            _ => {}
        }
    }
    code.len()
}

/// Puts blanks for comments and for what is in strings and characters. Lines and columns stay.
fn blanked(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (kept, length) = token(rest, first);
        let taken = &rest[..length];
        if kept {
            code.push_str(taken);
        } else {
            code.push_str(&blanks(taken));
        }
        rest = &rest[length..];
    }
    code
}

/// Blanks in place of all but line ends, and the quotes around a string.
fn blanks(taken: &str) -> String {
    let last = taken.len() - 1;
    let is_kept = |place, char| char == '\n' || char == '"' && (place == 0 || place == last);
    taken.char_indices().map(|(place, char)| if is_kept(place, char) { char } else { ' ' }).collect()
}

/// The length of what starts here, and whether it is code.
fn token(rest: &str, first: char) -> (bool, usize) {
    if rest.starts_with("//") {
        return (false, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (false, comment_length(rest));
    }
    if first.is_alphanumeric() || first == '_' {
        let word = rest.find(|char: char| !char.is_alphanumeric() && char != '_').unwrap_or(rest.len());
        return match raw_string_length(rest, word) {
            Some(length) => (false, length),
            None => (true, word),
        };
    }
    match first {
        '"' => (false, quoted_length(rest)),
        '\'' => match char_length(rest) {
            Some(length) => (false, length),
            None => (true, 1),
        },
        _ => (true, first.len_utf8()),
    }
}

fn comment_length(rest: &str) -> usize {
    let mut depth = 0usize;
    let mut place = 0;
    while place < rest.len() {
        if rest[place..].starts_with("/*") {
            depth += 1;
            place += 2;
        } else if rest[place..].starts_with("*/") {
            depth -= 1;
            place += 2;
            if depth == 0 {
                return place;
            }
        } else {
            place += rest[place..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// `r"…"`, `r#"…"#`, and the same after `b` and `c`.
fn raw_string_length(rest: &str, word: usize) -> Option<usize> {
    if !matches!(&rest[..word], "r" | "br" | "cr") {
        return None;
    }
    let hashes = rest[word..].bytes().take_while(|byte| *byte == b'#').count();
    let open = word + hashes + 1;
    rest[word + hashes..].starts_with('"').then(|| {
        let close = format!("\"{}", "#".repeat(hashes));
        rest[open..].find(&close).map_or(rest.len(), |place| open + place + close.len())
    })
}

fn quoted_length(rest: &str) -> usize {
    let mut escaped = false;
    for (place, char) in rest.char_indices().skip(1) {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return place + 1,
            _ => {}
        }
    }
    rest.len()
}

/// `'x'` or `'\n'`; none for a lifetime.
fn char_length(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1);
    let (_, char) = chars.next()?;
    if char == '\\' {
        return rest[3..].find('\'').map(|place| 3 + place + 1);
    }
    chars.next().filter(|(_, char)| *char == '\'').map(|(place, _)| place + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> String {
        Source::new("src/a.rs", text).code
    }

    /// The code, with dots for blanks so that they can be counted.
    fn dotted(text: &str) -> String {
        code(text).replace(' ', ".")
    }

    #[test]
    fn comments_and_strings_are_blank_and_nothing_moves() {
        assert_eq!(dotted("a//b\nc/*d/*e*/*/f"), "a...\nc..........f");
        assert_eq!(dotted(r#"f("a\"b",'c','\'',x)"#), r#"f("....",...,....,x)"#);
    }

    #[test]
    fn raw_strings_end_where_they_say() {
        assert_eq!(dotted("r#\"a\"b\"#+c"), "........+c");
        assert_eq!(dotted("br\"a\\\"+c"), ".....\"+c");
    }

    #[test]
    fn a_lifetime_is_code() {
        assert_eq!(code("&'a str, 'b'"), "&'a str,    ");
    }

    #[test]
    fn tests_are_told_from_the_rest() {
        let source = Source::new("src/a.rs", "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n");
        let lines: Vec<usize> = source.lines().map(|(line, _)| line).collect();
        assert_eq!(lines, [1, 6]);
        assert_eq!(Source::new("src/a/tests.rs", "fn a() {}\n").lines().count(), 0);
    }

    #[test]
    fn a_file_knows_its_module_and_depth() {
        let of = |path| {
            let source = Source::new(path, "");
            (source.module(), source.depth())
        };
        assert_eq!(of("src/api/pod.rs"), (Some("api"), 2));
        assert_eq!(of("src/controllers/stateful_set/mod.rs"), (Some("controllers"), 2));
        assert_eq!(of("src/kubectl.rs"), (Some("kubectl"), 1));
        assert_eq!(of("src/lib.rs").0, None);
        assert_eq!(of("tests/web.rs").0, None);
    }
}
