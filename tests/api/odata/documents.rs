//! The service document and `$metadata`, and the version that every answer tells.

use performance_framework::odata::model::sets;

use super::{council, entities, get};
use crate::demonstration::demonstration;
use crate::support::App;

#[test]
fn the_service_document_names_every_set() {
    let app = App::start();
    for address in ["", "?$format=json", "?%24format=json"] {
        let told = get(&app, address).must_be(200).json();
        assert!(told["@odata.context"].as_str().unwrap().ends_with("/odata/v1/$metadata"), "{told}");
        let names: Vec<&str> =
            told["value"].as_array().unwrap().iter().map(|set| set["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Observations", "Frameworks", "Outcomes", "Measures", "Periods", "Comparators"]);
    }
    let bare = app.reader().get("/odata/v1").call().must_be(200);
    assert_eq!(bare.json(), get(&app, "").json());
}

#[test]
fn every_answer_tells_one_version_whatever_is_announced() {
    let app = council();
    for (address, status) in [
        ("/odata/v1/", 200),
        ("/odata/v1/$metadata", 200),
        ("/odata/v1/Observations", 200),
        ("/odata/v1/Observations/$count", 200),
        ("/odata/v1/Measures('M-1')", 200),
        ("/odata/v1/Measures('M-9')", 404),
        ("/odata/v1/Observations?$filter=", 200),
        ("/odata/v1/Observations?$filter=nonsense", 400),
        ("/odata/v1/Observations?$expand=x", 501),
        ("/odata/v1/Nowhere", 404),
    ] {
        for announced in ["4.0", "4.01"] {
            let request = app.reader().get(address).header("OData-Version", announced);
            let answer = request.header("OData-MaxVersion", announced).call().must_be(status);
            let told: Vec<_> = answer.headers.get_all("odata-version").iter().collect();
            assert_eq!(told, ["4.0"], "{answer}");
        }
    }
    let stranger = app.anonymous().get("/odata/v1/Observations").call().must_be(401);
    assert_eq!(stranger.header("odata-version"), "4.0");
    let written = app.reader().post("/odata/v1/Observations").call().must_be(405);
    assert_eq!((written.header("allow"), written.header("odata-version")), ("GET, HEAD", "4.0"));
}

#[test]
fn the_metadata_are_always_xml() {
    let app = App::start();
    let xml = get(&app, "$metadata").must_be(200).text();
    for accept in ["application/json", "application/xml", "application/json;odata.metadata=minimal", "*/*", "text/html"]
    {
        for address in [
            "$metadata",
            "%24metadata",
            "$metadata?$format=json",
            "$metadata?$format=xml",
            "$metadata?$format=application/json;odata.metadata=full",
        ] {
            let answer = app.reader().get(&format!("/odata/v1/{address}")).header("Accept", accept).call().must_be(200);
            assert_eq!(answer.header("content-type"), "application/xml", "{accept}");
            assert_eq!(answer.text(), xml);
        }
    }
}

#[test]
fn the_metadata_describe_every_property() {
    let app = App::start();
    let xml = get(&app, "$metadata").must_be(200).text();
    for line in [
        "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\">",
        "<Schema Namespace=\"PerformanceFramework\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">",
        "<PropertyRef Name=\"measure\"/>",
        "<Property Name=\"measure\" Type=\"Edm.String\" Nullable=\"false\">",
        "<Property Name=\"value\" Type=\"Edm.Decimal\" Precision=\"18\" Scale=\"4\">",
        "<Property Name=\"quarter_start\" Type=\"Edm.Date\" Nullable=\"false\">",
        "<Property Name=\"updated_at\" Type=\"Edm.DateTimeOffset\" Nullable=\"false\" Precision=\"6\">",
        "<EntitySet Name=\"Observations\" EntityType=\"PerformanceFramework.Observation\"/>",
    ] {
        assert!(xml.contains(line), "{line} is missing:\n{xml}");
    }
    for set in sets() {
        for property in &set.properties {
            let told = format!("<Property Name=\"{}\" Type=\"{}\"", property.name, property.type_name());
            assert!(xml.contains(&told), "{told}");
        }
    }
}

/// Digits of a decimal before and after its point.
fn digits(number: &str) -> (u32, u32) {
    let (whole, part) = number.trim_start_matches('-').split_once('.').unwrap_or((number, ""));
    (u32::try_from(whole.trim_start_matches(['-', '0']).len()).unwrap(), u32::try_from(part.len()).unwrap())
}

#[test]
fn every_number_fits_the_digits_that_the_metadata_promise() {
    let app = App::copy_of(demonstration());
    let xml = get(&app, "$metadata").must_be(200).text();
    let facet = |property: &str, name: &str| -> u32 {
        let line = xml.lines().find(|line| line.contains(&format!("<Property Name=\"{property}\" ")));
        line.unwrap().split(&format!(" {name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    let mut seen = 0;
    for set in sets() {
        let rows = entities(&app, set.name);
        for property in set.properties.iter().filter(|property| property.type_name() == "Edm.Decimal") {
            let (precision, scale) = (facet(property.name, "Precision"), facet(property.name, "Scale"));
            for row in rows.iter().filter(|row| !row[property.name].is_null()) {
                let (before, after) = digits(&row[property.name].to_string());
                assert!(after <= scale && before + scale <= precision, "{}: {}", property.name, row[property.name]);
                seen += 1;
            }
        }
    }
    assert!(seen > 300, "only {seen} numbers were there");
}

#[test]
fn an_answer_tells_as_much_of_its_types_as_is_asked() {
    let app = council();
    let page = |accept: &str| {
        let answer = app
            .reader()
            .get("/odata/v1/Observations?$top=1&$select=value,quarter_start")
            .header("Accept", accept)
            .call();
        (answer.header("content-type").to_owned(), answer.must_be(200).text())
    };
    let (kind, minimal) = page("application/json");
    assert_eq!(kind, "application/json;odata.metadata=minimal");
    assert!(minimal.contains("$metadata#Observations(quarter_start,value)\""), "{minimal}");
    let (kind, none) = page("application/json;odata.metadata=none");
    assert_eq!(
        (kind.as_str(), none.as_str()),
        ("application/json;odata.metadata=none", "{\"value\":[{\"quarter_start\":\"2024-01-01\",\"value\":53.1}]}")
    );
    let (kind, full) = page("application/json; odata.metadata=full; q=0.9, */*;q=0.1");
    assert_eq!(kind, "application/json;odata.metadata=full");
    for told in [
        "\"@odata.type\":\"#PerformanceFramework.Observation\"",
        "/odata/v1/Observations(measure='M-1',quarter='2023-24-Q4',dimension='total',category='total')\"",
        "\"quarter_start@odata.type\":\"#Date\"",
        "\"value@odata.type\":\"#Decimal\"",
    ] {
        assert!(full.contains(told), "{told}: {full}");
    }
    let (kind, texts) = page("application/json;odata.metadata=none;IEEE754Compatible=true");
    assert_eq!(kind, "application/json;odata.metadata=none;IEEE754Compatible=true");
    assert!(texts.contains("\"value\":\"53.1\""), "{texts}");
    let asked = get(&app, "Observations?$top=0&$format=application/json;odata.metadata=none").must_be(200);
    assert_eq!(asked.text(), "{\"value\":[]}");
}
