//! What a sync of a StatefulSet did besides its decision.

use crate::api::ObjectRef;
use crate::explain::scope::Scope;
use crate::explain::zh::words::list;
use crate::explain::{Text, code, text};
use crate::reason::Aside;

/// The headline of a sync that did nothing else.
pub(super) fn headline(set: &ObjectRef, aside: &Aside) -> Text {
    match aside {
        Aside::NewRevision { number, .. } => text![set, "把模板记录为第", *number, "个修订版本"],
        Aside::RolledBack { number, .. } => text![set, "回到以前的模板，现在是第", *number, "个修订版本"],
        Aside::Adopted(pods) => text![set, "收养", list(pods)],
        Aside::Released(pods) => text![set, "释放", list(pods)],
        Aside::IdentityRestored(pods) => text![set, "恢复", list(pods), "的标签"],
        Aside::ForeignClaims(claims) => text![set, "不动", list(claims)],
        Aside::Completed { .. } => text![set, "的发布完成"],
    }
}

pub(super) fn sentence(set: &ObjectRef, aside: &Aside, scope: Scope<'_>) -> Text {
    match aside {
        Aside::NewRevision { name, number: 1 } => {
            text!["模板记录为", code(name), "，是", set, "的第一个修订版本。"]
        }
        Aside::NewRevision { name, number } => {
            text![set, "以前没有过这个模板，所以记录为", code(name), "，第", *number, "个修订版本。"]
        }
        Aside::RolledBack { name, number } => text![
            "模板和以前的一个相同，所以重新使用",
            code(name),
            "，编号改为",
            *number,
            "：回滚也是一次发布，只是用旧模板。"
        ],
        Aside::Adopted(pods) => {
            text![set, "收养", list(pods), "：标签匹配选择器，名称符合它的规则，又没有别的控制器。"]
        }
        Aside::Released(pods) => text![
            list(pods),
            "的标签不再匹配选择器，所以",
            set,
            "释放它：Pod 继续运行，名称也还占着，",
            set,
            "没法再用。"
        ],
        Aside::IdentityRestored(pods) => text![
            list(pods),
            "丢了写明 Pod 名称和序号的标签。它们是身份的一部分，所以",
            set,
            "把它们补回来，不用重启任何东西。"
        ],
        Aside::ForeignClaims(claims) => text!["保留策略管不到", list(claims), "：它的控制器是别的对象。"],
        Aside::Completed { revision } => {
            let has_pods = scope.stateful_set(set).is_none_or(|set| set.spec.replicas() > 0);
            let why = if has_pods { "每个 Pod 都已就绪，都是" } else { "已经没有 Pod，模板是" };
            text![why, code(revision), "，所以它成为当前修订版本。"]
        }
    }
}
