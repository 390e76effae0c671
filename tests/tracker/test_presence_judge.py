"""What signs mean for what is in front."""

from datetime import timedelta

import pytest

from productify.domain import Presence
from productify.settings import Settings
from productify.tracker.presence.judge import is_of, judged
from productify.tracker.probe import Sign, SignKind, Window
from productify.tracker.vouching import Vouched

BROWSER = Window("Firefox", "firefox", "Talk", pid=7, wm_class=("Navigator", "firefox-esr"), exe="/usr/lib/firefox-esr")
FULL = Window("mpv", "mpv", "Film", wm_class=("gl", "mpv"), fullscreen=True)
HEARD = Sign(SignKind.SOUND, frozenset({"firefox"}), 99)
MUSIC = Sign(SignKind.SOUND, frozenset({"spotify"}), 11)
PLAYS = Sign(SignKind.SOUND, frozenset({"mpv"}))
MICROPHONE, CAMERA = Sign(SignKind.MICROPHONE, frozenset({"zoom"})), Sign(SignKind.CAMERA)
AWAKE = Sign(SignKind.AWAKE, frozenset({"firefox"}))


def minutes(by: Presence, count: int) -> Vouched:
    return Vouched(by, timedelta(minutes=count))


@pytest.mark.parametrize(
    ("window", "category", "signs", "expected"),
    [
        (BROWSER, None, [], Vouched()),
        (None, None, [MICROPHONE], minutes(Presence.CALL, 240)),
        (BROWSER, "development", [CAMERA], minutes(Presence.CALL, 240)),
        (BROWSER, "meetings", [], Vouched()),
        (BROWSER, "meetings", [HEARD], minutes(Presence.CALL, 240)),
        (BROWSER, "meetings", [MUSIC], Vouched()),
        (Window("zoom", title="Zoom Meeting"), "meetings", [], minutes(Presence.CALL, 240)),
        (Window("zoom", title="Zoom Workplace"), "meetings", [], Vouched()),
        (Window("Teams", title="Meeting with Ada | Microsoft Teams"), None, [], minutes(Presence.CALL, 240)),
        (BROWSER, "entertainment", [HEARD], minutes(Presence.AUDIO, 90)),
        (BROWSER, "research", [HEARD], minutes(Presence.AUDIO, 90)),
        (BROWSER, "music", [HEARD], Vouched()),
        (BROWSER, "development", [HEARD], Vouched()),
        (BROWSER, None, [HEARD], Vouched()),
        (BROWSER, "entertainment", [MUSIC], Vouched()),
        (FULL, None, [PLAYS], minutes(Presence.VIDEO, 90)),
        (FULL, None, [], Vouched()),
        (FULL, "development", [MUSIC], Vouched()),
        (FULL, "games", [PLAYS, AWAKE], Vouched()),
        (FULL, "music", [PLAYS], Vouched()),
        (FULL, None, [AWAKE], minutes(Presence.VIDEO, 90)),
        (BROWSER, "writing", [AWAKE], minutes(Presence.INHIBITOR, 90)),
        (FULL, "entertainment", [PLAYS, MICROPHONE], minutes(Presence.CALL, 240)),
    ],
)
def test_what_vouches(window, category, signs, expected):
    assert judged(window, category, signs, Settings()) == expected


@pytest.mark.parametrize(
    ("key", "window", "category", "sign"),
    [
        ("presence_calls", BROWSER, None, MICROPHONE),
        ("presence_video", FULL, None, PLAYS),
        ("presence_audio", BROWSER, "research", HEARD),
        ("presence_inhibitors", BROWSER, None, AWAKE),
    ],
)
def test_each_signal_can_be_switched_off(key, window, category, sign):
    assert judged(window, category, [sign], Settings()).by is not None
    assert judged(window, category, [sign], Settings().with_value(key, False)) == Vouched()


def test_caps_are_settings():
    settings = Settings().with_value("presence_video_minutes", 30).with_value("presence_learning_minutes", 45)
    settings = settings.with_value("presence_call_minutes", 60)
    assert judged(BROWSER, "entertainment", [HEARD], settings).cap == timedelta(minutes=30)
    assert judged(BROWSER, "research", [HEARD], settings).cap == timedelta(minutes=45)
    assert judged(BROWSER, None, [MICROPHONE], settings).cap == timedelta(minutes=60)


@pytest.mark.parametrize(
    ("sign", "window", "expected"),
    [
        (Sign(SignKind.SOUND, pid=7), BROWSER, True),
        (Sign(SignKind.SOUND, frozenset({"firefox-esr"})), BROWSER, True),
        (
            Sign(SignKind.SOUND, frozenset({"chrome"})),
            Window("YouTube", wm_class=("crx", "Crx"), exe="/opt/chrome"),
            True,
        ),
        (Sign(SignKind.SOUND, frozenset({"python3"})), Window("Tool", exe="/usr/bin/python3", script="tool.py"), False),
        (Sign(SignKind.SOUND), BROWSER, False),
        (Sign(SignKind.SOUND, frozenset({"firefox"})), None, False),
    ],
)
def test_whose_sign_it_is(sign, window, expected):
    assert is_of(sign, window) is expected
