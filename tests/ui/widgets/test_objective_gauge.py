"""The gauge of an objective: every fact is heard, and what is not known never looks like a value."""

from dataclasses import replace

from PySide6.QtCore import Qt

from workbench.ui.theme import Meaning, Theme
from workbench.ui.widgets.objective_gauge import GaugeBar, GaugeWords, ObjectiveGauge

WORDS = GaugeWords(
    title="Reply rate", now="71 %", change="+13 points", baseline="baseline 58 %", target="target 75 %", goal="75 %",
    chip="On the way", meaning=Meaning.GOOD, share=0.76, is_known=True, tip="Reply rate: replied / begun",
)  # fmt: skip


def a_gauge(ground, theme: Theme, words: GaugeWords = WORDS) -> ObjectiveGauge:
    gauge = ObjectiveGauge(theme)
    gauge.setParent(ground)
    gauge.resize(260, 96)
    gauge.show_words(words)
    gauge.show()
    return gauge


def test_every_fact_is_heard(ground, theme: Theme):
    gauge = a_gauge(ground, theme)
    assert gauge.accessibleName() == "Reply rate, 71 %, +13 points, baseline 58 %, target 75 %, On the way"
    assert gauge.toolTip() == WORDS.tip


def test_narrow_gauge_is_one_line_with_now_and_goal(ground, theme: Theme):
    gauge = a_gauge(ground, theme)
    tall = gauge.sizeHint().height()
    gauge.set_narrow(is_narrow=True)
    assert gauge.sizeHint().height() < tall / 2
    assert gauge._now_small.text() == "71 % → 75 %"
    assert gauge._now_small.isVisible()


def test_objective_without_a_target_has_no_way_to_draw(ground, theme: Theme):
    gauge = a_gauge(ground, theme, replace(WORDS, target="", goal="", chip=""))
    assert not gauge._bar.isVisible()
    assert not gauge._chip.isVisible()
    assert gauge._now_small.text() == "71 %"


def test_what_is_not_known_is_hatched_from_end_to_end(ground, theme: Theme):
    bar = GaugeBar(theme)
    bar.setParent(ground)
    bar.resize(120, 12)
    bar.show()
    bar.show_share(0.0, is_known=False)
    picture = bar.grab().toImage()
    one = picture.devicePixelRatio()
    columns = [{picture.pixel(round(x * one), round(y * one)) for y in range(2, 10)} for x in (20, 60, 100)]
    bar.show_share(0.0, is_known=True)
    empty = bar.grab().toImage()
    blank = [{empty.pixel(round(x * one), round(y * one)) for y in range(2, 10)} for x in (20, 60, 100)]
    assert all(hatched - bare for hatched, bare in zip(columns, blank, strict=True))


def test_not_known_is_hatched_and_unlike_zero(ground, theme: Theme):
    bar = GaugeBar(theme)
    bar.setParent(ground)
    bar.resize(120, 12)
    bar.show()
    pictures = []
    for share, is_known in ((0.0, True), (None, False), (0.5, True)):
        bar.show_share(share, is_known=is_known)
        pictures.append(bar.grab().toImage())
    bar.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    pictures.append(bar.grab().toImage())
    assert all(one != other for place, one in enumerate(pictures) for other in pictures[:place])


def test_short_line_keeps_the_icon_and_says_the_word_to_those_who_listen(ground, theme: Theme):
    gauge = a_gauge(ground, theme)
    gauge.set_narrow(is_narrow=True)
    gauge.resize(180, 24)
    assert gauge._chip.text == ""
    assert gauge._chip.accessibleName() == "On the way"
    gauge.resize(400, 24)
    assert gauge._chip.text == "On the way"
