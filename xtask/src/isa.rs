//! The tables in `isa/`, and what is made from them.

mod manual;
mod model;
mod rust;

use crate::repository::Repository;

/// Everything that is made from `isa/`: path and text.
pub(crate) fn pages(repository: &Repository) -> Result<Vec<(&'static str, String)>, String> {
    let model = model::Model::read(repository)?;
    Ok(vec![
        ("crates/isa/src/table.rs", rust::instructions(&model)?),
        ("crates/isa/src/resources.rs", rust::resources(&model)),
        ("docs/chip/instructions.md", manual::instructions(&model)),
        ("docs/chip/plasticity-resources.md", manual::resources(&model)),
    ])
}
