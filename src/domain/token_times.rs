//! When a signed token counts: from its `nbf` until its `exp`, with a little leeway for clocks that differ.

/// Seconds by which the issuer's clock and ours may differ.
pub const LEEWAY: i64 = 30;

/// Why a token does not count now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untimely {
    /// It does not say when it ends.
    Endless,
    /// It has ended.
    Expired,
    /// It does not count yet.
    Early,
}

/// Whether a token counts at `now`; all in seconds since 1970.
///
/// # Errors
/// Why it does not.
pub const fn check(not_before: Option<i64>, expires: Option<i64>, now: i64) -> Result<(), Untimely> {
    let Some(expires) = expires else { return Err(Untimely::Endless) };
    if now >= expires.saturating_add(LEEWAY) {
        return Err(Untimely::Expired);
    }
    match not_before {
        Some(not_before) if now < not_before.saturating_sub(LEEWAY) => Err(Untimely::Early),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_counts_between_its_times() {
        for (not_before, expires, told) in [
            (None, Some(1000), Ok(())),
            (None, Some(971), Ok(())),
            (None, Some(970), Err(Untimely::Expired)),
            (None, Some(0), Err(Untimely::Expired)),
            (None, Some(i64::MIN), Err(Untimely::Expired)),
            (None, Some(i64::MAX), Ok(())),
            (None, None, Err(Untimely::Endless)),
            (Some(1030), Some(2000), Ok(())),
            (Some(1031), Some(2000), Err(Untimely::Early)),
            (Some(i64::MAX), Some(i64::MAX), Err(Untimely::Early)),
            (Some(i64::MIN), Some(2000), Ok(())),
        ] {
            assert_eq!(check(not_before, expires, 1000), told, "{not_before:?} to {expires:?}");
        }
    }
}
