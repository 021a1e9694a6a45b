//! YAML text → objects with the place of every field; defaults, validation, diagnostics, first quick fixes.

pub mod decode;
pub mod defaults;
pub mod field_error;
pub mod schema;
pub mod yaml;

pub use decode::decode;
pub use field_error::{FieldError, FieldErrorKind, invalid_text};
