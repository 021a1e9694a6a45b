//! YAML text → objects with the place of every field; defaults, validation, diagnostics, quick fixes.

pub mod admission;
pub mod complete;
pub mod decode;
pub mod default_nodes;
pub mod defaults;
pub mod diagnostic;
pub mod field_error;
mod mend;
mod place;
mod read;
pub mod schema;
pub mod validation;
mod words;
pub mod yaml;

pub use admission::{Refusal, RefusedBy, admit};
pub use decode::decode;
pub use diagnostic::{Diagnostic, DiagnosticCode, Edit, Fix, Related, Severity, SourceFile};
pub use field_error::{FieldError, FieldErrorKind, invalid_text};
pub use mend::{Mended, mend};
pub use place::Place;
pub use read::{Document, MAX_ALIKE, MAX_BYTES, MAX_DOCUMENTS, MAX_MENDED, Manifest, read};
pub use words::meaning;
