//! What stands in the way of an object at a moment, in words.

use super::{Language, Text, en, facts, zh};
use crate::engine::{Step, StepId};
use crate::obstacle::{Cause, Chain, Link, Moment, Question, Remedy, chain};

/// Why something is not as one expects, in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The causes, from what was asked about to the root; none where nothing stands in the way.
    pub because: Vec<Because>,
    /// What would change the last of them, the most likely first.
    pub advice: Vec<Advice>,
}

/// One cause in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Because {
    /// The sentence.
    pub text: Text,
    /// The step in which an actor said so, if one did.
    pub step: Option<StepId>,
}

/// What would change something.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// The sentence.
    pub text: Text,
    /// What one would type, where one command does it. What is in capitals is to be filled in.
    pub command: Option<String>,
}

/// What stands in the way of something at a moment, and what would change it.
#[must_use]
pub fn why_not(moment: Moment<'_>, question: &Question, language: Language) -> Answer {
    let Chain { links, remedies } = chain(moment, question);
    Answer {
        because: links.iter().map(|link| because(moment, link, language)).collect(),
        advice: remedies.iter().map(|remedy| advice(remedy, language)).collect(),
    }
}

fn because(moment: Moment<'_>, link: &Link, language: Language) -> Because {
    let own = match language {
        Language::En => en::cause(link),
        Language::Zh => zh::cause(link),
    };
    let step = match link.cause {
        Cause::Told(step) | Cause::AboutToLook(step) => Some(step),
        _ => None,
    };
    let told = || step.and_then(|step| moment.steps.get(step)).map(|step| told(step, language));
    Because { text: own.or_else(told).unwrap_or_default(), step }
}

fn advice(remedy: &Remedy, language: Language) -> Advice {
    let text = match language {
        Language::En => en::remedy(remedy),
        Language::Zh => zh::remedy(remedy),
    };
    Advice { text, command: facts::commands::command(remedy) }
}

fn told(step: &Step, language: Language) -> Text {
    match language {
        Language::En => en::told(step),
        Language::Zh => zh::told(step),
    }
}
