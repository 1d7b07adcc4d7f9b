"""Carrying: a plan and the names of its authors as one payload."""

import pytest

from workbench.errors import EnvelopeDamagedError
from workbench.ids import PlanId
from workbench.plans.carrying import PlanPayload, packed, unpacked

PAYLOAD = PlanPayload(PlanId("plan-1"), "mark", {"mark": "Amina Example", "other": "می\u200cنا نمونه"}, b"\x00\n\xff")


def test_a_payload_reads_back_and_is_the_same_each_time():
    assert unpacked(packed(PAYLOAD)) == PAYLOAD
    assert packed(PAYLOAD) == packed(unpacked(packed(PAYLOAD)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"{}\nx",
        b"[]\nx",
        b"[" * 9_000 + b"\nx",
        b'{"plan": "", "author": "", "names": {}}\nx',
        b'{"plan": "p", "author": "", "names": {}}\n',
        b'{"plan": 7, "author": "", "names": {}}\nx',
        b'{"plan": "p", "author": "", "names": []}\nx',
        b'{"plan": "p", "author": "", "names": {"m": "a\\u202eb"}}\nx',
        b'{"plan": "p", "author": "", "names": {"m": "' + b"x" * 300 + b'"}}\nx',
        b"\xff\xfe\nx",
    ],
)
def test_anything_else_is_damage(data):
    with pytest.raises(EnvelopeDamagedError):
        unpacked(data)
