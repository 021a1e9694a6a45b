//! How long the reader takes for a megabyte of YAML that means harm. `cargo bench --bench manifest`.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on has failed")]

#[path = "../tests/manifest/hostile.rs"]
mod hostile;

use hostile::{SHAPES, hostile};
use setwise::manifest::{MAX_BYTES, Manifest, SourceFile, read};

fn main() {
    divan::main();
}

#[divan::bench(args = SHAPES, sample_count = 1, sample_size = 1)]
fn a_megabyte(bencher: divan::Bencher, shape: &str) {
    let files = [SourceFile { name: "a.yaml".into(), text: hostile(shape, MAX_BYTES) }];
    bencher.bench(|| -> Manifest { read(&files) });
}
