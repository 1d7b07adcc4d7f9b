"""Network files: three kinds, none of which names anybody; a place that cannot be written is said."""

from tests.ui.pages.network_look import look
from workbench.ui.pages.network_data import ColourBy, shown
from workbench.ui.pages.network_files import NetworkFiles

__all__ = ["look"]


def test_files_name_nobody(look, context, ground, qtbot, tmp_path):
    files = NetworkFiles(context, ground)
    told: list[str] = []
    context.told.connect(lambda words, _action: told.append(words))
    files.save(tmp_path / "nothing.png")
    files.found = shown(look, ColourBy.GROUP)
    for suffix in (".png", ".svg", ".csv"):
        files.save(tmp_path / f"network{suffix}")
        qtbot.waitUntil(lambda: not context.jobs.running())
        data = (tmp_path / f"network{suffix}").read_bytes()
        assert len(data) > 100
        assert b"Example" not in data
    assert not (tmp_path / "nothing.png").exists()
    files.save(tmp_path / "no folder" / "network.png")
    qtbot.waitUntil(lambda: len(told) == 4)
    assert told[0].startswith("Saved network.png, ")
    assert not told[3].startswith("Saved")
