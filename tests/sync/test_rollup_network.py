"""What is stored over all communities: totals, first messages and stays, also after somebody or something went away."""

from datetime import timedelta

import pytest

from tests.builders import NOW
from tests.sync.mirrored import START, Mirrored, a_message, a_mirror, a_person, an_act
from workbench.ids import CommunityId
from workbench.models.kinds import AccountKind, EventKind
from workbench.models.moments import DAY_MICROSECONDS, to_micros
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, GoneRecord, MemberRecord
from workbench.sync.rollup_check import differences
from workbench.sync.rollup_network import ALWAYS, STILL

TODAY = to_micros(START) // DAY_MICROSECONDS * DAY_MICROSECONDS


@pytest.fixture
def mirrored(tmp_path):
    mirrored = a_mirror(tmp_path)
    yield mirrored
    with mirrored.database.read() as reader:
        assert differences(reader) == []
    mirrored.database.close()


def another(mirrored: Mirrored, account: int | None = None) -> CommunityId:
    return mirrored.mirror.ensure_community(account or mirrored.account_id, CommunityRecord("wells", "Wells"))


def listed(by: str, joined: int | None = None, left: int | None = None) -> MemberRecord:
    """A line of a member list; days before now."""
    days = [None if ago is None else NOW - timedelta(days=ago) for ago in (joined, left)]
    return MemberRecord("water", a_person(by), joined_at=days[0], left_at=days[1])


def stays(mirrored: Mirrored) -> list[tuple[int, int]]:
    return mirrored.rows("SELECT joined_us, left_us FROM networkstay ORDER BY 1")


def us(ago: int) -> int:
    return to_micros(NOW - timedelta(days=ago))


def test_stays_that_overlap_are_one_and_a_gap_makes_two(mirrored):
    other = another(mirrored)
    mirrored.apply(listed("amina", 900, 500))
    mirrored.mirror.apply(other, "members", Batch((listed("amina", 600, 400),)))
    assert stays(mirrored) == [(us(900), us(400))]
    mirrored.mirror.apply(other, "members", Batch((listed("amina", 450, 400),)))
    assert stays(mirrored) == [(us(900), us(500)), (us(450), us(400))]


def test_a_list_without_dates_makes_a_stay_without_ends(mirrored):
    mirrored.apply(a_message("m1"))
    assert stays(mirrored) == [(TODAY, STILL)]
    mirrored.apply(listed("amina"))
    assert stays(mirrored) == [(ALWAYS, STILL)]


def test_an_earlier_message_moves_the_beginning_and_its_removal_moves_it_back(mirrored):
    mirrored.apply(a_message("m1"))
    mirrored.apply(a_message("m0", hours=-48))
    assert stays(mirrored) == [(TODAY - 2 * DAY_MICROSECONDS, STILL)]
    mirrored.apply(GoneRecord("m0", "water"))
    assert stays(mirrored) == [(TODAY, STILL)]
    mirrored.apply(GoneRecord("m1", "water"))
    assert stays(mirrored) == []
    assert mirrored.rows("SELECT * FROM networkperson") == mirrored.rows("SELECT * FROM communitytotal") == []


def test_writing_in_one_more_community_changes_no_stay_and_its_removal_ends_one_that_hung_on_it(mirrored):
    other, day = another(mirrored), DAY_MICROSECONDS
    mirrored.apply(a_message("m1"))
    mirrored.mirror.apply(other, "messages", Batch((a_message("w1", hours=48),)))
    assert stays(mirrored) == [(TODAY, STILL)]
    mirrored.apply(an_act("left", EventKind.LEAVE, hours=72))
    mirrored.mirror.apply(other, "messages", Batch((a_message("w2", hours=50),)))
    assert stays(mirrored) == [(TODAY, STILL)]
    mirrored.mirror.apply(other, "messages", Batch((GoneRecord("w1", "wells"), GoneRecord("w2", "wells"))))
    assert stays(mirrored) == [(TODAY, to_micros(START) + 3 * day)]
    assert mirrored.rows("SELECT first_message_at FROM networkperson") == [(to_micros(START),)]


def test_a_listed_program_that_never_wrote_is_nobody(mirrored):
    mirrored.apply(listed("daemon"))
    assert stays(mirrored)
    mirrored.apply(a_person("daemon", is_bot=True))
    assert stays(mirrored) == []


def test_four_acts_in_a_week_anywhere_are_often_and_three_are_not(mirrored):
    def often() -> list[tuple[int, int]]:
        return mirrored.rows("SELECT p.value, n.often >> p.value % 56 & 1 FROM networkpeople n, json_each('[1, 2]') p")

    mirrored.apply(a_message("m1"), a_message("m2"), an_act("l1", EventKind.REACTION, target="m1"))
    mirrored.apply(a_message("b1", by="bruno"))
    assert often() == [(1, 0), (2, 0)]
    other = another(mirrored)
    mirrored.mirror.apply(other, "messages", Batch((a_message("w1"),)))
    assert often() == [(1, 1), (2, 0)]
    mirrored.mirror.apply(other, "messages", Batch((GoneRecord("w1", "wells"),)))
    assert often() == [(1, 0), (2, 0)]


def test_questions_and_lanes_are_summed_up_for_each_community(mirrored):
    sums = "SELECT answered, unanswered, talks, talk_messages, notices, notice_messages FROM communitytotal"
    mirrored.apply(a_message("q1", text="How deep?"), a_message("q2", by="bruno", hours=1, text="Who knows?"))
    assert mirrored.rows(sums) == [(0, 2, 0, 0, 2, 2)]
    mirrored.apply(a_message("a1", by="chidi", hours=2, references=("q1",)))
    assert mirrored.rows(sums) == [(1, 1, 1, 2, 1, 1)]
    # Said by who asked, so no reply; the platform marks it all the same.
    mirrored.apply(a_message("a2", by="bruno", hours=3, references=("q2",), is_accepted=True))
    assert mirrored.rows(sums) == [(2, 0, 1, 2, 1, 2)]
    mirrored.apply(GoneRecord("a1", "water"), GoneRecord("a2", "water"))
    assert mirrored.rows(sums) == [(0, 2, 0, 0, 2, 2)]


def test_totals_follow_a_thread_that_becomes_part_of_another(mirrored):
    mirrored.apply(a_message("m2", hours=1, references=("m1",)), a_message("m3", hours=2))
    totals = "SELECT messages, threads, first_message_at, last_message_at FROM communitytotal"
    start, hour = to_micros(START), 3_600_000_000
    assert mirrored.rows(totals) == [(2, 1, start + hour, start + 2 * hour)]
    mirrored.apply(a_message("m1"))
    assert mirrored.rows(totals) == [(3, 2, start, start + 2 * hour)]


def test_what_an_account_brought_goes_with_it(mirrored):
    amina = a_person("amina", address_key="key of amina")
    mirrored.apply(a_message("m1", by=amina))
    account = mirrored.accounts.add(AccountKind.TABLE, "Wells")
    other = another(mirrored, account)
    mirrored.mirror.apply(other, "messages", Batch((a_message("w1", by=amina, hours=-72),)))
    assert stays(mirrored) == [(TODAY - 3 * DAY_MICROSECONDS, STILL)]
    mirrored.mirror.remove_account(account)
    assert stays(mirrored) == [(TODAY, STILL)]
    assert mirrored.rows("SELECT first_message_at FROM networkperson") == [(to_micros(START),)]
    assert mirrored.rows("SELECT community_id FROM communitytotal") == [(mirrored.community_id,)]
