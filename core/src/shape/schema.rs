//! JSON Schemas (draft 2020-12), generated from the types that read the JSON.

use std::collections::BTreeMap;

use super::write_string;

/// The named schemas met so far.
#[derive(Debug, Default)]
pub struct Schemas {
    definitions: BTreeMap<&'static str, String>,
}

/// A field of a record as its schema is made of: name, description, whether it is required, schema.
pub type SchemaField = (&'static str, &'static str, fn() -> bool, fn(&mut Schemas) -> String);

impl Schemas {
    /// The schemas of a record's fields: name, whether required, description, schema.
    pub fn fields(&mut self, fields: &'static [SchemaField]) -> Vec<(&'static str, bool, &'static str, String)> {
        fields.iter().map(|(name, description, required, schema)| (*name, required(), *description, schema(self))).collect()
    }

    /// A reference to the schema called `name`, building it at its first use.
    pub fn named(&mut self, name: &'static str, build: impl FnOnce(&mut Self) -> String) -> String {
        if !self.definitions.contains_key(name) {
            // Stands in while the schema is built, so that a type may contain itself.
            self.definitions.insert(name, String::new());
            let schema = build(self);
            self.definitions.insert(name, schema);
        }
        format!("{{\"$ref\":\"#/$defs/{name}\"}}")
    }

    /// The schema of an object from its fields: name, whether required, description, schema.
    pub fn object(description: &str, fields: &[(&str, bool, &str, String)]) -> String {
        let mut out = String::from("{\"additionalProperties\":false");
        if !description.is_empty() {
            out.push_str(",\"description\":");
            write_string(description.trim(), &mut out);
        }
        out.push_str(",\"properties\":{");
        for (index, (name, _, description, schema)) in fields.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            write_string(name, &mut out);
            out.push(':');
            out.push_str(&described(schema, description));
        }
        out.push_str("},\"required\":[");
        let mut first = true;
        for (name, required, ..) in fields {
            if *required {
                if !first {
                    out.push(',');
                }
                first = false;
                write_string(name, &mut out);
            }
        }
        out.push_str("],\"type\":\"object\"}");
        out
    }

    /// The whole document for a root schema.
    pub fn document(self, title: &str, root: &str) -> String {
        let mut out = String::from("{\"$defs\":{");
        for (index, (name, schema)) in self.definitions.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            write_string(name, &mut out);
            out.push(':');
            out.push_str(schema);
        }
        out.push_str("},\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"allOf\":[");
        out.push_str(root);
        out.push_str("],\"title\":");
        write_string(title, &mut out);
        out.push('}');
        out
    }
}

/// A schema with a description added to it.
fn described(schema: &str, description: &str) -> String {
    let description = description.trim();
    if description.is_empty() {
        return schema.to_owned();
    }
    let mut out = String::from("{\"description\":");
    write_string(description, &mut out);
    out.push_str(if schema == "{}" { "}" } else { "," });
    if schema != "{}" {
        out.push_str(schema.strip_prefix('{').unwrap_or(schema));
    }
    out
}
