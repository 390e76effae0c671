"""The section "Browsers": the extension, the browsers that are paired with it, and what gets past it."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from productify.domain import Leak, PairedBrowser, PairingCode
from productify.errors import KnownError
from productify_ui.text import formats
from productify_ui.text.browsers import browser_words, heard_of, kind_of, outcome_of, pairing_of, spaced
from productify_ui.views.context import ViewContext
from productify_ui.views.settings.browser_rows import ActionRow, Line, PairedRow
from productify_ui.widgets.card import Card
from productify_ui.widgets.label import Label
from productify_ui.widgets.news import News

SECTION = "browsers"


class BrowsersSection(QWidget):
    """Three steps in one card: install, pair, try."""

    section = SECTION

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._look = look = context.look
        self._folder: Path | None = None
        self._offer: PairingCode | None = None
        self._paired: tuple[PairedBrowser, ...] | None = None
        words = browser_words
        self.get = ActionRow(look, words.get, words.get_hint, words.write, self)
        self.pair = ActionRow(look, words.pair, words.pair_hint, words.show_code, self)
        self.leaks = ActionRow(look, words.leaks, words.leaks_hint, words.test, self)
        self.code = Label(look, "", "stat-m", parent=self)
        self.code.hide()
        self.pair.below.insertWidget(0, self.code)
        self.browsers: list[PairedRow] = []
        self._clock = QTimer(self)
        self._clock.setInterval(look.theme.px("motion.ring-tick"))
        self._clock.timeout.connect(self._count)
        self.get.button.clicked.connect(self._get)
        self.pair.button.clicked.connect(self._pair)
        self.leaks.button.clicked.connect(self._test)
        self._lay_out()

    def search(self, words: Sequence[str]) -> bool:
        """Show itself where all words stand in it; whether they do."""
        said = " ".join((browser_words.title, browser_words.hint, *(row.said for row in self._rows))).casefold()
        found = all(word in said for word in words)
        self.setVisible(found)
        return found

    async def refresh(self) -> None:
        """Ask which browsers are paired."""
        paired = await self._context.bridge.call(lambda service: service.browsers.paired())
        if self._paired is not None:
            known = {each.id for each in self._paired}
            for each in paired:
                if each.id not in known:
                    self._welcome(each)
        self._show_paired(paired)

    @property
    def _rows(self) -> tuple[ActionRow, ...]:
        return self.get, self.pair, self.leaks

    def _lay_out(self) -> None:
        theme = self._look.theme
        card = Card(self._look, parent=self)
        card.setAccessibleName(browser_words.title)
        for number, row in enumerate(self._rows):
            row.rule.setVisible(number > 0)
            card.body.addWidget(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px("space.9"))
        column.setSpacing(theme.px("space.4"))
        column.addWidget(Label(self._look, browser_words.title, "card-title", parent=self))
        hint = Label(self._look, browser_words.hint, "small", "text-secondary", parent=self)
        hint.setWordWrap(True)
        column.addWidget(hint)
        column.addWidget(card)

    def _show_paired(self, paired: tuple[PairedBrowser, ...]) -> None:
        zone = self._context.zone
        if paired == self._paired:
            return
        self._paired = paired
        for row in self.browsers:
            row.hide()
            row.deleteLater()
        self.browsers = []
        for each in paired:
            texts = (pairing_of(each, zone), heard_of(each.seen_at, zone))
            row = PairedRow(self._look, each.id, each.name, texts, self)
            row.forgotten.connect(self._forget)
            self.pair.below.addWidget(row)
            self.browsers.append(row)
        self._show_code()

    def _welcome(self, browser: PairedBrowser) -> None:
        """A new one has typed the code in: it is used up."""
        self._offer = None
        words = browser_words
        title = words.now_paired.format(name=browser.name)
        self._context.tell(News(title, words.now_paired_hint, tone="success", icon="circle-check"))
        self._show_code()

    def _show_code(self) -> None:
        words, offer = browser_words, self._offer
        self.code.setVisible(offer is not None)
        self.pair.button.setText(words.show_code if offer is None else words.another_code)
        if offer is None:
            self._clock.stop()
            none = [Line("info", "text-tertiary", words.none_paired)]
            self.pair.show_lines([] if self._paired else none)
            return
        self.code.setText(spaced(offer.code))
        self.code.setAccessibleName(words.code.format(code=" ".join(offer.code)))
        self._count()
        self._clock.start()

    @Slot()
    def _count(self) -> None:
        if self._offer is None:
            return
        left = round((self._offer.until - self._context.clock.now()).total_seconds())
        if left > 0:
            text = browser_words.code_good.format(time=formats.ticking(left))
            self.pair.show_lines([Line("clock", "text-tertiary", text)])
            return
        self._clock.stop()
        self.code.hide()
        self.pair.show_lines([Line("triangle-alert", "warn", browser_words.code_over)])

    @Slot()
    def _get(self) -> None:
        if self._folder is None:
            self._begin(self.get, self._getting)
        else:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    @Slot()
    def _pair(self) -> None:
        self._begin(self.pair, self._pairing)

    @Slot()
    def _test(self) -> None:
        self.leaks.show_lines([Line("refresh-cw", "text-tertiary", browser_words.testing)])
        self._begin(self.leaks, self._testing)

    @Slot(str)
    def _forget(self, browser_id: str) -> None:
        self._context.bridge.start(self._forgetting(browser_id))

    def _begin(self, row: ActionRow, work: Callable[[], Awaitable[None]]) -> None:
        row.button.setEnabled(False)
        self._context.bridge.start(self._doing(row, work))

    async def _doing(self, row: ActionRow, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except KnownError as error:
            row.show_lines([Line("circle-alert", "danger", error.title, error.hint)])
        finally:
            row.button.setEnabled(True)

    async def _getting(self) -> None:
        self._folder = await self._context.bridge.call(lambda service: service.extension.write())
        words = browser_words
        self.get.button.setText(words.open_folder)
        self.get.show_lines(
            [
                Line("folder", "text-tertiary", words.written.format(folder=self._folder)),
                Line("info", "text-tertiary", words.in_chromium),
                Line("info", "text-tertiary", words.in_firefox),
            ]
        )

    async def _pairing(self) -> None:
        self._offer = await self._context.bridge.call(lambda service: service.extension.pair())
        self._show_code()

    async def _testing(self) -> None:
        found = await self._context.bridge.call(lambda service: service.extension.leak_test())
        self.leaks.show_lines([Line("info", "text-tertiary", outcome_of(found)), *map(_line_of, found)])

    async def _forgetting(self, browser_id: str) -> None:
        name = next((each.name for each in self._paired or () if each.id == browser_id), "")
        words = browser_words
        try:
            await self._context.bridge.call(lambda service: service.browsers.revoke(browser_id))
        except KnownError as error:
            self._context.tell(News(error.title, error.hint, tone="danger", icon="circle-alert"))
            for row in self.browsers:
                row.button.setEnabled(True)
            return
        self._context.tell(News(words.forgotten.format(name=name), words.forgotten_hint, icon="circle-check"))


def _line_of(leak: Leak) -> Line:
    words = browser_words
    name = words.profile.format(browser=kind_of(leak.browser), profile=leak.profile)
    icon, tone = ("triangle-alert", "warn") if leak.leaks else ("circle-check", "success")
    verdict = words.gets_past if leak.leaks else words.tight
    return Line(icon, tone, f"{name}: {verdict}", f"{leak.detail} {leak.fix}".rstrip())
