"""Files out and in: the same activities, never twice, never on top of what is there."""

import json
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from productify.clock import SettableClock
from productify.domain import State
from productify.errors import KnownError
from productify.exchange import EXPORTERS
from productify.service import Service
from service.rig import EDITOR, NOON, TERMINAL, everything, reading, recording


async def _exported(folder: Path, file: Path, form: str = "json") -> int:
    async with reading(folder) as service:
        return await service.transfer.export(form, file)


@pytest.fixture
async def filled(tmp_path: Path) -> Path:
    """A data folder with three days in it."""
    async with reading(tmp_path / "data") as service:
        await service.demonstration.fill(3, 1, 300, lambda _done, _of: None)
    return tmp_path / "data"


async def test_an_export_reads_back_as_the_same_activities(filled: Path, tmp_path: Path) -> None:
    count = await _exported(filled, tmp_path / "all.json")
    async with reading(filled) as service:
        before = await everything(service)
    assert count == len(before) > 500
    async with reading(tmp_path / "other") as service:
        assert await service.transfer.read(tmp_path / "all.json") == count
        assert await everything(service) == before
        assert await service.transfer.read(tmp_path / "all.json") == 0
        assert await everything(service) == before
        assert await service.upkeep.check() == []


async def test_an_activitywatch_export_reads_back_as_the_same_time(filled: Path, tmp_path: Path) -> None:
    await _exported(filled, tmp_path / "aw.json", "activitywatch")
    async with reading(filled) as service:
        before = await everything(service)
    async with reading(tmp_path / "other") as service:
        await service.transfer.read(tmp_path / "aw.json")
        after = await everything(service)
        assert await service.transfer.read(tmp_path / "aw.json") == 0
    assert [(row.app_name, row.start, row.end, row.is_afk) for row in after] == [
        ("away" if row.is_afk else row.app_name, row.start, row.end, row.is_afk) for row in before
    ]


async def test_only_the_gaps_of_what_is_there_are_filled(tmp_path: Path) -> None:
    (tmp_path / "aw.json").write_text(json.dumps(_watched(("Browser", -60.0004, 400.0003))))
    clock = SettableClock(NOON)
    async with recording(tmp_path / "data", clock) as rig:
        await rig.show(EDITOR, 100)
    clock.advance(50)
    async with recording(tmp_path / "data", clock) as rig:
        await rig.show(TERMINAL, 50)
    clock.advance(260)
    async with recording(tmp_path / "data", clock) as rig:
        assert await rig.service.transfer.read(tmp_path / "aw.json") == 3
        assert await rig.service.transfer.read(tmp_path / "aw.json") == 0
        brief = await rig.brief()
        assert await rig.service.upkeep.check() == []
    assert [name for name, _start, _end in brief] == ["Browser", "Editor", "Browser", "XTerm", "Browser"]
    assert all(one[2] == two[1] for one, two in pairwise(brief))


async def test_what_the_tracker_may_still_record_is_left_to_it(tmp_path: Path) -> None:
    """The file holds the hour around now, in which the tracker goes on."""
    (tmp_path / "aw.json").write_text(json.dumps(_watched(("Browser", -1800, 1800))))
    async with recording(tmp_path / "data", SettableClock(NOON)) as rig:
        await rig.show(EDITOR, 3)
        rig.clock.advance(4)
        assert await rig.service.transfer.read(tmp_path / "aw.json") == 1
        await rig.pass_time(100)
        assert await rig.brief() == [("Browser", -1800, -53), ("Editor", 0, 107)]
        assert await rig.service.upkeep.check() == []


async def test_an_import_passes_the_privacy_gate(tmp_path: Path) -> None:
    seen = [
        ("KeePassXC", "vault.kdbx", None),
        ("firefox", "Tax — Mozilla Firefox Private Browsing", None),
        ("Diary", "dear diary", None),
        ("gedit", "my secret plan", None),
        ("firefox", "Account", "https://www.bank.example/account"),
        ("firefox", "Unknown page", None),
        ("firefox", "(3) News", "https://user:word@news.example/a"),
        ("gedit", "● notes.txt", None),
    ]
    (tmp_path / "aw.json").write_text(json.dumps(_gone_through(seen)))
    async with reading(tmp_path / "data") as service:
        await service.preferences.save("excluded_apps", ["diary"])
        await service.preferences.save("excluded_sites", ["bank.example"])
        await service.preferences.save("excluded_words", ["secret"])
        await service.transfer.read(tmp_path / "aw.json")
        rows = await everything(service)
    assert [(row.app_name, row.window_title, row.url) for row in rows] == [
        ("KeePassXC", None, None),
        *[("private", None, None)] * 4,
        ("firefox", None, None),
        ("firefox", "News", "https://news.example/a"),
        ("gedit", "notes.txt", None),
    ]
    assert [row.cause for row in rows[1:5]] == [State.PRIVATE] * 4
    assert {(row.app_id, row.site, row.category) for row in rows[1:5]} == {(None, None, None)}


async def test_an_import_keeps_no_more_than_is_recorded(tmp_path: Path) -> None:
    (tmp_path / "aw.json").write_text(json.dumps(_gone_through([("firefox", "News", "https://news.example/a")])))
    async with reading(tmp_path / "data") as service:
        await service.preferences.save("track_titles", False)
        await service.preferences.save("track_urls", False)
        await service.preferences.save("incognito_mode", True)
        await service.transfer.read(tmp_path / "aw.json")
        (row,) = await everything(service)
    assert (row.app_name, row.window_title, row.url, row.site) == ("firefox", None, None, None)


async def test_days_are_cut_as_this_app_cuts_them(tmp_path: Path) -> None:
    """The file was written by one whose days begin at four, and is read by one whose days begin at noon."""
    night = NOON - timedelta(hours=2)
    async with recording(tmp_path / "data", SettableClock(night)) as rig:
        await rig.show(EDITOR, 4 * 3600)
    await _exported(tmp_path / "data", tmp_path / "all.json")
    async with reading(tmp_path / "other", SettableClock(NOON + timedelta(hours=3))) as service:
        await service.preferences.save("day_start", 720)
        await service.transfer.read(tmp_path / "all.json")
        days = service.local_days()
        rows = await everything(service)
        assert sum(row.seconds for row in rows) == 4 * 3600
        assert all(row.local_day == days.day_of(row.start) for row in rows)
        assert all(row.end <= days.bounds(row.local_day)[1] for row in rows)


async def test_a_file_that_contradicts_itself_does_no_harm(filled: Path, tmp_path: Path) -> None:
    """Rows on top of one another, and one id for several of them."""
    await _exported(filled, tmp_path / "all.json")
    document = json.loads((tmp_path / "all.json").read_text())
    rows = document["activities"]
    rows[10]["end_time"] = rows[14]["end_time"]
    rows[20]["id"] = rows[21]["id"]
    (tmp_path / "bent.json").write_text(json.dumps(document))
    async with reading(tmp_path / "other") as service:
        count = await service.transfer.read(tmp_path / "bent.json")
        imported = await everything(service)
        assert count == len(imported) == len(rows) - 4
        assert len({row.id for row in imported}) == count
        assert await service.upkeep.check() == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("start_time", "2026-11-19T10:00:00"),
        ("end_time", "2100-01-01T00:00:00+00:00"),
        ("start_time", 5),
        ("window_title", {"a": 1}),
        ("productivity", 7),
        ("productivity", "much"),
        ("tz_min", 1e400),
        ("local_day", None),
        ("cause", "elsewhere"),
        ("app_name", ""),
        ("id", None),
    ],
)
async def test_a_row_that_is_none_imports_nothing(filled: Path, tmp_path: Path, field: str, value: Any) -> None:
    await _exported(filled, tmp_path / "all.json")
    document = json.loads((tmp_path / "all.json").read_text())
    document["activities"][30][field] = value
    (tmp_path / "bent.json").write_text(json.dumps(document))
    await _refused(tmp_path, "not a whole export")


@pytest.mark.parametrize(
    ("event", "says"),
    [
        ({"timestamp": "2026-11-19T10:00:00", "duration": 5, "data": {"app": "A"}}, "not a readable"),
        ({"timestamp": "2026-11-19T10:00:00Z", "duration": 1e300, "data": {"app": "A"}}, "not a readable"),
        ({"timestamp": "2026-11-19T10:00:00Z", "duration": float("inf"), "data": {"app": "A"}}, "not a readable"),
        ({"timestamp": "0001-01-01T00:00:00+14:00", "duration": 5, "data": {"app": "A"}}, "not a readable"),
        ({"timestamp": "2026-11-19T10:00:00Z", "duration": 5, "data": {"app": ["A"]}}, "not a readable"),
        ({"timestamp": "2026-11-19T10:00:00Z", "duration": 5, "data": {"app": "A", "title": 5}}, "not a readable"),
    ],
)
async def test_an_event_that_is_none_imports_nothing(tmp_path: Path, event: dict[str, Any], says: str) -> None:
    document = {"buckets": {"w": {"type": "currentwindow", "events": [event]}}}
    (tmp_path / "bent.json").write_text(json.dumps(document))
    await _refused(tmp_path, says)


async def test_brackets_without_end_are_no_export(tmp_path: Path) -> None:
    (tmp_path / "bent.json").write_text("[" * 200_000)
    await _refused(tmp_path, "not a JSON file")


async def test_a_window_without_an_app_is_not_being_away(tmp_path: Path) -> None:
    (tmp_path / "aw.json").write_text(json.dumps(_watched(("", -60, 60))))
    async with reading(tmp_path / "data") as service:
        assert await service.transfer.read(tmp_path / "aw.json") == 1
        (row,) = await everything(service)
    assert (row.app_name, row.is_afk) == ("unknown", False)


@pytest.mark.parametrize("form", EXPORTERS)
async def test_an_export_that_fails_leaves_the_old_file_and_no_other(
    filled: Path, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").write_text("the old one")

    async def gone(*_arguments: object, **_more: object) -> None:
        raise KnownError("The database is busy.")

    async with reading(filled) as service:
        monkeypatch.setattr("productify.store.activities.page_forward", gone)
        with pytest.raises(KnownError, match="busy"):
            await service.transfer.export(form, tmp_path / "out")
        with pytest.raises(KnownError, match="could not be written"):
            await service.transfer.export(form, tmp_path / "no" / "folder")
        with pytest.raises(KnownError, match="no file"):
            await service.transfer.export(form, tmp_path)
    assert (tmp_path / "out").read_text() == "the old one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "out"]


def _watched(*windows: tuple[str, float, float]) -> dict[str, Any]:
    events = [
        {"timestamp": (NOON + timedelta(seconds=start)).isoformat(), "duration": end - start, "data": {"app": app}}
        for app, start, end in windows
    ]
    return {"buckets": {"w": {"type": "currentwindow", "events": events}}}


def _gone_through(seen: list[tuple[str, str, str | None]]) -> dict[str, Any]:
    """Return an export in which each app, title and address was in front for a minute, an hour before NOON."""
    windows, pages = [], []
    for n, (app, title, url) in enumerate(seen):
        event = {"timestamp": (NOON + timedelta(minutes=n - 60)).isoformat(), "duration": 60}
        windows.append({**event, "data": {"app": app, "title": title}})
        if url is not None:
            pages.append({**event, "data": {"url": url, "title": title}})
    return {
        "buckets": {
            "w": {"type": "currentwindow", "events": windows},
            "p": {"type": "web.tab.current", "events": pages},
        }
    }


async def _refused(tmp_path: Path, says: str) -> None:
    service: Service
    async with reading(tmp_path / "other") as service:
        with pytest.raises(KnownError, match=says):
            await service.transfer.read(tmp_path / "bent.json")
        assert await everything(service) == []


async def test_an_export_of_nothing_adds_nothing(tmp_path: Path) -> None:
    async with reading(tmp_path / "empty") as service:
        await service.transfer.export("json", tmp_path / "nothing.json")
        assert await service.transfer.read(tmp_path / "nothing.json") == 0
