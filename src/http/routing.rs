//! Which methods an address takes, read from the document: for the `405` that names them.

use actix_web::dev::ResourceDef;
use serde_json::Value;

/// Every address of the document with its methods.
pub struct RouteTable(Vec<(ResourceDef, Vec<String>)>);

impl RouteTable {
    /// The table of a document.
    pub fn of(document: &Value) -> Self {
        let paths = document["paths"].as_object();
        let rows = paths.into_iter().flatten().map(|(path, item)| {
            let mut methods: Vec<String> =
                item.as_object().into_iter().flatten().map(|(method, _)| method.to_uppercase()).collect();
            methods.retain(|method| ["GET", "POST", "PUT", "PATCH", "DELETE"].contains(&method.as_str()));
            if methods.iter().any(|method| method == "GET") {
                methods.push("HEAD".to_owned());
            }
            (ResourceDef::new(path.as_str()), methods)
        });
        Self(rows.collect())
    }

    /// The methods of an address; none if there is no such address.
    pub fn allowed(&self, path: &str) -> Option<&[String]> {
        self.0.iter().find(|(pattern, _)| pattern.is_match(path)).map(|(_, methods)| methods.as_slice())
    }
}
