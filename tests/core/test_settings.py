import pytest

from productify.errors import UsageError
from productify.settings import BY_KEY, SETTINGS, Section, Settings


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_each_setting_is_whole(setting) -> None:
    assert setting.checked(setting.default) == setting.default
    assert setting.title[0].isupper()
    assert setting.help.endswith(".")
    assert setting.section in Section
    for value, words in setting.choices:
        assert setting.checked(value) == value
        assert words


def test_keys_are_unique() -> None:
    assert len(BY_KEY) == len(SETTINGS)


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("idle_timeout", 5, "60 to 1800"),
        ("idle_timeout", True, "int"),
        ("theme", "pink", "dark, light, system"),
        ("excluded_apps", "Signal", "tuple"),
        ("volume", 3, "no setting"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_would(key: str, value: object, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        Settings().with_value(key, value)


def test_a_changed_copy_leaves_the_first_alone() -> None:
    first = Settings()
    second = first.with_value("excluded_apps", ["Signal"])
    assert second.texts("excluded_apps") == ("Signal",)
    assert first.texts("excluded_apps") == ()
    assert first.number("idle_timeout") == 300
    assert first.flag("tracking_enabled")
