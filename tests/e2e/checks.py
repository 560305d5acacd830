"""The nine checks of a page, each answering with what is wrong."""

import re

import html5lib
from axe_playwright_python.sync_playwright import Axe

FOLD, LIMIT, MILLISECONDS = 420, 150_000, 5_000
TOKEN = re.compile(r'name="(csrfmiddlewaretoken|key)" value="[^"]+"')
INLINE = re.compile(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)")
MEASURE = """() => {
  const SEEN = {visibilityProperty: true};
  const levels = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")]
    .filter((one) => one.checkVisibility(SEEN) || one.classList.contains("fr-sr-only"))
    .map((one) => Number(one.tagName[1]));
  const primary = [...document.querySelectorAll("main .fr-btn")].filter((one) =>
    one.checkVisibility(SEEN) && !/fr-btn--(secondary|tertiary|close)/.test(one.className));
  const row = document.querySelector("main tbody tr");
  const root = document.documentElement;
  return {levels, primary: primary.length, wide: root.scrollWidth - root.clientWidth,
          row: row ? row.getBoundingClientRect().top + window.scrollY : null,
          violations: window.violations, dialogs: document.querySelectorAll("dialog").length};
}"""


# Pictures wait to be near the screen: asked for now, each must draw something.
PICTURES = """() => Promise.all([...document.images].map((one) => {
    one.loading = "eager";
    return one.decode().then(() => "", () => `picture: ${one.src}`);
  })).then((found) => found.filter(Boolean))"""
# Said to the browser once for all its pages, instead of once a page.
AXE = Axe().axe_script
RUN = "() => axe.run(document, {resultTypes: ['violations']}).then((r) => r.violations)"


def accessibility(page):
    """1. axe, best practices included."""
    for violation in page.evaluate(RUN):
        nodes = [node["html"][:160] for node in violation["nodes"][:3]]
        yield f"axe {violation['id']}: {violation['help']} {nodes}"


def layout(found, *, is_list):
    """2. Nothing wider than the screen, the first row above the fold; 3. headings."""
    if found["wide"]:
        yield f"{found['wide']} px wider than the screen"
    if is_list and (found["row"] is None or found["row"] >= FOLD):
        yield f"first row at {found['row']} px"
    levels = found["levels"]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1"
    for before, after in zip(levels, levels[1:], strict=False):
        if after > before + 1:
            yield f"h{before} then h{after}"
    if found["primary"] > 1:
        yield f"{found['primary']} primary buttons"


def promptness(response):
    """8. Time to the first byte, whatever the number of rows."""
    waited = response.request.timing["responseStart"]
    if waited >= MILLISECONDS:
        yield f"{waited:.0f} ms before an answer"


def source(html):
    """6. A strict parse, nothing inline; 8. weight."""
    try:
        html5lib.HTMLParser(strict=True).parse(html)
    except html5lib.html5parser.ParseError as error:
        yield f"HTML: {error}"
    yield from (f"inline: {one!r}" for one in INLINE.findall(html))
    if len(html.encode()) >= LIMIT:
        yield f"{len(html.encode())} bytes of HTML"


def masked(html):
    return TOKEN.sub("", html)


def language(french, english):
    """5. The same page whatever the browser asks for."""
    if masked(french) != masked(english):
        yield "another page for an English browser"
