"""The routes: what browser extensions can say to the app, and ask of it."""

import math
import re
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from productify.bridge_api import messages
from productify.bridge_api.buckets import Rate
from productify.bridge_api.desk import Desk
from productify.bridge_api.door import Door
from productify.bridge_api.messages import RefusedError
from productify.domain import PairedBrowser, Probed, TabSeen
from productify.errors import KnownError

VERSION = 1
PATIENCE = 25.0
"""Seconds that a question for rules is held: browsers put an extension to sleep after thirty."""

_HELLO = {"app": "Productify Pro", "api": VERSION}
_NONCE = re.compile(r"[0-9a-f]{32}")
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_STRANGERS = Rate(5, 30)
_TABS = Rate(20, 60)
_QUESTIONS = Rate(5, 20)
_PASSES = Rate(0.5, 5)
_MOST_HELD = 4
_NEWEST, _OLDEST = 2**53, -1

Work = Callable[[Request, PairedBrowser], Awaitable[Response]]


def application(desk: Desk, port: int) -> Starlette:
    """Return the application that answers for `desk` on the loopback port `port`."""
    routes = Routes(desk, Door(desk, port))
    return Starlette(
        routes=[
            Route("/v1/hello", routes.hello, methods=["GET"]),
            Route("/v1/pair", routes.pair, methods=["POST"]),
            Route("/v1/tab", routes.paired(routes.tab), methods=["POST"]),
            Route("/v1/attempt", routes.paired(routes.attempt), methods=["POST"]),
            Route("/v1/pass", routes.paired(routes.let_pass), methods=["POST"]),
            Route("/v1/probed", routes.paired(routes.probed), methods=["POST"]),
            Route("/v1/rules", routes.paired(routes.rules), methods=["GET"]),
        ],
        exception_handlers={
            RefusedError: _refused,
            KnownError: _unable,
            HTTPException: _no_such,
            Exception: _failed,
        },
    )


class Routes:
    """Each route as a coroutine; what it refuses it raises."""

    def __init__(self, desk: Desk, door: Door) -> None:
        self._desk = desk
        self._door = door
        self._held: dict[str, int] = {}

    async def hello(self, request: Request) -> Response:
        """Tell that this is the app; to a paired browser that names a nonce, prove it before it tells anything."""
        self._door.let_in(request)
        self._door.count("hello", "", _STRANGERS)
        browser, nonce = (request.query_params.get(name, "") for name in ("browser", "nonce"))
        proof = self._desk.proof(browser, nonce) if _NONCE.fullmatch(nonce) else None
        return _answer({**_HELLO, "proof": proof} if proof is not None else _HELLO)

    async def pair(self, request: Request) -> Response:
        """Give a token for a code that is good."""
        origin = self._door.let_in(request)
        self._door.count("pair", "", _STRANGERS)
        said = messages.read(await self._door.body(request), messages.PAIR)
        paired = await self._desk.pair(said["code"], said["browser"], said["name"].strip(), origin)
        if paired is None:
            raise RefusedError(403, "The code is wrong or too old.")
        browser, token = paired
        return _answer({"id": browser.id, "token": token})

    def paired(self, work: Work) -> Callable[[Request], Awaitable[Response]]:
        """Return `work` behind the question for the token."""

        async def behind(request: Request) -> Response:
            return await work(request, self._door.recognised(request, self._door.let_in(request)))

        return behind

    async def tab(self, request: Request, browser: PairedBrowser) -> Response:
        """Hear of the tab in front; of a private one, and of a browser behind, nothing else is taken in."""
        self._door.count("tab", browser.id, _TABS)
        said = messages.read(await self._door.body(request), messages.TAB)
        private, front = said["private"], said["is_front"]
        if private or not front:
            said = {"url": None, "title": None, "audible": False}
        tab = TabSeen(browser.id, browser.browser, said["url"], said["title"], said["audible"], private, front)
        self._desk.saw(tab)
        return _nothing()

    async def attempt(self, request: Request, browser: PairedBrowser) -> Response:
        """Hear of a blocked visit."""
        self._door.count("attempt", browser.id, _QUESTIONS)
        said = messages.read(await self._door.body(request), messages.ATTEMPT)
        self._desk.attempted(browser, said["site"])
        return _nothing()

    async def let_pass(self, request: Request, browser: PairedBrowser) -> Response:
        """Let a blocked site pass, and answer until when."""
        self._door.count("pass", browser.id, _PASSES)
        said = messages.read(await self._door.body(request), messages.PASS)
        try:
            until = await self._desk.let_pass(browser, said["site"], said["reason"])
        except KnownError as error:
            raise RefusedError(409, str(error)) from None
        return _answer({"until": messages.milliseconds(until)})

    async def probed(self, request: Request, browser: PairedBrowser) -> Response:
        """Hear what came of a probe."""
        self._door.count("probed", browser.id, _QUESTIONS)
        self._desk.probed(browser, Probed(**messages.read(await self._door.body(request), messages.PROBED)))
        return _nothing()

    async def rules(self, request: Request, browser: PairedBrowser) -> Response:
        """Answer what is blocked as soon as that is another than the browser knows."""
        self._door.count("rules", browser.id, _QUESTIONS)
        version = _version(request)
        if self._held.get(browser.id, 0) >= _MOST_HELD:
            raise RefusedError(429, "That is too much at once.", 1)
        self._held[browser.id] = self._held.get(browser.id, 0) + 1
        try:
            orders = await self._desk.orders(browser, version, PATIENCE)
        finally:
            self._held[browser.id] -= 1
        return _answer(
            {
                "rules": messages.rules_dict(orders.rules) if orders.rules is not None else None,
                "probe": messages.probe_dict(orders.probe) if orders.probe is not None else None,
            }
        )


def _version(request: Request) -> int:
    text = request.query_params.get("version", "-1")
    if len(text) > 20 or not text.removeprefix("-").isascii() or not text.removeprefix("-").isdecimal():
        raise RefusedError(422, "The version must be a whole number.")
    return max(_OLDEST, min(_NEWEST, int(text)))


def _answer(value: object, status: int = 200) -> Response:
    return JSONResponse(value, status, _HEADERS)


def _nothing() -> Response:
    return Response(status_code=204, headers=_HEADERS)


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    answer = _answer({"error": error.sentence}, error.status)
    if error.wait:
        answer.headers["Retry-After"] = str(math.ceil(error.wait))
    if error.status == 413:
        answer.headers["Connection"] = "close"  # the rest of the body is not read
    return answer


async def _unable(_request: Request, error: Exception) -> Response:
    assert isinstance(error, KnownError)
    return _answer({"error": str(error)}, 503)


async def _no_such(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    sentence = "This cannot be done here." if error.status_code == 405 else "There is nothing here."
    return _answer({"error": sentence}, error.status_code)


async def _failed(_request: Request, _error: Exception) -> Response:
    return _answer({"error": "The app failed at this; its log says why."}, 500)
