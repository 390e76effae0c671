"""Bodies made from the very shapes that the API checks: those that fit are taken in, all others refused."""

import asyncio
import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_api.line import CHROMIUM, Line, answering
from productify.bridge_api import messages
from productify.bridge_api.messages import Field, RefusedError, Shape

SHAPES = {
    "/v1/pair": messages.PAIR,
    "/v1/tab": messages.TAB,
    "/v1/attempt": messages.ATTEMPT,
    "/v1/pass": messages.PASS,
    "/v1/probed": messages.PROBED,
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def fitting(field: Field) -> st.SearchStrategy[Any]:
    """Return values that `field` allows."""
    if field.type is bool:
        return st.booleans()
    plain = st.characters(exclude_categories=("Cs",), exclude_characters="\0")
    text = st.text(plain, max_size=min(field.longest, 60))
    if field.pattern:
        text = st.from_regex(field.pattern, fullmatch=True, alphabet=plain).filter(
            lambda made: len(made) <= field.longest
        )
    return text | st.none() if field.optional else text


def message(shape: Shape) -> st.SearchStrategy[dict[str, Any]]:
    """Return messages of `shape`."""
    return st.fixed_dictionaries({name: fitting(field) for name, field in shape.items()})


def bent(shape: Shape) -> st.SearchStrategy[Any]:
    """Return messages that are nearly of `shape`: a field of another kind, too long, missing, or one too many."""
    longest = max((field.longest for field in shape.values()), default=0)
    anything = JSON | st.text(min_size=longest + 1, max_size=longest + 50) | st.just("\ud800") | st.just("a\0b")
    changed = st.dictionaries(st.sampled_from(sorted(shape)) | st.text(max_size=8), anything, max_size=3)
    gone = st.sets(st.sampled_from(sorted(shape)), max_size=2)
    return st.builds(
        lambda whole, other, left: {key: value for key, value in {**whole, **other}.items() if key not in left},
        message(shape), changed, gone,
    )  # fmt: skip


def fits(said: Any, shape: Shape) -> bool:
    """Return whether `said` is of `shape`, found another way than the API does."""
    if not isinstance(said, dict) or not set(said) <= set(shape):
        return False
    return all(_fits(said.get(name), field) for name, field in shape.items())


def _fits(value: Any, field: Field) -> bool:
    if value is None:
        return field.optional
    if field.type is bool:
        return value is True or value is False
    if not isinstance(value, str) or len(value) > field.longest or "\0" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return (
        re.compile(f"(?:{field.pattern or '[^§]*|.*'})\\Z", re.DOTALL if not field.pattern else 0).match(value)
        is not None
    )


@pytest.mark.parametrize("path", SHAPES)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_body_is_read_if_and_only_if_it_is_of_its_shape(path: str, data: st.DataObject) -> None:
    shape = SHAPES[path]
    said = data.draw(message(shape) | bent(shape) | JSON)
    body = json.dumps(said).encode()
    if fits(said, shape):
        assert messages.read(body, shape) == {name: said.get(name) for name in shape}
    else:
        with pytest.raises(RefusedError) as refused:
            messages.read(body, shape)
        assert refused.value.status in (400, 422)
        assert refused.value.sentence.endswith(".")


@given(body=st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_bytes_are_read_or_refused(body: bytes) -> None:
    for shape in SHAPES.values():
        with pytest.raises(RefusedError):
            messages.read(body, shape)


HEADER = st.sampled_from(["Host", "Origin", "Authorization", "Content-Type", "Content-Length", "Sec-Fetch-Site"])
VALUE = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=40)


async def test_the_server_itself_withstands_requests_of_every_kind(tmp_path: Path, caplog) -> None:
    """Requests over a socket: paths, headers and bodies bent at random; none is answered by a failure."""
    loop = asyncio.get_running_loop()
    async with answering(tmp_path) as line:
        token = await line.pair()

        def send(said: tuple[Any, ...]) -> int:
            return asyncio.run_coroutine_threadsafe(_status(line, token, *said), loop).result(20)

        kinds = [st.tuples(st.just(path), message(shape) | bent(shape) | JSON) for path, shape in SHAPES.items()]
        said = st.tuples(
            st.sampled_from(["GET", "POST", "PUT", "OPTIONS", "HEAD"]), st.one_of(kinds),
            st.dictionaries(HEADER, VALUE | st.none(), max_size=2),
        )  # fmt: skip

        @given(said=said)
        @settings(max_examples=120, deadline=None)
        def each(said: tuple[Any, ...]) -> None:
            line.clock.advance(5)
            assert send(said) in {0, 200, 204, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429}

        await asyncio.to_thread(each)
        assert (await line.ask("GET", "/v1/hello")).status == 200
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def _status(line: Line, token: str, method: str, kind: tuple[str, Any], headers: dict[str, Any]) -> int:
    path, said = kind
    body = json.dumps(said).encode()
    head = {
        "Host": f"127.0.0.1:{line.browsers.port}", "Origin": CHROMIUM, "Authorization": f"Bearer {token}",
        "Content-Type": "application/json", "Content-Length": str(len(body)), "Connection": "close", **headers,
    }  # fmt: skip
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items() if value is not None)
    reader, writer = await asyncio.open_connection("127.0.0.1", line.browsers.port)
    try:
        writer.write(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode("latin-1") + body)
        writer.write_eof()
        answer = await asyncio.wait_for(reader.read(), 10)
    except ConnectionError:
        return 0
    finally:
        writer.close()
    assert b"Traceback" not in answer
    return int(answer.split()[1]) if answer else 0
