# Which operation a face lacks, read from the logs that the parts before this one left.
every_operation() { "$xtask" faces "$cases" --check; }
if ls "$cases"/*.log >/dev/null 2>&1; then
  part "every operation in every face" sums every_operation
else
  skip "every operation in every face" "no part of another language has run"
fi
