//! The query options of a request, decoded exactly once. What the standard knows and this service does not is refused by name.

use super::filter;
use super::model::EntitySet;
use crate::bi::filter::Filter;
use crate::http::moment::{Instant, Moment, PARAMETER as AS_OF};
use crate::http::params;
use crate::http::problem::Problem;
use crate::http::problems;

/// Options that there are, besides `as_of`.
const KNOWN: &[&str] = &["$filter", "$select", "$orderby", "$top", "$skip", "$count", "$format", "$skiptoken"];
/// Options of the standard that are not here.
const NOT_HERE: &[&str] = &[
    "$expand",
    "$search",
    "$compute",
    "$apply",
    "$levels",
    "$index",
    "$deltatoken",
    "$schemaversion",
    "$id",
    "$root",
    "$it",
];
/// Rows that can be asked for, or passed over, at most.
const MOST_ROWS: usize = 1_000_000_000;

/// The options as they were sent: each name once, with its value.
#[derive(Clone, Debug, Default)]
pub struct Options(Vec<(String, String)>);

impl Options {
    /// Reads the query of a request.
    ///
    /// # Errors
    /// An option that there is not, one that stands twice, and one that is not supported, each by its name.
    pub fn of(query: &str) -> Result<Self, Problem> {
        let mut found: Vec<(String, String)> = Vec::new();
        for (name, value) in params::decoded(query)? {
            if NOT_HERE.contains(&name.as_str()) {
                return Err(Problem::new(
                    problems::NOT_SUPPORTED,
                    format!("The query option `{name}` is not supported."),
                ));
            }
            if !KNOWN.contains(&name.as_str()) && name != AS_OF {
                return Err(unknown(&name));
            }
            if found.iter().any(|(known, _)| *known == name) {
                return Err(Problem::new(problems::INVALID_PARAMETER, format!("`{name}` stands twice.")));
            }
            found.push((name, value.trim_matches(' ').to_owned()));
        }
        Ok(Self(found))
    }

    /// The value of an option; none if it was not sent, or sent empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.sent(name).filter(|value| !value.is_empty())
    }

    fn sent(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Refuses every option but these.
    ///
    /// # Errors
    /// The first other one, by name.
    pub fn only(&self, allowed: &[&str], of: &str) -> Result<(), Problem> {
        match self.0.iter().find(|(name, _)| !allowed.contains(&name.as_str())) {
            None => Ok(()),
            Some((name, _)) => {
                let told = format!("`{name}` does not go with {of}; `{}` does.", allowed.join("`, `"));
                Err(Problem::new(problems::INVALID_PARAMETER, told))
            }
        }
    }

    /// The same with some left out and some put in, as a query.
    pub fn with(&self, left_out: &[&str], put_in: &[(&str, String)]) -> String {
        let kept = self.0.iter().filter(|(name, _)| !left_out.contains(&name.as_str()));
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in kept {
            query.append_pair(name, value);
        }
        for (name, value) in put_in {
            query.append_pair(name, value);
        }
        // Names are more readable with their sign, and some clients look for it.
        query.finish().replace("%24", "$")
    }

    /// The instant as at which to answer.
    ///
    /// # Errors
    /// What is no instant.
    pub fn moment(&self) -> Result<Moment, Problem> {
        let read = |text: &str| {
            text.parse::<Instant>()
                .map_err(|told| Problem::new(problems::INVALID_PARAMETER, format!("`{AS_OF}`: {told}.")))
        };
        Ok(Moment::from(self.sent(AS_OF).map(read).transpose()?))
    }

    /// A number of rows.
    ///
    /// # Errors
    /// What is no whole number from 0.
    pub fn rows(&self, name: &str) -> Result<Option<usize>, Problem> {
        let Some(text) = self.sent(name) else { return Ok(None) };
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse::<usize>().ok().filter(|number| digits && *number <= MOST_ROWS);
        number.map(Some).ok_or_else(|| {
            let told = format!("`{name}` is `{}`; it is a whole number from 0 to {MOST_ROWS}.", text.escape_debug());
            Problem::new(problems::INVALID_PARAMETER, told)
        })
    }

    /// Whether an option that is true or false is true.
    ///
    /// # Errors
    /// Any other value.
    pub fn flag(&self, name: &str) -> Result<bool, Problem> {
        match self.sent(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(other) => Err(Problem::new(
                problems::INVALID_PARAMETER,
                format!("`{name}` is `{}`; it is `true` or `false`.", other.escape_debug()),
            )),
        }
    }

    /// The condition of `$filter`.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn filter(&self, set: &'static EntitySet) -> Result<Filter, Problem> {
        let Some(text) = self.get("$filter") else { return Ok(Filter::EVERYTHING) };
        Ok(filter::condition(&filter::parse(text)?, set)?)
    }

    /// The places of the properties of `$select`, in the order of the catalogue; none where all are asked for.
    ///
    /// # Errors
    /// A name that there is not.
    pub fn select(&self, set: &'static EntitySet) -> Result<Option<Vec<usize>>, Problem> {
        let Some(text) = self.get("$select") else { return Ok(None) };
        let mut places = Vec::new();
        let mut all = false;
        for name in text.split(',').map(str::trim) {
            all |= name == "*";
            places.push(if name == "*" { 0 } else { named(set, name)? });
        }
        places.sort_unstable();
        places.dedup();
        Ok((!all).then_some(places))
    }
}

fn named(set: &EntitySet, name: &str) -> Result<usize, Problem> {
    if name.contains('/') {
        let told = format!("`$select`: the path `{name}` is not supported; properties are.");
        return Err(Problem::new(problems::NOT_SUPPORTED, told));
    }
    set.place(name).ok_or_else(|| {
        let told = format!("`$select`: there is no property `{}`; $metadata lists them.", name.escape_debug());
        Problem::new(problems::INVALID_PARAMETER, told)
    })
}

fn unknown(name: &str) -> Problem {
    let hint = KNOWN.iter().find(|known| known[1..].eq_ignore_ascii_case(name.trim_start_matches('$')));
    let told = match hint {
        Some(known) => format!("There is no query option `{}`; write `{known}`.", name.escape_debug()),
        None => format!(
            "There is no query option `{}`; there are `{}` and `{AS_OF}`.",
            name.escape_debug(),
            KNOWN.join("`, `")
        ),
    };
    Problem::new(problems::UNKNOWN_PARAMETER, told)
}
