//! `$metadata` and the service document, made from the model.

use std::fmt::Write;

use serde_json::{Value, json};

use super::model::{EntitySet, NAMESPACE, Property, sets};
use crate::bi::catalogue::Kind;

/// Digits of a decimal before the point.
const BEFORE_THE_POINT: u32 = 14;
/// Digits of a second's fraction.
const FRACTION: u8 = 6;

const BEFORE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:Reference Uri="https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Core.V1.xml">
    <edmx:Include Namespace="Org.OData.Core.V1" Alias="Core"/>
  </edmx:Reference>
  <edmx:DataServices>
"#;
const AFTER: &str = "  </edmx:DataServices>\n</edmx:Edmx>\n";

/// The metadata document: CSDL in XML, whatever was asked for.
pub fn document() -> String {
    let mut xml = String::from(BEFORE);
    let _ = writeln!(xml, r#"    <Schema Namespace="{NAMESPACE}" xmlns="http://docs.oasis-open.org/odata/ns/edm">"#);
    for set in sets() {
        entity_type(&mut xml, set);
    }
    xml.push_str("      <EntityContainer Name=\"Container\">\n");
    for set in sets() {
        let _ = writeln!(xml, r#"        <EntitySet Name="{}" EntityType="{NAMESPACE}.{}"/>"#, set.name, set.entity);
    }
    xml.push_str("      </EntityContainer>\n    </Schema>\n");
    xml.push_str(AFTER);
    xml
}

fn entity_type(xml: &mut String, set: &EntitySet) {
    let _ = writeln!(xml, r#"      <EntityType Name="{}">"#, set.entity);
    xml.push_str("        <Key>\n");
    for name in &set.key {
        let _ = writeln!(xml, r#"          <PropertyRef Name="{name}"/>"#);
    }
    xml.push_str("        </Key>\n");
    for property in &set.properties {
        let _ = writeln!(
            xml,
            r#"        <Property Name="{}" Type="{}"{}{}>"#,
            property.name,
            property.type_name(),
            if property.nullable { "" } else { " Nullable=\"false\"" },
            facets(property)
        );
        described(xml, "          ", property.about);
        xml.push_str("        </Property>\n");
    }
    described(xml, "        ", set.about);
    xml.push_str("      </EntityType>\n");
}

fn facets(property: &Property) -> String {
    match property.kind {
        Kind::Decimal => format!(r#" Precision="{}" Scale="{}""#, BEFORE_THE_POINT + property.scale, property.scale),
        Kind::Instant => format!(r#" Precision="{FRACTION}""#),
        _ => String::new(),
    }
}

fn described(xml: &mut String, indent: &str, told: &str) {
    let _ = writeln!(xml, r#"{indent}<Annotation Term="Core.Description" String="{}"/>"#, escaped(told));
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The service document: every set by its name. `root` is the address of the service.
pub fn service(root: &str) -> Value {
    let entries: Vec<Value> =
        sets().iter().map(|set| json!({"name": set.name, "kind": "EntitySet", "url": set.name})).collect();
    json!({"@odata.context": format!("{root}/$metadata"), "value": entries})
}
