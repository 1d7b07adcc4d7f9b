"""Member filter: whom a directory is asked for, in words and by choice, as SQL over everybody."""

import re
from enum import StrEnum

from workbench.ids import PersonId
from workbench.models.database import Reader
from workbench.models.people_keys import plain_key
from workbench.queries.own_organisations import EXTERNAL
from workbench.queries.scope import Scope, scope_parameter, sql, within


class MemberFilter(StrEnum):
    """Which people a directory shows; external ones have an organisation other than one's own.

    Known are those of whom something was kept here (a tag, a note, a contact, thanks), and with whom one talked.
    Programs, which write by themselves, are shown only where they are asked for.
    """

    ALL = "all"
    EXTERNAL = "external"
    ADVOCATES = "advocates"
    SPONSORS = "sponsors"
    LEAVING = "leaving"
    KNOWN = "known"
    PROGRAMS = "programs"


# What sources tell is one text, walked in the order of names; what was typed here, tags and hashtags are short lists.
_WORD_MATCHES = """
AND (p.find_key GLOB :g{0} OR p.id IN (
  SELECT person_id FROM personfact WHERE instr(find_key, :w{0})
  UNION ALL SELECT person_id FROM persontag WHERE instr(lower(tag), :w{0})
  UNION ALL SELECT person_id FROM (SELECT e.person_id FROM event_tag t CROSS JOIN event e ON e.id = t.event_id
    WHERE t.tag >= :t{0} AND t.tag < :t{0} || char(1114111) LIMIT :most)))
"""
_BETWEEN = ",;+&"
_WORDS = 8
"""More words than a name has; the rest of what was typed is not looked at."""
_LETTERS = 200
"""Of a word so many are looked at; a pattern may not be as long as a pasted text."""
_TOPIC_LETTERS = 3
"""Hashtags that begin with fewer letters would be all of them."""
_MOST_TAGGED = 5000
"""So many uses of a hashtag are looked at, to stay quick where everybody uses it."""
_ME = "(SELECT CAST(value AS INTEGER) FROM preference WHERE key = 'me')"
_CHOSEN = {
    MemberFilter.ALL: "",
    MemberFilter.EXTERNAL: EXTERNAL,
    MemberFilter.ADVOCATES: "SELECT person_id AS id FROM advocate",
    MemberFilter.SPONSORS: "SELECT person_id AS id FROM personfact WHERE is_sponsor",
    MemberFilter.LEAVING: "SELECT person_id AS id FROM personfact WHERE is_leaving",
    MemberFilter.PROGRAMS: "SELECT id FROM person WHERE is_bot",
    MemberFilter.KNOWN: f"""SELECT id FROM (
      SELECT person_id AS id FROM persontag UNION SELECT person_id FROM personnote
      UNION SELECT person_id FROM contact UNION SELECT person_id FROM thanks
      UNION SELECT target_person_id FROM event INDEXED BY event_person
        WHERE person_id = {_ME} AND removed_at IS NULL AND target_person_id IS NOT NULL
      UNION SELECT e.person_id FROM (SELECT DISTINCT root_id FROM event INDEXED BY event_person
          WHERE person_id = {_ME}) m
        CROSS JOIN event e INDEXED BY event_root ON e.root_id = m.root_id
        WHERE e.target_person_id = {_ME} AND e.removed_at IS NULL
      UNION SELECT person_id FROM event INDEXED BY event_aimed
        WHERE target_person_id = {_ME} AND (kind = 6 OR root_id IS NULL) AND removed_at IS NULL
    ) WHERE id IS NOT {_ME}""",  # noqa: S608 - our own constant
}
_AMONG_PROGRAMS = "p.id {0} (SELECT id FROM person INDEXED BY person_bot WHERE is_bot)"
# Members alone tell it, from an index; programs are few.
_EVERYBODY = """
SELECT count(DISTINCT m.person_id) - (SELECT count(DISTINCT m.person_id) FROM member m
  WHERE m.person_id IN (SELECT id FROM person INDEXED BY person_bot WHERE is_bot) AND m.left_at IS NULL AND {1})
FROM member m INDEXED BY {0} WHERE m.left_at IS NULL AND {1}
"""
_BEYOND = "AND p.find_key {0}= :last_key AND (p.find_key {0} :last_key OR p.id {0} :last)"
_SPECIAL, _AS_IT_IS = re.compile(r"[*?[]"), r"[\g<0>]"


def known_people(reader: Reader) -> frozenset[PersonId]:
    """Those whom the coordinator knows, as `MemberFilter.KNOWN` has it."""
    return frozenset(row[0] for row in reader.rows(_CHOSEN[MemberFilter.KNOWN]))


def filter_words(text: str) -> list[str]:
    """The words a filter looks for, without the commas between them."""
    words = (word.strip(_BETWEEN) for word in plain_key(text).split())
    return [word[:_LETTERS] for word in words if word][:_WORDS]


class Asked:
    """What was asked for, as SQL: conditions on `person p`, with their parameters."""

    def __init__(self, scope: Scope, text: str, where: MemberFilter) -> None:
        self.scope = scope
        self.chosen = _CHOSEN[where]
        are_programs = where is MemberFilter.PROGRAMS
        self.counts = f"p.is_bot = {int(are_programs)}"
        self._counts_of_few = _AMONG_PROGRAMS.format("IN" if are_programs else "NOT IN")
        self.parameters: dict[str, object] = {"scope": scope_parameter(scope), "most": _MOST_TAGGED}
        words = filter_words(text)
        for number, word in enumerate(words):
            topic = word.removeprefix("#")
            # A word that is no hashtag asks for one that nobody can write.
            self.parameters |= {
                f"w{number}": word, f"g{number}": f"*{_SPECIAL.sub(_AS_IT_IS, word)}*",
                f"t{number}": topic if len(topic) >= _TOPIC_LETTERS else "\U0010ffff",
            }  # fmt: skip
        self.is_walked = bool(words)
        """Whether who fits is known only after everybody was looked at."""
        chosen = sql("AND p.id IN (", self.chosen, ")") if self.chosen else ""
        self.matching = sql(chosen, *(_WORD_MATCHES.format(number) for number in range(len(words))))
        # Of the whole network those are told apart who are not here, because they are few.
        self.is_here = (
            sql("EXISTS (SELECT 1 FROM member m WHERE m.person_id = p.id AND m.left_at IS NULL AND",
                within("m.community_id", scope), ")")
            if scope else "p.id NOT IN (SELECT person_id FROM personaway)"
        )  # fmt: skip
        self.condition = sql(self.counts, self.matching, "AND", self.is_here)
        # Where all have to be looked at before the first is known, in the order in which they lie.
        self.gathered = sql(
            self.counts, self.matching, "AND p.id IN (SELECT m.person_id FROM member m WHERE m.left_at IS NULL AND",
            within("m.community_id", scope), ")",
        ) if scope else self.condition  # fmt: skip

    def count(self, reader: Reader, *, beyond: PersonId | None = None, descending: bool = False) -> int:
        """How many fit; where words are asked for, only those who come after somebody in the order of names."""
        parameters = self.parameters
        if self.is_walked:
            statement = sql("SELECT count(*) FROM person p INDEXED BY person_find WHERE", self.condition)
            if beyond is not None:
                statement = sql(statement, _BEYOND.format("<" if descending else ">"))
                key = reader.scalar("SELECT find_key FROM person WHERE id = ?", (beyond,))
                parameters = parameters | {"last": beyond, "last_key": key}
        elif self.chosen:
            # Who is chosen is known from indexes; their rows lie all over the table.
            few = sql("(", self.chosen, ") p")
            statement = sql("SELECT count(*) FROM", few, "WHERE", self._counts_of_few, "AND", self.is_here)
        else:
            statement = _EVERYBODY.format(
                "member_present" if self.scope else "member_here", within("m.community_id", self.scope)
            )
            return reader.once((statement, self.scope), lambda: int(reader.scalar(statement, parameters)))
        count: int = reader.scalar(statement, parameters)
        return count
