//! The words for what the council is compared with.

use crate::domain::words::words;

words! {
    /// What sort of area it is.
    AreaKind {
        /// A council with children's services.
        LocalAuthority,
        /// A region of England.
        Region,
        /// A country.
        Country,
    }

    /// What brings the areas of a comparator group together.
    GroupKind {
        /// Most like the home area, by the Department for Education's model.
        StatisticalNeighbours,
        /// The large cities outside London.
        CoreCities,
        /// Anything else.
        Other,
    }

    /// How a benchmark's value came about.
    BenchmarkMethod {
        /// As a publisher gives it for the area or the group as a whole.
        Published,
        /// The mean of the members' values.
        Mean,
        /// The median of the members' values.
        Median,
    }

    /// Which figure of a comparator a target is relative to.
    ComparatorStatistic {
        /// What is published for it as a whole: the only one that an area has.
        Published,
        /// The mean of its members' values.
        Mean,
        /// The median of its members' values.
        Median,
    }
}
