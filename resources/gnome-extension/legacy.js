
// GNOME Shell 42 to 44.

const {Gio, GLib, Shell} = imports.gi;

function init() {
    return new FocusService();
}
