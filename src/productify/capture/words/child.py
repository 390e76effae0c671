"""The process that reads: pictures come in on stdin, their words go out on stdout, and its memory goes with it.

Started as `python -m productify.capture.words.child FOLDER LANGUAGES`. A picture is its length in four bytes, big
endian, and its content; an answer is one line of JSON: a list of [text, left, top, width, height].
"""

import io
import json
import os
import struct
import sys
from typing import Any, BinaryIO

import tesserocr
from PIL import Image

LENGTH = struct.Struct(">I")
_SUREST = 60
"""Per cent below which a word is more likely noise than a word."""

_MOST_WORDS = 3000
_NICEST = 19


def main() -> None:
    """Answer until stdin ends."""
    folder, names = sys.argv[1:]
    if hasattr(os, "nice"):
        os.nice(_NICEST)
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    with tesserocr.PyTessBaseAPI(path=folder, lang=names, psm=tesserocr.PSM.SPARSE_TEXT) as reader:
        while (content := _next(incoming)) is not None:
            outgoing.write(json.dumps(_words(reader, content)).encode() + b"\n")
            outgoing.flush()


def _next(incoming: BinaryIO) -> bytes | None:
    head = incoming.read(LENGTH.size)
    return incoming.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else None


def _words(reader: Any, content: bytes) -> list[list[Any]]:
    with Image.open(io.BytesIO(content)) as opened:
        picture = opened.convert("L")
    reader.SetImage(picture)
    if not reader.Recognize():
        return []
    level = tesserocr.RIL.WORD
    seen = ((each.GetUTF8Text(level), each.Confidence(level), each.BoundingBox(level)) for each in _each(reader, level))
    return [
        [text.strip(), *_fractions(box, picture)]
        for text, sure, box in seen
        if sure >= _SUREST and sum(letter.isalnum() for letter in text) >= 2
    ][:_MOST_WORDS]


def _each(reader: Any, level: Any) -> Any:
    found = reader.GetIterator()
    return tesserocr.iterate_level(found, level) if found is not None else ()


def _fractions(box: tuple[int, int, int, int], picture: Image.Image) -> tuple[float, ...]:
    left, top, right, bottom = box
    width, height = picture.size
    return left / width, top / height, (right - left) / width, (bottom - top) / height


if __name__ == "__main__":
    main()
