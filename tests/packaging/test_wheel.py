"""The wheel holds all that is shipped, once, and works away from the checkout."""

import json
import struct
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from commands import ENVIRONMENT

ROOT = Path(__file__).parents[2]
SHIPPED = {
    "src/productify": "productify",
    "ui/productify_ui": "productify_ui",
    "migrations": "productify/_migrations",
    "resources/browser-extension": "productify/_browser_extension",
    "installer/linux": "productify/_linux",
    "resources/catalogue": "productify/_catalogue",
    "resources/gnome-extension": "productify/_gnome_extension",
    "resources": "productify_ui/_resources",
}
"""Where each folder of the checkout lies in the wheel; what is inside another one of these belongs to that alone."""

NOT_SHIPPED = ROOT / "resources" / "pictures"
"""For the README."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel without any network."""
    folder = tmp_path_factory.mktemp("wheel")
    _pip("wheel", "--no-build-isolation", "--no-deps", "--no-index", "--wheel-dir", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a fresh environment, which finds everything else in this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    _pip("--python", folder / "bin" / "python", "install", "--no-deps", "--no-index", wheel)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    return folder


def test_everything_is_inside_once(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {
            name: sha256(archive.read(name)).hexdigest() for name in archive.namelist() if "dist-info" not in name
        }
    assert inside == {
        f"{place}/{path}": sha256((ROOT / folder / path).read_bytes()).hexdigest()
        for folder, place in SHIPPED.items()
        for path in _files(folder)
    }


def test_no_resource_is_inside_twice(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        resources = [name for name in archive.namelist() if "/_" in name and not name.endswith(".py")]
        counts = Counter(sha256(archive.read(name)).hexdigest() for name in resources)
    assert len(resources) > 90
    assert max(counts.values()) == 1


def test_it_names_its_command_licence_and_extras(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {Path(name).name: name for name in archive.namelist() if "dist-info" in name}
        metadata = archive.read(names["METADATA"]).decode()
        scripts = archive.read(names["entry_points.txt"]).decode()
    assert "productify = productify_ui.__main__:main" in scripts
    assert "LICENSE" in names
    assert "Provides-Extra: app" in metadata
    required = [line.split()[1] for line in metadata.splitlines() if line.startswith("Requires-Dist:")]
    assert not [line for line in metadata.splitlines() if "PySide6" in line and "extra == 'app'" not in line]
    assert any(name.startswith("sqlalchemy") for name in required)


def test_it_works_away_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = (
        "import productify, productify.paths as core, productify_ui.paths as ui;"
        "print(productify.__file__, core.migrations_dir(), core.catalogue_dir(), ui.resources_dir())"
    )
    for place in _run(installed, tmp_path, "python", "-c", where).split():
        assert Path(place).is_relative_to(installed)
    data = ("--data-dir", str(tmp_path / "data"))
    assert _run(installed, tmp_path, "productify", "--version").startswith("Productify Pro ")
    assert "2 days written" in _run(installed, tmp_path, "productify", "demo", "--days", "2", *data)
    summary = json.loads(_run(installed, tmp_path, "productify", "summary", "--from", "yesterday", "--json", *data))
    assert summary["groups"]
    picture = ("picture", "dashboard", "--size", "1024x700", "--out", "dashboard.png")
    _run(installed, tmp_path, "productify", *picture, *data)
    head = (tmp_path / "dashboard.png").read_bytes()
    assert struct.unpack(">8x4x4sII", head[:24]) == (b"IHDR", 1024, 700)
    assert len(head) > 20_000


def _files(folder: str) -> list[Path]:
    """Return what is shipped of a folder, below it."""
    others = [NOT_SHIPPED, *(ROOT / other for other in SHIPPED if other.startswith(f"{folder}/"))]
    return [
        path.relative_to(ROOT / folder)
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc" and not any(path.is_relative_to(other) for other in others)
    ]


def _pip(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def _run(environment: Path, folder: Path, program: str, *arguments: str) -> str:
    """Run a program of the environment in `folder` and return what it printed."""
    env = {key: value for key, value in ENVIRONMENT.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    command = [environment / "bin" / program, *arguments]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout
