//! Words of links, of what an author copies, and of what is said when somebody comes with a link. In both languages.

use crate::link::{Problem, TooLong, words};

/// The words of links in one language.
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct ShareWords {
    pub share: &'static str,
    pub title: &'static str,
    pub note: &'static str,
    pub stale_note: &'static str,
    pub local_note: &'static str,
    pub long_note: fn(usize) -> String,
    pub too_long: fn(TooLong) -> String,
    pub link: &'static str,
    pub markdown: &'static str,
    pub iframe: &'static str,
    pub element: &'static str,
    pub copy: fn(&str) -> String,
    pub copy_short: &'static str,
    pub copied: &'static str,
    pub not_copied: &'static str,
    pub code: &'static str,
    pub no_code: &'static str,
    pub problem: fn(Problem) -> &'static str,
    pub linked: &'static str,
    pub back: &'static str,
    pub other_run: fn(usize, usize) -> String,
    pub update: &'static str,
    pub update_now: &'static str,
    pub open_whole: &'static str,
}

/// The words in the language of a tag.
#[must_use]
pub const fn of(tag: &str) -> &'static ShareWords {
    match tag.as_bytes() {
        b"zh" => &ZH,
        _ => &EN,
    }
}

static EN: ShareWords = ShareWords {
    share: "Share",
    title: "Share this moment",
    note: "The link itself holds the manifests, what was done, and the shown step. Nothing is sent anywhere.",
    stale_note: "The text was edited since the run: the link holds it as it is now, and begins at its start.",
    local_note: "This page was opened from a file, so the link works on this computer only.",
    long_note: |characters| format!("The link has {characters} characters. Some programs cut links that long."),
    too_long: words::too_long_en,
    link: "Link",
    markdown: "Markdown",
    iframe: "iframe",
    element: "Custom element",
    copy: |what| format!("Copy: {what}"),
    copy_short: "Copy",
    copied: "Copied.",
    not_copied: "The browser did not allow copying. The text is selected: press Ctrl+C.",
    code: "QR code of the link",
    no_code: "The link is too long for a QR code.",
    problem: words::problem_en,
    linked: "This is what somebody linked to. Your own text was put aside.",
    back: "Back to your own text",
    other_run: |then, now| {
        format!(
            "This link was made with another version of Setwise: the run had {then} steps there and has {now} here, \
             so the shown moment may be another."
        )
    },
    update: "A new version of Setwise is ready.",
    update_now: "Reload",
    open_whole: "Open in Setwise",
};

static ZH: ShareWords = ShareWords {
    share: "分享",
    title: "分享这一时刻",
    note: "链接本身包含清单、执行过的操作和当前步骤。不会向任何地方发送数据。",
    stale_note: "运行之后文本又被编辑过：链接保存的是现在的文本，并从头开始播放。",
    local_note: "这个页面是从本地文件打开的，所以链接只能在这台电脑上使用。",
    long_note: |characters| format!("链接有 {characters} 个字符。有些程序会截断这么长的链接。"),
    too_long: words::too_long_zh,
    link: "链接",
    markdown: "Markdown",
    iframe: "iframe",
    element: "自定义元素",
    copy: |what| format!("复制：{what}"),
    copy_short: "复制",
    copied: "已复制。",
    not_copied: "浏览器不允许复制。文本已经选中：请按 Ctrl+C。",
    code: "链接的二维码",
    no_code: "链接太长，无法生成二维码。",
    problem: words::problem_zh,
    linked: "这是别人链接的内容。你自己的文本已经收起来了。",
    back: "回到你自己的文本",
    other_run: |then, now| {
        format!(
            "这个链接是用另一个版本的 Setwise 生成的：那时运行有 {then} 步，这里有 {now} 步，所以显示的时刻可能不同。"
        )
    },
    update: "Setwise 的新版本已经就绪。",
    update_now: "重新加载",
    open_whole: "在 Setwise 中打开",
};
