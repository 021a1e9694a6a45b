//! YAML with the place of every key and value, read as `kubectl` reads it
//! (`sigs.k8s.io/yaml`, which is go-yaml v2, `go.yaml.in/yaml/v2`: YAML 1.1 booleans and octals, merge keys, the last of equal keys wins).

mod base64;
mod build;
mod go_print;
mod json;
mod node;
mod position;
mod problem;
mod scalar;
mod split;
mod tags;

pub use node::{Content, Entry, Mapping, Node};
pub use position::{Lines, Position, Span};
pub use problem::{YamlProblem, YamlProblemKind};

/// What was read: every document that could be, and every problem.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct YamlStream {
    /// Documents in order. Empty ones, and those that are only a comment, are left out.
    pub documents: Vec<YamlDocument>,
    /// What could not be read. A broken document does not hide the others.
    pub problems: Vec<YamlProblem>,
}

/// One document of a stream.
#[derive(Clone, Debug, PartialEq)]
pub struct YamlDocument {
    /// The text between two `---` lines.
    pub span: Span,
    /// The value; none where the text is broken.
    pub root: Option<Node>,
}

/// Nesting deeper than this is refused.
pub const MAX_DEPTH: u32 = 100;
/// Values that aliases may add to one document. Ten lines of YAML can otherwise stand for billions of values.
pub const MAX_ALIASED: u32 = 100_000;

/// Reads a stream of documents.
#[must_use]
pub fn parse(text: &str) -> YamlStream {
    let lines = Lines::new(text);
    let mut stream = YamlStream::default();
    let Some(json) = json::read(text, &lines) else {
        stream.read_yaml(text, 0, &lines, None);
        return stream;
    };
    for (range, value) in json.values {
        let root = value.map_err(|problem| stream.problems.push(problem)).ok();
        stream.documents.push(YamlDocument { span: lines.span(text, range), root });
    }
    match json.broken {
        Some(broken) if broken.is_certain => {
            let span = lines.span(text, broken.at..broken.at);
            let rest = lines.span(text, broken.rest..text.len());
            stream.problems.push(YamlProblem { kind: YamlProblemKind::Syntax, message: broken.message, span });
            stream.documents.push(YamlDocument { span: rest, root: None });
        }
        Some(broken) => stream.read_yaml(text, broken.rest, &lines, Some(&broken.message)),
        None => {}
    }
    stream
}

impl YamlStream {
    /// Reads the documents from a byte on. If the first of them is broken, `kubectl` says what was wrong with it as JSON, where
    /// it was tried as that.
    fn read_yaml(&mut self, text: &str, from: usize, lines: &Lines, as_json: Option<&str>) {
        let mut as_json = as_json;
        for chunk in split::split(text, from, lines, &mut self.problems) {
            let before = self.problems.len();
            let root = build::document(text, chunk.clone(), lines, &mut self.problems);
            let is_broken = root.is_none() && self.problems.len() > before;
            let of_json = as_json.take();
            if let (true, Some(message), Some(problem)) = (is_broken, of_json, self.problems.last_mut()) {
                message.clone_into(&mut problem.message);
            }
            if is_broken || root.as_ref().is_some_and(|node| node.content != Content::Null) {
                self.documents.push(YamlDocument { span: lines.span(text, chunk), root });
            }
        }
    }
}

/// Reads the documents of a text that has to be right, such as a scenario file.
///
/// # Errors
/// All problems, if there is one.
pub fn to_json(text: &str) -> Result<Vec<serde_json::Value>, Vec<YamlProblem>> {
    let stream = parse(text);
    if stream.problems.is_empty() {
        Ok(stream.documents.iter().filter_map(|document| Some(document.root.as_ref()?.to_json())).collect())
    } else {
        Err(stream.problems)
    }
}

#[cfg(test)]
mod tests;
