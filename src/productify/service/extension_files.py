"""The browser extension, written out for Chromium and its kin and for Firefox: a folder and an archive of each."""

import json
import shutil
import zipfile
from pathlib import Path

from productify.errors import KnownError
from productify.paths import browser_extension_dir

VARIANTS = ("chromium", "firefox")
_MANIFESTS = "manifests"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an archive: the same sources make the same archive."""


def write(folder: Path) -> tuple[Path, ...]:
    """Write `chromium/`, `firefox/` and their archives below `folder` and return them; what was there is replaced.

    Raises KnownError where that cannot be written.
    """
    try:
        return tuple(path for variant in VARIANTS for path in _written(variant, folder))
    except OSError as error:
        raise KnownError(
            f"The extension cannot be written to {folder}: {error.strerror}.", "Name another folder with --out."
        ) from None


def _written(variant: str, folder: Path) -> tuple[Path, Path]:
    target, archive = folder / variant, folder / f"productify-{variant}.zip"
    if target.exists() and not (target / "manifest.json").exists():
        raise KnownError(f"{target} holds something else.", "Name another folder with --out.")
    source = browser_extension_dir()
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(_MANIFESTS))
    parts = [json.loads((source / _MANIFESTS / f"{name}.json").read_text("utf-8")) for name in ("common", variant)]
    (target / "manifest.json").write_text(json.dumps(parts[0] | parts[1], indent=2) + "\n", "utf-8")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(target.rglob("*")):
            if path.is_file():
                packed.writestr(zipfile.ZipInfo(path.relative_to(target).as_posix(), _EPOCH), path.read_bytes())
    return target, archive
