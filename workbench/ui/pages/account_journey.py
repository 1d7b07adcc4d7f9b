"""AccountJourney: an account from the choice of its platform to its first sync, step by step in one panel."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from workbench.errors import BadInputError
from workbench.ids import AccountId
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind
from workbench.sync.platforms import Platform, SettingKind, SignInKind, SignInWay
from workbench.ui.context import Context
from workbench.ui.pages.account_check import CheckView
from workbench.ui.pages.account_choose import PlatformList
from workbench.ui.pages.account_communities import CommunitiesView
from workbench.ui.pages.account_data import Offers, Tended, keep_changed, keep_new, offers, tended, welcome_back
from workbench.ui.pages.account_details import DetailsForm
from workbench.ui.pages.account_limits import LimitsForm
from workbench.ui.pages.account_sign_in import SignInView
from workbench.ui.pages.account_trouble import TroubleView
from workbench.ui.pages.account_words import ICONS, trouble
from workbench.ui.source_work import SourceWork
from workbench.ui.widgets.buttons import push_button, say
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.switch import Switch
from workbench.ui.widgets.tab_order import in_tab_order

_STEPS: Final = ("Platform", "Details", "Sign in", "Communities", "First sync")
_AT_ONCE: Final = frozenset({SignInKind.NOTHING, SignInKind.BASIC})
"""Ways that ask the platform nothing, so that they need no further word."""
_AROUND: Final = Changes.ACCOUNTS | Changes.COMMUNITIES


class AccountJourney(Card):
    """`left` when one is done with it, whatever was reached: everything filled in is kept with the account.

    The buttons of the step that is shown are `feet`: whoever scrolls the rest may keep them in sight.

    `archive_wanted` for a mailing list, which is added by its address alone; `turned` at each step, which begins at its
    top.
    """

    left = Signal()
    archive_wanted = Signal()
    turned = Signal()

    def __init__(self, context: Context, sources: SourceWork) -> None:
        super().__init__(padding=24)
        self._context, self._sources = context, sources
        self._account: Tended | None = None
        self._is_first, self._is_tending = True, False
        self._taken: frozenset[str] = frozenset()
        theme = context.theme
        self._icon = IconLabel("plus-circle", theme, token="accent", size=24)
        self._heading = PlainLabel("", role="title", elides=True)
        self._step = PlainLabel("", role="caption")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._icon)
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self._step)
        self.body.addLayout(head)
        self.body.addSpacing(4)
        self.platforms, self.details = PlatformList(theme), DetailsForm(theme)
        self.signing, self.communities, self.limits = SignInView(context), CommunitiesView(context), LimitsForm(context)
        self.failed, self.check = TroubleView(theme), CheckView(context)
        self.details.add_check(self.check)
        self._waiting = QProgressBar()
        self._waiting.setRange(0, 0)
        self._waiting.setTextVisible(False)
        self._waiting.setAccessibleName("Loading")
        self._parts = Switch()
        for part in (
            self._waiting, self.platforms, self.details, self.signing, self.communities, self.limits, self.failed,
        ):  # fmt: skip
            self._parts.add(part)
        self.body.addWidget(self._parts)
        self.leave = push_button("Cancel", theme=theme, clicked=self._on_leave)
        away = QWidget()
        row = QHBoxLayout(away)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.leave)
        row.addStretch(1)
        self.feet = Switch()
        self._foot_of: dict[QWidget, QWidget] = {
            self.details: self.details.foot, self.communities: self.communities.foot, self.limits: self.limits.foot,
            **dict.fromkeys((self.platforms, self._waiting, self.failed), away),
        }  # fmt: skip
        for foot in (away, self.details.foot, self.communities.foot, self.limits.foot):
            self.feet.add(foot)
        self.body.addWidget(self.feet)
        self._connect()

    def opened(self, argument: str) -> None:
        """Begins at the place named: "" to add an account, or one of the steps of an account that is there.

        Those are `sign-in:ID`, `communities:ID`, `limits:ID`, `first:ID` (its first sync), `name:ID` and `details:ID`.
        """
        place, _, number = argument.partition(":")
        steps: dict[str, Callable[[AccountId], None]] = {
            "sign-in": self.sign_in_again, "communities": self.choose_communities, "limits": self.change_limits,
            "first": self.offer_first_sync,
            "name": partial(self.change_details, begins_with_name=True), "details": self.change_details,
        }  # fmt: skip
        if place in steps:
            steps[place](AccountId(int(number)))
        else:
            self.start()

    def start(self) -> None:
        """Begins with the choice of a platform."""
        self._account, self._is_first, self._is_tending = None, True, False
        self.signing.stop()
        self._wait("Add an account", "plus-circle")
        self._context.jobs.run(
            self, "account", partial(offers, self._context.workspace), self._on_offers, partial(self._fail, self.start)
        )

    def sign_in_again(self, account_id: AccountId) -> None:
        """Signs in to an account that is there: at once where nothing has to be typed or chosen."""
        self._open(account_id, self._sign_in_to)

    def choose_communities(self, account_id: AccountId) -> None:
        """Chooses what an account follows."""
        self._open(account_id, self._choose_of)

    def change_limits(self, account_id: AccountId) -> None:
        """Changes how far an account goes and what it may cost."""
        self._open(account_id, self._limit)

    def offer_first_sync(self, account_id: AccountId) -> None:
        """Offers the first sync of an account that has only just been added."""
        self._open(account_id, self._first)

    def change_details(self, account_id: AccountId, *, begins_with_name: bool = False) -> None:
        """Changes what an account is called and was told; it stays signed in."""

        def show(account: Tended) -> None:
            self._account, self._is_tending = account, True
            self.details.show_account(account, with_name=True)
            self.check.clear()
            self.check.setVisible(account.platform.probe is not None)
            self._turn(self.details, self._titled("Details of {}"), ICONS[account.row.kind], step=0)
            if begins_with_name:
                self.details.name.setFocus()
                self.details.name.selectAll()

        self._open(account_id, show)

    def take_focus(self) -> None:
        """Puts the keyboard where work goes on."""
        shown = self._parts.shown()
        for part in (self.platforms, self.details, self.signing, self.communities, self.limits, self.failed):
            if part is shown:
                part.take_focus()
                return
        self.leave.setFocus()

    def set_leave_words(self, words: str) -> None:
        """What the button that leaves without adding is called."""
        say(self.leave, words)

    def go_back(self) -> bool:
        """Esc: True when it went one step back, where nothing is kept yet; else what is under way stops."""
        if self._parts.shown() is self.details and self._account is None:
            self._show_platforms()
            return True
        self.signing.stop()
        self.communities.stop()
        return False

    def _connect(self) -> None:
        self.platforms.chosen.connect(self._on_platform)
        self.details.back.connect(self._show_platforms)
        self.details.left.connect(self._on_leave)
        self.details.submitted.connect(self._on_details)
        self.check.wanted.connect(self._on_check)
        for form in (self.details.form, self.details.way_form):
            form.changed.connect(self.check.clear)
        self.signing.later.connect(self._on_leave)
        self.signing.change_wanted.connect(self._on_change)
        self.signing.signed_in.connect(self._on_signed_in)
        self.communities.left.connect(self._on_leave)
        self.communities.sign_in_wanted.connect(self._on_sign_in_wanted)
        self.communities.chosen.connect(self._on_chosen)
        self.limits.left.connect(self._on_leave)
        self.limits.kept.connect(self._on_leave)
        self.limits.started.connect(self._on_started)

    def _wait(self, title: str, icon: str) -> None:
        self._turn(self._waiting, title, icon, step=0)

    def _turn(self, part: QWidget, title: str, icon: str, *, step: int) -> None:
        """Shows one part under a heading; `step` counts from 1, 0 for none."""
        self._heading.setText(title)
        self._icon.set_icon(icon, token="accent")
        counted = f"Step {step} of {len(_STEPS)}: {_STEPS[step - 1]}" if step and self._is_first else ""
        self._step.setText(counted)
        self.setAccessibleName(f"{title}. {counted}".strip())
        foot = self._foot_of.get(part)
        self.feet.setVisible(foot is not None)
        if foot is not None:
            self.feet.turn_to(foot)
        self._parts.turn_to(part)
        self.turned.emit()
        if self.isVisible():
            self.take_focus()

    def _open(self, account_id: AccountId, then: Callable[[Tended], None]) -> None:
        """Reads an account that is there."""
        self._account, self._is_first, self._is_tending = None, False, False
        self._wait("", "plus-circle")
        again = partial(self._open, account_id, then)
        job = partial(tended, self._context.workspace, account_id)
        self._context.jobs.run(self, "account", job, then, partial(self._fail, again))

    def _fail(self, again: Callable[[], object], error: Exception) -> None:
        self.failed.show_trouble(trouble(error), [("Try again", again)])
        self._turn(self.failed, self._heading.text(), "warning-circle", step=0)

    def _on_offers(self, found: Offers) -> None:
        self._taken = found.names
        self.platforms.show_platforms(found.platforms)
        in_tab_order([*self.platforms.stops(), self.leave])
        self._show_platforms()

    def _show_platforms(self) -> None:
        self._turn(self.platforms, "Add an account", "plus-circle", step=1)

    def _on_platform(self, platform: Platform) -> None:
        if platform.kind is AccountKind.HYPERKITTY:
            self.archive_wanted.emit()
            return
        self.check.hide()
        self.details.show_new(platform, taken=self._taken)
        self._turn(self.details, platform.title, ICONS[platform.kind], step=2)

    def _on_details(self) -> None:
        """Keeps what was filled in: from here on it is there whether or not there is a line."""
        workspace, given, platform = self._context.workspace, self.details.given(), self.details.platform
        if self._account is not None:
            job = partial(keep_changed, workspace, self._account, given)
        elif platform is not None:
            job = partial(keep_new, workspace, platform, given)
        else:
            return
        self.details.go.setEnabled(False)
        self._context.jobs.run(self, "details", job, self._on_details_kept, self._on_refused)

    def _on_details_kept(self, account: Tended) -> None:
        self.details.go.setEnabled(True)
        self.details.forget()
        self._context.bus.publish(_AROUND)
        if self._is_tending:
            self._context.tell(f"Changed {account.row.name}")
            self._on_leave()
            return
        self._sign_in_by(account, self.details.way)
        if self.details.way.kind in _AT_ONCE or not self._is_first:
            self.signing.start()

    def _on_refused(self, error: Exception) -> None:
        self.details.go.setEnabled(True)
        told = trouble(error)
        is_plain = isinstance(error, BadInputError) and bool(error.reason)
        self.details.say_problem(f"{told.title}." if is_plain else " ".join((f"{told.title}.", *told.sentences)))

    def _sign_in_to(self, account: Tended) -> None:
        """Without asking anything where it is clear how; a password or another way is asked for first."""
        way = next((way for way in account.platform.sign_in if way.kind == account.way), None)
        is_stranger = way is not None and way.kind is SignInKind.NOTHING and account.row.error_code is None
        if way is None or is_stranger or any(one.kind is SettingKind.SECRET for one in way.settings):
            self._account = account
            self._on_change()
            return
        self._sign_in_by(account, way)
        if not self.signing.work.is_running:
            self.signing.start()  # that was asked for by the button that led here

    def _sign_in_by(self, account: Tended, way: SignInWay) -> None:
        self._account = account
        self.signing.show_account(account, way)
        self._turn(self.signing, self._titled("Sign in to {}"), ICONS[account.row.kind], step=3)

    def _on_check(self) -> None:
        if self._account is not None and self.details.is_right():
            self.check.run(self._account.row.id, self.details.given())

    def _on_change(self) -> None:
        account = self._account
        if account is not None:
            self.signing.stop()
            self.check.hide()
            self.details.show_account(account)
            self._turn(self.details, account.row.name, ICONS[account.row.kind], step=2)

    def _on_signed_in(self) -> None:
        account = self._account
        if account is not None:
            job = partial(welcome_back, self._context.workspace, account.row.id)
            self._context.jobs.run(self, "account", job, self._on_welcome, partial(self._fail, self._on_signed_in))

    def _on_welcome(self, account: Tended) -> None:
        """On to the communities; where those are chosen already, the account goes on as it did before."""
        self._context.bus.publish(Changes.ACCOUNTS)
        if self.signing.work.refused:
            self._context.tell("Signed in. A part of the platform stays closed to this account.")
        if any(row.is_followed for row in account.states):
            self._account = account
            self._context.tell(f"Signed in to {account.row.name}")
            self._on_started()
            return
        self._is_first = True
        self._choose_of(account)

    def _on_sign_in_wanted(self) -> None:
        if self._account is not None:
            self._sign_in_to(self._account)

    def _choose_of(self, account: Tended) -> None:
        self._account = account
        self.communities.show_account(account)
        self._turn(self.communities, self._titled("Communities of {}"), ICONS[account.row.kind], step=4)

    def _on_chosen(self, account: Tended) -> None:
        """A first choice leads on to the first sync; a later one is done."""
        self._account = account
        if any(row.synced_at is not None or row.messages for row in account.states) or not _has_followed(account):
            self._on_leave()
            return
        self._is_first = True
        self._first(account)

    def _first(self, account: Tended) -> None:
        self._account = account
        self.limits.show_first(account)
        self._turn(self.limits, self._titled("First sync of {}"), ICONS[account.row.kind], step=5)

    def _limit(self, account: Tended) -> None:
        self._account = account
        self.limits.show_limits(account)
        self._turn(self.limits, self._titled("Limits of {}"), ICONS[account.row.kind], step=0)

    def _on_started(self) -> None:
        if self._account is not None:
            self._sources.sync(self._account.row.name)
        self._on_leave()

    def _on_leave(self) -> None:
        self.signing.stop()
        self.communities.stop()
        self.left.emit()

    def _titled(self, words: str) -> str:
        return words.format(self._account.row.name if self._account is not None else "")


def _has_followed(account: Tended) -> bool:
    return any(row.is_followed for row in account.states)
