//! The reader of lessons on any text: `cargo +nightly fuzz run lesson`.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/lesson/reading.rs"]
mod reading;

fuzz_target!(|text: &str| reading::check(text));
