"""The GNOME Shell extension that tells the window in front: where it lies, and how it is installed."""

import asyncio
import json
import logging
import re
from pathlib import Path

from productify.errors import KnownError
from productify.paths import gnome_extension_dir
from productify.tracker.probe import Environment

_log = logging.getLogger(__name__)
UUID = "focus@productify-pro"
INSTALL = "Run `productify gnome-extension`, then log out and in again."
_FIRST_WITH_MODULES = 45
"""From this version of GNOME Shell on, extensions are ECMAScript modules."""

_TIMEOUT = 10.0


async def install(environment: Environment) -> Path:
    """Copy the extension into the user's folder for the Shell that is there, switch it on, and return its folder.

    The Shell finds it at the next log-in. Raises KnownError without GNOME Shell, or with one that is too old.
    """
    version = await _shell_version(environment)
    source = gnome_extension_dir()
    supported = json.loads((source / "metadata.json").read_text())["shell-version"]
    if version < int(supported[0]):
        raise KnownError(f"GNOME Shell {version} is too old.", f"Version {supported[0]} or later is needed.")
    target = place(environment)
    try:
        _write(source, target, version, [*supported, str(version)])
    except OSError as error:
        raise KnownError(f"The extension cannot be written to {target}: {error.strerror}.") from None
    await _run(environment, "gnome-extensions", "enable", UUID)
    return target


def place(environment: Environment) -> Path:
    """Return the user's folder for the extension, whether it is there or not."""
    base = environment.get("XDG_DATA_HOME") or f"{environment['HOME']}/.local/share"
    return Path(base) / "gnome-shell" / "extensions" / UUID


def _write(source: Path, target: Path, version: int, versions: list[str]) -> None:
    loader = "current.js" if version >= _FIRST_WITH_MODULES else "legacy.js"
    code = "".join((source / part).read_text() for part in ("service.js", loader))
    metadata = json.loads((source / "metadata.json").read_text())
    metadata["shell-version"] = list(dict.fromkeys(versions))
    target.mkdir(parents=True, exist_ok=True)
    (target / "extension.js").write_text(code)
    (target / "metadata.json").write_text(json.dumps(metadata, indent=2))


async def _shell_version(environment: Environment) -> int:
    said = await _run(environment, "gnome-shell", "--version")
    found = re.search(r"\d+", said)
    if found is None:
        raise KnownError("GNOME Shell does not tell its version.")
    return int(found[0])


async def _run(environment: Environment, *command: str) -> str:
    try:
        async with asyncio.timeout(_TIMEOUT):
            process = await asyncio.create_subprocess_exec(
                *command, env=dict(environment), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
            )
            said, _ = await process.communicate()
    except FileNotFoundError:
        raise KnownError("GNOME Shell is not installed.", "The extension is of use on GNOME alone.") from None
    except TimeoutError:
        process.kill()
        await process.wait()
        raise KnownError(f"{command[0]} does not answer.") from None
    if process.returncode != 0:
        raise KnownError(f"{command[0]} says: {said.decode(errors='replace').strip()}")
    return said.decode(errors="replace")
