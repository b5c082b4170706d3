//! The processor's own memories: instructions and data.

use leadlag_fixed::index;
use serde::{Deserialize, Serialize};

use super::map::DATA_BASE;
use super::settings::Settings;

/// Two arrays of bytes, and which part of the first fetch has not seen yet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Memory {
    code_base: u32,
    pub code: Vec<u8>,
    pub data: Vec<u8>,
    /// First byte and end of what was stored to instruction memory since the last `fence.i`.
    pub unseen: Option<(usize, usize)>,
}

impl Memory {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            code_base: settings.code_base,
            code: vec![0; index(settings.code_bytes)],
            data: vec![0; index(settings.data_bytes)],
            unseen: None,
        }
    }

    /// Whether other memories have the shape of these, and what fetch has not seen lies in them.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let shape = |memory: &Self| (memory.code_base, memory.code.len(), memory.data.len());
        let seen = other.unseen.is_none_or(|(first, end)| first <= end && end <= other.code.len());
        shape(self) == shape(other) && seen
    }

    /// The bytes from an address to the end of its memory; none elsewhere.
    #[inline(always)]
    pub(super) fn at(&self, address: u32) -> &[u8] {
        let data = index(address.wrapping_sub(DATA_BASE));
        if let Some(bytes) = self.data.get(data..).filter(|bytes| !bytes.is_empty()) {
            return bytes;
        }
        let code = index(address.wrapping_sub(self.code_base));
        self.code.get(code..).unwrap_or(&[])
    }

    /// A scalar, if it lies in one of the memories.
    #[inline(always)]
    pub(super) fn load<const N: usize>(&self, address: u32) -> Option<[u8; N]> {
        self.at(address).first_chunk().copied()
    }

    /// Stores bytes, if they lie in one of the memories; whether they did.
    #[inline(always)]
    pub(super) fn store(&mut self, address: u32, bytes: &[u8]) -> bool {
        let data = index(address.wrapping_sub(DATA_BASE));
        if let Some(place) = self.data.get_mut(data..).and_then(|rest| rest.get_mut(..bytes.len()))
        {
            place.copy_from_slice(bytes);
            return true;
        }
        let code = index(address.wrapping_sub(self.code_base));
        let end = code + bytes.len();
        let Some(place) = self.code.get_mut(code..end) else { return false };
        place.copy_from_slice(bytes);
        let (first, last) = self.unseen.unwrap_or((code, end));
        self.unseen = Some((first.min(code), last.max(end)));
        true
    }
}
