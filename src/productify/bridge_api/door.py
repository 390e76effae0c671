"""Who is let in: checks that every request passes before anything of it is looked at."""

import re

from starlette.requests import ClientDisconnect, Request

from productify.bridge_api.buckets import Buckets, Rate
from productify.bridge_api.desk import Desk
from productify.bridge_api.identity import CHROMIUM_ID
from productify.bridge_api.messages import LONGEST_BODY, RefusedError
from productify.domain import PairedBrowser

_ORIGIN = re.compile(
    rf"chrome-extension://{CHROMIUM_ID}"
    r"|moz-extension://[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)
_BEARER = re.compile(r"Bearer ([\x21-\x7e]{1,200})")
_OF_ITS_OWN = frozenset({"none", "same-origin"})
"""What browsers say of requests that no web page made."""


class Door:
    """Checks Host, Origin, token, kind and size of requests to `port`, and how many there are."""

    def __init__(self, desk: Desk, port: int) -> None:
        self._desk = desk
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self._buckets = Buckets(desk.clock)

    def let_in(self, request: Request) -> str | None:
        """Return the origin of `request`, None where it names none; raises RefusedError."""
        hosts = request.headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            raise RefusedError(403, "This address is not served here.")
        origins = request.headers.getlist("origin")
        if origins:
            if len(origins) != 1 or _ORIGIN.fullmatch(origins[0]) is None:
                raise RefusedError(403, "Only the browser extension may ask.")
            return origins[0]
        sites = request.headers.getlist("sec-fetch-site")
        if any(site not in _OF_ITS_OWN for site in sites) or (sites and request.method != "GET"):
            raise RefusedError(403, "Only the browser extension may ask.")
        return None

    def recognised(self, request: Request, origin: str | None) -> PairedBrowser:
        """Return whose token `request` bears; raises RefusedError."""
        given = request.headers.getlist("authorization")
        bearer = _BEARER.fullmatch(given[0]) if len(given) == 1 else None
        browser = self._desk.known(bearer[1], origin) if bearer is not None else None
        if browser is None:
            self.count("stranger", "", Rate(2, 20))
            raise RefusedError(401, "This browser is not paired.")
        return browser

    def count(self, kind: str, who: str, rate: Rate) -> None:
        """Count a request; raises RefusedError where there are too many."""
        if wait := self._buckets.wait(kind, who, rate):
            raise RefusedError(429, "That is too much at once.", wait)

    async def body(self, request: Request) -> bytes:
        """Return the body of `request`, of JSON by its header and at most 16 KB; raises RefusedError."""
        kinds = request.headers.getlist("content-type")
        if len(kinds) != 1 or kinds[0].partition(";")[0].strip().lower() != "application/json":
            raise RefusedError(415, "The body must be JSON.")
        body = b""
        try:
            async for part in request.stream():
                body += part
                if len(body) > LONGEST_BODY:
                    raise RefusedError(413, f"The body may have at most {LONGEST_BODY} bytes.")
        except ClientDisconnect:
            raise RefusedError(400, "The body is not whole.") from None
        return body
