//! The journal's chain: SM3 (GB/T 32905) over the canonical JSON (RFC 8785) of each event.

use sm3::{Digest, Sm3};

/// The 32 bytes of an SM3.
pub type Hash = [u8; 32];

/// What stands as `prev` of the first event.
pub const ZERO: Hash = [0; 32];

/// The SM3 of some bytes.
///
/// ```
/// // GB/T 32905, example 1
/// let mut hex = String::new();
/// wuzhang::chain::push_hex(&wuzhang::chain::sm3(b"abc"), &mut hex);
/// assert_eq!(hex, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
/// ```
pub fn sm3(bytes: &[u8]) -> Hash {
    Sm3::digest(bytes).into()
}

/// Appends bytes as lower-case hex digits.
pub fn push_hex(bytes: &[u8], out: &mut String) {
    // In pieces of one hash, so that a piece is appended at once and not digit by digit.
    for piece in bytes.chunks(32) {
        let mut digits = [0u8; 64];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(piece) {
            if let [high, low] = pair {
                *high = hex_digit(byte >> 4);
                *low = hex_digit(byte & 0x0f);
            }
        }
        let used = piece.len().saturating_mul(2);
        out.push_str(digits.get(..used).and_then(|used| std::str::from_utf8(used).ok()).unwrap_or_default());
    }
}

/// The digit of a number below 16, without a table and without a branch.
fn hex_digit(half: u8) -> u8 {
    let letter = u8::from(half > 9);
    half.wrapping_add(b'0').wrapping_add(letter.wrapping_mul(b'a'.wrapping_sub(b'0').wrapping_sub(10)))
}

/// The 32 bytes that 64 lower-case hex digits stand for.
pub fn from_hex(text: &str) -> Option<Hash> {
    let mut hash = ZERO;
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
        let mut value = 0u8;
        for digit in pair {
            let half = match digit {
                b'0'..=b'9' => digit.wrapping_sub(b'0'),
                b'a'..=b'f' => digit.wrapping_sub(b'a').wrapping_add(10),
                _ => return None,
            };
            value = (value << 4) | half;
        }
        *byte = value;
    }
    Some(hash)
}

/// The code under which a household finds its own case: the first 50 bits of the registration
/// event's hash in Crockford's base 32, ten characters.
pub fn query_code(hash: &Hash) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let bits = hash.iter().take(8).fold(0u64, |bits, byte| (bits << 8) | u64::from(*byte));
    (0..10u32)
        .map(|index| {
            let shift = 59u32.saturating_sub(index.saturating_mul(5));
            let five = usize::try_from((bits >> shift) & 31).unwrap_or(0);
            char::from(ALPHABET.get(five).copied().unwrap_or(b'0'))
        })
        .collect()
}
