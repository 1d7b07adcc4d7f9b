"""Frame parts about what was written: who talked where, who was alone, what drew an echo."""

import pytest

from tests.queries.network import NOW, START, a_message, a_person, a_reaction, plan_of
from workbench.models.database import Reader
from workbench.models.moments import to_micros
from workbench.queries.frames_talks import echo_sums, talk_sums

US, HOUR = to_micros(START), 3_600_000_000
SEEN = to_micros(NOW)


@pytest.mark.parametrize("is_named", [False, True])
def test_talks_are_told_message_by_message_for_each_cut(talk, is_named):
    network, water, health = talk
    network.apply(water, a_message("m7", by="chen", hours=33, to="m1"))
    scope, cut = ((water, health) if is_named else ()), US + 32 * HOUR
    with network.read() as reader:
        found = talk_sums(reader, scope, [US, cut, SEEN], seen=SEEN)
    first, second, other = (network.event(name) for name in ("m1", "m4", "h1"))
    amina, bruno, chen = map(network.person, ("amina", "bruno", "chen"))
    assert [sorted(zip(row.threads, row.people, strict=True)) for row in found] == [
        sorted([(first, amina), (first, bruno), (other, bruno)]),
        sorted([(first, chen), (second, amina), (second, amina)]),
    ]
    assert [row.alone for row in found] == [{other}, {second}]


@pytest.mark.parametrize(("hours", "is_alone"), [(29, True), (30, False), (-1, True)])
def test_a_thread_was_no_dialogue_before_the_second_person_came(talk, hours, is_alone):
    network, water, _ = talk
    with network.read() as reader:
        (row,) = talk_sums(reader, (water,), [US, US + HOUR], seen=US + hours * HOUR)
    assert bool(row.alone) is is_alone


def test_two_who_answer_a_machine_are_not_alone(talk):
    network, water, _ = talk
    network.apply(water, a_message("b1", by=a_person("daemon", is_bot=True), hours=60))
    network.apply(water, a_message("b2", by="chen", hours=61, to="b1"), a_message("b3", by="dana", hours=90, to="b1"))
    with network.read() as reader:
        alone = [
            talk_sums(reader, scope, [US + 60 * HOUR, US + 80 * HOUR], seen=US + seen * HOUR)[0].alone
            for scope in ((), (water,))
            for seen in (89, 90)
        ]
    assert alone == [{network.event("b1")}, frozenset()] * 2


def test_an_echo_comes_from_somebody_else_and_is_not_taken_back(talk):
    network, water, _ = talk
    with network.read() as reader:
        assert [row.echoed for row in echo_sums(reader, (water,), [US, US + 32 * HOUR, SEEN], seen=SEEN)] == [1, 0]
        assert echo_sums(reader, (water,), [US, SEEN], seen=US + 29 * HOUR)[0].echoed == 0
    network.apply(
        water, a_reaction("x1", by="chen", to="m6", hours=50), a_reaction("x2", by="amina", to="m4", hours=50)
    )
    with network.read() as reader:
        assert echo_sums(reader, (water,), [US, SEEN], seen=SEEN)[0].echoed == 2


@pytest.mark.parametrize("is_named", [False, True])
def test_what_came_long_ago_is_looked_for_in_another_way_and_found_all_the_same(talk, is_named):
    network, water, health = talk
    network.apply(
        water,
        a_reaction("x1", by="chen", to="m1", hours=50),
        a_reaction("x2", by="daemon", to="m4", hours=51),
        a_message("m7", by="dana", hours=300, to="m6"),
    )
    scope, cuts = ((water, health) if is_named else ()), [US + hour * HOUR for hour in (0, 5, 33, 35)]
    with network.read() as reader:
        lately = [echo_sums(reader, scope, cuts, seen=US + hours * HOUR) for hours in (49, 60)]
        long_ago = [echo_sums(reader, scope, cuts, seen=US + hours * HOUR) for hours in (299, 300)]
    assert [[row.echoed for row in rows] for rows in (*lately, *long_ago)] == [[1, 0, 0]] * 3 + [[1, 0, 1]]


@pytest.mark.parametrize("is_named", [False, True])
@pytest.mark.parametrize(("hours", "echoed"), [(29, 1), (9, 1), (8, 0), (-20, 0)])
def test_what_is_dated_more_than_a_day_before_the_span_is_no_echo_in_either_way(talk, hours, echoed, is_named):
    network, water, health = talk
    network.apply(water, a_reaction("x1", by="chen", to="m6", hours=hours))
    scope, cuts = ((water, health) if is_named else ()), [US + hour * HOUR for hour in (0, 33, 35)]
    with network.read() as reader:
        found = [echo_sums(reader, scope, cuts, seen=US + seen * HOUR)[1] for seen in (49, 299)]
    assert [row.echoed for row in found] == [echoed] * 2


@pytest.mark.parametrize("is_named", [False, True])
def test_messages_and_what_took_them_up_are_read_from_one_index_alone(talk, is_named, monkeypatch):
    network, water, _ = talk
    asked: list[tuple[str, object]] = []
    rows = Reader.rows

    def noted(self, sql, params=()):
        asked.append((sql, params))
        return rows(self, sql, params)

    monkeypatch.setattr(Reader, "rows", noted)
    scope = (water,) if is_named else ()
    with network.read() as reader:
        talk_sums(reader, scope, [US, SEEN], seen=SEEN)
        echo_sums(reader, scope, [US, SEEN], seen=SEEN)
        plans = [plan_of(reader, sql, params) for sql, params in list(asked) if "FROM event e" in sql]
    assert len(plans) == 3
    assert all("e USING COVERING INDEX event_when" in plan for plan in plans)
