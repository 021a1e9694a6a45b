//! HorizontalPodAutoscalers. Upstream: `pkg/apis/autoscaling/validation/validation.go`.

use super::field::{Errors, Field};

pub(super) fn autoscaler(_object: &Field<'_>, _errors: &mut Errors) {}
