//! Compares values in a filter, and for `--sort-by`.
//! Upstream: `k8s.io/client-go/third_party/forked/golang/template/funcs.go`, `kubectl/pkg/cmd/get/sorter.go: isLess`.

use crate::api::Quantity;
use serde_json::Value;
use std::cmp::Ordering;

/// Whether a comparison holds. Only values of one type can be compared.
pub(super) fn compare(left: &Value, right: &Value, operator: &str) -> Result<bool, String> {
    const OPERATORS: &[&str] = &["==", "!=", "<", "<=", ">", ">="];
    if !OPERATORS.contains(&operator) {
        return Err(format!("unrecognized filter operator {operator}"));
    }
    let order = match (left, right) {
        (Value::Bool(left), Value::Bool(right)) => match operator {
            "==" | "!=" => left.cmp(right),
            _ => return Err("invalid type for comparison".into()),
        },
        (Value::Number(left), Value::Number(right)) => match (left.as_i64(), right.as_i64()) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => return Err("incompatible types for comparison".into()),
        },
        (Value::String(left), Value::String(right)) => left.cmp(right),
        (Value::Null | Value::Array(_) | Value::Object(_), _)
        | (_, Value::Null | Value::Array(_) | Value::Object(_)) => {
            return Err("invalid type for comparison".into());
        }
        (Value::Bool(_) | Value::Number(_) | Value::String(_), _) => {
            return Err("incompatible types for comparison".into());
        }
    };
    Ok(match operator {
        "==" => order.is_eq(),
        "!=" => order.is_ne(),
        "<" => order.is_lt(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        _ => order.is_ge(),
    })
}

/// The order of two values of a field in `--sort-by`: quantities by what they stand for, a missing value first.
#[must_use]
pub fn sorted(left: Option<&Value>, right: Option<&Value>) -> Ordering {
    match (left, right) {
        (None | Some(Value::Null), None | Some(Value::Null)) => Ordering::Equal,
        (None | Some(Value::Null), Some(_)) => Ordering::Less,
        (Some(_), None | Some(Value::Null)) => Ordering::Greater,
        (Some(Value::Number(left)), Some(Value::Number(right))) => left.as_i64().cmp(&right.as_i64()),
        (Some(Value::String(left)), Some(Value::String(right))) => {
            match (Quantity::parse(left), Quantity::parse(right)) {
                (Some(left), Some(right)) => left.milli().cmp(&right.milli()),
                _ => left.cmp(right),
            }
        }
        (Some(Value::Array(left)), Some(Value::Array(right))) => {
            let pairs = left.iter().zip(right).map(|(left, right)| sorted(Some(left), Some(right)));
            pairs.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        }
        (Some(_), Some(_)) => Ordering::Equal,
    }
}
