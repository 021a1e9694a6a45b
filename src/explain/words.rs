//! An explanation in the making: what every language fills with its own sentences.

use super::{Evidence, Text};

/// Everything of an explanation that is words, but its headline.
#[derive(Default)]
pub(super) struct Words {
    pub(super) why: Vec<Text>,
    pub(super) evidence: Vec<Evidence>,
    pub(super) next: Option<Text>,
}

impl Words {
    /// Adds a paragraph.
    pub(super) fn why(&mut self, text: Text) -> &mut Words {
        self.why.push(text);
        self
    }

    /// Adds a paragraph, if there is one to add.
    pub(super) fn why_some(&mut self, text: Option<Text>) -> &mut Words {
        self.why.extend(text);
        self
    }

    /// Adds a piece of evidence.
    pub(super) fn evidence(&mut self, label: &'static str, value: Text) -> &mut Words {
        self.evidence.push(Evidence { label, value });
        self
    }

    /// Says what follows.
    pub(super) fn next(&mut self, text: Text) -> &mut Words {
        self.next = Some(text);
        self
    }

    /// The same with every sentence changed.
    pub(super) fn map(self, change: impl Fn(Text) -> Text) -> Words {
        Words {
            why: self.why.into_iter().map(&change).collect(),
            evidence: self.evidence.into_iter().map(|it| Evidence { value: change(it.value), ..it }).collect(),
            next: self.next.map(change),
        }
    }
}
