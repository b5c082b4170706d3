//! `leadlag fabric`.

use std::path::{Path, PathBuf};

use crate::program::Program;

/// A file of the reference data.
fn golden(name: &str) -> String {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../golden/noc");
    folder.join(name).display().to_string()
}

/// A small sweep that takes no time.
const SMALL: [&str; 8] =
    ["fabric", "sweep", "--mesh", "4x4", "--rates", "0.1,0.3", "--windows", "200,400"];

#[test]
fn a_sweep_is_a_table_a_file_and_a_figure() {
    let program = Program::new();
    let swept = program.run(&[&SMALL[..], &["-o", "a.csv", "--svg", "a.svg"]].concat());
    assert_eq!((swept.code, swept.stderr.as_str()), (0, ""));
    assert!(swept.stdout.contains("mesh 4 × 4  preset P") && swept.stdout.contains("bound 1.0000"));
    let csv = program.read("a.csv");
    assert!(csv.starts_with("rate,mode,stable,packet_latency_mean,"), "{csv}");
    assert_eq!((csv.lines().count(), csv.contains("\n0.3,latency,1,")), (3, true));
    assert!(program.read("a.svg").starts_with("<svg"));
    let again = program.run(&[&SMALL[..], &["-o", "a.csv"]].concat());
    assert_eq!(again.code, 6);
    assert!(again.stderr.starts_with("error[LL5003]: `a.csv` exists already"), "{again:?}");
}

/// Threads, order and repetition change no bit; another seed does.
#[test]
fn a_sweep_is_a_function_of_its_arguments() {
    let program = Program::new();
    let run = |more: &[&str]| {
        program.run(&[&SMALL[..], &["--runs", "3", "--json"], more].concat()).stdout
    };
    let one = run(&["--threads", "1"]);
    assert!(one.starts_with('{') && one.contains("leadlag.fabric-sweep/1"), "{one}");
    assert_eq!(run(&["--threads", "4"]), one);
    assert_ne!(run(&["--seed", "2"]), one);
}

#[test]
fn a_sweep_compares_itself_with_a_curve() {
    let program = Program::new();
    let rows = |name: &str, latency: &str| {
        let text = format!(
            "rate,mode,packet_latency_mean,accepted_flit_rate\n0.1,latency,{latency},0.1\n0.5,latency,{latency},0.5\n"
        );
        std::fs::write(program.path().join(name), text).expect("a write");
    };
    rows("far.csv", "99.0");
    let flags = ["--mesh", "4x4", "--runs", "1"];
    let far = program.run(&[&["fabric", "sweep", "--golden", "far.csv"], &flags[..]].concat());
    assert_eq!(far.code, 1);
    assert!(far.stdout.ends_with("far.csv  1 of 1 figures beyond their limit, 1 of them by more than single runs scatter  FAIL\n"), "{far:?}");
    let found =
        program.run(&[&["fabric", "sweep", "--golden", "far.csv", "--json"], &flags[..]].concat());
    let value: serde_json::Value = serde_json::from_str(&found.stdout).expect("JSON");
    assert_eq!((&value["pass"], found.code), (&false.into(), 1));
    let mean = value["points"][0]["packet_latency"]["mean"].as_f64().expect("a mean");
    rows("near.csv", &format!("{mean:.4}"));
    let near = program.run(&[&["fabric", "sweep", "--golden", "near.csv"], &flags[..]].concat());
    assert_eq!(near.code, 0, "{near:?}");
    assert!(near.stdout.contains("+0.00 %") || near.stdout.contains("-0.00 %"), "{near:?}");
    std::fs::write(program.path().join("bad.csv"), "rate,mode\n0.1,latency\n").expect("a write");
    let bad = program.run(&["fabric", "sweep", "--golden", "bad.csv"]);
    assert_eq!((bad.code, bad.stdout.as_str()), (3, ""));
    assert!(
        bad.stderr.starts_with("error[LL1541]: the curve has 0 columns `packet_latency_mean`"),
        "{bad:?}"
    );
}

#[test]
fn saturation_lies_below_the_bound() {
    let flags =
        ["fabric", "sweep", "--saturation", "--mesh", "4x4", "--windows", "200,400", "--json"];
    let found = Program::new().run(&flags).json_stdout();
    let rate = |name: &str| {
        found[name].as_str().and_then(|text| text.parse::<f64>().ok()).expect("a rate")
    };
    assert!(0.5 < rate("carried") && rate("carried") < rate("exceeded"), "{found}");
    assert!(rate("exceeded") - rate("carried") <= 0.0101, "{found}");
}

#[test]
fn a_trace_is_replayed_packet_by_packet() {
    let program = Program::new();
    let trace = golden("traces/t_I_transpose_vc4_b8_p1_r140.csv.gz");
    let passed = program.run(&["fabric", "replay", &trace]);
    assert_eq!((passed.code, passed.stderr.as_str()), (0, ""));
    assert!(passed.stdout.contains("packets     2654  (2654 flits)"), "{passed:?}");
    assert!(passed.stdout.contains("mismatches  0") && passed.stdout.ends_with("PASS\n"));
    let other = program.run(&["fabric", "replay", &trace, "--preset", "N"]);
    assert_eq!(other.code, 1);
    assert!(
        other.stdout.contains("  first       packet ") && other.stdout.ends_with("FAIL\n"),
        "{other:?}"
    );
}

#[test]
fn traces_that_cannot_be_replayed_are_refused_with_the_reason() {
    let program = Program::new();
    let write =
        |name: &str, text: &[u8]| std::fs::write(program.path().join(name), text).expect("a write");
    let refused = |name: &str, code: i32, more: &[&str]| {
        let ended = program.run(&[&["fabric", "replay", name], more].concat());
        assert_eq!((ended.code, ended.stdout.as_str()), (code, ""), "{ended:?}");
        ended.stderr
    };
    let head = "src,dest,size_flits,create_cycle,arrive_cycle\n";
    write("alone.csv", format!("{head}0,1,1,0,8\n").as_bytes());
    assert!(refused("alone.csv", 3, &[]).starts_with(
        "error[LL1542]: nothing describes the fabric of `alone.csv`: there is no `alone.cfg`"
    ));
    let done = program.run(&["fabric", "replay", "alone.csv", "--mesh", "4x4"]);
    assert_eq!(done.code, 0, "{done:?}");
    write("columns.csv", b"src,dest\n0,1\n");
    assert!(
        refused("columns.csv", 3, &["--mesh", "4x4"])
            .starts_with("error[LL1540]: `columns.csv` has the columns `src,dest`")
    );
    write("cell.csv", format!("{head}0,1,1,0,8\n0,x,1,0,8\n").as_bytes());
    assert!(
        refused("cell.csv", 3, &["--mesh", "4x4"])
            .starts_with("error[LL1540]: `cell.csv` line 3: `dest` is `x`")
    );
    write("short.csv", format!("{head}0,1\n").as_bytes());
    assert!(
        refused("short.csv", 3, &["--mesh", "4x4"])
            .starts_with("error[LL1540]: `short.csv` line 2 has 2 values")
    );
    write("far.csv", format!("{head}0,99,1,0,8\n").as_bytes());
    assert!(refused("far.csv", 3, &["--mesh", "4x4"]).contains("[LL1508]"));
    write("torn.csv.gz", b"\x1f\x8b\x08\x00torn");
    assert!(
        refused("torn.csv.gz", 6, &["--mesh", "4x4"])
            .starts_with("error[LL5020]: cannot unpack `torn.csv.gz` (8 bytes)")
    );
    assert!(refused("absent.csv", 6, &[]).starts_with("error[LL5001]"));
}

#[test]
fn parameter_files_are_understood_or_refused() {
    let program = Program::new();
    let good = std::fs::read_to_string(golden("P_uniform_vc4_b8_p1.cfg")).expect("a file");
    let refused = |from: &str, to: &str| {
        std::fs::write(program.path().join("x.cfg"), good.replace(from, to)).expect("a write");
        let ended = program.run(&["fabric", "show", "--config", "x.cfg"]);
        assert_eq!((ended.code, ended.stdout.as_str()), (3, ""), "{ended:?}");
        ended.stderr
    };
    let unknown = refused("n = 2;", "n = 2;\nmagic_switch = 1;");
    assert!(unknown.starts_with("error[LL1537]: `magic_switch` is no parameter"), "{unknown}");
    assert!(unknown.contains("x.cfg:4:1"), "{unknown}");
    let held = refused("n = 2;", "n = 2;\nhold_switch_for_packet = 1;");
    assert!(held.starts_with("error[LL1538]: `hold_switch_for_packet` is `1`; supported is `0`"));
    let torus = refused("topology = mesh", "topology = torus");
    assert!(
        torus.starts_with("error[LL1538]: `topology` is `torus`; supported is `mesh`"),
        "{torus}"
    );
    assert!(refused("num_vcs = 4", "num_vcs = 0").starts_with("error[LL1502]: "), "no channels");
    assert!(refused("k = 8", "k = 0").starts_with("error[LL1500]: "), "no nodes");
}

#[test]
fn bad_fabrics_are_errors_and_slow_ones_are_warned_about() {
    let program = Program::new();
    let show = |flags: &[&str]| program.run(&[&["fabric", "show"], flags].concat());
    let empty = show(&["--mesh", "0x4"]);
    assert_eq!(empty.code, 3);
    assert!(
        empty.stderr.starts_with("error[LL1500]: `mesh` is 0 × 4; each side has at least 1"),
        "{empty:?}"
    );
    assert!(show(&["--vcs", "0"]).stderr.starts_with("error[LL1502]: `vc` is 0"));
    let narrow = show(&["--buffer", "4", "--vcs", "1"]);
    assert_eq!(narrow.code, 0);
    assert!(
        narrow.stderr.starts_with("warning[LL2500]: ") && narrow.stderr.contains("80 %"),
        "{narrow:?}"
    );
    assert!(narrow.stdout.contains("80 %"), "{narrow:?}");
    let shape = program.run(&["fabric", "sweep", "--mesh", "4x2", "--pattern", "transpose"]);
    assert_eq!(shape.code, 3);
    assert!(
        shape
            .stderr
            .starts_with("error[LL1532]: `transpose` needs a square mesh; the mesh is 4 × 2"),
        "{shape:?}"
    );
    assert_eq!(program.run(&["fabric", "sweep", "--pattern", "spiral"]).code, 2);
    assert_eq!(program.run(&["fabric", "sweep", "--rates", "1.5"]).code, 2);
    assert_eq!(program.run(&["fabric"]).code, 2);
}

#[test]
fn show_prints_what_follows_from_the_description() {
    let shown = Program::new().run(&["fabric", "show", "--mesh", "4x4", "--grid", "2x1"]);
    assert_eq!((shown.code, shown.stderr.as_str()), (0, ""));
    let row = |start: &str| {
        let line = shown.stdout.lines().find(|line| line.trim_start().starts_with(start));
        line.expect(start).split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(row("2 routers"), ["2", "routers", "8", "8", "10", "12", "12", "32", "ns"]);
    assert_eq!(row("chip"), ["chip", "16", "4", "35", "9", "16", "100", "%"]);
    assert_eq!(row("uniform"), ["uniform", "0.5000"]);
    assert!(!shown.stdout.contains("transpose"), "not square: {}", shown.stdout);
}

#[test]
fn nets_become_tables_with_their_fill_and_their_routes() {
    let program = Program::new();
    let nets = "tag,source,leaves\n7,0,2 10 7\n8,0,2 10 7 0\n9,15,0\n";
    std::fs::write(program.path().join("nets.csv"), nets).expect("a write");
    let show = |flags: &[&str]| {
        program.run(&[&["fabric", "show", "--mesh", "4x4", "--nets", "nets.csv"], flags].concat())
    };
    let table = show(&[]);
    assert_eq!((table.code, table.stderr.as_str()), (0, ""));
    assert!(
        table.stdout.contains("3 nets  18 tree links  26 flit-hops  (76.5 % of unicast)"),
        "{table:?}"
    );
    let route = show(&["--tag", "7"]);
    assert!(
        route.stdout.contains("tag 7  from (0, 0)  3 leaves  6 links  9 flit-hops"),
        "{route:?}"
    );
    assert!(route.stdout.contains("(2, 0)  +x +y core"), "{route:?}");
    let full = show(&["--entries", "1"]);
    assert_eq!(full.code, 4);
    assert!(
        full.stderr
            .starts_with("error[LL2510]: router (0, 0) needs 3 table entries; a router has 1"),
        "{full:?}"
    );
    let none = show(&["--tag", "5"]);
    assert_eq!(none.code, 3);
    assert!(
        none.stderr.starts_with(
            "error[LL1543]: no net has tag 5; there are 3 nets, with tags from 7 to 9"
        ),
        "{none:?}"
    );
    std::fs::write(program.path().join("nets.csv"), format!("{nets}7,1,2\n")).expect("a write");
    let twice = show(&[]);
    assert_eq!(twice.code, 3);
    assert!(twice.stderr.starts_with("error[LL1520]: tag 7 names two nets"), "{twice:?}");
}

/// What is broken is known before anything is built or sent; what breaks later is counted.
#[test]
fn broken_fabrics_refuse_pairs_and_count_losses() {
    let program = Program::new();
    std::fs::write(program.path().join("nets.csv"), "tag,source,leaves\n7,0,2 5\n")
        .expect("a write");
    let fabric = |verb: &str, flags: &[&str]| {
        program.run(&[&["fabric", verb, "--mesh", "4x4"], flags].concat())
    };
    let cut = "error[LL1511]: core (2, 0) cannot be reached from (0, 0): output PlusX of router (1, 0) is broken";
    for fault in ["link=1,0,+x", "router=2,0"] {
        let shown = fabric("show", &["--nets", "nets.csv", "--fault", fault]);
        assert_eq!((shown.code, shown.stdout.as_str()), (3, ""), "{shown:?}");
        assert!(shown.stderr.starts_with(cut), "{shown:?}");
    }
    let other = fabric("show", &["--nets", "nets.csv", "--preset", "L"]);
    assert_eq!((other.code, other.stdout.as_str()), (3, ""), "{other:?}");
    assert!(other.stderr.starts_with("error[LL1506]: tag 7 names a multicast net"), "{other:?}");
    let soak = |flags: &[&str]| fabric("soak", &[&["--cycles", "3000"], flags].concat());
    let refused = soak(&["--fault", "router=2,2"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (3, ""), "{refused:?}");
    assert!(refused.stderr.starts_with("error[LL1511]: core ("), "{refused:?}");
    let form = |flags: &[&str]| {
        let soaked = soak(&[&["--json"], flags].concat());
        let value: serde_json::Value = serde_json::from_str(&soaked.stdout).expect("JSON");
        (soaked.code, value)
    };
    let positive = |value: &serde_json::Value| value.as_u64().is_some_and(|count| count > 0);
    let (code, dying) = form(&["--fault", "link=1,1,+x@cycle:1000"]);
    assert!(code == 1 && positive(&dying["lost"]) && dying["lost"] == dying["removed"], "{dying}");
    let (code, dropping) = form(&["--drop-after", "20", "--vcs", "1"]);
    assert!(code == 1 && positive(&dropping["dropped"]), "{dropping}");
    let (code, flipping) = form(&["--fault", "packets=0.01"]);
    assert!(code == 1 && positive(&flipping["flipped"]), "{flipping}");
    let (code, stuck) = form(&["--fault", "stuck=1,1,+x,0"]);
    assert!(code == 0 && stuck["removed"] == 0, "{stuck}");
    let chip = soak(&["--fault", "weights=0.1"]);
    assert!(chip.code == 3 && chip.stderr.starts_with("error[LL1476]: "), "{chip:?}");
}

/// Flits through the local output's channels are those that the cores received.
#[test]
fn counters_are_written_by_place() {
    let program = Program::new();
    let trace = golden("traces/t_uniform_vc2_b8_p4_r035.csv.gz");
    let replayed = program.run(&["fabric", "replay", &trace, "--counters", "counters.csv"]);
    assert_eq!((replayed.code, replayed.stderr.as_str()), (0, ""));
    let text = program.read("counters.csv");
    assert!(text.starts_with("node,x,y,port,vc,counter,value\n0,0,0,+x,0,flits_out,"), "{text}");
    let sum = |part: &str| -> u64 {
        let of = text.lines().filter(|line| line.contains(part));
        of.filter_map(|line| line.rsplit(',').next()?.parse::<u64>().ok()).sum()
    };
    assert_eq!(sum(",,,flits_delivered,"), 13_652);
    assert_eq!(
        (sum(",core,0,flits_out,") + sum(",core,1,flits_out,"), sum(",,,flits_sent,")),
        (13_652, 13_652)
    );
    let again = program.run(&["fabric", "replay", &trace, "--counters", "counters.csv"]);
    assert!(again.code == 6 && again.stderr.starts_with("error[LL5003]"), "{again:?}");
}

#[test]
fn a_soak_balances_its_account() {
    let flags =
        ["fabric", "soak", "--mesh", "4x4", "--vcs", "1", "--buffer", "5", "--cycles", "20000"];
    let soaked = Program::new().run(&flags);
    assert_eq!((soaked.code, soaked.stderr.as_str()), (0, ""));
    for part in
        ["0 removed", "0 off their XY routes", "0 packets out of order", "silent", "all credits"]
    {
        assert!(soaked.stdout.contains(part), "{part}: {soaked:?}");
    }
    assert!(soaked.stdout.ends_with("PASS\n"));
    let control =
        ["--classes", "2", "--flits", "3", "--pattern", "tornado", "--threads", "2", "--json"];
    let other = Program::new().run(&[&flags[..], &control].concat()).json_stdout();
    assert_eq!((&other["pass"], &other["created"]), (&true.into(), &other["delivered"]), "{other}");
}
