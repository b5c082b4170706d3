//! Checks of the programs that an image carries.

use super::finding::Check;
use crate::firmware::{Firmware, Program};

/// Bytes of a program's name, at most.
const NAME: usize = 256;

pub(super) fn check(check: &mut Check, firmware: &Firmware) {
    let [found, known] = firmware.versions();
    if !firmware.is_known() {
        let message =
            format!("the programs' section has version {found}; this program reads {known}");
        check.report("LL1630", "firmware.version", message, "compile the image again");
        return;
    }
    for (program, index) in firmware.programs.iter().zip(0_usize..) {
        self::program(check, program, &format!("firmware.programs[{index}]"));
    }
    loads(check, firmware);
}

/// Ascending cores, each with a program that exists.
fn loads(check: &mut Check, firmware: &Firmware) {
    let image = check.image;
    let mut next = 0_u64;
    for (load, index) in firmware.loads.iter().zip(0_usize..) {
        let path = format!("firmware.loads[{index}]");
        check.index(&format!("{path}.core"), load.core, &image.cores, "cores");
        check.index(&format!("{path}.program"), load.program, &firmware.programs, "programs");
        if u64::from(load.core) < next {
            let message = format!(
                "`{path}.core` is {}; cores ascend, so {next} or more is needed",
                load.core
            );
            check.report("LL1631", &path, message, "list a core once, in ascending order");
        }
        next = u64::from(load.core) + 1;
    }
    let (programs, loads) = (firmware.programs.len(), firmware.loads.len());
    if programs > loads {
        let message = format!("there are {programs} programs for {loads} cores; one is not loaded");
        check.report("LL1631", "firmware.programs", message, "leave it out");
    }
}

fn program(check: &mut Check, program: &Program, path: &str) {
    let most = i64::try_from(Firmware::MOST_PARAMETERS).unwrap_or(i64::MAX);
    let help = "a parameter block has 64 words";
    check.range(&format!("{path}.parameters"), program.parameters.len(), 0..=most, help);
    let most = i64::try_from(Firmware::MOST_SEGMENTS).unwrap_or(i64::MAX);
    check.range(&format!("{path}.segments"), program.segments.len(), 0..=most, "join segments");
    if program.name.len() > NAME || program.name.contains(char::is_control) {
        let bytes = program.name.len();
        let message = format!(
            "`{path}.name` has {bytes} bytes; {NAME} without control characters are allowed"
        );
        check.report("LL1631", &format!("{path}.name"), message, "give it a shorter name");
    }
    let [(base, size), _] = check.image.chip.ppu.memories();
    if program.entry.wrapping_sub(base) >= size || !program.entry.is_multiple_of(2) {
        let entry = program.entry;
        let message = format!(
            "`{path}.entry` is {entry:#x}; instruction memory has even addresses from {base:#x}, {size} bytes"
        );
        let help = "link the program for the unit's memory map";
        check.report("LL1632", &format!("{path}.entry"), message, help);
    }
    segments(check, program, path);
}

/// Segments inside the unit's memories, one behind the other.
fn segments(check: &mut Check, program: &Program, path: &str) {
    let mut next = 0_u64;
    for (segment, index) in program.segments.iter().zip(0_usize..) {
        let place = format!("{path}.segments[{index}]");
        let (first, length) = (u64::from(segment.address), segment.bytes.len());
        let end = first + u64::try_from(length).unwrap_or(u64::from(u32::MAX));
        let memories = check.image.chip.ppu.memories();
        let within = memories.iter().any(|&(base, size)| {
            first >= u64::from(base) && end <= u64::from(base) + u64::from(size)
        });
        let help = "link the program for the unit's memory map";
        if !within || length == 0 {
            let [(code, code_size), (data, data_size)] = memories;
            let message = format!(
                "`{place}` has {length} bytes at {first:#x}; the memories have {code_size} at {code:#x} \
                 and {data_size} at {data:#x}"
            );
            check.report("LL1632", &format!("{place}.address"), message, help);
        }
        if first < next {
            let message =
                format!("`{place}` begins at {first:#x}; the one before it ends at {next:#x}");
            check.report("LL1632", &format!("{place}.address"), message, help);
        }
        next = end;
    }
}
