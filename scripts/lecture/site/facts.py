"""What the templates of theme/ are told: of a page, and of the site's history."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from lecture.render.about import About, Home, about
from lecture.render.cards import Card, Shown, first_figure, made_card
from lecture.render.history import History, Linked


def page_facts(
    page: Page, config: MkDocsConfig, history: History, *, is_public: bool
) -> About:
    """Return what a page says of itself; its card only where others may come for it."""
    url = page.canonical_url or ""
    home = Home(config.site_name, config.site_author or "", config.repo_url or "")
    changed = history.last(page.file.name)
    facts = about(page.file.name, str(page.title), url, home, changed)
    if not is_public or not config.site_url:
        return facts
    return replace(facts, card=_card(page, config, config.site_url))


def _card(page: Page, config: MkDocsConfig, site_url: str) -> Card | None:
    figure = first_figure(page.content or "", page.url)
    if not figure and (default := config.extra.get("card")):
        figure = Shown(**default)
    return made_card(figure, Path(config.site_dir), site_url) if figure else None


def linked_pages(files: Iterable[File]) -> dict[str, Linked]:
    """Return the titles and addresses of the pages that authors write, by name."""
    return {
        file.name: Linked(str(file.page.title), file.page.canonical_url or "")
        for file in files
        if file.page and file.src_uri.endswith(".md")
    }
