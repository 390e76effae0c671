"""What the window says when its data cannot be opened."""

from productify_ui.text.phrase import Phrase


class TroubleWords:
    """The full page of trouble."""

    damaged = Phrase("Your record cannot be read")
    sound_backup = Phrase(
        "The backup of {day} is sound. What was recorded after it stays in the damaged file, which is kept beside it."
    )
    no_backup = Phrase("There is no good backup. To begin anew, move productify.db out of its folder.")
    bug = Phrase("Your record could not be opened")
    bug_hint = Phrase("This is a fault in Productify Pro, and nothing was changed. Its log in the folder says more.")
    put_back = Phrase("Put back the backup of {day}")
    putting_back = Phrase("Putting the backup back")
    opening = Phrase("Opening")
    open_folder = Phrase("Open the folder")
    is_back = Phrase("The backup of {day} is back")
    is_back_hint = Phrase("The damaged file is kept beside it.")


trouble_words = TroubleWords()
