"""SyncOrder: it arrives in the other process as it was sent."""

import json
from datetime import date

import pytest

from workbench.operations.sync_order import SyncOrder
from workbench.sync.schedule import Link


@pytest.mark.parametrize(
    "order",
    [
        SyncOrder(),
        SyncOrder(
            community="Water points",
            since=date(2026, 3, 2),
            budget=5_000_000,
            is_text_only=True,
            is_scheduled=True,
            trusts_gone=True,
            link=Link.METERED,
        ),
    ],
)
def test_an_order_travels_as_json(order: SyncOrder):
    assert SyncOrder.unpacked(json.loads(json.dumps(order.packed()))) == order
