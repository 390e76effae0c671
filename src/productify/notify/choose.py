"""Which notifier fits the platform; its module is imported only then."""

from collections.abc import Mapping

from productify.notify.notifier import NoNotifier, Notifier


def notifier_for(platform: str, environment: Mapping[str, str]) -> Notifier:
    """Return the notifier for `sys.platform`; one without any means says so when it is asked to show something."""
    if platform == "darwin":
        from productify.notify.programs import macos_notifier

        return macos_notifier()
    if platform == "win32":
        from productify.notify.programs import windows_notifier

        return windows_notifier()
    address = environment.get("DBUS_SESSION_BUS_ADDRESS")
    if address is None and (runtime := environment.get("XDG_RUNTIME_DIR")):
        address = f"unix:path={runtime}/bus"
    if address is None:
        return NoNotifier()
    from productify.notify.freedesktop import FreedesktopNotifier

    return FreedesktopNotifier(address)
