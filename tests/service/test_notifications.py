"""Notifications: what is told to whom, with a notifier that does what the test says."""

import asyncio
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from productify.domain import Notification, Urgency
from productify.notify import NotifierUnavailableError, notifier_for
from productify.notify.notifier import NoNotifier
from productify.notify.programs import Command, ProgramNotifier, macos_notifier, windows_notifier
from productify.service import Notices
from productify.service.notifications import Notifications
from productify.service.problems import Problems
from service.rig import until

NOTE = Notification("Title", "Body", (("go", "Go"),))


class Told:
    """A notifier that waits for the test's choice."""

    def __init__(self) -> None:
        self.shown: list[Notification] = []
        self.closed = False
        self._choice: asyncio.Future[str | None] | None = None

    async def show(self, notification: Notification) -> str | None:
        self.shown.append(notification)
        self._choice = asyncio.get_running_loop().create_future()
        return await self._choice

    def choose(self, key: str | None) -> None:
        assert self._choice is not None
        self._choice.set_result(key)

    async def close(self) -> None:
        self.closed = True


async def test_the_chosen_action_is_returned():
    told = Told()
    notifications = Notifications(told, Notices())
    showing = asyncio.create_task(notifications.show(NOTE))
    await until(lambda: told.shown, "the notification")
    told.choose("go")
    assert await showing == "go"
    await notifications.close()
    assert told.closed


async def test_what_nobody_can_show_is_told_in_the_window():
    heard = []
    notifications = Notifications(NoNotifier(), Notices(notified=heard.append))
    assert await notifications.show(NOTE) is None
    assert heard == [NOTE]


async def test_one_that_is_told_without_waiting_ends_with_the_service():
    told, chosen = Told(), []
    notifications = Notifications(told, Notices())
    notifications.tell(NOTE, chosen.append)
    await until(lambda: told.shown, "the notification")
    told.choose("go")
    await until(lambda: chosen == ["go"], "the choice")
    notifications.tell(NOTE)
    await until(lambda: len(told.shown) == 2, "another")
    await notifications.close()


@pytest.mark.logs
async def test_a_notifier_with_a_bug_is_told_to_the_log(caplog):
    class Broken(Told):
        async def show(self, notification: Notification) -> str | None:
            raise ZeroDivisionError

    notifications = Notifications(Broken(), Notices())
    notifications.tell(NOTE)
    await until(lambda: any("a notification failed" in record.message for record in caplog.records), "the record")
    await notifications.close()


class World:
    """A problem that comes and goes, and a window that is seen or not."""

    def __init__(self) -> None:
        self.problem: str | None = None
        self.seen = False
        self.opened = 0
        self.told = Told()
        notices = Notices(show=self._open, is_seen=lambda: self.seen)
        self.notifications = Notifications(self.told, notices)
        self.problems = Problems(lambda: self.problem, self.notifications, notices, lasting=0.05)

    def _open(self) -> None:
        self.opened += 1

    def become(self, problem: str | None) -> None:
        self.problem = problem
        self.problems.look()

    async def __aenter__(self) -> "World":
        self.task = asyncio.create_task(self.problems.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self.task.cancel()
        with suppress(asyncio.CancelledError):
            await self.task
        await self.notifications.close()


async def test_a_lasting_problem_is_told_once_and_again_after_it_was_over():
    async with World() as world:
        world.become("The disk is full.")
        await until(lambda: world.told.shown, "the notification")
        world.problems.look()
        await asyncio.sleep(0.15)
        (note,) = world.told.shown
        assert (note.body, note.urgency, note.key) == ("The disk is full.", Urgency.CRITICAL, "problem")
        world.told.choose("default")
        await until(lambda: world.opened == 1, "the window")
        world.become(None)
        await asyncio.sleep(0.05)
        world.become("The disk is full.")
        await until(lambda: len(world.told.shown) == 2, "another")


async def test_neither_a_short_problem_nor_one_in_view_is_told():
    async with World() as world:
        world.become("gone")
        await asyncio.sleep(0.02)
        world.problem = None
        await asyncio.sleep(0.1)
        world.seen = True
        world.become("The disk is full.")
        await asyncio.sleep(0.15)
        assert not world.told.shown


@pytest.mark.parametrize(("make", "program"), [(macos_notifier, "osascript"), (windows_notifier, "powershell.exe")])
async def test_programs_of_other_systems_get_texts_apart_from_code(tmp_path: Path, monkeypatch, make, program):
    """A stand-in takes the program's place, which does not run here: it keeps its words and its environment."""
    stand_in = tmp_path / program
    stand_in.write_text(
        f"#!{sys.executable}\nimport os, sys\nopen('{tmp_path}/told', 'w').write(repr((sys.argv, dict(os.environ))))\n"
    )
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert await make().show(Notification('A "quoted" <title>', "Body & more")) is None
    told = (tmp_path / "told").read_text()
    assert "quoted" in told
    assert "Body &" in told
    code = {"osascript": "display notification (item 2 of argv)", "powershell.exe": "CreateToastNotifier"}[program]
    assert code in told


async def test_programs_that_are_missing_or_fail_say_so():
    for words in (("no-such-program",), (sys.executable, "-c", "raise SystemExit('no desktop')")):
        with pytest.raises(NotifierUnavailableError):
            await ProgramNotifier(lambda _note, words=words: Command(words)).show(NOTE)


def test_each_platform_has_its_notifier():
    assert type(notifier_for("linux", {"XDG_RUNTIME_DIR": "/run/user/1"})).__name__ == "FreedesktopNotifier"
    assert isinstance(notifier_for("linux", {}), NoNotifier)
    assert isinstance(notifier_for("darwin", {}), ProgramNotifier)
    assert isinstance(notifier_for("win32", {}), ProgramNotifier)


@pytest.mark.parametrize(("make", "program"), [(macos_notifier, "osascript"), (windows_notifier, "powershell.exe")])
def test_it_makes_a_sound_only_where_it_is_asked_for(make, program):
    quiet, loud = (repr(make()._command(replace(NOTE, sound=sound))) for sound in (False, True))
    assert quiet != loud
    assert ("sound name" in quiet, "sound name" in loud) == (False, program == "osascript")
    assert ("silent" in quiet, "silent" in loud) == (program != "osascript", False)
