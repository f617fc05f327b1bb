# Sourced by ./run and ./test: makes .venv and keeps it equal to a lock file. POSIX sh.
# shellcheck shell=sh

# say VIETNAMESE ENGLISH: one message on stderr in both languages.
say() { printf '%s\n%s\n' "$1" "$2" >&2; }

# Print the first Python that is new enough.
find_python() {
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return 0
        fi
    done
    say "Cần Python 3.11 trở lên. Trên Debian 12: apt-get install python3 python3-venv" \
        "Python 3.11 or later is needed. On Debian 12: apt-get install python3 python3-venv"
    return 1
}

# What an environment for this lock is known by: the lock's hash and the Python version.
environment_stamp() {
    echo "$(sha256sum <"$1" | cut -c1-16) $("$2" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
}

# prepare_environment LOCK STAMP: make .venv hold what LOCK pins; quick when it already does.
prepare_environment() {
    if [ -x .venv/bin/python ] && [ -f ".venv/$2" ] \
        && [ "$(cat ".venv/$2")" = "$(environment_stamp "$1" .venv/bin/python 2>/dev/null)" ]; then
        return 0
    fi
    if command -v flock >/dev/null 2>&1; then
        # Two starts at once: the second waits, then finds the work done.
        (flock 9 && install_environment "$1" "$2") 9>.venv.lock
    else
        install_environment "$1" "$2"
    fi
}

install_environment() {
    python=$(find_python) || return 1
    wanted=$(environment_stamp "$1" "$python")
    [ -f ".venv/$2" ] && [ "$(cat ".venv/$2")" = "$wanted" ] && .venv/bin/python -c '' 2>/dev/null && return 0
    version=${wanted#* }
    # No stamp at all means that an installation was cut short, and another Python version means that its
    # packages are out of reach: nothing of such an environment can be trusted, so it starts over.
    if ! cat .venv/.stamp* 2>/dev/null | grep -q " $version\$" || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        rm -rf .venv
        say "Đang tạo môi trường Python trong .venv (chỉ lần đầu)…" \
            "Making the Python environment in .venv (first time only)…"
        if ! "$python" -m venv .venv >&2; then
            rm -rf .venv
            say "Không tạo được môi trường. Trên Debian: apt-get install python3-venv" \
                "The environment could not be made. On Debian: apt-get install python3-venv"
            return 1
        fi
    fi
    say "Đang cài các thư viện theo $1 (khoảng nửa phút)…" \
        "Installing the libraries pinned in $1 (about half a minute)…"
    rm -f .venv/.stamp .venv/.stamp-dev
    source_options=
    [ -d wheels ] && source_options="--no-index --find-links wheels"
    # The lock is complete, so nothing beyond it is looked up (--no-deps), and only what it names can enter.
    # shellcheck disable=SC2086
    if ! .venv/bin/python -m pip install --disable-pip-version-check --quiet --no-deps --require-hashes \
        --only-binary :all: $source_options -r "$1" >&2; then
        say "Cài đặt không thành công. Kiểm tra mạng rồi chạy lại; máy không có Internet: xem thư mục wheels trong docs/dependencies.md" \
            "The installation failed. Check the network and start again; without Internet see the folder wheels in docs/dependencies.md"
        return 1
    fi
    # The developers' lock holds the runtime lock whole, so it satisfies both.
    [ "$2" = .stamp ] || environment_stamp requirements.txt "$python" >.venv/.stamp
    echo "$wanted" >".venv/$2.part" && mv ".venv/$2.part" ".venv/$2"
}
