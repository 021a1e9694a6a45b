//! Simplified Chinese.

mod details;
mod errors;
mod meaning;
mod repairs;
mod warnings;

pub(super) use meaning::meaning;
pub(super) use repairs::{label, repair};

use super::{Meant, Named, Offer, Said};

/// A diagnostic.
pub(super) fn say(meant: &Meant) -> Said {
    match meant {
        Meant::InputTooLarge { file } => errors::input_too_large(file),
        Meant::TooManyDocuments => errors::too_many_documents(),
        Meant::Yaml(problem) => errors::yaml(problem),
        Meant::NoObjects => Said::beside(errors::no_objects()),
        Meant::NotAnObject => Said::beside(errors::not_an_object()),
        Meant::NamespaceMissing { namespace } => Said::beside(errors::namespace_missing(namespace)),
        Meant::NotSimulated { kind, name } => errors::not_simulated(kind, name),
        Meant::FieldNotSimulated { path, instead } => errors::field_not_simulated(path, *instead),
        Meant::NoMatches { kind, api_version, lookup } => Said::beside(errors::no_matches(kind, api_version, *lookup)),
        Meant::Missing { path } => Said::beside(errors::missing(path)),
        Meant::UnknownField { of, field, meant } => Said::beside(errors::unknown_field(of, field, meant.as_deref())),
        Meant::WrongType(error) => Said::beside(errors::wrong_type(error)),
        Meant::Validation { kind, code, error } => Said::beside(errors::validation(kind, *code, error)),
        Meant::Noticed(noticed) => warnings::say(noticed),
    }
}

/// What an editor offers.
pub(super) fn offer(offer: &Offer) -> String {
    match offer {
        Offer::Text => "文本".into(),
        Offer::Number => "数字".into(),
        Offer::TrueOrFalse => "true 或 false".into(),
        Offer::Quantity => "数量".into(),
        Offer::NumberOrText => "数字或文本".into(),
        Offer::Time => "时间".into(),
        Offer::Anything => "任意值".into(),
        Offer::List => "列表".into(),
        Offer::ListOf(item) => format!("列表：{item}"),
        Offer::NamesAndValues => "键和值".into(),
        Offer::Fields => "一组字段".into(),
        Offer::HasKinds(kinds) => {
            format!("包含 {}。", kinds.iter().map(|kind| format!("`{kind}`")).collect::<Vec<_>>().join("、"))
        }
        Offer::HasScalable => "可以扩缩的类型都在这个版本里。".into(),
        Offer::ObjectIn { kind, name, file } => format!("`{file}` 里的 {kind} `{name}`。"),
        Offer::OwnClaim => "每个 Pod 都有一个同名的 PVC，来自 `volumeClaimTemplates`。".into(),
        Offer::OwnVolume => "这个 Pod 的卷，来自 `volumes`。".into(),
        Offer::SameLabel => "和这个对象里写的标签相同。".into(),
        Offer::LabelOf { kind, name } => format!("{kind} `{name}` 的 Pod 带有的标签。"),
    }
}

/// What is added to the last of many that say the same.
pub(super) fn more_alike(count: usize) -> String {
    format!("这个文件里还有 {count} 处同类问题，没有列出。")
}

/// `a`, `a 和 b`, `a、b 和 c`.
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} 和 {last}", first.join("、")),
    }
}

/// `Pod "a"`, `Pod`; an object of no known kind is `对象`.
fn named(Named { kind, name }: &Named) -> String {
    match (kind.as_str(), name.as_str()) {
        ("", "") => "前一个对象".into(),
        ("", name) => format!("对象 \"{name}\""),
        (kind, "") => kind.into(),
        (kind, name) => format!("{kind} \"{name}\""),
    }
}
