# The Rust toolchain and a linker: everything else stands on them.
if ! command -v cargo >/dev/null 2>&1; then
  [ -f "$HOME/.cargo/env" ] && . "$HOME/.cargo/env"
fi
if ! command -v cargo >/dev/null 2>&1; then
  install rustup rustup && rustup default stable >"$log/rustup" 2>&1
fi
command -v cargo >/dev/null 2>&1 || { say "no Rust toolchain, and none could be installed"; say "0 passed, 1 failed"; exit 1; }
install cc gcc libc6-dev || say "no C linker: the build will say so"
