"""What the reading commands print: the contract that scripts rely on, and words for people."""

import json
import subprocess
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from commands import productify
from productify.cli import plain

UNTIL = "2024-11-22T17:30"
FRIDAY = "2024-11-22"
WEEK = ("--from", "2024-11-18", "--to", FRIDAY)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two weeks up to a Friday evening."""
    folder = tmp_path_factory.mktemp("two-weeks")
    done = productify("demo", "--days", "14", "--seed", "3", "--until", UNTIL, data=folder)
    assert done.returncode == 0, done.stderr
    return folder


@cache
def _json(data: Path, *arguments: str) -> Any:
    """Run a command that changes nothing, once, and return what it printed."""
    return json.loads(_said(productify(*arguments, "--json", data=data)))


def _said(done: "subprocess.CompletedProcess[str]") -> str:
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    assert moment.utcoffset() is not None, f"{text} has no offset"
    return moment


def test_screenshots_are_listed_with_their_files(data: Path) -> None:
    rows = _json(data, "screenshots", *WEEK)
    assert {_moment(row["captured_at"]).date() for row in rows} == {date(2024, 11, 21), date(2024, 11, 22)}
    assert [row["captured_at"] for row in rows] == sorted(row["captured_at"] for row in rows)
    for row in rows:
        assert Path(row["path"]).stat().st_size == row["size"]
        assert _moment(row["seen_until"]) >= _moment(row["captured_at"])
        assert (row["width"], row["height"], row["is_encrypted"]) == (1920, 1080, False)
    words = _said(productify("screenshots", *WEEK, data=data)).splitlines()
    assert len(words) == len(rows)
    assert words[0].startswith(rows[0]["captured_at"][:19].replace("T", " "))
    assert sum(line.endswith("(blurred)") for line in words) == sum(row["is_blurred"] for row in rows)
    assert _said(productify("screenshots", "--day", "2024-01-01", data=data)) == "There are no screenshots of then.\n"


@pytest.mark.parametrize("by", ["app", "category", "title", "site", "productivity"])
def test_groups_add_up(data: Path, by: str) -> None:
    value = _json(data, "summary", "--by", by, *WEEK)
    assert {"from", "to", "active_seconds", "idle_seconds", "groups"} <= set(value)
    assert value["by"] == by
    assert (_moment(value["from"]).date(), _moment(value["to"]).date()) == (date(2024, 11, 18), date(2024, 11, 23))
    assert value["active_seconds"] > 20 * 3600
    assert value["idle_seconds"] > 0
    groups = value["groups"]
    assert all({"name", "seconds", "category", "productivity"} <= set(group) for group in groups)
    assert len({group["name"] for group in groups}) == len(groups)
    assert sum(group["seconds"] for group in groups) == pytest.approx(value["active_seconds"], abs=0.001 * len(groups))
    if by == "site":
        rest = groups.pop()  # time in an editor belongs to no site, and stands last
        assert (rest["name"], rest["category"], rest["seconds"] > 0) == ("no site", None, True)
    assert [group["seconds"] for group in groups] == sorted((group["seconds"] for group in groups), reverse=True)


def test_verdicts_are_those_of_the_totals(data: Path) -> None:
    value = _json(data, "summary", "--by", "productivity", *WEEK)
    by_name = {group["name"]: group["seconds"] for group in value["groups"]}
    assert set(by_name) <= {"productive", "neutral", "distracting"}
    for name, seconds in by_name.items():
        assert value[f"{name}_seconds"] == pytest.approx(seconds, abs=0.001)


def test_categories_have_the_names_people_read(data: Path) -> None:
    groups = _json(data, "summary", "--by", "category", *WEEK)["groups"]
    assert ("Design & media creation", "design") in {(group["name"], group["key"]) for group in groups}


def test_activities_are_the_whole_record(data: Path) -> None:
    rows = _json(data, "activities", *WEEK)
    summary = _json(data, "summary", "--by", "app", *WEEK)
    assert all(
        {"id", "app_name", "window_title", "url", "category", "is_productive", "is_afk", "start_time", "end_time",
         "duration"} <= set(row) for row in rows
    )  # fmt: skip
    for row in rows:
        length = (_moment(row["end_time"]) - _moment(row["start_time"])).total_seconds()
        assert row["duration"] == pytest.approx(length, abs=0.0005)
        assert row["is_productive"] in (True, False, None)
    assert all(_moment(one["end_time"]) <= _moment(two["start_time"]) for one, two in pairwise(rows))
    for is_afk, total in ((False, summary["active_seconds"]), (True, summary["idle_seconds"])):
        assert sum(row["duration"] for row in rows if row["is_afk"] is is_afk) == pytest.approx(total, abs=0.01)
    assert {row["app_name"] for row in rows if row["is_afk"]} <= {"away", "locked", "asleep"}


def test_days_add_up_to_their_range(data: Path) -> None:
    days = [f"2024-11-{number}" for number in (20, 21, 22)]
    each = [_json(data, "summary", "--day", day) for day in days]
    whole = _json(data, "summary", "--from", days[0], "--to", days[-1])
    assert [value["from"] for value in each[1:]] == [value["to"] for value in each[:-1]]
    for key in ("active_seconds", "idle_seconds", "productive_seconds"):
        assert sum(value[key] for value in each) == pytest.approx(whole[key], abs=0.01)


def test_today_and_yesterday(tmp_path: Path) -> None:
    assert productify("demo", "--days", "4", data=tmp_path).returncode == 0

    def first_day(*arguments: str) -> date:
        return _moment(_json(tmp_path, "summary", *arguments)["from"]).date()

    today = first_day()
    assert first_day("--day", "today") == today
    assert first_day("--day", "yesterday") == today - timedelta(days=1)
    assert first_day("--from", "yesterday") == today - timedelta(days=1)
    assert abs(today - datetime.now().astimezone().date()) <= timedelta(days=1)


def test_status_where_nothing_records(data: Path) -> None:
    status = _json(data, "status", "--day", FRIDAY)
    assert set(status) == {
        "mode", "paused_until", "incognito", "running", "today", "tracking_since", "problem", "recording",
    }  # fmt: skip
    assert (status["mode"], status["running"], status["recording"]) == ("off", None, False)
    assert status["today"]["active_seconds"] == _json(data, "summary", "--day", FRIDAY)["active_seconds"] > 0
    assert "Not recording" in _said(productify("status", data=data))


def test_doctor_tells_each_capability_and_its_fix(tmp_path: Path) -> None:
    capabilities = _json(tmp_path, "doctor")
    assert {"window", "idle", "lock", "sleep"} <= {each["key"] for each in capabilities}
    for each in capabilities:
        assert set(each) == {"key", "title", "health", "backend", "detail", "fix", "repair", "command"}
        assert each["health"] in ("works", "degraded", "missing")
        assert each["health"] == "works" or each["fix"], each
    text = _said(productify("doctor", data=tmp_path))
    assert "missing  Active window" in text
    assert not list(tmp_path.glob("*.db")), "looking records nothing"


def test_words_for_people(data: Path) -> None:
    summary = _said(productify("summary", "--day", FRIDAY, data=data)).splitlines()
    assert summary[0].endswith("away")
    assert len(summary) > 5
    lines = _said(productify("activities", "--day", FRIDAY, data=data)).splitlines()
    assert len(lines) == len(_json(data, "activities", "--day", FRIDAY))
    start, dash, end = lines[0].split()[:3]
    assert (len(start), dash, len(end)) == (8, "-", 8)
    assert _said(productify("activities", "--day", "2020-01-01", data=data)) == "Nothing was recorded then.\n"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0m"), (0.4, "0s"), (42, "42s"), (60, "1m"), (3599, "1h 00m"), (3900, "1h 05m"), (90000, "25h 00m")],
)
def test_lengths_in_words(seconds: float, words: str) -> None:
    assert plain.duration(seconds) == words


@pytest.mark.parametrize(("today", "words"), [(date(2026, 11, 23), "10:36"), (date(2026, 11, 22), "2026-11-23 10:36")])
def test_a_moment_has_its_date_where_it_is_not_today(today: date, words: str) -> None:
    assert plain.moment("2026-11-23T10:36:00.000+01:00", today) == words


def test_an_activity_tells_its_presence_and_note() -> None:
    row = {
        "start_time": "2026-11-23T10:00:00+01:00", "end_time": "2026-11-23T10:30:00+01:00", "app_name": "Zoom",
        "window_title": None, "presence": "call", "note": "with the bank",
    }  # fmt: skip
    first = "10:00:00 - 10:30:00  Zoom"
    assert plain.activities([row]) == f"{first}  (present: call)  with the bank"
    assert plain.activities([{**row, "presence": None, "note": None, "window_title": "Room"}]) == f"{first}  Room"
