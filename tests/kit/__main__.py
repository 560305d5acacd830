"""python -m tests.kit: writes docs/rules.md."""

from tests.kit.page import PAGE, page

PAGE.write_text(page(), encoding="utf-8")
print(f"{PAGE} written")
