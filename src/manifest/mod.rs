//! YAML text → objects with the place of every field; defaults, validation, diagnostics, first quick fixes.

pub mod admission;
pub mod decode;
pub mod defaults;
pub mod field_error;
pub mod schema;
pub mod validation;
pub mod yaml;

pub use admission::{Refusal, RefusedBy, admit};
pub use decode::decode;
pub use field_error::{FieldError, FieldErrorKind, invalid_text};
