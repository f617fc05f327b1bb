#!/bin/sh
# Makes .venv-arelle, the environment of Arelle, which judges our XBRL files in the tests; quick when it is there.
# Arelle is no part of the product and stays out of .venv. Sourced by ./test; may be run by itself: sh scripts/arelle.sh
# shellcheck shell=sh
[ -n "${ARELLE_LOCK:-}" ] || ARELLE_LOCK=requirements-arelle.txt
command -v find_python >/dev/null 2>&1 || . scripts/environment.sh

prepare_arelle() {
    if [ -x .venv-arelle/bin/arelleCmdLine ] && [ -f .venv-arelle/.stamp ] \
        && [ "$(cat .venv-arelle/.stamp)" = "$(environment_stamp "$ARELLE_LOCK" .venv-arelle/bin/python 2>/dev/null)" ]; then
        return 0
    fi
    python=$(find_python) || return 1
    say "Đang tạo môi trường của Arelle trong .venv-arelle (chỉ lần đầu)…" \
        "Making Arelle's environment in .venv-arelle (first time only)…"
    # Whatever is there was cut short or is of another lock: it starts over, and the stamp comes last.
    rm -rf .venv-arelle
    "$python" -m venv .venv-arelle >&2 \
        && .venv-arelle/bin/python -m pip install --disable-pip-version-check --quiet --no-deps --require-hashes \
            --only-binary :all: -r "$ARELLE_LOCK" >&2 \
        && environment_stamp "$ARELLE_LOCK" "$python" >.venv-arelle/.stamp
}

case "$0" in *arelle.sh) prepare_arelle ;; esac
