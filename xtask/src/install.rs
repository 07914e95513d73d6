//! Installs the C library as `make install` would: library, headers, pkg-config and CMake package.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The number in the SONAME: that of the ABI.
const ABI: &str = "1";

const TEMPLATES: [(&str, &str); 3] = [
    ("wuzhang.pc", "lib/pkgconfig"),
    ("wuzhang-config.cmake", "lib/cmake/wuzhang"),
    ("wuzhang-config-version.cmake", "lib/cmake/wuzhang"),
];

/// Builds the library for release and installs it under a prefix; `DESTDIR` is put before the
/// prefix, as packagers expect. Answers the files written, relative to the prefix.
///
/// # Errors
/// When the build fails or a file cannot be written.
pub fn install(prefix: &Path) -> Result<Vec<String>, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let prefix = std::path::absolute(prefix).map_err(|error| error.to_string())?;
    let place = match std::env::var_os("DESTDIR") {
        Some(dest) => PathBuf::from(dest).join(prefix.strip_prefix("/").unwrap_or(&prefix)),
        None => prefix.clone(),
    };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--release", "--locked", "-p", "wuzhang-ffi"])
        .current_dir(&root)
        .status()
        .map_err(|error| format!("cargo: {error}"))?;
    if !built.success() {
        return Err("the library could not be built".to_owned());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from).join("release");
    let version = env!("CARGO_PKG_VERSION");
    let mut written = Vec::new();
    let mut put = |from: &Path, to: &str| -> Result<(), String> {
        let to_path = place.join(to);
        make_dir(&to_path)?;
        // A library that a program has open is replaced, not written into.
        let _ = fs::remove_file(&to_path);
        fs::copy(from, &to_path).map_err(|error| format!("{}: {error}", from.display()))?;
        written.push(to.to_owned());
        Ok(())
    };
    put(&root.join("ffi/include/wuzhang.h"), "include/wuzhang.h")?;
    put(&root.join("bindings/cpp/wuzhang.hpp"), "include/wuzhang.hpp")?;
    put(&target.join("libwuzhang.a"), "lib/libwuzhang.a")?;
    let full = format!("libwuzhang.so.{version}");
    put(&target.join("libwuzhang.so"), &format!("lib/{full}"))?;
    for name in [format!("libwuzhang.so.{ABI}"), "libwuzhang.so".to_owned()] {
        let link = place.join("lib").join(&name);
        let _ = fs::remove_file(&link);
        symlink(&full, &link)?;
        written.push(format!("lib/{name}"));
    }
    for (name, dir) in TEMPLATES {
        let text = fs::read_to_string(root.join("bindings/c/templates").join(name)).map_err(|error| format!("{name}: {error}"))?;
        let text = text
            .replace("@PREFIX@", &prefix.display().to_string())
            .replace("@VERSION@", version)
            .replace("@ABI@", ABI);
        let to = place.join(dir).join(name);
        make_dir(&to)?;
        fs::write(&to, text).map_err(|error| format!("{}: {error}", to.display()))?;
        written.push(format!("{dir}/{name}"));
    }
    Ok(written)
}

fn make_dir(file: &Path) -> Result<(), String> {
    match file.parent() {
        Some(dir) => fs::create_dir_all(dir).map_err(|error| format!("{}: {error}", dir.display())),
        None => Ok(()),
    }
}

#[cfg(unix)]
fn symlink(to: &str, link: &Path) -> Result<(), String> {
    std::os::unix::fs::symlink(to, link).map_err(|error| format!("{}: {error}", link.display()))
}

#[cfg(not(unix))]
fn symlink(_to: &str, _link: &Path) -> Result<(), String> {
    Err("installing is for systems with symbolic links".to_owned())
}
