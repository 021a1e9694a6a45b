//! What holds for every text, whatever it says. The tests and the fuzz target share it.

use setwise::cli::report;
use setwise::manifest::{SourceFile, admit, read, validation};

/// Reads a text and everything that was found in it.
///
/// # Panics
/// If a place is not in the text, or if anything on the way panics.
pub fn check(text: &str) {
    let files = [SourceFile { name: "a".into(), text: text.into() }];
    let manifest = read(&files);
    for diagnostic in &manifest.diagnostics {
        for span in diagnostic.related.iter().map(|it| it.span).chain([diagnostic.span]) {
            assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
        }
        for fix in diagnostic.fixes.iter().take(8) {
            let mut mended = files.clone();
            fix.apply(&mut mended);
            let _ = read(&mended);
        }
    }
    let _ = report(&manifest.diagnostics, &files);
    let objects = manifest.objects();
    for object in &objects {
        let _ = manifest.place(&object.reference(), "spec.template.spec.containers[0].image");
        let _ = validation::update(object, object);
        for document in &manifest.documents {
            let _ = admit(&document.json, Some(object), false);
        }
    }
    for refusal in manifest.documents.iter().filter_map(|document| document.refusal.as_ref()) {
        let _ = refusal.kubectl_text("STDIN");
    }
}
