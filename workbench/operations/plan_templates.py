"""Plan templates: those that ship with the program and those kept in the profile, by key."""

import json
from dataclasses import replace

from workbench.errors import BadInputError
from workbench.models.changes import Changes
from workbench.plans.templates import (
    SHIPPED,
    Template,
    key_for,
    read_template,
    shipped_template,
    shipped_templates,
    write_template,
)
from workbench.queries.preferences import preference, preferences
from workbench.workspace import Workspace

# In the encrypted profile and not in a folder: notes of a card may name people.
_PREFIX = "template."


def list_templates(workspace: Workspace) -> tuple[Template, ...]:
    """Every template: the shipped ones first, then one's own by title. One that does not read is left out."""
    with workspace.database.read() as reader:
        kept = {key: text for key, text in preferences(reader).items() if key.startswith(_PREFIX)}
    own = [template for text in kept.values() if (template := _readable(text)) is not None]
    return (*shipped_templates(), *sorted(own, key=lambda each: (each.title.casefold(), each.key)))


def find_template(workspace: Workspace, key: str) -> Template:
    """The template of that key, shipped or one's own; refuses an unknown key (BadInputError)."""
    if key in SHIPPED:
        return shipped_template(key)
    with workspace.database.read() as reader:
        text = preference(reader, _PREFIX + key)
    if text is None:
        known = ", ".join(template.key for template in list_templates(workspace))
        raise BadInputError(reason=f"There is no template “{key}”; there are {known}.")
    return read_template(json.loads(text))


def keep_template(workspace: Workspace, template: Template) -> Template:
    """Keeps a template in the profile, and answers it with the key it has from now on.

    One of the same title takes the place of the one before; the key of a shipped one is never taken.
    """
    if not template.title.strip():
        raise BadInputError(reason="A template needs a title, by which it is found again.")
    key = key_for(template.title)
    kept = replace(template, key=f"own_{key}" if key in SHIPPED else key)
    workspace.notes.set_preference(_PREFIX + kept.key, json.dumps(write_template(kept), ensure_ascii=False))
    return kept


def forget_template(workspace: Workspace, key: str) -> Changes:
    """Takes one of one's own templates away; refuses a shipped one."""
    if key in SHIPPED:
        raise BadInputError(reason="The templates that came with the program stay.")
    return workspace.notes.set_preference(_PREFIX + key, None)


def _readable(text: str) -> Template | None:
    try:
        return read_template(json.loads(text))
    except (BadInputError, ValueError, TypeError):  # kept by a newer version; it is still there for that one
        return None
