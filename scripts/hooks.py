"""MkDocs events, handed on to the engine."""

import json
from pathlib import Path
from typing import Literal

from lecture.base.errors import LectureError
from lecture.base.files import write_if_changed
from lecture.render.accessibility import improve
from lecture.render.colab import colab_url, under_heading, with_button
from lecture.render.notebook_page import improve_notebook
from lecture.render.preview import Preview, redraw, watch
from markdown.extensions.toc import nest_toc_tokens
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

ROOT = Path(__file__).resolve().parents[1]
PREVIEW = Preview()  # MkDocs tells of it once, and asks again at each build
_EXTENSIONS = ("lecture.numbers", "lecture.mathematics", "lecture.glossary")


def on_startup(command: Literal["build", "gh-deploy", "serve"], **_: object) -> None:
    """Draw what pages include; a build stops here when something is not true."""
    PREVIEW.is_on = command == "serve"
    if not redraw(ROOT) and not PREVIEW.is_on:
        raise Abort("노트가 초록이 아니어서 사이트를 만들지 않았습니다.")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """In a live preview, show an author's mistake on its page instead of stopping."""
    if PREVIEW.is_on:
        for extension in _EXTENSIONS:
            config.mdx_configs.setdefault(extension, {})["errors"] = "show"
    return config


def on_build_error(error: Exception, **_: object) -> None:
    """End with the author's mistake, not with a traceback of ours."""
    if isinstance(error, LectureError):
        raise Abort(str(error)) from None


def on_serve(server: LiveReloadServer, **_: object) -> LiveReloadServer:
    watch(ROOT)
    return server


def on_page_content(
    html: str, *, page: Page, config: MkDocsConfig, files: Files, **_: object
) -> str:
    """Mend a notebook's page, and leave it out of the search: its lab says the same."""
    slug = Path(page.file.src_uri).stem
    if not page.file.src_uri.endswith(".ipynb"):
        if files.get_file_from_path(f"generated/{slug}/{slug}.ipynb"):
            return with_button(html, colab_url(config.repo_url, slug))
        return html
    content, headings = improve_notebook(html)
    page.toc = get_toc(nest_toc_tokens(headings))
    page.meta["search"] = {"exclude": True}
    pages = (file for file in files.documentation_pages() if file.name == slug)
    home = next((one for one in pages if one.src_uri.endswith(".md")), None)
    if home is None:
        return content
    back = get_relative_url(home.url, page.url)
    return under_heading(content, f'<a href="{back}">이 실습의 쪽으로 돌아가기</a>')


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
