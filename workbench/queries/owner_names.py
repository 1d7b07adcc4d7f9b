"""Names for a line that takes a person: those of the plan, of other plans, and of the whole directory, as typed."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.ids import PersonId, PlanId
from workbench.models.database import Reader
from workbench.models.people_keys import plain_key
from workbench.queries.preferences import my_name
from workbench.queries.scope import sql

_WORDS = 4
_LAST_LETTER = "\U0010ffff"

_OF_PLANS = """
SELECT owner, plan_id = :plan FROM card WHERE owner <> ''
UNION SELECT promised_to, plan_id = :plan FROM card WHERE promised_to <> ''
UNION SELECT owner, id = :plan FROM plan UNION SELECT sponsor, id = :plan FROM plan
"""
_ROLES = "SELECT roles, id = :plan FROM plan WHERE roles <> '[]'"
# Who is here now; who was made one with somebody else, is a bot or left is nobody to give work to.
_HERE = """
AND p.is_bot = 0 AND EXISTS (SELECT 1 FROM member m WHERE m.person_id = p.id AND m.left_at IS NULL)
ORDER BY p.find_key, p.id LIMIT :limit
"""
_BEGINS = "p.find_key >= :low AND p.find_key < :high"
_FROM = "SELECT p.id, p.name, p.office FROM person p INDEXED BY person_find WHERE"
# The index holds the first line, so that whoever fits nothing is not looked up; the second one leaves out the facts.
_WORD = """
(p.find_key >= :w{0} AND p.find_key < :w{0} || :last OR instr(p.find_key, ' ' || :w{0}))
AND instr(' ' || p.name_key, ' ' || :w{0})
"""


@dataclass(frozen=True, slots=True)
class OwnerName:
    """A name to offer; `person_id` and `office` of somebody in the directory, `is_in_plan` where the plan has it."""

    name: str
    person_id: PersonId | None = None
    office: str | None = None
    is_in_plan: bool = False


def owner_names(reader: Reader, text: str, *, plan_id: PlanId | None, limit: int) -> list[OwnerName]:
    """Names whose words begin as those of `text` do: one's own, the plan's, those of other plans, the directory's.

    Each name once, `limit` at most; two people of one name in the directory stand twice, told apart by their office.
    With nothing typed only the names of plans are offered, for nobody looks for a person in 400,000.
    """
    words = plain_key(text).split()[:_WORDS]
    own = my_name(reader)
    found = {own: OwnerName(own, is_in_plan=True)} if own and _fits(own, words) else {}
    of_plans = list(_of_plans(reader, plan_id))
    for wanted in (True, False):
        names = sorted({name for name, is_ours in of_plans if is_ours is wanted}, key=str.casefold)
        for name in names:
            if name not in found and _fits(name, words):
                found[name] = OwnerName(name, is_in_plan=wanted)
    if not words:
        return list(found.values())[:limit]
    rest = _directory(reader, words, limit=limit)
    listed = [_joined(each, rest) for each in found.values()]
    # Whoever the plan knows by name stands there already.
    return [*listed, *(each for each in rest if each.name not in found)][:limit]


def _joined(name: OwnerName, directory: Iterable[OwnerName]) -> OwnerName:
    """A name of a plan with who it is, where one person of the directory has it."""
    same = [each for each in directory if each.name == name.name]
    return OwnerName(name.name, same[0].person_id, same[0].office, name.is_in_plan) if len(same) == 1 else name


def _directory(reader: Reader, words: list[str], *, limit: int) -> list[OwnerName]:
    begin = " ".join(words)
    rows = reader.rows(sql(_FROM, _BEGINS, _HERE), {"low": begin, "high": begin + _LAST_LETTER, "limit": limit})
    if len(rows) < limit:
        each = {f"w{number}": word for number, word in enumerate(words)}
        statement = sql(_FROM, " AND ".join(_WORD.format(number) for number in range(len(words))), _HERE)
        rows += [
            row for row in reader.rows(statement, each | {"last": _LAST_LETTER, "limit": limit}) if row not in rows
        ]
    return [OwnerName(name, PersonId(person_id), office) for person_id, name, office in rows[:limit]]


def _of_plans(reader: Reader, plan_id: PlanId | None) -> Iterator[tuple[str, bool]]:
    of_this = {"plan": plan_id or ""}
    for name, is_ours in reader.rows(_OF_PLANS, of_this):
        if name:
            yield name, bool(is_ours)
    for roles, is_ours in reader.rows(_ROLES, of_this):
        yield from ((holder, bool(is_ours)) for _role, holder in json.loads(roles) if holder)


def _fits(name: str, words: list[str]) -> bool:
    of_name = plain_key(name).split()
    return all(any(each.startswith(word) for each in of_name) for word in words)
