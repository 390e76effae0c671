"""What the made-up person does: scenes of a day, each with the windows that come up in it.

Everything here is invented; addresses lie in example.org or are the public front pages of well-known sites.
"""

from dataclasses import dataclass

FILES = (
    "outbox.py", "merge.py", "test_merge.py", "timeline.py", "brush.py", "palette.py", "README.md", "schema.py",
    "test_outbox.py", "rollups.py", "reports.py", "lanes.py", "retry.py", "steps.tsx", "api.ts", "queue.rs",
)  # fmt: skip
PROJECTS = ("atlas", "onboarding", "harbor", "meadow")
TOPICS = (
    "connection pools", "write-ahead log", "window functions", "event loop", "flexbox", "signal handlers", "time zones",
    "backoff with jitter", "keyset pagination", "colour contrast",
)  # fmt: skip
CHANNELS = ("general", "design-review", "releases", "support", "random", "atlas")
BOARDS = ("Sprint board", "Backlog", "Roadmap", "Release checklist")
DOCUMENTS = ("Quarterly plan", "Release notes", "Interview notes", "Onboarding copy deck", "Budget draft")
CLIPS = ("Restoring an old lathe", "Live at the harbour", "How bridges are built", "A week in the mountains")
BOARDS_TALK = ("MechanicalKeyboards", "woodworking", "cycling", "AskScience")


@dataclass(frozen=True, slots=True)
class Face:
    """One window that may be in front: `title` and `url` may hold {file}, {project}, {topic} and the like."""

    app_name: str
    app_id: str
    title: str
    weight: int
    seconds: float
    url: str | None = None


_BROWSER = ("Firefox", "firefox-esr")


def _page(title: str, url: str, weight: int, seconds: float) -> Face:
    return Face(*_BROWSER, f"{title} — Mozilla Firefox", weight, seconds, url)


_EDITOR = Face("VS Code", "code", "{file} - {project} - Visual Studio Code", 46, 150)
_TERMINAL = Face("Terminal", "org.gnome.Terminal", "{project}: ~/src/{project}", 18, 45)
_CHAT = Face("Slack", "slack", "#{channel} - Example - Slack", 30, 50)
_MAIL = Face("Thunderbird", "thunderbird", "Inbox - sam@example.org - Thunderbird", 20, 70)
_TRACKER = _page("{board} · Example", "https://linear.app/example/{project}", 8, 60)

SCENES: dict[str, tuple[Face, ...]] = {
    "coding": (
        _EDITOR,
        _TERMINAL,
        _page("{project}/{file} at main · GitHub", "https://github.com/example/{project}/blob/main/{file}", 9, 60),
        _page("{topic} - Stack Overflow", "https://stackoverflow.com/questions/tagged/{topic}", 6, 70),
        _page("{topic} | MDN", "https://developer.mozilla.org/en-US/docs/Web/{topic}", 4, 80),
        Face("Slack", "slack", "#{channel} - Example - Slack", 4, 25),
    ),
    "design": (
        _page("{project} v3 · Flows – Figma", "https://www.figma.com/file/{project}", 40, 170),
        Face("Inkscape", "org.inkscape.Inkscape", "icons.svg - Inkscape", 10, 120),
        Face("Files", "org.gnome.Nautilus", "Pictures", 5, 20),
    ),
    "writing": (
        Face("LibreOffice Writer", "libreoffice-writer", "{document}.odt - LibreOffice Writer", 30, 180),
        _page("{document} - Notion", "https://www.notion.so/example/{document}", 20, 120),
        _page("{topic} - Wikipedia", "https://en.wikipedia.org/wiki/{topic}", 8, 90),
    ),
    "planning": (_TRACKER, _page("{board} · Jira", "https://example.atlassian.net/jira/{project}", 10, 80), _CHAT),
    "messages": (_CHAT, _MAIL, _TRACKER),
    "meeting": (
        Face("Zoom", "zoom", "Zoom Meeting", 30, 700),
        _page("{document} - Notion", "https://www.notion.so/example/{document}", 6, 120),
    ),
    "drift": (
        _page("r/{talk}", "https://www.reddit.com/r/{talk}/", 20, 110),
        _page("{clip} - YouTube", "https://www.youtube.com/watch", 16, 240),
        _page("Hacker News", "https://news.ycombinator.com/", 12, 90),
        _page("News, sport and opinion", "https://www.theguardian.com/international", 10, 100),
    ),
    "evening": (
        _page("{clip} - YouTube", "https://www.youtube.com/watch", 30, 700),
        _page("r/{talk}", "https://www.reddit.com/r/{talk}/", 10, 160),
        Face("Steam", "steam", "Steam", 6, 900),
        _page("Shopping basket", "https://www.etsy.com/cart", 4, 150),
        Face("Anki", "net.ankiweb.Anki", "Spanish - Anki", 6, 400),
    ),
}  # fmt: skip

WORKDAY: tuple[tuple[str, int, float], ...] = (
    ("coding", 40, 55), ("design", 10, 40), ("writing", 12, 35), ("planning", 9, 18), ("messages", 15, 14),
    ("meeting", 8, 32), ("drift", 12, 9),
)  # fmt: skip
"""(scene, weight, minutes) for the working hours."""
