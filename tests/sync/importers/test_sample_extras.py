"""Extras of the sample: a few hashtags, files, calls, people named and welcomed, led by whoever was there."""

from collections import Counter

import pytest

from tests.sync.importers.test_sample import LAST_DAY, PHRASES, everything
from workbench.models.hashtags import hashtags_in
from workbench.models.kinds import EventKind
from workbench.sync.importers.sample import SampleNetwork
from workbench.sync.importers.sample_extras import COORDINATOR, tag_of
from workbench.sync.records import ActRecord, MemberRecord, MessageRecord, Record


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return everything(SampleNetwork(PHRASES, last_day=LAST_DAY), "sample-1")


def test_a_few_messages_have_hashtags_and_files_and_calls_are_attended(records: list[Record]) -> None:
    told = [record for record in records if isinstance(record, MessageRecord)]
    kinds = Counter(record.kind for record in records if isinstance(record, ActRecord))
    tagged = sum(bool(hashtags_in(record.text)) for record in told)
    files = [file for record in told for file in record.attachments]
    assert 0.05 < tagged / len(told) < 0.15
    assert 0.005 < len(files) / len(told) < 0.03
    assert all(file.content and file.size == len(file.content) for file in files)
    assert 0 < kinds[EventKind.MENTION] < kinds[EventKind.REACTION]
    calls = {record.at for record in records if isinstance(record, ActRecord) and record.kind is EventKind.ATTEND}
    assert 22 <= len(calls) <= 24


def test_who_is_named_writes_next_or_has_just_joined(records: list[Record]) -> None:
    told = {record.remote_id: record for record in records if isinstance(record, MessageRecord)}
    joined = {record.person.handle: record.joined_at for record in records if isinstance(record, MemberRecord)}
    welcomes = 0
    for act in records:
        if not isinstance(act, ActRecord) or act.kind is not EventKind.MENTION:
            continue
        message, whom = told[act.target or ""], act.target_person
        assert f"@{whom.name}" in message.text
        if "welcome" in message.remote_id:
            welcomes += 1
            assert 0 <= (message.sent_at - joined[whom.handle]).days < 3
            continue
        thread = message.remote_id.split(".", maxsplit=1)[0]
        later = [one for one in told.values() if one.remote_id.startswith(f"{thread}.") and one.sent_at > act.at]
        assert min(later, key=lambda one: one.sent_at).author.handle == whom.handle
    assert welcomes > 5


def test_four_of_five_communities_are_led_and_some_people_are_of_partners(records: list[Record]) -> None:
    members = [record for record in records if isinstance(record, MemberRecord)]
    assert [record.role for record in members if record.role] == [COORDINATOR] * 2
    partners = [record.person for record in members if record.person.organisation]
    assert 0 < len(partners) < len(members) / 20
    assert not any(person.office for person in partners)
    without = everything(SampleNetwork(PHRASES, last_day=LAST_DAY), "sample-4")
    assert not any(record.role for record in without if isinstance(record, MemberRecord))


@pytest.mark.parametrize(
    ("topic", "tag"),
    [
        ("hand-pump repair", "HandpumpRepair"),
        ("l'analyse de l'eau", "AnalyseEau"),
        ("la réparation des pompes", "réparation_pompes"),
        ("إصلاح المضخات", "إصلاح_المضخات"),
        ("手压泵维修", "手压泵维修"),
    ],
)
def test_a_topic_is_one_word_without_its_articles(topic: str, tag: str) -> None:
    assert tag_of(topic) == tag
    assert hashtags_in(f"Well said. #{tag}") == (tag.casefold(),)
