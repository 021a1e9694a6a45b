//! What a misspelt word may mean.

use crate::manifest::schema;

/// The one of several words that a misspelt one may mean. Capital letters do not count, a few other letters may differ.
pub(in crate::manifest::read) fn nearest<'a>(
    words: impl IntoIterator<Item = &'a str>,
    written: &str,
) -> Option<&'a str> {
    let lower = written.to_lowercase();
    let words: Vec<&str> = words.into_iter().collect();
    if let Some(word) = words.iter().find(|word| word.to_lowercase() == lower) {
        return Some(word);
    }
    let distance = |word: &str| strsim::damerau_levenshtein(&word.to_lowercase(), &lower);
    let (best, word) = words.iter().map(|word| (distance(word), *word)).min()?;
    (best <= (written.len() / 3).max(1) && best < written.len()).then_some(word)
}

/// The field that a misspelt one may mean.
pub(in crate::manifest::read) fn field(of: &str, written: &str) -> Option<&'static str> {
    let fields = schema::fields(of)?;
    let lower = written.to_lowercase();
    nearest(fields.iter().map(|(name, _)| *name), written).or_else(|| {
        // `strategy` for `updateStrategy`.
        let is_part = |name: &str| lower.len() > 4 && name.to_lowercase().ends_with(&lower);
        fields.iter().map(|(name, _)| *name).find(|name| is_part(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_field_is_recognised() {
        for (of, written, expected) in [
            ("StatefulSetSpec", "replcias", Some("replicas")),
            ("Container", "imgae", Some("image")),
            ("ContainerPort", "containerport", Some("containerPort")),
            ("DaemonSetSpec", "strategy", Some("updateStrategy")),
            ("DaemonSetSpec", "replicas", None),
            ("StatefulSetSpec", "x", None),
        ] {
            assert_eq!(field(of, written), expected, "{written}");
        }
    }

    #[test]
    fn a_word_is_not_taken_for_a_quite_different_one() {
        assert_eq!(nearest(["StatefulSet", "DaemonSet"], "statefulset"), Some("StatefulSet"));
        assert_eq!(nearest(["StatefulSet", "DaemonSet"], "Statefullset"), Some("StatefulSet"));
        assert_eq!(nearest(["StatefulSet", "DaemonSet"], "Frobnicator"), None);
        assert_eq!(nearest([], "a"), None);
    }
}
