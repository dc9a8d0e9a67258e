"""Accessibility: what Material's HTML lacks for a reader who does not see the page.

What exists only in the browser (scrolling tables, code tools) is mended by
docs/javascripts/accessibility.js.
"""

import re

_UNNAMED_SEARCH = re.compile(r'(<div class="md-search"[^>]*role="dialog")(?=>)')


def improve(page: str) -> str:
    """Return a whole page's HTML with the names that assistive technology needs.

    The Tab key passes by the permalinks: the contents hold the same addresses.
    """
    page = page.replace('<a class="headerlink"', '<a class="headerlink" tabindex="-1"')
    return _UNNAMED_SEARCH.sub(r'\1 aria-label="검색"', page)
