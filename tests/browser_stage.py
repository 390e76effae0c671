"""Real browsers with the extension on a real desktop, and the web sites that they are led to; no internet."""

import http.server
import json
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest

from desktop_session import DesktopSession, wait_until
from firefox import firefox
from productify.bridge_api.identity import FIREFOX_ID
from productify.service import extension_files

BROWSERS = ("chromium", "firefox")
_CHROMIUM = (
    "chromium", "--no-sandbox", "--no-first-run", "--no-default-browser-check", "--password-store=basic",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
)  # fmt: skip
_PREFERENCES = {
    "xpinstall.signatures.required": "false",
    "extensions.autoDisableScopes": "0",
    "extensions.getAddons.cache.enabled": "false",
    "dom.security.https_first": "false",
    "network.proxy.type": "1",
    "network.proxy.http": '"127.0.0.1"',
    "browser.fixup.domainsuffixwhitelist.test": "true",
}


class Sites:
    """Every host below .test: pages whose title is host and path, or what the address asks for as its `title`.

    `asked` is what was asked for.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.port = 0

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Answer on a free port until the block ends."""
        asked = self.asked

        class Page(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                """Serve a page; browsers that go through a proxy name the whole address."""
                place = self.headers["Host"].split(":")[0] + "/" + self.path.split("//")[-1].partition("/")[2]
                asked.append(place)
                title = parse_qs(urlsplit(self.path).query).get("title", [f"Page {place}"])[0]
                body = f"<!doctype html><title>{title}</title><h1>{place}</h1>".encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        self.port = server.server_port
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


class Browser:
    """A browser in a fresh profile on `desktop`, with the extension unless told otherwise; it is driven by keys."""

    def __init__(self, kind: str, desktop: DesktopSession, sites: Sites, *, extension: bool = True) -> None:
        if kind == "chromium" and shutil.which("chromium") is None:
            pytest.skip("Chromium is not here: Ubuntu has it as a snap only, which takes no profile of a test's")
        self.kind = kind
        self.desktop = desktop
        self.profile = desktop.root / f"profile-{kind}"
        self._files = desktop.root / "extension"
        self._has_extension = extension
        if extension:
            extension_files.write(self._files)
        self._command = self._chromium(sites) if kind == "chromium" else self._firefox(sites)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; returns when a window of it is in front."""
        self._process = self.desktop.spawn(*self._command)
        wait_until(lambda: self.title().endswith(("Chromium", "Mozilla Firefox")), "the browser", 40)

    def end(self) -> None:
        """End it, as a log-out does."""
        assert self._process is not None
        self.desktop.end(self._process)

    def allow_in_private(self) -> None:
        """Let the extension into private windows, in the browser's own files; it must have run once, and not now."""
        if self.kind == "firefox":
            path = self.profile / "extension-preferences.json"
            held = json.loads(path.read_text())
            held[FIREFOX_ID]["permissions"].append("internal:privateBrowsingAllowed")
        else:
            path = self.profile / "Default" / "Preferences"
            held = json.loads(path.read_text())
            (entry,) = [
                each for each in held["extensions"]["settings"].values() if each.get("path", "").endswith("chromium")
            ]
            entry["incognito"] = True
        path.write_text(json.dumps(held))

    def title(self) -> str:
        """Return the title of the window in front, empty where there is none."""
        return self.desktop.xdotool("getactivewindow", "getwindowname")

    def pair(self, code: str) -> None:
        """Type the code into the options page, which the extension opens once it is installed."""
        wait_until(lambda: self.title().startswith("Productify Pro extension"), "the options page", 30)
        time.sleep(0.5)  # the page has its title before its field has the keyboard
        self.desktop.xdotool("type", code)
        self.desktop.xdotool("key", "Return")
        wait_until(lambda: self.title().startswith("Paired with Productify Pro"), "the pairing", 15)

    def go(self, address: str) -> None:
        """Go to an address in the tab in front."""
        self.desktop.xdotool("key", "ctrl+l")
        time.sleep(0.25)
        self.desktop.xdotool("type", "--delay", "4", f"http://{address}")
        self.desktop.xdotool("key", "Return")

    def shows(self, title: str, patience: float = 15) -> None:
        """Return when a page with this title is in front."""
        wait_until(lambda: self.title().startswith(title), f"{title!r}", patience)

    def open_private_window(self) -> None:
        """Open a private window; returns when it is in front."""
        before = self.desktop.active()
        self.desktop.xdotool("key", "ctrl+shift+n" if self.kind == "chromium" else "ctrl+shift+p")
        wait_until(lambda: self.desktop.active() not in (0, before), "the private window", 15)

    def _chromium(self, sites: Sites) -> list[str]:
        mapped = f"MAP *.test 127.0.0.1:{sites.port}"
        return [
            *_CHROMIUM, f"--user-data-dir={self.profile}", *self._loaded(), f"--host-resolver-rules={mapped}",
            "about:blank",
        ]  # fmt: skip

    def _loaded(self) -> list[str]:
        return [f"--load-extension={self._files / 'chromium'}"] if self._has_extension else []

    def _firefox(self, sites: Sites) -> list[str]:
        command = firefox(self.profile, "about:blank")
        if self._has_extension:
            folder = self.profile / "extensions"
            folder.mkdir()
            shutil.copy(self._files / "productify-firefox.zip", folder / f"{FIREFOX_ID}.xpi")
        with (self.profile / "user.js").open("a") as file:
            for name, value in {**_PREFERENCES, "network.proxy.http_port": str(sites.port)}.items():
                file.write(f'\nuser_pref("{name}", {value});')
        return command
