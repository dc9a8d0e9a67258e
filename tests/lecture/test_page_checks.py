"""What is wrong on pages is told before anything runs, all at once, with its place."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lecture.base.errors import PageError
from lecture.base.project import Project
from lecture.book.reading import read_book
from lecture.publish.page_checks import bound_errors, page_errors, unshown
from lecture.publish.pages import doc_pages, page_about

WriteProject = Callable[[dict[str, str]], Project]
MODULE = '''
cases_sweep = [dict(seed=seed) for seed in range(2)]


def experiment_fit():
    return {"loss": 0.5}


def experiment_sweep(seed=0):
    return {"loss": 0.5}


def figure_curve(fit):
    """손실 곡선입니다."""


def table_losses(fit):
    """손실의 표입니다."""


def claim_falls(fit):
    """손실은 줄어듭니다."""
    return True, "0.5"
'''
PAGE = """
# 내려가기

손실은 {{ descent.fit.loss }}이고 [](#curve)에 보입니다.

--8<-- "generated/descent/curve.md"

--8<-- "generated/descent/losses.md"

--8<-- "generated/descent/falls.md"
"""


@pytest.fixture
def notes(project: WriteProject) -> Project:
    return project({"snippets/descent.py": MODULE, "docs/descent.md": PAGE})


def errors(project: Project) -> list[str]:
    artefacts = read_book(project).artefacts
    return [str(e) for e in page_errors(project, doc_pages(project), artefacts)]


def error_of(project: Project, text: str, name: str = "docs/one.md") -> str:
    """Return the one error of a project with a page of that text."""
    path = project.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    (error,) = errors(project)
    return error


def test_page_is_right_though_nothing_has_run_yet(notes: Project) -> None:
    assert not notes.generated.exists()
    assert errors(notes) == []


@pytest.mark.parametrize("name", ["docs/one.md", "docs/part1/one.md", "docs/a/b/c.md"])
def test_page_in_a_sub_folder_is_checked_as_all_others(
    notes: Project, name: str
) -> None:
    told = error_of(notes, "# 하나\n\n손실은 0.25입니다.\n", name)
    assert told.startswith(f"{name}:3: `0.25`는 어떤 결과에도 묶이지 않은")


@pytest.mark.parametrize(
    ("text", "line", "what", "hint"),
    [
        ("{{ descnt.fit.loss }}", 1, "`snippets/descnt.py`가 없습니다", "descent"),
        ("{{ 내려.fit.loss }}", 1, "`snippets/내려.py`가 없습니다", "descent"),
        ("\n{{ descent.no.loss }}", 2, "`no` 실험이 없습니다", "이름: fit"),
        ("{{ descent.sweep.loss }}", 1, "경우마다 결과가", "experiment_summary"),
        ("{{ loss }}", 1, "`{{ loss }}`: 묶인 숫자로 읽을 수 없", "쪽.실험.키"),
        ("{{ descent fit }}", 1, "묶인 숫자로 읽을 수 없", "쪽.실험.키"),
        ("a\n{{ descent.fit\n.loss }}", 2, "두 줄에 걸쳐", "한 줄에"),
        ("{{ descent.fit.loss }}}", 1, "`{{ descent.fit.loss }}}`", "코드로"),
        ("{{{ descent.fit.loss }}", 1, "`{{{ descent.fit.loss }}`", "코드로"),
        ("{{ descent.fit.loss }", 1, "묶인 숫자로 읽을 수 없", "쪽.실험.키"),
        ("descent.fit.loss }}", 1, "묶인 숫자로 읽을 수 없", "쪽.실험.키"),
        ("$x = {{ descent.fit.a b }}$", 1, "묶인 숫자로 읽을 수 없", "쪽.실험.키"),
        ("# 손실 $x^2$", 1, "제목에는 수식을 쓸 수 없습니다: $x^2$", "말로"),
        ("[](#curv)", 1, "그런 그림, 표, 확인이 없", "쓸 수 있는 이름이 없"),
        ('--8<-- "generated/descent/curv.md"', 1, "curv.md`가 없습니다", "curve.md"),
        ('--8<-- "generated/descnt/curve.md"', 1, "없습니다", "generated/descent"),
        ('--8<-- "generated/descent/fit.md"', 1, "fit.md`가 없습니다", "이름"),
        ('- --8<-- "generated/descent/curve.md"', 1, "끼워 넣기로", "한 줄에"),
        ('--8<--"generated/descent/curve.md"', 1, "끼워 넣기로", "한 줄에"),
        ("---\nsources: 하나\n---\n\n글", 2, "`sources:`에는", "[T03, F04]"),
        ("---\nsources:\n  rule: T01\n---\n\n글", 3, "`rule`", "[T03, F04]"),
        ("---\ntitle: [\n---\n\n글", 1, "머리말을 읽을 수 없", "YAML"),
        ("---\ntitle: 'a {{ a.b.c }}'\n---\n\n글", 2, "머리말에는 묶인", "본문에"),
        ("---\ntitle: 정확도 93.5%\n---\n\n글", 2, "`93.5%`는", "말로 적거나"),
        ("---\ndescription: >-\n  손실은\n  0.25.\n---\n\n글", 4, "`0.25`", "머리말"),
        ("title: 정확도 0.9\n\n글", 1, "`0.9`는", "머리말"),
        ("\n[누름](javascript:alert(1))", 2, "스크립트인 링크", "https"),
        ('<a href="JavaScript:a()">누름</a>', 1, "스크립트인 링크", "https"),
        ("[누름][a]\n\n[a]: <javascript:a()>", 3, "스크립트인 링크", "https"),
    ],
)
def test_mistake_is_told_with_line_and_remedy(
    notes: Project, text: str, line: int, what: str, hint: str
) -> None:
    told, remedy = error_of(notes, f"{text}\n").split("\n  → ")
    assert told.startswith(f"docs/one.md:{line}: ")
    assert what in told
    assert hint in remedy


@pytest.mark.parametrize(
    "text",
    [
        "`{{ loss }}`와 ${{a}_i}$와 {하나}",
        "```text\n{{ loss }} 0.5\n```",
        "$\\eta = {{ descent.fit.loss }}$",
        "# `$x$`의 값",
        ';--8<-- "generated/descent/curv.md"',
        "---\nsources:\n# {{ 주석 }}\n---\n\n글",
        "`[x](javascript:a)`와 브라우저의 언어(JavaScript: 1995년)",
    ],
)
def test_what_only_looks_wrong_is_not_told(notes: Project, text: str) -> None:
    (notes.docs / "one.md").write_text(f"{text}\n", encoding="utf-8")
    assert errors(notes) == []


def test_page_that_is_no_utf8_is_told_and_hides_no_other(notes: Project) -> None:
    (notes.docs / "a.md").write_bytes("# 하나\n\n윈도의 글\n".encode("cp949"))
    (notes.docs / "b.md").write_bytes("\ufeff# 둘\r\n\r\n0.5와 {{ x }}\r\n".encode())
    first, second, third = errors(notes)
    assert first.startswith("docs/a.md:1: UTF-8로")
    assert second.startswith("docs/b.md:3: `0.5`는")
    assert third.startswith("docs/b.md:3: `{{ x }}`")


def test_every_error_of_every_kind_is_told_at_once(notes: Project) -> None:
    wrong = '{{ x }} [](#none)\n\n--8<-- "generated/x/y.md"\n\n0.5 {{ a.b.c }}\n'
    for name in ("a.md", "part/b.md"):
        (notes.docs / name).parent.mkdir(exist_ok=True)
        (notes.docs / name).write_text(wrong, encoding="utf-8")
    (notes.docs / "glossary.md").write_text("**가**\n\n**나**\n", encoding="utf-8")
    (notes.docs / "sources.toml").write_text('[topic]\nT01 = "가"\n', encoding="utf-8")
    told = errors(notes)
    assert [one.split(": ")[0] for one in told if "/a.md" in one] == [
        f"docs/a.md:{line}" for line in (3, 5, 1, 1, 5)
    ]
    assert sum("docs/part/b.md:" in one for one in told) == 5
    assert sum("docs/glossary.md:" in one for one in told) == 2
    assert sum("docs/sources.toml:1: `[topic]`" in one for one in told) == 1
    assert len(told) == 13


def test_braces_in_a_caption_are_told_with_the_line_of_the_module(
    project: WriteProject,
) -> None:
    wrong = MODULE.replace("손실의 표입니다.", "{{ loss }}와 {{ descent.no.loss }}")
    bound = wrong.replace("손실 곡선입니다.", "{{ descent.fit.loss }}의 곡선.")
    notes = project({"snippets/descent.py": bound, "docs/descent.md": PAGE})
    first, second = errors(notes)
    line = bound.strip().split("\n").index("def table_losses(fit):") + 1
    assert first.startswith(f"snippets/descent.py:{line}: `{{{{ loss }}}}`")
    assert second.startswith(f"snippets/descent.py:{line}: `{{{{ descent.no.loss }}}}`")


def test_script_in_a_caption_is_told_with_the_line_of_the_module(
    project: WriteProject,
) -> None:
    wrong = MODULE.replace("손실의 표입니다.", "[표](javascript:a())입니다.")
    notes = project({"snippets/descent.py": wrong, "docs/descent.md": PAGE})
    (told,) = errors(notes)
    line = wrong.strip().split("\n").index("def table_losses(fit):") + 1
    assert told.startswith(f"snippets/descent.py:{line}: `(javascript:a`")


def test_same_name_twice_on_a_page_is_told_with_the_second_line(notes: Project) -> None:
    twice = '--8<-- "generated/descent/curve.md"\n' * 2
    assert error_of(notes, twice).startswith("docs/one.md:2: `curve`를 한 쪽에 두 번")


def test_figures_of_a_lab_have_names_before_they_are_drawn(
    project: WriteProject,
) -> None:
    lab = '"""실습."""\n# %% 곡선 id="loss"\n1\n\n# %% 둘째\n2\n'
    page = '[](#loss) [](#cell-2) [](#cell-3)\n\n--8<-- "generated/lab/lab.md"\n'
    (told,) = errors(project({"snippets/lab.py": lab, "docs/lab.md": page}))
    assert told.startswith("docs/lab.md:1: `[](#cell-3)`")


def test_keys_and_formats_are_told_when_results_are_there(notes: Project) -> None:
    text = "{{ descent.fit.los }}\n\n{{ descent.fit.loss:d }}와 {{ descent.no.a }}\n"
    (notes.docs / "one.md").write_text(text, encoding="utf-8")
    artefacts = read_book(notes).artefacts
    told = bound_errors(
        notes, doc_pages(notes), artefacts, lambda page, experiment: {"loss": 0.5}
    )
    first, second = map(str, told)
    assert first.startswith("docs/one.md:1: `{{ descent.fit.los }}`")
    assert second.startswith("docs/one.md:3: `{{ descent.fit.loss:d }}`")


def test_result_that_cannot_be_read_hides_no_other_error(notes: Project) -> None:
    def values(page: str, experiment: str) -> object:
        raise PageError("깨졌습니다.", path="snippets/results/descent/fit.json")

    (notes.docs / "one.md").write_text("{{ descent.fit.a }}\n", encoding="utf-8")
    told = bound_errors(notes, doc_pages(notes), read_book(notes).artefacts, values)
    assert [str(error).split(": `")[0] for error in told] == [
        "docs/descent.md:3",
        "docs/one.md:1",
    ]


def test_artefact_on_no_page_is_named(notes: Project) -> None:
    artefacts = read_book(notes).artefacts
    assert unshown(doc_pages(notes), artefacts) == ()
    page = PAGE.replace("generated/descent/losses", "snippets/descent")
    (notes.docs / "descent.md").write_text(page, encoding="utf-8")
    assert [a.id for a in unshown(doc_pages(notes), artefacts)] == [
        "descent.table_losses"
    ]


def test_artefact_in_a_part_that_a_page_includes_is_shown(notes: Project) -> None:
    (notes.root / "mkdocs.yml").write_text("exclude_docs: /parts/\n", encoding="utf-8")
    (notes.docs / "parts").mkdir()
    (notes.docs / "descent.md").rename(notes.docs / "parts/all.md")
    (notes.docs / "one.md").write_text('[](#curve)\n\n--8<-- "parts/all.md"\n', "utf-8")
    pages = doc_pages(notes)
    assert [page.slug for page in pages] == ["one"]
    assert unshown(pages, read_book(notes).artefacts) == ()
    assert errors(notes) == []


def test_pages_are_what_mkdocs_renders(project: WriteProject) -> None:
    names = ("a", "part/b", "part/index", ".hidden/c", ".d", "drafts/e", "generated/f")
    files = {f"docs/{name}.md": f"# {name}\n" for name in (*names, "templates/g")}
    settings = "exclude_docs: |\n  /drafts/\n  !.d.md\nx: !!python/name:os.path ''\n"
    notes = project({**files, "mkdocs.yml": settings})
    pages = doc_pages(notes)
    assert [page.slug for page in pages] == [".d", "a", "part/b", "part/index"]
    assert pages[2].path == Path("docs/part/b.md")
    assert page_about(pages, "b") is pages[2]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("| $P(a|b)$ | 2 |", r"`$P(a|b)$`: 표에서는"),
        ("| 1 | 2 | 3 |", "칸은 3개인데 표의 머리는 2칸"),
        ("| $|x|$ |", r"`$|x|$`: 표에서는"),
    ],
)
@pytest.mark.parametrize("indent", ["", "    ", "> "])
def test_row_that_would_lose_a_cell_is_told(
    notes: Project, row: str, what: str, indent: str
) -> None:
    lines = ["| a | b |", "| --- | --- |", "| 1 | 2 |", row, "", "| 다음 | 글 | 뿐 |"]
    told = error_of(notes, "\n".join(indent + line for line in lines))
    assert told.startswith("docs/one.md:4: ")
    assert what in told


def test_head_whose_formula_is_cut_is_told(notes: Project) -> None:
    told = error_of(notes, "| $|x|$ | b |\n| --- | --- |\n| 1 | 2 |\n")
    assert told.startswith("docs/one.md:1: `$|x|$`")
    assert r"\vert" in told


def test_row_may_hold_bars_that_do_not_cut(notes: Project) -> None:
    rows = r"""
| a | b |
| --- | --- |
| `x | y` | $\lVert x \rVert$ |
| $\|x\|$ | `` `|` `` |
| a \| b | $x \vert y$
| 하나뿐 |

```
| a |
| - |
| 1 | 2 |
```
"""
    (notes.docs / "one.md").write_text(rows, encoding="utf-8")
    assert errors(notes) == []


# --- boxes


def stressed(*names: str) -> str:
    """Return functions whose docstrings are stressed."""
    bodies = (f'def {n}(fit):\n    """문장.\n\n    강조\n    """\n' for n in names)
    return "\n\n" + "\n\n".join(bodies)


def test_fourth_box_on_a_page_is_refused(project: WriteProject) -> None:
    names = ("one", "two", "three", "four")
    module = MODULE + stressed(*(f"claim_{name}" for name in names))
    shown = "".join(f'\n--8<-- "generated/descent/{name}.md"\n' for name in names)
    notes = project({"snippets/descent.py": module, "docs/descent.md": PAGE + shown})
    told, remedy = error_of(notes, "# 하나\n").split("\n  → ")
    line = module.strip().split("\n").index("def claim_four(fit):") + 1
    assert told.startswith(f"snippets/descent.py:{line}: `claim_four`: ")
    assert "3개를 넘습니다" in told
    assert "claim_one, claim_two, claim_three, claim_four" in remedy
    three = (PAGE + shown).replace('--8<-- "generated/descent/four.md"', "")
    (notes.docs / "descent.md").write_text(three, encoding="utf-8")
    assert errors(notes) == []


def test_figure_cannot_be_stressed(project: WriteProject) -> None:
    module = MODULE + stressed("figure_end")
    notes = project({"snippets/descent.py": module, "docs/descent.md": PAGE})
    (told,) = errors(notes)
    assert "`figure_end`: 주장이 아니어서 강조할 수 없습니다" in told


# --- what is read


@pytest.fixture
def secret(notes: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    outside = tmp_path_factory.mktemp("outside") / "secret.md"
    outside.write_text("비밀\n", encoding="utf-8")
    (notes.root / ".git").mkdir()
    (notes.root / ".git/config").write_text("[user]\n", encoding="utf-8")
    (notes.root / "LICENSE").write_text("MIT\n", encoding="utf-8")
    return outside


@pytest.mark.parametrize(
    "asked",
    [
        '--8<-- "{name}"',
        "--8<-- '{name}'",
        '-8<- "{name}:1:2"',
        "--8<--\n{name}\n--8<--",
        '```\n--8<-- "{name}"\n```',
        '    --8<-- "{name}"',
    ],
)
@pytest.mark.parametrize(
    "name",
    [".git/config", "LICENSE", "../x.md", "snippets/../LICENSE", "https://a.b/c.md"],
)
@pytest.mark.usefixtures("secret")
def test_include_from_elsewhere_is_refused(
    notes: Project, asked: str, name: str
) -> None:
    told = error_of(notes, asked.format(name=name) + "\n")
    line = 2 if "\n" in asked else 1
    assert told.startswith(f"docs/one.md:{line}: `{name}")
    assert "끼워 넣을 수 없습니다" in told


def test_link_that_leads_out_is_neither_included_nor_copied(
    notes: Project, secret: Path
) -> None:
    (notes.docs / "part.txt").symlink_to(secret)
    (notes.docs / "one.md").write_text('--8<-- "part.txt"\n', encoding="utf-8")
    include, copy = errors(notes)
    assert include.startswith("docs/one.md:1: `part.txt`는 끼워 넣을 수 없습니다")
    assert copy.startswith("docs/part.txt: 프로젝트 밖이나 숨은 파일을")


def test_links_to_hidden_files_folders_and_nowhere_are_told(
    notes: Project, secret: Path
) -> None:
    (notes.docs / "img").mkdir()
    (notes.docs / "img/a").symlink_to(notes.root / ".git/config")
    (notes.docs / "img/b").symlink_to(secret.parent)
    (notes.docs / "img/c").symlink_to(notes.docs / "none")
    (notes.docs / "img/d").symlink_to(notes.docs / "descent.md")
    (notes.docs / ".#lock").symlink_to("nobody@nowhere")
    told = errors(notes)
    assert [one.split(": ")[0] for one in told] == [f"docs/img/{n}" for n in "abc"]


def test_include_in_an_included_file_is_checked_in_its_own_place(
    notes: Project,
) -> None:
    (notes.root / "LICENSE").write_text("MIT\n", encoding="utf-8")
    (notes.snippets / "notes.txt").write_text('글\n--8<-- "LICENSE"\n', "utf-8")
    told = error_of(notes, '--8<-- "snippets/notes.txt"\n')
    assert told.startswith("snippets/notes.txt:2: `LICENSE`")


# --- links to pages, and to places on them


@pytest.mark.parametrize(
    ("link", "what", "hint"),
    [
        ("[글](none.md)", "`[…](none.md)`: 그런 쪽이 없습니다", "one"),
        ("[글](../descent.md)", "그런 쪽이 없습니다", "descent"),
        ("[글](descent.md#curv)", "그런 자리가 없습니다", "curve"),
        ("[글](#하나의-글)", "그런 자리가 없습니다", "하나"),
    ],
)
def test_link_to_no_page_or_place_is_told(
    notes: Project, link: str, what: str, hint: str
) -> None:
    told, remedy = error_of(notes, f"# 하나\n\n{link}\n").split("\n  → ")
    assert told.startswith("docs/one.md:3: ")
    assert what in told
    assert hint in remedy


def test_links_to_what_is_there_are_right(project: WriteProject) -> None:
    links = """
    ---
    sources:
      하나: [T01]
    ---

    # 하나 { #하나 }

    [글](../descent.md#curve), [글](../descent.md#내려가기), [글](two.md#둘-하나_1),
    [글](#하나), [글](../lab.md#셋), [글](../lab.md#loss), [글](two.md#span),
    [글](two.md#T01), [글](two.md#descent), `[글](#none)`, [글](http://a.b/c.md#d)
    """
    two = """
    # 둘, `하나`

    ## 둘 하나

    <span id="span"></span>

    --8<-- "generated/runs.md"

    --8<-- "generated/sources/topics.md"
    """
    lab = '"""실습."""\n# %% [markdown]\n# ## 셋\n# %% 곡선 id="loss"\n1\n'
    notes = project(
        {
            "snippets/descent.py": MODULE,
            "snippets/lab.py": lab,
            "docs/descent.md": PAGE,
            "docs/lab.md": '--8<-- "generated/lab/lab.md"\n',
            "docs/part/one.md": links,
            "docs/part/two.md": two,
            "docs/sources.toml": '[topics]\nT01 = "하나"\n',
        }
    )
    assert errors(notes) == []
