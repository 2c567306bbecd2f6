#!/bin/sh
# environment.sh VENV LOCK: make VENV hold exactly what the hash-locked LOCK says.
#
# Does nothing when it already does: a copy of the lock last installed lies in VENV.
# PYTHON in the environment names the interpreter; else the first that is 3.11 or newer.
set -eu
venv=$1
lock=$2

refuse() {
    echo "$1" >&2
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:-python3 python3.11 python3.12 python3.13}; do
        if is_new_enough "$candidate"; then
            found=$candidate
            "$candidate" -c 'import ensurepip, venv' 2>/dev/null && return
        fi
    done
    [ -z "${found:-}" ] || refuse "Expected Python's venv module, but $found lacks it. On Debian: apt install python3-venv"
    refuse "Expected Python 3.11 or newer as ${PYTHON:-python3}, but it is not there. Set PYTHON to its path."
}

if ! is_new_enough "$venv/bin/python"; then
    find_python
    echo "dingbian: making $venv with $found (once)"
    rm -rf "$venv"
    "$found" -m venv "$venv"
fi
if ! cmp -s "$lock" "$venv/$lock"; then
    echo "dingbian: installing $(grep -c '==' "$lock") packages of $lock (once, a minute or so)"
    "$venv/bin/python" -m pip install --disable-pip-version-check --require-hashes \
        --no-deps --only-binary :all: -r "$lock" ||
        refuse "Expected the packages of $lock to install, but pip failed: see above."
    cp "$lock" "$venv/$lock"
fi
