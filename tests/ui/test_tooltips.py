"""Stored text is never read as markup, in tooltips either."""

from __future__ import annotations

from crmdesk.ui.controls import Button
from crmdesk.ui.dialogs.list_sheet import Entry, ListSheet
from crmdesk.ui.themed import PlainLabel, tip


def test_markup_in_a_tooltip_is_shown_as_it_is_written():
    assert tip('<img src="file:///x"> & Co') == "<qt>&lt;img src=&quot;file:///x&quot;&gt; &amp; Co</qt>"
    assert tip("Müller & Söhne") == "Müller & Söhne"


def test_a_label_too_narrow_for_a_name_writes_its_markup_out(qtbot, theme):
    label = PlainLabel(theme, "<b>Bold</b> and a name that is much too long for this")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    label.grab()
    assert label.toolTip().startswith("<qt>&lt;b&gt;")


def test_the_buttons_of_a_list_write_out_the_names_in_it(qtbot, theme):
    entries = [Entry(key="a", text="<img src='file:///x'>", percent="20")]
    sheet = ListSheet(theme, entries, title="Stages", hint="", entry_name="Stage", add="Add")
    qtbot.addWidget(sheet)
    tips = [each.toolTip() for each in sheet.findChildren(Button) if "img" in each.toolTip()]
    assert len(tips) == 3
    assert not any("<img" in each for each in tips)
