"""Warmth: what happened weighs half as much with every two weeks that pass, whatever date somebody's clock gave it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import NOW, a_database
from workbench.models.moments import to_micros
from workbench.models.warmth import WARMTH, heat_of, warmth_of

DAY = 86_400_000_000
AGES = (0, 14, 182, 36_500)
"""In days; what is a hundred years old is as cold as it gets."""
WEIGHTS = {3: 0, 4: 3, 5: 1, 6: 2}


def test_a_warmth_is_the_heat_of_any_moment(tmp_path):
    database, now = a_database(tmp_path), to_micros(NOW)
    rows = [(kind, now - days * DAY) for days in AGES for kind in WEIGHTS]
    with database.read() as reader:
        statement = f"SELECT {WARMTH} FROM (SELECT ?1 AS kind, ?2 AS at UNION ALL SELECT ?3, ?4) e"
        for one, other in zip(rows, rows[5:], strict=False):
            reckoned = sum(WEIGHTS[kind] * 0.5 ** ((now - at) / DAY / 14) for kind, at in (one, other))
            warmth = reader.scalar(statement, (*one, *other))
            assert heat_of(warmth, now) == pytest.approx(reckoned)
            assert heat_of(warmth, now + 28 * DAY) == pytest.approx(reckoned / 4)
            assert warmth_of(heat_of(warmth, now), now) == pytest.approx(warmth)
        assert reader.scalar(statement, (3, now, 3, now)) is None
        late = [to_micros(datetime(2500, 1, 1, tzinfo=UTC) + timedelta(days=days)) for days in (0, 1)]
        assert reader.scalar(statement, (4, late[0], 4, late[1])) > reader.scalar(statement, (4, now, 4, late[0]))
    database.close()
