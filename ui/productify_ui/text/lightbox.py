"""Words and sentences of one screenshot over the whole window."""

from productify_ui.text.phrase import Phrase


class LightboxWords:
    """What stands around the picture, and what is asked and told about it."""

    name = Phrase("Screenshot of {app}, {clock}, {day}")
    place = Phrase("{day} · {number} of {count}")
    close = Phrase("Close")
    previous = Phrase("Previous")
    next = Phrase("Next")
    zoom_in = Phrase("Zoom in")
    zoom_out = Phrase("Zoom out")
    fit = Phrase("Fit")
    zoom_name = Phrase("Fit to the window")
    percent = Phrase("{percent} %")
    picture_name = Phrase("Picture, {width} by {height} pixels")

    taken = Phrase("Taken")
    seen_until = Phrase("Seen until")
    category = Phrase("Category")
    display = Phrase("Display")
    display_of = Phrase("{number} of {count} · {width} × {height}")
    size = Phrase("Size")
    size_of = Phrase("{size}, {format}")
    webp = Phrase("WebP")
    jpeg = Phrase("JPEG")

    blur = Phrase("Blur this screenshot")
    is_blurred = Phrase("Already blurred or covered")
    cover = Phrase("Cover a part")
    timeline = Phrase("Show on timeline")
    copy = Phrase("Copy image")
    delete = Phrase("Delete")
    more = Phrase("More")
    save = Phrase("Save as\u2026")
    blur_app = Phrase("Blur all {count} of {app}\u2026")
    delete_app = Phrase("Delete all {count} of {app}")
    never_app = Phrase("Never track {app}\u2026")
    key_b = Phrase("B")
    key_c = Phrase("C")
    key_t = Phrase("T")
    key_copy = Phrase("Ctrl C")
    key_delete = Phrase("Del")
    key_escape = Phrase("Esc")
    key_left = Phrase("\u2190")
    key_right = Phrase("\u2192")
    key_shift_left = Phrase("Shift \u2190")
    key_shift_right = Phrase("Shift \u2192")
    hint_step = Phrase("previous, next")
    hint_hour = Phrase("previous, next hour")
    hint_close = Phrase("close")

    stored = Phrase("Stored on this device. Screenshots are never shared with your team.")
    stored_sealed = Phrase("Stored encrypted on this device. Screenshots are never shared with your team.")

    cover_title = Phrase("Draw boxes over what shall be covered")
    cover_hint = Phrase("Enter covers it in the file itself. This cannot be undone.")
    cover_apply = Phrase("Cover for good")
    cover_cancel = Phrase("Cancel")
    covered = Phrase("The part was covered")
    copied = Phrase("The image was copied")
    saved = Phrase("Saved to {path}")
    save_failed = Phrase("The image could not be saved to {path}.")
    save_failed_hint = Phrase("Name a place that can be written.")
    file_name = Phrase("Screenshot {day} {clock}")
    ask_blur_app = Phrase("Blur all {count} screenshots of {app}?")
    ask_never = Phrase("Never track {app}?")
    ask_never_hint = Phrase(
        "From now on its time counts as private: no name, no title, no screenshot. What is stored stays."
    )
    never_yes = Phrase("Never track it")
    never_done = Phrase("{app} is tracked no more")

    strip_name = Phrase("Screenshots of {day}: {number} of {count}, {clock}")
    strip_help = Phrase("Click or drag to another moment of the day.")


lightbox_words = LightboxWords()

_FORMATS = {"webp": "webp", "jpeg": "jpeg"}


def format_name(kind: str) -> str:
    """Return what people call a picture's format."""
    return str(getattr(lightbox_words, _FORMATS[kind])) if kind in _FORMATS else kind.upper()
