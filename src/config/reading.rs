//! Reads one setting after the other, and keeps what is wrong with them.

use std::collections::BTreeMap;

/// The settings as they are read: what is wrong is kept, so that all of it is told at once.
pub(super) struct Reading<'a> {
    pub(super) settings: &'a BTreeMap<String, String>,
    pub(super) wrong: Vec<String>,
}

impl<'a> Reading<'a> {
    /// The text of a setting, unless it is missing or empty.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        self.settings.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A setting that is read from its text and fits; `right` says what would.
    pub(super) fn parsed<T: std::str::FromStr>(
        &mut self,
        name: &str,
        right: &str,
        fits: impl Fn(&T) -> bool,
    ) -> Option<T> {
        let text = self.text(name)?;
        let value = text.parse().ok().filter(fits);
        if value.is_none() {
            self.wrong.push(format!("{name} is `{text}`, but must be {right}"));
        }
        value
    }

    /// Every part of a list that commas join.
    pub(super) fn all<T>(&mut self, name: &str, right: &str, read: impl Fn(&str) -> Option<T>) -> Vec<T> {
        let parts = self.text(name).into_iter().flat_map(|text| text.split(',').map(str::trim));
        let (read, wrong): (Vec<_>, Vec<_>) =
            parts.map(|part| (part, read(part))).partition(|(_, read)| read.is_some());
        self.wrong.extend(wrong.iter().map(|(part, _)| format!("{name} has `{part}`, but must be {right}")));
        read.into_iter().filter_map(|(_, read)| read).collect()
    }

    /// As `parsed`, for values that may hold a password: the value is not repeated.
    pub(super) fn checked(&mut self, name: &str, right: &str, fits: impl Fn(&str) -> bool) -> Option<String> {
        let text = self.text(name)?;
        if fits(text) {
            return Some(text.to_owned());
        }
        self.wrong.push(format!("{name} has a wrong value; it must be {right}"));
        None
    }

    /// A URL of a database.
    pub(super) fn postgres(&mut self, name: &str) -> Option<String> {
        self.checked(name, "a URL such as postgres://user:password@host/database", |url| {
            ["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme))
        })
    }
}

/// The URL with stars for a password.
pub(super) fn hide_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return "***".to_owned();
    };
    match rest.rsplit_once('@') {
        Some((login, place)) => {
            let user = login.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:***@{}", place.split('?').next().unwrap_or_default())
        }
        None => format!("{scheme}://{}", rest.split('?').next().unwrap_or_default()),
    }
}
