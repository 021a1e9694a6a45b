//! The Chinese words of the page and of the manifests, as they are written: nothing is empty, nothing is left in English,
//! and the punctuation is that of Chinese. That no word is missing, the compiler sees to.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Files with Chinese words in Rust: of the page, of manifests, of explanations.
fn sources() -> Vec<(String, String)> {
    let mut found = vec![];
    let mut todo = vec![root().join("src")];
    while let Some(folder) = todo.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            let is_chinese = name.contains("/zh/") || name.ends_with("zh.rs");
            if path.is_dir() {
                todo.push(path);
            } else if is_chinese && !name.contains("tests") {
                found.push((name.clone(), text(&name)));
            }
        }
    }
    found.sort();
    found
}

/// The string literals of a source, with their lines; of a pair in one line only the last, since the first is a key.
fn literals(source: &str) -> Vec<(usize, String)> {
    let source = source.split("#[cfg(test)]").next().unwrap();
    let mut found: Vec<(usize, String)> = vec![];
    for (index, line) in source.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
        let is_pair = line.trim_start().starts_with("(\"");
        let mut letters = line.chars().peekable();
        let mut of_line = vec![];
        let mut open: Option<String> = None;
        while let Some(letter) = letters.next() {
            match (&mut open, letter) {
                (Some(literal), '\\') => literal.extend(letters.next().filter(|next| *next == '"')),
                (Some(_), '"') => of_line.extend(open.take()),
                (Some(literal), letter) => literal.push(letter),
                (None, '"') => open = Some(String::new()),
                // `'"'` is a letter.
                (None, '\'') if letters.peek() == Some(&'"') => drop(letters.next()),
                (None, _) => {}
            }
        }
        // A literal over several lines: what is on this one.
        of_line.extend(open);
        if is_pair {
            of_line.drain(..of_line.len() - 1);
        }
        found.extend(of_line.into_iter().map(|literal| (index + 1, literal)));
    }
    found
}

fn is_han(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

/// Half-width punctuation after a Han letter, and Latin letters or digits that touch one.
fn slips(text: &str) -> Vec<String> {
    let latin = |letter: char| letter.is_ascii_alphanumeric() || letter == '`';
    let letters: Vec<char> = text.chars().collect();
    let pairs = letters.windows(2).filter(|pair| {
        is_han(pair[0]) && (",.;:!?()".contains(pair[1]) || latin(pair[1])) || latin(pair[0]) && is_han(pair[1])
    });
    pairs.map(|pair| pair.iter().collect()).collect()
}

#[test]
fn the_punctuation_is_that_of_chinese_and_latin_letters_stand_apart() {
    let mut wrong = vec![];
    for (name, source) in sources() {
        for (line, literal) in literals(&source) {
            wrong.extend(slips(&literal).into_iter().map(|slip| format!("{name}:{line}: {slip} in {literal}")));
        }
    }
    for name in ["src/manifest/complete/fields.zh.txt", "src/manifest/complete/values.zh.txt"] {
        for (line, text) in text(name).lines().enumerate().filter(|(_, line)| line.starts_with("  ")) {
            let said = text.split_once(": ").unwrap().1;
            wrong.extend(slips(said).into_iter().map(|slip| format!("{name}:{}: {slip} in {said}", line + 1)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Words of Kubernetes that stay as they are, although there are two of them.
const STAY: &[&str] = &["API server"];

#[test]
fn no_sentence_of_the_page_or_of_manifests_is_left_in_english() {
    let mut wrong = vec![];
    let ours = |name: &str| name.starts_with("src/ui") || name.starts_with("src/manifest");
    // What the API server says is looked up there.
    let is_lookup = |name: &str| name.ends_with("details.rs");
    for (name, source) in sources().into_iter().filter(|(name, _)| ours(name) && !is_lookup(name)) {
        for (line, literal) in literals(&source) {
            let words = literal.split(' ').filter(|word| !word.is_empty());
            let english = words.filter(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase()));
            // What one types is the same in every language.
            let is_command = literal.starts_with("kubectl ") || literal.starts_with("lab ");
            if english.count() > 1 && !is_command && !literal.contains(is_han) && !STAY.contains(&literal.as_str()) {
                wrong.push(format!("{name}:{line}: {literal}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_word_of_the_page_is_empty() {
    for name in ["en.rs", "zh.rs", "stage.rs", "stage_zh.rs"] {
        let source = text(format!("src/ui/words/{name}"));
        let empty: Vec<&str> = source.lines().filter(|line| line.ends_with(": \"\",")).collect();
        assert!(empty.is_empty(), "{name}: {empty:?}");
    }
}

/// The value of a word that is written in one line.
fn word(source: &str, name: &str) -> String {
    let line = source.lines().find_map(|line| line.trim().strip_prefix(&format!("{name}: \""))).unwrap();
    line.strip_suffix("\",").unwrap().to_owned()
}

#[test]
fn the_page_says_the_same_before_the_program_runs() {
    let page = text("index.html");
    let (english, chinese) = (text("src/ui/words/en.rs"), text("src/ui/words/zh.rs"));
    let title = format!("<title data-zh=\"{}\">{}</title>", word(&chinese, "title"), word(&english, "title"));
    assert!(page.contains(&title), "{title}");
    let (description, twin) = (word(&english, "description"), word(&chinese, "description"));
    let description = format!("<meta name=\"description\" content=\"{description}\" data-zh=\"{twin}\">");
    assert!(page.contains(&description), "{description}");
    for class in ["boot-wait", "boot-failed"] {
        assert!(page.contains(&format!("<p class=\"{class}\" data-zh=\"")), "{class}");
    }
    assert!(page.contains("<p lang=\"zh-CN\">"), "what is said where no program can run");
}
