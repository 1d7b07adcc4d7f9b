"""More measures worked out the slow way from a plain list of events: a second opinion for the tests."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from tests.metrics.plain import MESSAGES, Answer, Deed, part
from tests.metrics.plain_newcomers import PlainNewcomers
from workbench.models.leading import LEADING

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class PlainMore(PlainNewcomers):
    """Lasting, shape, loop, dialogue, places, families, behaviours, adoption and programme."""

    def details(self, key: str) -> dict[str, Any]:
        found = getattr(self, f"_{key}_details", None)
        return found() if found else {}

    def wrote_in(self, start: datetime, end: datetime) -> set[str]:
        return {deed.person for deed in self.deeds if start <= deed.at < end and deed.kind in MESSAGES}

    def office(self, people: Iterable[str]) -> set[str]:
        return {self.village.offices.get(person, "") for person in people} - {""}

    def _if_offices(self, count: int, whole: int) -> Answer:
        """A count of what takes people of several offices: nothing can be said where no office is known."""
        here = {stay.person for stay in self.village.stays} | {deed.person for deed in self.village.deeds}
        return (count, count, whole) if self.office(here - self.village.bots) else (None, None, whole)

    def children(self, deed: Deed, kinds: set[str]) -> list[Deed]:
        return [d for d in self.deeds if d.parent == deed.id and d.kind in kinds and d.person != deed.person]

    # Who stays.

    def _drifting(self) -> Answer:
        year, half = months_back(self.end, 12), months_back(self.end, 6)
        both = self.wrote_in(year, self.end) & self.members(self.end)
        gone = both - self.wrote_in(half, self.end)
        return len(gone), len(gone), len(both)

    def _lapsed(self) -> Answer:
        silent = self.end - 30 * DAY
        acts = Counter(deed.person for deed in self.interactions(silent - 90 * DAY, silent))
        regulars = {person for person, count in acts.items() if count >= 50} & self.members(self.end)
        gone = regulars - {deed.person for deed in self.interactions(silent, self.end)}
        return len(gone), len(gone), len(regulars)

    def _inactive(self) -> Answer:
        seen = [deed for deed in self.deeds if deed.kind in MESSAGES and deed.at <= self.as_of]
        last = {deed.person: max(d.at for d in seen if d.person == deed.person) for deed in seen}
        inside = [at.date() for at in last.values() if self.start <= at < self.end]
        today = min(self.as_of, self.known_until).date()
        gone = sum((today - day).days >= 180 for day in inside)
        if inside and (today - self.start.date()).days < 180:
            return None, None, len(inside)
        return gone, gone, len(inside)

    def _occasional(self) -> Answer:
        writers = {deed.person for deed in self.wrote} & self.members(self.end)
        rare = 0
        for person in writers:
            days = sorted(deed.at.date() for deed in self.wrote if deed.person == person)
            rare += len(days) < 3 or any((after - before).days > 30 for before, after in pairwise(days))
        return rare, rare, len(writers)

    def _health_index(self) -> Answer:
        base = self.interactive(months_back(self.end, 12), self.end)
        return part(len(self.interactive(self.start, self.end) & base), len(base))

    def _split(self) -> Answer:
        members = self.members(self.end)
        return part(len(members & {deed.person for deed in self.wrote}), len(members))

    def _split_details(self) -> dict[str, Any]:
        counts = [sum(deed.person == person for deed in self.wrote) for person in self.members(self.end)]
        return {
            "none": counts.count(0),
            "few": counts.count(1) + counts.count(2),
            "many": sum(count > 2 for count in counts),
        }

    def _attendance(self) -> Answer:
        came = [deed for deed in self.window if deed.kind == "attend"]
        sizes = [len({deed.person for deed in came if deed.at == at}) for at in {deed.at for deed in came}]
        return median(sizes) if sizes else None, sum(sizes), len(sizes)

    def _burstiness(self) -> Answer:
        monday = self.start + (-self.start.weekday() % 7) * DAY
        outside = judged = 0
        while monday + 7 * DAY <= min(self.end, midnight(self.as_of)):
            before = [self._messages_of_week(monday - back * 7 * DAY) for back in range(1, 9)]
            nine = [monday + day * DAY for day in range(-56, 7)]
            if all(map(self._is_known, nine)):
                judged += 1
                # Exactly, in whole numbers: |8x - sum| > 2 sd, both sides squared and times 64.
                apart = 8 * self._messages_of_week(monday) - sum(before)
                outside += apart**2 > 4 * (8 * sum(count**2 for count in before) - sum(before) ** 2)
            monday += 7 * DAY
        return outside if judged else None, outside, judged

    def _messages_of_week(self, monday: datetime) -> int:
        return sum(deed.kind in MESSAGES and monday <= deed.at < monday + 7 * DAY for deed in self.deeds)

    def _personas(self) -> Answer:
        members = self.members(self.end)
        return part(len(members) - self._kinds()["observer"], len(members))

    def _personas_details(self) -> dict[str, Any]:
        kinds = self._kinds()
        names = ("observer", "broadcaster", "catalyst", "responder", "engager")
        return {"personas": tuple((name, kinds[name]) for name in names)}

    def _kinds(self) -> Counter[str]:
        by_id = {deed.id: deed for deed in self.village.deeds}
        kinds: Counter[str] = Counter()
        for person in self.members(self.end):
            made = [deed for deed in self.window if deed.person == person]
            posts = sum(deed.kind == "post" for deed in made)
            given = sum(deed.kind in {"post", "reply", "reaction"} for deed in made)
            received = sum(
                deed.kind in {"reply", "reaction"} and deed.person != person and by_id[deed.parent].person == person
                for deed in self.window
            )
            kinds[_kind(posts, given, received)] += 1
        return kinds

    # Families.

    def _engagement(self) -> Answer:
        end = self.end - self.end.weekday() * DAY
        weeks = [self.interactions(end - back * 7 * DAY, end - (back - 1) * 7 * DAY) for back in range(1, 14)]
        counts = [sum(any(d.person == person for d in week) for week in weeks) for person in self.members(self.end)]
        active = [count for count in counts if count]
        return median(active) if active else None, sum(active), len(active)

    def _involvement(self) -> Answer:
        scheme, members = self.village.scheme, self.members(self.end)
        held: set[str] = set()
        if scheme is not None and self._runs():
            held = {scheme.owner, scheme.holder, *(owner for owner, _ in scheme.cards)}
        here = {one.person for one in (*self.village.stays, *self.village.deeds)} - self.village.bots
        if not held & here:
            return None, None, len(members)
        return part(len(held & members), len(members))

    def _runs(self) -> bool:
        starts_on = self.village.scheme.starts_on
        return starts_on < self.end.date() and starts_on + 90 * DAY > self.start.date()

    def _rich(self, people: int) -> dict[str, set[str]]:
        roots = {deed.root for deed in self.wrote}
        writers = {root: {deed.person for deed in self.wrote if deed.root == root} for root in roots}
        return {root: who for root, who in writers.items() if len(who) >= people}

    def _co_creation(self) -> Answer:
        made = sum(len(self.office(who)) >= 2 for who in self._rich(3).values())
        return self._if_offices(made, len(self._rich(1)))

    # Behaviours.

    def _collective_intelligence(self) -> Answer:
        scheme = self.village.scheme
        kept = set(scheme.kept) if scheme is not None else set()
        rich = self._rich(5)
        return len(kept & set(rich)), len(kept & set(rich)), len(rich)

    def _flash_coordination(self) -> Answer:
        urgent = [deed for deed in self.roots if deed.id in self.village.urgent]
        met = unknown = late = 0
        for root in urgent:
            until = min(root.at + DAY, self.as_of)
            replies = [d for d in self.deeds if d.root == root.id and d.kind == "reply" and d.at <= until]
            who = {d.person for d in replies} - {root.person}
            is_met = len(who) >= 5 and len(self.office(who)) >= 3
            met += is_met
            if not is_met and self.village.marked_at(root.id) > root.at + DAY:
                late += 1
                continue
            unknown += not is_met and root.at + DAY <= self.as_of and not self.is_over(root.at, days=1)
        called = len(urgent) - late
        value, *parts = self._if_offices(met, called - unknown)
        return None if unknown == called > 0 else value, *parts

    def _interest_cultivation(self) -> Answer:
        new = grown = 0
        for tag in {tag for deed in self.wrote for tag in deed.tags}:
            first = min(deed.at for deed in self.deeds if tag in deed.tags)
            who = {deed.person for deed in self.wrote if tag in deed.tags}
            if self.start <= first < self.end:
                new += 1
                grown += len(who) >= 5 and len(self.office(who)) >= 3
        return self._if_offices(grown, new)

    # Answers.

    def _time_to_answer(self) -> Answer:
        asked = [root for root in self.roots if root.is_question]
        hours = [max(0, (got.at - root.at) / HOUR) for root in asked if (got := self._accepted(root)) is not None]
        return median(hours) if hours else None, len(hours), len(asked)

    def _accepted(self, root: Deed) -> Deed | None:
        found = [d for d in self.deeds if d.root == root.id and d.is_accepted and d.person != root.person]
        return next((d for d in found if d.at <= self.as_of), None)

    def _not_by_leader(self) -> Answer:
        leading = {stay.person for stay in self.village.stays if (stay.role or "").lower() in LEADING and not stay.left}
        scheme = self.village.scheme
        if scheme is not None and self._runs():
            leading |= {scheme.owner, scheme.holder}
        answered = [self._answerer(root) for root in self.roots if root.is_question and self.first_reply(root)]
        known = {stay.person for stay in self.village.stays} | {deed.person for deed in self.village.deeds}
        if not leading & known - self.village.bots:
            return None, None, len(answered)
        return part(sum(person not in leading for person in answered), len(answered))

    def _answerer(self, root: Deed) -> str:
        accepted = self._accepted(root)
        first = self.first_reply(root)
        replies = [d for d in self.deeds if d.root == root.id and d.kind == "reply" and d.at == first]
        return accepted.person if accepted is not None else next(d.person for d in replies if d.person != root.person)

    # Dialogue and the loop.

    def _dialogue_share(self) -> Answer:
        talked = 0
        for deed in self.wrote:
            who = {d.person for d in self.deeds if d.root == deed.root and d.kind in MESSAGES and d.at <= self.as_of}
            talked += len(who) > 1
        return part(talked, len(self.wrote))

    def _loop_feedback(self) -> Answer:
        kinds = {"reply", "reaction", "mention"}
        echoed = sum(any(d.at <= self.as_of for d in self.children(deed, kinds)) for deed in self.wrote)
        return part(echoed, len(self.wrote))

    def _loop_return(self) -> Answer:
        back = over = 0
        for person in {deed.person for deed in self.wrote} & self.members(self.end):
            first = min(deed.at for deed in self.wrote if deed.person == person).date()
            if (min(self.as_of, self.known_until).date() - first).days <= 30:
                continue
            over += 1
            own = [d.at.date() for d in self.deeds if d.person == person and d.kind in MESSAGES]
            back += sum(0 <= (day - first).days <= 30 and day <= self.as_of.date() for day in own) > 1
        return part(back, over)

    def _heat(self) -> Answer:
        now = min(self.end - timedelta(microseconds=1), self.as_of)
        heats: Counter[str] = Counter()
        for deed in self.deeds:
            weight = {"reply": 3, "mention": 2, "reaction": 1}.get(deed.kind)
            # What is older than seven half-lives is left out.
            if weight is not None and now - 98 * DAY < deed.at <= now:
                heats[deed.root] += weight * 0.5 ** ((now - deed.at) / (14 * DAY))
        return sum(heats.values()), None, len(heats)

    # Places.

    def _office_absence_factor(self) -> Answer:
        offices = Counter(self.village.offices.get(deed.person, "") for deed in self.wrote)
        del offices[""]
        counts = sorted(offices.values(), reverse=True)
        for k in range(1, len(counts) + 1):
            if sum(counts[:k]) * 2 >= sum(counts):
                return k, sum(counts[:k]), sum(counts)
        return None, 0, 0

    def _organisations(self) -> Answer:
        places = [self.village.offices.get(deed.person, "") for deed in self.wrote]
        known = [place for place in places if place]
        return len(set(known)) or None, len(known), len(places)

    def _organisations_details(self) -> dict[str, Any]:
        firsts: dict[str, datetime] = {}
        for deed in self.deeds:
            place = self.village.offices.get(deed.person, "")
            if deed.kind in MESSAGES and place:
                firsts[place] = min(deed.at, firsts.get(place, deed.at))
        here = {self.village.offices.get(deed.person, "") for deed in self.wrote} - {""}
        new = sorted(f"{place} group" for place in here if self.start <= firsts[place] < self.end)
        return {"new": tuple(new)}

    # Adoption and programme.

    def _adoption(self) -> Answer:
        people = len(
            {deed.person for deed in self.interactions(datetime.min.replace(tzinfo=self.end.tzinfo), self.end)}
        )
        staff = self.village.staff
        return part(people, staff) if staff is not None else (None, people, None)

    def _reach(self) -> Answer:
        seen = {deed.person for deed in self.window if deed.kind == "view"}
        staff = self.village.staff
        return (None, len(seen), staff) if not seen or staff is None else part(len(seen), staff)

    def _post_engagement(self) -> Answer:
        seen = {deed.person for deed in self.window if deed.kind == "view"}
        acted = {deed.person for deed in self.interactions(self.start, self.end)}
        return part(len(acted), len(seen)) if seen else part(0, 0)

    def _pillar_balance(self) -> Answer:
        scheme = self.village.scheme
        # Each kept thread stands on a Library card of its own.
        pillars = [*(pillar for _, pillar in scheme.cards), *("library" for _ in scheme.kept)] if scheme else []
        pillars = pillars if scheme is not None and self._runs() else []
        counts = Counter(pillar for pillar in pillars if pillar)
        return part(max(counts.values(), default=0), len(pillars))

    def _bottom_up(self) -> Answer:
        return None, None, 1  # no card says who asked

    def _coordinated(self) -> Answer:
        people = [stay for stay in self.village.stays if not stay.left and stay.person not in self.village.bots]
        roles = [(stay.role or "").lower() for stay in people]
        next_end = self.end + (self.end - self.start)
        if self.start.day == self.end.day == 1:
            months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
            next_end = months_back(self.end, -months)
        if next_end <= self.as_of:
            return None, None, 1
        return part(int(any(role in LEADING for role in roles)), 1) if any(roles) else (None, None, 1)


def _kind(posts: int, given: int, received: int) -> str:
    if given < 3:
        return "observer"
    if posts >= 3 and (given - posts) * 5 < given:
        return "broadcaster"
    if received >= 2 * given:
        return "catalyst"
    return "responder" if given >= 2 * received else "engager"


def months_back(moment: datetime, count: int) -> datetime:
    """The same day so many months before, or the last one of a shorter month."""
    months = moment.year * 12 + moment.month - 1 - count
    for day in range(moment.day, 0, -1):
        try:
            return moment.replace(year=months // 12, month=months % 12 + 1, day=day)
        except ValueError:
            continue
    raise AssertionError


def midnight(moment: datetime) -> datetime:
    return datetime.combine(date(moment.year, moment.month, moment.day), datetime.min.time(), moment.tzinfo)
