//! Objects that somebody makes, replaces or labels.

use crate::api::{Kind, ObjectRef};
use crate::explain::text;
use crate::explain::words::Words;

pub(super) fn create(words: &mut Words, object: &ObjectRef) {
    words.why(text![
        "The API server stores ",
        object,
        ". It was created and not applied, so the object does not remember from which manifest it came."
    ]);
    if object.kind.is_workload() {
        words.next(text!["The controller of ", object, " makes its pods."]);
    }
}

pub(super) fn replace(words: &mut Words, object: &ObjectRef) {
    words
        .why(text![
            "The new object takes the place of the one that is stored: what the manifest leaves out is gone or has its \
             default again. `kubectl apply` would have kept what others set."
        ])
        .next(text!["Whoever watches ", object, " checks what there is to do."]);
}

pub(super) fn label(words: &mut Words, object: &ObjectRef) {
    words
        .why(text![
            "Selectors look at labels: a controller finds its pods by them, a Service the pods behind it."
        ])
        .next(match object.kind {
            Kind::Pod => text![
                "Where ",
                object,
                " no longer matches the selector of its controller, the controller lets it go and makes another in its place."
            ],
            _ => text!["Whoever watches ", object, " checks what there is to do."],
        });
}

pub(super) fn annotate(words: &mut Words, object: &ObjectRef) {
    words.why(text![
        "Annotations are notes on an object for tools and people. No selector looks at those of ",
        object,
        "."
    ]);
}
