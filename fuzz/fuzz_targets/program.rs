//! Any bytes, as a program of the plasticity unit: it ends, and changes nothing outside its core's
//! writable windows.
#![no_main]

use leadlag_plasticity::processor::oracle;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = oracle::program(bytes);
});
