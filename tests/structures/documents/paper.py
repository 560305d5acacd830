"""Paper that comes back: pages printed, scanned askew, grainy, in any order."""

from functools import cache
from io import BytesIO

import pypdfium2
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import NullObject

DOTS = 150
POINTS = 72
WHITE = 255
TURNS = (
    *(None, Image.Transpose.ROTATE_90),
    *(Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270),
)


def pages_of(content):
    """Pictures of the pages of a PDF, as a printer would leave them."""
    document = pypdfium2.PdfDocument(content)
    return [
        page.render(scale=DOTS / POINTS, grayscale=True).to_pil() for page in document
    ]


def scanned(picture, draw):
    """The same once in the scanner: turned, askew, grainy, not quite white."""
    turn = draw.choice(TURNS)
    picture = picture if turn is None else picture.transpose(turn)
    picture = picture.rotate(draw.uniform(-3, 3), fillcolor=WHITE)
    left, top = draw.randrange(99), draw.randrange(99)
    width, height = picture.size
    noise = grain().crop((left, top, left + width, top + height))
    return Image.blend(picture, noise, 0.12)


@cache
def grain():
    """Larger than any page: each takes another piece of it."""
    return Image.effect_noise((2_000, 2_000), 60)


def blank(draw):
    return scanned(Image.new("L", (1240, 1754), WHITE), draw)


def bound(pictures):
    """One PDF of pictures, as a scanner sends it."""
    target = BytesIO()
    first, *rest = pictures
    first.save(
        target,
        "PDF",
        save_all=True,
        append_images=rest,
        resolution=DOTS,
        quality=60,
    )
    return target.getvalue()


def with_damaged_page(content, index):
    """The same file, where one page is no longer a page."""
    writer = PdfWriter(clone_from=BytesIO(content))
    kids = writer._root_object["/Pages"]["/Kids"]
    kids[index] = writer._add_object(NullObject())
    target = BytesIO()
    writer.write(target)
    return target.getvalue()
