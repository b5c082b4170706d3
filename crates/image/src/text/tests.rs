use proptest::prelude::*;

use super::*;
use crate::{Ppu, Ratio, Recipe, Spike, Stage, registers, samples};

const GOLDEN: &[u8] = include_bytes!("../../../../golden/image/v6-small.llimg");
const GOLDEN_TEXT: &str = include_str!("../../../../golden/image/v6-small.llimg.txt");
const V5: &[u8] = include_bytes!("../../../../golden/image/v5-small.llimg");
const V5_TEXT: &str = include_str!("../../../../golden/image/v5-small.llimg.txt");
const V4: &[u8] = include_bytes!("../../../../golden/image/v4-small.llimg");
const V4_TEXT: &str = include_str!("../../../../golden/image/v4-small.llimg.txt");

/// The findings about a text, with the pieces of text they point at.
fn refusal(text: &str) -> Vec<(String, String)> {
    let found = Image::from_text(text, "x.llimg.txt").expect_err("refused");
    let piece =
        |d: &Diagnostic| d.labels.first().map_or("", |label| &text[label.span.clone()]).to_owned();
    found.0.iter().map(|d| (d.to_string(), piece(d))).collect()
}

fn edited(from: &str, to: &str) -> Vec<(String, String)> {
    let text = samples::small().to_text();
    assert!(text.contains(from), "{from} is not in\n{text}");
    refusal(&text.replacen(from, to, 1))
}

#[test]
fn the_golden_files_are_the_small_image_byte_for_byte() {
    let small = samples::small();
    assert_eq!(Image::from_bytes_or_text(GOLDEN, "golden"), Ok(small.clone()));
    assert_eq!(Image::from_bytes_or_text(GOLDEN_TEXT.as_bytes(), "golden"), Ok(small.clone()));
    let mut bytes = Vec::new();
    small.write(&mut bytes).expect("a vector takes everything");
    assert!(bytes == GOLDEN, "version 6 changed");
    assert_eq!(small.to_text(), GOLDEN_TEXT);
}

/// Version 5 had one learning rate for all populations, version 4 did not say what plasticity units a chip
/// has either.
#[test]
fn images_of_earlier_versions_are_read() {
    let mut small = samples::small();
    small.populations.iter_mut().for_each(|population| population.eta_factor = Ratio::ONE);
    assert_eq!(Image::from_bytes_or_text(V5, "golden"), Ok(small.clone()));
    assert_eq!(Image::from_bytes_or_text(V5_TEXT.as_bytes(), "golden"), Ok(small.clone()));
    small.chip.ppu = Ppu::LL1;
    assert_eq!(Image::from_bytes_or_text(V4, "golden"), Ok(small.clone()));
    assert_eq!(Image::from_bytes_or_text(V4_TEXT.as_bytes(), "golden"), Ok(small.clone()));
    let with = |major: u16| {
        let found = Image::from_bytes(&stated(V4.to_vec(), major)).expect_err("refused");
        found.0[0].to_string()
    };
    assert_eq!(
        with(3),
        "[LL1244]: the chip image has format version 3; this program reads 4, 5, 6"
    );
    assert!(with(5).starts_with("[LL124"), "the same bytes are no version 5: {}", with(5));
}

/// The file with another version in its header.
fn stated(mut bytes: Vec<u8>, major: u16) -> Vec<u8> {
    bytes[12..14].copy_from_slice(&major.to_le_bytes());
    let crc = crc32fast::hash(&bytes[..28]).to_le_bytes();
    bytes[28..32].copy_from_slice(&crc);
    bytes
}

/// Whatever the units and the factors of an image are, files of earlier versions do not say them, and
/// everything else is read as it was.
#[test]
fn every_image_of_earlier_versions_is_read() {
    proptest!(|(tape in proptest::collection::vec(any::<u32>(), 0..300))| {
        let mut image = samples::from_tape(&tape);
        image.populations.iter_mut().for_each(|population| population.eta_factor = Ratio::ONE);
        let old = |payload: Vec<u8>, major| {
            stated(container::frame(Kind::Image, &payload).expect("short"), major)
        };
        prop_assert_eq!(&Image::from_bytes(&old(without_factors(&image), 5)), &Ok(image.clone()));
        image.chip.ppu = Ppu::LL1;
        let payload = without_factors(&image);
        // Seven words of 32 bits and one of 64 at the end of the chip.
        let unit = 7 * 4 + 8;
        let end = size(&(&image.name, &image.chip));
        let payload = [&payload[..end - unit], &payload[end..]].concat();
        prop_assert_eq!(Image::from_bytes(&old(payload, 4)), Ok(image));
    });
}

/// The payload without the last field of every population, a mantissa and an exponent of 32 bits each.
fn without_factors(image: &Image) -> Vec<u8> {
    let mut payload = payload(image);
    let head = (&image.name, &image.chip, &image.inputs);
    let places = 1..=image.populations.len();
    let ends: Vec<usize> =
        places.map(|count| size(&(&head, &image.populations[..count]))).collect();
    for end in ends.into_iter().rev() {
        payload.drain(end - 8..end);
    }
    payload
}

/// The bytes of a value, as it stands in a payload.
fn payload(value: &impl serde::Serialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    container::write(Kind::Image, value, &mut bytes).expect("a vector takes everything");
    bytes.split_off(container::FRAME)
}

fn size(value: &impl serde::Serialize) -> usize {
    payload(value).len()
}

#[test]
fn a_row_of_the_array_is_a_line() {
    let text = samples::small().to_text();
    assert!(text.contains("    \"12000 -8000 500\",\n    \"-32768 32767 0\",\n"), "{text}");
}

#[test]
fn a_syntax_error_points_at_its_place() {
    let [(message, piece)] = &edited("mesh_x = 2", "mesh_x = = 2")[..] else {
        panic!("one finding")
    };
    assert!(message.starts_with("[LL1250]: the text form of the image is wrong: "), "{message}");
    assert_eq!(piece, "=");
}

#[test]
fn an_unknown_field_points_at_itself() {
    let found = edited("mesh_x = 2", "mesh_x = 2\nmesh_z = 3");
    assert!(found[0].0.contains("unknown field `mesh_z`"), "{found:?}");
    assert_eq!(found[0].1, "mesh_z");
}

#[test]
fn a_missing_field_is_named() {
    let found = edited("mesh_x = 2\n", "");
    assert!(found[0].0.contains("missing field `mesh_x`"), "{found:?}");
}

#[test]
fn a_word_that_is_no_integer_points_at_itself() {
    let found = edited(" 500", " 5oo");
    assert_eq!(
        found[0].0,
        "[LL1250]: the text form of the image is wrong: `5oo` in a line of integers: \
         invalid digit found in string"
    );
    assert_eq!(found[0].1, "5oo");
}

#[test]
fn a_word_beyond_sixteen_bits_is_refused() {
    let found = edited("\"-32768 32767 0", "\"-32768 32768 0");
    assert!(found[0].0.contains("`32768` in a line of integers: number too large"), "{found:?}");
    assert_eq!(found[0].1, "32768");
}

#[test]
fn findings_of_the_gate_point_into_the_text() {
    let text = samples::small().to_text();
    let text = text.replacen("715827883 715827883 715827883", "715827883 0 715827883", 1);
    let text = text.replacen("mesh_x = 2", "mesh_x = 65", 1);
    assert_eq!(
        refusal(&text),
        [
            (
                "[LL1260]: `chip.mesh_x` is 65; allowed are integers 1..=64".to_owned(),
                "65".to_owned()
            ),
            (
                "[LL1260]: `cores[0].soma.lag[1]` is 0; allowed is 1..=4294967296".to_owned(),
                "0".to_owned()
            ),
        ]
    );
}

#[test]
fn a_text_beyond_the_limit_is_refused_unread() {
    let text = " ".repeat(TEXT_LIMIT + 1);
    assert_eq!(
        refusal(&text)[0].0,
        "[LL1252]: the text form of the image has 134217729 bytes; the limit is 134217728"
    );
}

#[test]
fn too_much_structure_is_refused_unparsed() {
    for (piece, hidden) in [
        ("1,", ""),
        ("[[a]]\n", ""),
        ("\n", ""),
        ("1,", "'\"',"),
        ("1,", "\"\\\"\","),
        ("1,", "\"\"\"\n\"\"\","),
        ("\"\",", ""),
    ] {
        let text = format!("a = [{hidden}{}", piece.repeat(STRUCTURE_LIMIT));
        assert!(refusal(&text)[0].0.starts_with("[LL1253]"), "{hidden}{piece}");
    }
    let text = format!("a = [{}", "1,".repeat(STRUCTURE_LIMIT / 2));
    assert_eq!(
        refusal(&text)[0].0,
        "[LL1253]: the text form without quoted texts of the image has 4194310 bytes; \
         the limit is 4194304"
    );
}

#[test]
fn a_long_array_is_not_structure() {
    let mut image = samples::small();
    let rows = 4096 * 16;
    image.cores[0].soma.array.words = vec![-32_768; rows * 32];
    let text = image.to_text();
    assert!(text.len() > 2 * STRUCTURE_LIMIT, "{}", text.len());
    assert_eq!(check_length(&text), Ok(()));
}

#[test]
fn bytes_that_are_neither_form_are_refused() {
    let found = Image::from_bytes_or_text(b"name = \xff", "x.llimg").expect_err("refused");
    assert_eq!(
        found.to_string(),
        "[LL1251]: `x.llimg` is neither a framed file nor text: byte 7 of 8 is not UTF-8\n"
    );
}

#[test]
fn deep_nesting_is_refused() {
    let found = refusal(&format!("name = {}", "[".repeat(100_000)));
    assert!(found[0].0.starts_with("[LL1250]"), "{found:?}");
}

proptest! {
    #[test]
    fn any_image_is_read_back_equal(tape in proptest::collection::vec(any::<u32>(), 0..300)) {
        let image = samples::from_tape(&tape);
        prop_assert_eq!(Image::from_text(&image.to_text(), "text"), Ok(image));
    }
}

#[test]
fn a_recipe_is_read_back_equal() {
    let recipe = Recipe { seed: 7, network: "name = \"é\"\n# '''\n\t\"\"\"\\\n".to_owned() };
    let carrying = Image { recipe: Some(recipe), ..samples::small() };
    let mut bytes = Vec::new();
    carrying.write(&mut bytes).expect("a vector takes everything");
    assert_eq!(Image::from_bytes(&bytes), Ok(carrying.clone()));
    assert_eq!(Image::from_text(&carrying.to_text(), "text"), Ok(carrying));
}

fn spike(threshold: i32) -> Spike {
    Spike { threshold, leak: 128, leak_shift: 12, refractory: 0, fraction: 0 }
}

/// The small image without learning, and with a hidden layer that spikes.
fn spiking(threshold: i32) -> Image {
    let mut image = Image { learning: None, ..samples::small() };
    image.cores[0].stage = Stage::Spike(spike(threshold));
    image
}

#[test]
fn a_spiking_stage_is_read_back_equal() {
    let image = spiking(1024);
    let mut bytes = Vec::new();
    image.write(&mut bytes).expect("a vector takes everything");
    assert_eq!(Image::from_bytes(&bytes), Ok(image.clone()));
    assert_eq!(Image::from_text(&image.to_text(), "text"), Ok(image));
}

#[test]
fn what_a_spiking_core_cannot_do_is_refused() {
    let found = |image: &Image| image.validate().expect_err("refused").to_string();
    assert!(found(&spiking(-1)).contains("[LL1260]: `cores[0].stage.spike.threshold` is -1"));
    let whole = Image { learning: samples::small().learning, ..spiking(1) };
    assert!(
        found(&whole).contains("[LL1291]: `cores[1].soma.array.groups[0]` is plastic and meets")
    );
    let mut taught = spiking(1);
    taught.cores[1].stage = Stage::Spike(spike(1));
    assert!(found(&taught).contains("[LL1291]: `cores[1]` spikes and is taught"));
    let mut wide = Image { teaching: None, ..spiking(1) };
    wide.chip.dac_bits = 16;
    wide.chip.payload_bits = 14;
    assert!(
        found(&wide).contains("[LL1292]: the sums of `cores[0]` take 31 bits"),
        "{}",
        found(&wide)
    );
}

#[test]
fn the_unit_of_a_membrane_follows_from_the_scales() {
    let mut image = spiking(1);
    assert_eq!(registers::membrane_unit(&image, 1), Ok(None));
    let unit = registers::membrane_unit(&image, 0).expect("a valid image");
    let dac = i32::try_from(image.chip.dac_bits).expect("small");
    let least = [1 + image.inputs[0].scale, 0].into_iter().min().expect("two");
    assert_eq!(unit, Some(least - (dac - 1)));
    image.cores[0].stage = Stage::Spike(Spike { fraction: 5, ..spike(1) });
    assert_eq!(registers::membrane_unit(&image, 0), Ok(Some(least - (dac - 1) - 5)));
}

proptest! {
    #[test]
    fn any_spiking_image_is_read_back_equal(tape in proptest::collection::vec(any::<u32>(), 0..300)) {
        let image = samples::spiking_from_tape(&tape);
        let mut bytes = Vec::new();
        image.write(&mut bytes).expect("a vector takes everything");
        prop_assert_eq!(&Image::from_bytes(&bytes), &Ok(image.clone()));
        prop_assert_eq!(Image::from_text(&image.to_text(), "text"), Ok(image));
    }
}

#[test]
fn a_recipe_that_the_text_form_could_not_hold_is_refused() {
    let found = |seed, network: String| {
        let image = Image { recipe: Some(Recipe { seed, network }), ..samples::small() };
        image.validate().expect_err("refused").to_string()
    };
    assert_eq!(
        found(1, "x".repeat(Recipe::LIMIT + 1)),
        "[LL1280]: `recipe.network` has 524289 bytes and 0 control characters; \
         allowed are 524288 and 0\n"
    );
    assert!(found(1, "a\r\n".to_owned()).contains("3 bytes and 1 control characters"));
    assert!(found(1 << 63, String::new()).starts_with("[LL1281]: `recipe.seed` is 9223372036854"));
    let worst = "\\\n\"".repeat(Recipe::LIMIT / 3);
    let image = Image { recipe: Some(Recipe { seed: 1, network: worst }), ..samples::small() };
    assert!(Image::from_text(&image.to_text(), "text") == Ok(image), "the longest text fits");
}
