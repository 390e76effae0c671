"""The systemd user unit of a strict session: its form, and when it is there."""

import shutil
import subprocess
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest

from productify.domain import FocusPlan
from productify.service.focusing import restart_unit
from service.focus_stage import go_on
from service.rig import recording, until

SYSTEMCTL = """#!/bin/sh
echo "$@" >> "{log}"
"""


@pytest.fixture
def systemctl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A systemctl that only writes down what it is told: no systemd runs here."""
    programs, log = tmp_path / "bin", tmp_path / "log"
    programs.mkdir()
    (programs / "systemctl").write_text(SYSTEMCTL.format(log=log), "utf-8")
    (programs / "systemctl").chmod(0o755)
    (tmp_path / "run" / "systemd").mkdir(parents=True)
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return log


@pytest.mark.parametrize("folder", ["/home/ada/.local/share/productify", '/mnt/a b/"c" $d 100%\\e'])
def test_its_form(folder: str) -> None:
    unit = restart_unit.unit(Path(folder))
    parsed = ConfigParser(interpolation=None, strict=True)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read_string(unit)
    assert parsed["Service"]["Restart"] == "on-failure"
    assert parsed["Service"]["KillMode"] == "process"
    assert "focus" in parsed["Service"]["ExecStart"]
    assert "@" not in unit.split("ExecStart=")[1].splitlines()[0]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_itself_finds_nothing_wrong(tmp_path: Path) -> None:
    path = tmp_path / restart_unit.NAME
    path.write_text(restart_unit.unit(tmp_path / 'a "quoted" $folder 100%'), "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", "--user", path], capture_output=True, text=True, check=False)
    assert restart_unit.NAME not in done.stderr, done.stderr


async def test_it_is_there_while_a_strict_session_runs(tmp_path: Path, systemctl: Path) -> None:
    async with recording(tmp_path / "data", systemd=True) as rig:
        focus = rig.service.focus
        await focus.start(FocusPlan(25))
        await go_on(rig, 1)
        await focus.end()
        assert not restart_unit.unit_path().exists(), "only strict ones need it"
        await focus.start(FocusPlan(25, strict=True))
        await until(lambda: systemctl.exists() and "enable" in systemctl.read_text(), "the unit to be started")
        assert restart_unit.is_there(rig.service.data_dir.root)
        assert not restart_unit.is_there(tmp_path / "other"), "another data folder leaves it alone"
        await go_on(rig, 26)
        await until(lambda: not restart_unit.unit_path().exists(), "the unit to go in overtime")
    told = [line.split()[1] for line in systemctl.read_text().splitlines()]
    assert [word for word in told if word != "import-environment"] == [
        "daemon-reload", "enable", "disable", "daemon-reload",
    ]  # fmt: skip


async def test_what_a_kill_left_is_taken_away(tmp_path: Path, systemctl: Path) -> None:
    async with recording(tmp_path / "data", systemd=True) as rig:
        restart_unit.install(rig.service.data_dir.root)
        assert await rig.service.focus.release() == 0
        assert not restart_unit.unit_path().exists()


def test_without_systemd_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    restart_unit.install(tmp_path)
    assert not restart_unit.unit_path().exists()
