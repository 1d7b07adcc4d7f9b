"""TableMappings: what the columns of a table were said to mean, kept for the next file with the same header."""

from workbench.clock import Clock
from workbench.models.database import Database
from workbench.models.moments import to_micros
from workbench.sync.importers.table_mapping import ColumnMapping


class TableMappings:
    """Keeps one mapping for each header, by its digest; the newest word counts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def remember(self, key: str, mapping: ColumnMapping) -> None:
        """Keeps `mapping` for tables whose header has this digest."""
        with self._database.write() as session:
            session.connection().exec_driver_sql(
                "INSERT INTO tablemapping (header_key, mapping, used_at) VALUES (?, ?, ?) ON CONFLICT (header_key)"
                " DO UPDATE SET mapping = excluded.mapping, used_at = excluded.used_at",
                (key, mapping.to_json(), to_micros(self._clock.now())),
            )

    def recall(self, key: str) -> ColumnMapping | None:
        """What was said of such a table before; None for a header not met yet."""
        with self._database.read() as reader:
            text = reader.scalar("SELECT mapping FROM tablemapping WHERE header_key = ?", (key,))
        return None if text is None else ColumnMapping.from_json(text)
