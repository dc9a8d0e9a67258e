"""Nothing is blocked: one mistake stops its own page, and is told with its place."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sandbox import Ran, Sandbox

GROW = '''
cases_fit = [dict(n=n) for n in (1, 2)]


def experiment_fit(n=0):
    return {"height": 2 * n}


def table_heights(fit):
    """심은 씨앗마다의 높이."""
    return fit
'''
PAGE = """
# 자라기

--8<-- "generated/grow/heights.md"
"""
ODD = '''
import enum

import pandas as pd


class Way(str, enum.Enum):
    UP = "up"


class Number(enum.IntEnum):
    ONE = 1


class Text(str):
    pass


def experiment_odd():
    return {"value": VALUE}


def table_odd(odd):
    """이상한 값."""
    return pd.DataFrame({"a": [str(odd["value"])]})
'''
FIT = "snippets/results/odd/odd.json"


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    sandbox = Sandbox(tmp_path / "강의 노트")
    sandbox.write("snippets/grow.py", GROW)
    sandbox.write("docs/grow.md", PAGE)
    sandbox.write("docs/odd.md", '# 이상\n\n--8<-- "generated/odd/odd.md"\n')
    yield sandbox
    sandbox.end()


def odd(sandbox: Sandbox, value: str) -> None:
    sandbox.write("snippets/odd.py", ODD.replace("VALUE", value))


def assert_neighbour_is_done(sandbox: Sandbox, ran: Ran) -> None:
    assert "Traceback" not in ran.err, ran.err
    runs = (sandbox.root / "snippets/results/grow/fit.json").read_text("utf-8")
    assert len(json.loads(runs)["runs"]) == 2
    fragment = sandbox.root / "docs/generated/grow/heights.md"
    assert "심은 씨앗마다의 높이" in fragment.read_text("utf-8")
    assert "grow" not in ran.err


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("Way.UP", "`Way`"),
        ("[Number.ONE]", "`Number`"),
        ("{1, 2}", "`set`"),
        ("{16: 0.5}", "열쇠 16"),
        ("pd.Series([1], index=['a'])", "`Series`"),
        ("'x' * 3_000_000", "너무 큽니다: 3.0 MB"),
    ],
)
def test_value_that_cannot_be_frozen_fails_its_own_run_alone(
    sandbox: Sandbox, value: str, said: str
) -> None:
    odd(sandbox, value)
    ran = sandbox.build()
    assert ran.code == 1
    told = ran.about("odd.experiment_odd")
    assert said in told
    assert "snippets/odd.py:18" in told
    assert not (sandbox.root / FIT).exists()
    assert_neighbour_is_done(sandbox, ran)


@pytest.mark.parametrize("value", ["Text('글')", "float('nan')", "[float('inf')]"])
def test_value_that_comes_back_as_it_was_is_frozen(
    sandbox: Sandbox, value: str
) -> None:
    odd(sandbox, value)
    ran = sandbox.build()
    assert ran.code == 0, ran.err
    assert (sandbox.root / FIT).exists()


MODULES = {
    "syntax": ("def experiment_odd(:\n", "snippets/odd.py:1"),
    "prefix": ("\ndef experment_odd():\n    return {}\n", "snippets/odd.py:2"),
    "endless case": ("cases_odd = [dict(n=1e999)]\n\n\ndef experiment_odd(n=0):\n    "
                     "return {}\n", "snippets/odd.py:1"),
    "unknown result": ('def table_odd(lost):\n    """표."""\n', "snippets/odd.py:1"),
    "dynamic": ("import os\n\n\ndef experiment_odd():\n    return "
                "{'a': os.environ['X']}\n", "snippets/odd.py:5"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "place"), MODULES.values(), ids=[*MODULES])
def test_mistake_in_a_module_stops_its_own_page_alone(
    sandbox: Sandbox, source: str, place: str
) -> None:
    odd(sandbox, "1")
    assert sandbox.build("odd").code == 1  # the page of grow lacks its fragment
    before = sandbox.files("snippets/results/odd") | sandbox.files("docs/generated/odd")
    assert before
    (sandbox.root / "snippets/odd.py").write_text(source, encoding="utf-8")
    ran = sandbox.build()
    assert ran.code == 1
    assert place in ran.err
    assert str(sandbox.root) not in ran.err
    assert_neighbour_is_done(sandbox, ran)
    assert set(sandbox.files("snippets/results/odd")) == {FIT}
    look = sandbox.build("check")
    assert look.code == 1
    assert place in look.out
    assert place not in sandbox.build("check", "grow").out


CORRUPT = {
    "cut off": lambda text: text[: len(text) // 2],
    "conflict": lambda text: text.replace(
        '   "key"', '<<<<<<< HEAD\n   "key"', 1
    ),
    "newer": lambda text: text.replace('"runs"', '"engine": 3,\n "runs"', 1),
    "newer run": lambda text: text.replace('"key"', '"unit": "m",\n   "key"', 1),
    "no number": lambda text: text.replace('"seconds": ', '"seconds": "x", "b": ', 1),
    "list": lambda text: f"[{text}]",
    "empty": lambda text: "",
}  # fmt: skip


@pytest.mark.parametrize("kind", CORRUPT)
def test_results_that_cannot_be_read_are_set_aside_and_made_again(
    sandbox: Sandbox, kind: str
) -> None:
    odd(sandbox, "1")
    assert sandbox.build().code == 0
    path = sandbox.root / FIT
    good = path.read_text("utf-8")
    broken = CORRUPT[kind](good)
    assert broken != good
    path.write_text(broken, "utf-8")

    look = sandbox.build("check")
    assert look.code == 1
    assert f"{FIT}:" in look.out
    assert "결과 파일을 읽지 못했습니다" in look.out
    if kind == "conflict":
        line = broken[: broken.index("<<<<<<<")].count("\n") + 1
        assert f"{FIT}:{line}: " in look.out
        assert "git이 합치지 못한 곳" in look.out
    drawn = sandbox.build("draw")
    assert drawn.code == 1
    assert "낡음: odd.experiment_odd" in drawn.err
    assert path.read_text("utf-8") == broken
    assert sandbox.build("check", "grow").code == 0

    ran = sandbox.build()
    assert ran.code == 0, ran.err
    assert json.loads(path.read_text("utf-8"))["runs"]
    assert f"{FIT}:" in ran.err
    (copy,) = (sandbox.root / ".cache/lecture/unreadable/odd").iterdir()
    assert str(copy.relative_to(sandbox.root)) in ran.err
    assert copy.read_text("utf-8") == broken


def test_results_that_cannot_be_read_stay_where_their_run_fails(
    sandbox: Sandbox,
) -> None:
    odd(sandbox, "1")
    assert sandbox.build().code == 0
    path = sandbox.root / FIT
    path.write_text(path.read_text("utf-8")[:-30], "utf-8")
    broken = path.read_bytes()
    odd(sandbox, "1 / 0")
    ran = sandbox.build()
    assert ran.code == 1
    assert "ZeroDivisionError" in ran.about("odd.experiment_odd")
    assert path.read_bytes() == broken
    assert_neighbour_is_done(sandbox, ran)


PAGES = {
    "token": "높이는 {{ grow fit.height }}입니다.",
    "half a token": "높이는 {{ grow.fit.height 입니다.",
    "unbound": "정확도는 93.7%입니다.",
    "experiment": "높이는 {{ grow.fitt.height }}입니다.",
    "include": '--8<-- "generated/grow/height.md"',
}


@pytest.mark.parametrize("text", PAGES.values(), ids=[*PAGES])
def test_mistake_on_a_page_is_told_before_anything_runs(
    sandbox: Sandbox, text: str
) -> None:
    sandbox.write("docs/odd.md", f"# 이상\n\n{text}\n")
    sandbox.write("docs/glossary.md", "# 용어집\n\n가는 말.\n")
    look = sandbox.build("check")
    assert look.code == 1
    assert "docs/odd.md:3: " in look.out
    assert sandbox.build("check", "grow").out.count("docs/odd.md") == 0

    ran = sandbox.build("-v")
    assert ran.code == 1
    lines = ran.err.splitlines()
    told = [n for n, line in enumerate(lines) if "docs/odd.md:3: " in line]
    done = [n for n, line in enumerate(lines) if line.startswith("완료")]
    assert len(told) == 1  # once, and before the first run
    assert told[0] < min(done)
    assert any("잘못 1개는 위에서 말했습니다." in line for line in lines[max(done) :])
    assert "Traceback" not in ran.err
    assert (sandbox.root / "docs/generated/grow/heights.md").exists()


def test_glossary_line_is_told_before_anything_runs(sandbox: Sandbox) -> None:
    odd(sandbox, "1")
    sandbox.write("docs/glossary.md", "# 용어집\n\n**과적합(overfitting)\n: 외우기.\n")
    look = sandbox.build("check")
    assert "docs/glossary.md:3: 용어를 적은 줄을 읽을 수 없습니다." in look.out


def test_what_is_shown_on_no_page_is_a_notice_and_no_error(sandbox: Sandbox) -> None:
    odd(sandbox, "1")
    sandbox.write("docs/odd.md", "# 이상\n")
    ran = sandbox.build()
    assert ran.code == 0, ran.err
    line = next(line for line in ran.err.splitlines() if line.startswith("알림: "))
    assert line == (
        "알림: snippets/odd.py:22: odd.table_odd: 어느 쪽에도 실리지 않았습니다."
    )
    assert '--8<-- "generated/odd/odd.md"' in ran.err
    look = sandbox.build("check")
    assert look.code == 0
    assert line in look.out
    assert line not in sandbox.build("check", "grow").out


HUMBLE = """
import ctypes, os, sys
for right in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH: root has them
    ctypes.CDLL(None).prctl(24, right, 0, 0, 0)  # PR_CAPBSET_DROP
os.execv(sys.executable, sys.orig_argv)
"""
LIMITED = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
"""
linux = pytest.mark.skipif(sys.platform != "linux", reason="rights as Linux has them")


def refused(sandbox: Sandbox, place: str, *command: str, code: int) -> Ran:
    """Run a command that the system refuses; return what it has said of it."""
    ran = sandbox.build(*command)
    assert ran.code == code, ran
    assert "Traceback" not in ran.err, ran.err
    said = ran.err.replace(str(sandbox.root) + "/", "")
    assert place in said, said
    assert "→" in said
    return ran


@linux
def test_folder_that_is_read_only_is_told_in_words(sandbox: Sandbox) -> None:
    odd(sandbox, "1")
    humble = Sandbox(sandbox.root, before=HUMBLE)
    folder = sandbox.root / "snippets/results/odd"
    folder.mkdir(parents=True)
    folder.chmod(0o555)
    ran = refused(humble, "snippets/results/odd", code=1)
    assert "권한이 없습니다" in ran.about("odd.experiment_odd")
    assert (sandbox.root / "snippets/results/grow/fit.json").exists()
    folder.chmod(0o755)
    assert humble.build().code == 0

    cache = sandbox.root / ".cache/lecture"
    (cache / "memory").unlink()
    cache.chmod(0o555)
    assert humble.build("check").code == 0  # it remembers nothing, and that is all
    cache.chmod(0o755)

    drawn = sandbox.root / "docs/generated/odd"
    drawn.chmod(0o555)
    sandbox.edit("snippets/odd.py", "이상한 값", "다른 값")
    refused(humble, "docs/generated/odd", code=1)
    drawn.chmod(0o755)
    assert humble.build().code == 0


def test_folder_in_the_place_of_a_result_is_told_in_words(sandbox: Sandbox) -> None:
    odd(sandbox, "1")
    (sandbox.root / FIT).mkdir(parents=True)
    ran = refused(sandbox, FIT, code=1)
    assert "같은 이름의 폴더가 있습니다" in ran.about("odd.experiment_odd")
    assert_neighbour_is_done(sandbox, ran)
    assert FIT in sandbox.build("check").out


def test_file_in_the_place_of_a_folder_is_told_in_words(sandbox: Sandbox) -> None:
    odd(sandbox, "1")
    sandbox.write("snippets/results/odd", "")
    ran = refused(sandbox, "snippets/results/odd", code=1)
    assert "폴더가 있을 곳에 파일이 있습니다" in ran.about("odd.experiment_odd")
    assert_neighbour_is_done(sandbox, ran)


def test_cache_that_is_a_file_is_told_in_words(sandbox: Sandbox) -> None:
    sandbox.write(".cache", "")
    for command in ("build", "tidy", "reseed 1 grow"):
        refused(sandbox, ".cache", *command.split(), code=2)
    looked = sandbox.build("check", "grow")
    assert (looked.code, "Traceback" in looked.err) == (1, False)
    assert "다시 실행할 것이 2개" in looked.out


@linux
def test_disk_without_room_is_told_in_words_and_the_rest_is_kept(
    sandbox: Sandbox,
) -> None:
    odd(sandbox, "list(range(9000))")
    limited = Sandbox(sandbox.root, before=LIMITED)
    ran = refused(limited, FIT, code=1)
    assert "파일이 너무 큽니다" in ran.about("odd.experiment_odd")
    assert (sandbox.root / "snippets/results/grow/fit.json").exists()
    left = [p.name for p in (sandbox.root / "snippets/results/odd").iterdir()]
    assert left == []
    assert sandbox.build().code == 0


@pytest.mark.parametrize(
    "text",
    ["", "[]", "[1, 2]", "{", "null", '{"a": 1}', '{"a": {"key": 1}}', "\x00",
     '{"odd.table_odd": {"key": "", "type": "Table", "product": {}, "inputs": {}}}'],
)  # fmt: skip
def test_broken_manifest_draws_everything_anew(sandbox: Sandbox, text: str) -> None:
    odd(sandbox, "1")
    assert sandbox.build().code == 0
    before = sandbox.files("docs")
    sandbox.write("docs/generated/manifest.json", text)
    ran = sandbox.build("-v")
    assert ran.code == 0, ran.err
    assert "완료 odd.table_odd" in ran.err
    assert sandbox.files("docs") == before
