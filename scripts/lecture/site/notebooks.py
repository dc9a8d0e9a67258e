"""The pages of notebooks among those of the site, each beside the page it runs."""

from pathlib import Path
from typing import Any

from markdown.extensions.toc import nest_toc_tokens
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

from lecture.base.files import write_if_changed
from lecture.render.colab import colab_url, under_heading, with_button
from lecture.render.kept import Kept
from lecture.render.notebook_page import Mended, improve_notebook
from lecture.render.notebook_pictures import drawn_pictures


def with_notebook(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Return a page's HTML with a button that opens its notebook, if it has one."""
    slug = page.file.name
    if files.get_file_from_path(f"generated/{slug}/{slug}.ipynb"):
        return with_button(html, colab_url(config.repo_url, slug))
    return html


def as_page(html: str, page: Page, files: Files, kept: Kept) -> str:
    """Mend a notebook's page, and leave it out of the search: its lab says the same."""
    mended = _mended(html, page, kept)
    headings: list[Any] = [dict(one) for one in mended.headings]  # is given parents
    page.toc = get_toc(nest_toc_tokens(headings))
    page.meta["search"] = {"exclude": True}
    home = _home(page, files)
    if home is None:
        return mended.content
    page.canonical_url = home.canonical_url
    page.meta["description"] = f"{home.title}: 코드를 차례로 실행한 노트북입니다."
    back = get_relative_url(home.url, page.url)
    link = f'<a href="{back}">이 실습의 쪽으로 돌아가기</a>'
    return under_heading(mended.content, link)


def _home(page: Page, files: Files) -> Page | None:
    """Return the page that a notebook runs the code of."""
    pages = (one for one in files.documentation_pages() if one.name == page.file.name)
    return next((one.page for one in pages if one.src_uri.endswith(".md")), None)


def _mended(html: str, page: Page, kept: Kept) -> Mended:
    """Mend a notebook's page, and write the pictures that it alone has beside it."""
    drawn = drawn_pictures(Path(page.file.abs_src_path or "").parent)
    text = f"{sorted(drawn.items())} {html}"
    mended = kept.recall("notebook", text, lambda: improve_notebook(html, drawn))
    for name, picture in mended.pictures.items():
        write_if_changed(Path(page.file.abs_dest_path).parent / name, picture)
    return mended
