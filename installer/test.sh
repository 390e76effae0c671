#!/bin/sh
# Runs every check and test, after installing what they need.
#   sh installer/test.sh            all of it
#   sh installer/test.sh --bench    the budgets, measured on five years of data (takes long)
#   sh installer/test.sh --fresh    both commands in a bare Debian 12 (as root)
#   sh installer/test.sh -k words   further arguments go to pytest
set -eu
cd "$(dirname "$0")/.."
. installer/setup.sh

if [ "${1:-}" = --fresh ]; then shift; exec sh installer/fresh.sh "$@"; fi
system_packages "$RUN_NEEDS $TEST_NEEDS"
make_venv installer/requirements-dev.lock
PATH=$(pwd)/.venv/bin:$PATH
export PATH
if [ "${1:-}" = --bench ]; then shift; exec python -m tests.bench "$@"; fi

if [ $# = 0 ]; then
    say 'ruff';          ruff check . && ruff format --check --quiet .
    say 'mypy';          mypy
    say 'import-linter'; lint-imports
fi
say 'pytest'
exec pytest "$@"
