"""PlanForm: a new plan in three steps: what it is for, cards and days, measures; refuses beside the field."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ids import CommunityId
from workbench.models.kinds import CommunityType
from workbench.ui.context import Context
from workbench.ui.pages.plan_data import Outlook
from workbench.ui.pages.plan_form_days import USUAL_HOURS, DaysStep
from workbench.ui.pages.plan_form_frame import FormFrame
from workbench.ui.pages.plan_form_measures import MeasuresStep
from workbench.ui.pages.plan_form_purpose import PurposeStep
from workbench.ui.pages.plan_wish import WHY, Offers, PlanWish
from workbench.ui.pages.plan_words import outlook_words
from workbench.ui.sanitiser import line
from workbench.ui.timers import single_shot
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.submit_key import SubmitKey

_PAUSE_MILLISECONDS: Final = 500
_KEEP_MILLISECONDS: Final = 4_000
_LEAST_TEXT: Final = 4
STEPS: Final = ("1 Purpose", "2 Cards and days", "3 Measures")
_STEP_OF: Final = {"starts_on": 1, "weekly_hours": 1, "holidays": 1, "measures": 2}


class PlanForm(QWidget):
    """`wished(PlanWish)` once everything needed is there; a type chosen for the community is part of it.

    `outlook_wanted(id or None, day 0)` asks what would be frozen as the baseline, `alike_wanted(words)` for communities
    much like the plan. `left_behind(draft)` when something was typed and it is hidden, or nobody types for a while.
    """

    wished = Signal(PlanWish)
    cancelled = Signal()
    discarded = Signal()
    left_behind = Signal(object)
    outlook_wanted = Signal(object, object)
    alike_wanted = Signal(str)

    def __init__(self, context: Context, *, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._offers = Offers({})
        self._types: dict[CommunityId, CommunityType] = {}
        self._asked: CommunityId | None = None
        self._has_tried = self._is_touched = self._is_filling = self._is_kept = False
        self._outlook: Outlook | None = None
        self._follows = self._before = ""
        self.about = PurposeStep(context.theme)
        self.days = DaysStep(context, today=today)
        self.numbers = MeasuresStep(context.theme)
        self.name, self.community, self.owner = self.about.name, self.about.community, self.about.owner
        self.purpose = self.about.texts["purpose"]
        self.starts_on, self.templates = self.days.starts_on, self.days.templates
        self.measures = self.numbers.measures
        self.fields: dict[str, Field] = self.about.fields | self.days.fields
        self.frame = FormFrame(context.theme, dict(zip(STEPS, (self.about, self.days, self.numbers), strict=True)))
        self.steps = self.frame.tabs
        self._look_around = single_shot(self, _PAUSE_MILLISECONDS, self._ask_alike)
        self._keeping = single_shot(self, _KEEP_MILLISECONDS, self._leave_behind)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        SubmitKey(self, self.submit)
        self._listen()
        self.setFocusProxy(self.name)

    def begin(self, offers: Offers, values: Mapping[str, Any], *, is_draft: bool = False) -> None:
        """Shows a new plan; `values` are fields of it, and `community`, `measures`, `template`, `cards`, `follows`.

        `before` is the name of the plan that is followed, to be said.
        """
        self._offers, self._types = offers, dict(offers.types)
        self._has_tried = self._is_touched = False
        self._is_filling, self._is_kept = True, is_draft
        names = sorted(offers.communities.values(), key=str.casefold)
        self.about.offer(communities=names, people=offers.people)
        self.about.show_values(values)
        self.days.begin(
            day=values.get("starts_on", self._today()),
            hours=values.get("weekly_hours", USUAL_HOURS),
            holidays=values.get("holidays", ""),
        )
        self._follows, self._before = str(values.get("follows", "")), str(values.get("before", ""))
        self.days.carry(values.get("cards", ()), before=self._before)
        template = values.get("template", "starter")
        is_key = isinstance(template, str)
        self.templates.begin(own=None if is_key else template, wanted=template if is_key else "")
        self.measures.choose(values.get("measures", ()))
        self._is_filling = False
        before = f"It follows “{line(self._before)}”. " if self._before else ""
        self.frame.show_draft(f"{before}{'Draft kept from last time.' if is_draft else ''}".rstrip(), is_draft=is_draft)
        self._check()
        self.steps.setCurrentIndex(0)
        self._asked = self._community()
        kind = values.get("kind")
        if self._asked is not None and kind is not None:
            self._types[self._asked] = kind
        self._say_type()
        self._ask_outlook()

    def draft(self) -> dict[str, Any]:
        """Everything typed so far, as `begin` takes it; of a template only its key."""
        return {
            **self.about.values(),
            "kind": self._new_kind(),
            "starts_on": self.starts_on.day() or self._today(),
            "weekly_hours": self.days.hours() or USUAL_HOURS,
            "holidays": self.days.holidays.code() or "",
            "template": self.templates.key,
            "measures": self.measures.chosen(),
            "cards": self.days.cards,
            "follows": self._follows,
            "before": self._before,
        }

    @property
    def has_draft(self) -> bool:
        """Whether something typed is kept, or will be as soon as the form is left."""
        return self._is_kept or self._is_touched

    def show_outlook(self, outlook: Outlook) -> None:
        """Shows what would be frozen as the baseline, and says so when that would be empty."""
        self._outlook = outlook
        self._show_values()
        self._say_unknown()

    def show_alike(self, found: Sequence[tuple[str, str]]) -> None:
        """Names communities much like the plan; the one it is for is none of them."""
        own = self.community.text().strip().casefold()
        self.about.similar.show_found([each for each in found if each[0].casefold() != own])

    @property
    def warning(self) -> str:
        """What is said of empty baselines; nothing where there is nothing to say."""
        return self.numbers.warning

    def show_busy(self, *, is_busy: bool) -> None:
        """Keeps the button from being pressed twice."""
        self.frame.show_busy(is_busy=is_busy)

    def show_failure(self, words: str) -> None:
        """Says what the program found that the form could not."""
        self.frame.problem.say(words)

    def show_started(self) -> None:
        """The plan is there: nothing of it is kept as a draft."""
        self._is_touched = self._is_kept = False

    def problems(self) -> dict[str, str]:
        """What is said to be wrong, by field."""
        said = {name: each.problem for name, each in self.fields.items()} | {"measures": self.numbers.problem.text}
        return {name: words for name, words in said.items() if words}

    def submit(self) -> None:
        """Asks for the plan, or says what is missing and goes to the first field concerned."""
        self._has_tried = True
        self.frame.problem.say("")
        found = self._check()
        if found:
            self._go_to(next(name for name in (*self.fields, "measures") if name in found))
            return
        self.wished.emit(self._wish())

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._leave_behind()

    def _listen(self) -> None:
        self.about.typed.connect(self._on_typed)
        self.about.roles.edited.connect(self._on_touched)
        self.days.typed.connect(self._on_typed)
        self.days.day_chosen.connect(self._on_day)
        self.templates.chosen.connect(self._on_template)
        self.measures.changed.connect(self._on_typed)
        self.measures.changed.connect(self._say_unknown)
        self.numbers.taken.toggled.connect(self._on_typed)
        self.about.kind_chosen.connect(self._on_kind)
        self.frame.turned.connect(self._on_step)
        self.frame.submitted.connect(self.submit)
        self.frame.cancelled.connect(self.cancelled)
        self.frame.discarded.connect(self._discard)

    # What happens in it

    def _on_step(self, place: int) -> None:
        if place == 1:
            self.days.read_countries(self)

    def _on_touched(self) -> None:
        self._is_touched = self._is_touched or not self._is_filling

    def _on_typed(self) -> None:
        if self._is_filling:
            return
        self._is_touched = True
        if self._has_tried:
            self._check()
        self._look_around.start()
        self._keeping.start()
        wanted = self._community()
        if wanted != self._asked:
            self._asked = wanted
            self._say_type()
            self._ask_outlook()

    def _on_day(self) -> None:
        self._is_touched = True
        self._ask_outlook()

    def _on_template(self) -> None:
        self.numbers.show_template(self.templates.template())
        if self._has_tried:
            self._check()

    def _leave_behind(self) -> None:
        self._keeping.stop()
        if self._is_touched:
            self._is_touched, self._is_kept = False, True
            self.left_behind.emit(self.draft())

    def _discard(self) -> None:
        self._is_touched = self._is_kept = False
        self.discarded.emit()

    def _ask_alike(self) -> None:
        words = f"{self.name.text().strip()} {self.purpose.text()}".strip()
        if len(words) >= _LEAST_TEXT:
            self.alike_wanted.emit(words)

    def _say_type(self) -> None:
        self.about.show_kind(self._kind(), is_one=self._asked is not None, is_new=self._new_kind() is not None)

    def _on_kind(self, kind: CommunityType) -> None:
        if self._asked is not None:
            self._types[self._asked] = kind
            self._say_type()
            self._show_values()
            self._on_typed()

    def _kind(self) -> CommunityType | None:
        return None if self._asked is None else self._types.get(self._asked)

    def _new_kind(self) -> CommunityType | None:
        """The type chosen here; None while it is the one the community has."""
        is_new = self._asked is not None and self._kind() is not self._offers.types.get(self._asked)
        return self._kind() if is_new else None

    def _show_values(self) -> None:
        day = self.starts_on.day()
        if self._outlook is not None and day is not None:
            self.numbers.show_values(self._outlook, self._kind(), starts_on=day)

    def _ask_outlook(self) -> None:
        self._outlook = None
        self._say_unknown()
        day = self.starts_on.day()
        if day is not None:
            self.outlook_wanted.emit(self._asked, day)

    def _say_unknown(self) -> None:
        """Of the ticked measures; while none is ticked, of all that could be."""
        rows = self.measures.rows
        keys = [chosen.key for chosen in self.measures.chosen() if chosen.key in rows] or list(rows)
        is_one, outlook = self._asked is not None, self._outlook
        self.numbers.warn("" if outlook is None else outlook_words(outlook, keys, is_one=is_one))

    def _community(self) -> CommunityId | None:
        wanted = self.community.text().strip()
        return next((key for key, name in self._offers.communities.items() if name == wanted), None)

    def _go_to(self, name: str) -> None:
        is_number = name == "measures"
        control: QWidget = self.measures if is_number else self.fields[name].control
        concerned: QWidget = self.numbers.problem if is_number else self.fields[name]
        self.frame.show_concerned(_STEP_OF.get(name, 0), control, concerned)

    def _wish(self) -> PlanWish:
        values = self.about.values()
        # Before the templates are read the key of the one asked for does as well.
        template = self.templates.template() or self.templates.key or None
        objectives = self.numbers.objectives()
        taken = {each.measure for each in objectives}
        kept = {"weekly_hours": self.days.hours(), "holidays": self.days.holidays.code(), "follows": self._follows}
        own = {"name", "community", "purpose", "owner"}
        charter = {name: value for name, value in values.items() if name not in own} | kept
        return PlanWish(
            name=values["name"],
            community=values["community"] or None,
            purpose=values["purpose"],
            owner=values["owner"],
            # What the template measures already is not measured twice.
            measures=tuple(each for each in self.measures.chosen() if each.title or each.key not in taken),
            starts_on=self.starts_on.day() or self._today(),
            template=template,
            cards=self.days.cards,
            objectives=objectives,
            kind=self._new_kind(),
            charter={name: value for name, value in charter.items() if value},
        )

    def _check(self) -> dict[str, str]:
        """Says what is missing beside each field, once somebody has tried to start; answers it by field."""
        found: dict[str, str] = {}
        if self._has_tried:
            values = self.about.values()
            name, community = values["name"], values["community"]
            taken = {each.strip().casefold() for each in self._offers.plans}
            wrong = self.measures.wrong_targets()
            checks = {
                "name": WHY["taken"] if name.casefold() in taken else "" if name else WHY["name"],
                "community": WHY["community"] if community and self._community() is None else "",
                "purpose": "" if values["purpose"] else WHY["purpose"],
                "owner": "" if values["owner"] else WHY["owner"],
                "measures": WHY["target"].format(measures=", ".join(wrong)) if wrong else "",
            } | self.days.wrong()
            if not self.measures.chosen() and not self.numbers.objectives():
                checks["measures"] = WHY["measures"]
            found = {key: words for key, words in checks.items() if words}
        for key, each in self.fields.items():
            if key not in {"starts_on"} or self._has_tried:
                each.say_problem(found.get(key, ""))
        self.numbers.problem.say(found.get("measures", ""))
        return found
