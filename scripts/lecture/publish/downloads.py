"""Downloads: the list of files that a page offers."""

import html
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lecture.base.products import Product
from lecture.collect.artefact import Artefact
from lecture.publish.fragments import written
from lecture.publish.kinds import SHOWN
from lecture.publish.pages import DOCS


def downloads_fragment(
    page: str,
    artefacts: Iterable[Artefact],
    products: Mapping[str, Product],
    *,
    modules: Iterable[str] = (),
    results: Iterable[str] = (),
    programs: Iterable[str] = (),
) -> str:
    """Return the list of a page's files: programs, modules, results, tables, figures.

    products: by the artefact's name. programs, modules and results: file names in
    generated/<page>/.
    """
    files = [(name, _program_kind(name)) for name in programs]
    files += [(name, "코드") for name in modules]
    files += [(name, "실험 결과") for name in results]
    files += _drawn(artefacts, products)
    items = "".join(_item(page, file, what) for file, what in files)
    return (
        '<details class="downloads" data-search-exclude markdown>\n'
        "<summary>코드와 결과 내려받기</summary>\n\n"
        f"{items}\n</details>\n"
    )


def _program_kind(name: str) -> str:
    kinds = {".ipynb": "노트북", ".py": "노트북과 같은 파이썬 파일"}
    return kinds.get(Path(name).suffix, "그림의 한글에 쓰는 글꼴")


def _drawn(
    artefacts: Iterable[Artefact], products: Mapping[str, Product]
) -> Iterator[tuple[str, str]]:
    for artefact in (a for a in artefacts if a.name in products and a.kind in SHOWN):
        kind = SHOWN[artefact.kind]
        for file in kind.downloads(products[artefact.name]):
            yield file, f"{kind.noun}: {written(artefact.caption)}"


def _item(page: str, file: str, what: str) -> str:
    # Raw HTML: MkDocs would turn a Markdown link to a notebook into one to its page.
    place = f"{DOCS}generated/{page}/{file}"
    return f'- <a href="{place}" download>{html.escape(file)}</a> {what}\n'
