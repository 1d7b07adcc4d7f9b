"""Traffic: what accounts cost today and this month, by UTC days."""

from datetime import UTC, date, datetime

from tests.builders import a_clock
from workbench.queries.traffic import Spent, TrafficRow, spent, spent_by_account
from workbench.sync.account_meter import AccountMeter


def test_today_and_this_month_are_summed_by_account(network):
    for moment, size in (
        ((2024, 5, 31, 23), 1),
        ((2024, 6, 1, 0), 20),
        ((2024, 6, 14, 12), 300),
        ((2024, 6, 15, 1), 4_000),
    ):
        clock = a_clock(datetime(*moment, tzinfo=UTC))
        meter = AccountMeter(network.database, clock, account_id=network.account_id)
        meter.note(2, size, 5)
        meter.keep()
    with network.read() as reader:
        today = date(2024, 6, 15)
        told = spent(reader, network.account_id, today=today)
        assert told == Spent(TrafficRow(2, 4_000, 5), TrafficRow(6, 4_320, 15))
        assert told.month.bytes == 4_335
        assert spent_by_account(reader, today=today) == {network.account_id: told}
        assert spent(reader, network.account_id, today=date(2024, 6, 16)).today == TrafficRow()
        assert spent(reader, network.account_id, today=date(2024, 7, 1)) == Spent(TrafficRow(), TrafficRow())
