//! Paths of files. Upstream: `validatePathNoBacksteps`, `validateLocalDescendingPath`, `ValidateLocalNonReservedPath`.

use super::field::{Errors, Field};

pub(super) fn no_backsteps(field: &Field, errors: &mut Errors) {
    if field.text().split('/').any(|part| part == "..") {
        errors.invalid_value(field, field.text(), "must not contain '..'");
    }
}

/// A path that leads downwards.
pub(super) fn descending(field: &Field, errors: &mut Errors) {
    if field.text().starts_with('/') {
        errors.invalid_value(field, field.text(), "must be a relative path");
    }
    no_backsteps(field, errors);
}

/// The same, but not into what the kubelet keeps for itself.
pub(super) fn unreserved(field: &Field, errors: &mut Errors) {
    descending(field, errors);
    if field.text().starts_with("..") && !field.text().starts_with("../") {
        errors.invalid_value(field, field.text(), "must not start with '..'");
    }
}

/// Permissions of a file.
pub(super) fn mode(field: &Field, errors: &mut Errors) {
    if field.is_set() && !(0..=0o777).contains(&field.int()) {
        errors.invalid(field, "must be a number between 0 and 0777 (octal), both inclusive");
    }
}
