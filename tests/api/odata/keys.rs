//! One entity by its key.

use super::{council, entities, get};

#[test]
fn an_entity_has_an_address_by_its_key() {
    let app = council();
    let key = "Observations(measure='M-1',quarter='2024-25-Q2',dimension='total',category='total')";
    let row = get(&app, key).must_be(200).json();
    assert_eq!((&row["value"].to_string(), row["rag"].as_str()), (&"48.0".to_owned(), Some("red")));
    assert!(row["@odata.context"].as_str().unwrap().ends_with("$metadata#Observations/$entity"), "{row}");
    for same in [
        "Observations(category='total',dimension='total',quarter='2024-25-Q2',measure='M-1')",
        "Observations(measure=%27M-1%27,quarter=%272024-25-Q2%27,%20dimension='total',category='total')",
        "Observations%28measure='M-1',quarter='2024-25-Q2',dimension='total',category='total'%29",
    ] {
        assert_eq!(get(&app, same).must_be(200).json(), row, "{same}");
    }
    assert_eq!(get(&app, "Measures('M-2')").must_be(200).json()["measure_title"], "O'Brien & <sons>");
    assert_eq!(get(&app, "Measures(measure='M-2')?$select=unit").must_be(200).json()["unit"], "count");
    get(&app, "Measures('M-9')").problem(404, "not_found");
    get(&app, "Periods('1999-00-Q1')").problem(404, "not_found");
}

#[test]
fn every_entity_is_found_at_the_address_that_it_tells() {
    let app = council();
    let full = "$format=application/json;odata.metadata=full";
    for set in ["Observations", "Frameworks", "Outcomes", "Measures"] {
        for row in entities(&app, &format!("{set}?{full}")) {
            let mut found = app.reader().follow(row["@odata.id"].as_str().unwrap()).call().must_be(200).json();
            let mut row = row;
            let own =
                |row: &mut serde_json::Value| row.as_object_mut().unwrap().retain(|name, _| !name.contains("odata"));
            own(&mut found);
            own(&mut row);
            assert_eq!(found, row);
        }
    }
}

#[test]
fn what_is_no_key_is_refused_with_what_one_is() {
    let app = council();
    for key in ["M-1", "'M-1", "measure=M-1", "title='M-1'", "'M-1','M-2'", "measure='M-1',measure='M-1'", "%00"] {
        get(&app, &format!("Measures({key})")).must_be(400);
    }
    get(&app, "Measures(5)").problem(400, "invalid_parameter").says("one is `(measure='…')`");
    get(&app, "Observations('M-1')")
        .problem(400, "invalid_parameter")
        .says("(measure='…',quarter='…',dimension='…',category='…')");
}
