//! Turns an image's text form on stdin into the binary form on stdout; rewrites the golden file:
//! `cargo run -p leadlag-image --example frame < golden/image/v6-small.llimg.txt`.

use std::error::Error;
use std::io::{self, Read};

use leadlag_image::Image;

fn main() -> Result<(), Box<dyn Error>> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    Image::from_text(&text, "-")?.write(&mut io::stdout().lock())?;
    Ok(())
}
