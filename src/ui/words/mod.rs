//! Every word of the page, in one file a language. A language that lacks a word does not compile.

pub mod compare;
mod compare_zh;
mod en;
mod share;
mod stage;
mod stage_zh;
mod zh;

pub use en::EN;
pub use share::ShareWords;
pub use stage::StageWords;
pub use zh::ZH;

use super::notice::Notice;
use crate::api::{Kind, Time};
use crate::engine::RunEnd;
use crate::explain::Text;
use crate::language::Language;
use crate::reason::Refusal;
use crate::scene::{Absent, ClaimState, Note, PodState};
use crate::session::Severity;

/// All words of the page in one language.
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct Words {
    pub language: Language,
    pub stage_words: &'static StageWords,
    pub compare_words: &'static compare::CompareWords,
    /// What the browser shows as the name of the page.
    pub title: &'static str,
    /// What search engines show of the page.
    pub description: &'static str,
    pub share_words: &'static ShareWords,
    pub tagline: &'static str,
    pub skip_to_stage: &'static str,
    /// Between a label and what it labels.
    pub colon: &'static str,
    /// Between remarks of several words.
    pub semicolon: &'static str,
    /// Between short remarks.
    pub comma: &'static str,
    /// What a kind is called on buttons of mixed kinds.
    pub short_kind: fn(Kind) -> &'static str,
    // Bar at the top.
    pub examples: &'static str,
    pub example: fn(&str) -> (&'static str, &'static str),
    pub kept_title: &'static str,
    pub kept_note: &'static str,
    pub about: &'static str,
    pub keys: &'static str,
    pub close: &'static str,
    pub theme: &'static str,
    pub theme_auto: &'static str,
    pub theme_light: &'static str,
    pub theme_dark: &'static str,
    // Editor.
    pub manifests: &'static str,
    pub new_file: &'static str,
    pub new_file_name: &'static str,
    pub remove_file: fn(&str) -> String,
    pub text_of: fn(&str) -> String,
    pub apply: &'static str,
    pub apply_keys: &'static str,
    pub edited: &'static str,
    pub problems: &'static str,
    pub problem_counts: fn(usize, usize, usize) -> String,
    pub severity: fn(Severity) -> &'static str,
    pub severity_note: fn(Severity) -> &'static str,
    pub next_problem: &'static str,
    pub previous_problem: &'static str,
    pub go_to_line: fn(&str) -> String,
    pub editor_hint: &'static str,
    pub leaving_editor: &'static str,
    pub quick_fixes: &'static str,
    /// What the editor says by itself: in its own words, in ours.
    pub editor_phrases: &'static [(&'static str, &'static str)],
    pub no_fixes: &'static str,
    pub rename_file: fn(&str) -> String,
    pub file_name: &'static str,
    pub open_files: &'static str,
    pub save_file: fn(&str) -> String,
    pub reset: &'static str,
    pub drop_here: &'static str,
    pub notice: fn(&Notice) -> String,
    pub undo: &'static str,
    pub dismiss: &'static str,
    pub hide_editor: &'static str,
    pub show_editor: &'static str,
    // Stage.
    pub stage: &'static str,
    pub nothing_yet: &'static str,
    pub nothing_to_show: &'static str,
    pub nodes: &'static str,
    pub requested: fn(&str, &str) -> String,
    pub node_ready: &'static str,
    pub node_not_ready: &'static str,
    pub cordoned: &'static str,
    pub cordoned_note: &'static str,
    pub cpu: &'static str,
    pub memory: &'static str,
    pub events: &'static str,
    pub event_warning: &'static str,
    pub event_when: fn(Time, usize) -> String,
    pub ready_endpoints: &'static str,
    pub used_of: fn(&str, &str) -> String,
    pub no_pods: &'static str,
    pub placed: &'static str,
    pub will_be_placed: &'static str,
    pub refused: &'static str,
    pub keeps: &'static str,
    pub refusal: fn(&Refusal) -> String,
    pub state: fn(PodState) -> &'static str,
    pub on_node: fn(&str) -> String,
    pub absent: fn(&Absent) -> Text,
    pub note: fn(&Note) -> String,
    pub not_made_yet: &'static str,
    pub claim_state: fn(ClaimState) -> &'static str,
    pub claim_kept: &'static str,
    pub ready_of: fn(usize, i32) -> String,
    pub ordered: &'static str,
    pub parallel: &'static str,
    pub ordered_note: &'static str,
    pub parallel_note: &'static str,
    pub updated_of: fn(usize, usize, i64) -> String,
    pub partition: fn(i32) -> String,
    pub on_delete: &'static str,
    pub being_deleted: &'static str,
    pub rolling_update: (&'static str, &'static str),
    pub recreate: (&'static str, &'static str),
    pub paused: &'static str,
    pub timed_out: &'static str,
    pub kept_sets: fn(usize) -> String,
    pub named_by: &'static str,
    pub no_service: fn(&str) -> String,
    pub not_headless: fn(&str) -> String,
    pub unnamed: &'static str,
    pub selects_nothing: fn(&str) -> String,
    pub no_record_yet: &'static str,
    pub no_record: &'static str,
    pub waiting_daemons: &'static str,
    pub daemon_counts: fn(usize, usize, usize) -> String,
    pub for_node: fn(&str) -> String,
    pub others: &'static str,
    pub others_note: &'static str,
    pub unused_claim: &'static str,
    pub passed: fn(u64) -> String,
    pub as_table: &'static str,
    pub table_caption: &'static str,
    pub table_head: [&'static str; 5],
    pub waits_arrow: fn(&str, &str) -> String,
    pub rail_of: fn(&str) -> String,
    pub revision: fn(i64) -> String,
    pub revision_note: fn(i64, bool) -> String,
    pub more_pods: fn(usize) -> String,
    // Explanation.
    pub explanation: &'static str,
    pub step_of: fn(usize, usize, Time) -> String,
    pub before_first: &'static str,
    pub before_first_note: &'static str,
    pub nothing_ran: &'static str,
    pub evidence: &'static str,
    pub waiting_now: &'static str,
    pub in_the_way: &'static str,
    pub would_help: &'static str,
    pub trap: &'static str,
    pub way_out: &'static str,
    pub decided_by: &'static str,
    pub line: fn(usize) -> String,
    pub line_in: fn(&str, usize) -> String,
    pub written_before: fn(&str) -> String,
    pub not_written: fn(&str) -> String,
    pub next: &'static str,
    pub rule: &'static str,
    pub new_tab: &'static str,
    pub run_ended: fn(RunEnd) -> &'static str,
    // Inspector.
    pub inspector: fn(&str) -> String,
    pub gone: &'static str,
    pub status: &'static str,
    pub node: &'static str,
    pub no_node: &'static str,
    pub owner: &'static str,
    pub dns: &'static str,
    pub labels: &'static str,
    pub taints: &'static str,
    pub conditions: &'static str,
    pub claims: &'static str,
    pub size: &'static str,
    pub volume: &'static str,
    pub used_by: &'static str,
    pub nobody: &'static str,
    pub restarts: &'static str,
    pub image: &'static str,
    pub pods: &'static str,
    pub selector: &'static str,
    // Transport.
    pub transport: &'static str,
    pub play: &'static str,
    pub pause: &'static str,
    pub replay: &'static str,
    pub forward: &'static str,
    pub back: &'static str,
    pub to_start: &'static str,
    pub to_end: &'static str,
    pub speed: &'static str,
    pub speed_value: fn(u32) -> String,
    pub time_of: fn(Time, Time) -> String,
    pub every_step: &'static str,
    pub every_step_note: &'static str,
    pub timeline: &'static str,
    pub position_text: fn(usize, usize, Time, &str) -> String,
    pub commands: &'static str,
    pub no_lanes: &'static str,
    pub legend: &'static str,
    pub claim_lane: &'static str,
    // Overlays.
    pub keys_list: &'static [(&'static [&'static str], &'static str)],
    pub about_text: &'static [&'static str],
    pub simulated_title: &'static str,
    pub simulated: &'static [&'static str],
    pub not_simulated_title: &'static str,
    pub not_simulated: &'static [&'static str],
    pub honesty: &'static str,
}

impl Words {
    /// Those of a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Words {
        match language {
            Language::En => &EN,
            Language::Zh => &ZH,
        }
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}
