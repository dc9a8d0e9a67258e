"""MkDocs events, handed on to the engine."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemBytecodeCache
from lecture.base.errors import LectureError
from lecture.base.project import Project
from lecture.preview.linking import link_media
from lecture.preview.log import forgive_warnings, quieten
from lecture.preview.preview import Preview
from lecture.render.accessibility import improve
from lecture.render.history import History, read_history
from lecture.render.kept import Kept, listen
from lecture.render.lightness import lighten
from lecture.render.reading_time import ReadingTimes, with_times
from lecture.render.repository import improve_links
from lecture.render.search_entries import SearchEntries, is_unused, with_our_search
from lecture.run.edition import stands
from lecture.site.facts import linked_pages, page_facts
from lecture.site.notebooks import as_page, with_notebook
from lecture.site.once import rendering_once
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

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
    if PREVIEW.is_on:
        link_media(files)
    return files


def on_pre_page(page: Page, *, config: MkDocsConfig, files: Files) -> Page:
    """Have a page rendered only where it is not as an earlier build has left it."""
    if page.file.src_uri.endswith(".md"):
        page.render = rendering_once(page, BUILD[0].kept)  # as plugins do, too
    if page.file.src_uri.startswith("generated/"):
        page.edit_url = None  # in no repository
    if page.is_homepage and config.site_url:
        page.canonical_url = config.site_url  # one page, one address
    return page


def on_page_content(
    html: str, *, page: Page, config: MkDocsConfig, files: Files, **_: object
) -> str:
    """Finish a page, and take it up into the search."""
    if page.file.src_uri.endswith(".ipynb"):
        html = as_page(html, page, files, BUILD[0].kept)
    else:
        html = with_notebook(html, page, config, files)
    BUILD[0].times.know(page.file.src_uri, html)
    search = page.meta.get("search") or {}
    if not search.get("exclude"):
        BUILD[0].entries.add(page.url, str(page.title), html, search.get("boost", 1))
    page.meta["search"] = {"exclude": True}  # from the theme's own index
    return PREVIEW.marked(html, page.file.src_uri)


def on_page_context(
    context: dict[str, Any], *, page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    """Give the templates of theme/ what a page says of itself."""
    history, is_public = BUILD[0].history, not PREVIEW.is_on
    context["about"] = page_facts(page, config, history, is_public=is_public)
    context["history"] = history
    return context


def on_template_context(
    context: dict[str, Any], *, template_name: str, config: MkDocsConfig
) -> dict[str, Any]:
    """Give the templates that are no pages what git tells of those that are."""
    history = BUILD[0].history
    feed = history.entries(linked_pages(context["pages"]))
    context.update(history=history, feed=feed)
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
