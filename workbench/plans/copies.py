"""Copies: a plan kept as it was before a merge, and a plan that arrives for the first time."""

from datetime import datetime

import zstandard
from sqlalchemy import delete, insert, select, update
from sqlmodel import Session

from workbench.clock import Clock
from workbench.errors import BadInputError, DamagedError
from workbench.ids import uuid7
from workbench.models.tables import METADATA
from workbench.plans.document import PlanDocument
from workbench.plans.projection import Rows, new_revision, placed, refuse_taken_name, write_new
from workbench.plans.views import FieldEdit, PlanView, RecordKind

MOST_COPIES = 10
"""Copies kept of one plan; the oldest go first."""
_MOST_BYTES = 64 << 20
_COPY, _AUTHOR = METADATA.tables["plancopy"], METADATA.tables["planauthor"]


def keep_copy(session: Session, view: PlanView, document: bytes, *, reason: str, clock: Clock) -> None:
    """Keeps the plan as `document` has it, in the transaction that then changes the plan."""
    connection = session.connection()
    row = {
        "id": uuid7(clock),
        "plan_id": view.id,
        "plan_name": view.name,
        "reason": reason,
        "made_at": clock.now(),
        "document": zstandard.ZstdCompressor().compress(document),
    }
    connection.execute(insert(_COPY), row)
    newest = select(_COPY.c.id).where(_COPY.c.plan_id == view.id).order_by(_COPY.c.id.desc()).limit(MOST_COPIES)
    connection.execute(delete(_COPY).where(_COPY.c.plan_id == view.id, _COPY.c.id.not_in(newest)))


def copied_document(packed: bytes) -> bytes:
    """The document of a kept copy; DamagedError where it does not unpack."""
    try:
        document: bytes = zstandard.ZstdDecompressor().decompress(packed, max_output_size=_MOST_BYTES)
    except zstandard.ZstdError as error:
        message = "a kept copy of a plan does not unpack"
        raise DamagedError(message) from error
    return document


def forget_in_copies(session: Session, name: str) -> None:
    """Takes a person's name out of kept copies as it is taken out of plans, and the mark that stood for them."""
    connection = session.connection()
    connection.execute(delete(_AUTHOR).where(_AUTHOR.c.name == name))
    for copy_id, packed in connection.execute(select(_COPY.c.id, _COPY.c.document)).all():
        document = PlanDocument.from_bytes(copied_document(packed))
        if document.forget(name):
            clean = zstandard.ZstdCompressor().compress(document.rebuild().to_bytes())
            connection.execute(update(_COPY).where(_COPY.c.id == copy_id), {"document": clean})


def add_arrived(session: Session, data: bytes, *, name: str | None, author: str, at: datetime) -> PlanView:
    """Stores a plan that is not in this profile, under another name where one is given.

    Refuses a name that another plan has (BadInputError). A new name is an edit like any other: the partner sees it,
    too, after the next exchange.
    """
    document = PlanDocument.from_bytes(data)
    if name is not None:
        document.write([FieldEdit(RecordKind.PLAN, "", "name", name)], at=at, author=author)
    view = document.view()
    if not view.name:
        raise BadInputError(reason="The plan in this file has no name yet; ask the sender to send it again.")
    refuse_taken_name(session, view.id, view.name)
    view = placed(session, view)
    write_new(session, Rows.of(view), document.to_bytes(), at=at, revision=new_revision())
    return view
