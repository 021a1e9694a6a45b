//! The same input gives the same run, to the byte. `tests/web.rs` holds the browser to the same file.

use setwise::actor::Settings;
use setwise::engine::play;
use setwise::explain::Language;
use setwise::manifest::{SourceFile, read};
use setwise::transcript;

const INPUT: &str = include_str!("determinism/input.yaml");
/// Made by `cargo run -- run --output=json tests/determinism/input.yaml`.
const EXPECTED: &str = include_str!("determinism/expected.json");

fn run() -> String {
    let manifest = read(&[SourceFile { name: "input.yaml".into(), text: INPUT.into() }]);
    let mut run = play(&manifest.objects(), &Settings::default());
    transcript::json(&mut run.timeline, Language::En)
}

#[test]
fn a_run_is_the_same_to_the_byte_each_time_and_on_every_machine() {
    assert_eq!(run(), run());
    let first_difference = run().lines().zip(EXPECTED.lines()).position(|(is, was)| is != was);
    assert_eq!(first_difference, None, "the run differs from tests/determinism/expected.json in this line, from 0");
    assert_eq!(run(), EXPECTED);
}
