//! What a run counted, as its `counters.json` says it; what the engine does not count is a dash.

use serde_json::Value;

use super::html::Page;

/// A row per counter, a column per core.
pub(super) fn section(page: &mut Page, counters: &Value) {
    let cores = counters.get("cores").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    page.section("counters", "Counters", |page| {
        let shown = |name: &str| number(counters.get(name).unwrap_or(&Value::Null));
        let text = format!(
            "After step {} over {} chips, engine {}.",
            shown("step"),
            shown("replicas"),
            counters.get("engine").and_then(Value::as_str).unwrap_or("?"),
        );
        page.leaf("p", &[("class", "facts")], &text);
        let place = |core: &Value| format!("({},{})", core["x"], core["y"]);
        let headings: Vec<String> =
            std::iter::once("counter".to_owned()).chain(cores.iter().map(place)).collect();
        let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
        page.table(&headings, &rows(cores));
        if let Some(clock) = counters.get("clock").filter(|clock| clock.is_object()) {
            page.leaf("h3", &[], "Clock");
            let rows: Vec<Vec<String>> = flat("", clock)
                .into_iter()
                .map(|(name, value)| vec![name, number(value)])
                .collect();
            page.table(&["figure", "value"], &rows);
        }
        links(page, counters);
    });
}

fn rows(cores: &[Value]) -> Vec<Vec<String>> {
    let Some(first) = cores.first() else { return Vec::new() };
    let names = flat("", first).into_iter().map(|(name, _)| name);
    let names = names.filter(|name| name != "x" && name != "y");
    let row = |name: String| {
        let pointer = format!("/{}", name.replace('.', "/"));
        let cells = cores.iter().map(|core| number(core.pointer(&pointer).unwrap_or(&Value::Null)));
        std::iter::once(name).chain(cells.collect::<Vec<_>>()).collect()
    };
    names.map(row).collect()
}

/// Fields of an object and of the objects in it, with dots between names.
fn flat<'a>(before: &str, value: &'a Value) -> Vec<(String, &'a Value)> {
    let Some(fields) = value.as_object() else { return vec![(before.to_owned(), value)] };
    let named = fields.iter().flat_map(|(name, value)| {
        let name = if before.is_empty() { name.clone() } else { format!("{before}.{name}") };
        flat(&name, value)
    });
    named.collect()
}

fn number(value: &Value) -> String {
    if value.is_null() { "–".to_owned() } else { value.to_string() }
}

fn links(page: &mut Page, counters: &Value) {
    let Some(links) = counters.get("links").and_then(Value::as_array) else { return };
    page.leaf("h3", &[], "Flits over the links of one chip");
    let row = |link: &Value| {
        let to = link.get("to").and_then(Value::as_str).unwrap_or("?");
        vec![format!("({},{}) {to}", link["x"], link["y"]), number(&link["flits"])]
    };
    page.table(&["link", "flits"], &links.iter().map(row).collect::<Vec<_>>());
}
