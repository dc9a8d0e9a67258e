"""MkDocs events, handed on to the engine."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemBytecodeCache
from lecture.base.errors import LectureError
from lecture.base.files import digest_of, write_if_changed
from lecture.base.project import Project
from lecture.preview.log import forgive_warnings, quieten
from lecture.preview.preview import Preview
from lecture.render.about import Home, about
from lecture.render.accessibility import improve
from lecture.render.cards import Card, Shown, first_figure, made_card
from lecture.render.colab import colab_url, under_heading, with_button
from lecture.render.history import History, Linked, read_history
from lecture.render.kept import Kept, Leaf, listen, resolved
from lecture.render.lightness import lighten
from lecture.render.notebook_page import Mended, improve_notebook
from lecture.render.notebook_pictures import drawn_pictures
from lecture.render.reading_time import ReadingTimes, with_times
from lecture.render.rendered import MISTAKE
from lecture.render.repository import improve_links
from lecture.render.search_entries import SearchEntries, is_unused, with_our_search
from lecture.run.edition import stands
from markdown.extensions.toc import nest_toc_tokens
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import CountHandler, get_relative_url

ROOT = Path(__file__).resolve().parents[1]
PREVIEW = Preview(Project(ROOT))  # MkDocs tells of it once, and asks at each build
OPENED = listen(Project(ROOT))  # Python tells of files for as long as it runs
BUILD: list["Build"] = []  # the one under way
_EXTENSIONS = ("lecture.numbers", "lecture.mathematics", "lecture.glossary")


def on_startup(command: Literal["build", "gh-deploy", "serve"], **_: object) -> None:
    """Draw what pages include; a build stops here when something is not true."""
    quieten(ends=command == "serve")
    if command == "serve":
        PREVIEW.begin()
    elif not stands(Project(ROOT)) and not _redraw():
        raise Abort("노트가 초록이 아니어서 사이트를 만들지 않았습니다.")


def _redraw() -> bool:
    """Draw from the results at hand, never train; tell whether all is green.

    Only what is wrong is said: MkDocs has the word.
    """
    command = [sys.executable, str(ROOT / "scripts" / "build.py"), "draw"]
    drawn = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    return drawn.returncode == 0


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """In a live preview, show an author's mistake on its page instead of stopping."""
    if PREVIEW.is_on:
        forgive_warnings()
        for extension in _EXTENSIONS:
            config.mdx_configs.setdefault(extension, {})["errors"] = "show"
    return config


def on_build_error(error: Exception, **_: object) -> None:
    """End with the author's mistake, not with a traceback of ours."""
    if isinstance(error, LectureError):
        raise Abort(str(error)) from None


def on_serve(server: LiveReloadServer, **_: object) -> LiveReloadServer:
    return PREVIEW.server(server)


def on_env(env: Environment, *, config: MkDocsConfig, **_: object) -> Environment:
    """Keep the theme's templates as Python has compiled them.

    Those that need an address of the site are left out where none is known.
    """
    if not config.site_url:
        config.theme.static_templates -= {"sitemap.xml", "robots.txt", "feed.xml"}
    folder = Project(ROOT).cache / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(folder))
    return env


@dataclass(frozen=True)
class Build:
    """What one build of the site knows from those before."""

    kept: Kept
    entries: SearchEntries
    times: ReadingTimes
    history: History


def on_pre_build(**_: object) -> None:
    kept = Kept(Project(ROOT), OPENED)
    entries, times = SearchEntries(kept.memory), ReadingTimes(kept)
    BUILD[:] = [Build(kept, entries, times, read_history(ROOT))]


def on_files(files: Files, **_: object) -> Files:
    for file in [file for file in files if is_unused(file.dest_uri)]:
        files.remove(file)
    return files


def on_pre_page(page: Page, *, config: MkDocsConfig, files: Files) -> Page:
    """Have a page rendered only where it is not as an earlier build has left it."""
    if page.file.src_uri.endswith(".md"):
        page.render = partial(_render_once, page, page.render)  # as plugins do, too
    if page.file.src_uri.startswith("generated/"):
        page.edit_url = None  # in no repository
    if page.is_homepage and config.site_url:
        page.canonical_url = config.site_url  # one page, one address
    return page


def _render_once(
    page: Page, render: Callable[..., None], config: MkDocsConfig, files: Files
) -> None:
    leaf = BUILD[0].kept.leaf(
        _question(page, config, files), lambda: _rendered(page, render, config, files)
    )
    page.content, page.toc, page.title = leaf.content, leaf.toc, leaf.title
    page.present_anchor_ids = leaf.anchors
    found = (
        (files.get_file_from_path(uri), links) for uri, links in leaf.links.items()
    )
    page.links_to_anchors = {file: links for file, links in found if file}


def _question(page: Page, config: MkDocsConfig, files: Files) -> str:
    """Return all that a page's HTML depends on, besides the files that it opens.

    A page without a mistake looks the same in a live preview.
    """
    settings = resolved(Path(config.config_file_path).read_text("utf-8"), os.environ)
    there = sorted(f"{file.src_uri} {file.inclusion}" for file in files)
    parts = (page.file.src_uri, settings, page.markdown, page.title)
    return f"page {digest_of(repr((*parts, there)).encode())}"


def _rendered(
    page: Page, render: Callable[..., None], config: MkDocsConfig, files: Files
) -> tuple[Leaf, bool]:
    """Render a page; say whether it was without a warning, and may thus be kept."""
    warnings = CountHandler(level=logging.WARNING)
    logging.getLogger("mkdocs").addHandler(warnings)
    try:
        render(config, files)
    finally:
        logging.getLogger("mkdocs").removeHandler(warnings)
    links = {file.src_uri: found for file, found in page.links_to_anchors.items()}
    leaf = Leaf(page.content, page.toc, page.title, page.present_anchor_ids, links)
    return leaf, not warnings.counts and MISTAKE not in page.content


def on_page_content(
    html: str, *, page: Page, config: MkDocsConfig, files: Files, **_: object
) -> str:
    """Finish a page, and take it up into the search."""
    html = _finished(html, page, config, files)
    BUILD[0].times.know(page.file.src_uri, html)
    search = page.meta.get("search") or {}
    if not search.get("exclude"):
        BUILD[0].entries.add(page.url, str(page.title), html, search.get("boost", 1))
    page.meta["search"] = {"exclude": True}  # from the theme's own index
    return PREVIEW.marked(html, page.file.src_uri)


def _finished(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Mend a notebook's page, and leave it out of the search: its lab says the same."""
    slug = Path(page.file.src_uri).stem
    if not page.file.src_uri.endswith(".ipynb"):
        if files.get_file_from_path(f"generated/{slug}/{slug}.ipynb"):
            return with_button(html, colab_url(config.repo_url, slug))
        return html
    mended = _mended(html, page)
    page.toc = get_toc(nest_toc_tokens([dict(one) for one in mended.headings]))
    page.meta["search"] = {"exclude": True}
    pages = (file for file in files.documentation_pages() if file.name == slug)
    home = next((one for one in pages if one.src_uri.endswith(".md")), None)
    if home is None or home.page is None:
        return mended.content
    page.canonical_url = home.page.canonical_url
    page.meta["description"] = f"{home.page.title}: 코드를 차례로 실행한 노트북입니다."
    back = get_relative_url(home.url, page.url)
    link = f'<a href="{back}">이 실습의 쪽으로 돌아가기</a>'
    return under_heading(mended.content, link)


def _mended(html: str, page: Page) -> Mended:
    """Mend a notebook's page, and write the pictures that it alone has beside it."""
    drawn = drawn_pictures(Path(page.file.abs_src_path or "").parent)
    text = f"{sorted(drawn.items())} {html}"
    mended = BUILD[0].kept.recall(
        "notebook", text, lambda: improve_notebook(html, drawn)
    )
    for name, picture in mended.pictures.items():
        write_if_changed(Path(page.file.abs_dest_path).parent / name, picture)
    return mended


def on_page_context(
    context: dict[str, Any], *, page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    """Give the templates of theme/ what a page says of itself."""
    url = page.canonical_url or ""
    home = Home(config.site_name, config.site_author or "", config.repo_url or "")
    changed = BUILD[0].history.last(page.file.name)
    facts = about(page.file.name, str(page.title), url, home, changed)
    context["about"] = replace(facts, card=_card(page, config))
    context["history"] = BUILD[0].history
    return context


def _card(page: Page, config: MkDocsConfig) -> Card | None:
    """Return a page's card, where others may come for it."""
    if PREVIEW.is_on or not config.site_url:
        return None
    figure = first_figure(page.content or "", page.url)
    default = config.extra.get("card")
    if not figure and default:
        figure = Shown(**default)
    return figure and made_card(figure, Path(config.site_dir), config.site_url)


def on_template_context(
    context: dict[str, Any], *, template_name: str, config: MkDocsConfig
) -> dict[str, Any]:
    """Give the templates that are no pages what git tells of those that are."""
    pages = {
        file.name: Linked(str(file.page.title), file.page.canonical_url)
        for file in context["pages"]
        if file.page and file.src_uri.endswith(".md")
    }
    history = BUILD[0].history
    context.update(history=history, feed=history.entries(pages))
    if template_name == "404.html" and not config.site_url:
        context["base_url"] = "."  # from the folder of the site, at the least
    return context


def on_post_page(output: str, **_: object) -> str:
    timed = with_times(lighten(output), BUILD[0].times.minutes)
    return with_our_search(improve_links(improve(timed)))


def on_post_template(output: str, *, template_name: str, **_: object) -> str:
    return on_post_page(output) if template_name.endswith(".html") else output


def on_post_build(config: MkDocsConfig) -> None:
    BUILD[0].entries.write(Path(config.site_dir))
    BUILD[0].kept.memory.save()
