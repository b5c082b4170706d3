//! The frame around every binary file: images, snapshots and checkpoints.
//!
//! | offset | bytes | field |
//! |---|---|---|
//! | 0 | 8 | magic `LEADLAG\n` |
//! | 8 | 4 | kind |
//! | 12 | 2 + 2 | version: major, minor |
//! | 16 | 8 | length of the payload |
//! | 24 | 4 | CRC-32 of the payload |
//! | 28 | 4 | CRC-32 of bytes 0–27 |
//!
//! Little endian throughout. The payload is the value's fields in order: fixed-width integers,
//! 64-bit lengths, 32-bit enum tags. The same value gives the same bytes on every platform. This is
//! the only module that names `bincode`.

use std::io::{self, Write};

use bincode::config::{self, Config};
use bincode::error::DecodeError;
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use serde::{Serialize, de::DeserializeOwned};

/// The first eight bytes of every file.
pub const MAGIC: [u8; 8] = *b"LEADLAG\n";

/// Bytes of the frame before the payload.
pub const FRAME: usize = 32;

/// The longest payload that is written or read, in bytes: 1 GiB.
pub const LIMIT: u64 = 1 << 30;

/// The major version of images that this program writes. Since 3 they say how time constants learn,
/// since 4 what headroom error codes are given, since 5 what plasticity units a chip has, since 6 at what
/// share of the learning rate a population learns. Versions 4 and 5 are read too.
pub const MAJOR: u16 = 6;

/// The major version of snapshots and checkpoints: since 3 they hold the cycle engine's clock, since 4
/// trim codes and what a program's sleep costs its step, since 5 places of sums and fractions of weights, since 6 a rate that is a share.
pub const STATE_MAJOR: u16 = 6;

/// The newest minor version this program writes; any is read.
pub const MINOR: u16 = 0;

/// What a file holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A chip image: `IMAG`.
    Image,
    /// The state of a chip between two steps: `SNAP`.
    Snapshot,
    /// A training run that can go on: `CKPT`.
    Checkpoint,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Image, Self::Snapshot, Self::Checkpoint];

    /// The four bytes in the frame.
    #[must_use]
    pub fn tag(self) -> [u8; 4] {
        match self {
            Self::Image => *b"IMAG",
            Self::Snapshot => *b"SNAP",
            Self::Checkpoint => *b"CKPT",
        }
    }

    /// The major version that is written.
    #[must_use]
    pub fn major(self) -> u16 {
        match self {
            Self::Image => MAJOR,
            Self::Snapshot | Self::Checkpoint => STATE_MAJOR,
        }
    }

    /// What people call it.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Image => "chip image",
            Self::Snapshot => "snapshot",
            Self::Checkpoint => "checkpoint",
        }
    }
}

/// Writes `value` as a framed file. The same value gives the same bytes.
///
/// # Errors
/// The sink's, or `InvalidInput` if the payload would be longer than [`LIMIT`].
pub fn write<T: Serialize>(kind: Kind, value: &T, sink: &mut impl Write) -> io::Result<()> {
    let payload = encode(value)?;
    sink.write_all(&header(kind, &payload)?)?;
    sink.write_all(&payload)
}

fn encode<T: Serialize>(value: &T) -> io::Result<Vec<u8>> {
    bincode::serde::encode_to_vec(value, config::legacy())
        .map_err(|e| io::Error::new(io::ErrorKind::InvalidInput, e))
}

/// Reads a value from the whole content of a file.
///
/// Checks, in this order: magic, header CRC, kind, major version, length against the limit and
/// against the file, payload CRC; then decodes, and refuses payload bytes that are left over.
/// Decoding never reserves more than sixteen times the payload, whatever the lengths inside claim.
/// Note: this proves that the bytes are those that were written, not that the value makes sense;
/// whoever owns the type validates it.
///
/// # Errors
/// One finding: LL1240 magic, LL1241 too short for a frame, LL1242 header CRC, LL1243 kind, LL1244
/// version, LL1245 length against the file, LL1246 length against the limit, LL1247 payload CRC,
/// LL1248 payload does not decode, LL1249 payload bytes left over.
pub fn read<T: DeserializeOwned>(kind: Kind, bytes: &[u8]) -> Result<T, Diagnostics> {
    let (major, payload) = unframe(kind, bytes, &[kind.major()])?;
    whole(kind, major, payload)
}

/// What reads the payload of one version.
pub(crate) type Reader<T> = fn(Kind, u16, &[u8]) -> Result<T, Diagnostics>;

/// As [`read`], but files of the `earlier` versions have readers of their own.
pub(crate) fn read_any<T: DeserializeOwned>(
    kind: Kind,
    earlier: &[(u16, Reader<T>)],
    bytes: &[u8],
) -> Result<T, Diagnostics> {
    let versions = earlier.iter().map(|&(major, _)| major).chain([kind.major()]);
    let (major, payload) = unframe(kind, bytes, &versions.collect::<Vec<_>>())?;
    let own = earlier.iter().find(|(version, _)| *version == major);
    match own {
        Some((_, reader)) => reader(kind, major, payload),
        None => whole(kind, major, payload),
    }
}

/// The reader of a version whose files hold an `Old`.
pub(crate) fn read_as<Old, T>(kind: Kind, major: u16, payload: &[u8]) -> Result<T, Diagnostics>
where
    Old: DeserializeOwned + Into<T>,
{
    whole::<Old>(kind, major, payload).map(Into::into)
}

/// The value that takes all of a payload.
fn whole<T: DeserializeOwned>(kind: Kind, major: u16, payload: &[u8]) -> Result<T, Diagnostics> {
    let (value, used) = decode(payload).map_err(|e| not_decodable(kind, major, &e))?;
    if used != payload.len() {
        return Err(left_over(kind, used, payload.len()).into());
    }
    Ok(value)
}

/// Puts any payload into a valid frame, so that tests and fuzz targets get past the checksums.
///
/// # Errors
/// `InvalidInput` if the payload is longer than [`LIMIT`].
pub fn frame(kind: Kind, payload: &[u8]) -> io::Result<Vec<u8>> {
    Ok([&header(kind, payload)?, payload].concat())
}

/// Whether the bytes start like one of our binary files.
#[must_use]
pub fn is_framed(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

fn header(kind: Kind, payload: &[u8]) -> io::Result<[u8; FRAME]> {
    let length = length(payload);
    if length > LIMIT {
        let text = format!("the {} takes {length} bytes; the limit is {LIMIT}", kind.noun());
        return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
    }
    let mut bytes = [0; FRAME];
    let fields: [&[u8]; 6] = [
        &MAGIC,
        &kind.tag(),
        &kind.major().to_le_bytes(),
        &MINOR.to_le_bytes(),
        &length.to_le_bytes(),
        &crc32fast::hash(payload).to_le_bytes(),
    ];
    let (front, crc) = bytes.split_at_mut(FRAME - 4);
    front.copy_from_slice(&fields.concat());
    crc.copy_from_slice(&crc32fast::hash(front).to_le_bytes());
    Ok(bytes)
}

/// Checks the frame, which has one of some major versions, and returns that and the payload.
fn unframe<'a>(kind: Kind, bytes: &'a [u8], reads: &[u16]) -> Result<(u16, &'a [u8]), Diagnostic> {
    check_magic(kind, bytes)?;
    let (head, payload) = bytes.split_at_checked(FRAME).ok_or_else(|| too_short(kind, bytes))?;
    check_header(head)?;
    check_kind(kind, head)?;
    let major = check_major(kind, head, reads)?;
    check_length(kind, u64::from_le_bytes(field(head, 16)), payload)?;
    check_payload(kind, head, payload)?;
    Ok((major, payload))
}

fn check_magic(kind: Kind, bytes: &[u8]) -> Result<(), Diagnostic> {
    let start = bytes.get(..MAGIC.len()).unwrap_or(bytes);
    if MAGIC.starts_with(start) {
        return Ok(());
    }
    let found = start.escape_ascii();
    let text =
        format!("the file starts with `{found}`; a {} starts with `{}`", kind.noun(), magic());
    Err(Diagnostic::new("LL1240", text)
        .help("give a file that `leadlag` wrote, or an image's text form"))
}

fn magic() -> impl std::fmt::Display {
    MAGIC.escape_ascii()
}

fn too_short(kind: Kind, bytes: &[u8]) -> Diagnostic {
    let text = format!("the file has {} bytes; a {} starts with {FRAME}", bytes.len(), kind.noun());
    Diagnostic::new("LL1241", text).help("the file was cut off: write or copy it again")
}

fn check_header(head: &[u8]) -> Result<(), Diagnostic> {
    let stored = u32::from_le_bytes(field(head, 28));
    let found = crc32fast::hash(head.get(..FRAME - 4).unwrap_or(head));
    if stored == found {
        return Ok(());
    }
    let text = format!("the header's checksum is {found:08x}; the file states {stored:08x}");
    Err(Diagnostic::new("LL1242", text).help("the file is damaged: write or copy it again"))
}

fn check_kind(kind: Kind, head: &[u8]) -> Result<(), Diagnostic> {
    let tag: [u8; 4] = field(head, 8);
    if tag == kind.tag() {
        return Ok(());
    }
    let found = Kind::ALL.into_iter().find(|k| k.tag() == tag).map_or("thing unknown", Kind::noun);
    let (is, wanted) = (tag.escape_ascii(), kind.tag());
    let wanted = wanted.escape_ascii();
    let text = format!("the file is a {found} (`{is}`); a {} (`{wanted}`) is needed", kind.noun());
    Err(Diagnostic::new("LL1243", text).help(format!("give a {}", kind.noun())))
}

fn check_major(kind: Kind, head: &[u8], reads: &[u16]) -> Result<u16, Diagnostic> {
    let major = u16::from_le_bytes(field(head, 12));
    if reads.contains(&major) {
        return Ok(major);
    }
    let reads = reads.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
    let text =
        format!("the {} has format version {major}; this program reads {reads}", kind.noun());
    Err(Diagnostic::new("LL1244", text).help(
        "make the file again with this version of `leadlag`, or read it with the one that wrote it",
    ))
}

fn check_length(kind: Kind, stated: u64, payload: &[u8]) -> Result<(), Diagnostic> {
    let found = length(payload);
    if stated > LIMIT {
        let text =
            format!("the {} states {stated} bytes of payload; the limit is {LIMIT}", kind.noun());
        return Err(Diagnostic::new("LL1246", text).help("use a smaller chip or network"));
    }
    if stated == found {
        return Ok(());
    }
    let text =
        format!("the {} states {stated} bytes of payload; the file holds {found}", kind.noun());
    Err(Diagnostic::new("LL1245", text)
        .help("the file was cut off or appended to: write or copy it again"))
}

fn check_payload(kind: Kind, head: &[u8], payload: &[u8]) -> Result<(), Diagnostic> {
    let stored = u32::from_le_bytes(field(head, 24));
    let found = crc32fast::hash(payload);
    if stored == found {
        return Ok(());
    }
    let noun = kind.noun();
    let text =
        format!("the {noun}'s payload has checksum {found:08x}; the file states {stored:08x}");
    Err(Diagnostic::new("LL1247", text).help("the file is damaged: write or copy it again"))
}

fn not_decodable(kind: Kind, version: u16, error: &DecodeError) -> Diagnostic {
    let noun = kind.noun();
    let text = format!("the payload is not a {noun} of format version {version}: {error:?}");
    Diagnostic::new("LL1248", text)
        .help("the checksums hold, so another program wrote it: make the file again with `leadlag`")
}

fn left_over(kind: Kind, used: usize, held: usize) -> Diagnostic {
    let text = format!("the {} takes {used} bytes of payload; the file holds {held}", kind.noun());
    Diagnostic::new("LL1249", text)
        .help("the checksums hold, so another program wrote it: make the file again with `leadlag`")
}

/// Decodes under the smallest limit that is not below the payload's length. The limit is a constant
/// of the decoder's type; it refuses a length before anything is reserved for it.
fn decode<T: DeserializeOwned>(payload: &[u8]) -> Result<(T, usize), DecodeError> {
    match payload.len() {
        n if n <= 1 << 14 => decode_with(payload, config::legacy().with_limit::<{ 1 << 14 }>()),
        n if n <= 1 << 18 => decode_with(payload, config::legacy().with_limit::<{ 1 << 18 }>()),
        n if n <= 1 << 22 => decode_with(payload, config::legacy().with_limit::<{ 1 << 22 }>()),
        n if n <= 1 << 26 => decode_with(payload, config::legacy().with_limit::<{ 1 << 26 }>()),
        _ => decode_with(payload, config::legacy().with_limit::<{ 1 << 30 }>()),
    }
}

fn decode_with<T: DeserializeOwned, C: Config>(
    payload: &[u8],
    config: C,
) -> Result<(T, usize), DecodeError> {
    bincode::serde::decode_from_slice(payload, config)
}

fn length(payload: &[u8]) -> u64 {
    u64::try_from(payload.len()).expect("no supported platform has addresses beyond 64 bits")
}

/// `N` bytes of the frame from `offset` on.
fn field<const N: usize>(head: &[u8], offset: usize) -> [u8; N] {
    head.get(offset..)
        .and_then(<[u8]>::first_chunk)
        .copied()
        .expect("every field ends within the 32 bytes that were split off")
}

#[cfg(test)]
mod tests;
