//! `docs/schemas/*.json`: the JSON Schemas that the library generates from the types that read the
//! JSON, laid out for reading.

use std::collections::BTreeMap;

use serde_json::Value;

/// Where the files stand.
pub const FOLDER: &str = "docs/schemas";

/// Every schema by its file's name.
///
/// # Errors
/// When the library gives no schema where it promises one.
pub fn render() -> Result<BTreeMap<String, String>, String> {
    let mut files = of_the_facade()?;
    for (name, _) in wuzhang::analyse::SCHEMAS {
        let schema: Value = wuzhang::analyse::schema(name)
            .and_then(|text| serde_json::from_str(&text).ok())
            .ok_or_else(|| format!("no schema {name}"))?;
        put(name, &schema, &mut files)?;
    }
    Ok(files)
}

/// The schemas that every face can be asked for; those of the analyses are Rust's and the command
/// line's alone.
///
/// # Errors
/// As [`render`].
pub fn of_the_facade() -> Result<BTreeMap<String, String>, String> {
    let names = ok(r#"{"op":"schemas"}"#)?;
    let mut files = BTreeMap::new();
    for name in names.as_array().into_iter().flatten().filter_map(Value::as_str) {
        let request = serde_json::json!({ "op": "schema", "name": name }).to_string();
        put(name, &ok(&request)?, &mut files)?;
    }
    Ok(files)
}

fn put(name: &str, schema: &Value, files: &mut BTreeMap<String, String>) -> Result<(), String> {
    let text = serde_json::to_string_pretty(schema).map_err(|error| error.to_string())?;
    files.insert(format!("{FOLDER}/{name}.json"), text + "\n");
    Ok(())
}

fn ok(request: &str) -> Result<Value, String> {
    let answer: Value = serde_json::from_str(&wuzhang::json::call(request)).map_err(|error| error.to_string())?;
    answer.get("ok").cloned().ok_or_else(|| answer.to_string())
}
