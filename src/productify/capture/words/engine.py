"""Whether Tesseract is here, where its language files are, and which it has."""

import os
import sys
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path

from productify.domain import Capability, Health

_BINDING = "tesserocr"
_FOLDERS = {
    "linux": ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata"),
    "darwin": ("/opt/homebrew/share/tessdata", "/usr/local/share/tessdata"),
    "win32": (r"C:\Program Files\Tesseract-OCR\tessdata",),
}
_NO_LANGUAGES = frozenset({"osd", "equ"})
_MOST_LANGUAGES = 3
"""Each more costs its own time over every picture."""

_KEY, _TITLE, _NAME = "words", "Words in screenshots", "Tesseract"


def language_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return the folder with Tesseract's language files; None where there is none."""
    given = environment.get("TESSDATA_PREFIX")
    folders = [Path(folder) for folder in (*([given] if given else []), *_FOLDERS.get(sys.platform, ()))]
    return next((folder for folder in folders if languages(folder)), None)


def languages(folder: Path) -> tuple[str, ...]:
    """Return the languages whose files are in `folder`, English last: with it alone it is enough."""
    found = sorted(_names(folder), key=lambda name: (name == "eng", name))
    return tuple(found[-_MOST_LANGUAGES:])


def capability(environment: Mapping[str, str] = os.environ) -> Capability:
    """Return whether words can be read here, and how to get what is missing."""
    if find_spec(_BINDING) is None:
        return Capability(
            _KEY, _TITLE, Health.MISSING, _NAME, "Tesseract is not part of this installation.",
            "Install the extra and start again.", command="pip install 'productify-pro[ocr]'",
        )  # fmt: skip
    folder = language_folder(environment)
    if folder is None:
        return Capability(
            _KEY, _TITLE, Health.MISSING, _NAME, "Tesseract's language files are missing.",
            "Install them for the languages you read.", command="sudo apt install tesseract-ocr",
        )  # fmt: skip
    return Capability(_KEY, _TITLE, Health.WORKS, _NAME, f"Languages: {', '.join(languages(folder))}.")


def _names(folder: Path) -> Iterable[str]:
    return (file.stem for file in folder.glob("*.traineddata") if file.stem not in _NO_LANGUAGES)
