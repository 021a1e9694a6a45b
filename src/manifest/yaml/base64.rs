//! What `!!binary` stands for: Go's `base64.StdEncoding`, which passes over line breaks and wants the padding.

/// The text that is written in base64; none where it is not. Bytes that are no UTF-8 become U+FFFD, as in Go's JSON.
pub(super) fn decode(text: &str) -> Option<String> {
    let written: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r')).collect();
    let (groups, rest) = written.as_chunks::<4>();
    if !rest.is_empty() {
        return None;
    }
    let mut bytes = Vec::with_capacity(groups.len() * 3);
    for (index, group) in groups.iter().enumerate() {
        let padding = group.iter().rev().take_while(|byte| **byte == b'=').count();
        if padding > 2 || padding > 0 && index + 1 != groups.len() {
            return None;
        }
        let mut value = 0_u32;
        for byte in group.iter().take(4 - padding) {
            value = value << 6 | u32::from(digit(*byte)?);
        }
        value <<= 6 * padding;
        let [_, decoded @ ..] = value.to_be_bytes();
        bytes.extend(decoded.iter().take(3 - padding));
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn digit(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}
