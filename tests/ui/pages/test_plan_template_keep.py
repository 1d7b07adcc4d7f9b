"""A plan kept as a template has a title, by which it is found again."""

from workbench.ui.context import Context
from workbench.ui.pages.plan_template_keep import KeepTemplate


def test_a_template_made_of_a_plan_needs_a_title(qtbot, context: Context):
    form = KeepTemplate(context)
    qtbot.addWidget(form)
    form.begin("Safe water")
    form.title.clear()
    with qtbot.assertNotEmitted(form.wished):
        form.submit()
    assert form.problem.startswith("A template needs a title")
    form.title.setText(" Webinar week ")
    form.words.setText("One webinar")
    with qtbot.waitSignal(form.wished) as asked:
        form.submit()
    assert asked.args == ["Webinar week", "One webinar"]
