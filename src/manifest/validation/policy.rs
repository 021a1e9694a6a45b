//! PodDisruptionBudgets and priority classes. Upstream: `pkg/apis/policy/validation/validation.go`,
//! `pkg/apis/scheduling/validation/validation.go`.

use super::field::{Errors, Field};

pub(super) fn disruption_budget(_object: &Field<'_>, _errors: &mut Errors) {}

pub(super) fn disruption_budget_update(_old: &Field<'_>, _new: &Field<'_>, _errors: &mut Errors) {}

pub(super) fn priority_class(_object: &Field<'_>, _errors: &mut Errors) {}

pub(super) fn priority_class_update(_old: &Field<'_>, _new: &Field<'_>, _errors: &mut Errors) {}
