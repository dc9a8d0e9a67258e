"""Captions for the figures of a notebook: on a page every figure says what it shows."""

import ast
import re
from collections.abc import Iterable, Iterator

from lecture.begin.syntax import parsed

_PLOTS = re.compile(
    r"\bplt\.(?!rc|style)|\bsns\.|\.(?:plot|hist|imshow|show|boxplot|scatter|bar)\b"
    r"|\bplot_\w+\(|Display\b|\bImage\("
)
_TITLES = ("suptitle", "title", "set_title")  # the first that is there once
_UNFIT = re.compile(r"[\"\[\]{}$`#|<>\\*]|\b\w+=")  # nothing of a marker or of markup


def plotting_functions(sources: Iterable[str]) -> frozenset[str]:
    """Return the functions of a notebook that draw."""
    found = (node for source in sources for node in ast.walk(parsed(source)))
    functions = (node for node in found if isinstance(node, ast.FunctionDef))
    return frozenset(f.name for f in functions if _PLOTS.search(ast.unparse(f)))


def draws(source: str, functions: frozenset[str]) -> bool:
    """Tell whether a cell may show a figure."""
    called = re.findall(r"\b(\w+)\(", source)
    return bool(_PLOTS.search(source) or functions.intersection(called))


def caption(source: str, heading: str) -> str:
    """Return what a cell's figure shows: its own title, a comment, or the heading."""
    candidates = (*_titles(source), _comment(source), heading)
    clean = (" ".join(_UNFIT.sub(" ", one).split()) for one in candidates)
    return next(filter(None, clean), "그림")


def _titles(source: str) -> Iterator[str]:
    calls = [n for n in ast.walk(parsed(source)) if isinstance(n, ast.Call)]
    for name in _TITLES:
        named = [c for c in calls if getattr(c.func, "attr", "") == name and c.args]
        texts = [a.value for c in named if isinstance(a := c.args[0], ast.Constant)]
        if len(named) == 1 and texts and isinstance(texts[0], str):
            yield texts[0]


def _comment(source: str) -> str:
    """Return the comment with which a cell begins."""
    first = source.lstrip().split("\n")[0]
    is_words = first.startswith("#") and not re.match(r"#\s*(?:[!%]|pass\b)", first)
    return first.lstrip("# ") if is_words else ""
