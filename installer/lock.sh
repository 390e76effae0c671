#!/bin/sh
# Renews the lock files from pyproject.toml: sh installer/lock.sh. Needs uv.
set -eu
cd "$(dirname "$0")/.."
lock() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header "$@"
}
lock --extra app --extra setup pyproject.toml --output-file installer/requirements.lock
lock --extra app --extra setup --extra server --extra ocr --extra dev pyproject.toml --output-file installer/requirements-dev.lock
