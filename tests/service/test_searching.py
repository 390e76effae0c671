"""Search over the running service: what was just in front is found, and older days are prepared in the background."""

from datetime import timedelta
from pathlib import Path

from productify.clock import SettableClock
from productify.domain import Verdict
from productify.tracker.probe import Window
from service.rig import EDITOR, NOON, reading, recording, until

BANK = Window("Firefox", title="Transfer 4711 - Example Bank", url="https://bank.example.org/transfer")


async def test_what_is_in_front_now_is_found(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 30)
        await rig.show(BANK, 60)
        await rig.show(EDITOR, 10)
        (hit,) = await rig.service.search.find("4711 today")
        assert (hit.app_name, hit.milliseconds, hit.days) == ("Firefox", 60_000, 1)
        assert await rig.service.search.find("4711 yesterday") == ()
        assert await rig.service.search.find("  ") == ()


async def test_a_past_day_is_prepared_without_being_asked_for(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(BANK, 60)
    async with recording(tmp_path, SettableClock(NOON + timedelta(days=3))) as rig:
        service = rig.service

        async def prepared() -> bool:
            return NOON.date() not in await service.search.waiting()

        await until(prepared, "the past day")
        (hit,) = await service.search.find("3 days ago bank")
        assert hit.day == NOON.date()


async def test_a_command_prepares_all_that_waits(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(BANK, 60)
    async with reading(tmp_path) as service:
        await service.search.prepare()
        assert await service.search.waiting() == []
        assert len(await service.search.find("bank")) == 1


async def test_what_is_deleted_is_gone_at_once(tmp_path: Path) -> None:
    clock = SettableClock(NOON)
    async with recording(tmp_path, clock) as rig:
        for _day in range(4):
            await rig.show(BANK, 60)
            await rig.show(EDITOR, 60)
            clock.advance(timedelta(days=1).total_seconds())
        await rig.show(BANK, 60)
        (hit,) = await rig.service.search.find("4711")
        assert hit.days == 5
        secret = [row.id for row in await rig.rows() if row.app_name == "Firefox"]
        await rig.service.editing.delete(secret)
        assert await rig.service.search.find("4711") == ()
        await rig.service.editing.undo()
        (again,) = await rig.service.search.find("4711")
        assert again == hit


async def test_a_correction_reaches_the_filter_by_category(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(BANK, 60)
        await rig.show(EDITOR, 60)
        await rig.service.search.find("4711")
        ids = [row.id for row in await rig.rows() if row.app_name == "Firefox"]
        await rig.service.editing.change(ids, Verdict("music", 0))
        assert len(await rig.service.search.find("category:music 4711")) == 1
        await rig.service.editing.undo()
        assert await rig.service.search.find("category:music 4711") == ()


async def test_a_line_of_punctuation_asks_for_nothing(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(BANK, 60)
        assert await rig.service.search.find("-- ''") == ()
