"""A small scene for tests: four corners of a square tied in a row, and a fifth person far to the right."""

from workbench.ui.widgets.network_scene import NetworkScene, group_looks


def a_scene() -> NetworkScene:
    """0 to 3 are the corners of a square of side 10, in a row of ties; 4 stands far to the right of 1."""
    ties = [(0, 1), (1, 2), (2, 3), (1, 4)]
    near: list[list[int]] = [[] for _ in range(5)]
    for one, other in ties:
        near[one].append(other)
        near[other].append(one)
    return NetworkScene(
        places=[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (40.0, 0.0)],
        names=["Amina Example", "Bo Example", "Caro Example", "Dina Example", "Eva Example"],
        groups=[0, 0, 1, None, 1],
        legend=group_looks(["Group 1", "Group 2"]),
        ties=ties,
        near=near,
    )
