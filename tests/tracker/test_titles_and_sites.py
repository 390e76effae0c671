"""Titles without churn, addresses without credentials."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from productify.tracker.sites import is_within, kept, site_of
from productify.tracker.titles import cleaned


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("main.py - Editor", "main.py - Editor"),
        ("● main.py - Editor", "main.py - Editor"),
        ("*main.py - Mousepad", "main.py - Mousepad"),
        ("main.py* - Editor", "main.py* - Editor"),
        ("(3) Inbox", "Inbox"),
        ("(1,204) Inbox - Mail", "Inbox - Mail"),
        ("(99+) Chat", "Chat"),
        ("[12] #general", "#general"),
        ("Inbox (4) - me@example.org - Mail", "Inbox - me@example.org - Mail"),
        ("⠋ building", "building"),
        ("⠙ building", "building"),
        ("✳ Fixing a test", "Fixing a test"),
        ("| running", "running"),
        ("45% - copying", "copying"),
        ("Budget (2024) - Calc", "Budget (2024) - Calc"),
        ("Report 2024", "Report 2024"),
        ("100% Wool | Shop", "100% Wool | Shop"),
        ("C:\\Users", "C:\\Users"),
        ("~/src", "~/src"),
        ("- notes", "notes"),
        ("  a \n b  ", "a b"),
        ("●", "●"),
        ("(3)", "(3)"),
        ("", None),
        ("   ", None),
        (None, None),
    ],
)
def test_titles_lose_what_flickers_and_nothing_else(title, expected):
    assert cleaned(title) == expected


@given(st.text(max_size=80))
def test_cleaning_rests_and_never_invents(title):
    once = cleaned(title)
    assert cleaned(once) == once or once is None or len(cleaned(once) or "") <= len(once)
    assert once is None or len(once) <= len(title)


def test_titles_fit_their_column():
    assert len(cleaned("x" * 5000) or "") == 1000


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.Example.org/a?b#c", "example.org"),
        ("http://user:secret@mail.example.org:8080/", "mail.example.org"),
        ("https://example.org.", "example.org"),
        ("file:///etc/passwd", None),
        ("about:blank", None),
        ("moz-extension://1/x", None),
        ("http://[::1]/", "::1"),
        ("http://[broken", None),
        (None, None),
    ],
)
def test_sites(url, site):
    assert site_of(url) == site


def test_credentials_never_stay_in_an_address():
    assert kept("https://me:secret@example.org/a?b=1#c") == "https://example.org/a?b=1#c"
    assert kept("no address") is None
    assert kept("http://[broken") is None
    assert len(kept("https://example.org/" + "a" * 5000) or "") == 2000


def test_subdomains_are_within_a_site_and_lookalikes_are_not():
    assert is_within("a.example.org", "example.org")
    assert is_within("example.org", "example.org")
    assert not is_within("notexample.org", "example.org")
