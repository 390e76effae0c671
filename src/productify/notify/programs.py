"""Notifications on macOS and Windows, by a program that each system brings.

Both show a notification in the system's own way, and neither tells what was clicked: that would take a signed
bundle there, and a registered COM server here. So there are no buttons, and nothing is ever chosen; whoever needs
an answer asks in the window.
"""

import asyncio
import os
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

from productify.domain import Notification
from productify.notify.notifier import NotifierUnavailableError

_PATIENCE = 15.0
_APP_ID = "ProductifyPro"
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)

_SHOW = "display notification (item 2 of argv) with title (item 1 of argv)"
_SOUND = "Glass"
_TOAST = (
    "[void][Windows.UI.Notifications.ToastNotificationManager,Windows.UI.Notifications,ContentType=WindowsRuntime];"
    "[void][Windows.Data.Xml.Dom.XmlDocument,Windows.Data.Xml.Dom.XmlDocument,ContentType=WindowsRuntime];"
    "$xml = New-Object Windows.Data.Xml.Dom.XmlDocument; $xml.LoadXml($env:PRODUCTIFY_TOAST);"
    "$toast = New-Object Windows.UI.Notifications.ToastNotification $xml; $toast.Tag = $env:PRODUCTIFY_TOAST_TAG;"
    f"[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier('{_APP_ID}').Show($toast)"
)


@dataclass(frozen=True, slots=True)
class Command:
    """What is run to show one notification; texts never stand in program code."""

    words: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


class ProgramNotifier:
    """Runs a program for each notification; `environment` is what it gets beside the command's own."""

    def __init__(
        self, command: Callable[[Notification], Command], environment: Mapping[str, str] | None = None
    ) -> None:
        self._command = command
        self._environment = environment

    async def show(self, notification: Notification) -> str | None:
        """Show it; nothing can be chosen. Raises NotifierUnavailableError where the program fails."""
        command = self._command(notification)
        base = dict(self._environment) if self._environment is not None else dict(os.environ)
        try:
            process = await asyncio.create_subprocess_exec(
                *command.words,
                env={**base, **command.environment},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                creationflags=_NO_WINDOW,
            )
        except OSError as error:
            raise NotifierUnavailableError(f"{command.words[0]}: {error}") from error
        try:
            async with asyncio.timeout(_PATIENCE):
                _out, said = await process.communicate()
        except BaseException as error:
            process.kill()
            await process.wait()
            if isinstance(error, TimeoutError):
                raise NotifierUnavailableError(f"{command.words[0]} took too long") from error
            raise
        if process.returncode:
            raise NotifierUnavailableError(f"{command.words[0]}: {said.decode(errors='replace').strip()}")
        return None

    async def close(self) -> None:
        """Do nothing: what was shown is the system's."""


def macos_notifier() -> ProgramNotifier:
    """Return the notifier for macOS (osascript)."""

    def command(notification: Notification) -> Command:
        show = f'{_SHOW} sound name "{_SOUND}"' if notification.sound else _SHOW
        script = [word for line in ("on run argv", show, "end run") for word in ("-e", line)]
        return Command(("osascript", *script, notification.title, notification.body))

    return ProgramNotifier(command)


def windows_notifier() -> ProgramNotifier:
    """Return the notifier for Windows 10 and 11 (a toast, by PowerShell)."""

    def command(notification: Notification) -> Command:
        texts = "".join(f"<text>{escape(text)}</text>" for text in (notification.title, notification.body))
        audio = "" if notification.sound else "<audio silent='true'/>"
        xml = f"<toast><visual><binding template='ToastGeneric'>{texts}</binding></visual>{audio}</toast>"
        words = ("powershell.exe", "-NoProfile", "-NonInteractive", "-Command", _TOAST)
        return Command(words, {"PRODUCTIFY_TOAST": xml, "PRODUCTIFY_TOAST_TAG": notification.key or "note"})

    return ProgramNotifier(command)
