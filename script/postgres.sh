# shellcheck shell=bash
# A private PostgreSQL server: where it lives, how it is made, started and stopped. Sourced by script/base and script/test.
#
# Nothing listens on the network. The server runs as the caller, or as « postgres » when the caller is root (PostgreSQL
# refuses root). Identity comes from the kernel (peer): no password to keep, nobody else gets in. See docs/adr/0003.

SOCKET_MAX=107   # bytes, sun_path on Linux
ROLE=esms

echec() { printf '%s\n' "$*" >&2; exit 1; }

compte_serveur() { if [ "$(id -u)" = 0 ]; then echo postgres; else id -un; fi; }

# Run a command as the account of the server, from a directory that account can always enter.
comme_serveur() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && exec runuser -u postgres -- "$@")
    else
        (cd / && exec "$@")
    fi
}

# Directory of the PostgreSQL binaries: the version that made the cluster in $1, else the newest.
binaires() {
    local version
    if version=$(cat "$1/donnees/PG_VERSION" 2>/dev/null); then
        [ -x "/usr/lib/postgresql/$version/bin/postgres" ] ||
            echec "La base de $1 demande PostgreSQL $version, qui n’est pas installé."
        echo "/usr/lib/postgresql/$version/bin"
        return
    fi
    local choix
    choix=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
    [ -x "$choix" ] || echec "PostgreSQL n’est pas installé : lancez script/installer."
    dirname "$choix"
}

# True when the account of the server can live in $1 and the path of its socket is short enough.
lieu_convient() {
    local LC_ALL=C chemin="$1/socket/.s.PGSQL.5432"
    [ "${#chemin}" -lt "$SOCKET_MAX" ] && comme_serveur test -w "$1"
}

# Make directory $1, closed to everyone but the account of the server; refuse one that somebody else laid there.
reserver() {
    mkdir -m 700 "$1" 2>/dev/null || true
    if [ ! -d "$1" ] || [ -L "$1" ]; then echec "$1 existe déjà et n’est pas un dossier."; fi
    if [ "$(id -u)" = 0 ]; then chown postgres: "$1"; fi
    [ "$(stat -c %U "$1")" = "$(compte_serveur)" ] || echec "$1 appartient à un autre compte."
    chmod 700 "$1"
}

# Print the directory of the private server of checkout $1: var/pg, or /var/tmp when the account of the server cannot
# reach var/pg (a checkout under /root) or its path is too long for a socket. var/pg then points there.
lieu_prive() {
    local voulu="$1/var/pg" repli
    if [ ! -L "$voulu" ]; then
        reserver "$voulu"
        if lieu_convient "$voulu"; then echo "$voulu"; return; fi
        rmdir "$voulu" || echec "$voulu n’est plus accessible au compte $(compte_serveur)."
        repli=$(mktemp -d /var/tmp/esms-XXXXXXXX)
        reserver "$repli"
        ln -s "$repli" "$voulu"
    fi
    repli=$(readlink "$voulu")
    reserver "$repli"
    echo "$repli"
}

# Create the cluster in $1; « essais » as $2 trades durability for speed.
creer_serveur() {
    local lieu=$1 usage=${2:-} compte bin
    [ ! -f "$lieu/donnees/PG_VERSION" ] || return 0
    bin=$(binaires "$lieu")
    compte=$(compte_serveur)
    # Made aside and renamed when complete, so that an interrupted run leaves no half-configured cluster.
    local neuf=$lieu/donnees.neuf
    comme_serveur rm -rf "$neuf"
    comme_serveur mkdir -p -m 700 "$lieu/socket"
    comme_serveur "$bin/initdb" --pgdata="$neuf" --username=postgres --auth=peer --encoding=UTF8 \
        --locale=C.UTF-8 >/dev/null
    comme_serveur tee -a "$neuf/postgresql.conf" >/dev/null <<FIN
listen_addresses = ''
unix_socket_directories = '$lieu/socket'
unix_socket_permissions = 0700
timezone = 'UTC'
log_min_messages = error
FIN
    if [ "$usage" = essais ]; then
        printf '%s\n' 'fsync = off' 'synchronous_commit = off' 'full_page_writes = off' |
            comme_serveur tee -a "$neuf/postgresql.conf" >/dev/null
    fi
    echo 'local all all peer map=maison' | comme_serveur tee "$neuf/pg_hba.conf" >/dev/null
    printf 'maison "%s" %s\n' "$compte" postgres "$compte" $ROLE "$(id -un)" postgres "$(id -un)" $ROLE | sort -u |
        comme_serveur tee "$neuf/pg_ident.conf" >/dev/null
    comme_serveur mv "$neuf" "$lieu/donnees"
}

serveur_en_marche() {
    [ -f "$1/donnees/PG_VERSION" ] && comme_serveur "$(binaires "$1")/pg_ctl" status -D "$1/donnees" >/dev/null
}

demarrer_serveur() {
    serveur_en_marche "$1" && return
    # 9 is the lock of script/base: the server must not keep it.
    comme_serveur "$(binaires "$1")/pg_ctl" start --wait --silent -D "$1/donnees" -l "$1/journal" >/dev/null 2>&1 9>&- ||
        echec "PostgreSQL n’a pas démarré : voir $1/journal."
}

arreter_serveur() {
    ! serveur_en_marche "$1" || comme_serveur "$(binaires "$1")/pg_ctl" stop --mode=fast --silent -D "$1/donnees" 9>&-
}

# Role and database of the portal, made once; prints what identifies that database among all those ever made.
# The role owns its databases and may create some (tests, mesurer); nothing more.
creer_base() {
    local psql
    psql=("$(binaires "$1")/psql" -h "$1/socket" -U postgres -d postgres -qAtX -v ON_ERROR_STOP=1)
    local identite="SELECT system_identifier || '-' || oid FROM pg_control_system(), pg_database WHERE datname = '$ROLE'"
    if [ -z "$("${psql[@]}" -c "$identite")" ]; then
        "${psql[@]}" -c "DO \$\$ BEGIN IF to_regrole('$ROLE') IS NULL THEN CREATE ROLE $ROLE LOGIN CREATEDB; END IF; END \$\$"
        "${psql[@]}" -c "CREATE DATABASE $ROLE OWNER $ROLE"
    fi
    "${psql[@]}" -c "$identite"
}

# Between two tests, append-only tables are emptied past their triggers: a right that only a throw-away server gives.
permettre_de_vider() {
    "$(binaires "$1")/psql" -h "$1/socket" -U postgres -d postgres -qX -v ON_ERROR_STOP=1 \
        -c "GRANT SET ON PARAMETER session_replication_role TO $ROLE"
}

url_serveur() {
    printf 'postgresql://%s@%s/%s\n' $ROLE \
        "$(python3.11 -c 'import sys, urllib.parse as u; print(u.quote(sys.argv[1], safe=""))' "$1/socket")" $ROLE
}
