"""A code that is good once, for five minutes and five tries, and the token that it buys."""

import hmac
from hashlib import sha256
from pathlib import Path

from bridge_api.line import CHROMIUM, FIREFOX, answering
from productify.bridge_api.pairing import TRIES, VALID, Pairing
from productify.clock import SettableClock
from service.rig import NOON

TAB = {"url": "https://a.example/", "title": "A", "audible": False, "private": False, "is_front": True}
HELLO = {"code": "000000", "browser": "firefox", "name": "Home"}


def _wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_a_code_is_good_once() -> None:
    pairing = Pairing(SettableClock(NOON))
    offer = pairing.offer()
    assert (len(offer.code), offer.until) == (6, NOON + VALID)
    assert pairing.is_good(offer.code)
    assert not pairing.is_good(offer.code)


def test_a_code_ends_after_five_minutes_whatever_the_wall_clock_says() -> None:
    clock = SettableClock(NOON)
    pairing = Pairing(clock)
    code = pairing.offer().code
    clock.jump(86400)
    clock.advance(VALID.total_seconds() - 1)
    assert pairing.is_good(code)
    code = pairing.offer().code
    clock.jump(-86400)
    clock.advance(VALID.total_seconds())
    assert not pairing.is_good(code)


def test_five_wrong_tries_use_a_code_up() -> None:
    pairing = Pairing(SettableClock(NOON))
    for wrong, good in ((TRIES - 1, True), (TRIES, False)):
        code = pairing.offer().code
        assert not any(pairing.is_good(_wrong(code)) for _ in range(wrong))
        assert pairing.is_good(code) is good


def test_a_new_code_takes_the_place_of_the_last() -> None:
    pairing = Pairing(SettableClock(NOON))
    first, second = pairing.offer().code, pairing.offer().code
    assert first == second or not pairing.is_good(first)
    assert pairing.is_good(second)


async def test_a_pairing_outlives_a_restart_and_ends_when_it_is_revoked(tmp_path: Path) -> None:
    async with answering(tmp_path) as line:
        token = await line.pair()
        (browser,) = await line.browsers.paired()
        assert (browser.name, browser.browser, browser.paired_at) == ("Work", "chromium", NOON)
        assert (await line.ask("POST", "/v1/tab", TAB, token=token)).status == 204
    assert token.encode() not in b"".join(path.read_bytes() for path in tmp_path.glob("productify.db*"))
    async with answering(tmp_path) as line:
        assert (await line.ask("POST", "/v1/tab", TAB, token=token)).status == 204
        await line.browsers.revoke(browser.id)
        assert (await line.ask("POST", "/v1/tab", TAB, token=token)).status == 401
        assert await line.browsers.paired() == ()
        assert line.changed.count(frozenset({"browsers"})) >= 2
    async with answering(tmp_path) as line:
        assert (await line.ask("POST", "/v1/tab", TAB, token=token)).status == 401


async def test_a_wrong_code_is_refused_and_none_is_good_before_it_is_shown(tmp_path: Path) -> None:
    async with answering(tmp_path) as line:
        assert (await line.ask("POST", "/v1/pair", HELLO)).status == 403
        code = line.browsers.pairing().code
        refused = await line.ask("POST", "/v1/pair", {**HELLO, "code": _wrong(code)})
        assert (refused.status, refused.body) == (403, {"error": "The code is wrong or too old."})
        assert (await line.ask("POST", "/v1/pair", {**HELLO, "code": code})).status == 200
        assert (await line.ask("POST", "/v1/pair", {**HELLO, "code": code})).status == 403


async def test_a_token_is_good_for_the_browser_that_paired_alone(tmp_path: Path) -> None:
    async with answering(tmp_path) as line:
        token = await line.pair(FIREFOX)
        assert (await line.ask("POST", "/v1/tab", TAB, token=token, origin=FIREFOX)).status == 204
        assert (await line.ask("POST", "/v1/tab", TAB, token=token, origin=CHROMIUM)).status == 401


async def test_the_app_proves_to_a_paired_browser_what_no_other_program_can(tmp_path: Path) -> None:
    async with answering(tmp_path) as line:
        token = await line.pair()
        (browser,) = await line.browsers.paired()
        nonce = "0123456789abcdef" * 2
        answer = await line.ask("GET", f"/v1/hello?browser={browser.id}&nonce={nonce}")
        key = sha256(token.encode()).hexdigest().encode()
        assert answer.body["proof"] == hmac.new(key, nonce.encode(), sha256).hexdigest()
        for asked in (f"browser=x&nonce={nonce}", f"browser={browser.id}&nonce=short", f"browser={browser.id}"):
            assert (await line.ask("GET", f"/v1/hello?{asked}")).body == {"app": "Productify Pro", "api": 1}
