"""Whole files in and out, by command."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from commands import productify

ALL = ("--from", "2024-01-01", "--to", "2024-12-31")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with three days."""
    folder = tmp_path_factory.mktemp("three-days")
    _done("demo", "--days", "3", "--until", "2024-11-22T17:30", data=folder)
    return folder


def _done(*arguments: str | Path, data: Path) -> str:
    done = productify(*arguments, data=data)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def _rows(data: Path) -> list[dict[str, Any]]:
    return json.loads(_done("activities", *ALL, "--json", data=data))


@pytest.fixture(scope="module")
def rows(data: Path) -> list[dict[str, Any]]:
    """What is recorded there."""
    return _rows(data)


def test_json_makes_the_round_trip(data: Path, rows: list[dict[str, Any]], tmp_path: Path) -> None:
    assert _done("export", "--format", "json", tmp_path / "all.json", data=data).startswith(f"{len(rows)} activities")
    other = tmp_path / "other"
    assert _done("import", tmp_path / "all.json", data=other).startswith(f"{len(rows)} activities added")
    assert _done("import", tmp_path / "all.json", data=other).startswith("0 activities added")
    assert _rows(other) == rows
    assert _done("check", data=other) == "The database is sound.\n"


def test_csv_is_a_table_of_every_activity(data: Path, rows: list[dict[str, Any]], tmp_path: Path) -> None:
    _done("export", "--format", "csv", tmp_path / "all.csv", data=data)
    with (tmp_path / "all.csv").open(newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    assert [(line["app_name"], line["start_time"], line["end_time"]) for line in table] == [
        (row["app_name"], row["start_time"], row["end_time"]) for row in rows
    ]


def test_activitywatch_is_read_beside_what_is_there(data: Path, rows: list[dict[str, Any]], tmp_path: Path) -> None:
    _done("export", "--format", "activitywatch", tmp_path / "aw.json", data=data)
    buckets = json.loads((tmp_path / "aw.json").read_text())["buckets"].values()
    assert {bucket["type"] for bucket in buckets} == {"currentwindow", "afkstatus", "web.tab.current"}
    assert _done("import", tmp_path / "aw.json", data=data).startswith("0 activities added")
    assert _rows(data) == rows

    other = tmp_path / "other"
    _done("import", tmp_path / "aw.json", data=other)
    assert [(row["start_time"], row["end_time"], row["is_afk"]) for row in _rows(other)] == [
        (row["start_time"], row["end_time"], row["is_afk"]) for row in rows
    ]
    assert _done("check", data=other) == "The database is sound.\n"


def test_a_backup_is_put_back(data: Path, rows: list[dict[str, Any]], tmp_path: Path) -> None:
    copy, other = tmp_path / "copy.db", tmp_path / "other"
    _done("backup", copy, data=data)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert _done("restore", copy, data=other) == "Restored.\n"
    assert _rows(other) == rows
    kept = _done("restore", copy, data=other)
    assert str(next(other.glob("productify-before-restore-*.db"))) in kept
    assert _done("check", data=other) == "The database is sound.\n"
