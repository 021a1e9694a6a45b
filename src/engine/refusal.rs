//! What the API server says when it refuses.

/// Why a command was refused, in the words of the API server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

/// The API server's reason for a refusal (`metav1.StatusReason`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusReason {
    /// There is no such object.
    NotFound,
    /// There is one already.
    AlreadyExists,
    /// Validation found fault with it.
    Invalid,
    /// Admission says no.
    Forbidden,
}

impl Refusal {
    /// The reason; none where it was not the API server but the client that refused. The words of a message are fixed
    /// upstream (`apierrors.NewNotFound` and its like), so they tell.
    #[must_use]
    pub fn reason(&self) -> Option<StatusReason> {
        let Refusal(message) = self;
        let named = |words: &str| message.split_once("\" ").is_some_and(|(_, rest)| rest == words);
        if named("not found") {
            Some(StatusReason::NotFound)
        } else if named("already exists") {
            Some(StatusReason::AlreadyExists)
        } else if message.starts_with("The ") && message.contains("\" is invalid: ") {
            Some(StatusReason::Invalid)
        } else if message.contains("\" is forbidden: ") {
            Some(StatusReason::Forbidden)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_tell_the_reason() {
        let reason = |text: &str| Refusal(text.into()).reason();
        assert_eq!(reason("pods \"web-9\" not found"), Some(StatusReason::NotFound));
        assert_eq!(reason("services \"web\" already exists"), Some(StatusReason::AlreadyExists));
        assert_eq!(reason("The Pod \"a\" is invalid: spec: Forbidden: no"), Some(StatusReason::Invalid));
        assert_eq!(reason("pods \"a\" is forbidden: no PriorityClass"), Some(StatusReason::Forbidden));
        assert_eq!(reason("unable to find container named \"b\""), None);
    }
}
