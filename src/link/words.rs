//! What is said about a link, in each language.

use super::{MAX_CHARACTERS, Problem, TooLong};

/// Why a link cannot be read, in English.
#[must_use]
pub fn problem_en(problem: Problem) -> &'static str {
    match problem {
        Problem::Missing => "This is no link of Setwise: the part that begins with #v1. is missing.",
        Problem::Damaged => {
            "This link is damaged: a part of it is missing or was changed on the way. Copy the whole link once more."
        }
        Problem::TooNew => "This link was made with a newer version of Setwise. Open it there, or update this one.",
        Problem::TooLarge => "This link is larger than any that Setwise makes, so it was not opened.",
    }
}

/// Why a link cannot be read, in Simplified Chinese.
#[must_use]
pub fn problem_zh(problem: Problem) -> &'static str {
    match problem {
        Problem::Missing => "这不是 Setwise 链接：缺少以 #v1. 开头的部分。",
        Problem::Damaged => "这个链接已损坏：有一部分丢失了，或者在传递中被改动过。请重新复制完整的链接。",
        Problem::TooNew => "这个链接是用更新版本的 Setwise 生成的。请在那个版本里打开，或者更新当前版本。",
        Problem::TooLarge => "这个链接超出了 Setwise 所能生成的大小，因此没有打开。",
    }
}

/// Why no link can be made, in English.
#[must_use]
pub fn too_long_en(too_long: TooLong) -> String {
    match too_long.characters {
        0 => "The manifests are too large for a link. Share the files instead.".into(),
        characters => format!(
            "The link would have {characters} characters; {MAX_CHARACTERS} are the most. Share the files instead."
        ),
    }
}

/// Why no link can be made, in Simplified Chinese.
#[must_use]
pub fn too_long_zh(too_long: TooLong) -> String {
    match too_long.characters {
        0 => "清单太大，放不进一个链接。请直接分享文件。".into(),
        characters => format!("链接会有 {characters} 个字符，而上限是 {MAX_CHARACTERS} 个。请直接分享文件。"),
    }
}
