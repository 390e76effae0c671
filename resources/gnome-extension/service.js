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
    <method name="Windows">
      <arg type="aa{sv}" direction="out" name="windows"/>
    </method>
    <method name="Minimize">
      <arg type="t" direction="in" name="id"/>
      <arg type="b" direction="out" name="found"/>
    </method>
    <method name="Activate">
      <arg type="t" direction="in" name="id"/>
      <arg type="b" direction="out" name="found"/>
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
        return this._described(this._window);
    }

    // The D-Bus method: every window in view, with its place in the layout of all monitors.
    Windows() {
        return global.get_window_actors()
            .map(actor => actor.meta_window)
            .filter(window => !window.minimized && window.showing_on_its_workspace() && this._is_here(window))
            .map(window => this._placed(window));
    }

    // The D-Bus methods of focus sessions: put a window away, and bring one to the front. None is ever closed.
    Minimize(id) {
        const window = this._by_id(id);
        window?.minimize();
        return window !== null;
    }

    Activate(id) {
        const window = this._by_id(id);
        window?.activate(global.get_current_time());
        return window !== null;
    }

    _by_id(id) {
        const windows = global.get_window_actors().map(actor => actor.meta_window);
        return windows.find(window => window.get_id() === id) ?? null;
    }

    // A workspace is shown where it is the active one, or on monitors that have but one.
    _is_here(window) {
        return window.is_on_all_workspaces() ||
            window.located_on_workspace(global.workspace_manager.get_active_workspace());
    }

    _placed(window) {
        const {x, y, width, height} = window.get_frame_rect();
        return {
            ...this._described(window),
            x: new GLib.Variant('i', x),
            y: new GLib.Variant('i', y),
            width: new GLib.Variant('i', width),
            height: new GLib.Variant('i', height),
            attached: new GLib.Variant('b', window.get_transient_for() !== null || window.is_override_redirect()),
        };
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
        this._exported.emit_signal('Changed', new GLib.Variant('(a{sv})', [this._described(this._window)]));
    }

    _described(window) {
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
