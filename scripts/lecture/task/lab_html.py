"""HTML that a lab has put out, made harmless for the page that will show it."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString
from soupsieve import SelectorSyntaxError

_TAGS = re.compile(
    r"a|abbr|b|blockquote|br|caption|center|code|col|colgroup|dd|del|details|div|dl|dt|"
    r"em|font|h[1-6r]|i|img|ins|kbd|li|mark|ol|p|pre|q|s|samp|small|span|strong|sub|"
    r"summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var"
)
_ATTRIBUTES = re.compile(
    r"align|alt|colspan|color|height|href|rowspan|scope|src|start|style|title|width|"
    r"valign"
)
_WRAPPERS = ("html", "body")
_PROPERTIES = re.compile(
    r"(?:background-color|color|font-(?:family|size|style|weight)|line-height|"
    r"text-(?:align|decoration)|vertical-align|white-space|(?:min-|max-)?width|"
    r"(?:border|padding|margin)(?:-\w+)*)"
)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_LINK = re.compile(r"https?://|mailto:")
_PICTURE = re.compile(r"data:image/")


class NotShownError(Exception):
    """An output holds what no page can show; the message names it."""


def safe_html(source: str) -> str:
    """Return HTML of harmless elements alone, styles moved into the elements.

    What only serves scripts and styles (ids, classes) goes. Raises NotShownError for
    scripts, forms, frames, and whatever lies outside of the output itself.
    """
    soup = BeautifulSoup(source, "html.parser")
    for wrapper in soup.find_all(_WRAPPERS):
        wrapper.unwrap()
    for text in soup.find_all(string=lambda s: isinstance(s, PreformattedString)):
        text.extract()  # comments, doctypes
    for style in soup.find_all("style"):
        _inline(soup, style)
    for tag in soup.find_all(True):
        if not _TAGS.fullmatch(tag.name):
            raise NotShownError(f"<{tag.name}>")
        tag.attrs = dict(_kept(tag))
    return str(soup).strip()


def is_coloured_text(html: str) -> bool:
    """Tell whether HTML is only text in colours, as rich prints it into a notebook."""
    tags = BeautifulSoup(html, "html.parser").find_all(True)
    return bool(tags) and all(tag.name in ("pre", "span", "code", "b") for tag in tags)


def _inline(soup: BeautifulSoup, style: Tag) -> None:
    """Move the rules of a style sheet into the elements that they are about."""
    for selector, rule in _RULE.findall(style.extract().get_text()):
        if ".dataframe" in selector:  # pandas' usual one: the site has its own
            continue
        try:
            chosen = soup.select(selector.strip())
        except (SelectorSyntaxError, NotImplementedError):
            raise NotShownError("<style>") from None
        for tag in chosen:
            tag["style"] = f"{tag.get('style', '')};{rule}"


def _kept(tag: Tag) -> Iterator[tuple[str, str]]:
    for name, value in tag.attrs.items():
        text = str(value)
        if name.startswith("on"):
            raise NotShownError(f"{name}=")
        if name == "href" and not _LINK.match(text):
            raise NotShownError(f'href="{text}"')
        if name == "src" and not _PICTURE.match(text):
            raise NotShownError(f'src="{text}"')
        if name == "style":
            text = _safe_style(text)
        if _ATTRIBUTES.fullmatch(name) and text:
            yield name, text


def _safe_style(style: str) -> str:
    pairs = (rule.partition(":") for rule in style.split(";"))
    kept = [
        f"{name.strip()}: {value.strip()}"
        for name, _, value in pairs
        if _PROPERTIES.fullmatch(name.strip())
        if value.strip() and not re.search(r"url|expression|[\\@<]", value)
    ]
    return "; ".join(kept)
