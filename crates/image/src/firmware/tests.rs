use proptest::prelude::*;

use super::*;
use crate::container::{self, Kind};
use crate::{Image, Recipe, samples};

fn program(name: &str, bytes: &[u8]) -> Program {
    Program {
        name: name.to_owned(),
        origin: Origin::User,
        entry: 2,
        parameters: vec![1, -2],
        segments: vec![
            Segment { address: 0, bytes: bytes.to_vec() },
            Segment { address: 0x1000_0000, bytes: vec![0xff; 40] },
        ],
    }
}

fn carrying(firmware: Firmware) -> Image {
    Image { firmware: Some(firmware), ..samples::small() }
}

fn binary(image: &Image) -> Vec<u8> {
    let mut bytes = Vec::new();
    image.write(&mut bytes).unwrap();
    bytes
}

fn codes(image: &Image) -> Vec<&'static str> {
    image.validate().map_or_else(|found| found.0.iter().map(|d| d.code).collect(), |()| Vec::new())
}

#[test]
fn equal_programs_are_kept_once() {
    let firmware = Firmware::new([(1, program("a", &[1])), (0, program("a", &[1]))]);
    assert_eq!((firmware.programs.len(), firmware.loads.len()), (1, 2));
    assert_eq!(firmware.program(1), Some(&firmware.programs[0]));
    assert_eq!(firmware.program(2), None);
    let firmware = Firmware::new([(0, program("a", &[1])), (1, program("b", &[1]))]);
    assert_eq!(firmware.programs.len(), 2);
}

/// Both forms, with and without a recipe.
#[test]
fn programs_survive_both_forms() {
    let recipe = Some(Recipe { seed: 3, network: "name = \"x\"\n".to_owned() });
    for recipe in [None, recipe] {
        let firmware = Firmware::new([(0, program("my.s", &[0x13, 0, 0, 0xa5]))]);
        let image = Image { recipe, ..carrying(firmware) };
        assert_eq!(codes(&image), [""; 0]);
        let bytes = binary(&image);
        assert_eq!(Image::from_bytes(&bytes).unwrap(), image);
        let text = image.to_text();
        assert!(text.contains("\"130000a5\""), "{text}");
        assert_eq!(Image::from_text(&text, "a.llimg.txt").unwrap(), image);
    }
}

#[test]
fn hostile_sections_have_a_name() {
    let good = Firmware::new([(0, program("my.s", &[0; 8]))]);
    let with = |change: &dyn Fn(&mut Firmware)| {
        let mut firmware = good.clone();
        change(&mut firmware);
        codes(&carrying(firmware))
    };
    assert_eq!(with(&|f| f.version = 9), ["LL1630"]);
    assert_eq!(with(&|f| f.loads[0].core = 99), ["LL1262"]);
    assert_eq!(with(&|f| f.loads[0].program = 1), ["LL1262"]);
    assert_eq!(with(&|f| f.loads.push(f.loads[0])), ["LL1631"]);
    assert_eq!(with(&|f| f.programs.push(f.programs[0].clone())), ["LL1631"]);
    assert_eq!(with(&|f| f.programs[0].name = "\u{7}".to_owned()), ["LL1631"]);
    assert_eq!(with(&|f| f.programs[0].parameters = vec![0; 65]), ["LL1260"]);
    for address in [0x1_0000, 0x0fff_fffc, u32::MAX] {
        assert_eq!(with(&|f| f.programs[0].entry = address), ["LL1632"]);
        let found = with(&|f| f.programs[0].segments[0].address = address);
        assert!(found.contains(&"LL1632"), "{address:#x} {found:?}");
    }
    assert_eq!(with(&|f| f.programs[0].entry = 3), ["LL1632"]);
    assert_eq!(with(&|f| f.programs[0].segments[1].address = 4), ["LL1632"]);
    assert_eq!(with(&|f| f.programs[0].segments[0].bytes.clear()), ["LL1632"]);
    assert_eq!(with(&|f| f.programs[0].segments[0].bytes = vec![0; 0x1_0001]), ["LL1632"]);
}

/// Up to the last byte of the chip's memories, and no further.
#[test]
fn segments_lie_in_the_memories_of_the_chip() {
    let mut image = carrying(Firmware::new([(0, program("my.s", &[0; 8]))]));
    let (isram, dsram) = (2048, 1024);
    (image.chip.ppu.isram, image.chip.ppu.dsram) = (isram, dsram);
    let with = |code: u32, data: u32| {
        let mut image = image.clone();
        let program = &mut image.firmware.as_mut().unwrap().programs[0];
        for (segment, bytes) in program.segments.iter_mut().zip([code, data]) {
            segment.bytes = vec![0; usize::try_from(bytes).unwrap()];
        }
        image.validate().map_err(|found| found.0[0].to_string())
    };
    assert_eq!(with(isram, dsram), Ok(()));
    let place = "[LL1632]: `firmware.programs[0].segments";
    assert_eq!(
        with(isram + 1, dsram),
        Err(format!(
            "{place}[0]` has 2049 bytes at 0x0; the memories have 2048 at 0x0 and 1024 at 0x10000000"
        ))
    );
    assert_eq!(
        with(isram, dsram + 1),
        Err(format!(
            "{place}[1]` has 1025 bytes at 0x10000000; the memories have 2048 at 0x0 and 1024 at 0x10000000"
        ))
    );
    image.firmware.as_mut().unwrap().programs[0].entry = isram;
    assert_eq!(codes(&image), ["LL1632"]);
}

#[test]
fn a_text_of_odd_digits_is_refused() {
    let firmware = Firmware::new([(0, program("my.s", &[0x13, 0, 0, 0xa5]))]);
    let text = carrying(firmware).to_text();
    for wrong in ["130000a", "130000g5", "+3000055", "13000\u{e9}a"] {
        let found = Image::from_text(&text.replace("130000a5", wrong), "x").unwrap_err();
        assert_eq!(found.0[0].code, "LL1250", "{wrong}");
    }
}

proptest! {
    /// Whatever follows the image in a valid frame is read, or refused by name.
    #[test]
    fn any_tail_is_read_or_refused(tail in proptest::collection::vec(any::<u8>(), 0..200), cut in 0..400_usize) {
        let firmware = Firmware::new([(0, program("my.s", &[0; 8]))]);
        let mut payload = binary(&carrying(firmware))[container::FRAME..].to_vec();
        payload.truncate(payload.len() - cut.min(payload.len()));
        payload.extend(tail);
        let bytes = container::frame(Kind::Image, &payload).unwrap();
        if let Err(found) = Image::from_bytes(&bytes) {
            prop_assert!(found.0.iter().all(|d| d.code.starts_with("LL1")));
        }
    }
}
