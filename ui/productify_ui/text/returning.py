"""Words and sentences for somebody who comes back."""

from productify.domain import Return, State
from productify_ui.text.phrase import Phrase


class ReturningWords:
    """The card and the notification that ask what an absence was."""

    away = Phrase("Away {span}")
    asleep = Phrase("Away {span}, asleep")
    locked = Phrase("Away {span}, locked")
    question = Phrase("{duration}. What was this?")
    hint = Phrase("A meeting, a call, lunch")
    name = Phrase("What this time was")
    first_name = Phrase("What the first part was")
    second_name = Phrase("What the second part was")
    first_hint = Phrase("First")
    second_hint = Phrase("Then")
    save = Phrase("Save")
    save_both = Phrase("Save both")
    split = Phrase("Split in two")
    unsplit = Phrase("One label")
    where_to_split = Phrase("Where the second part begins")
    leave = Phrase("Leave it")
    leave_key = Phrase("Esc")
    part = Phrase("{span} · {duration}")
    label_key = Phrase("{name}, key {key}")
    other = Phrase("Something else")
    saved = Phrase("Saved as {name}")
    saved_both = Phrase("Saved as {first} and {second}")
    undone = Phrase("Away again")

    meeting = Phrase("Meeting")
    call = Phrase("Call")
    lunch = Phrase("Lunch")
    break_ = Phrase("Break")


returning_words = ReturningWords()


def usual_labels() -> tuple[str, ...]:
    """Return what most absences are, for somebody who has named none so far."""
    words = returning_words
    return (words.meeting, words.call, words.lunch, words.break_)


def title_of(gap: Return, span: str) -> str:
    """Return what the absence was, as far as it is known."""
    words = returning_words
    return {State.ASLEEP: words.asleep, State.LOCKED: words.locked}.get(gap.cause, words.away).format(span=span)
