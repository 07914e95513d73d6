//! The JSON Schemas of the documents of analysis.

use crate::shape::{Schemas, Shape};

use super::coverage::Covered;
use super::difference::Difference;
use super::mutate::Survivors;
use super::report::Analysis;
use super::scenario::Scenario;
use super::walk::Walk;

type Make = fn(&mut Schemas) -> String;

/// The schemas by name. They stand apart from those of the façade, which answers the same whether
/// analysis was built in or not.
pub const SCHEMAS: &[(&str, Make)] = &[
    ("scenario", Scenario::schema),
    ("survivors", Survivors::schema),
    ("coverage", Covered::schema),
    ("analysis", Analysis::schema),
    ("difference", Difference::schema),
    ("walk", Walk::schema),
];

/// The JSON Schema of a document of analysis; `None` for another name.
///
/// ```
/// assert!(wuzhang::analyse::schema("scenario").unwrap().contains("refused_by"));
/// assert!(wuzhang::analyse::schema("policy").is_none());
/// ```
pub fn schema(name: &str) -> Option<String> {
    let (known, make) = SCHEMAS.iter().find(|(known, _)| *known == name)?;
    let mut schemas = Schemas::default();
    let root = make(&mut schemas);
    Some(schemas.document(known, &root))
}
