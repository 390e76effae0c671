"""Words and sentences of the timeline as an editor."""

from productify.domain import Done, EditKind, Presence, State
from productify_ui.text.phrase import Phrase


class EditingWords:
    """The inspector's forms, the card for an entry, menus, toasts and what they say to a screen reader."""

    mixed = Phrase("Mixed")
    several = Phrase("{count} activities")
    several_length = Phrase("{count} activities, {length}")
    several_gaps = Phrase("{count} times away, {length}")
    from_time = Phrase("From")
    to_time = Phrase("To")
    bad_time = Phrase("Write times like 13:05.")
    not_within = Phrase("An activity can be made shorter, between {start} and {end}.")
    wrong_order = Phrase("It must end after it begins.")
    scope = Phrase("File {name} under {category}")
    scope_name = Phrase("How far it reaches")
    this_one = Phrase("This one")
    from_now = Phrase("From now on")
    past_too = Phrase("Past too")
    these = Phrase("These")
    what_was_selected = Phrase("what is selected")
    moves_nothing = Phrase("Nothing else moves.")
    moves = Phrase("Moves {length}.")
    moves_days = Phrase("Moves {length} over {days} days.")
    moves_from = Phrase("From {names}.")
    from_now_too = Phrase("A rule files what comes.")
    note = Phrase("Note")
    add_note = Phrase("Add a note")
    split = Phrase("Split")
    split_name = Phrase("Where to split: {clock}, {before} before and {after} after")
    split_help = Phrase("Left and Right move the cut, Enter splits.")
    merge = Phrase("Merge")
    delete = Phrase("Delete")
    erase = Phrase("Delete for ever\u2026")
    erase_one = Phrase("Delete this activity for ever?")
    erase_many = Phrase("Delete {count} activities for ever?")
    erase_hint = Phrase(
        "It leaves the timeline, the sums, search and the undo history, and is overwritten on the disk. This cannot be "
        "undone. Backups that were made before still hold it, and so does a database that a backup replaced. They lie "
        "in the folder of your data."
    )
    erase_sure = Phrase("Delete for ever")
    erased = Phrase("Deleted for ever")
    edit = Phrase("Edit")
    rule = Phrase("Always file like this")
    edit_hint = Phrase("edit")
    split_hint = Phrase("split")
    rule_hint = Phrase("rule")
    label_hint = Phrase("label")

    what_was_this = Phrase("What was this?")
    gap = Phrase("Selected time")
    label_example = Phrase("Lunch, call, walk …")
    label_it = Phrase("Label it")
    leave_it = Phrase("Leave it")
    recent = Phrase("Used before")
    unclassified = Phrase("No category")
    why_away = Phrase("No key or mouse was used. Time without input counts as away after the time-out in Settings.")
    why_locked = Phrase("The screen was locked.")
    why_asleep = Phrase("The computer was asleep.")
    why_paused = Phrase("You had paused tracking. Nothing was recorded.")
    why_private = Phrase("Private time: it counts as active, and no app, title or address is stored for it.")
    why_system = Phrase("The desktop itself was in front. It counts as active, neutral time.")
    why_off = Phrase("Nothing is recorded: Productify Pro was not running, or what was here was deleted.")
    present_call = Phrase("Counted as present: microphone, camera or a call window in use.")
    present_video = Phrase("Counted as present: a full-screen video played.")
    present_audio = Phrase("Counted as present: sound played.")
    present_inhibitor = Phrase("Counted as present: an app kept the screen awake.")
    entered = Phrase("You entered this.")
    labelled = Phrase("You labelled this time.")
    copied = Phrase("Copied from another day.")

    add_entry = Phrase("Add entry")
    entry_title = Phrase("Add an entry")
    entry_example = Phrase("9:10-9:40 call with bank")
    entry_help = Phrase("Write when and what: 9:10-9:40 call with bank, 2pm-3pm review, 45m call.")
    entry_name = Phrase("What it was")
    entry_line = Phrase("When and what it was")
    understood = Phrase("{range} · {length} · {name}")
    understood_category = Phrase("{range} · {length} · {name} · {category}")
    cancel = Phrase("Cancel")
    add = Phrase("Add")

    day_menu = Phrase("More for this day")
    undo_step = Phrase("Undo: {what}")
    redo_step = Phrase("Redo: {what}")
    undo_nothing = Phrase("Nothing to undo")
    redo_nothing = Phrase("Nothing to redo")
    select_all = Phrase("Select all")
    restore_day = Phrase("Restore this day")
    copy_day = Phrase("Copy to another day…")
    copy_selected = Phrase("Copy selected to another day…")
    idle_day = Phrase("Change the idle time-out of the past…")
    idle_title = Phrase("Idle time-out for {days}")
    idle_range = Phrase("Days")
    idle_one = Phrase("This day")
    idle_week = Phrase("7 days")
    idle_month = Phrase("30 days")
    idle_all = Phrase("All")
    idle_text = Phrase("Recorded inputs are looked at again, as if this had been set.")
    idle_after = Phrase("{minutes} min")
    idle_changes = Phrase("{away} more away, {regained} regained.")
    idle_changes_days = Phrase("{away} more away, {regained} regained; {days} days change.")
    idle_same = Phrase("Changes nothing on this day.")
    idle_same_days = Phrase("Changes nothing on these days.")
    apply = Phrase("Apply")

    working = Phrase("Going through what was recorded")
    working_days = Phrase("{done} of {all} days")
    stop = Phrase("Stop")
    redo = Phrase("Redo")
    stopped = Phrase("Stopped. Nothing was changed.")
    left_title = Phrase("Changes were not saved")
    left_hint = Phrase("{name}, {range}")
    save_them = Phrase("Save them")
    cannot_split = Phrase("One activity at a time can be split.")

    one_activity = Phrase("1 activity")
    many_activities = Phrase("{count} activities")
    did_change = Phrase("Changed {what}")
    did_split = Phrase("Split in two")
    did_merge = Phrase("Merged {what}")
    did_trim = Phrase("Made shorter")
    did_delete = Phrase("Deleted {what}")
    did_add = Phrase("Added {what}")
    did_label = Phrase("Labelled {what}")
    did_copy = Phrase("Copied {what}")
    did_restore = Phrase("Restored the day as it was recorded")
    did_idle = Phrase("Applied the idle time-out to {what}")
    undone = Phrase("Undone: {what}")
    redone = Phrase("Done again: {what}")
    not_newest = Phrase("Something else was changed since.")
    not_newest_hint = Phrase("Ctrl+Z undoes one step after another, the newest first.")
    kept_some = Phrase("What was recorded since was in the way and stayed.")
    change_name = Phrase("change")
    split_step = Phrase("split")
    merge_name = Phrase("merge")
    trim_name = Phrase("shorter time")
    delete_name = Phrase("delete")
    add_name = Phrase("entry")
    label_name = Phrase("label")
    copy_name = Phrase("copy")
    restore_name = Phrase("restored day")
    idle_name = Phrase("idle time-out")


editing_words = EditingWords()

_NAMES = {EditKind.SPLIT: "split_step"}


def done_sentence(done: Done, count: int | None = None) -> str:
    """Return what a toast says of a step; `count` is what the user had selected, where it is known."""
    number = done.count if count is None else count
    what = editing_words.one_activity if number == 1 else editing_words.many_activities.format(count=number)
    return str(getattr(editing_words, f"did_{done.kind}")).format(what=what)


def step_name(kind: EditKind) -> str:
    """Return what undo and redo call a step."""
    return str(getattr(editing_words, _NAMES.get(kind, f"{kind}_name")))


def why(cause: State) -> str:
    """Return why time belongs to no app."""
    return str(getattr(editing_words, f"why_{cause}"))


def presence_text(presence: Presence) -> str:
    """Return what showed that somebody was there."""
    return str(getattr(editing_words, f"present_{presence}"))
