//! What a fix does, as a button says it, and what is at a related place.

use super::named;
use crate::manifest::words::{Label, Named, Repair};

/// The title of a fix.
pub(in crate::manifest::words) fn repair(repair: &Repair) -> String {
    match repair {
        Repair::InsertSeparator => "插入 `---`".into(),
        Repair::OwnLine => "把 `---` 后面的内容另起一行".into(),
        Repair::AddSelector => "添加和 Pod 模板标签匹配的选择器".into(),
        Repair::AddSelectorAndLabels => "添加选择器，并在 Pod 模板里加上对应的标签".into(),
        Repair::AddLabels => "在 Pod 模板里加上选择器要求的标签".into(),
        Repair::AddService(name) => format!("添加无头 Service \"{name}\""),
        Repair::MakeHeadless(name) => format!("把 Service \"{name}\" 改成无头：`clusterIP: None`"),
        Repair::MakeNamespace(name) => format!("创建命名空间 \"{name}\""),
        Repair::SetNamespace { object: Named { kind, name }, namespace } => {
            format!("把 {kind} \"{name}\" 移到命名空间 \"{namespace}\"")
        }
        Repair::Add(line) => format!("添加 `{line}`"),
        Repair::AddVolume(name) => format!("给 Pod 添加空卷 `{name}`"),
        Repair::ChangeTo { from, to } if from.is_empty() => format!("改成 `{to}`"),
        Repair::ChangeTo { from, to } => format!("把 `{from}` 改成 `{to}`"),
        Repair::ChangeEverywhere { from, to } => format!("把所有用到的 `{from}` 都改成 `{to}`"),
        Repair::Remove(field) => format!("去掉 `{field}`"),
        Repair::RemoveFirst(key) => format!("去掉不起作用的第一个 `{key}`"),
        Repair::ConvertTo(version) => format!("转换成 {version}"),
        Repair::Quote => "加上引号".into(),
        Repair::CloseQuote => "补上结尾的引号".into(),
        Repair::Unquote => "去掉引号".into(),
        Repair::SpaceAfterColon => "在冒号后面加空格".into(),
        Repair::MakeList => "改成列表".into(),
        Repair::SpacesForTabs => "把制表符换成空格".into(),
        Repair::Indent { key, deeper: true } => format!("增加 `{key}` 的缩进"),
        Repair::Indent { key, deeper: false } => format!("减少 `{key}` 的缩进"),
        Repair::SelectLabelsOf(Named { kind, name }) => format!("选择 {kind} \"{name}\" 的标签"),
        Repair::AddProbe(port) => format!("添加检查端口 {port} 的就绪探针"),
        Repair::UseDefaultClass => "去掉它，使用默认的 StorageClass".into(),
    }
}

/// The words at a related place.
pub(in crate::manifest::words) fn label(label: &Label) -> String {
    match label {
        Label::LostBegins(what) => format!("{} 从这里开始", named(what)),
        Label::LostHere => "这一个不起作用".into(),
        Label::FirstHere => "第一次写在这里".into(),
        Label::ClusterIpMissing => "这里缺少 `clusterIP: None`".into(),
        Label::ThisSelector => "这个选择器".into(),
        Label::ClosestLabels => "最接近的标签".into(),
        Label::WantedLabels => "选择器要求这些标签".into(),
        Label::TheseContainers => "容器在这里".into(),
        Label::OtherNamespace(name) => format!("它在命名空间 \"{name}\" 里"),
        Label::SamePlace => "同一个位置".into(),
        Label::OtherSelector => "这个选择器匹配到同样的 Pod".into(),
        Label::MatchedLabels => "它匹配这些标签".into(),
        Label::ByHand => "Pod 要手动替换".into(),
        Label::ThisTaint => "污点在这里".into(),
        Label::MeasuredHere => "HPA 在这里度量它".into(),
        Label::ScaledHere => "设置副本数的 HPA".into(),
        Label::ReplicasHere => "它选中的 Pod".into(),
    }
}
