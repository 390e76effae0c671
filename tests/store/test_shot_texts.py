"""The words of screenshots in the store, on SQLite and PostgreSQL."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from productify.domain import Word
from productify.store import shot_texts
from productify.store.schema import Screenshot, ShotText
from store.conftest import Store
from store.making import at

NOON = at("2026-11-19 12:00")
WORDS = (Word("Quarterly", 0.1, 0.2, 0.3, 0.04), Word("figures,", 0.5, 0.2, 0.2, 0.04))


async def _shot(store: Store, name: str, **more: Any) -> None:
    async with store.db.write() as session:
        session.add(
            Screenshot(
                id=name, user_id=store.user_id, file_path=f"{name}.webp", is_blurred=more.pop("is_blurred", False),
                captured_at=NOON + timedelta(minutes=int(name[-1])), app_name="Editor", window_title="notes.md", **more,
            )
        )  # fmt: skip


async def _keep(store: Store, name: str, words: tuple[Word, ...] = WORDS) -> None:
    async with store.db.write() as session:
        await shot_texts.keep(session, store.user_id, name, words, NOON)


async def _saying(store: Store, typed: str) -> list[str]:
    async with store.db.read() as session:
        return sorted(await session.scalars(select(Screenshot.id).where(shot_texts.saying(typed))))


async def test_only_pictures_that_may_be_read_are_offered(store: Store) -> None:
    await _shot(store, "plain-1")
    await _shot(store, "plain-2", is_sealed=False)
    await _shot(store, "blurred-3", is_blurred=True)
    await _shot(store, "sealed-4", is_sealed=True)
    await _shot(store, "trashed-5", trashed_at=NOON)
    await _shot(store, "read-6", read_at=NOON)
    async with store.db.read() as session:
        assert [name for name, _ in await shot_texts.unread(session, store.user_id, 9)] == ["plain-2", "plain-1"]
        assert [name for name, _ in await shot_texts.unread(session, store.user_id, 9, {"plain-2"})] == ["plain-1"]


async def test_pictures_are_found_by_their_words_and_names(store: Store) -> None:
    await _shot(store, "said-1")
    await _shot(store, "empty-2")
    await _keep(store, "said-1")
    await _keep(store, "empty-2", ())
    assert await _saying(store, "quart FIGURES") == ["said-1"]
    assert await _saying(store, "notes.md") == ["empty-2", "said-1"]
    assert await _saying(store, '"; DROP* quart') == []
    assert await _saying(store, "elsewhere") == []
    assert await _saying(store, " !? ") == ["empty-2", "said-1"]


async def test_the_places_of_the_words_that_were_typed(store: Store) -> None:
    await _shot(store, "said-1")
    await _keep(store, "said-1")
    async with store.db.read() as session:
        assert await shot_texts.words_of(session, store.user_id, "said-1", "figu") == (WORDS[1],)
        assert await shot_texts.words_of(session, store.user_id, "said-2", "figu") == ()


@pytest.mark.parametrize("change", [{"is_blurred": True}, {"trashed_at": NOON}])
async def test_a_picture_that_was_hidden_meanwhile_keeps_no_words(store: Store, change: dict[str, Any]) -> None:
    await _shot(store, "late-1", **change)
    await _keep(store, "late-1")
    assert await _count(store) == 0


async def test_words_go_with_their_picture_and_on_request(store: Store) -> None:
    for name in ("one-1", "two-2"):
        await _shot(store, name)
        await _keep(store, name)
    async with store.db.write() as session:
        await shot_texts.forget(session, ["one-1"])
        await session.delete(await session.get_one(Screenshot, "two-2"))
    assert await _count(store) == 0
    assert await _saying(store, "quarterly") == []


async def _count(store: Store) -> int:
    async with store.db.read() as session:
        return await session.scalar(select(func.count()).select_from(ShotText)) or 0
