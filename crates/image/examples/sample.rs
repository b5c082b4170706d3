//! Writes the text form of the small sample image to stdout:
//! `cargo run -p leadlag-image --features samples --example sample`.

use std::io::{self, Write};

fn main() -> io::Result<()> {
    io::stdout().write_all(leadlag_image::samples::small().to_text().as_bytes())
}
