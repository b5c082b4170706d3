//! Who may name whom: the table against the manifests.

mod table;

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::findings::Findings;
use crate::repository::Repository;
use table::{LAYERS, Layer, May, NAMED_BY_ALL};

/// The table points backwards only, names exactly the crates there are, and every edge is in it.
pub(crate) fn check(repository: &Repository) -> Findings {
    compare(LAYERS, repository)
}

fn compare(layers: &[Layer], repository: &Repository) -> Findings {
    let forward = forward_edges(layers);
    let crates = repository.crates();
    let absent = layers.iter().filter(|layer| !crates.contains(&layer.name));
    let absent = absent.map(|layer| format!("the table has a row for `{}`, no crate", layer.name));
    let edges = crates.iter().flat_map(|name| wrong_edges(layers, repository, name));
    Findings::errors(forward.into_iter().chain(absent).chain(edges))
}

/// Rows whose names do not stand further up in the table, or in a higher layer.
fn forward_edges(layers: &[Layer]) -> Vec<String> {
    let mut seen = BTreeMap::new();
    let mut found = Vec::new();
    for layer in layers {
        if seen.values().any(|row| *row > layer.row) {
            found.push(format!("`{}` (row {}) stands below a later row", layer.name, layer.row));
        }
        let May::Name(names) = layer.may else {
            seen.insert(layer.name, layer.row);
            continue;
        };
        let unseen = names.iter().filter(|name| !seen.contains_key(*name));
        found.extend(unseen.map(|name| {
            format!("the table lets `{}` name `{name}`, which does not stand above it", layer.name)
        }));
        if seen.insert(layer.name, layer.row).is_some() {
            found.push(format!("`{}` has two rows in the table", layer.name));
        }
    }
    found
}

/// What is wrong with the manifest of one crate.
fn wrong_edges(layers: &[Layer], repository: &Repository, name: &str) -> Vec<String> {
    let Some(position) = layers.iter().position(|layer| layer.name == name) else {
        return vec![format!("`crates/{name}` has no row in the table of layers")];
    };
    let path = format!("crates/{name}/Cargo.toml");
    let manifest = match repository.text(&path).unwrap_or_default().parse::<Table>() {
        Ok(manifest) => manifest,
        Err(error) => return vec![format!("{path}: {error}")],
    };
    let mut found = wrong_package(&path, name, &manifest);
    let (above, rest) = layers.split_at(position);
    let may = rest.first().map_or(May::Name(&[]), |layer| layer.may);
    let allowed = |target: &str| match may {
        May::NameAllAbove => above.iter().any(|layer| layer.name == target),
        May::Name(names) => names.contains(&target) || NAMED_BY_ALL.contains(&target),
    };
    let wrong = named(&manifest).into_iter().filter(|(_, target)| !allowed(target));
    found.extend(wrong.map(|(section, target)| {
        format!("{path}: `{name}` may not name `{target}` ([{section}]); see the table of layers")
    }));
    found
}

fn wrong_package(path: &str, name: &str, manifest: &Table) -> Vec<String> {
    let package = manifest.get("package").and_then(|package| package.get("name"));
    let expected = format!("leadlag-{name}");
    if package.and_then(Value::as_str) == Some(&expected) {
        Vec::new()
    } else {
        vec![format!("{path}: the package must be called `{expected}`")]
    }
}

/// Our crates that a manifest names, with the section: the target's folder name.
fn named(manifest: &Table) -> Vec<(String, String)> {
    let mut found = sections(manifest, "");
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flatten();
    for (name, target) in targets {
        let table = target.as_table();
        found.extend(
            table.map(|table| sections(table, &format!("target.{name}."))).unwrap_or_default(),
        );
    }
    found
}

fn sections(manifest: &Table, prefix: &str) -> Vec<(String, String)> {
    let sections = ["dependencies", "dev-dependencies", "build-dependencies"];
    let entries = sections.iter().flat_map(|section| {
        let table = manifest.get(*section).and_then(Value::as_table);
        table.into_iter().flatten().map(move |(key, value)| (section, key, value))
    });
    let ours = entries.filter_map(|(section, key, value)| {
        let package = value.get("package").and_then(Value::as_str).unwrap_or(key);
        let name = package.strip_prefix("leadlag-")?;
        Some((format!("{prefix}{section}"), name.to_owned()))
    });
    ours.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &[Layer] = &[
        Layer { row: 1, name: "diagnostic", may: May::Name(&[]) },
        Layer { row: 1, name: "units", may: May::Name(&[]) },
        Layer { row: 2, name: "net", may: May::Name(&["units"]) },
        Layer { row: 3, name: "cli", may: May::NameAllAbove },
    ];

    fn errors(layers: &[Layer], manifests: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<_> = manifests
            .iter()
            .map(|(name, rest)| {
                let path = format!("crates/{name}/Cargo.toml");
                (path, format!("[package]\nname = \"leadlag-{name}\"\n{rest}"))
            })
            .collect();
        let files: Vec<_> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
        compare(layers, &Repository::of(&files)).errors
    }

    const GOOD: [(&str, &str); 4] = [
        ("diagnostic", ""),
        ("units", "[dependencies]\nleadlag-diagnostic = \"1\""),
        ("net", "[dependencies]\nleadlag-units = \"1\"\nserde = \"1\""),
        ("cli", "[dependencies]\nleadlag-net = \"1\"\n[dev-dependencies]\nleadlag-units = \"1\""),
    ];

    fn with(name: &str, rest: &str) -> Vec<String> {
        let swap = |(old, text)| if old == name { (old, rest) } else { (old, text) };
        errors(TWO, &GOOD.map(swap))
    }

    #[test]
    fn this_repository_keeps_its_table() {
        let repository = Repository::read().expect("a readable tree");
        assert_eq!(check(&repository).errors, [""; 0]);
    }

    #[test]
    fn a_tree_that_keeps_the_table_has_no_findings() {
        assert_eq!(errors(TWO, &GOOD), [""; 0]);
    }

    #[test]
    fn a_wrong_edge_is_found_in_every_section() {
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let found = with("units", &format!("[{section}]\nleadlag-net = \"1\""));
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].contains("`units` may not name `net`") && found[0].contains(section));
        }
        let found = with("units", "[target.'cfg(unix)'.dependencies]\nleadlag-net = \"1\"");
        assert!(found[0].contains("may not name `net`"), "{found:?}");
    }

    #[test]
    fn being_allowed_one_crate_does_not_allow_another() {
        let found = with("net", "[dependencies]\nleadlag-units = \"1\"\nleadlag-cli = \"1\"");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("`net` may not name `cli`"), "{found:?}");
    }

    #[test]
    fn another_name_for_a_crate_does_not_hide_it() {
        let found =
            with("units", "[dependencies]\nx = { package = \"leadlag-net\", path = \"..\" }");
        assert!(found[0].contains("may not name `net`"), "{found:?}");
    }

    #[test]
    fn naming_everything_above_is_not_naming_below_or_oneself() {
        let found = with("cli", "[dependencies]\nleadlag-cli = \"1\"\nleadlag-viewer = \"1\"");
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn a_crate_without_a_row_and_a_row_without_a_crate_are_found() {
        let unknown = errors(TWO, &[GOOD[0], GOOD[1], GOOD[2], GOOD[3], ("stray", "")]);
        assert_eq!(unknown, ["`crates/stray` has no row in the table of layers"]);
        let absent = errors(TWO, &GOOD[..3]);
        assert_eq!(absent, ["the table has a row for `cli`, no crate"]);
    }

    #[test]
    fn a_table_that_points_forward_is_found() {
        let forward = [
            Layer { row: 1, name: "units", may: May::Name(&["net"]) },
            Layer { row: 2, name: "net", may: May::Name(&["net"]) },
        ];
        let found = forward_edges(&forward);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("lets `units` name `net`"), "{found:?}");
        let sunk = [
            Layer { row: 2, name: "net", may: May::Name(&[]) },
            Layer { row: 1, name: "units", may: May::Name(&[]) },
            Layer { row: 2, name: "net", may: May::Name(&[]) },
        ];
        assert_eq!(forward_edges(&sunk).len(), 2, "order of rows, and a second row");
    }

    #[test]
    fn a_package_has_the_name_of_its_folder() {
        let files = [("crates/units/Cargo.toml", "[package]\nname = \"units\"")];
        let found = wrong_edges(TWO, &Repository::of(&files), "units");
        assert!(found[0].contains("must be called `leadlag-units`"), "{found:?}");
    }
}
