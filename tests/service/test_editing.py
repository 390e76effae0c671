"""Each verb that corrects the record, beside a recorder that goes on; the desktop is scripted, the clock is moved."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from productify.domain import Activity, EditKind, EditScope, Origin, Part, Preview, State, Steps, Verdict
from productify.errors import KnownError
from productify.service import Service
from productify.store import activities
from productify.store.schema import Edit
from productify.tracker.probe import InputBack, InputStopped, Locked, Unlocked, Window
from service.rig import EDITOR, NOON, TERMINAL, Rig, reading, recording, since_noon

TODAY = NOON.date()
GAMES = Verdict("games", -2)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


async def switching(rig: Rig, times: int = 2) -> list[str]:
    """Have the editor and the terminal in front by turns, 100 s each, and return the ids of the rows."""
    for _ in range(times):
        await rig.show(EDITOR, 100)
        await rig.show(TERMINAL, 100)
    return [row.id for row in await rig.rows()]


async def away(rig: Rig, seconds: float) -> None:
    """Let nobody touch anything for some time, with somebody back at the end."""
    rig.probe.tell(InputStopped(rig.clock.now()))
    await rig.pass_time(seconds)
    rig.probe.tell(InputBack(rig.clock.now()))
    await rig.pass_time(0)


async def verdicts(rig: Rig) -> list[tuple[str | None, str | None]]:
    return [(row.category, row.classified_by) for row in await rig.rows()]


async def test_several_get_a_verdict_and_a_note_at_once(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        ids = await switching(rig)
        done = await rig.service.editing.change([ids[0], ids[3]], GAMES, "break")
        assert (done.kind, done.count, done.days) == (EditKind.CHANGE, 2, (TODAY,))
        await rig.pass_time(10)
        rows = await rig.rows()
        assert [row.note for row in rows] == ["break", None, None, "break"]
        assert [row.classified_by for row in rows] == ["user", "catalogue", None, "user"]
        assert since_noon(rows[3].end) == 410
        await rig.service.editing.change([ids[0]], None, "")
        assert (await rig.rows())[0].note is None
        await rig.service.editing.undo()
        await rig.service.editing.undo()
        assert await verdicts(rig) == [(None, None), ("development", "catalogue")] * 2


async def test_the_past_gets_a_rules_verdict_but_for_what_the_user_said(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        ids = await switching(rig, 3)
        editing = rig.service.editing
        await editing.change([ids[2]], Verdict("research", 1))
        told: list[tuple[int, int]] = []
        expected = Preview(None, 200_000, 1, ((None, 200_000),))
        assert await editing.preview([ids[0]], GAMES, EditScope.PAST_TOO) == expected
        assert await editing.preview(ids[:2], GAMES) == Preview(
            2, 200_000, 1, ((None, 100_000), ("development", 100_000))
        )
        done = await editing.change([ids[0]], GAMES, None, EditScope.PAST_TOO, lambda *how: told.append(how))
        assert (done.count, told) == (2, [(1, 1)])
        editors = [row for row in await rig.rows() if row.app_name == "Editor"]
        assert [(row.category, row.classified_by) for row in editors] == [
            ("games", "user"), ("research", "user"), ("games", "rule"),
        ]  # fmt: skip
        assert (await editing.preview([ids[0]], GAMES, EditScope.PAST_TOO)).milliseconds == 0
        await rig.show(EDITOR, 10)
        assert (await verdicts(rig))[-1] == ("games", "rule")
        assert (await editing.undo()).count == 2
        await rig.show(EDITOR, 10)
        assert [row.category for row in await rig.rows() if row.app_name == "Editor"] == [None, "research", None, None]
        await editing.redo()
        assert (await editing.restore(TODAY)).kind is EditKind.RESTORE
        assert [row.category for row in await rig.rows() if row.app_name == "Editor"][:3] == [None, None, None]


async def test_a_change_of_the_past_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        ids = []
        for _ in range(7):
            ids = await switching(rig, 1)
            await rig.pass_time(86_400 - 200)
        before = await verdicts(rig)
        editing = rig.service.editing
        done = await editing.change([ids[0]], GAMES, None, EditScope.PAST_TOO, lambda *_: editing.stop())
        assert done.is_undone
        assert await verdicts(rig) == before
        assert await editing.steps() == Steps(None, None)
        await rig.show(EDITOR, 5)
        assert (await verdicts(rig))[-1] == (None, None)


async def test_the_running_activity_is_split_and_grows_on(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 100)
        row_id = (await rig.rows())[0].id
        await rig.service.editing.split(row_id, after(40))
        await rig.pass_time(20)
        assert await rig.brief() == [("Editor", 0, 40), ("Editor", 40, 120)]
        await rig.service.editing.change([(await rig.rows())[1].id], GAMES)
        await rig.pass_time(20)
        assert [row.category for row in await rig.rows()] == [None, "games"]
        await rig.service.editing.undo()
        done = await rig.service.editing.undo()
        assert (done.kind, done.is_undone) == (EditKind.SPLIT, True)
        await rig.pass_time(20)
        assert await rig.brief() == [("Editor", 0, 160)]
        with pytest.raises(KnownError, match="within it"):
            await rig.service.editing.split(row_id, after(500))


async def test_what_runs_can_be_deleted_and_recording_goes_on(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        ids = await switching(rig, 1)
        await rig.service.editing.delete(ids)
        await rig.pass_time(30)
        assert await rig.brief() == [("XTerm", 200, 230)]
        await rig.service.editing.undo()
        assert await rig.brief() == [("Editor", 0, 100), ("XTerm", 100, 200), ("XTerm", 200, 230)]
        with pytest.raises(KnownError, match="no longer there"):
            await rig.service.editing.delete(["another"])


async def test_neighbours_become_what_the_longest_was(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await switching(rig)
        await rig.show(EDITOR, 600)
        await away(rig, 1000)
        await rig.show(TERMINAL, 50)
        rows = await rig.rows()
        editing = rig.service.editing
        await editing.change([rows[0].id, rows[4].id], None, "one")
        await editing.merge([rows[0].id, rows[2].id, rows[4].id])
        assert await rig.brief() == [("Editor", 0, 1000), ("away", 1000, 2000), ("XTerm", 2000, 2050)]
        assert (await rig.rows())[0].note == "one"
        with pytest.raises(KnownError, match="too far apart"):
            await editing.merge([rows[4].id, rows[-1].id])
        with pytest.raises(KnownError, match="Two"):
            await editing.merge([rows[4].id])


async def test_an_entry_cuts_what_lies_there_and_is_cut_by_days(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await switching(rig)
        await rig.pass_time(86_400)
        editing = rig.service.editing
        days = rig.service.local_days()
        border = days.bounds(TODAY)[1]
        part = Part(border - timedelta(hours=1), border + timedelta(hours=1), " night ", Verdict("games", -2), "late")
        await editing.add([Part(after(150), after(320), "call"), part])
        rows = await rig.rows()
        assert (await rig.brief())[:4] == [
            ("Editor", 0, 100), ("XTerm", 100, 150), ("call", 150, 320), ("XTerm", 320, since_noon(part.start)),
        ]  # fmt: skip
        nights = [row for row in rows if row.app_name == "night"]
        assert [(row.local_day, row.end - row.start, row.origin, row.note, row.category) for row in nights] == [
            (TODAY, timedelta(hours=1), Origin.MANUAL, "late", "games"),
            (TODAY + timedelta(days=1), timedelta(hours=1), Origin.MANUAL, "late", "games"),
        ]
        for wrong in (
            [Part(after(1), after(1), "x")], [Part(after(1), after(2), " ")], [],
            [Part(after(1), after(3), "x"), Part(after(2), after(4), "y")],
            [Part(after(1), rig.clock.now() + timedelta(seconds=1), "x")],
        ):  # fmt: skip
            with pytest.raises(KnownError):
                await editing.add(wrong)


async def test_time_away_is_labelled_in_parts_and_work_in_it_stays(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 100)
        await away(rig, 500)
        await rig.pass_time(50)
        editing = rig.service.editing
        await editing.label([Part(after(50), after(300), "tea"), Part(after(300), after(640), "call")])
        assert await rig.brief() == [("Editor", 0, 100), ("tea", 100, 300), ("call", 300, 600), ("Editor", 600, 650)]
        assert {row.origin for row in await rig.rows()} == {None, Origin.LABEL}
        with pytest.raises(KnownError, match="recorded as activity"):
            await editing.label([Part(after(10), after(60), "x")])


async def test_entries_are_copied_to_another_day_at_the_same_time(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        ids = await switching(rig)
        yesterday = TODAY - timedelta(days=1)
        done = await rig.service.editing.copy(ids[1:3], yesterday)
        assert done.days == (yesterday,)
        day = 86_400
        assert (await rig.brief())[:2] == [("XTerm", 100 - day, 200 - day), ("Editor", 200 - day, 300 - day)]
        assert (await rig.rows())[0].origin is Origin.COPY
        with pytest.raises(KnownError, match="not passed"):
            await rig.service.editing.copy(ids[:1], TODAY + timedelta(days=1))


async def test_a_day_becomes_what_was_recorded_and_the_edits_come_back(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        ids = await switching(rig)
        recorded = await rig.rows()
        editing = rig.service.editing
        with pytest.raises(KnownError, match="as it was recorded"):
            await editing.restore(TODAY)
        await editing.split(ids[3], after(350))
        await editing.delete(ids[:1])
        await editing.add([Part(after(120), after(260), "call")])
        await rig.pass_time(40)
        edited = await rig.rows()
        done = await editing.restore(TODAY)
        assert done.kind is EditKind.RESTORE
        restored = await rig.rows()
        assert restored[:3] == recorded[:3]
        assert await rig.brief() == [("Editor", 0, 100), ("XTerm", 100, 200), ("Editor", 200, 300), ("XTerm", 300, 440)]
        kinds = [step.kind for step in await editing.history(TODAY)]
        assert kinds == [EditKind.RESTORE, EditKind.ADD, EditKind.DELETE, EditKind.SPLIT]
        assert await editing.history(TODAY - timedelta(days=1)) == ()
        await editing.undo()
        assert await rig.rows() == edited


async def test_what_came_since_stays_when_a_deletion_is_undone(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await switching(rig)
        rows = await rig.rows()
        editing = rig.service.editing
        await editing.delete([rows[0].id])
        db, user_id = editing.desk.db, editing.desk.user_id
        async with db.write() as session:
            came = Activity("imported", "Import", after(20), after(60), TODAY, rows[0].tz_min)
            await activities.record(session, user_id, [came])
        done = await editing.undo()
        assert done.kept
        assert (await rig.brief())[:3] == [("Editor", 0, 20), ("Import", 20, 60), ("Editor", 60, 100)]
        await editing.redo()
        assert (await rig.brief())[:2] == [("Import", 20, 60), ("XTerm", 100, 200)]
        assert not (await editing.undo()).kept


async def test_steps_are_undone_after_a_restart_and_a_new_one_ends_what_was_undone(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        ids = await switching(rig)
        await rig.service.editing.delete(ids[:1])
        await rig.service.editing.delete(ids[1:2])
    async with reading(tmp_path) as service:
        editing = service.editing
        await editing.undo()
        await editing.undo()
        with pytest.raises(KnownError, match="nothing to undo"):
            await editing.undo()
        await editing.redo()
        steps = await editing.steps()
        assert steps.undo is not None
        assert steps.redo is not None
        await editing.delete(ids[2:3])
        assert (await editing.steps()).redo is None
        with pytest.raises(KnownError, match="nothing to redo"):
            await editing.redo()


async def images(service: Service) -> str:
    async with service.editing.desk.db.read() as session:
        return str([(edit.before, edit.after) for edit in await session.scalars(select(Edit))])


async def test_what_is_erased_is_in_no_image_either(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        ids = await switching(rig)
        editing = rig.service.editing
        await editing.delete([ids[1]])
        await editing.undo()
        await editing.merge(ids[:3])
        assert "shell" in await images(rig.service)
        done = await editing.delete([(await rig.rows())[0].id], forever=True)
        assert (done.kind, done.days) == (EditKind.ERASE, (TODAY,))
        assert "shell" not in await images(rig.service)
        assert "a.py" not in await images(rig.service)
        with pytest.raises(KnownError, match="nothing to undo"):
            await editing.undo()
        assert await rig.brief() == [("XTerm", 300, 400)]


async def test_another_idle_timeout_is_applied_to_the_past(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 100)
        await away(rig, 400)
        await rig.show(TERMINAL, 100)
        await away(rig, 200)
        await rig.pass_time(100)
        before = await rig.rows()
        brief = [("Editor", 0, 100), ("away", 100, 500), ("XTerm", 500, 900)]
        assert await rig.brief() == brief
        editing = rig.service.editing
        shorter = await editing.preview_idle(TODAY, TODAY, 120)
        assert (shorter.days, shorter.away, shorter.regained) == (1, 200_000, 0)
        longer = await editing.preview_idle(TODAY, TODAY, 600)
        assert (longer.days, longer.away, longer.regained) == (1, 0, 400_000)
        await editing.apply_idle(TODAY, TODAY, 120)
        assert await rig.brief() == [*brief[:2], ("XTerm", 500, 600), ("away", 600, 800), ("XTerm", 800, 900)]
        await editing.undo()
        assert await rig.rows() == before
        await editing.apply_idle(TODAY, TODAY, 600)
        assert await rig.brief() == [("Editor", 0, 500), ("XTerm", 500, 900)]
        await editing.undo()
        with pytest.raises(KnownError, match="changes nothing"):
            await editing.apply_idle(TODAY, TODAY, 300)
        assert await rig.service.upkeep.check() == []


async def test_locked_time_and_the_users_own_words_stay_whatever_the_idle_timeout(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 100)
        rig.probe.tell(InputStopped(rig.clock.now()))
        await rig.pass_time(200)
        rig.probe.tell(Locked("x"))
        await rig.pass_time(300)
        rig.probe.tell(Unlocked("x"))
        rig.probe.tell(InputBack(rig.clock.now()))
        await rig.show(EDITOR, 100)
        editing = rig.service.editing
        await editing.add([Part(after(120), after(150), "call")])
        assert [row.cause for row in await rig.rows()] == [None, State.AWAY, None, State.AWAY, State.LOCKED, None]
        await editing.apply_idle(TODAY, TODAY, 600)
        assert await rig.brief() == [
            ("Editor", 0, 120), ("call", 120, 150), ("Editor", 150, 300), ("locked", 300, 600), ("Editor", 600, 700),
        ]  # fmt: skip


async def test_time_is_entered_in_words(tmp_path: Path) -> None:
    async with reading(tmp_path) as service:
        part = await service.editing.parse("45m call with bank")
        assert (part.start, part.end, part.verdict) == (after(-2700), NOON, Verdict("meetings", 1))
        done = await service.editing.enter("9:10-9:40 reading", date(2026, 11, 18))
        assert done.days == (date(2026, 11, 18),)
        (row,) = await service.reports.activities(date(2026, 11, 18), date(2026, 11, 18))
        zone = service.local_days().zone
        assert row.start == datetime(2026, 11, 18, 9, 10, tzinfo=zone).astimezone(UTC)
        assert (row.app_name, row.category, row.origin) == ("reading", "research", Origin.MANUAL)


async def test_what_is_erased_leaves_no_trace_in_the_files(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(Window("Editor", "editor", "qzxcanary contract"), 60)
        await rig.show(TERMINAL, 60)
        await rig.service.search.prepare()
        assert await rig.service.search.find("qzxcanary")
        (secret,) = [row for row in await rig.rows() if row.window_title == "qzxcanary contract"]
        await rig.service.editing.change([secret.id], None, "a note on the qzxcanary")
        await rig.service.editing.delete([secret.id], forever=True)
        assert not await rig.service.search.find("qzxcanary")
        for file in tmp_path.glob("productify.db*"):
            assert b"qzxcanary" not in file.read_bytes(), file.name
        assert await rig.service.upkeep.check() == []


async def test_a_note_on_what_was_merged_away_is_erased_with_it(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 100)
        await rig.show(TERMINAL, 100)
        editing = rig.service.editing
        await editing.split((await rig.rows())[0].id, after(50))
        first, second = [row.id for row in await rig.rows()][:2]
        await editing.change([second], None, "qzxcanary note")
        await editing.merge([first, second])
        (merged,) = [row for row in await rig.rows() if row.note == "qzxcanary note"]
        await editing.delete([merged.id], forever=True)
        assert "qzxcanary" not in await images(rig.service)
        for file in tmp_path.glob("productify.db*"):
            assert b"qzxcanary" not in file.read_bytes(), file.name


async def test_names_used_before_come_newest_first_with_what_they_were(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 3000)
        editing = rig.service.editing
        assert await editing.recent_labels() == ()
        await editing.add([Part(after(0), after(60), "Lunch", Verdict("personal", 0))])
        await editing.add([Part(after(100), after(160), "Call")])
        await editing.add([Part(after(200), after(260), "lunch")])
        await editing.add([Part(after(300), after(360), "Walk")])
        await editing.undo()
        recent = await editing.recent_labels()
        assert [(part.name, part.verdict) for part in recent] == [("lunch", None), ("Call", None)]
        assert [part.name for part in await editing.recent_labels(1)] == ["lunch"]
        assert await editing.verdict_of("team standup") == Verdict("meetings", 1)
        assert await editing.verdict_of("xyzzy") is None
