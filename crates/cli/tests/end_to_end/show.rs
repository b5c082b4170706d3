//! `leadlag show`: cores, routes, the network as operators, recorded events.

use serde_json::Value;

use crate::program::{Ended, Program};
use crate::train::{trained, with_small};

fn list<'a>(form: &'a Value, name: &str) -> &'a Vec<Value> {
    form[name].as_array().unwrap_or_else(|| panic!("{name}: {form}"))
}

fn refused(ended: &Ended, code: &str) {
    assert_eq!(ended.code, 3, "{ended:?}");
    assert!(ended.stderr.starts_with(&format!("error[{code}]")), "{ended:?}");
}

fn show(program: &Program, line: &[&str]) -> Value {
    program.run(&[&["show"], line, &["--json"]].concat()).json_stdout()
}

#[test]
fn one_core_is_shown_alone() {
    let program = with_small();
    trained(&program, &["--epochs", "1", "--engine", "cycle"]);
    let at = |form: &Value| (form["x"].as_u64(), form["y"].as_u64());
    for (line, name) in [
        (["map", "small.toml"], "/map/cores"),
        (["weights", "small.toml"], "/groups"),
        (["weights", "last"], "/groups"),
        (["counters", "last"], "/cores"),
        (["counters", "last"], "/links"),
        (["program", "small.toml"], "/programs/0/cores"),
    ] {
        let whole = show(&program, &line);
        let one = show(&program, &[&line[..], &["--core", "1,0"]].concat());
        let cores =
            |form: &Value| form.pointer(name).and_then(Value::as_array).expect(name).clone();
        assert!(cores(&one).iter().all(|core| at(core) == (Some(1), Some(0))), "{line:?} {one}");
        assert!(!cores(&one).is_empty() && one != whole, "{line:?}");
        let none = program.run(&[&["show"], &line[..], &["--core", "9,9"]].concat());
        refused(&none, "LL1421");
        assert!(none.stderr.contains("core (9,9) is not in use; 2 are: 0,0  1,0"), "{none:?}");
    }
    let page = program.run(&["show", "map", "small.toml", "--core", "1,0"]).stdout;
    assert!(page.contains("(0,0)[0..6]") && page.contains("constant"), "{page}");
    let [chip, onnx] = [["chip", "--core", "0,0"], ["weights", "small.toml", "--onnx-view"]]
        .map(|line| program.run(&[&["show"], &line[..]].concat()));
    assert_eq!((chip.code, onnx.code), (2, 2), "{chip:?} {onnx:?}");
    assert!(chip.stderr.contains("`--core X,Y` says nothing about `show chip`"), "{chip:?}");
    assert_eq!(program.run(&["show", "map", "small.toml", "--core", "1"]).code, 2);
    refused(&program.run(&["show", "weights", "last", "--set", "rows=300"]), "LL1402");
}

/// What a step can carry is what a run that speaks in every step has carried.
#[test]
fn routes_say_what_the_links_carry() {
    let program = with_small();
    trained(&program, &["--epochs", "1", "--engine", "cycle"]);
    let form = show(&program, &["routes", "last"]);
    assert_eq!(form["schema"], "leadlag.routes/1");
    let counters = show(&program, &["counters", "last"]);
    // Of all replicas, as the flits are.
    let steps = counters["cores"][0]["steps"].as_u64().expect("steps");
    let links = list(&form, "links");
    assert_eq!(links.len(), list(&counters, "links").len());
    for link in links {
        let packets = link["packets_per_step"].as_u64().expect("a load");
        assert_eq!(link["flits_counted"].as_u64(), Some(packets * steps), "{link}");
    }
    let rates = &list(&form, "routes")[0];
    assert_eq!((&rates["core"], &rates["signal"]), (&serde_json::json!([0, 0]), &"rate".into()));
    assert_eq!(
        (&rates["columns"], &rates["to"]),
        (&serde_json::json!([0, 6]), &serde_json::json!([[1, 0]]))
    );
    assert_eq!(rates["tree"][0]["outputs"], serde_json::json!(["+x"]));
    assert_eq!(form["packets_per_step"], 16);
    let near = program.run(&["show", "routes", "small.toml", "--core", "0,0"]).stdout;
    assert!(near.contains("(0,0) +x; (1,0) core"), "{near}");
    assert!(!near.contains("error"), "the errors are those of the other core: {near}");
}

/// A population on two cores sends its rates to both cores of the next: by tags.
#[test]
fn multicast_routes_have_tags_and_fill_tables() {
    let program = Program::new();
    let text = crate::train::SMALL.replace("size = 6", "size = 40").replace(
        "[[projection]]\nchain = [\"in\", \"h\", \"out\"]",
        "[[population]]\nname = \"g\"\nsize = 40\ntau_m = \"1.2 ms\"\ntau_r = \"0.2 ms\"\nphi = \"tanh\"\n[[projection]]\nchain = [\"in\", \"h\", \"g\", \"out\"]",
    );
    std::fs::write(program.path().join("wide.toml"), text).expect("a write");
    let set = ["--set", "neurons=32", "--set", "rows=64"];
    let form = show(&program, &[&["routes", "wide.toml"][..], &set].concat());
    let routes = list(&form, "routes");
    let tagged: Vec<_> = routes.iter().filter(|one| one["key"]["tag"].is_u64()).collect();
    assert!(!tagged.is_empty(), "{form}");
    assert!(tagged.iter().all(|one| list(one, "to").len() > 1), "{form}");
    assert!(!list(&form["tables"], "routers").is_empty(), "{form}");
    let alone = show(
        &program,
        &[&["routes", "wide.toml", "--set", "fabric.multicast=false"][..], &set].concat(),
    );
    assert!(alone["packets_per_step"].as_u64() > form["packets_per_step"].as_u64(), "{alone}");
    assert!(list(&alone["tables"], "routers").is_empty());
    let graph = show(&program, &[&["map", "wide.toml", "--onnx-view"][..], &set].concat());
    let node = list(&graph, "nodes").iter().find(|node| node["name"] == "h -> g").expect("a node");
    assert_eq!((&node["shape"], list(node, "cores").len()), (&serde_json::json!([40, 40]), 4));
}

#[test]
fn the_network_is_a_list_of_operators() {
    let program = with_small();
    let graph = show(&program, &["map", "small.toml", "--onnx-view"]);
    assert_eq!(graph["schema"], "leadlag.graph/1");
    let nodes = list(&graph, "nodes");
    let ops: Vec<&str> = nodes.iter().filter_map(|node| node["op"].as_str()).collect();
    assert_eq!(
        ops,
        [
            "MatMul", "Constant", "GleLayer", "Tanh", "MatMul", "Constant", "GleLayer", "Identity",
            "GleError", "MatMul", "GleError"
        ]
    );
    // Whatever a node reads is an input, a target, a parameter, or what another node makes.
    let made: Vec<&Value> = nodes.iter().map(|node| &node["outputs"][0]["name"]).collect();
    for input in nodes.iter().flat_map(|node| list(node, "inputs")) {
        let name = input.as_str().expect("a name");
        let given =
            ["in", "target"].contains(&name) || name.starts_with("W[") || name.starts_with("B[");
        assert!(given || made.contains(&input), "{name}: {made:?}");
    }
    assert_eq!(nodes[4]["shape"], serde_json::json!([6, 10]));
    assert_eq!((&nodes[4]["inputs"][0], &nodes[9]["inputs"][0]), (&"h.r".into(), &"out.e".into()));
    assert_eq!(nodes[2]["attributes"]["groups"][0]["tau_m"], "1.2 ms");
    let page = program.run(&["show", "map", "small.toml", "--onnx-view", "--core", "0,0"]).stdout;
    assert!(page.contains("GleLayer") && !page.contains("Identity"), "{page}");
}

#[test]
fn recorded_events_are_listed() {
    let program = with_small();
    let line = ["run", "small.toml", "--steps", "4", "--record", "core[*].soma.u[0]"];
    assert_eq!(program.run(&line).code, 0);
    let whole = show(&program, &["events"]);
    let one = show(&program, &["events", "last", "--core", "1,0"]);
    assert_eq!((&whole["schema"], &whole["clock"]), (&"leadlag.events/1".into(), &"step".into()));
    let count = |form: &Value| {
        let rows = list(form, "events").len();
        assert_eq!(form["records"].as_u64(), u64::try_from(rows).ok());
        rows
    };
    let table = program.run(&["trace", "last", "--csv"]).stdout;
    assert_eq!(count(&whole), table.lines().count() - 1);
    assert!((1..count(&whole)).contains(&count(&one)));
    assert!(list(&one, "events").iter().all(|event| event["register"] == "core[1,0].soma.u[0]"));
    let page = program.run(&["show", "events", "--core", "1,0"]).stdout;
    assert_eq!(page.lines().count(), count(&one) + 2, "{page}");
    let closed = program.shell("\"$LEADLAG\" show events | head -n 1 | wc -l");
    assert_eq!((closed.code, closed.stderr.as_str(), closed.stdout.trim()), (0, "", "1"));
    trained(&program, &["--epochs", "1"]);
    refused(&program.run(&["show", "events"]), "LL1351");
}

/// The weights of a run are those at its end; everything else is what it began with.
#[test]
fn a_run_is_shown_by_its_name() {
    let program = with_small();
    let folder = trained(&program, &["--epochs", "1"]);
    let words = |target: &str| show(&program, &["weights", target])["groups"][2]["words"].clone();
    assert_ne!(words("last"), words("small.toml"));
    let image = folder.join("trained.llimg");
    assert_eq!(words("last"), words(image.to_str().expect("plain")));
    assert_eq!(
        show(&program, &["map", "last"]),
        show(&program, &["map", folder.to_str().expect("plain")])
    );
    let answered = program.run(&["run", image.to_str().expect("plain"), "--json"]).json_stdout();
    assert_eq!(answered["samples"], 50);
    trained(&program, &["--epochs", "1", "--backend", "float"]);
    refused(&program.run(&["show", "map", "last"]), "LL1323");
    let settled = program.run(&["show", "map", "last", "--set", "rows=512"]);
    refused(&settled, "LL1402");
    let piped = program.shell("\"$LEADLAG\" show map - < small.toml");
    assert_eq!((piped.code, piped.stdout), (0, program.run(&["show", "map", "small.toml"]).stdout));
}
