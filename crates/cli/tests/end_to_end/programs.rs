//! Programs of the plasticity units in images and in training: the rule's and the user's.

#![expect(clippy::indexing_slicing, reason = "a field that is missing fails the test")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::program::{Ended, Program};
use crate::train::{SMALL, with_small};

/// A network that learns 20 short samples by plain gradient descent at this rate.
fn network(eta: &str) -> String {
    SMALL
        .replace("rule = \"adam\"\neta = 1e-3", &format!("rule = \"sgd\"\neta = {eta}"))
        .replace("train = 200\ntest = 50", "train = 20\ntest = 10")
        .replace("epochs = 3", "epochs = 2")
}

fn with(files: &[(&str, &str)]) -> Program {
    let program = Program::new();
    for (name, text) in files {
        std::fs::write(program.path().join(name), text).expect("a write");
    }
    program
}

/// Trains on one chip and records the weights at the end of every sample.
fn trained(program: &Program, line: &[&str]) -> PathBuf {
    let flags = ["--replicas", "1", "--record", "**.w@200", "--json"];
    let ended = program.run(&[&["train"], line, &flags[..]].concat());
    assert_eq!(ended.code, 0, "{line:?} {ended:?}");
    let form: Value = serde_json::from_str(&ended.stdout).expect("one JSON object");
    program.path().join(form["folder"].as_str().expect("a text"))
}

fn weights(program: &Program, folder: &Path) -> String {
    let ended = program.run(&["trace", &folder.display().to_string(), "--csv"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.stdout.lines().count() > 500, "{}", ended.stdout.lines().count());
    ended.stdout
}

fn both_weights(program: &Program, lines: [&[&str]; 2]) -> [String; 2] {
    lines.map(|line| weights(program, &trained(program, line)))
}

#[test]
fn an_image_carries_the_programs_of_its_rule_and_learns_the_same_with_them() {
    let program = with(&[("small.toml", &network("2e-2"))]);
    let compile = ["compile", "small.toml", "--plasticity", "firmware"];
    for (flags, name) in [(&["-o", "a.llimg"][..], "a.llimg"), (&["--text"], "small.llimg.txt")] {
        assert_eq!(program.run(&[&compile[..], flags].concat()).code, 0);
        let shown = program.run(&["show", "program", name]);
        assert!(shown.stdout.contains("2 on 2 of 2 cores, in the image"), "{shown:?}");
        assert!(shown.stdout.contains("of the network's rule, "), "{shown:?}");
        assert!(shown.stdout.contains("  vwmul.vx v24, v8, t2"), "{shown:?}");
    }
    let form = program.run(&["show", "program", "a.llimg", "--json"]).json_stdout();
    assert_eq!((&form["schema"], &form["carried"]), (&"leadlag.program/1".into(), &true.into()));
    assert!(form["programs"][0]["cycles_per_step"].as_u64() > Some(1000), "{form}");
    let make = ["data", "mnist1d", "--length", "40", "--count", "40", "-o", "few.npz"];
    assert_eq!(program.run(&make).code, 0);
    let data = ["--data", "few.npz", "--epochs", "1"];
    let line = |name: &'static str, more: &[&'static str]| [&[name], &data[..], more].concat();
    let evaluator = line("a.llimg", &["--plasticity", "evaluator"]);
    let folder = trained(&program, &line("a.llimg", &[]));
    let text = std::fs::read_to_string(folder.join("run.toml")).expect("a file");
    assert!(text.contains("plasticity = \"firmware\""), "{text}");
    assert!(weights(&program, &folder) == weights(&program, &trained(&program, &evaluator)));
}

/// For both losses, and for a rule with state words on converted signals.
#[test]
fn programs_form_the_output_errors_to_the_bits_of_the_evaluator() {
    let squared = network("2e-2").replace("cross-entropy", "squared-error");
    let momentum = network("2e-2").replace("rule = \"sgd\"", "rule = \"momentum\"\nmomentum = 0.9");
    for text in [squared, momentum] {
        let program = with(&[("small.toml", &text)]);
        let form = program.run(&["show", "program", "small.toml", "--json"]).json_stdout();
        let assembly =
            |at: usize| form["programs"][at]["assembly"].as_str().expect("text").to_owned();
        assert!(!assembly(0).contains("# injection") && assembly(1).contains("# injection"));
        let run =
            |name| weights(&program, &trained(&program, &["small.toml", "--plasticity", name]));
        assert!(run("evaluator") == run("firmware"), "{text}");
        // Recording looks at every step, and changes none.
        let curve = |folder: &Path| std::fs::read(folder.join("metrics.jsonl")).expect("a curve");
        let recorded = curve(&trained(&program, &["small.toml", "--plasticity", "firmware"]));
        let line = ["train", "small.toml", "--replicas", "1", "--plasticity", "firmware", "--json"];
        let form = program.run(&line).json_stdout();
        let plain = program.path().join(form["folder"].as_str().expect("a text"));
        assert!(curve(&plain) == recorded);
    }
}

/// The rule's own assembly text for every core, behind one entry that asks which core it is, with
/// the host's words where a user's program finds them, and learning rates doubled.
fn doubled(program: &Program) -> String {
    let form = program.run(&["show", "program", "small.toml", "--json"]).json_stdout();
    let programs = form["programs"].as_array().expect("programs");
    let mut text = "_start: lui t0, 0x50100\n lw t1, 16(t0)\n".to_owned();
    for (at, one) in programs.iter().enumerate() {
        let core = &one["cores"][0];
        let place = core["x"].as_u64().expect("x") | core["y"].as_u64().expect("y") << 16;
        let _ = write!(text, " li t2, {place}\n beq t1, t2, go{at}\n");
    }
    for (at, one) in programs.iter().enumerate() {
        let own = one["assembly"].as_str().expect("assembly");
        let _ = write!(text, "go{at}: j c{at}_begin\n{}", edited(own, &format!("c{at}_")));
    }
    text
}

/// Labels with a prefix, host words from word 32 on, and a bit less to drop from each rate.
fn edited(text: &str, prefix: &str) -> String {
    let label = |line: &str| line.strip_suffix(':').map(str::to_owned);
    let labels: Vec<String> = text.lines().filter_map(label).collect();
    let name = |word: &str| if word == "_start" { "begin".to_owned() } else { word.to_owned() };
    let mut made = String::new();
    let mut rate = false;
    for line in text.lines() {
        let (code, remark) = line.split_once('#').unwrap_or((line, ""));
        let mut code = code.to_owned();
        if let Some(own) = labels.iter().find(|own| code == format!("{own}:")) {
            code = format!("{prefix}{}:", name(own));
        }
        for own in &labels {
            for (before, after) in [(", ", ""), (" ", ""), ("(", ")")] {
                let (old, new) =
                    (format!("{before}{own}{after}"), format!("{before}{prefix}{own}{after}"));
                let trimmed = code.trim_end();
                if trimmed.ends_with(&old) || (after == ")" && trimmed.contains(&old)) {
                    code = trimmed.replace(&old, &new);
                    break;
                }
            }
        }
        let host = ["learning rate", "decay", "does the network learn?", "gain"];
        if host.contains(&remark.trim()) && code.contains("lw ") {
            let (head, tail) = code.rsplit_once(", ").expect("operands");
            let (offset, base) = tail.split_once('(').expect("a base");
            let offset: u32 = offset.parse().expect("an offset");
            code = format!("{head}, {}({base}", offset + 128);
        }
        made += &code;
        made.push('\n');
        if rate && code.contains("andi        a7, a7, 31") {
            made += " addi a7, a7, -1\n";
            rate = false;
        }
        rate |= remark.trim() == "learning rate";
    }
    made
}

#[test]
fn a_users_assembly_and_elf_learn_in_place_of_the_rule() {
    let [slow, fast] = ["1e-2", "2e-2"].map(network);
    let program = with(&[("small.toml", &slow), ("fast.toml", &fast)]);
    std::fs::write(program.path().join("my.s"), doubled(&program)).expect("a write");
    let made = program.run(&["fw", "asm", "my.s"]);
    assert_eq!(made.code, 0, "{made:?}");
    let [default, text] =
        both_weights(&program, [&["small.toml"], &["small.toml", "--program", "my.s"]]);
    let [elf, wanted] =
        both_weights(&program, [&["small.toml", "--program", "my.elf"], &["fast.toml"]]);
    assert!(text != default, "the user's program does not learn otherwise");
    assert!(text == wanted, "not what the evaluator learns at twice the rate");
    assert!(elf == text);
    let flags = ["small.toml", "--program", "my.elf", "-o", "my.llimg"];
    assert_eq!(program.run(&[&["compile"], &flags[..]].concat()).code, 0);
    let shown = program.run(&["show", "program", "my.llimg"]);
    assert!(shown.stdout.contains("1 on 2 of 2 cores, in the image"), "{shown:?}");
    assert!(shown.stdout.contains("  program     my.elf  of the user's, "), "{shown:?}");
}

const RULE: &str = "param eta : q19/16 = 0.05\ndw = narrow(wide(eta*e.sent), 19, rnu)*r.sent\n";

fn last_checkpoint(folder: &Path) -> PathBuf {
    let entries = std::fs::read_dir(folder.join("ckpt")).expect("a folder");
    entries.map(|entry| entry.expect("an entry").path()).max().expect("a checkpoint")
}

#[test]
fn a_run_with_a_users_rule_goes_on_and_repeats_to_the_same_bits() {
    let program = with(&[("small.toml", &network("2e-2")), ("my.rule", RULE)]);
    let whole = trained(&program, &["small.toml", "--program", "my.rule"]);
    let last = std::fs::read(last_checkpoint(&whole)).expect("a checkpoint");
    let run = whole.join("run.toml").display().to_string();
    let again = program.run(&["run", &run, "--json"]);
    assert_eq!(again.code, 0, "{again:?}");
    let form: Value = serde_json::from_str(&again.stdout).expect("one JSON object");
    let folder = program.path().join(form["folder"].as_str().expect("a text"));
    assert_eq!(std::fs::read(last_checkpoint(&folder)).expect("a checkpoint"), last);
    std::fs::remove_file(last_checkpoint(&folder)).expect("our own file");
    let resumed = program.run(&["train", "--resume", "last"]);
    assert_eq!(resumed.code, 0, "{resumed:?}");
    assert!(std::fs::read(last_checkpoint(&folder)).expect("a checkpoint") == last);
    let plain = trained(&program, &["small.toml", "--plasticity", "firmware"]);
    assert!(weights(&program, &plain) != weights(&program, &whole));
}

fn refused(files: &[(&str, &str)], line: &[&str]) -> Ended {
    let program = with(&[&[("small.toml", network("2e-2").as_str())], files].concat());
    program.run(&[&["train", "small.toml", "--replicas", "1"], line].concat())
}

/// A program that wakes, has the instruction and sleeps again.
fn with_body(body: &str) -> String {
    format!(" lui t0, 0x10\n csrw mie, t0\nstep: wfi\n csrc mip, t0\n{body}\n j step\n")
}

#[test]
fn a_fault_in_training_ends_the_run_with_its_report() {
    let text = with_body(" li a0, 3\n lw a1, 0(a0)");
    let ended = refused(&[("bad.s", &text)], &["--program", "bad.s"]);
    assert_eq!(ended.code, 5, "{ended:?}");
    for part in [
        "error[LL3600]: core 0 stopped at pc 0x00000010",
        "misaligned load (cause 4, value 0x00000003) by `c.lw a1, 0(a0)`",
        "a0 00000003",
        "> 00000010  c.lw a1, 0(a0)",
        "  0000000e  c.li a0, 3",
    ] {
        assert!(ended.stderr.contains(part), "{part}\n{}", ended.stderr);
    }
    let endless = refused(&[("bad.s", &with_body("1: j 1b"))], &["--program", "bad.s"]);
    assert!(endless.code == 5 && endless.stderr.contains("LL3602"), "{endless:?}");
    let start = refused(&[("bad.s", " .word 0\n")], &["--program", "bad.s"]);
    assert!(start.code == 5 && start.stderr.contains("illegal instruction"), "{start:?}");
}

#[test]
fn programs_that_do_what_a_network_cannot_have_are_refused() {
    let learns = with_body(" lui a0, 0x40000\n lh a1, 0(a0)\n addi a1, a1, 1\n sh a1, 0(a0)");
    let many: Vec<String> = (0..33).map(|n| format!("param p{n} = 0.5\n")).collect();
    let many = many.concat();
    for (name, text, code, exit) in [
        ("a.s", learns.as_str(), "LL3611", 5),
        ("c.txt", "x", "LL1634", 3),
        ("d.rule", "db = 0.5*e\n", "LL2631", 4),
        ("e.rule", &format!("{many}dw = p0*e*r\n"), "LL2630", 4),
        ("f.s", " .text\n nop\n .data\n .space 70000\n", "LL1632", 3),
    ] {
        let ended = refused(&[(name, text)], &["--program", name]);
        assert_eq!(ended.code, exit, "{name} {ended:?}");
        assert!(ended.stderr.contains(code), "{name} {ended:?}");
    }
    let poor = "param eta = 3e-4\ndw = eta*e*r\n";
    let ended = refused(&[("poor.rule", poor)], &["--program", "poor.rule"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.stderr.contains("warning[LL4107]: `eta` = 3e-4 is 10/2^15"), "{ended:?}");
    assert!(ended.stderr.contains("param eta : q26/16 = 3e-4"), "{ended:?}");
}

/// Runs a tool; `None` if it is not installed.
fn tool(name: &str, args: &[&str], folder: &Path) -> Option<()> {
    let ended = Command::new(name).args(args).current_dir(folder).output().ok()?;
    assert!(ended.status.success(), "{name}: {}", String::from_utf8_lossy(&ended.stderr));
    Some(())
}

#[test]
#[expect(clippy::print_stdout, reason = "a test that cannot run says that it is skipped")]
fn a_program_in_c_learns() {
    let files = [
        ("small.toml", network("2e-2")),
        ("gle.c", include_str!("../../../../examples/firmware/gle.c").to_owned()),
        ("unit.ld", include_str!("../../../../examples/firmware/unit.ld").to_owned()),
        ("gle.rule", include_str!("../../../../examples/firmware/gle.rule").to_owned()),
    ];
    let program = with(&files.each_ref().map(|(name, text)| (*name, text.as_str())));
    let rule = ["small.toml", "--program", "gle.rule", "--epochs", "1"];
    let ruled = weights(&program, &trained(&program, &rule));
    let flags = "--target=riscv32-unknown-elf -march=rv32imc_zicsr_zifencei -mabi=ilp32 -O2 \
                 -ffreestanding -fno-vectorize -nostdlib -c gle.c -o gle.o";
    let flags: Vec<&str> = flags.split_whitespace().collect();
    let linking = ["-m", "elf32lriscv", "-T", "unit.ld", "gle.o", "-o", "gle.elf"];
    let built = tool("clang-19", &flags, program.path())
        .and_then(|()| tool("riscv64-unknown-elf-ld", &linking, program.path()));
    if built.is_none() {
        println!("skipped: clang-19 or riscv64-unknown-elf-ld is not installed");
        return;
    }
    let line = ["small.toml", "--program", "gle.elf", "--epochs", "1"];
    let in_c = weights(&program, &trained(&program, &line));
    let [default, _] = both_weights(&program, [&["small.toml", "--epochs", "1"], &line]);
    assert!(in_c != default, "the program does not learn");
    assert_eq!(in_c.lines().count(), ruled.lines().count());
}

/// What a run says its programs did.
fn answered(program: &Program, line: &[&str]) -> Value {
    let ended = program.run(&[&["run"], line, &["--steps", "30", "--json"]].concat());
    assert_eq!(ended.code, 0, "{line:?} {ended:?}");
    serde_json::from_str(&ended.stdout).expect("one JSON object")
}

/// A program that counts its steps, and what the host says of learning, in words for the host.
const COUNTER: &str = "\
        li      t0, 0x10000
        csrw    mie, t0
        lui     s1, 0x70010
1:      wfi
        csrc    mip, t0
        addi    s0, s0, 1
        sw      s0, 0x200(s1)
        lw      t1, 132(s1)
        sw      t1, 0x204(s1)
        j       1b
";

#[test]
fn programs_run_where_nothing_is_learnt_and_those_of_the_rule_change_no_answer() {
    let program = with(&[("small.toml", &network("2e-2")), ("count.s", COUNTER)]);
    let compile = ["compile", "small.toml", "--plasticity", "firmware", "-o", "a.llimg"];
    assert_eq!(program.run(&compile).code, 0);
    let line = |more: &[&'static str]| answered(&program, &[&["a.llimg"], more].concat());
    let (own, without) = (line(&[]), line(&["--plasticity", "evaluator"]));
    assert_eq!(own["outputs"], without["outputs"]);
    assert!(without["programs"].is_null(), "{without}");
    assert_eq!(own["programs"].as_array().map(Vec::len), Some(2), "{own}");
    assert!(own["programs"][0]["cycles"].as_u64() > Some(30 * 10), "{own}");
    // A network compiled on the fly gets those of its rule.
    let fresh = answered(&program, &["small.toml", "--plasticity", "firmware"]);
    assert_eq!((&fresh["outputs"], &fresh["programs"]), (&own["outputs"], &own["programs"]));
    // A program of the user's: 30 steps in each sample, and the host says that nothing learns.
    let counted = answered(&program, &["small.toml", "--program", "count.s"]);
    assert_eq!(counted["outputs"], own["outputs"]);
    for core in counted["programs"].as_array().expect("programs") {
        let words = core["to_host"].as_array().expect("words");
        let words: Vec<_> = words.iter().take(3).map(Value::as_u64).collect();
        assert_eq!(words, [Some(30), Some(0), Some(0)]);
    }
    let page = program.run(&["run", "small.toml", "--program", "count.s", "--steps", "30"]);
    assert!(page.stdout.contains("  programs    on 2 cores, "), "{page:?}");
    assert!(page.stdout.contains("  to host     core (0,0): 30"), "{page:?}");
}

/// Snapshots hold the units of a user's programs: a run that goes on gives the same bits.
#[test]
fn a_watched_run_has_programs_and_goes_on_from_a_snapshot_with_them() {
    let program = with(&[("small.toml", &network("2e-2")), ("count.s", COUNTER)]);
    for flags in [&["--program", "count.s"][..], &["--plasticity", "firmware"]] {
        let line = |more: &[&str]| answered(&program, &[&["small.toml"], flags, more].concat());
        // In the last sample: the words are those of its end.
        let whole = line(&["--snapshot-at", "290", "--record", "core[0,0].soma.u[0]@10"]);
        assert_eq!(whole["programs"].as_array().map(Vec::len), Some(2), "{whole}");
        let snapshot = whole["snapshots"][0].as_str().expect("a snapshot").to_owned();
        let rest = line(&["--from", &snapshot]);
        assert_eq!(rest["step"], whole["step"]);
        assert_eq!(rest["programs"], whole["programs"]);
        let [counters, others] = [&whole, &rest].map(|form| {
            let folder = program.path().join(form["folder"].as_str().expect("a folder"));
            std::fs::read(folder.join("counters.json")).expect("counters")
        });
        assert!(counters == others);
        let again = program.run(&[
            "run",
            &format!("{}/run.toml", whole["folder"].as_str().expect("a folder")),
            "--json",
        ]);
        assert_eq!(again.json_stdout()["programs"], whole["programs"], "{again:?}");
    }
}

#[test]
fn a_run_says_why_programs_cannot_be_or_have_stopped() {
    let wrong = "lui s1, 0x60000\n li t0, 0x10000\n csrw mie, t0\n wfi\n lw t0, 1(s1)\n";
    let program = with(&[("small.toml", &network("2e-2")), ("wrong.s", wrong)]);
    for flags in [&["--program", "wrong.s"][..], &["--plasticity", "firmware"]] {
        let line = [&["run", "small.toml", "--backend", "float"], flags].concat();
        let made = program.run(&line);
        assert_eq!((made.code, made.stderr.contains("LL1381")), (3, true), "{made:?}");
    }
    for more in [&[][..], &["--record", "core[0,0].soma.u[0]@10"]] {
        let made = program
            .run(&[&["run", "small.toml", "--program", "wrong.s", "--steps", "5"], more].concat());
        assert_eq!((made.code, made.stderr.contains("LL3600")), (5, true), "{made:?}");
    }
}

/// The library's measuring loop on a chip: two means of 16 conversions each, of every hidden rate.
#[test]
fn the_measuring_loop_measures_a_chip_through_its_converters() {
    let program = with(&[("small.toml", &network("2e-2"))]);
    let measure = concat!(env!("CARGO_MANIFEST_DIR"), "/../../firmware-tests/measure/measure.s");
    let line = ["run", "small.toml", "--program", measure, "--steps", "32", "--json"];
    let form = program.run(&line).json_stdout();
    let core = &form["programs"][0];
    assert_eq!(core["to_host"][0], 2, "{form}");
    let vector = core["vector"].as_array().expect("a vector");
    assert_eq!(vector.len(), 6);
    assert!(vector.iter().any(|mean| mean.as_i64() != Some(0)), "{vector:?}");
}

/// A breakpoint on an instruction of a program, or on an address it stores to: the run ends after the
/// step, in either engine, and goes on.
#[test]
fn a_run_stops_where_a_program_passes() {
    let program = with_small();
    // It stores to the mailbox in every third step. `wfi` is at 0xc: two of the words before it are short.
    let text = " lui t0, 0x10\n csrw mie, t0\n lui a0, 0x70002\n li a1, 3\nstep: wfi\n csrc mip, t0\n \
                addi a1, a1, -1\n bnez a1, step\n sw a1, 0(a0)\n li a1, 3\n j step\n";
    std::fs::write(program.path().join("third.s"), text).expect("a write");
    for engine in ["functional", "cycle"] {
        let stop = |condition: &str, more: &[&str]| {
            let line = ["run", "small.toml", "--program", "third.s", "--steps", "9", "--json"];
            let flags = ["--engine", engine, "--break", condition];
            program.run(&[&line[..], &flags, more].concat()).json_stdout()
        };
        let stored = stop("core[0,0].ppu.address == 0x70002000", &[]);
        assert_eq!((&stored["end"], &stored["step"]), (&"break".into(), &3.into()), "{stored}");
        let registers = &stored["break"]["registers"][0];
        assert_eq!(
            (&registers["name"], &registers["code"]),
            (&"core[0,0].ppu.address".into(), &0x7000_2000.into())
        );
        // On from there: the next store comes three steps later.
        let from = stored["snapshots"][0].as_str().expect("a snapshot");
        let next = stop("core[0,0].ppu.address == 0x70002000", &["--from", from]);
        assert_eq!((&next["end"], &next["step"]), (&"break".into(), &6.into()), "{next}");
        assert_eq!(
            stop("core[0,0].ppu.pc == 0xc", &[])["step"],
            1,
            "`wfi` is passed in every step"
        );
        assert_eq!(stop("pc == 0x4000", &[])["end"], "done");
    }
}
