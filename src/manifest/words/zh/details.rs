//! What the API server says of a value, in Chinese, where it says it often.

/// A sentence without its full stop; none for what is rare, which stays as the API server says it.
pub(super) fn detail(detail: &str) -> Option<String> {
    let fixed = match detail {
        "must be greater than or equal to 0" | "must be non-negative" => "不能小于 0",
        "must be greater than 0" | "must be greater than zero" => "要大于 0",
        "must be non-empty" | "may not be empty" | "cannot be empty" => "不能为空",
        "must be unique" => "不能重复",
        "field is immutable" => "这个字段创建之后不能修改",
        "must be specified" => "必须写出来",
        "must contain only valid chars" => "含有不允许的字符",
        "must be a valid IP address" => "要写成合法的 IP 地址",
        "must be an absolute path" => "要写成绝对路径",
        "must not contain '..'" => "不能含有 `..`",
        "must be less than or equal to cpu limit" => "不能大于 CPU 的 limits",
        "must be less than or equal to memory limit" => "不能大于内存的 limits",
        "must specify one of: `exec`, `httpGet`, `tcpSocket`, `grpc`" | "must specify a handler type" => {
            "要写明用哪种方式：`exec`、`httpGet`、`tcpSocket` 或 `grpc`"
        }
        "may not specify more than 1 handler type" | "may not specify more than one handler type" => "只能写一种方式",
        "must specify a volume type" => "要写明卷的类型",
        "may not specify more than 1 volume type" => "一个卷只能有一种类型",
        "must specify at least one container" => "至少要有一个容器",
        _ => return between(detail).or_else(|| at_most(detail)),
    };
    Some(fixed.into())
}

fn between(detail: &str) -> Option<String> {
    let range = detail.strip_prefix("must be between ")?.strip_suffix(", inclusive")?;
    let (least, most) = range.split_once(" and ")?;
    Some(format!("要在 {least} 到 {most} 之间"))
}

fn at_most(detail: &str) -> Option<String> {
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.to_owned());
    if let Some(rest) = detail.strip_prefix("must be no more than ") {
        let most = rest.strip_suffix(" characters").or_else(|| rest.strip_suffix(" bytes"))?;
        return Some(format!("最多 {} 个字符", number(most)?));
    }
    if let Some(least) = detail.strip_prefix("must be greater than or equal to ") {
        return Some(format!("不能小于 {}", number(least)?));
    }
    let most = detail.strip_prefix("must be less than or equal to ")?;
    Some(format!("不能大于 {}", number(most)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_carried_over_and_what_is_unknown_stays() {
        assert_eq!(detail("must be between 1 and 65535, inclusive").as_deref(), Some("要在 1 到 65535 之间"));
        assert_eq!(detail("must be no more than 63 characters").as_deref(), Some("最多 63 个字符"));
        assert_eq!(detail("must be greater than or equal to 1").as_deref(), Some("不能小于 1"));
        assert_eq!(detail("must be less than or equal to `limits`"), None);
        assert_eq!(detail("something nobody has heard of"), None);
    }
}
