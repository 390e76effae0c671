"""What the API lets in and what it refuses, over a real socket."""

import asyncio
from datetime import datetime
from pathlib import Path

import pytest

from bridge_api.line import CHROMIUM, FIREFOX, answering, parsed
from bridge_api.test_pairing import TAB
from productify.bridge_api.messages import LONGEST_BODY
from productify.domain import ListMode, SiteBlock, SiteRules, TabSeen
from service.rig import NOON

BLOCKS = (
    SiteBlock(("reddit.com/r/all", "x.com"), NOON, title="Checkpointing"),
    SiteBlock(("docs.python.org",), NOON, ListMode.ALLOW),
)
RULES = SiteRules(7, BLOCKS, (("x.com", NOON),), 2, 90)


async def test_hello_tells_what_it_is_and_nothing_else(tmp_path: Path) -> None:
    async with answering(tmp_path) as line:
        answer = await line.ask("GET", "/v1/hello")
        assert (answer.status, answer.body) == (200, {"app": "Productify Pro", "api": 1})
        assert "server" not in answer.headers
        assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_the_tab_in_front_is_passed_on(tmp_path: Path) -> None:
    async with answering(tmp_path) as line:
        token = await line.pair()
        (browser,) = await line.browsers.paired()
        assert (await line.ask("POST", "/v1/tab", {**TAB, "audible": True}, token=token)).status == 204
        seen = TabSeen(browser.id, "chromium", "https://a.example/", "A", True, False, True)
        assert line.tabs == [seen]
        assert line.browsers.latest() == (seen,)


@pytest.mark.parametrize("said", [{"private": True}, {"is_front": False}, {"private": True, "is_front": False}])
async def test_of_a_private_tab_and_of_one_behind_nothing_else_comes_in(tmp_path: Path, said: dict[str, bool]) -> None:
    async with answering(tmp_path) as line:
        token = await line.pair()
        assert (await line.ask("POST", "/v1/tab", {**TAB, "audible": True, **said}, token=token)).status == 204
        (tab,) = line.tabs
        assert (tab.url, tab.title, tab.audible) == (None, None, False)
        assert {"private": tab.private, "is_front": tab.is_front}.items() >= said.items()


async def test_what_an_api_that_ends_heard_last_is_taken_back(tmp_path: Path) -> None:
    async with answering(tmp_path) as line:
        await line.ask("POST", "/v1/tab", TAB, token=await line.pair())
    assert [tab.is_front for tab in line.tabs] == [True, False]
    assert line.browsers.latest() == ()


async def test_a_blocked_visit_is_passed_on(tmp_path: Path) -> None:
    async with answering(tmp_path) as line:
        token = await line.pair()
        assert (await line.ask("POST", "/v1/attempt", {"site": "reddit.com/r/all"}, token=token)).status == 204
        ((browser, site),) = line.attempts
        assert (browser.name, site) == ("Work", "reddit.com/r/all")


async def test_a_pass_is_given_or_refused_with_a_sentence(tmp_path: Path) -> None:
    async with answering(tmp_path) as line:
        token, asked = await line.pair(), list[tuple[str, str]]()

        async def give(site: str, reason: str) -> datetime:
            asked.append((site, reason))
            return NOON

        said = {"site": "x.com", "reason": "the answer is in there"}
        refused = await line.ask("POST", "/v1/pass", said, token=token)
        assert (refused.status, refused.body) == (409, {"error": "Nothing is blocked now."})
        line.browsers.on_pass = give
        given = await line.ask("POST", "/v1/pass", said, token=token)
        assert (given.status, given.body) == (200, {"until": round(NOON.timestamp() * 1000)})
        assert asked == [("x.com", "the answer is in there")]
        assert (await line.ask("POST", "/v1/pass", said)).status == 401
        assert (await line.ask("POST", "/v1/pass", {"site": "x.com"}, token=token)).status == 422
        assert 429 in [(await line.ask("POST", "/v1/pass", said, token=token)).status for _ in range(5)]


async def test_rules_come_at_once_when_they_differ_and_else_when_they_change(tmp_path: Path) -> None:
    async with answering(tmp_path) as line:
        token = await line.pair()
        assert (await line.ask("GET", "/v1/rules?version=-1", token=token)).body["rules"]["version"] == 0
        waiting = asyncio.create_task(line.ask("GET", "/v1/rules?version=0", token=token))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        line.browsers.rules.set(RULES)
        answer = await waiting
        noon = round(NOON.timestamp() * 1000)
        assert answer.body["rules"] == {
            "version": 7,
            "blocks": [
                {"mode": "block", "sites": ["reddit.com/r/all", "x.com"], "until": noon, "title": "Checkpointing"},
                {"mode": "allow", "sites": ["docs.python.org"], "until": noon, "title": None},
            ],
            "let_in": [["x.com", noon]], "passes_left": 2, "pass_seconds": 90,
        }  # fmt: skip


async def test_whoever_waits_for_rules_is_let_go_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("productify.bridge_api.app.PATIENCE", 0.1)
    async with answering(tmp_path) as line:
        token = await line.pair()
        assert (await line.ask("GET", "/v1/rules?version=0", token=token)).body == {"rules": None, "probe": None}
    monkeypatch.setattr("productify.bridge_api.app.PATIENCE", 25.0)
    async with answering(tmp_path) as line:
        waiting = asyncio.create_task(line.ask("GET", "/v1/rules?version=0", token=token))
        await asyncio.sleep(0.1)
    assert (await asyncio.wait_for(waiting, 1)).status == 200


async def test_a_revoked_browser_waits_no_longer(tmp_path: Path) -> None:
    async with answering(tmp_path) as line:
        token = await line.pair()
        waiting = asyncio.create_task(line.ask("GET", "/v1/rules?version=0", token=token))
        await asyncio.sleep(0.05)
        await line.browsers.revoke((await line.browsers.paired())[0].id)
        assert (await asyncio.wait_for(waiting, 1)).body["rules"] is None


async def test_no_more_than_four_questions_are_held_for_one_browser(tmp_path: Path) -> None:
    async with answering(tmp_path) as line:
        token = await line.pair()
        held = [asyncio.create_task(line.ask("GET", "/v1/rules?version=0", token=token)) for _ in range(4)]
        await asyncio.sleep(0.1)
        assert (await line.ask("GET", "/v1/rules?version=0", token=token)).status == 429
        line.browsers.rules.set(RULES)
        assert [answer.status for answer in await asyncio.gather(*held)] == [200] * 4


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "evil.example", "evil.example:{port}", "127.0.0.1:1", "localhost", "[::1]:{port}", ""]
)
async def test_another_host_is_refused(tmp_path: Path, host: str) -> None:
    async with answering(tmp_path) as line:
        answer = await line.ask("GET", "/v1/hello", headers={"Host": host.format(port=line.browsers.port)})
        assert answer.status in (400, 403)
        assert (await line.ask("GET", "/v1/hello", headers={"Host": f"localhost:{line.browsers.port}"})).status == 200


ORIGINS = (
    "https://evil.example", "null", "http://127.0.0.1:8000", "chrome-extension://" + "a" * 32, CHROMIUM + "/",
    "moz-extension://evil", FIREFOX + ".evil.example", "", "file://",
)  # fmt: skip


@pytest.mark.parametrize("path", ["/v1/hello", "/v1/rules?version=-1", "/v1/tab", "/v1/pair"])
async def test_another_origin_is_refused_whatever_token_it_has(tmp_path: Path, path: str) -> None:
    async with answering(tmp_path) as line:
        token = await line.pair()
        said = TAB if path in ("/v1/tab", "/v1/pair") else None
        for origin in ORIGINS:
            answer = await line.ask("POST" if said else "GET", path, said, token=token, origin=origin)
            assert (answer.status, line.tabs) == (403, []), origin


async def test_a_web_page_that_hides_its_origin_is_refused(tmp_path: Path) -> None:
    async with answering(tmp_path) as line:
        token = await line.pair()
        for site, method, path in (("cross-site", "GET", "/v1/hello"), ("none", "POST", "/v1/tab")):
            said = TAB if method == "POST" else None
            answer = await line.ask(method, path, said, token=token, origin=None, headers={"Sec-Fetch-Site": site})
            assert answer.status == 403


async def test_no_other_origin_is_ever_given_leave(tmp_path: Path) -> None:
    async with answering(tmp_path) as line:
        asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
        for origin in ("https://evil.example", CHROMIUM):
            answer = await line.ask("OPTIONS", "/v1/tab", origin=origin, headers=asked)
            assert answer.status == 405
            assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("path", ["/v1/rules", "/v1/tab", "/v1/attempt", "/v1/probed"])
async def test_a_wrong_token_is_refused(tmp_path: Path, path: str) -> None:
    async with answering(tmp_path) as line:
        good = await line.pair()
        said = None if path == "/v1/rules" else TAB
        for given in (None, "", "Bearer", "Basic YTpi", "Bearer wrong", "bearer \xe9", f"Bearer {good}x", good):
            answer = await line.ask("POST" if said else "GET", path, said, headers={"Authorization": given})
            assert (answer.status, answer.body) == (401, {"error": "This browser is not paired."}), given


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 415),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[]", 400),
        (b'"text"', 400),
        (b"[" * 16000, 400),
        (b'{"url": NaN}', 400),
        (b'{"site": null}', 422),
        (b'{"site": 1}', 422),
        (b'{"site": ""}', 422),
        (b'{"site": "a b"}', 422),
        (b'{"site": "\\ud800.example"}', 422),
        (b'{"site": "a\\u0000b"}', 422),
        (b'{"site": "a.example", "more": 1}', 422),
        (b'{"site": "' + b"a" * 501 + b'"}', 422),
        (b'{"site": "a.example"}' + b" " * LONGEST_BODY, 413),
    ],
)
async def test_a_body_that_does_not_fit_is_refused_in_one_sentence(tmp_path: Path, body: bytes, status: int) -> None:
    async with answering(tmp_path) as line:
        answer = await line.ask("POST", "/v1/attempt", body=body, token=await line.pair())
        assert answer.status == status
        assert answer.body["error"].endswith(".")
        assert line.attempts == []


async def test_a_body_of_another_kind_is_refused(tmp_path: Path) -> None:
    async with answering(tmp_path) as line:
        token = await line.pair()
        for kind in (None, "text/plain", "application/x-www-form-urlencoded", "application/jsonp"):
            answer = await line.ask("POST", "/v1/tab", TAB, token=token, headers={"Content-Type": kind})
            assert (answer.status, line.tabs) == (415, [])


async def test_a_chunked_body_may_not_be_longer_either(tmp_path: Path) -> None:
    async with answering(tmp_path) as line:
        token = await line.pair()
        head = (
            f"POST /v1/tab HTTP/1.1\r\nHost: 127.0.0.1:{line.browsers.port}\r\nOrigin: {CHROMIUM}\r\n"
            f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        chunk = b"1000\r\n" + b" " * 4096 + b"\r\n"
        answer = parsed(await asyncio.wait_for(line.raw(head.encode() + chunk * 8), 5))
        assert answer.status == 413


@pytest.mark.parametrize(
    "sent", [b"\r\n\r\n", b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nHost" + b"a" * 70000]
)
async def test_what_is_no_http_ends_there(tmp_path: Path, sent: bytes) -> None:
    async with answering(tmp_path) as line:
        reader, writer = await asyncio.open_connection("127.0.0.1", line.browsers.port)
        writer.write(sent)
        writer.write_eof()
        async with asyncio.timeout(5):
            assert b"Traceback" not in await reader.read()
        writer.close()
        assert (await line.ask("GET", "/v1/hello")).status == 200


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/tabs", "/v1/hello/", "/%00", "/../../etc/passwd", "//evil.example/"])
async def test_there_is_nothing_else(tmp_path: Path, path: str) -> None:
    async with answering(tmp_path) as line:
        answer = await line.ask("GET", path)
        assert answer.status in (307, 404)
        assert (await line.ask("DELETE", "/v1/tab")).status == 405


@pytest.mark.parametrize("version", ["", "a", "1.5", "1e9", "٣", "--1", "9" * 21, "0x1"])
async def test_a_version_that_is_no_number_is_refused(tmp_path: Path, version: str) -> None:
    from urllib.parse import quote

    async with answering(tmp_path) as line:
        answer = await line.ask("GET", f"/v1/rules?version={quote(version)}", token=await line.pair())
        assert answer.status == 422


async def test_too_much_at_once_is_refused_for_a_while(tmp_path: Path) -> None:
    async with answering(tmp_path) as line:
        token, other = await line.pair(), await line.pair()
        said = {"site": "a.example"}
        answers = [await line.ask("POST", "/v1/attempt", said, token=token) for _ in range(21)]
        assert [answer.status for answer in answers] == [204] * 20 + [429]
        assert answers[-1].headers["retry-after"] == "1"
        assert (await line.ask("POST", "/v1/attempt", said, token=other)).status == 204
        line.clock.advance(0.2)
        assert (await line.ask("POST", "/v1/attempt", said, token=token)).status == 204
        assert (await line.ask("POST", "/v1/attempt", said, token=token)).status == 429


@pytest.mark.logs
async def test_a_bug_is_logged_and_not_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with answering(tmp_path) as line:
        token = await line.pair()
        line.browsers.tab_listeners[:] = [lambda tab: {}[tab]]
        answer = await line.ask("POST", "/v1/tab", TAB, token=token)
        assert (answer.status, answer.body) == (500, {"error": "The app failed at this; its log says why."})
        assert any(record.exc_info for record in caplog.records)
        line.browsers.tab_listeners.clear()
