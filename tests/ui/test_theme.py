"""The tokens, and what theme, metrics and icons make of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QAccessibilityHints, QColor, QFontMetrics, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.ui import icons, shadows, style, tokens
from crmdesk.ui.metrics import Metrics
from crmdesk.ui.system_look import SystemLook
from crmdesk.ui.theme import Theme

TOKENS = tokens.load()


@pytest.mark.parametrize("column", [tokens.LIGHT, tokens.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("pair", "least"), [(pair, 4.5) for pair in TOKENS.text_pairs] + [(pair, 3.0) for pair in TOKENS.edge_pairs]
)
def test_every_pair_of_the_token_file_has_enough_contrast(pair: str, least: float, column: int) -> None:
    front, ground = pair.split("/")
    measured = tokens.contrast(TOKENS.colours[front][column], TOKENS.colours[ground][column])
    assert round(measured, 1) >= least, f"{pair} has {measured:.2f}"


MEASURED = {
    "text": ("window", "surface", "soft", "sunken"),
    "text-2": ("surface", "sunken", "nav", "soft"),
    "text-3": ("surface", "window", "sunken", "soft"),
    "on-accent": ("accent",),
    "accent": ("surface", "sunken"),
    "soft-text": ("soft",),
    "good": ("good-soft",),
    "warn": ("warn-soft", "soft"),
    "bad": ("bad-soft", "soft"),
    "toast-text": ("toast",),
    "toast-link": ("toast",),
}
BARS = {"text": ("warn-soft", "bad-soft", "raised"), "text-2": ("warn-soft", "raised"), "text-3": ("raised", "nav")}


def _pairs(grounds: dict[str, tuple[str, ...]]) -> set[str]:
    return {f"{front}/{ground}" for front, each in grounds.items() for ground in each}


def test_the_pairs_of_the_design_and_of_the_bars_over_a_page_are_among_them() -> None:
    assert (_pairs(MEASURED) | _pairs(BARS)) - set(TOKENS.text_pairs) == set()
    rings = {f"accent/{ground}" for ground in ("surface", "raised", "window", "nav", "sunken", "soft", "warn-soft")}
    assert {"edge/surface", "toast-link/toast", *rings} - set(TOKENS.edge_pairs) == set()
    assert len(set(TOKENS.text_pairs)) == len(TOKENS.text_pairs)


def test_the_contrast_of_black_and_white_is_twenty_one() -> None:
    assert tokens.contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_dark_colours_are_others_than_light_ones(theme: Theme) -> None:
    assert theme.colour("window").name().upper() == "#F6F5F2"
    theme.set_mode("dark")
    assert theme.colour("window").name().upper() == "#17181B"


def test_following_the_system_is_an_input(theme: Theme, qtbot: QtBot) -> None:
    theme.set_mode("system")
    assert not theme.dark
    with qtbot.waitSignal(theme.changed):
        theme.set_system_dark(True)
    assert theme.dark


class _Counting(QWidget):
    restyled = 0

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        self.restyled += event.type() == QEvent.Type.StyleChange


def test_what_is_on_the_screen_is_styled_once_when_colours_or_text_size_change(theme: Theme, qtbot: QtBot) -> None:
    widget = _Counting()
    qtbot.addWidget(widget)
    widget.show()
    for change in (partial(theme.set_mode, "dark"), partial(theme.set_percent, 125)):
        widget.restyled = 0
        change()
        assert widget.restyled == 1


def test_the_palette_and_the_sheet_carry_the_tokens(theme: Theme, qapp: QApplication) -> None:
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.colour("window")
    assert "#2a5bd0" in style.sheet(theme)
    assert "{" not in style.sheet(theme).replace("{ ", "").replace("{\n", "")


def test_high_contrast_leaves_only_window_text_and_highlight(theme: Theme) -> None:
    system = QPalette(QColor("black"))
    system.setColor(QPalette.ColorRole.WindowText, QColor("white"))
    theme.set_high_contrast(system)
    assert theme.colour("text-3") == QColor("white")
    assert theme.colour("warn-soft") == system.color(QPalette.ColorRole.Window)
    assert theme.colour("scrim").alpha() == 0


@pytest.fixture
def hints(qapp: QApplication, theme: Theme) -> Iterator[QAccessibilityHints]:
    styles = qapp.styleHints()
    look = SystemLook(qapp, theme, theme)
    yield styles.accessibility()
    styles.accessibility().contrastPreferenceChanged.disconnect(look._on_contrast)
    styles.colorSchemeChanged.disconnect(look._on_scheme)


def test_the_look_follows_the_contrast_the_system_asks_for(theme: Theme, hints: QAccessibilityHints) -> None:
    hints.contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert theme.high_contrast is not None
    assert theme.colour("warn-soft") == theme.colour("window") != QColor("#FAEFD8")
    hints.contrastPreferenceChanged.emit(Qt.ContrastPreference.NoPreference)
    assert theme.high_contrast is None
    assert theme.colour("warn-soft") == QColor("#FAEFD8")


def test_lengths_grow_with_the_text_and_stay_between_80_and_200_percent(theme: Theme) -> None:
    theme.set_percent(150)
    assert theme.px(32) == 48
    assert theme.metrics.card_height() == 120
    theme.set_percent(900)
    assert theme.percent == 200
    theme.set_percent(1)
    assert theme.percent == 80


def test_a_card_is_84_high_at_the_usual_size(theme: Theme) -> None:
    assert theme.metrics.card_height() == 84


def test_text_steps_go_up_and_down_and_end(theme: Theme) -> None:
    assert theme.step(+1) == 110
    assert theme.step(-1) == 90
    theme.set_percent(200)
    assert theme.step(+1) == 200


def test_the_application_font_is_set_in_points_and_grows(theme: Theme, qapp: QApplication) -> None:
    before = qapp.font().pointSizeF()
    assert before > 0
    theme.set_percent(200)
    assert qapp.font().pointSizeF() == pytest.approx(2 * before)


def test_figures_can_be_of_one_width(qapp: QApplication) -> None:
    metrics = QFontMetrics(Metrics(TOKENS).font("body", tabular=True))
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")


@pytest.mark.parametrize("name", sorted(icons.IDS))
def test_every_icon_of_the_table_is_in_the_font_and_draws_something(theme: Theme, name: str) -> None:
    image = theme.pixmap(name, "text", size=16, ratio=2.0).toImage()
    assert image.width() == 32
    assert any(QColor(image.pixelColor(x, y)).alpha() > 0 for x in range(32) for y in range(32))


def test_an_icon_is_drawn_once_per_colour(theme: Theme) -> None:
    assert theme.pixmap("met", "good").cacheKey() == theme.pixmap("met", "good").cacheKey()
    assert theme.pixmap("met", "good").cacheKey() != theme.pixmap("met", "bad").cacheKey()


def test_a_shadow_is_dark_beside_the_box_most_of_all_below_and_fades_away(theme: Theme) -> None:
    image = QImage(300, 300, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    shadows.paint(painter, QRect(100, 100, 100, 100), theme.shadow(1), theme.tokens.shadow[1])
    painter.end()
    above, near, far = (image.pixelColor(150, y).lightness() for y in (97, 202, 290))
    assert near < 250
    assert near < above
    assert far == 255


def test_reduced_motion_lasts_no_time(theme: Theme) -> None:
    assert theme.ms("sheet-in") == 0
    theme.reduced_motion = False
    assert theme.ms("sheet-in") == 140
