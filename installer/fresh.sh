#!/bin/sh
# Proves the two commands on a bare Debian 12: a debootstrap root with python3, python3-venv and git, and this
# checkout's committed state in it; first as root, then as an ordinary user who finds the libraries in place.
# Needs root and a Debian mirror; takes about ten minutes. Called by `sh installer/test.sh --fresh`.
set -eu
cd "$(dirname "$0")/.."
. installer/setup.sh
[ "$(id -u)" = 0 ] || fail 'A bare Debian root can only be made by root: sudo sh installer/test.sh --fresh'
system_packages 'bin:debootstrap|debootstrap'

root=$(mktemp -d)
chmod 755 "$root"
trap 'umount -l "$root/proc" "$root/dev" "$root" 2>/dev/null; rm -rf --one-file-system "$root"' EXIT INT TERM
# A root that is a mount of its own, as everywhere else: tests make mount namespaces in it.
mount --bind "$root" "$root" && mount --make-private "$root"
say "Making a bare Debian 12 in $root"
debootstrap --variant=minbase --include=python3,python3-venv,git,ca-certificates bookworm "$root" >"$root.log" 2>&1 || { tail "$root.log"; exit 1; }
mount -t proc proc "$root/proc" || say 'proc cannot be mounted here; going on without it'
mount --rbind /dev "$root/dev" || say '/dev cannot be bound here; going on without it'
# The machine's own way to its package sources, whatever it is.
for file in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/ssl/certs/ca-certificates.crt; do
    if [ -e "$file" ]; then cp "$file" "$root$file"; fi
done
if grep -q bookworm /etc/os-release && [ -e /etc/apt/sources.list.d/debian.sources ]; then
    rm -f "$root/etc/apt/sources.list"
    cp -r /etc/apt/sources.list.d /etc/apt/apt.conf.d "$root/etc/apt/"
fi
git clone --quiet . "$root/srv/productify"

inside() { # inside USER COMMAND
    chroot "$root" /usr/bin/env -i HOME="/home/$1" LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        setpriv --reuid "$1" --regid "$1" --init-groups sh -c "cd /srv/productify && $2"
}
mkdir -p "$root/home/root"
chroot "$root" useradd --create-home visitor

say 'run.sh as root'
inside root 'sh installer/run.sh --version && sh installer/run.sh doctor && sh installer/run.sh doctor'
say 'run.sh as an ordinary user, libraries in place'
chroot "$root" sh -c 'rm -rf /srv/productify/.venv && chown -R visitor: /srv/productify'
inside visitor 'sh installer/run.sh --version && sh installer/run.sh status --json'
say 'test.sh as root'
chroot "$root" chown -R root: /srv/productify
inside root "sh installer/test.sh ${*:-}"
say 'Fresh Debian 12: both commands work.'
