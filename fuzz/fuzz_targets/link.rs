//! Links and messages of a host, from any text: `cargo +nightly fuzz run link`.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/link/reading.rs"]
mod reading;

fuzz_target!(|text: &str| {
    reading::check(text);
    reading::check(&format!("#v1.{text}"));
});
