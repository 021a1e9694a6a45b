//! Addresses and ranges of addresses. Upstream: `IsValidIPForLegacyField`, `IsValidCIDRForLegacyField`, `ValidateEndpointIP`.

use super::field::{Errors, Field};
use core::net::{IpAddr, Ipv4Addr};

/// An address as Go's old parser reads it: zeros may lead the numbers of version 4.
pub(super) fn parse(text: &str) -> Option<IpAddr> {
    if text.contains(':') {
        return text.parse().ok().filter(|_| !text.contains('%'));
    }
    let parts: Vec<u8> = text.split('.').map(number).collect::<Option<_>>()?;
    <[u8; 4]>::try_from(parts).ok().map(|parts| IpAddr::V4(Ipv4Addr::from(parts)))
}

fn number(text: &str) -> Option<u8> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// An address that may be old-fashioned.
pub(super) fn address(field: &Field, errors: &mut Errors) -> bool {
    let is_valid = parse(field.text()).is_some();
    if !is_valid {
        errors.invalid_value(field, field.text(), "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
    }
    is_valid
}

/// The address and the length of the prefix.
pub(super) fn parse_range(text: &str) -> Option<(IpAddr, u8)> {
    let (start, length) = text.split_once('/')?;
    let (start, length) = (parse(start)?, number(length)?);
    let most = if start.is_ipv4() { 32 } else { 128 };
    (length <= most).then_some((start, length))
}

/// A range in CIDR form.
pub(super) fn range(field: &Field, text: &str, errors: &mut Errors) {
    if parse_range(text).is_none() {
        errors.invalid_value(field, text, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
    }
}

/// An address that traffic can go to.
pub(super) fn endpoint(field: &Field, errors: &mut Errors) {
    let Some(address) = parse(field.text()) else { return };
    let text = field.text();
    if address.is_unspecified() {
        errors.invalid_value(field, text, &format!("may not be unspecified ({text})"));
    }
    if address.is_loopback() {
        errors.invalid_value(field, text, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
    }
    let (is_link_local, is_multicast) = match address {
        IpAddr::V4(address) => (address.is_link_local(), address.octets().starts_with(&[224, 0, 0])),
        IpAddr::V6(address) => (address.is_unicast_link_local(), address.segments().first() == Some(&0xff02)),
    };
    if is_link_local {
        errors.invalid_value(field, text, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
    }
    if is_multicast {
        errors.invalid_value(field, text, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_go_read_them_long_ago() {
        for good in ["10.0.0.1", "010.00.0.001", "::1", "2001:db8::ffff"] {
            assert!(parse(good).is_some(), "{good}");
        }
        for bad in ["", "10.0.0", "10.0.0.256", "a.b.c.d", "fe80::1%eth0", "1.2.3.4.5", "+1.0.0.0"] {
            assert!(parse(bad).is_none(), "{bad}");
        }
        assert!(parse_range("10.0.0.0/8").is_some() && parse_range("::/129").is_none() && parse_range("::1").is_none());
    }
}
