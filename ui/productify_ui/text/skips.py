"""Words and sentences about screenshots that were not taken."""

from productify.domain import Skip
from productify_ui.text.phrase import Phrase


class SkipWords:
    """The page that says what was skipped, when and why."""

    title = Phrase("What was skipped")
    back = Phrase("Back to the screenshots")
    column_time = Phrase("Time")
    column_display = Phrase("Display")
    column_reason = Phrase("Why")
    column_count = Phrase("Not taken")
    every_display = Phrase("All displays")
    one_picture = Phrase("1 picture")
    many_pictures = Phrase("{count} pictures")
    with_day = Phrase("{day}, {time}")
    table_name = Phrase("Screenshots not taken: {count}")
    by_reason = Phrase("By reason")
    never = Phrase("Never written down")
    never_hint = Phrase(
        "Which window, site or word it was. Here stands only that something was skipped, when, on which display, and "
        "the kind of reason."
    )
    no_files = Phrase("A skipped picture is not blurred or deleted later: it is never taken.")
    nothing_title = Phrase("Nothing was skipped")
    nothing_hint = Phrase("Whenever a screenshot is due and not taken, this page says why.")
    off_hint = Phrase("Screenshots are off, so none were due.")

    incognito = Phrase("Incognito was on")
    paused = Phrase("Tracking or screenshots were paused")
    not_tracking = Phrase("Nothing was tracked")
    away = Phrase("Nobody was at the keyboard")
    locked = Phrase("The screen was locked")
    asleep = Phrase("The computer slept")
    private_window = Phrase("A private browser window was in view")
    maybe_private = Phrase("A browser was in view that does not show which of its windows are private")
    password_manager = Phrase("A password manager was in view")
    excluded_app = Phrase("An app that you never track was in view")
    excluded_site = Phrase("A site that you never track was, or may have been, in view")
    excluded_title = Phrase("A title with a word that you never track was in view")
    unseen = Phrase("The desktop did not tell which windows are in view")
    moved = Phrase("Windows moved while the picture was taken")
    call = Phrase("You were in a call")
    disk_full = Phrase("The disk was full")
    failed = Phrase("The desktop did not let a picture be taken")


skip_words = SkipWords()


def reason_text(reason: Skip) -> str:
    """Return the sentence for a reason."""
    return str(getattr(skip_words, reason.name.lower()))


def pictures_text(count: int) -> str:
    """Return how many were not taken."""
    return skip_words.one_picture if count == 1 else skip_words.many_pictures.format(count=f"{count:,}")
