//! The day of a decision, as those who cite it are told.

use actix_web::rt::System;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use performance_framework::domain::day;
use performance_framework::resources::decisions::citing::decided_on;

use crate::support::App;

#[test]
fn is_that_of_its_meeting() {
    let app = App::with_meeting();
    app.decision("D-1").create();
    let days = System::new().block_on(async {
        let mut connection = AsyncPgConnection::establish(&app.database_url()).await.unwrap();
        let known = decided_on(&mut connection, &"D-1".parse().unwrap()).await.unwrap();
        (known, decided_on(&mut connection, &"D-2".parse().unwrap()).await.unwrap())
    });
    assert_eq!(days, (Some(day::read("2025-06-16").unwrap()), None));
}
