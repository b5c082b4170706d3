//! What must hold for any bytes at all; shared by the fuzz target and the tests.

use crate::Image;
use crate::container::{self, Kind};

/// What became of the bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// They are a valid image.
    Valid,
    /// They were refused, first with this code.
    Refused(&'static str),
}

/// Reads `bytes` as a file and checks what follows.
///
/// # Panics
/// If a promise is broken: an accepted binary form is not the one that would be written, an accepted
/// image does not survive its text form, or a refusal says nothing.
#[must_use]
pub fn file(bytes: &[u8]) -> Verdict {
    match Image::from_bytes_or_text(bytes, "fuzz") {
        Ok(image) => {
            accepted(&image, bytes);
            Verdict::Valid
        }
        Err(refusal) => {
            let spans = refusal.0.iter().filter_map(|d| Some((d.origin.as_ref()?, &d.labels)));
            for (origin, labels) in spans {
                let inside = labels.iter().all(|l| origin.text.get(l.span.clone()).is_some());
                assert!(inside, "every label lies inside its text");
            }
            Verdict::Refused(refusal.0.first().expect("a refusal has a finding").code)
        }
    }
}

/// As [`file()`], with `payload` put into a valid frame, so that the decoder sees it.
///
/// # Panics
/// As [`file()`].
#[must_use]
pub fn payload(payload: &[u8]) -> Verdict {
    let framed = container::frame(Kind::Image, payload);
    framed.map_or(Verdict::Refused("LL1246"), |bytes| file(&bytes))
}

fn accepted(image: &Image, bytes: &[u8]) {
    let text = image.to_text();
    let again = Image::from_text(&text, "again").expect("a valid image's text form is valid");
    assert_eq!(*image, again, "the text form is complete");
    if container::is_framed(bytes) {
        let mut written = Vec::new();
        image.write(&mut written).expect("it was as short before");
        let payload = |bytes: &[u8]| bytes.get(container::FRAME..).map(<[u8]>::to_vec);
        assert!(payload(&written) == payload(bytes), "one image has one payload");
    }
}

#[cfg(test)]
mod tests;
