"""Rules every exporter keeps, PDF excepted (it needs Qt and is held to them in tests/ui)."""

import pytest

from tests.export.samples import NASTY, a_summary
from workbench.export.exporter import Exporter, exporters


@pytest.mark.parametrize("exporter", exporters(), ids=lambda exporter: exporter.key)
def test_a_document_of_a_full_plan_stays_under_300_kb_and_is_never_empty(exporter: Exporter) -> None:
    document = exporter.render(a_summary(cards=120))
    assert 500 < len(document) < 300_000


def test_keys_and_suffixes_are_unique() -> None:
    every = exporters()
    assert len({exporter.key for exporter in every}) == len({exporter.suffix for exporter in every}) == len(every) == 7
    assert NASTY.startswith("=")
