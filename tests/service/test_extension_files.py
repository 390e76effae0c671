"""The extension as it is written out: whole for each browser, the same each time, and in the product's colours."""

import base64
import json
import re
import tomllib
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from productify import __version__
from productify.bridge_api.identity import CHROMIUM_ID, FIREFOX_ID
from productify.bridge_api.server import PORTS
from productify.errors import KnownError
from productify.service import extension_files

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "resources" / "browser-extension"


def _manifest(folder: Path, variant: str) -> dict[str, object]:
    return json.loads((folder / variant / "manifest.json").read_text())


def test_both_are_written_whole_and_their_archives_hold_the_same(tmp_path: Path) -> None:
    written = extension_files.write(tmp_path / "out")
    assert [path.name for path in written] == [
        "chromium", "productify-chromium.zip", "firefox", "productify-firefox.zip",
    ]  # fmt: skip
    for folder, archive in (written[:2], written[2:]):
        with zipfile.ZipFile(archive) as packed:
            inside = {name: packed.read(name) for name in packed.namelist()}
        assert inside == {
            path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }
        assert {path.name for path in SOURCE.iterdir() if path.is_file()} < set(inside)
    before = written[1].read_bytes()
    assert extension_files.write(tmp_path / "out")[1].read_bytes() == before


def test_the_manifests_name_what_the_app_expects(tmp_path: Path) -> None:
    extension_files.write(tmp_path)
    chromium, firefox = _manifest(tmp_path, "chromium"), _manifest(tmp_path, "firefox")
    digits = sha256(base64.b64decode(str(chromium["key"]))).hexdigest()[:32]
    assert "".join(chr(ord("a") + int(digit, 16)) for digit in digits) == CHROMIUM_ID
    assert firefox["browser_specific_settings"]["gecko"]["id"] == FIREFOX_ID
    assert {manifest["version"] for manifest in (chromium, firefox)} == {__version__}
    ports = re.search(r"PORTS = \[(.*?)\]", (SOURCE / "app.js").read_text())
    assert ports is not None
    assert [int(port) for port in ports[1].split(",")] == list(PORTS)


def test_nothing_in_it_leads_anywhere_but_to_this_machine() -> None:
    for path in SOURCE.rglob("*"):
        if path.suffix in (".js", ".html", ".css", ".json"):
            hosts = re.findall(r"https?://([\w.*-]+)", path.read_text())
            assert set(hosts) <= {"127.0.0.1", "*"}, path


def test_its_colours_are_those_of_the_themes() -> None:
    dark, light = re.split(r"@media", (SOURCE / "colours.css").read_text())
    for css, theme in ((dark, "dark"), (light, "light")):
        colours = tomllib.loads((ROOT / "resources" / "themes" / f"{theme}.toml").read_text())["colour"]
        used = dict(re.findall(r"--([\w-]+): (#\w+);", css))
        assert len(used) > 15
        assert used == {name: colours[name] for name in used}


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "firefox").mkdir()
    (tmp_path / "firefox" / "mine.txt").write_text("mine")
    with pytest.raises(KnownError, match="something else"):
        extension_files.write(tmp_path)
    assert (tmp_path / "firefox" / "mine.txt").read_text() == "mine"
    (tmp_path / "file").write_text("")
    with pytest.raises(KnownError, match="cannot be written"):
        extension_files.write(tmp_path / "file")
