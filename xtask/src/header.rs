//! The C header: the functions from the source of `ffi`, the numbers from the table of codes.

use std::path::Path;

use wuzhang::Code;

/// Where the header stands.
pub const FILE: &str = "ffi/include/wuzhang.h";
/// Where the names stand that leave the shared library.
pub const SYMBOLS: &str = "ffi/symbols.txt";

/// Writes the header.
///
/// # Errors
/// When the source cannot be read.
pub fn render() -> Result<String, String> {
    let ffi = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ffi");
    let config = cbindgen::Config::from_file(ffi.join("cbindgen.toml"))?;
    let bindings = cbindgen::Builder::new()
        .with_config(config)
        .with_crate(&ffi)
        .generate()
        .map_err(|error| error.to_string())?;
    let mut text = Vec::new();
    bindings.write(&mut text);
    let text = String::from_utf8(text).map_err(|error| error.to_string())?;
    within_the_guard(&plain(&text), &codes())
}

/// A trailer of cbindgen's stands behind the include guard, and a program that includes the header
/// twice would have the numbers twice.
fn within_the_guard(header: &str, codes: &str) -> Result<String, String> {
    let end = header.rfind("#endif").ok_or("the header has no include guard")?;
    let (inside, guard) = header.split_at(end);
    Ok(format!("{inside}{codes}\n{guard}"))
}

/// The names of the functions in a header, sorted, one a line.
pub fn symbols(header: &str) -> String {
    let mut names: Vec<&str> = header
        .lines()
        .filter(|line| !line.starts_with([' ', '*', '/', '#']))
        .filter_map(|line| line.split_once('(')?.0.rsplit([' ', '*']).next())
        .filter(|name| name.starts_with("wz_"))
        .collect();
    names.sort_unstable();
    names.dedup();
    names.iter().map(|name| format!("{name}\n")).collect()
}

/// Rust's headings for documentation and its links mean nothing to a reader of C.
fn plain(text: &str) -> String {
    text.replace(" * # Safety\n", " * Safety:\n").replace("[`WzStatus::Busy`]", "WZ_STATUS_BUSY")
}

fn codes() -> String {
    let mut numbered: Vec<(u32, &str)> = Code::ALL.iter().map(|code| (code.number(), code.word())).collect();
    numbered.sort_unstable();
    let mut text = String::from("/*\n * The numbers of the findings' codes. A number is never given to another code.\n */\nenum {\n");
    let last = numbered.len().saturating_sub(1);
    for (index, (number, word)) in numbered.iter().enumerate() {
        let name = word.replace(['.', '-'], "_").to_uppercase();
        let comma = if index == last { "" } else { "," };
        text.push_str(&format!("  /* {word} */\n  WZ_CODE_{name} = {number}{comma}\n"));
    }
    text.push_str("};\n");
    text
}
