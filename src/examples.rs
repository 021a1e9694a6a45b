//! Manifests to begin with.

use crate::session::File;

/// A set of files that the page offers. Its title and what it shows are words of the page, found by `id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// Stable name.
    pub id: &'static str,
    files: &'static [(&'static str, &'static str)],
}

impl Example {
    /// The files, to edit.
    #[must_use]
    pub fn files(&self) -> Vec<File> {
        self.files.iter().map(|(name, text)| File { name: (*name).into(), text: (*text).into() }).collect()
    }
}

const DATABASE: (&str, &str) = ("db.yaml", include_str!("../static/examples/database.yaml"));
const AGENT: (&str, &str) = ("agent.yaml", include_str!("../static/examples/agent.yaml"));
const AGENT_EVERYWHERE: (&str, &str) = ("agent.yaml", include_str!("../static/examples/agent-everywhere.yaml"));
const ARTICLE_SERVICE: (&str, &str) = ("service.yaml", include_str!("../static/examples/article-service.yaml"));

/// All of them; the page begins with the first.
pub const EXAMPLES: [Example; 6] = [
    Example { id: "both", files: &[DATABASE, AGENT] },
    Example { id: "database", files: &[DATABASE] },
    Example { id: "agent", files: &[AGENT] },
    Example { id: "agent-everywhere", files: &[AGENT_EVERYWHERE] },
    Example {
        id: "article",
        files: &[
            ("app.yaml", include_str!("../static/examples/article-statefulset.yaml")),
            ARTICLE_SERVICE,
            ("hpa.yaml", include_str!("../static/examples/article-autoscaler.yaml")),
        ],
    },
    Example {
        id: "article-printed",
        files: &[
            ("app.yaml", include_str!("../static/examples/article-printed.yaml")),
            ARTICLE_SERVICE,
            ("hpa.yaml", include_str!("../static/examples/article-autoscaler-printed.yaml")),
        ],
    },
];

/// The example of that name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Example> {
    EXAMPLES.iter().find(|example| example.id == id)
}
