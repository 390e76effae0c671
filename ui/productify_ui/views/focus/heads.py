"""What stands above the ring: what will be worked on, or what is."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify.domain import FocusPlan
from productify_ui.text.focus import focus_words as say
from productify_ui.text.focus import title_of
from productify_ui.views.focus.asking import ask_text
from productify_ui.widgets.filter_chip import FilterChip
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.popup import Menu
from productify_ui.widgets.symbol import Symbol
from productify_ui.widgets.text_field import TextField

_LONGEST = 200


class TitleField(TextField):
    """The large line for what will be worked on."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, say.title, say.title_hint, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMaxLength(_LONGEST)

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        return QSize(theme.scaled("focus.title"), theme.scaled("size.control-xl"))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width() // 3, self.sizeHint().height())

    @Slot()
    def _restyle(self) -> None:
        self.setFont(self._look.theme.font("focus-field"))
        self.setMaximumWidth(self.sizeHint().width())
        self.setFixedHeight(self.sizeHint().height())


class SetupHead(QWidget):
    """The title, and the project with those of late in a menu; `submitted` tells of Enter in the title."""

    submitted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._projects: tuple[str, ...] = ()
        self._project: str | None = None
        self.title = TitleField(look, self)
        self.title.returnPressed.connect(self.submitted)
        self.project = FilterChip(look, icon="folder", opens_menu=True, parent=self)
        self.project.clicked.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px("space.3"))
        for widget in (self.title, self.project):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self._show_project()

    @property
    def chosen_title(self) -> str | None:
        """What was written, None for nothing."""
        return self.title.text().strip() or None

    @property
    def chosen_project(self) -> str | None:
        """The project that was chosen."""
        return self._project

    def show_projects(self, projects: Sequence[str]) -> None:
        """Offer these in the menu."""
        self._projects = tuple(projects)

    def clear(self) -> None:
        """Forget the title; the project stays, for the next one is likely to be of it."""
        self.title.clear()

    def choose(self, project: str | None) -> None:
        """Take a project, or none."""
        self._project = project
        self._show_project()

    def _show_project(self) -> None:
        text = self._project or say.no_project
        self.project.show_text(text, spoken=say.project_name.format(project=text))

    @Slot()
    def _open(self) -> None:
        menu = Menu(self._look, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for project in self._projects:
            icon = "check" if project == self._project else "folder"
            menu.add(project, icon).triggered.connect(partial(self._chosen, project))
        if self._project is not None:
            menu.add(say.no_project, "x").triggered.connect(partial(self._chosen, None))
        if self._projects or self._project is not None:
            menu.addSeparator()
        menu.add(say.project_hint, "plus").triggered.connect(self._name)
        menu.open_below(self.project)

    def _chosen(self, project: str | None, _checked: bool = False) -> None:
        self.choose(project)

    @Slot()
    def _name(self) -> None:
        ask_text(self._look, self.project, say.project, say.project_hint, say.use, self.choose)


class RunningHead(QWidget):
    """The title of the running session, its project, and where it stands in its rounds."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(look, role="focus-title", elide=True, parent=self)
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.project = QWidget(self)
        self.project_name = Label(look, role="body", tone="text-tertiary", parent=self.project)
        named = QHBoxLayout(self.project)
        named.setContentsMargins(0, 0, 0, 0)
        named.setSpacing(look.theme.px("space.3"))
        named.addWidget(Symbol(look, "folder", "text-tertiary", self.project))
        named.addWidget(self.project_name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px("space.1"))
        row = QHBoxLayout()
        row.addWidget(self.title, 1)
        column.addLayout(row)
        column.addWidget(self.project, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def show_plan(self, plan: FocusPlan) -> None:
        """Show what is worked on."""
        self.title.setText(title_of(plan.title))
        self.project_name.setText(plan.project or "")
        self.project.setVisible(bool(plan.project))
