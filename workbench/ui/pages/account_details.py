"""DetailsForm: what an account is told: its address, the way to sign in and what that needs, and its name."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.sync.platforms import Platform, SignInKind, SignInWay
from workbench.ui.icons import icon
from workbench.ui.pages.account_data import Given, Tended
from workbench.ui.pages.account_fields import SettingsForm
from workbench.ui.pages.account_words import proposed_name, wrong_name
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import on_enter, push_button, say
from workbench.ui.widgets.choices import ChoiceRow
from workbench.ui.widgets.field import Field, ProblemLine
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.tab_order import in_tab_order


class DetailsForm(QWidget):
    """`submitted` once everything asked for is there; `left` to stop, `back` to choose another platform."""

    submitted = Signal()
    back = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._platform: Platform | None = None
        self._declared: tuple[SignInWay, ...] = ()
        self._taken: Collection[str] = ()
        self._values: Mapping[str, str] = {}
        self._is_new = self._is_name_typed = False
        self._kept: Collection[str] = ()
        self.ways: list[ChoiceRow] = []
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._about = PlainLabel("", role="second", wraps=True)
        self.form, self.way_form = SettingsForm(theme), SettingsForm(theme)
        self._way_about = PlainLabel("", role="second", wraps=True)
        self._ways_title = PlainLabel("How to sign in", role="captionstrong")
        self._ways_box = QWidget()
        self._ways_column = QVBoxLayout(self._ways_box)
        self._ways_column.setContentsMargins(0, 0, 0, 0)
        self._ways_column.setSpacing(8)
        self.name = QLineEdit()
        self.name.setMaxLength(200)
        hint = "How you want to see it on this page."
        self.name_field = Field(theme, "Name of the account", self.name, hint=hint)
        self._problem = ProblemLine(theme)
        self.rest = QWidget()
        rest = QVBoxLayout(self.rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(12)
        for form in (self.form, self.way_form):
            rest.addWidget(form.rest)
        for widget in (self._about, self._way_about, self.form, self._ways_title, self._ways_box, self.way_form):
            column.addWidget(widget)
        column.addWidget(self.name_field)
        self.more = push_button("More settings", theme=theme, kind="link", clicked=self._on_more)
        fold = QHBoxLayout()
        fold.addWidget(self.more)
        fold.addStretch(1)
        column.addLayout(fold)
        column.addWidget(self.rest)
        column.addWidget(self._problem)
        column.addSpacing(4)
        self._column = column
        self.foot = self._buttons()
        column.addWidget(self.foot)
        self.name.textEdited.connect(self._on_name)
        on_enter(self.name, self._on_go)
        for form in (self.form, self.way_form):
            form.changed.connect(self._on_changed)
            form.submitted.connect(self._on_go)
            form.rest_wanted.connect(lambda: self._unfold(is_open=True))

    @property
    def platform(self) -> Platform | None:
        """What is filled in for; None before the first choice."""
        return self._platform

    @property
    def way(self) -> SignInWay:
        """The way to sign in that is chosen."""
        chosen = (way for way, row in zip(self._declared, self.ways, strict=True) if row.isChecked())
        return next(chosen, self._declared[0])

    def show_new(self, platform: Platform, *, taken: Collection[str]) -> None:
        """Asks for a new account; what was typed for the same platform just before is still there."""
        if self._platform is not platform or not self._is_new:
            self._is_name_typed = False
            self._show(platform, {}, way=None, is_new=True)
        self._taken = taken
        say(self.go, "Continue")
        self.go.setIcon(icon("arrow-right", self._theme, token="on_accent"))
        self.name_field.show()
        self._back.show()
        self._on_changed()

    def show_account(self, account: Tended, *, with_name: bool = False) -> None:
        """Asks again for what an account was told; its address stays once its platform was asked there."""
        values = dict(account.settings)
        if account.row.base_url:
            values["address"] = account.row.base_url
        self._taken, self._is_name_typed = (), True
        is_locked, kept = not account.is_new, account.secrets
        self._show(account.platform, values, way=account.way, is_new=False, is_locked=is_locked, kept=kept)
        self.name.setText(account.row.name)
        self.name_field.setVisible(with_name)
        say(self.go, "Keep" if with_name else "Continue")
        self.go.setIcon(icon("check" if with_name else "arrow-right", self._theme, token="on_accent"))
        self._unfold(is_open=with_name and account.platform.probe is not None)
        self._back.hide()

    def add_check(self, check: QWidget) -> None:
        """Puts what tries the details above the buttons that keep them."""
        place = self._column.indexOf(self.foot)
        self._column.insertWidget(place if place >= 0 else self._column.count(), check)

    def is_right(self) -> bool:
        """Whether everything typed can be what it is meant to be; says beside each field what cannot."""
        wrong = self.form.first_wrong() or self.way_form.first_wrong()
        if wrong is not None:
            wrong.setFocus()
        return wrong is None

    def given(self) -> Given:
        """What was filled in."""
        settings = {**self.way_form.values(), **self.form.values()}
        secrets = {**self.way_form.secrets(), **self.form.secrets()}
        return Given(" ".join(self.name.text().split()), settings, secrets)

    def say_problem(self, words: str) -> None:
        """Says why it was refused; empty takes it away."""
        self._problem.say(words)

    def forget(self) -> None:
        """Begins anew with the next platform: what was typed is kept with an account by now."""
        self._platform = None

    def take_focus(self) -> None:
        """Puts the cursor into the first field."""
        (self.form.first_control() or self.way_form.first_control() or self.go).setFocus()

    def _buttons(self) -> QWidget:
        theme = self._theme
        self.go = push_button("Continue", theme=theme, kind="primary", icon="arrow-right", clicked=self._on_go)
        self._back = push_button("Back", theme=theme, clicked=self.back.emit)
        self._leave = push_button("Cancel", theme=theme, kind="plain", clicked=self.left.emit)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.go, self._back, self._leave):
            row.addWidget(button)
        row.addStretch(1)
        return foot

    def _show(
        self,
        platform: Platform,
        values: Mapping[str, str],
        *,
        way: SignInKind | None,
        is_new: bool,
        is_locked: bool = False,
        kept: Collection[str] = (),
    ) -> None:
        self._platform, self._declared = platform, platform.sign_in
        self._values, self._is_new, self._kept = values, is_new, kept
        self._about.setText(platform.about)
        self.form.fill(platform.settings, values=values, locked=is_locked, kept=kept)
        for row in self.ways:
            self._group.removeButton(row)
            row.hide()
            row.deleteLater()
        self.ways = []
        for one in platform.sign_in:
            row = ChoiceRow(self._theme, one.title, one.about)
            row.setChecked(one.kind == way or not self.ways)
            row.toggled.connect(self._on_way)
            self._group.addButton(row)
            self._ways_column.addWidget(row)
            self.ways.append(row)
        has_choice = len(platform.sign_in) > 1
        self._ways_box.setVisible(has_choice)
        self._ways_title.setVisible(has_choice)
        self._way_about.setText(platform.sign_in[0].about)
        self._way_about.setVisible(bool(platform.sign_in[0].about) and not has_choice)
        self.say_problem("")
        self._unfold(is_open=False)
        self._fill_way({})

    def _fill_way(self, typed: Mapping[str, str]) -> None:
        self.way_form.fill(self.way.settings, values={**self._values, **typed}, kept=self._kept)
        self.more.setVisible(self.form.has_rest or self.way_form.has_rest)
        above = [*self.form.stops(of_rest=False), *self.ways, *self.way_form.stops(of_rest=False), self.name, self.more]
        folded = [*self.form.stops(of_rest=True), *self.way_form.stops(of_rest=True)]
        in_tab_order([*above, *folded, self.go, self._back, self._leave])

    def _on_more(self) -> None:
        self._unfold(is_open=self.rest.isHidden())

    def _unfold(self, *, is_open: bool) -> None:
        self.rest.setVisible(is_open)
        say(self.more, "Fewer settings" if is_open else "More settings")

    def _on_way(self, is_on: bool) -> None:  # noqa: FBT001 - a Qt signal carries its arguments by position
        if is_on:
            self._fill_way(self.way_form.values())

    def _on_changed(self) -> None:
        if self._platform is not None and not self._is_name_typed:
            self.name.setText(proposed_name(self._platform, self.form.values(), taken=self._taken))
        self.say_problem("")

    def _on_name(self, text: str) -> None:
        self._is_name_typed = bool(text.strip())
        self.name_field.say_problem(wrong_name(text, taken=self._taken))

    def _on_go(self) -> None:
        wrong = self.form.first_wrong() or self.way_form.first_wrong()
        bad_name = wrong_name(self.name.text(), taken=self._taken) if self._is_new else ""
        self.name_field.say_problem(bad_name)
        if wrong is None and bad_name:
            wrong = self.name
        if wrong is not None:
            wrong.setFocus()
            return
        self.submitted.emit()
