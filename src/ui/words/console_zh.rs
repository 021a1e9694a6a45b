//! Words of the console, of branches, of scripts and of what can be done by mouse. In Simplified Chinese.

use super::console::ConsoleWords;
use super::zh::{duration, instant};
use crate::kubectl::Exit;
use crate::session::{Deed, Offered, Remark};

/// The words in Simplified Chinese.
pub static ZH: ConsoleWords = ConsoleWords {
    console: "控制台",
    log: "输入过的命令和结果",
    prompt: "命令",
    placeholder: "kubectl get pods",
    candidates: "这里可以写什么",
    candidates_found: |count| format!("有 {count} 个候选。方向键选择，回车采用。"),
    welcome: &["像在真实集群上一样输入 kubectl；lab 做 kubectl 做不到的事，例如切断一台机器的电源。\
                一切都发生在当前显示的这一步：在末尾，运行会继续；在末尾之前，会开出一个分支，原来的运行保持不变。"],
    try_these: &["kubectl get pods -o wide", "kubectl get events", "lab node down worker-1", "help"],
    show: "显示输入过的命令",
    hide: "隐藏输入过的命令",
    timeline: "时间线",
    undo: |what| match what {
        Some(what) => format!("撤销：{}", deed(what)),
        None => "没有可以撤销的操作".into(),
    },
    redo: |what| match what {
        Some(what) => format!("重做：{}", deed(what)),
        None => "没有可以重做的操作".into(),
    },
    at: instant,
    chosen: "从菜单选择",
    applied: "清单",
    failed: |exit| match exit {
        Exit::Code(0) => None,
        Exit::Code(code) => Some(format!("退出码 {code}")),
        Exit::Waits => Some("还在等待".into()),
    },
    answered: |line, text| format!("{line}：{text}"),
    no_output: "没有输出",
    remark: |remark| match remark {
        Remark::Forked { name, from, at } => {
            format!("从 {} 起开出一个分支：“{name}”。运行“{from}”保持不变。", duration(at.0))
        }
        Remark::Undone(what) => format!("已撤销：{}", deed(what)),
        Remark::Redone(what) => format!("已重做：{}", deed(what)),
        Remark::NothingToUndo => "没有可以撤销的操作。".into(),
        Remark::NothingToRedo => "没有可以重做的操作。".into(),
        Remark::Begun(name) => format!("新的集群：“{name}”。之前的运行留在列表里。"),
        Remark::Dropped(name) => format!("分支“{name}”已丢弃。撤销可以找回它。"),
        Remark::Cut => "回答太长，其余部分不显示。".into(),
    },
    branches: |count| format!("{count} 次运行"),
    branch_note: "在运行结束之前执行命令会开出分支。选择一个，就显示它在同一时刻的样子。",
    from_start: "从新的集群开始",
    forked: |from, at| format!("从“{from}”的 {} 开出", duration(at.0)),
    forked_from_gone: |at| format!("从一次已丢弃的运行的 {} 开出", duration(at.0)),
    length: |steps, end| format!("{steps} 步，{}", duration(end.0)),
    shown: "正在显示",
    rename: |name| format!("重命名 {name}"),
    name: "分支的名称",
    drop: |name| format!("丢弃 {name}"),
    branch_mark: |name, at| format!("{} 处的分支：{name}", duration(at.0)),
    script: "脚本",
    script_note: "每行一条命令。两行之间集群会先稳定下来，除非其中一行自己等待。脚本从当前显示的这一步开始执行。",
    script_of: |name| format!("“{name}”里做过的操作"),
    run_script: "执行",
    copy: "复制",
    copied: "已复制",
    save: "保存为文件",
    open: "打开文件",
    close: "关闭",
    breakpoint: "添加断点",
    breakpoint_line: "kubectl wait --for=condition=Ready pod/NAME --timeout=10m",
    act: "操作",
    act_on: |name| format!("可以对 {name} 做什么"),
    offered,
    load: "负载",
    load_value: |percent| format!("请求量的 {percent} %"),
    set_load: "设置负载",
    review: "应用会改变什么",
    review_at: |at| format!("在运行中的集群里，{}", duration(at.0)),
    review_none: "没有改变：集群已经和清单一致。",
    unchanged: |count| format!("{count} 个对象保持不变"),
    created: "将被创建",
    changes: "有改变",
    kept: "有改变；这里没有谁处理这种对象",
    refused: "被拒绝",
    immutable: "有的字段在对象创建之后不能再改。要重新创建，先删除它再应用；加上 --cascade=orphan，它的 Pod 会留下，由新的对象接管：",
    stays: "已不在清单里，但会留在集群里：kubectl apply 不删除任何对象。要删除它：",
    nothing: "无",
    more_fields: |count| format!("还有 {count} 个"),
    apply: "应用",
    start_over: "从头开始",
    start_over_note: "用这些清单建一个新的集群；这次运行留在列表里",
    cancel: "取消",
};

fn deed(deed: &Deed) -> String {
    match deed {
        Deed::Line(line) => line.lines().next().unwrap_or_default().to_owned(),
        Deed::Renamed(from, to) => format!("“{from}”改名为“{to}”"),
        Deed::Dropped(name) => format!("丢弃“{name}”"),
    }
}

fn offered(deed: &Offered) -> String {
    match deed {
        Offered::Cordon => "不接收新的 Pod（cordon）".into(),
        Offered::Uncordon => "重新接收 Pod（uncordon）".into(),
        Offered::Drain => "腾空节点（drain）".into(),
        Offered::Taint => "添加污点…".into(),
        Offered::Untaint(taint) => format!("去掉污点 {taint}"),
        Offered::PowerOff => "断电".into(),
        Offered::PowerOn => "通电".into(),
        Offered::RemoveNode => "从集群中移除".into(),
        Offered::Describe => "查看详情（describe）".into(),
        Offered::DeletePod | Offered::Delete => "删除".into(),
        Offered::Unready => "不再通过就绪检查".into(),
        Offered::Ready => "重新通过就绪检查".into(),
        Offered::Crash => "崩溃".into(),
        Offered::Fail => "失败，如同被驱逐".into(),
        Offered::BreakImage(image) => format!("让镜像 {image} 无法拉取"),
        Offered::FixImage(image) => format!("修复镜像 {image}"),
        Offered::ScaleUp(to) => format!("扩容到 {to}"),
        Offered::ScaleDown(to) => format!("缩容到 {to}"),
        Offered::SetImage => "设置镜像…".into(),
        Offered::Restart => "重启 Pod".into(),
        Offered::Pause => "暂停发布".into(),
        Offered::Resume => "恢复发布".into(),
        Offered::RollBack => "回到上一个修订版本".into(),
        Offered::Status => "观察发布".into(),
        Offered::DeleteWorkload => "连同它的 Pod 一起删除".into(),
        Offered::OrphanPods => "删除，但留下 Pod".into(),
    }
}
