// The focused window, exported on the session bus as long as the extension is on.
// This file is the same for all versions of GNOME Shell; current.js or legacy.js follows it in the installed one.

const NAME = 'org.productify.Focus';
const PATH = '/org/productify/Focus';
const INTERFACE = `
<node>
  <interface name="${NAME}">
    <method name="Get">
      <arg type="a{sv}" direction="out" name="window"/>
    </method>
    <signal name="Changed">
      <arg type="a{sv}" name="window"/>
    </signal>
  </interface>
</node>`;

class FocusService {
    enable() {
        this._window = null;
        this._changes = [];
        this._exported = Gio.DBusExportedObject.wrapJSObject(INTERFACE, this);
        this._exported.export(Gio.DBus.session, PATH);
        this._name = Gio.bus_own_name_on_connection(
            Gio.DBus.session, NAME, Gio.BusNameOwnerFlags.NONE, null, null);
        this._focusChanges = global.display.connect('notify::focus-window', () => this._follow());
        this._follow();
    }

    disable() {
        global.display.disconnect(this._focusChanges);
        this._leave();
        Gio.bus_unown_name(this._name);
        this._exported.unexport();
        this._exported = null;
    }

    // The D-Bus method: a window without `id` is the bare desktop.
    Get() {
        return this._described();
    }

    _follow() {
        this._leave();
        this._window = global.display.focus_window;
        if (this._window) {
            this._changes = ['title', 'fullscreen'].map(
                name => this._window.connect(`notify::${name}`, () => this._tell()));
        }
        this._tell();
    }

    _leave() {
        for (const change of this._changes)
            this._window.disconnect(change);
        this._changes = [];
        this._window = null;
    }

    _tell() {
        this._exported.emit_signal('Changed', new GLib.Variant('(a{sv})', [this._described()]));
    }

    _described() {
        const window = this._window;
        if (!window)
            return {};
        const app = Shell.WindowTracker.get_default().get_window_app(window);
        return {
            id: new GLib.Variant('t', window.get_id()),
            pid: new GLib.Variant('i', window.get_pid()),
            title: new GLib.Variant('s', window.get_title() ?? ''),
            wm_class: new GLib.Variant('s', window.get_wm_class() ?? ''),
            wm_class_instance: new GLib.Variant('s', window.get_wm_class_instance() ?? ''),
            fullscreen: new GLib.Variant('b', window.is_fullscreen()),
            app_id: new GLib.Variant('s', app?.get_id() ?? ''),
        };
    }
}
