"""Starting with the desktop session: an entry that desktops understand, gone when it is switched off."""

import asyncio
import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from service.rig import reading, until

PROGRAM = """#!/bin/sh
cd "$(dirname "$0")"
printf '%s\\n' "$0" "$@" > started.new
mv started.new started
"""


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration folder of the desktop's, which does not exist yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config"


async def test_the_setting_writes_the_entry_and_takes_it_away(tmp_path: Path, config: Path) -> None:
    entry = config / "autostart" / "productify-pro.desktop"
    async with reading(tmp_path / "data") as service:
        assert not entry.exists()
        await service.preferences.save("start_on_boot", True)
        parsed = configparser.ConfigParser(interpolation=None, delimiters="=")
        parsed.read_string(entry.read_text())
        fields = parsed["Desktop Entry"]
        assert fields["type"] == "Application"
        assert fields["exec"].endswith(f"productify --minimized --data-dir {tmp_path / 'data'}")
        await service.preferences.save("start_on_boot", False)
        assert not entry.exists()
        await service.preferences.save("start_on_boot", False)


async def test_the_usual_folder_is_not_named(tmp_path: Path, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    async with reading(tmp_path / "share" / "productify") as service:
        await service.preferences.save("start_on_boot", True)
    assert "--data-dir" not in (config / "autostart" / "productify-pro.desktop").read_text()


async def test_a_desktop_starts_what_the_entry_says(
    tmp_path: Path, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GLib's own launcher reads the entry; names with all that the specification escapes arrive whole."""
    assert shutil.which("gio"), "install libglib2.0-bin"
    programs = tmp_path / 'pro $x `y` "z" \\ it\'s'  # no percent sign: GLib looks for the program with two of them
    programs.mkdir()
    (programs / "productify").write_text(PROGRAM)
    (programs / "productify").chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(programs / "python"))
    folder = tmp_path / r"data %f $HOME ~ * \\ twice"
    async with reading(folder) as service:
        await service.preferences.save("start_on_boot", True)
    entry = config / "autostart" / "productify-pro.desktop"
    await asyncio.to_thread(subprocess.run, ["gio", "launch", entry], check=True, timeout=20)
    await until((programs / "started").exists, "the program")
    assert (programs / "started").read_text().splitlines() == [
        str(programs / "productify"), "--minimized", "--data-dir", str(folder),
    ]  # fmt: skip
