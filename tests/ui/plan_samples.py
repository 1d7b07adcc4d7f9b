"""Small plans of invented people for the tests of the Plans page and its parts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tests.builders import NOW
from workbench.ids import CardId, PlanId
from workbench.models.kinds import CardColumn
from workbench.operations.plans import MeasureChoice, start_plan
from workbench.plans.drafts import CardDraft
from workbench.queries.plans import CardRow, plan_cards
from workbench.ui.context import Context
from workbench.ui.main_window import MainWindow
from workbench.ui.pages.plans import PlansPage
from workbench.ui.qt_models.board_model import BoardModel
from workbench.ui.qt_models.card_item import CardItem, card_item
from workbench.workspace import Workspace

TODAY = NOW.date()
THREE = (
    CardDraft("Ask five schools for photos", owner="Amina Example", hours=1),
    CardDraft("Invite two partners"),
    CardDraft("Hold the first call", column=CardColumn.DOING),
)


def a_row(card_id: str, column: CardColumn = CardColumn.TODO, **fields: Any) -> CardRow:
    values: dict[str, Any] = {
        "position": card_id,
        "title": f"Card {card_id}",
        "pillar": None,
        "owner": "",
        "due_on": None,
        "hours": None,
        "notes": "",
        "done_on": None,
        "is_archived": False,
        "has_conflict": False,
    }
    return CardRow(id=CardId(card_id), plan_id=PlanId("plan"), column=column, **(values | fields))


def an_item(card_id: str, column: CardColumn = CardColumn.TODO, **fields: Any) -> CardItem:
    return card_item(a_row(card_id, column, **fields), today=TODAY)


def shown(board: BoardModel, column: str) -> list[str]:
    """The ids a column shows, top to bottom."""
    return [item.id for item in board.columns[column].items]


def a_plan(
    workspace: Workspace,
    *,
    name: str = "Safe water",
    cards: Sequence[CardDraft] = THREE,
    community: str | None = None,
    starts_on: date = TODAY,
    measures: Sequence[MeasureChoice] = (MeasureChoice("reply_rate", 0.8),),
) -> PlanId:
    plan_id = start_plan(
        workspace,
        name=name,
        purpose="Every water question is answered",
        owner="Amina Example",
        measures=measures,
        community=community,
        starts_on=starts_on,
        with_starter_cards=False,
    )
    if cards:
        workspace.plans.open(plan_id).add_cards(cards)
    return plan_id


def settle(qtbot, context: Context, page: PlansPage) -> None:
    """Waits until everything read and written has arrived."""
    qtbot.waitUntil(lambda: page.is_settled() and not context.jobs.running())


def a_page(qtbot, context: Context) -> PlansPage:
    """The page, shown and settled."""
    page = PlansPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 640)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    settle(qtbot, context, page)
    return page


def titles(page: PlansPage, column: CardColumn) -> list[str]:
    """The titles a column of the page shows."""
    return [item.title for item in page.board.model.columns[column].items]


def card_named(page: PlansPage, title: str) -> CardId:
    """The id of the card with this title."""
    items = (item for model in page.board.model.columns.values() for item in model.items)
    return next(item.id for item in items if item.title == title)


def stored(workspace: Workspace, plan_id: PlanId) -> dict[CardColumn, list[str]]:
    """The titles the profile holds, by column; archived cards left out."""
    with workspace.database.read() as reader:
        cards = [card for card in plan_cards(reader, plan_id) if not card.is_archived]
    return {column: [card.title for card in cards if card.column is column] for column in CardColumn}


Said = list[tuple[str, str]]


def listen(context: Context) -> Said:
    """Collects what is told in toasts: words and the action offered."""
    said: Said = []
    context.told.connect(lambda words, action: said.append((words, action)))
    return said


def words(page: QWidget) -> str:
    """What labels on it say."""
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def button(page: QWidget, text: str) -> QPushButton:
    """The button that is seen with this text."""
    return next(one for one in page.findChildren(QPushButton) if one.text() == text and one.isVisible())


def in_window(qtbot, window: MainWindow, context: Context, argument: object = None) -> PlansPage:
    """The Plans page inside the window, settled."""
    window.resize(1366, 768)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.open_page("plans", argument)
    page = window.page()
    assert isinstance(page, PlansPage)
    settle(qtbot, context, page)
    return page
