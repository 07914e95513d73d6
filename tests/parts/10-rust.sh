# The library, the command and their documentation.
# shellcheck disable=SC2086 # several words
part "build" one cargo build $everything --all-targets
# The C library and the module for the browser are built by their own parts, as they are handed out.
part "build for release" one cargo build --release -p wuzhang-cli -p xtask --locked
part "clippy" one cargo clippy --workspace --lib --bins --locked -- -D warnings
part "tests" cargo_counts cargo test $everything --lib --bins --tests --no-fail-fast
part "documentation examples" cargo_counts cargo test $everything --doc
# The vectors once more through the command: same lines in, same bytes out.
part "vectors by the command" sums target/release/xtask vectors --through target/release/wuzhang
# Each field of the policy changed in turn: a vector has to notice.
part "fields of the policy" sums target/release/xtask fields
