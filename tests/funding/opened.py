"""Follows the amounts of a page: what each opens must add up to it."""

import re
from html import unescape

LINK = re.compile(r'<a href="([^"]+)"[^>]*>(-?[\d\u202f\xa0]+,\d\d(?:\xa0€)?)</a>')
SUM = re.compile(r"La somme des mouvements est <strong>([^<]+)</strong>")


def amounts(text, inside=""):
    """(address, amount as it is written) of each amount that opens some page."""
    found = [(unescape(url), shown) for url, shown in LINK.findall(text)]
    return [(url, shown) for url, shown in found if inside in url]


def check_transfers(client, text):
    """Each amount that opens transfers equals their sum; the addresses are given back."""
    pairs = amounts(text, "/mouvements/")
    for url, shown in pairs:
        response = client.get(url)
        assert response.status_code == 200, url
        [total] = SUM.findall(response.content.decode())
        assert total == shown, url
    return [url for url, _ in pairs]
