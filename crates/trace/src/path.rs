//! Where a register is: `replica[3].core[0,1].soma.u[5]`.

use std::fmt;

/// One part of a path: a name and perhaps indices.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Segment {
    /// Letters, digits and `_`.
    pub name: String,
    /// Indices in brackets; empty for a part that there is once.
    pub index: Vec<u32>,
}

impl Segment {
    /// A part with indices.
    #[must_use]
    pub fn new(name: &str, index: &[u32]) -> Self {
        Self { name: name.to_owned(), index: index.to_vec() }
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.name)?;
        if self.index.is_empty() {
            return Ok(());
        }
        let index: Vec<String> = self.index.iter().map(u32::to_string).collect();
        write!(f, "[{}]", index.join(","))
    }
}

/// A register's place: the replica, and the parts from the outside in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Path {
    /// Which of the identical chips; 0 is not written.
    pub replica: u32,
    /// The parts.
    pub segments: Vec<Segment>,
}

impl Path {
    /// A path in the first replica.
    #[must_use]
    pub fn new(segments: &[Segment]) -> Self {
        Self { replica: 0, segments: segments.to_vec() }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.replica != 0 {
            write!(f, "replica[{}].", self.replica)?;
        }
        let parts: Vec<String> = self.segments.iter().map(Segment::to_string).collect();
        write!(f, "{}", parts.join("."))
    }
}
