//! When a broken download may be tried anew.

/// So many bytes more are progress, however little there was before.
const LEAST: u64 = 64 << 10;

/// A try that adds less than this part of what was there is none: a page is read from its start each time, and so is
/// read a bounded number of times in all.
const PART: u64 = 8;

/// How much of a body has come since its tries were counted anew.
#[derive(Debug, Default)]
pub(super) struct BodyProgress {
    bytes: u64,
    mark: u64,
}

impl BodyProgress {
    /// So many bytes have come; true where that is progress, and all tries are there again.
    pub fn add(&mut self, bytes: usize) -> bool {
        self.bytes += bytes as u64;
        let enough = self.bytes - self.mark >= LEAST.max(self.bytes / PART);
        if enough {
            self.mark = self.bytes;
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trickle_is_no_progress() {
        let mut progress = BodyProgress::default();
        assert!((0..4000).all(|_| !progress.add(16)));
        assert!(progress.add(2000), "all of it together is");
        assert!(!progress.add(1000));
        assert!(progress.add(1 << 20));
        assert!(!progress.add(100 << 10), "too little beside a megabyte");
        assert!(progress.add(100 << 10), "but both together are enough");
    }
}
