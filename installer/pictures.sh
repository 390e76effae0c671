#!/bin/sh
# Renders the pictures of the README from demo data, always the same day: sh installer/pictures.sh
set -eu
cd "$(dirname "$0")/.."
. installer/setup.sh
system_packages "$RUN_NEEDS"
make_venv installer/requirements.lock

TZ=Europe/Berlin
now=2026-11-19T16:42:00+01:00
PRODUCTIFY_DATA_DIR=$(mktemp -d)
export TZ PRODUCTIFY_DATA_DIR
trap 'rm -rf "$PRODUCTIFY_DATA_DIR"' EXIT

.venv/bin/productify demo --days 40 --seed 8 --until $now
for theme in dark light; do
    for view in dashboard 'timeline --select 11:05' screenshots focus; do
        .venv/bin/productify picture $view --theme $theme --size 1440x900 --now $now \
            --out "resources/pictures/${view%% *}-$theme.png"
    done
done
