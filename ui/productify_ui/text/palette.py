"""Words of the search palette."""

from productify_ui.text.phrase import Phrase


class PaletteWords:
    """What stands in it, and what it says to a screen reader."""

    name = Phrase("Search or jump")
    hint = Phrase("Search titles, apps, sites and notes, or jump to a page or a day")
    search = Phrase("Search")
    search_titles = Phrase("Search titles, apps, sites")
    search_keys = Phrase("Ctrl K")
    results = Phrase("Results")
    days = Phrase("Days")
    pages = Phrase("Pages")
    commands = Phrase("Commands")
    apps = Phrase("Apps")
    record = Phrase("In your record")
    everything_in = Phrase("Everything in {app}")
    one_day = Phrase("{day}")
    many_days = Phrase("{day} and {count} more days")
    and_another = Phrase("{day} and another day")
    nothing = Phrase("Nothing fits \u201c{typed}\u201d.")
    try_filters = Phrase("Narrow it with app: site: category: or a date such as last tuesday.")
    pause_15 = Phrase("Pause tracking for 15 minutes")
    pause_60 = Phrase("Pause tracking for an hour")
    pause_tomorrow = Phrase("Pause tracking until tomorrow")
    pause_forever = Phrase("Pause tracking until I resume")
    incognito = Phrase("Switch incognito on or off")
    switch_theme = Phrase("Switch between dark and light")
    undo = Phrase("Undo the last change of the record")
    redo = Phrase("Redo the last change of the record")
    undone = Phrase("Undone")
    redone = Phrase("Done again")


palette_words = PaletteWords()
