//! The WebAssembly module and its JavaScript glue, from `wasm/` to `bindings/js/glue/`: compiled for
//! size, bound by the library that belongs to the very version of `wasm-bindgen`, made smaller by
//! `wasm-opt`, and held against the budget that is committed beside the crate.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

/// What the module may weigh.
const BUDGET: &str = "wasm/budget.json";
const TARGET: &str = "wasm32-unknown-unknown";
/// The features of WebAssembly that every browser of the last years has, and rustc makes use of.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Builds the module and its glue, and answers what it weighs as lines to print.
///
/// # Errors
/// When a step fails, or the module is heavier than its budget.
pub fn build(root: &Path) -> Result<String, String> {
    let out = root.join("bindings/js/glue");
    let compiled = compile(root)?;
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&compiled).out_name("wuzhang").typescript(true).omit_default_module_path(true);
    bindgen.remove_name_section(true).remove_producers_section(true);
    // After a trap the wrapper goes on with a new instance of the same module.
    bindgen.reset_state_function(true);
    let bound = bindgen.web(true).and_then(|bindgen| bindgen.generate(&out));
    bound.map_err(|error| format!("glue: {error:#}"))?;
    let (bound, small) = (out.join("wuzhang_bg.wasm"), out.join("wuzhang.wasm"));
    optimise(root, &bound, &small)?;
    fs::remove_file(&bound).map_err(|error| format!("{}: {error}", bound.display()))?;
    weigh(root, &small)
}

/// Compiles the crate, and the standard library with it: the one that comes with the toolchain sorts
/// by code that is quick and large, a copy for each type, and carries words for every panic, which
/// nobody could read behind a trap. The sources are rustup's or, where it has none, Debian's.
fn compile(root: &Path) -> Result<PathBuf, String> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let mut command = match Command::new("rustup").args(["component", "add", "rust-src"]).current_dir(root).output() {
        Ok(added) if added.status.success() => Command::new("cargo"),
        _ => {
            let mut command = Command::new("/usr/bin/cargo");
            command.env("RUSTC", "/usr/bin/rustc").env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker(root)?);
            command
        }
    };
    command.current_dir(root).args(["build", "--locked", "-p", "wuzhang-wasm", "--profile", "wasm", "--target", TARGET]);
    command.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
    // A stable compiler takes these only so; they change no meaning.
    command.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", "-Zunstable-options -Cpanic=immediate-abort");
    run(&mut command)?;
    Ok(target.join(TARGET).join("wasm/wuzhang_wasm.wasm"))
}

/// The linker for WebAssembly that comes with every toolchain of rustup.
fn linker(root: &Path) -> Result<PathBuf, String> {
    let said = Command::new("rustc").args(["--print", "target-libdir"]).current_dir(root).output();
    let said = said.map_err(|error| format!("rustc: {error}"))?;
    let folder = PathBuf::from(String::from_utf8_lossy(&said.stdout).trim().to_owned());
    let found = folder.parent().map(|folder| folder.join("bin/rust-lld")).filter(|found| found.exists());
    found.ok_or_else(|| "no linker for WebAssembly".to_owned())
}

fn optimise(root: &Path, from: &Path, to: &Path) -> Result<(), String> {
    let tool = root.join("bindings/js/node_modules/.bin/wasm-opt");
    if !tool.exists() {
        return Err("wasm-opt is not there: npm ci in bindings/js".to_owned());
    }
    let mut command = Command::new(tool);
    command.args(FEATURES).args(["-Oz", "--strip-debug", "--strip-producers"]);
    run(command.arg(from).arg("-o").arg(to))
}

fn run(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{program}: {status}")),
        Err(error) => Err(format!("{program}: {error}")),
    }
}

/// Holds the module against its budget: over the limit is a failure; the aim is what it is to come down
/// to, and how far that is is said each time. `gzip` says what a server sends.
fn weigh(root: &Path, module: &Path) -> Result<String, String> {
    let text = fs::read_to_string(root.join(BUDGET)).map_err(|error| format!("{BUDGET}: {error}"))?;
    let budget: serde_json::Value = serde_json::from_str(&text).map_err(|error| format!("{BUDGET}: {error}"))?;
    let raw = fs::metadata(module).map_err(|error| format!("{}: {error}", module.display()))?.len();
    let packed = Command::new("gzip").args(["-9", "-c"]).arg(module).output().map_err(|error| format!("gzip: {error}"))?;
    let mut said = String::new();
    let mut over = Vec::new();
    for (name, is) in [("raw", raw), ("gzip", packed.stdout.len() as u64)] {
        let bytes = |which: &str| {
            let found = budget.pointer(&format!("/{name}/{which}")).and_then(serde_json::Value::as_u64);
            found.ok_or_else(|| format!("{BUDGET}: no {which} for {name}"))
        };
        let (limit, aim) = (bytes("limit")?, bytes("aim")?);
        let met = if is > aim { "NOT met" } else { "met" };
        said.push_str(&format!("{name:>5} {is:>9} bytes; limit {limit}; aim {aim}: {met}\n"));
        if is > limit {
            over.push(format!("{name}: {is} bytes, {limit} allowed"));
        }
    }
    if over.is_empty() {
        Ok(said)
    } else {
        Err(format!("{said}the module is over its limit ({BUDGET}): {}", over.join("; ")))
    }
}
