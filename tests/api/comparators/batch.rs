//! Many measures and periods are read by two statements, and each gets its own.

use diesel_async::{AsyncConnection, AsyncPgConnection};
use performance_framework::reports::comparators::store::{Asked, load};

use super::app;
use crate::support::sql::runtime;

#[test]
fn every_measure_and_period_gets_its_own_comparators() {
    let app = app();
    app.measure("M-2").set("frequency", "annual").create();
    for (measure, period, value) in [("M-1", "2023-24", 1), ("M-1", "2024-25", 2), ("M-2", "2024-25", 3)] {
        app.benchmark(measure, "NATION", period, value).create();
        app.benchmark(measure, "A-1", period, value * 10).create();
    }
    let asked = [("M-2", "2024-25"), ("M-1", "2024-25"), ("M-1", "2019-20"), ("M-1", "2023-24")];
    let asked: Asked = asked.iter().map(|(measure, period)| ((*measure).to_owned(), period.parse().unwrap())).collect();
    let url = app.database_url();
    let loaded = runtime().block_on(async {
        let connection = AsyncPgConnection::establish(&url).await.unwrap();
        load(&connection, &asked).await.unwrap()
    });
    let shown: Vec<String> = loaded
        .iter()
        .map(|found| {
            let comparators = found.comparators.iter().map(|comparator| {
                let value = comparator.benchmark.value.map_or_else(|| "-".to_owned(), |value| value.to_string());
                format!("{} {value} of {}", comparator.code, comparator.members.len())
            });
            let areas = found.areas.iter().filter(|area| area.code == "A-1").map(|area| format!("A-1 {}", area.value));
            comparators.chain(areas).collect::<Vec<_>>().join(", ")
        })
        .collect();
    let wanted = [
        "NATION 3 of 0, G - of 3, A-1 30",
        "NATION 2 of 0, G - of 3, A-1 20",
        "G - of 0",
        "NATION 1 of 0, G - of 3, A-1 10",
    ];
    assert_eq!(shown, wanted);
    let nothing = Asked::default();
    let loaded = runtime().block_on(async {
        let connection = AsyncPgConnection::establish(&url).await.unwrap();
        load(&connection, &nothing).await.unwrap()
    });
    assert!(loaded.is_empty());
}
