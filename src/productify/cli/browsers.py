"""The browser extension by command: written out, paired, listed, forgotten, tested."""

import argparse
import asyncio
from typing import Any

from productify.cli.plain import moment
from productify.cli.rooms import Run
from productify.clock import SystemClock
from productify.control import ask
from productify.errors import KnownError
from productify.paths import DataDir
from productify.service import extension_files

_INSTALL = """\
Chrome, Chromium, Edge, Brave: open the extensions page, switch on developer mode, and load the folder chromium.
Firefox: about:debugging, This Firefox, load firefox/manifest.json; it stays until Firefox ends. Firefox ESR and
Developer Edition keep productify-firefox.zip once xpinstall.signatures.required is false in about:config.
Then pair it with the code of: productify browser-extension --pair"""


async def browser_extension(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    """Write the extension out, or do what an option asks of the running app."""
    if chosen.pair:
        code = _asked(data_dir, "pair browser")
        until = moment(code["until"], SystemClock().now().astimezone().date())
        print(f"{code['code']}  good until {until}; type it into the extension's options.")
    elif chosen.list:
        browsers = _asked(data_dir, "browsers")["browsers"]
        print("\n".join(f"{each['id']}  {each['name']} ({each['browser']})" for each in browsers) or "None is paired.")
    elif chosen.forget:
        _asked(data_dir, "forget browser", id=chosen.forget)
        print("Forgotten.")
    elif chosen.leaks:
        return _tell_leaks(_asked(data_dir, "leak test")["leaks"])
    else:
        for path in await asyncio.to_thread(extension_files.write, chosen.out.absolute()):
            print(path)
        print(_INSTALL)
    return 0


def _tell_leaks(found: list[dict[str, Any]]) -> int:
    for each in found:
        print(f"{each['browser']}, {each['profile']}: {each['detail']} {each['fix']}".rstrip())
    if not found:
        print("No browser profile was found.")
    return 1 if any(each["leaks"] for each in found) else 0


def _asked(data_dir: DataDir, command: str, **arguments: Any) -> dict[str, Any]:
    answer = ask(data_dir.control, command, **arguments)
    if answer is None:
        raise KnownError("Productify Pro is not running.", "Start it with: productify")
    return answer


COMMANDS: dict[str, Run] = {"browser-extension": browser_extension}
