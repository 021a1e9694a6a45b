//! Bytes to text that an address may hold, and back: a checksum, raw deflate with a dictionary, base64url.

use super::Problem;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress_to_output, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

/// What manifests say again and again, the commonest last. A part of version 1: a changed byte breaks every link.
pub(super) const DICTIONARY: &[u8] = include_bytes!("dictionary.v1.yaml");

/// The strongest compression, in miniz' own scale.
const LEVEL: i32 = 9;
/// Bytes of the checksum: four characters of base64.
const CHECKSUM: usize = 3;
/// How much room the unfolded bytes get at first.
const FIRST_ROOM: usize = 4_096;

/// Bytes as text.
pub(super) fn pack(payload: &[u8]) -> String {
    let mut bytes = checksum(payload).to_vec();
    bytes.extend(deflate(payload));
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of a text, `most` at most.
pub(super) fn unpack(text: &str, most: usize) -> Result<Vec<u8>, Problem> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| Problem::Damaged)?;
    let (sum, deflated) = bytes.split_at_checked(CHECKSUM).ok_or(Problem::Damaged)?;
    let payload = inflate(deflated, most)?;
    if sum == checksum(&payload) { Ok(payload) } else { Err(Problem::Damaged) }
}

/// Three bytes of FNV-1a: deflate notices no changed letter, and a link is copied by hand and by mail.
fn checksum(payload: &[u8]) -> [u8; CHECKSUM] {
    let hash = payload.iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    let [a, b, c, d] = hash.to_be_bytes();
    [a ^ d, b, c]
}

/// Raw deflate. The dictionary goes through the compressor first, up to a byte's end, and what comes of it is dropped:
/// the reader has it too.
fn deflate(payload: &[u8]) -> Vec<u8> {
    let mut compressor = CompressorOxide::new(create_comp_flags_from_zip_params(LEVEL, 0, 0));
    let _dropped = compress_to_output(&mut compressor, DICTIONARY, TDEFLFlush::Sync, |_| true);
    let mut deflated = Vec::new();
    let (status, _) = compress_to_output(&mut compressor, payload, TDEFLFlush::Finish, |bytes| {
        deflated.extend_from_slice(bytes);
        true
    });
    debug_assert_eq!(status, TDEFLStatus::Done);
    deflated
}

fn inflate(deflated: &[u8], most: usize) -> Result<Vec<u8>, Problem> {
    let mut state = Box::<DecompressorOxide>::default();
    let mut out = DICTIONARY.to_vec();
    let (mut taken, mut filled) = (0, out.len());
    let mut room = FIRST_ROOM.min(most);
    loop {
        out.resize(DICTIONARY.len() + room, 0);
        let rest = deflated.get(taken..).unwrap_or_default();
        let (status, took, put) =
            decompress(&mut state, rest, &mut out, filled, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF);
        (taken, filled) = (taken + took, filled + put);
        match status {
            TINFLStatus::Done if taken == deflated.len() => {
                out.truncate(filled);
                out.drain(..DICTIONARY.len());
                return Ok(out);
            }
            TINFLStatus::HasMoreOutput if room < most => room = room.saturating_mul(4).min(most),
            TINFLStatus::HasMoreOutput => return Err(Problem::TooLarge),
            _ => return Err(Problem::Damaged),
        }
    }
}
