"""The design tokens: resources/theme.toml read into plain values, and the arithmetic of contrast. No widgets."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crmdesk import paths

LIGHT, DARK = 0, 1


@dataclass(frozen=True, slots=True)
class TypeToken:
    """One step of the type scale: size and line in px at 100 %, the usual and the strong weight."""

    px: int
    line: int
    weight: int
    strong: int


@dataclass(frozen=True, slots=True)
class ShadowToken:
    """One level of depth: offset downwards and blur in px, opacity in percent for light and dark."""

    offset: int
    blur: int
    opacity: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Everything the token file says. Colours are (light, dark) as "#RRGGBB" or "#AARRGGBB"."""

    colours: Mapping[str, tuple[str, str]]
    text_pairs: tuple[str, ...]
    edge_pairs: tuple[str, ...]
    type: Mapping[str, TypeToken]
    size: Mapping[str, int]
    radius: Mapping[str, int]
    shadow: Mapping[int, ShadowToken]
    motion: Mapping[str, int]


@cache
def load(path: Path | None = None) -> Tokens:
    """The tokens of `path`, by default of the shipped file; read once."""
    with (path or paths.resources() / "theme.toml").open("rb") as file:
        raw = tomllib.load(file)
    return Tokens(
        colours={role: (light, dark) for role, (light, dark) in raw["colours"].items()},
        text_pairs=tuple(raw["contrast"]["text"]),
        edge_pairs=tuple(raw["contrast"]["edge"]),
        type={name: TypeToken(*values) for name, values in raw["type"].items()},
        size=raw["size"],
        radius=raw["radius"],
        shadow={int(level): ShadowToken(y, blur, (a, b)) for level, (y, blur, a, b) in raw["shadow"].items()},
        motion=raw["motion"],
    )


def contrast(first: str, second: str) -> float:
    """The contrast of two "#RRGGBB" colours, 1 to 21, by WCAG 2.2 (relative luminance)."""
    brighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
