"""MkDocs events, handed on to the engine."""

import json
from pathlib import Path

from lecture.accessibility import improve
from lecture.files import write_if_changed
from lecture.notebook_page import improve_notebook
from markdown.extensions.toc import nest_toc_tokens
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc


def on_page_content(html: str, *, page: Page, **_: object) -> str:
    """Mend a notebook's page, and leave it out of the search: its lab says the same."""
    if not page.file.src_uri.endswith(".ipynb"):
        return html
    content, headings = improve_notebook(html)
    page.toc = get_toc(nest_toc_tokens(headings))
    page.meta["search"] = {"exclude": True}
    return content


def on_post_page(output: str, **_: object) -> str:
    return improve(output)


def on_post_template(output: str, *, template_name: str, **_: object) -> str:
    return improve(output) if template_name.endswith(".html") else output


def on_post_build(config: MkDocsConfig) -> None:
    """Write the search index as UTF-8: Material escapes Hangul to twice its size."""
    index = Path(config.site_dir) / "search" / "search_index.json"
    entries = json.loads(index.read_text(encoding="utf-8"))
    write_if_changed(
        index, json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    )
