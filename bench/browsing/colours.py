"""Colours of states: apart for every kind of vision, legible on both surfaces; and what moves where nothing shall."""

import itertools
import math
import re

from bench.browsing.worlds import Worlds, ready, test_dashboard
from bench.table import Suite

STATES = ["up", "info", "warning", "critical", "unknown"]
TEXTS, SURFACES = ["text", "muted"], ["surface", "raised"]
# Vision without one kind of cone, on linear RGB (Machado, Oliveira and Fernandes 2009, severity 1).
VISIONS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE = (0.95047, 1.0, 1.08883)


def run(suite: Suite, worlds: Worlds, full: bool) -> None:
    for theme in ("light", "dark"):
        colours = shown(worlds, theme)
        pairs = [(distance(lab(colours[a], vision), lab(colours[b], vision)), f"{a} and {b}, {name}")
                 for a, b in itertools.combinations(STATES, 2) for name, vision in VISIONS.items()]
        suite.add(f"{theme}: difference of two states, CIEDE2000", "", [round(min(pairs)[0], 1)], at_least=12,
                  note=f"nearest: {min(pairs)[1]}")
        contrasts = [(contrast(colours[name], colours[back]), f"{name} on {back}")
                     for name in STATES + TEXTS for back in SURFACES]
        suite.add(f"{theme}: contrast of states and text", "", [round(min(contrasts)[0], 2)], at_least=4.5,
                  note=f"least: {min(contrasts)[1]}")
    still(suite, worlds)


def shown(worlds: Worlds, theme: str) -> dict[str, tuple]:
    """Colours by name as a page has them, as linear RGB."""
    tab = worlds.tab(worlds.bank.url, scheme=theme)
    try:
        tab.open("/status")
        return {name: tuple(linear(int(part) / 255) for part in re.findall(r"\d+", tab.page.evaluate(SHOWN, name))[:3])
                for name in STATES + TEXTS + SURFACES}
    finally:
        tab.close()


SHOWN = """name => {
    const one = document.body.appendChild(document.createElement('i'));
    one.style.color = `var(--${name})`;
    const colour = getComputedStyle(one).color;
    one.remove();
    return colour;
}"""


def linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def times(matrix, vector) -> tuple:
    return tuple(sum(a * b for a, b in zip(row, vector)) for row in matrix)


def contrast(one: tuple, other: tuple) -> float:
    """By WCAG."""
    lighter, darker = sorted((times(XYZ, colour)[1] for colour in (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lab(colour: tuple, vision) -> tuple[float, float, float]:
    """CIELAB of a colour as somebody sees it."""
    seen = tuple(min(1, max(0, value)) for value in times(vision, colour))
    x, y, z = (cubic(value / white) for value, white in zip(times(XYZ, seen), WHITE))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def cubic(value: float) -> float:
    return value ** (1 / 3) if value > (6 / 29) ** 3 else value / (3 * (6 / 29) ** 2) + 4 / 29


def distance(one, other) -> float:
    """CIEDE2000."""
    chroma = (math.hypot(*one[1:]) + math.hypot(*other[1:])) / 2
    grey = 0.5 * (1 - math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7)))
    (c1, h1), (c2, h2) = (polar(side[1] * (1 + grey), side[2]) for side in (one, other))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0
    lightness, chroma = (one[0] + other[0]) / 2, (c1 + c2) / 2
    hue = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    tone = (1 - 0.17 * cosine(hue - 30) + 0.24 * cosine(2 * hue) + 0.32 * cosine(3 * hue + 6)
            - 0.2 * cosine(4 * hue - 63))
    part_l = (other[0] - one[0]) / (1 + 0.015 * (lightness - 50) ** 2 / math.sqrt(20 + (lightness - 50) ** 2))
    part_c = (c2 - c1) / (1 + 0.045 * chroma)
    part_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / (1 + 0.015 * chroma * tone)
    rotation = -2 * math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7)) * math.sin(
        math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2))))
    return math.sqrt(part_l ** 2 + part_c ** 2 + part_h ** 2 + rotation * part_c * part_h)


def polar(a: float, b: float) -> tuple[float, float]:
    return math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def cosine(degrees: float) -> float:
    return math.cos(math.radians(degrees))


def still(suite: Suite, worlds: Worlds) -> None:
    """Nothing is animated for those who asked for reduced motion; each state has a shape of its own."""
    moving = 0
    tab = worlds.tab(worlds.bank.url, reduced_motion="reduce")
    try:
        for path in test_dashboard.PAGES:
            tab.page.goto(tab.base + path, wait_until="commit")
            tab.page.wait_for_selector("main h1")
            moving += tab.page.evaluate(MOVING)
            ready(tab.page)
            moving += tab.page.evaluate(MOVING)
    finally:
        tab.close()
    suite.add("animations under reduced motion", "", [moving], at_most=0,
              note=f"{len(test_dashboard.PAGES)} pages, while loading and loaded")


MOVING = """document.getAnimations()
    .filter(one => one.playState === 'running' && one.effect.getTiming().duration > 20).length"""
