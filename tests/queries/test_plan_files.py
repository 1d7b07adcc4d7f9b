"""Plan files: the stored document with what the editor needs beside it."""

from pathlib import Path

from tests.builders import a_database
from tests.plans.samples import a_plan, a_store
from workbench.ids import PlanId
from workbench.plans.document import PlanDocument
from workbench.queries.plan_files import plan_file, stored_plans


def test_a_stored_plan_is_found_by_its_id_and_all_come_oldest_first(tmp_path: Path) -> None:
    database = a_database(tmp_path)
    names = ["first", "second"]
    ids = [a_plan(a_store(database), name=name) for name in names]
    with database.read() as reader:
        found = plan_file(reader, ids[1])
        assert found is not None
        assert PlanDocument.from_bytes(found.document).view().name == "second"
        assert found.community_id is None
        assert {PlanDocument.from_bytes(file.document).id for file in stored_plans(reader)} == set(ids)
        assert plan_file(reader, PlanId("no")) is None
    database.close()
