"""Users, settings, memory, categories and rules."""

import csv
import json
import re
from datetime import timedelta
from fnmatch import translate

import pytest
from sqlalchemy import select, update

from productify import paths
from productify.domain import Productivity, Rule
from productify.errors import UsageError
from productify.settings import SETTINGS, Settings
from productify.store import preferences, rules, schema, users
from store.conftest import Store
from store.making import DOCS, EDITOR, activity, at

TOKENS = {
    "development", "design", "writing", "research", "planning", "meetings",
    "communication", "utilities", "news", "social", "entertainment", "personal",
}  # fmt: skip


async def loaded(store: Store) -> Settings:
    async with store.db.read() as session:
        return await preferences.load(session, store.user_id)


async def test_there_is_one_local_user(store: Store) -> None:
    async with store.db.write() as session:
        assert await users.local_user(session) == store.user_id
        assert len((await session.scalars(select(schema.User))).all()) == 1
    assert store.told == []


async def test_a_new_store_has_every_default(store: Store) -> None:
    found = await loaded(store)
    assert {setting.key: found.get(setting.key) for setting in SETTINGS} == {s.key: s.default for s in SETTINGS}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theme", "dark"),
        ("idle_timeout", 120),
        ("incognito_mode", True),
        ("day_start", 0),
        ("excluded_apps", ("a*", "b")),
    ],
)
async def test_a_setting_is_kept(store: Store, key: str, value: object) -> None:
    async with store.db.write() as session:
        saved = await preferences.save(session, store.user_id, key, value)
    assert saved.get(key) == value
    assert (await loaded(store)).values == saved.values
    assert store.told == [frozenset({"user_settings"})]


async def test_a_column_holds_what_the_reference_has_a_column_for(local: Store) -> None:
    async with local.db.write() as session:
        await preferences.save(session, local.user_id, "idle_timeout", 600)
        await preferences.save(session, local.user_id, "track_urls", False)
    async with local.db.read() as session:
        row = (await session.scalars(select(schema.UserSettings))).one()
    assert row.idle_timeout == 600
    assert row.more == {"track_urls": False}


async def test_a_setting_that_does_not_fit_is_refused(local: Store) -> None:
    for key, value in (("theme", "pink"), ("idle_timeout", 1), ("nothing", 1)):
        with pytest.raises(UsageError):
            await _save(local, key, value)
    assert local.told == []


async def _save(store: Store, key: str, value: object) -> None:
    async with store.db.write() as session:
        await preferences.save(session, store.user_id, key, value)


async def test_a_stored_value_that_no_longer_fits_is_its_default(local: Store) -> None:
    async with local.db.write() as session:
        await session.execute(update(schema.UserSettings).values(theme="sepia", more={"day_start": 9999, "old": 1}))
    found = await loaded(local)
    assert (found.text("theme"), found.number("day_start")) == ("system", 240)


async def test_memory_is_kept_and_nobodys_news(store: Store) -> None:
    async with store.db.write() as session:
        await preferences.remember(session, store.user_id, "paused", {"until": None})
        await preferences.remember(session, store.user_id, "page", 3)
    async with store.db.write() as session:
        await preferences.remember(session, store.user_id, "paused", None)
        assert await preferences.recall(session, store.user_id, "paused") is None
        assert await preferences.recall(session, store.user_id, "page") == 3
        assert await session.scalar(select(schema.UserSettings.state)) == {"page": 3}
    assert store.told == []


async def test_the_catalogue_is_synced_once(store: Store) -> None:
    for _ in range(2):
        async with store.db.write() as session:
            await rules.sync_catalogue(session)
    assert store.told == [frozenset({"categories"})]
    async with store.db.write() as session:
        await session.execute(update(schema.Category).where(schema.Category.key == "email").values(name="Old"))
        await rules.sync_catalogue(session)
        found = {category.key: category for category in await rules.categories(session)}
    assert len(found) == 20
    assert found["email"].name == "Email"
    assert found["development"].productivity is Productivity.VERY_PRODUCTIVE
    assert {category.key for category in found.values() if category.parent is None} == TOKENS
    for category in found.values():
        assert category.colour == (category.parent or category.key)


def test_the_catalogue_speaks_of_categories_that_exist() -> None:
    with (paths.catalogue_dir() / "categories.csv").open(encoding="utf-8", newline="") as file:
        categories = {row["key"]: row for row in csv.DictReader(file)}
    with (paths.catalogue_dir() / "default-rules.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {line["category"] for line in lines} == {*categories, "system"}
    for line in lines:
        assert (line["level"] == "") == (line["category"] == "system"), line
        assert line["name"].strip() == line["name"] != "", line
        assert line["flag"] in ("", "password_manager"), line
        if line["match"] == "regex":
            re.compile(line["pattern"])
    assert sum(line["flag"] != "" for line in lines) == 13
    patterns = [(line["kind"], line["os"], line["pattern"].lower()) for line in lines]
    assert len(patterns) == len(set(patterns))


async def test_rules_come_back_the_stronger_first(store: Store) -> None:
    async with store.db.write() as session:
        weak = await rules.add_rule(session, store.user_id, app_name="Gam*", category="games", productivity=-2)
        strong = await rules.add_rule(
            session, store.user_id, url_pattern="x", category="research", productivity=0, priority=5
        )
    async with store.db.read() as session:
        assert await rules.user_rules(session, store.user_id) == (strong, weak)
        stored = {row.category: row.is_productive for row in await session.scalars(select(schema.ClassificationRule))}
    assert weak == Rule(weak.id, "Gam*", None, "games", -2, 0, True)
    assert stored == {"games": False, "research": False}


async def test_a_rule_for_the_same_thing_is_changed(store: Store) -> None:
    async with store.db.write() as session:
        first = await rules.add_rule(session, store.user_id, app_name="Mail", category="email", productivity=0)
        again = await rules.add_rule(session, store.user_id, app_name="Mail", category="social", productivity=-1)
        assert again.id == first.id
        assert [rule.category for rule in await rules.user_rules(session, store.user_id)] == ["social"]


async def test_a_rule_needs_something_to_match(local: Store) -> None:
    async with local.db.write() as session:
        with pytest.raises(ValueError, match="needs"):
            await rules.add_rule(session, local.user_id, category="email", productivity=0)


async def test_a_rule_of_the_references_making_is_understood(local: Store) -> None:
    async with local.db.write() as session:
        for category, verdict in (("good", True), ("bad", False)):
            session.add(
                schema.ClassificationRule(
                    user_id=local.user_id, app_name=category, category=category, is_productive=verdict
                )
            )
    async with local.db.read() as session:
        found = {rule.category: rule.productivity for rule in await rules.user_rules(session, local.user_id)}
    assert found == {"good": 1, "bad": -1}


async def test_learning_from_a_site_reaches_all_of_it_and_no_other(local: Store) -> None:
    seen = activity(DOCS, at("2026-05-04 08:00"), timedelta(minutes=1))
    async with local.db.write() as session:
        rule = await rules.learn(session, local.user_id, seen)
    assert (rule.app_name, rule.category, rule.productivity) == (None, "research", 1)
    pattern = re.compile(rule.url_pattern or "", re.IGNORECASE)
    for url in ("https://docs.example.org", "http://docs.example.org:8080/a?b", "https://old.docs.example.org/x#y"):
        assert pattern.search(url), url
    for url in (
        "https://docs.example.org.evil.com/",
        "https://notdocs.example.org/",
        "https://a.com/?docs.example.org/",
    ):
        assert not pattern.search(url), url


async def test_learning_from_an_app_takes_its_name_literally(local: Store) -> None:
    seen = activity(EDITOR, at("2026-05-04 08:00"), timedelta(minutes=1), app_name="Notes [beta]*")
    async with local.db.write() as session:
        rule = await rules.learn(session, local.user_id, seen)
    assert rule.url_pattern is None
    matches = re.compile(translate(rule.app_name or ""))
    assert matches.match("Notes [beta]*")
    assert not matches.match("Notes b")


async def test_settings_are_plain_json(local: Store) -> None:
    async with local.db.write() as session:
        await preferences.save(session, local.user_id, "excluded_sites", ("example.org",))
        assert (
            json.dumps(await session.scalar(select(schema.UserSettings.more))) == '{"excluded_sites": ["example.org"]}'
        )
