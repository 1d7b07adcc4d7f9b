"""What columns were said to mean is kept by header, and the newest word counts."""

from tests.builders import a_clock, a_database
from workbench.sync.importers.table_mapping import ColumnMapping, TableField, TableKind
from workbench.sync.table_mappings import TableMappings


def test_mapping_is_kept_by_header_and_the_newest_word_counts(tmp_path):
    database = a_database(tmp_path)
    mappings = TableMappings(database, a_clock())
    assert mappings.recall("k") is None
    first = ColumnMapping(TableKind.MEMBERS, (TableField.NAME, None))
    second = ColumnMapping(TableKind.MEMBERS, (TableField.NAME, TableField.ROLE))
    mappings.remember("k", first)
    mappings.remember("other", first)
    mappings.remember("k", second)
    assert (mappings.recall("k"), mappings.recall("other")) == (second, first)
    database.close()
