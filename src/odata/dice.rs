//! Chance for the tests of what reads texts.

/// Chance that can be had again (SplitMix64).
#[derive(Debug)]
pub struct Dice(pub u64);

impl Dice {
    /// A number below `most`.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(most).unwrap_or(1)).unwrap_or_default()
    }

    /// One of these.
    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// A text with pieces of it left out, put in, doubled or cut off.
    pub fn spoilt(&mut self, text: &str, pieces: &[&str]) -> String {
        let mut text: Vec<char> = text.chars().collect();
        for _ in 0..=self.below(4) {
            let at = self.below(text.len().max(1));
            match self.below(4) {
                0 => drop(text.drain(at..(at + 1 + self.below(6)).min(text.len()))),
                1 => drop(text.splice(at..at, self.pick(pieces).chars())),
                2 => text.truncate(at.max(1)),
                _ => {
                    let piece: Vec<char> = text[at..(at + self.below(30)).min(text.len())].to_vec();
                    drop(text.splice(at..at, piece));
                }
            }
        }
        text.into_iter().collect()
    }
}
