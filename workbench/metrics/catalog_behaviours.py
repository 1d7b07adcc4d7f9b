"""Catalogue: what people do together, and what shows it."""

from workbench.metrics import behaviours, families
from workbench.metrics.metric import Family, Metric, Section, Sight
from workbench.metrics.value import Unit
from workbench.queries.frames import FramePart

BEHAVIOURS: tuple[Metric, ...] = (
    Metric(
        key="co_creation",
        title="Made together",
        unit=Unit.THREADS,
        formula="threads in which three people or more from two offices or more wrote in the window",
        source="our default",
        function=families.co_creation,
        needs=FramePart.TALKS | FramePart.OFFICES,
        higher_is_better=True,
        chart="bar",
        section=Section.BEHAVIOURS,
        moves="A shared page or list to which everybody adds a line.",
        family=Family.CO_CREATION,
        cannot={Sight.OFFICES: "Offices are not known here; a table of members can bring them."},
        numbers=("made together", "threads with a message"),
    ),
    Metric(
        key="collective_intelligence",
        title="Threads kept in the Library",
        unit=Unit.THREADS,
        formula=(
            "threads in which five people or more wrote in the window and that became a Library item: a Library card"
            " names them, or a document, page or tool kit made of them is kept"
        ),
        source="Bradley and McDonald 2011 name the behaviour; our default",
        function=behaviours.collective_intelligence,
        needs=FramePart.TALKS | FramePart.LIBRARY,
        higher_is_better=True,
        chart="bar",
        section=Section.BEHAVIOURS,
        moves="Turning a rich thread into a page: summary, thanks, link; with a card for it, or kept as an output.",
        numbers=("kept", "threads in which five people or more wrote in the window"),
    ),
    Metric(
        key="flash_coordination",
        title="Urgent calls met",
        unit=Unit.THREADS,
        formula=(
            "urgent threads to which five people or more from three offices or more replied within 24 hours; one marked"
            " urgent later than that is no missed call"
        ),
        source="our default; a press text calls it mass coordination, nothing else does",
        function=behaviours.flash_coordination,
        needs=FramePart.URGENT | FramePart.OFFICES,
        waits=1,
        higher_is_better=True,
        chart="bar",
        section=Section.BEHAVIOURS,
        moves="Knowing beforehand whom to call, and calling them by name.",
        cannot={Sight.OFFICES: "Offices are not known here; a table of members can bring them."},
        numbers=("met", "urgent threads"),
    ),
    Metric(
        key="interest_cultivation",
        title="New shared interests",
        unit=Unit.TAGS,
        formula="tags first used in the window by five people or more from three offices or more",
        source="our default",
        function=behaviours.interest_cultivation,
        needs=FramePart.TAGS | FramePart.OFFICES | FramePart.START,
        counts_firsts=True,
        higher_is_better=True,
        chart="bar",
        section=Section.BEHAVIOURS,
        moves="Naming a theme with one tag, and using it in answers.",
        cannot={Sight.OFFICES: "Offices are not known here; a table of members can bring them."},
        numbers=("shared", "tags first used"),
    ),
)
