# Sourced by ./test: what it needs of the machine besides Python. bash.
# shellcheck shell=bash

POSTGRESQL_URL=
_postgresql_dir=

# As root on Debian, install what the full run needs and the machine lacks; elsewhere do nothing.
install_missing_parts() {
    local wanted=()
    find_chromium || wanted+=(chromium)
    postgresql_bin >/dev/null || wanted+=(postgresql)
    command -v soffice >/dev/null || wanted+=(libreoffice-writer-nogui libreoffice-calc-nogui)
    /usr/bin/python3 -c 'import uno' 2>/dev/null || wanted+=(python3-uno)
    opens_slides || wanted+=(libreoffice-impress-nogui)
    command -v pdftotext >/dev/null || wanted+=(poppler-utils)
    [ ${#wanted[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        printf 'Missing on this machine: apt-get install %s\n' "${wanted[*]}"
        return 0
    fi
    printf 'Installing %s …\n' "${wanted[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq </dev/null && apt-get install -y -qq --no-install-recommends "${wanted[@]}" </dev/null >/dev/null \
        || printf 'The installation failed; the stages that need it will say so.\n'
}

# Whether the LibreOffice here, if any, opens slides: that part of it is a package of its own.
opens_slides() {
    ls /usr/lib/libreoffice/share/registry/impress.xcd /etc/libreoffice/registry/impress.xcd >/dev/null 2>&1
}

# Export TONGKET_CHROMIUM, the browser that the tests drive.
find_chromium() {
    local candidate
    for candidate in "${TONGKET_CHROMIUM:-}" chromium chromium-browser google-chrome; do
        if [ -n "$candidate" ] && command -v "$candidate" >/dev/null; then
            TONGKET_CHROMIUM=$(command -v "$candidate")
            export TONGKET_CHROMIUM
            return 0
        fi
    done
    return 1
}

# Print the folder of the newest PostgreSQL server, 15 or later.
postgresql_bin() {
    local version
    for version in $(ls -1 /usr/lib/postgresql 2>/dev/null | sort -rn); do
        if [ "$version" -ge 15 ] && [ -x "/usr/lib/postgresql/$version/bin/initdb" ]; then
            echo "/usr/lib/postgresql/$version/bin"
            return 0
        fi
    done
    return 1
}

# PostgreSQL refuses to run as root: as root its commands run as the user that its package made.
_as_postgres() {
    if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# Start a server of this run's own, in a temporary folder and on a Unix socket only; set POSTGRESQL_URL.
start_postgresql() {
    local bin data
    bin=$(postgresql_bin) || return 1
    _postgresql_dir=$(mktemp -d "${TMPDIR:-/tmp}/tongket-postgresql.XXXXXX") || return 1
    trap stop_postgresql EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    [ "$(id -u)" != 0 ] || chown postgres: "$_postgresql_dir"
    data=$_postgresql_dir/data
    # No wait for the disk: this database lives for one run. C.UTF-8 sorts like SQLite.
    _as_postgres "$bin/initdb" -D "$data" -U tongket --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null \
        && _as_postgres "$bin/pg_ctl" -D "$data" -w -s -l "$_postgresql_dir/log" \
            -o "-c listen_addresses= -c unix_socket_directories=$_postgresql_dir -c fsync=off -c full_page_writes=off" \
            start \
        && _as_postgres "$bin/createdb" -h "$_postgresql_dir" -U tongket tongket \
        || { cat "$_postgresql_dir/log" 2>/dev/null; return 1; }
    POSTGRESQL_URL="postgres://tongket@/tongket?host=$_postgresql_dir"
}

stop_postgresql() {
    [ -n "$_postgresql_dir" ] || return 0
    [ ! -d "$_postgresql_dir/data" ] \
        || _as_postgres "$(postgresql_bin)/pg_ctl" -D "$_postgresql_dir/data" -s -m immediate stop
    rm -rf "$_postgresql_dir"
    _postgresql_dir=
}
