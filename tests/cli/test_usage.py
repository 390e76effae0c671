"""The words of the command line, and their help."""

import argparse
from pathlib import Path

import pytest

from commands import productify
from productify import __version__
from productify.cli.main import main
from productify.cli.parser import parser
from productify.cli.rooms import ROOMS, run_of

COMMANDS = [command for commands in ROOMS.values() for command in commands]


def _parsed_commands() -> set[str]:
    (found,) = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return set(found.choices)


def test_every_command_is_run_by_somebody() -> None:
    assert _parsed_commands() == {*COMMANDS, "picture"}  # which the window runs
    for command in COMMANDS:
        assert callable(run_of(command))


def test_the_version(tmp_path: Path) -> None:
    done = productify("--version", data=tmp_path / "data")
    assert (done.returncode, done.stdout) == (0, f"Productify Pro {__version__}\n")
    assert not (tmp_path / "data").exists(), "asking for the version makes nothing"


@pytest.mark.parametrize("command", [None, *COMMANDS, "picture"])
def test_help_is_for_everything(command: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*([command] if command else []), "-h"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.startswith(f"usage: productify {command or '[-h]'}")
    assert "--data-dir" in said.out


def test_help_is_there_without_a_desktop(tmp_path: Path) -> None:
    for words in (("-h",), ("picture", "-h")):
        done = productify(*words, data=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("usage: productify")


def test_the_data_folder_may_be_named_before_and_after_the_command(tmp_path: Path) -> None:
    for words in (("--data-dir", tmp_path / "one", "status"), ("status", "--data-dir", tmp_path / "two")):
        assert productify(*words, data=tmp_path / "none").returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]
    assert (tmp_path / "one" / "productify.db").exists()
