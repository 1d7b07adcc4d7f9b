"""Measures of newcomers worked out the slow way: who came, how far they got, who was greeted."""

from datetime import datetime, timedelta
from typing import Any

from tests.metrics.plain import MESSAGES, Answer, Deed, PlainMeasures, part
from workbench.models.leading import LEADING

DAY = timedelta(days=1)


class PlainNewcomers(PlainMeasures):
    """Who came in the window, by the day they joined or else first wrote."""

    def _came(self) -> list[tuple[str, datetime, bool]]:
        listed = {stay.person: stay for stay in self.village.stays}
        everyone = (set(listed) | {deed.person for deed in self.village.deeds}) - self.village.bots
        found: list[tuple[str, datetime, bool]] = []
        for person in sorted(everyone):
            stay = listed.get(person)
            wrote = [deed.at for deed in self.deeds if deed.person == person and deed.kind in MESSAGES]
            if stay is not None and stay.joined is not None:
                found.append((person, min([stay.joined, *wrote]), True))
            elif stay is None and wrote:
                found.append((person, min(wrote), False))
        return [one for one in found if self.start <= one[1] < self.end]

    def _levels(self) -> list[int]:
        listed = {stay.person: stay for stay in self.village.stays}
        levels: list[int] = []
        for person, came, is_dated in self._came():
            # What somebody did not do in days that are over and that nobody fetched, nobody can say.
            is_unknown = came + 90 * DAY <= self.as_of and not self.is_over(came, days=90)
            if not is_dated or is_unknown:
                continue
            own = [d.kind for d in self.deeds if d.person == person and came <= d.at < came + 90 * DAY and self._is(d)]
            leads = (listed[person].role or "").lower() in LEADING and not listed[person].left
            ranks = [{"reaction": 1, "reply": 2, "post": 3}.get(kind, 0) for kind in own]
            levels.append(4 if leads else max(ranks, default=0))
        return levels

    def _is(self, deed: Deed) -> bool:
        return deed.at <= self.as_of

    def _funnel(self) -> Answer:
        levels = self._levels()
        return part(sum(level >= 1 for level in levels), len(levels))

    def _funnel_details(self) -> dict[str, Any]:
        return {"levels": tuple(sum(level >= step for level in self._levels()) for step in range(5))}

    def _was_greeted(self, person: str, came: datetime) -> bool:
        by_id = {deed.id: deed for deed in self.village.deeds}
        return any(
            d.kind in {"reply", "reaction", "mention"}
            and d.person != person
            and (d.mentioned or by_id[d.parent].person) == person
            and came <= d.at < came + 3 * DAY
            and self._is(d)
            for d in self.deeds
        )

    def _greeted(self) -> Answer:
        over = [(person, came) for person, came, _ in self._came() if self.is_over(came, days=3)]
        return part(sum(self._was_greeted(person, came) for person, came in over), len(over))

    def _activated(self) -> Answer:
        told = self._activated_details()
        both = [told["greeted"], told["not_greeted"]]
        return part(sum(done for done, _ in both), sum(whole for _, whole in both))

    def _activated_details(self) -> dict[str, Any]:
        told = {True: [0, 0], False: [0, 0]}
        for person, came, is_dated in self._came():
            if is_dated and self.is_over(came, days=30):
                wrote = any(
                    d.person == person and d.kind in MESSAGES and came <= d.at < came + 30 * DAY for d in self.deeds
                )
                cell = told[self._was_greeted(person, came)]
                cell[0] += wrote
                cell[1] += 1
        return {"greeted": tuple(told[True]), "not_greeted": tuple(told[False])}
