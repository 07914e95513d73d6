# The portal: its server on SQLite and on a real PostgreSQL, and whole stories in Chromium.

# Sums the lines that Node's test runner closes with.
portal_counts() { awk '/^# pass / { p += $3 } /^# fail / { f += $3 } END { print p + 0, f + 0 }' "$1"; }
portal_tests() { (cd bindings/js/portal && node --test --test-concurrency=1 --test-reporter=tap "$@"); }
portal_build() { (cd bindings/js/portal && npm run --silent build) && echo "1 passed, 0 failed"; }

# A cluster in a folder of its own, under Debian's user for it: the server refuses to run as root. It listens on a
# socket in that folder and on no port, so that it is in nobody's way.
portal_postgres() {
  command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || debian postgresql || return 1
  pg_bin=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -1)")
  [ -x "$pg_bin/initdb" ] || return 1
  pg_folder=$(mktemp -d) && chown postgres "$pg_folder" || return 1
  pg_stop() { su postgres -s /bin/sh -c "$pg_bin/pg_ctl -D $pg_folder/db -m immediate stop" >/dev/null 2>&1; rm -rf "$pg_folder"; }
  su postgres -s /bin/sh -c "$pg_bin/initdb -D $pg_folder/db -A trust && $pg_bin/pg_ctl -D $pg_folder/db -o \"-k $pg_folder -c listen_addresses=''\" -l $pg_folder/log -w start" >"$log/postgres" 2>&1 || { tail -5 "$log/postgres"; pg_stop; return 1; }
  export PORTAL_POSTGRES="postgres://postgres@localhost/postgres?host=$pg_folder"
}

if ! command -v node >/dev/null 2>&1 || [ ! -f bindings/js/dist/index.js ]; then
  skip "portal" "the npm package was not built"
elif ! { debian g++ make python3; node bindings/js/portal/install.mjs; } >"$log/npm" 2>&1; then
  tail -5 "$log/npm"
  skip "portal" "its dependencies cannot be installed"
elif part "portal: build, types" sums portal_build; then
  if portal_postgres; then
    part "portal: server, both databases" portal_counts portal_tests test/server.test.mjs test/storage.test.mjs
    pg_stop
    unset PORTAL_POSTGRES
  else
    skip "portal: PostgreSQL" "no server could be started"
    part "portal: server, SQLite" portal_counts portal_tests test/server.test.mjs test/storage.test.mjs
  fi
  if install chromium chromium; then
    part "portal: stories in Chromium" portal_counts portal_tests test/stories.test.mjs test/device.test.mjs
    part "portal: by keyboard, on paper, at 200 %" portal_counts portal_tests test/access.test.mjs
  else
    skip "portal: stories" "Chromium cannot be installed"
  fi
fi
