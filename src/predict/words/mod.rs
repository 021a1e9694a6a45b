//! Questions, answers and wrong rules in words: one file a language, each with the same exhaustive matches.

pub mod en;
pub mod zh;
