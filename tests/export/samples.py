"""One invented plan summary for all exporter tests: Arabic, Chinese, formula-like text and a gap in it."""

from datetime import UTC, date, datetime, timedelta

from workbench.export.charts import ChartData, Point
from workbench.export.figures import Figure
from workbench.export.summary import (
    CardLine,
    CheckpointLine,
    ColumnBlock,
    MeasureLine,
    NamesDisclosure,
    PlanSummary,
    Standing,
)

NASTY = '=HYPERLINK("http://x.example.org","click")'


def a_card(title: str, **changes: object) -> CardLine:
    fields: dict[str, object] = {
        "title": title, "pillar": "Dialogue", "owner": "Rosa Example", "due_on": date(2026, 5, 20), "hours": 1.5,
        "done_on": None, "is_late": False,
    }  # fmt: skip
    return CardLine(**(fields | changes))  # type: ignore[arg-type]  # fields by name


def a_summary(*, cards: int = 3, names: NamesDisclosure | None = None) -> PlanSummary:
    weeks = tuple(
        Point(date(2026, 2, 16) + timedelta(weeks=n), None if n in {5, 6} else 40.0 + 3 * n, n not in {5, 6})
        for n in range(13)
    )
    many = tuple(a_card(f"Card {n} <b>bold</b> & more") for n in range(cards))
    return PlanSummary(
        plan="Safe water at school · مياه آمنة · 安全饮水",
        purpose="A school's water question is answered in two days.\nسؤال المدرسة يجد جوابا",
        owner="Dina Placeholder",
        community="WASH in Schools (sample)",
        starts_on=date(2026, 4, 7),
        ends_on=date(2026, 7, 6),
        day_words="day 37 of 90",
        phase="activate",
        as_of=datetime(2026, 5, 14, 7, 30, tzinfo=UTC),
        known_until=date(2026, 5, 13),
        coverage=0.86,
        columns=(
            ColumnBlock("To do", (*many, a_card(NASTY))),
            ColumnBlock("Doing", (a_card("أسئلة أسبوعية مفتوحة", is_late=True), a_card("每周开放问题"))),
            ColumnBlock("Done", (a_card("Baseline frozen", done_on=date(2026, 4, 8)),)),
        ),
        measures=(
            MeasureLine(
                objective="Questions are answered", measure="Reply rate", formula="threads with a reply / threads",
                baseline=Figure(0.58, "share", 58, 100, 1.0), baseline_on=date(2026, 4, 7),
                now=Figure(0.71, "share", 39, 55, 0.86), target=0.75, standing=Standing.ON_THE_WAY,
            ),
            MeasureLine(
                objective="-More people take part", measure="Contributors", formula="people who wrote",
                baseline=None, baseline_on=None, now=Figure(None, "people", is_withheld=True), target=None,
                standing=Standing.NO_TARGET,
            ),
        ),
        next_days=(a_card(NASTY), a_card("每周开放问题")),
        checkpoints=(
            CheckpointLine(30, date(2026, 5, 7), is_past=True),
            CheckpointLine(60, date(2026, 6, 6), is_past=False),
            CheckpointLine(90, date(2026, 7, 6), is_past=False),
        ),
        pillars=(("Billboard", 1), ("U&I", 0), ("Library", 2), ("Dialogue", cards)),
        hours_planned=4.5 + cards,
        hours_done=1.5,
        charts=(
            ChartData("Messages per week", "messages", weeks),
            ChartData("Reply rate", "share", tuple(Point(p.week, None if p.value is None else 0.6, p.is_known) for p in weeks)),
        ),
        names=names,
        program="Community Workbench 0.1.0",
    )  # fmt: skip
