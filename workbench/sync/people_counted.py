"""PeopleCounter: who counts as a program by hand; every sum follows, and no sync overrides that word."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from workbench.errors import BadInputError
from workbench.ids import PersonId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.keeping import forget_kept
from workbench.models.people_keys import find_key
from workbench.queries.people_own import COUNTED, FOUND_BY
from workbench.sync.lookups import driver, select_among
from workbench.sync.people_joined import Joined
from workbench.sync.rollup_pairs import AIMED_AT
from workbench.sync.rollups import Touched, refresh

_TYPE = (
    "INSERT INTO personfact (person_id, is_sponsor, is_leaving, find_key, is_bot) VALUES (?, 0, 0, ?, ?)"
    " ON CONFLICT (person_id) DO UPDATE SET is_bot = excluded.is_bot"
)
_FORGET_EMPTY = (
    "DELETE FROM personfact WHERE person_id = ? AND is_bot IS NULL AND NOT is_sponsor AND NOT is_leaving"
    " AND coalesce(leaves_on, office, region, organisation, role, languages, time_zone, level) IS NULL"
)
_NOTHING_TYPED = find_key(*(None for _ in FOUND_BY))


class PeopleCounter:
    """Every call is one transaction and answers what changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, people: Sequence[PersonId], *, is_program: bool | None) -> Changes:
        """From now on these count as programs, or as people, whatever sources tell; None leaves it to the sources.

        Refuses somebody who is not there (BadInputError), and then types nothing of any of them.
        """
        with self._database.write() as session:
            connection = session.connection()
            joined = Joined(connection, account_id=0)
            roots = sorted({joined.root(person) for person in people})
            _require(connection, roots)
            execute = driver(connection).executemany
            execute(_TYPE, [(root, _NOTHING_TYPED, is_program) for root in roots])
            execute(_FORGET_EMPTY, [(root,) for root in roots])
            turned = settle(connection, roots)
            if turned:
                forget_kept(driver(connection).execute)
        if not turned:
            return Changes.NOTES
        return Changes.MEMBERS | Changes.EVENTS | Changes.NOTES | Changes.COMMUNITIES


def settle(connection: Connection, people: Iterable[int]) -> bool:
    """Makes these count as what was typed of them, or else as what sources tell, with all sums; whether any turned.

    Nobody of them may be part of another.
    """
    execute = driver(connection).execute
    turned = []
    for person in people:
        typed, told = execute(COUNTED, {"person": person}).fetchone()
        is_bot = bool(told if typed is None else typed)
        statement = "UPDATE person SET is_bot = ? WHERE id = ? AND is_bot <> ? RETURNING id"
        turned += execute(statement, (is_bot, person, is_bot)).fetchall()
    touched = Touched()
    touch_all_of(connection, [person for (person,) in turned], touched)
    refresh(connection, touched)
    return bool(turned)


def touch_all_of(connection: Connection, people: Sequence[int], touched: Touched) -> None:
    """Marks all that these did, and all that was done to them: they count in another way than before."""
    statement = "SELECT community_id, person_id, at, root_id FROM event WHERE person_id IN (?*)"
    for community_id, person_id, at, root_id in select_among(connection, statement, people):
        touched.event(community_id, at, root_id)
        touched.members.add((community_id, person_id))
    for person in people:
        touched.people.add(person)
        for community_id, at, root_id in driver(connection).execute(AIMED_AT, {"person": person}).fetchall():
            touched.event(community_id, at, root_id)


def _require(connection: Connection, people: Sequence[int]) -> None:
    found = select_among(connection, "SELECT id FROM person WHERE id IN (?*)", people)
    if {row[0] for row in found} != set(people):
        message = "there is no such person in this profile"
        raise BadInputError(message)
