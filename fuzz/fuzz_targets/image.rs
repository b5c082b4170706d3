//! Any bytes, as a file and as a payload in a valid frame: refused with a code, or read and written back
//! equal.
#![no_main]

use leadlag_image::oracle;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = oracle::file(bytes);
    let _ = oracle::payload(bytes);
});
