
// GNOME Shell 45 and later.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import Shell from 'gi://Shell';
import {Extension} from 'resource:///org/gnome/shell/extensions/extension.js';

export default class FocusExtension extends Extension {
    enable() {
        this._service = new FocusService();
        this._service.enable();
    }

    disable() {
        this._service.disable();
        this._service = null;
    }
}
