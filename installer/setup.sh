# Shared by run.sh and test.sh: finds a Python, the system's libraries and makes .venv from the lock file.
# Sourced from the project's root by a POSIX shell; says what it does, and nothing when there is nothing to do.

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# What must be there | the Debian or Ubuntu package that brings it. `lib:` is a shared library, `bin:` a program.
RUN_NEEDS='
lib:libEGL.so.1|libegl1
lib:libGL.so.1|libgl1
lib:libglib-2.0.so.0|libglib2.0-0
lib:libfontconfig.so.1|libfontconfig1
lib:libfreetype.so.6|libfreetype6
lib:libxkbcommon.so.0|libxkbcommon0
lib:libxkbcommon-x11.so.0|libxkbcommon-x11-0
lib:libdbus-1.so.3|libdbus-1-3
lib:libX11-xcb.so.1|libx11-xcb1
lib:libxcb.so.1|libxcb1
lib:libxcb-cursor.so.0|libxcb-cursor0
lib:libxcb-icccm.so.4|libxcb-icccm4
lib:libxcb-image.so.0|libxcb-image0
lib:libxcb-keysyms.so.1|libxcb-keysyms1
lib:libxcb-randr.so.0|libxcb-randr0
lib:libxcb-render-util.so.0|libxcb-render-util0
lib:libxcb-screensaver.so.0|libxcb-screensaver0
lib:libxcb-shape.so.0|libxcb-shape0
lib:libxcb-shm.so.0|libxcb-shm0
lib:libxcb-sync.so.1|libxcb-sync1
lib:libxcb-util.so.1|libxcb-util1
lib:libxcb-xfixes.so.0|libxcb-xfixes0
lib:libxcb-xkb.so.1|libxcb-xkb1
'
VIRTUAL_NEEDS='
bin:Xvfb|xvfb
bin:openbox|openbox
bin:xdpyinfo|x11-utils
'
TEST_NEEDS="$VIRTUAL_NEEDS
bin:git|git
bin:xdotool|xdotool
bin:wmctrl|wmctrl
bin:node|nodejs
bin:xterm|xterm
bin:mousepad|mousepad
bin:firefox-esr|firefox-esr
bin:chromium|chromium
bin:sway|sway
bin:Xwayland|xwayland
bin:foot|foot
bin:wtype|wtype
bin:gnome-shell|gnome-shell
bin:wine|wine
bin:gsettings|libglib2.0-bin
bin:setpriv|util-linux
bin:tint2|tint2
bin:xfce4-panel|xfce4-panel
bin:waybar|waybar
bin:dunst|dunst
bin:grim|grim
bin:tesseract|tesseract-ocr
bin:gnome-keyring-daemon|gnome-keyring
bin:notify-send|libnotify-bin
bin:pipewire|pipewire
bin:wireplumber|wireplumber
bin:pipewire-pulse|pipewire-pulse
bin:pactl|pulseaudio-utils
bin:xsm|x11-session-utils
bin:iceauth|x11-xserver-utils
bin:gio|libglib2.0-bin
bin:dbus-daemon|dbus
bin:dbus-launch|dbus-x11
bin:gdbus|libglib2.0-bin
bin:xprop|x11-utils
file:/usr/libexec/at-spi-bus-launcher|at-spi2-core
file:/usr/lib/python3/dist-packages/dbusmock|python3-dbusmock
glob:/usr/lib/postgresql/*/bin/initdb|postgresql
"

# Ubuntu brings Firefox and Chromium as snaps alone, which take no profile of a test's own: tests that need them say so.
if grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null; then
    TEST_NEEDS=$(printf '%s\n' "$TEST_NEEDS" | grep -v -e firefox-esr -e chromium)
fi

# The newest Python that is known to work here: PySide6 is pinned for these.
choose_python() {
    for name in "${PRODUCTIFY_PYTHON:-}" python3.13 python3.12 python3.11 python3; do
        [ -n "$name" ] || continue
        path=$(command -v "$name") || continue
        if "$path" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            printf '%s\n' "$path"
            return
        fi
    done
    fail 'Python 3.11, 3.12 or 3.13 with venv is needed. On Debian and Ubuntu: apt-get install python3 python3-venv'
}

there() { # there KIND:NAME
    case "$1" in
        bin:*) command -v "${1#bin:}" >/dev/null 2>&1 ;;
        file:*) [ -e "${1#file:}" ] ;;
        glob:*) set -- ${1#glob:}; [ -e "$1" ] ;;
        lib:*) case "$LIBRARIES" in *"${1#lib:} "*) true ;; *) false ;; esac ;;
    esac
}

missing_packages() { # missing_packages NEEDS
    LIBRARIES=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null)
    for line in $1; do
        there "${line%%|*}" || printf '%s\n' "${line#*|}"
    done | sort -u | tr '\n' ' '
}

system_packages() { # system_packages NEEDS
    missing=$(missing_packages "$1")
    [ -n "${missing% }" ] || return 0
    command -v apt-get >/dev/null || fail "These are missing; install what your system calls them: $missing"
    install="apt-get install -y --no-install-recommends $missing"
    if [ "$(id -u)" = 0 ]; then
        as_root=''
    elif sudo -n true 2>/dev/null; then
        as_root='sudo'
    else
        fail "Some system packages are missing. Run this once, then start again:
    sudo $install"
    fi
    say "Installing system packages: $missing"
    log=$(mktemp)
    if ! { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root $install; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        fail "The packages could not be installed; the lines above say why. By hand: $install"
    fi
    rm -f "$log"
}

made_from() { # made_from LOCKFILE: what a .venv of this lock file is stamped with
    printf '%s %s\n' "$("$python" -c 'import sys; print(sys.version_info[:3])')" "$(cat "$1" pyproject.toml | cksum)"
}

make_venv() { # make_venv LOCKFILE
    python=$(choose_python) || exit 1
    stamp=$(cat .venv/.made-from 2>/dev/null || true)
    [ "$stamp" != "$(made_from "$1")" ] || return 0
    # What the tests installed holds all that the app needs: do not take it away again.
    [ "$stamp" != "$(made_from installer/requirements-dev.lock)" ] || return 0
    say "Making .venv with $("$python" --version) from $1 (once; a minute or two)"
    .venv/bin/python -c pass 2>/dev/null || rm -rf .venv
    "$python" -m venv .venv
    pip='.venv/bin/python -m pip install --quiet --disable-pip-version-check'
    $pip --require-hashes -r "$1" || fail 'The Python packages could not be installed; the lines above say why.'
    $pip --no-deps --no-build-isolation --editable . || fail 'The project itself could not be installed; the lines above say why.'
    made_from "$1" > .venv/.made-from
}
