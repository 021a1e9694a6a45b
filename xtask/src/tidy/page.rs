//! What the page's Content-Security-Policy would block in a browser, found before.

use super::Violation;
use super::sources::Source;

const STYLE: &str = "the Content-Security-Policy blocks an inline style";
const MEND_STYLE: &str = "use a class, an SVG attribute, or set a custom property with `style().set_property`";

/// Inline styles, scripts and handlers in HTML.
pub fn in_html(path: &str, text: &str) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let mut say = |what: &str, mend: &str| violations.push(Violation::new(path, index + 1, what, mend));
        if line.contains(" style=") || line.contains("<style") {
            say(STYLE, "move it to a style sheet");
        }
        let is_data = |tag: &str| tag.contains("type=\"application/");
        if line.match_indices("<script").any(|(place, _)| {
            let tag = line[place..].split('>').next().unwrap_or_default();
            !tag.contains(" src=") && !is_data(tag)
        }) {
            say("the Content-Security-Policy blocks an inline script", "move it to a file and name that in `src`");
        }
        if handler(line) {
            say("the Content-Security-Policy blocks an inline handler", "listen to the event in a script");
        }
    }
    violations
}

/// Whether a tag has an attribute such as `onclick=`.
fn handler(line: &str) -> bool {
    line.match_indices(" on").any(|(place, found)| {
        let name = &line[place + found.len()..];
        let length = name.bytes().take_while(u8::is_ascii_lowercase).count();
        length > 0 && name[length..].starts_with("=\"")
    })
}

/// Inline styles in the page's Rust: `style="…"` and `style={…}`.
pub fn in_rust(source: &Source) -> Vec<Violation> {
    if source.module() != Some("ui") {
        return Vec::new();
    }
    let is_inline = |code: &str| {
        code.match_indices("style=").any(|(place, found)| {
            let starts_a_word = code[..place].ends_with(char::is_whitespace) || place == 0;
            starts_a_word && code[place + found.len()..].starts_with(['"', '{'])
        })
    };
    let inline = source.lines().filter(|(_, code)| is_inline(code));
    inline.map(|(line, _)| Violation::new(source.path, line, STYLE, MEND_STYLE)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_has_nothing_inline() {
        let lines = |text| in_html("index.html", text).len();
        assert_eq!(lines("<p style=\"color:red\">\n<style>\n<script>a()</script>\n<button onclick=\"a()\">\n"), 4);
        let fine = "<link rel=\"stylesheet\" href=\"a.css\">\n<script type=\"module\" src=\"./boot.js\"></script>\n\
                    <script type=\"application/json\">{}</script>\n<p>turned on=\"x\"</p>\n";
        assert_eq!(lines(fine), 0);
    }

    #[test]
    fn the_pages_rust_sets_no_style_attribute() {
        let lines = |text| in_rust(&Source::new("src/ui/a.rs", text)).len();
        assert_eq!(lines("html! { <p style=\"color: red\" /> }"), 1);
        assert_eq!(lines("html! { <p style={width} /> }"), 1);
        assert_eq!(lines("let style = a();\nlet s = \"a style=b\";\nhtml! { <p data-style=\"a\" /> }"), 0);
    }
}
