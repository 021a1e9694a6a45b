//! The scheduler: filters, scores, preemption, and the pass that binds one pod. Upstream: `pkg/scheduler`.

mod assessment;
mod cycle;
mod filters;
mod fit_error;
mod pod_affinity;
mod preemption;
mod scores;
mod selector;
mod spread;
mod volumes;

pub use assessment::{Assessment, NodeAssessment, PluginScore, Standing, assess};
pub use cycle::schedule;
pub use filters::{Insufficient, NodeFilters, NodeRefusal, fits_request, untolerated_taint};
pub use fit_error::fit_error;
