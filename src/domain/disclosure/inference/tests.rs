//! What can be concluded, and what cannot.

use super::*;

fn range(least: i64, most: Option<i64>) -> Range {
    Range { least: least.into(), most: most.map(Decimal::from) }
}

/// Numbers by place, those to be taken away with a minus before 1 more than their place: `-2` takes the second away.
fn sum((of, total): &(Vec<i64>, i64)) -> Sum {
    let of = of.iter().map(|place| (usize::try_from(place.abs() - 1).unwrap_or_default(), *place > 0)).collect();
    Sum { of, total: (*total).into() }
}

#[test]
fn sums_and_differences_leave_what_they_leave() {
    let (open, small, flow) = (range(1, None), range(1, Some(5)), range(0, None));
    for (what, ranges, sums, found) in [
        ("one is what is left", vec![open], vec![(vec![1], 3)], vec![0]),
        ("two share three", vec![open, open], vec![(vec![1, 2], 3)], vec![]),
        ("two who are two are one each", vec![open, open], vec![(vec![1, 2], 2)], vec![0, 1]),
        ("two small ones who are ten are five each", vec![small, small], vec![(vec![1, 2], 10)], vec![0, 1]),
        ("of one small and one open nothing follows", vec![small, open], vec![(vec![1, 2], 10)], vec![]),
        ("one stood still", vec![open, range(30, Some(30))], vec![(vec![1, 2], 53)], vec![0, 1]),
        ("one more in the next revision", vec![open; 3], vec![(vec![1, 2], 9), (vec![1, 2, 3], 13)], vec![2]),
        (
            "nobody came, so it is as before",
            vec![open, flow, flow],
            vec![(vec![1, -2], 20), (vec![2, 3], 0)],
            vec![0, 1, 2],
        ),
        ("one came, to one of the two", vec![open, flow, flow], vec![(vec![1, -2], 20), (vec![2, 3], 1)], vec![]),
        (
            "one came, and it was to the first",
            vec![range(21, None), flow, flow],
            vec![(vec![1, -2], 20), (vec![2, 3], 1)],
            vec![0, 1, 2],
        ),
    ] {
        let mut inference = Inference { ranges, sums: sums.iter().map(sum).collect() };
        inference.subtract_sums();
        assert_eq!(inference.found(), found, "{what}");
    }
}
