//! What a processor sees of its core: the windows that are not its own memory.

use super::map::Window;

/// The core around a processor.
///
/// The processor has checked every access before it comes here: it lies inside one row or vector
/// of the window and is allowed. So an implementation only moves bytes, little endian.
pub trait Ports {
    /// Copies `bytes.len()` bytes from `offset` of a window.
    fn load(&self, window: Window, offset: u32, bytes: &mut [u8]);

    /// Copies bytes to `offset` of a window, keeping what the window's registers keep.
    fn store(&mut self, window: Window, offset: u32, bytes: &[u8]);

    /// Samples and converts the selected observables of all columns: bits 0 to 2 are the soma's
    /// output r, the membrane u, and the apical output e. When the results may be read is the
    /// processor's business.
    fn convert(&mut self, observables: u32);
}
