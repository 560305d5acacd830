"""Copies of published.toml with other values, and a territory small enough for tests."""

import re

from seeds.targets import PUBLISHED

SMALL = {
    "62-structures": 17,
    "62-structures-aci": 7,
    "62-structures-ai": 4,
    "62-structures-ei": 4,
    "62-structures-etti": 2,
    "62-structures-created": 1,
    "62-etp-2019": 300,
    "62-etp-growth-2019": 20,
    "62-entries-2019": 800,
    "62-aid-2019": 3_800_000,
    "62-aid-erbm-2019": 200_000,
    "62-aid-pauvrete-2019": 50_000,
    "62-aid-pauvrete-full-year": 100_000,
}


def copy_with(folder, values):
    """A copy of published.toml where these figures, by code, have other values."""
    text = PUBLISHED.read_text(encoding="utf-8")
    for code, value in values.items():
        pattern = rf'(code = "{code}"\n(?:(?!value = ).*\n)+value = ).*'
        text, changed = re.subn(pattern, rf"\g<1>{value}", text)
        assert changed == 1, code
    path = folder / "published.toml"
    path.write_text(text, encoding="utf-8")
    return path
