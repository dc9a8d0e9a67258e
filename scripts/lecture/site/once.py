"""MkDocs renders a page only where it is not as an earlier build has left it."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from lecture.base.files import digest_of
from lecture.render.kept import Kept, Leaf, resolved
from lecture.render.rendered import MISTAKE

Render = Callable[[MkDocsConfig, Files], None]


def rendering_once(page: Page, kept: Kept) -> Render:
    """Return what MkDocs may call in place of a page's own `render`."""
    render: Render = page.render

    def render_once(config: MkDocsConfig, files: Files) -> None:
        question = _question(page, config, files)
        leaf = kept.leaf(question, lambda: _rendered(page, render, config, files))
        page.content, page.toc, page.title = leaf.content, leaf.toc, leaf.title
        page.present_anchor_ids = leaf.anchors
        links = (leaf.links or {}).items()
        found = ((files.get_file_from_path(uri), anchors) for uri, anchors in links)
        page.links_to_anchors = {file: anchors for file, anchors in found if file}

    return render_once


def _question(page: Page, config: MkDocsConfig, files: Files) -> str:
    """Return all that a page's HTML depends on, besides the files that it opens.

    A page without a mistake looks the same in a live preview.
    """
    settings = resolved(Path(config.config_file_path).read_text("utf-8"), os.environ)
    there = sorted(f"{file.src_uri} {file.inclusion}" for file in files)
    parts = (page.file.src_uri, settings, page.markdown, page.title)
    return f"page {digest_of(repr((*parts, there)).encode())}"


def _rendered(
    page: Page, render: Render, config: MkDocsConfig, files: Files
) -> tuple[Leaf, bool]:
    """Render a page; say whether it was without a warning, and may thus be kept."""
    warnings = CountHandler(level=logging.WARNING)
    logging.getLogger("mkdocs").addHandler(warnings)
    try:
        render(config, files)
    finally:
        logging.getLogger("mkdocs").removeHandler(warnings)
    content, links = page.content or "", page.links_to_anchors or {}
    told = {file.src_uri: found for file, found in links.items()}
    leaf = Leaf(content, page.toc, page.title, page.present_anchor_ids, told)
    return leaf, not warnings.counts and MISTAKE not in content
