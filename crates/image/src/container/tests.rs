use proptest::prelude::*;
use serde::Deserialize;

use super::*;
use crate::{Image, samples};

fn bytes() -> Vec<u8> {
    let mut bytes = Vec::new();
    samples::small().write(&mut bytes).expect("a vector takes everything");
    bytes
}

fn refusal(bytes: &[u8]) -> String {
    read::<Image>(Kind::Image, bytes).expect_err("refused").to_string()
}

/// The file with other bytes in the frame and the header's checksum made right again.
fn reframed(offset: usize, field: &[u8]) -> Vec<u8> {
    let mut bytes = bytes();
    bytes[offset..offset + field.len()].copy_from_slice(field);
    let crc = crc32fast::hash(&bytes[..28]).to_le_bytes();
    bytes[28..32].copy_from_slice(&crc);
    bytes
}

#[test]
fn what_is_written_is_read() {
    assert_eq!(read::<Image>(Kind::Image, &bytes()), Ok(samples::small()));
    assert_eq!(bytes(), bytes(), "the same value gives the same bytes");
}

#[test]
fn the_frame_is_as_the_manual_draws_it() {
    let mut bytes = Vec::new();
    write(Kind::Snapshot, &0x0102_u16, &mut bytes).expect("a vector takes everything");
    assert_eq!(&bytes[..12], b"LEADLAG\nSNAP");
    assert_eq!(&bytes[12..24], [6, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(&bytes[24..28], crc32fast::hash(&[2, 1]).to_le_bytes());
    assert_eq!(&bytes[28..32], crc32fast::hash(&bytes[..28]).to_le_bytes());
    assert_eq!(&bytes[32..], [2, 1]);
}

#[test]
fn any_flipped_bit_is_refused() {
    let good = bytes();
    for at in 0..good.len() {
        for bit in 0..8 {
            let mut bad = good.clone();
            bad[at] ^= 1 << bit;
            assert!(read::<Image>(Kind::Image, &bad).is_err(), "byte {at}, bit {bit}");
        }
    }
}

#[test]
fn a_file_cut_at_any_length_is_refused() {
    let good = bytes();
    for length in 0..good.len() {
        let wanted = if length < FRAME { "LL1241" } else { "LL1245" };
        let found = read::<Image>(Kind::Image, &good[..length]).expect_err("refused");
        assert_eq!(found.0[0].code, wanted, "{length} bytes");
    }
}

#[test]
fn each_part_of_the_frame_has_its_own_refusal() {
    let whole = bytes();
    let payload = whole.len() - FRAME;
    assert_eq!(
        refusal(b"\x7fELF"),
        "[LL1240]: the file starts with `\\x7fELF`; a chip image starts with `LEADLAG\\n`\n"
    );
    assert_eq!(
        refusal(&whole[..10]),
        "[LL1241]: the file has 10 bytes; a chip image starts with 32\n"
    );
    let mut bad = whole.clone();
    bad[14] ^= 1;
    let (stored, found) = (crc32fast::hash(&whole[..28]), crc32fast::hash(&bad[..28]));
    assert_eq!(
        refusal(&bad),
        format!("[LL1242]: the header's checksum is {found:08x}; the file states {stored:08x}\n")
    );
    assert_eq!(
        refusal(&reframed(8, b"CKPT")),
        "[LL1243]: the file is a checkpoint (`CKPT`); a chip image (`IMAG`) is needed\n"
    );
    assert_eq!(
        refusal(&reframed(8, b"\0\0\0\0")),
        "[LL1243]: the file is a thing unknown (`\\x00\\x00\\x00\\x00`); \
         a chip image (`IMAG`) is needed\n"
    );
    assert_eq!(
        refusal(&reframed(12, &[2, 0])),
        "[LL1244]: the chip image has format version 2; this program reads 6\n"
    );
    let more = u64::try_from(payload).expect("small") + 1;
    assert_eq!(
        refusal(&reframed(16, &more.to_le_bytes())),
        format!(
            "[LL1245]: the chip image states {more} bytes of payload; the file holds {payload}\n"
        )
    );
    assert_eq!(
        refusal(&reframed(16, &u64::MAX.to_le_bytes())),
        "[LL1246]: the chip image states 18446744073709551615 bytes of payload; \
         the limit is 1073741824\n"
    );
    let mut bad = whole.clone();
    bad[FRAME] ^= 1;
    let (stored, found) = (crc32fast::hash(&whole[FRAME..]), crc32fast::hash(&bad[FRAME..]));
    assert_eq!(
        refusal(&bad),
        format!(
            "[LL1247]: the chip image's payload has checksum {found:08x}; \
             the file states {stored:08x}\n"
        )
    );
}

#[test]
fn trailing_bytes_are_refused_outside_and_inside_the_payload() {
    let mut outside = bytes();
    let payload = outside.len() - FRAME;
    outside.push(0);
    assert_eq!(
        refusal(&outside),
        format!(
            "[LL1245]: the chip image states {payload} bytes of payload; the file holds {}\n",
            payload + 1
        )
    );
    let inside = frame(Kind::Image, &outside[FRAME..]).expect("short");
    assert_eq!(
        refusal(&inside),
        format!(
            "[LL1249]: the chip image takes {payload} bytes of payload; the file holds {}\n",
            payload + 1
        )
    );
}

#[test]
fn another_minor_version_is_read() {
    assert!(read::<Image>(Kind::Image, &reframed(14, &[7, 0])).is_ok());
}

/// Counts how often it is decoded, through the length of what a vector of it holds.
#[derive(Debug, Deserialize)]
struct Wide {
    #[expect(dead_code, reason = "only its size matters")]
    parts: [u64; 8],
}

fn hostile<T: DeserializeOwned + std::fmt::Debug>(payload: &[u8]) -> String {
    let bytes = frame(Kind::Image, payload).expect("short");
    let found = read::<T>(Kind::Image, &bytes).expect_err("refused");
    assert_eq!(found.0[0].code, "LL1248");
    found.to_string()
}

#[test]
fn a_hostile_length_inside_the_payload_reserves_nothing() {
    for length in [u64::MAX, 1 << 62, 1 << 40, 1 << 29] {
        let payload = length.to_le_bytes();
        assert!(hostile::<String>(&payload).contains("LimitExceeded"), "text of {length}");
        assert!(hostile::<Vec<Wide>>(&payload).contains("UnexpectedEnd"), "vector of {length}");
        assert!(hostile::<Image>(&payload).contains("LimitExceeded"), "image");
    }
}

#[test]
fn a_payload_of_another_shape_is_refused() {
    assert_eq!(
        hostile::<Option<u8>>(&[9]),
        "[LL1248]: the payload is not a chip image of format version 6: UnexpectedVariant \
         { type_name: \"Option<T>\", allowed: Range { min: 0, max: 1 }, found: 9 }\n"
    );
}

#[test]
fn the_smallest_sufficient_limit_is_used_at_every_step() {
    for length in [(1 << 14) - 8, (1 << 14) - 7, 1 << 18, (1 << 18) + 1, 1 << 22, (1 << 22) + 1] {
        let text = "x".repeat(length);
        let mut bytes = Vec::new();
        write(Kind::Image, &text, &mut bytes).expect("a vector takes everything");
        assert_eq!(read::<String>(Kind::Image, &bytes), Ok(text));
    }
}

#[test]
fn a_sink_that_fails_is_an_error() {
    let mut full: &mut [u8] = &mut [0; 40];
    let error = write(Kind::Image, &samples::small(), &mut full).expect_err("too small");
    assert_eq!(error.kind(), io::ErrorKind::WriteZero);
}

proptest! {
    #[test]
    fn any_image_is_read_back_equal(tape in proptest::collection::vec(any::<u32>(), 0..300)) {
        let image = samples::from_tape(&tape);
        let mut bytes = Vec::new();
        image.write(&mut bytes).expect("a vector takes everything");
        prop_assert_eq!(Image::from_bytes(&bytes), Ok(image));
    }
}
