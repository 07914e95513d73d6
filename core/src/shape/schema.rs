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
/// A field of an object with its schema: name, whether required, description, schema.
pub type WrittenField = (&'static str, bool, &'static str, String);

impl Schemas {
    /// The schemas of a record's fields.
    pub fn fields(&mut self, fields: &'static [SchemaField]) -> Vec<WrittenField> {
        fields.iter().map(|(name, description, required, schema)| (*name, required(), *description, schema(self))).collect()
    }

    /// A reference to the schema of a record.
    pub fn record(&mut self, name: &'static str, fields: &'static [SchemaField]) -> String {
        self.named(name, &mut |schemas| Self::object("", &schemas.fields(fields)))
    }

    /// A reference to the schema of a vocabulary.
    pub fn words(&mut self, name: &'static str, words: &[&str]) -> String {
        self.named(name, &mut |_| format!("{{\"enum\":[\"{}\"]}}", words.join("\",\"")))
    }

    /// The schema of a choice between records, told apart by the word in `tag`, each with these
    /// further fields beside its own.
    pub fn variants(&mut self, tag: &'static str, variants: &[(&str, &'static [SchemaField])], others: &[WrittenField]) -> String {
        let mut written = Vec::new();
        for (word, own) in variants {
            let mut fields = vec![(tag, true, "", format!("{{\"const\":\"{word}\"}}"))];
            fields.extend(others.iter().cloned());
            fields.extend(self.fields(own));
            written.push(Self::object("", &fields));
        }
        format!("{{\"oneOf\":[{}]}}", written.join(","))
    }

    /// The schema of a list.
    pub fn list(items: &str) -> String {
        format!("{{\"items\":{items},\"type\":\"array\"}}")
    }

    /// The schema of a text of this form.
    pub fn pattern(pattern: &str) -> String {
        let mut out = String::from("{\"pattern\":");
        write_string(pattern, &mut out);
        out.push_str(",\"type\":\"string\"}");
        out
    }

    /// The schema of a whole number.
    pub fn whole(min: u64, max: u64) -> String {
        format!("{{\"maximum\":{max},\"minimum\":{min},\"type\":\"integer\"}}")
    }

    /// A reference to the schema called `name`, building it at its first use.
    pub fn named(&mut self, name: &'static str, build: &mut dyn FnMut(&mut Self) -> String) -> String {
        if !self.definitions.contains_key(name) {
            // Stands in while the schema is built, so that a type may contain itself.
            self.definitions.insert(name, String::new());
            let schema = build(self);
            self.definitions.insert(name, schema);
        }
        format!("{{\"$ref\":\"#/$defs/{name}\"}}")
    }

    /// The schema of an object from its fields: name, whether required, description, schema.
    pub fn object(description: &str, fields: &[WrittenField]) -> String {
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
