//! Every shared vector, through the library: the author's expectations, and the very bytes.

use std::path::Path;
use xtask::vectors::{run, Options};

#[test]
fn every_vector_holds_and_together_they_touch_every_rule_and_code() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors");
    let report = run(&Options { dir, coverage: true, ..Options::default() }).unwrap();
    assert!(report.failed == 0, "{}", report.text);
    assert!(report.passed >= 200, "only {} vectors ran", report.passed);
}
