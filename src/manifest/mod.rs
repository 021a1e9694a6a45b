//! YAML text → objects with the place of every field; defaults, validation, diagnostics, first quick fixes.

pub mod yaml;
