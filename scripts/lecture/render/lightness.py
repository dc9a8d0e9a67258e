"""Lightness: what a page need not fetch, and what it need not wait for."""

import re

# Material knows a first visitor's scheme only when its script at the end has run: until
# then a dark page is light, and fetches a light figure.
_SAVED = 'var palette=__md_get("__palette");'
_AUTOMATIC = '{color:{media:"(prefers-color-scheme)"}}'
# Figures wait until they come near. The first one is often what a page opens with; it
# starts at once, in the page's scheme alone.
_FIRST = re.compile(r'(?:<img [^>]*#only-(?:light|dark)"[^>]*>\s*){2}')
_AT_ONCE = (
    "<script>{const s=document.currentScript,"
    'dark=document.body.dataset.mdColorScheme=="slate",'
    'i=s.parentElement.querySelectorAll("img")[+dark];'
    'i.loading="eager";i.fetchPriority="high";s.remove()}</script>'
)


def lighten(page: str) -> str:
    """Return a whole page's HTML, with the scheme known and the first figure begun."""
    known = page.replace(_SAVED, f"{_SAVED[:-1]}||{_AUTOMATIC};")
    return _FIRST.sub(lambda found: found[0] + _AT_ONCE, known, count=1)
