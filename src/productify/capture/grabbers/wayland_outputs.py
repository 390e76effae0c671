"""Which monitors a Wayland compositor has, and where they lie in its layout."""

import asyncio
from dataclasses import dataclass
from functools import partial

from productify.capture.grabbers import Environment, GrabError
from productify.domain import Monitor, Rect
from productify.errors import UnavailableError
from productify.wayland import Arguments, WaylandConnection

_OUTPUT, _OUTPUT_VERSION = "wl_output", 4
_PLACES, _PLACES_VERSION = "zxdg_output_manager_v1", 3
_GET_PLACE = 1
_OUTPUT_NAME = 4
_POSITION, _SIZE = 0, 1
_SIGN = 1 << 31
_NOWHERE = Rect(0, 0, 0, 0)


def wayland_monitors(environment: Environment) -> tuple[Monitor, ...]:
    """Return the monitors as they are now, in the layout's own pixels; raises GrabError. It blocks."""
    try:
        outputs = asyncio.run(_outputs(environment))
    except UnavailableError as error:
        raise GrabError("The compositor does not tell which monitors there are.") from error
    if not outputs:
        raise GrabError("No monitor is switched on.")
    return tuple(Monitor(number, each.name, each.rect) for number, each in enumerate(outputs, 1))


@dataclass
class _Output:
    """A monitor as its events describe it."""

    name: str = ""
    rect: Rect = _NOWHERE


async def _outputs(environment: Environment) -> list[_Output]:
    """Return the compositor's monitors; raises UnavailableError."""
    connection = await WaylandConnection.open(environment)
    try:
        managers = connection.names_of(_PLACES)
        if not managers:
            raise UnavailableError("the compositor does not tell where its monitors are")
        places = connection.bind(managers[0][0], min(managers[0][1], _PLACES_VERSION))
        found = []
        for name, version in connection.names_of(_OUTPUT):
            found.append(output := _Output())
            bound = connection.bind(name, min(version, _OUTPUT_VERSION), partial(_hear_output, output))
            connection.request(places, _GET_PLACE, connection.new_object(partial(_hear_place, output)), bound)
        await connection.synced()
    finally:
        connection.close()
    return [output for output in found if output.name and output.rect.width]


def _hear_output(output: _Output, opcode: int, arguments: Arguments) -> None:
    if opcode == _OUTPUT_NAME:
        output.name = arguments.text()


def _hear_place(output: _Output, opcode: int, arguments: Arguments) -> None:
    """Take where a monitor lies, or how large it is there."""
    if opcode == _POSITION:
        output.rect = output.rect._replace(left=_signed(arguments.number()), top=_signed(arguments.number()))
    elif opcode == _SIZE:
        output.rect = output.rect._replace(width=arguments.number(), height=arguments.number())


def _signed(number: int) -> int:
    return (number ^ _SIGN) - _SIGN
