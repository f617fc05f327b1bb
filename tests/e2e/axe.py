"""What axe-core says of a page, and which parts of a page one look at it can stand for."""

import json
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.watching import DESK, PHONE

#: What a narrow screen can change: what is shown, how large it is and how it reads; the rest is in the document.
ON_A_PHONE = (
    "color-contrast",
    "target-size",
    "scrollable-region-focusable",
    "aria-hidden-focus",
    "button-name",
    "link-name",
    "label",
    "region",
)
_RUN = """async ([within, options]) =>
    (await axe.run(within ? {include: [[within]]} : document, options)).violations
        .filter(one => ['serious', 'critical'].includes(one.impact))
        .map(one => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`)"""
#: Marks every element with a text of its own that is shown.
_SHOWN = """() => { for (const one of document.body.querySelectorAll('*'))
    if ([...one.childNodes].some(part => part.nodeType === 3 && part.data.trim())
            && one.checkVisibility({visibilityProperty: true})) one.dataset.axeDesk = ''; }"""
#: Leaves two of each row (or item) that is built alike, an odd and an even one; returns how many went.
_THIN = """() => { let gone = 0;
    const shape = one => `${one.tagName}.${one.className}(${[...one.children].map(shape).join()})`;
    for (const list of document.querySelectorAll('main tbody, main ul, main ol, main select')) {
        const kept = {};
        [...list.children].forEach((one, number) => {
            const key = `${shape(one)}${number % 2}`;
            if (kept[key] && !one.id) { one.remove(); gone += 1; } else kept[key] = true; });
    } return gone; }"""
#: Marks the texts shown on one kind of screen only, those of the frame unless they are known; returns what it marked.
_DIFFERENT = """known => { const found = {desk: [], phone: []};
    for (const one of document.body.querySelectorAll('*')) {
        if (![...one.childNodes].some(part => part.nodeType === 3 && part.data.trim())) continue;
        const desk = 'axeDesk' in one.dataset, phone = one.checkVisibility({visibilityProperty: true});
        if (desk === phone) continue;
        const only = desk ? 'desk' : 'phone';
        const key = one.closest('main') ? '' : `${only} ${one.parentElement.className} ${one.tagName}.${one.className}`;
        if (key && known.includes(key)) continue;
        one.dataset.axeOnly = only; found[only].push(key);
    } return found; }"""


def serious(page: Page, *rules: str, within: str = "") -> list[str]:
    """What axe calls serious or critical, each with the first place; of the given rules, or of all."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(Axe().axe_script)
    options: dict[str, object] = {"resultTypes": ["violations"], "preload": False}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    found: list[str] = page.evaluate(_RUN, [within, options])
    return found


@dataclass
class Looks:
    """Looks at pages in light, in dark and on a phone; remembers which texts of the frame it has seen.

    Every rule on a desk in light; then, in dark and on a phone at once, the rules that one of the two can change.
    Colours depend on the element and on light or dark, not on the screen: what only one of the two screens shows is
    looked at there once more. Of rows built alike two are enough for the second look.
    """

    known: set[str] = field(default_factory=set)

    def at(self, page: Page) -> dict[str, list[str]]:
        """All faults by where they were seen; the page is shown on a desk in light."""
        faults = {"light": serious(page)}
        page.evaluate(_SHOWN)
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(PHONE)
        expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
        width = page.evaluate("document.documentElement.scrollWidth")
        faults["wider than a phone"] = [] if width <= PHONE["width"] else [f"{width}"]
        page.evaluate(_THIN)
        faults["dark, on a phone"] = serious(page, *ON_A_PHONE)
        different = page.evaluate(_DIFFERENT, sorted(self.known))
        for only, scheme, size in (("phone", "light", PHONE), ("desk", "dark", DESK)):
            if different[only]:
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size(size)
                expect(page.locator("html")).to_have_attribute("data-bs-theme", scheme)
                faults[f"only on a {only}"] = serious(
                    page, "color-contrast", within=f"[data-axe-only={json.dumps(only)}]"
                )
                if not faults[f"only on a {only}"]:
                    self.known |= {key for key in different[only] if key}
        return {where: found for where, found in faults.items() if found}
