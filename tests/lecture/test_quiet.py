"""What stays on the screen after a build: what was done, and what is wrong."""

import re
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from lecture.cli.tally import Done, table
from rich.console import Console
from sandbox import Sandbox
from small_site import small_site, started

SITE = ("scripts/build.py", "site")


@pytest.fixture
def notes(tmp_path: Path) -> Sandbox:
    return small_site(tmp_path / "강의 노트")


def lines(ran: CompletedProcess[str]) -> list[str]:
    return f"{ran.stdout}{ran.stderr}".splitlines()


def test_site_says_in_a_few_lines_what_was_done_and_where_it_is(
    notes: Sandbox,
) -> None:
    first = started(notes, *SITE)
    assert first.returncode == 0, first.stderr
    head, *rows, bound, moved, place = lines(first)
    assert head.split() == ["쪽", "실험", "실습", "주장", "시간"]
    assert [re.split(r"  +", row.strip())[:-1] for row in rows] == [
        ["lab", "1"], ["page", "1", "1"], ["모두", "1", "1", "1"]
    ]  # fmt: skip
    assert bound == "본문의 숫자 1개가 모두 결과에 묶여 있습니다."
    assert moved.startswith("새 값 ")
    assert place.startswith("사이트: site/index.html")
    assert first.stderr == ""

    again = started(notes, *SITE)
    assert lines(again)[:-1] == ["낡은 것도 새로 그릴 것도 없습니다.", bound]


def test_broken_link_is_told_with_its_page_and_there_is_no_place_to_look(
    notes: Sandbox,
) -> None:
    notes.edit("docs/index.md", "page.md#two", "/nowhere.html")
    ran = started(notes, *SITE)
    assert ran.returncode != 0
    (warning,) = (line for line in lines(ran) if line.startswith("WARNING"))
    assert "index.md" in warning and "/nowhere.html" in warning
    assert lines(ran)[-1] == "사이트를 만들지 못했습니다. 까닭은 위에 있습니다."
    assert "site/index.html" not in ran.stdout


def test_page_that_no_menu_leads_to_is_told_though_it_is_no_warning(
    notes: Sandbox,
) -> None:
    notes.edit("mkdocs.yml", "site_name", "nav: [index.md, page.md]\nsite_name")
    ran = started(notes, *SITE)
    assert ran.returncode == 0
    assert "glossary.md" in ran.stderr


def test_red_build_ends_with_how_much_is_wrong(notes: Sandbox) -> None:
    notes.edit("snippets/claims/page.py", "< 9", "< 2")
    notes.edit("docs/index.md", "page.a.n", "page.a.m")
    notes.write("snippets/runs/lost.py", "def experiment_a():\n    return 1 / 0\n")
    ran = started(notes, *SITE)
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-2:] == [
        "초록이 아닙니다: 실패 1개, 어긋난 주장 1개, 낡은 실험 1개, "
        "모듈과 쪽의 잘못 1개.",
        "사이트는 만들지 않았습니다.",
    ]
    assert "실패 lost.experiment_a" in ran.stderr  # as soon as it has failed
    assert not (notes.root / "site").exists()


def test_verbose_build_says_each_task_that_has_ended(notes: Sandbox) -> None:
    ended = re.findall(r"^완료 (\S+)", notes.build("-v").err, re.MULTILINE)
    assert {*ended} == {"lab.lab", "page.experiment_a", "page.claim_small"}


def test_table_of_many_pages_fits_a_screen() -> None:
    done = [Done(f"page_{n:02}", "그림", 60.0) for n in range(90)]
    done += [Done("page_00", "실패")]
    console = Console(width=80)
    with console.capture() as captured:
        console.print(table(done))
    head, *rows = (line.split() for line in captured.get().splitlines())
    assert head == ["쪽", "그림", "실패", "시간"]
    assert len(rows) < 25
    assert rows[0] == ["page_00", "1", "1", "1분"]
    assert rows[-2:] == [
        ["그", "밖의", "쪽", "71개", "71", "1시간", "11분"],
        ["모두", "90", "1", "1시간", "30분"],
    ]
