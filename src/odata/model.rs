//! The model: which entity sets there are, with which properties, each by the catalogue that its rows are made from.

use std::sync::LazyLock;

use crate::bi::catalogue::{COLUMNS, KEY, Kind, SCALE};
use crate::bi::dimensions::{COMPARATORS, Dimension, FRAMEWORKS, MEASURES, OUTCOMES, PERIODS};

/// A property of an entity.
#[derive(Clone, Debug)]
pub struct Property {
    /// Its name, the same in every form of the feed.
    pub name: &'static str,
    /// What sort of value it holds.
    pub kind: Kind,
    /// For a decimal, its places after the point.
    pub scale: u32,
    /// Whether it can be null.
    pub nullable: bool,
    /// What it means.
    pub about: &'static str,
}

/// Where the rows of a set come from.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// The feed.
    Feed,
    /// A table beside it.
    Dimension(&'static Dimension),
}

/// A set of entities.
#[derive(Debug)]
pub struct EntitySet {
    /// Its name in addresses.
    pub name: &'static str,
    /// Name of the type of one of them.
    pub entity: &'static str,
    /// What one of them is.
    pub about: &'static str,
    /// Its properties, each at the place of its value in a row.
    pub properties: Vec<Property>,
    /// Those that together name one entity: texts, all of them.
    pub key: Vec<&'static str>,
    /// Where its rows come from.
    pub source: Source,
}

/// Namespace of the types.
pub const NAMESPACE: &str = "PerformanceFramework";

/// The feed.
pub static OBSERVATIONS: LazyLock<EntitySet> = LazyLock::new(|| EntitySet {
    name: "Observations",
    entity: "Observation",
    about: "A measure's figure for a quarter, or a part of one, judged and compared.",
    properties: COLUMNS
        .iter()
        .map(|column| Property {
            name: column.name,
            kind: column.kind,
            scale: column.scale,
            nullable: column.nullable,
            about: column.about,
        })
        .collect(),
    key: KEY.to_vec(),
    source: Source::Feed,
});

/// Declares the set of each table beside the feed.
macro_rules! tables {
    ($($set:ident $name:literal $entity:literal;)+) => {
        /// The sets of the tables beside the feed.
        pub mod tables {
            use std::sync::LazyLock;
            $(
                #[doc = $name]
                pub static $set: LazyLock<super::EntitySet> =
                    LazyLock::new(|| super::EntitySet::of_table($name, $entity, &super::$set));
            )+
        }

        /// Every set, in the order of the documents.
        pub fn sets() -> Vec<&'static EntitySet> {
            vec![&*OBSERVATIONS, $(&*tables::$set),+]
        }
    };
}

tables! {
    FRAMEWORKS "Frameworks" "Framework";
    OUTCOMES "Outcomes" "Outcome";
    MEASURES "Measures" "Measure";
    PERIODS "Periods" "Period";
    COMPARATORS "Comparators" "Comparator";
}

impl EntitySet {
    fn of_table(name: &'static str, entity: &'static str, table: &'static Dimension) -> Self {
        let property = |column: &crate::bi::dimensions::DimensionColumn| Property {
            name: column.head.name,
            kind: column.head.kind,
            scale: SCALE,
            nullable: column.nullable,
            about: column.about,
        };
        Self {
            name,
            entity,
            about: table.about,
            properties: table.columns.iter().map(property).collect(),
            key: table.columns.iter().take(1).map(|column| column.head.name).collect(),
            source: Source::Dimension(table),
        }
    }

    /// The place of a property in a row.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.properties.iter().position(|property| property.name == name)
    }

    /// The places of the key's values in a row, in the order of the key.
    pub fn key_places(&self) -> impl Iterator<Item = usize> + '_ {
        self.key.iter().filter_map(|name| self.place(name))
    }
}

impl Property {
    /// The name of its type.
    pub const fn type_name(&self) -> &'static str {
        match self.kind {
            Kind::Code | Kind::Text => "Edm.String",
            Kind::Integer => "Edm.Int64",
            Kind::Decimal => "Edm.Decimal",
            Kind::Date => "Edm.Date",
            Kind::Instant => "Edm.DateTimeOffset",
            Kind::Boolean => "Edm.Boolean",
        }
    }
}
