//! Numbers as they are written in every language.

use crate::api::Time;

/// Seconds of the run with tenths: `2.4`.
pub(in crate::explain) fn tenths(time: Time) -> String {
    format!("{}.{}", time.0 / 1000, time.0 % 1000 / 100)
}

/// A fraction times a number, with up to three decimals.
pub(in crate::explain) fn quotient((numerator, denominator): (i64, i64), times: i64) -> String {
    let product = i128::from(numerator) * i128::from(times) * 1000;
    let thousandths = product.checked_div(denominator.into()).unwrap_or(0);
    let (whole, rest) = (thousandths / 1000, (thousandths % 1000).abs());
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:03}").trim_end_matches('0').to_owned() }
}

/// An amount of a resource as a manifest writes it.
pub(in crate::explain) fn of_resource(resource: &str, amount: i64) -> String {
    const UNITS: [(i64, &str); 3] = [(1 << 30, "Gi"), (1 << 20, "Mi"), (1 << 10, "Ki")];
    match resource {
        "cpu" if amount % 1000 == 0 => (amount / 1000).to_string(),
        "cpu" => format!("{amount}m"),
        "memory" | "ephemeral-storage" => {
            let unit = UNITS.iter().find(|(unit, _)| amount != 0 && amount % unit == 0);
            unit.map_or_else(|| amount.to_string(), |(unit, name)| format!("{}{name}", amount / unit))
        }
        _ => amount.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_in_a_manifest() {
        let amounts = [("cpu", 2000), ("cpu", 1500), ("memory", 3 << 29), ("memory", 1 << 31), ("example.com/gpu", 2)];
        let written = amounts.map(|(resource, amount)| of_resource(resource, amount));
        assert_eq!(written, ["2", "1500m", "1536Mi", "2Gi", "2"]);
    }

    #[test]
    fn moments_have_tenths_of_a_second() {
        assert_eq!(tenths(Time(2_460)), "2.4");
    }
}
