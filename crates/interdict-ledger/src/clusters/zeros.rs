//! A number for each address, zero at first, in memory that the system hands out when it is touched and in large pages where it has them.
//!
//! Numbers of addresses are read in no order: with small pages the processor also has to look up where each page is.

use memmap2::MmapMut;
use zerocopy::FromBytes;

use super::ClusterError;

/// The numbers.
#[derive(Debug)]
pub(super) struct Zeros {
    memory: MmapMut,
}

impl Zeros {
    /// So many zeros.
    pub(super) fn new(count: u32) -> Result<Self, ClusterError> {
        // An empty map is refused by some systems.
        let bytes = (count.max(1) as usize) * size_of::<u32>();
        let memory = MmapMut::map_anon(bytes).map_err(ClusterError::Memory)?;
        // A hint: where the system knows no large pages, small ones do.
        #[cfg(target_os = "linux")]
        drop(memory.advise(memmap2::Advice::HugePage));
        Ok(Self { memory })
    }

    // A map begins at a page and was made with a whole number of numbers, so that both views always exist.

    pub(super) fn numbers(&self) -> &[u32] {
        <[u32]>::ref_from_bytes(&self.memory).unwrap_or_default()
    }

    pub(super) fn numbers_mut(&mut self) -> &mut [u32] {
        <[u32]>::mut_from_bytes(&mut self.memory).unwrap_or_default()
    }
}
