"""The setting, the commands and the tracker around the loopback API."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from commands import productify
from productify.bridge_api.server import PORTS
from productify.errors import KnownError
from service.rig import recording, until


async def test_the_api_answers_while_the_setting_is_on(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        browsers, preferences = rig.service.browsers, rig.service.preferences
        assert browsers.port is None
        await preferences.save("browser_extension", True)
        await until(lambda: browsers.port, "the API")
        port = browsers.port
        assert port in PORTS
        socket.create_connection(("127.0.0.1", port), 1).close()
        await preferences.save("browser_extension", False)
        await until(lambda: browsers.port is None, "the end of the API")
        await until(lambda: _is_free(port), "the port to be free")
        await preferences.save("browser_extension", True)
        await until(lambda: browsers.port, "the API again")
    assert _is_free(port)


def test_its_libraries_are_loaded_only_then(tmp_path: Path) -> None:
    code = (
        "import asyncio, sys\n"
        "from productify.paths import open_data_dir\n"
        "from productify.service import Service\n"
        "async def main():\n"
        "    service = await Service.open(open_data_dir(sys.argv[1]), record=True, probes=[])\n"
        "    await asyncio.sleep(0.2)\n"
        "    print({'starlette', 'uvicorn', 'anyio', 'h11'} & set(sys.modules))\n"
        "    await service.close()\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=60)
    assert (done.stdout.strip(), done.returncode) == ("set()", 0), done.stderr


async def test_a_browser_is_paired_listed_and_forgotten_by_command(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        offer = await rig.ask("pair browser")
        assert offer is not None
        assert rig.service.settings.flag("browser_extension")
        made = await rig.service.browsers.pair(offer["code"], "firefox", "Home", None)
        assert made is not None
        listed = await rig.ask("browsers")
        assert listed is not None
        assert [(each["name"], each["browser"], each["id"]) for each in listed["browsers"]] == [
            ("Home", "firefox", made[0].id)
        ]
        await rig.ask("forget browser", id=made[0].id)
        assert await rig.ask("browsers") == {"browsers": []}
        assert rig.service.browsers.known(made[1], None) is None


@pytest.mark.logs
async def test_where_all_ports_are_taken_the_app_says_so_and_goes_on(tmp_path: Path, caplog) -> None:
    taken = []
    for port in PORTS:
        line = socket.socket()
        try:
            line.bind(("127.0.0.1", port))
            line.listen()
        except OSError:
            line.close()
            continue
        taken.append(line)
    try:
        async with recording(tmp_path) as rig:
            await rig.service.preferences.save("browser_extension", True)
            await until(lambda: "its ports are all in use" in caplog.text, "the warning")
            assert rig.service.browsers.port is None
    finally:
        for line in taken:
            line.close()


def test_the_command_writes_the_extension_and_needs_the_app_for_the_rest(tmp_path: Path) -> None:
    done = productify("browser-extension", "--out", tmp_path / "out", data=tmp_path / "data")
    assert done.returncode == 0, done.stderr
    assert "developer mode" in done.stdout
    assert json.loads((tmp_path / "out" / "chromium" / "manifest.json").read_text())["manifest_version"] == 3
    for option in (["--pair"], ["--list"], ["--forget", "x"], ["--leaks"]):
        done = productify("browser-extension", *option, data=tmp_path / "data")
        assert (done.returncode, done.stdout) == (1, "")
        assert str(KnownError("Productify Pro is not running.", "Start it with: productify")) in done.stderr
    assert productify("browser-extension", "--pair", "--list", data=tmp_path / "data").returncode == 2


def _is_free(port: int | None) -> bool:
    assert port is not None
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) != 0
