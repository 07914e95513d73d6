//! Gives the shared library its SONAME: the number is that of the ABI, so that a program linked
//! against one is never started with another.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    if target == "linux" {
        println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,libwuzhang.so.1");
    }
}
