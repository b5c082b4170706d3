//! The members of an `.npz` archive as bytes, checked before anything is allocated for them.
//!
//! An `.npy` header may claim a shape of terabytes, and a few compressed bytes may expand to
//! gigabytes. Here a member is unpacked up to a limit, and its header's claim is held against the
//! bytes that are there; only then may a reader believe it.

use std::io::{Cursor, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

/// Most bytes of a member.
const LIMIT: u64 = 1 << 30;

/// Bytes before the text of a header: magic, version, and a length of two or four bytes.
const PREAMBLE: [usize; 2] = [10, 12];

/// An open archive.
#[derive(Debug)]
pub struct NpzArchive<R>(ZipArchive<R>);

impl<R: Read + Seek> NpzArchive<R> {
    /// The archive in some bytes.
    ///
    /// # Errors
    /// Why they are none.
    pub fn open(bytes: R) -> Result<Self, String> {
        ZipArchive::new(bytes).map(Self).map_err(|reason| reason.to_string())
    }

    /// The bytes of `name.npy`, whose header claims no more than they hold; none if it is missing.
    ///
    /// # Errors
    /// Why they cannot be had.
    pub fn npy(&mut self, name: &str) -> Result<Option<Cursor<Vec<u8>>>, String> {
        let member = match self.0.by_name(&format!("{name}.npy")) {
            Err(ZipError::FileNotFound) => return Ok(None),
            other => other.map_err(|reason| reason.to_string())?,
        };
        let mut bytes = Vec::new();
        member.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|reason| reason.to_string())?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LIMIT {
            return Err(format!("it unpacks to more than {LIMIT} bytes"));
        }
        let claimed = elements(&bytes).ok_or("its header is none of an .npy file")?;
        if claimed > bytes.len() {
            let have = bytes.len();
            return Err(format!("its header claims {claimed} values; it has {have} bytes"));
        }
        Ok(Some(Cursor::new(bytes)))
    }
}

/// The number of values that a header claims, `usize::MAX` for more than can be counted.
fn elements(bytes: &[u8]) -> Option<usize> {
    let version = usize::from(*bytes.strip_prefix(b"\x93NUMPY")?.first()? > 1);
    let start = PREAMBLE.get(version)?;
    let length =
        bytes.get(8..*start)?.iter().rev().fold(0, |sum, &byte| sum * 256 + usize::from(byte));
    let text = std::str::from_utf8(bytes.get(*start..start.checked_add(length)?)?).ok()?;
    let (_, shape) = text.split_once("shape")?;
    let (_, shape) = shape.split_once('(')?;
    let (shape, _) = shape.split_once(')')?;
    let sizes = shape.split(',').map(str::trim).filter(|size| !size.is_empty());
    sizes
        .map(|size| size.trim_end_matches('L').parse::<usize>().ok())
        .try_fold(1_usize, |product, size| Some(product.saturating_mul(size?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn archive(member: &[u8]) -> NpzArchive<Cursor<Vec<u8>>> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("x.npy", SimpleFileOptions::default()).unwrap();
        writer.write_all(member).unwrap();
        NpzArchive::open(writer.finish().unwrap()).unwrap()
    }

    fn member(shape: &str, values: usize) -> Vec<u8> {
        let text = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}\n");
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend(u16::try_from(text.len()).unwrap().to_le_bytes());
        bytes.extend(text.bytes());
        bytes.extend(vec![0; 4 * values]);
        bytes
    }

    #[test]
    fn an_honest_header_is_believed() {
        for (shape, values) in [("(3, 2)", 6), ("(6,)", 6), ("()", 1), ("(0, 7)", 0)] {
            let bytes = member(shape, values);
            assert_eq!(archive(&bytes).npy("x").unwrap().unwrap().into_inner(), bytes);
        }
        assert!(archive(&member("(1,)", 1)).npy("y").unwrap().is_none());
    }

    #[test]
    fn a_claim_beyond_the_bytes_is_refused_before_it_is_allocated() {
        for shape in ["(1000000000000, 4)", "(18446744073709551615, 18446744073709551615)"] {
            let refusal = archive(&member(shape, 6)).npy("x").unwrap_err();
            assert!(refusal.starts_with("its header claims"), "{refusal}");
        }
    }

    #[test]
    fn what_is_no_header_is_refused() {
        let broken = [
            &b""[..],
            b"\x93NUMPY",
            b"\x93NUMPY\x01\x00\xff\xff{",
            &member("(-1,)", 2),
            &member("3", 3),
        ];
        for bytes in broken {
            assert_eq!(archive(bytes).npy("x").unwrap_err(), "its header is none of an .npy file");
        }
    }
}
