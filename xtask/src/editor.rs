//! Bundling the editor: one module that the page loads after it is usable, from `editor/` and the npm packages.

use crate::project;
use crate::setup::Kit;
use crate::shell::{Failure, Outcome, While, step};
use std::fs;

/// How the boot script is told of the bundle before it has a name, in Trunk.toml.
const PLACEHOLDER: &str = "data-editor=\"./editor.js\"";

/// MIT asks for it.
const NOTICE: &str = "/*! CodeMirror and Lezer: MIT License, (C) Marijn Haverbeke and others, codemirror.net */";

/// Bundles the editor into the built page, under a name that changes with its content.
pub fn add(kit: &Kit, dev: bool) -> Outcome {
    step("bundle the editor", || {
        let folder = project::target().join("editor");
        fs::create_dir_all(&folder).doing(|| format!("make the folder {}", folder.display()))?;
        let bundle = folder.join("bundle.js");
        kit.run("esbuild")
            .args(["editor/main.js", "--bundle", "--format=esm", "--target=es2022", "--log-level=warning"])
            .args(["--alias:style-mod=./editor/styles.js"])
            .args([format!("--banner:js={NOTICE}"), format!("--outfile={}", bundle.display())])
            .show()?;
        let small = folder.join("small.js");
        if !dev {
            kit.run("terser")
                .args([&bundle])
                .args(["--module", "--compress", "passes=2,ecma=2022", "--mangle", "--output"])
                .args([&small])
                .show()?;
        }
        place(&fs::read(if dev { bundle } else { small }).doing(|| "read the bundle".to_owned())?)
    })
}

/// Puts the bundle beside the page, and its name into the page.
fn place(bundle: &[u8]) -> Outcome {
    let name = format!("editor-{:016x}.js", hash(bundle));
    let index = project::dist().join("index.html");
    let html = fs::read_to_string(&index).doing(|| format!("read {}", index.display()))?;
    let html = named(&html, &name).ok_or_else(|| Failure::new(format!("{PLACEHOLDER} is not in the built page")))?;
    fs::write(project::dist().join(&name), bundle).doing(|| format!("write {name}"))?;
    fs::write(&index, html).doing(|| format!("write {}", index.display()))
}

/// The page with the name of the bundle in place of what stands for it.
fn named(html: &str, name: &str) -> Option<String> {
    html.contains(PLACEHOLDER).then(|| html.replace(PLACEHOLDER, &format!("data-editor=\"./{name}\"")))
}

/// FNV-1a: the same on every machine, and enough to tell one build from another.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_the_bundle() {
        let page = format!("<script id=\"boot\" {PLACEHOLDER}></script>");
        assert_eq!(
            named(&page, "editor-1.js").as_deref(),
            Some("<script id=\"boot\" data-editor=\"./editor-1.js\"></script>")
        );
        assert_eq!(named("<script></script>", "editor-1.js"), None);
    }

    #[test]
    fn another_bundle_has_another_name() {
        assert_eq!(hash(b""), 0xcbf2_9ce4_8422_2325);
        assert_ne!(hash(b"a"), hash(b"b"));
    }

    #[test]
    fn trunk_writes_what_stands_for_the_bundle() {
        let trunk = fs::read_to_string(project::root().join("Trunk.toml")).expect("Trunk.toml");
        assert!(trunk.contains(PLACEHOLDER));
    }
}
