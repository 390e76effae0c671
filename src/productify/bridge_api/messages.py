"""What extensions may say, field by field, and what they are answered. Pure."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from productify.domain import ProbeAsked, SiteRules

LONGEST_BODY = 16 * 1024


class RefusedError(Exception):
    """A request that is not answered: the status says how, the text, one sentence, why."""

    def __init__(self, status: int, sentence: str, wait: float = 0.0) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a message: a bool, or a text of at most `longest` characters that `pattern` matches as a whole."""

    type: type
    longest: int = 0
    pattern: str = ""
    optional: bool = False


Shape = Mapping[str, Field]

_SITE = r"[^\s/]{1,253}(?:/\S*)?"
PAIR: Shape = {
    "code": Field(str, 6, r"[0-9]{6}"),
    "browser": Field(str, 40, r"[a-z][a-z0-9-]*"),
    "name": Field(str, 60, r".*\S.*"),
}
TAB: Shape = {
    "url": Field(str, 2000, optional=True),
    "title": Field(str, 1000, optional=True),
    "audible": Field(bool),
    "private": Field(bool),
    "is_front": Field(bool),
}
ATTEMPT: Shape = {"site": Field(str, 500, _SITE)}
PASS: Shape = {"site": Field(str, 500, _SITE), "reason": Field(str, 500)}
PROBED: Shape = {"id": Field(str, 40, r"[0-9a-f-]+"), "blocked": Field(bool), "in_private": Field(bool)}


def read(body: bytes, shape: Shape) -> dict[str, Any]:
    """Return the message in `body`; raises RefusedError where it is not exactly of that shape."""
    message = _parsed(body)
    if not isinstance(message, dict):
        raise RefusedError(400, "The body must be a JSON object.")
    if unknown := set(message) - set(shape):
        raise RefusedError(422, f"There is no field {_short(min(unknown))}.")
    return {name: _checked(name, message.get(name), field) for name, field in shape.items()}


def rules_dict(rules: SiteRules) -> dict[str, Any]:
    """Return the rules as browsers read them; moments in milliseconds since 1970."""
    return {
        "version": rules.version,
        "blocks": [
            {
                "mode": each.mode.value,
                "sites": list(each.sites),
                "until": milliseconds(each.until),
                "title": each.title,
            }
            for each in rules.blocks
        ],
        "let_in": [[site, milliseconds(until)] for site, until in rules.let_in],
        "passes_left": rules.passes_left,
        "pass_seconds": rules.pass_seconds,
    }


def probe_dict(probe: ProbeAsked) -> dict[str, Any]:
    """Return a request to try an address."""
    return {"id": probe.id, "url": probe.url}


def milliseconds(moment: datetime) -> int:
    """Return a moment as browsers count time."""
    return round(moment.timestamp() * 1000)


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body.decode(), parse_constant=_no_number, parse_int=float)
    except (ValueError, RecursionError):
        raise RefusedError(400, "The body is not JSON in UTF-8.") from None


def _no_number(constant: str) -> NoReturn:
    raise ValueError(constant)


def _checked(name: str, value: Any, field: Field) -> Any:
    if value is None and field.optional:
        return None
    if type(value) is not field.type:
        kind = "true or false" if field.type is bool else "a text"
        raise RefusedError(422, f"The field {name} must be {kind}.")
    if isinstance(value, str):
        _check_text(name, value, field)
    return value


def _check_text(name: str, value: str, field: Field) -> None:
    if len(value) > field.longest:
        raise RefusedError(422, f"The field {name} may have at most {field.longest} characters.")
    if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise RefusedError(422, f"The field {name} holds what is no text.")
    if field.pattern and re.fullmatch(field.pattern, value) is None:
        raise RefusedError(422, f"The field {name} is not written as it must be.")


def _short(name: str) -> str:
    return json.dumps(name[:40])
