"""What a module must not say is refused with its file, its line and a remedy."""

import time

import pytest
from lecture.collect.collection import collect
from lecture.collect.page_rules import Fault
from lecture.collect.sheets import SheetFolder

FIT = "\n\ndef experiment_fit(n=1):\n    return {}\n"
ONCE = "사례 목록은 대입 한 번으로 모두"
CHANGED = "여기서 바꿀 수 있습니다"
LARGE = "사례 목록을 읽지 못했습니다"
DEEP = "너무 깊이 들어 있어"


@pytest.fixture
def faults(project):
    """Return a function that collects files, and what is wrong in them."""

    def collect_files(files: dict[str, str | bytes]) -> tuple[Fault, ...]:
        root = project({"snippets/beside.py": FIT})
        for name, text in files.items():
            path = root.snippets / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        found = collect(SheetFolder(root.snippets))
        assert "beside.experiment_fit" in [a.id for a in found.artefacts]
        return found.faults

    return collect_files


@pytest.fixture
def refused(faults):
    """Return a function from a module's text to the line and words of its refusal."""

    def refuse(source: str | bytes) -> tuple[int | None, str]:
        (fault,) = faults({"broken.py": source})
        assert fault.error.path.name == "broken.py"
        return fault.error.line, str(fault.error)

    return refuse


@pytest.mark.parametrize(
    "source",
    [
        "async def experiment_fit():\n    return {}\n",
        "class experiment_fit: ...\n",
        "experiment_fit = lambda n=1: {}\n",
        "experiment_fit = dict\n",
        "(experiment_fit := dict)\n",
        "a, experiment_fit = 1, dict\n",
        "experiment_fit: object = dict\n",
        "if True:\n    def experiment_fit():\n        return {}\n",
        "try:\n    def experiment_fit(): ...\nexcept ImportError:\n    pass\n",
        "for i in range(3):\n    def experiment_fit(): ...\n",
        "for experiment_fit in (dict,): ...\n",
        "with open('x') as claim_fit: ...\n",
        "while True:\n    figure_fit = 1\n",
        "match 1:\n    case table_fit: ...\n",
        "del experiment_fit\n",
    ],
)
def test_what_only_looks_like_an_experiment_is_refused(refused, source):
    line, told = refused(f"x = 1\n{source}")

    assert line == 2
    assert "함수로 정의해야 합니다" in told
    assert "→ 파일 맨 위 수준에 `def " in told


def test_seed_that_is_none_is_refused(refused):
    line, told = refused("\n\ndef experiment_fit(seed=None):\n    return {}\n")

    assert line == 3
    assert "실행할 때마다 결과가 달라집니다" in told
    assert "→ `seed=0`처럼" in told


@pytest.mark.parametrize(
    "parameters", ["*args", "**kwargs", "n=1, /", "a, /", "n=1, *more", "*, n=1, **kw"]
)
def test_parameters_that_cannot_be_named_are_refused(refused, parameters):
    line, told = refused(f"x = 1\ndef experiment_fit({parameters}): ...\n")

    assert line == 2
    assert "`*args`, `**kwargs`, `/`는 쓸 수 없습니다" in told
    assert "def experiment_fit(lr=0.1)" in told


def test_positional_only_parameters_are_refused_with_cases_too(refused):
    source = "cases_fit = [dict(n=1)]\n\n\ndef experiment_fit(n=1, /): ...\n"

    assert refused(source)[0] == 4


@pytest.mark.parametrize("kind", ["experiment", "figure", "frames", "table", "claim"])
def test_prefix_without_a_name_is_refused(refused, kind):
    line, told = refused(f"x = 1\ndef {kind}_(): ...\n")

    assert line == 2
    assert "접두어 뒤에 이름이 없습니다" in told
    assert f"예: {kind}_fit" in told


@pytest.mark.parametrize(
    ("cases", "line"),
    [
        ("cases_fit = [dict(n=1)]\ncases_fit += [dict(n=2)]", 2),
        ("cases_fit = [dict(n=1)]\ncases_fit = [dict(n=2)]", 2),
        ("cases_fit = [dict(n=1)]\ncases_fit.append(dict(n=2))", 2),
        ("cases_fit = [dict(n=1)]\nfor i in range(2):\n    cases_fit.append({})", 2),
        ("cases_fit = [dict(n=1)]\ncases_fit[0]['n'] = 3", 2),
        ("cases_fit = [dict(n=1)]\n_ = cases_fit.pop()", 2),
        ("cases_fit = [dict(n=1)]\nmore(cases_fit)", 2),
        ("cases_fit = [dict(n=1)]\nother = cases_fit\nother.append({})", 2),
        ("cases_fit = [dict(n=1)]\ndel cases_fit", 2),
        ("cases_fit = [dict(n=1)]\ndef f():\n    global cases_fit", 2),
        ("cases_fit = [dict(n=1)]\ndef f():\n    cases_fit.append({})\nf()", 2),
        ("x = 1\na, cases_fit = 1, [dict(n=1)]", 2),
        ("x = 1\na = cases_fit = [dict(n=1)]", 2),
        ("x = 1\n(cases_fit := [dict(n=1)])", 2),
        ("x = 1\nif x:\n    cases_fit = [dict(n=1)]", 2),
        ("x = 1\nclass cases_fit: ...", 2),
        ("x = 1\nfrom beside import cases_fit", 2),
        ("x = 1\nfor cases_fit in ([dict(n=1)],): ...", 2),
        ("x = 1\ncases_fit: list", 2),
    ],
)
def test_cases_that_are_not_written_at_once_are_refused(refused, cases, line):
    at, told = refused(cases + FIT)

    assert at == line
    assert ONCE in told
    assert "cases_fit = [dict(" in told


@pytest.mark.parametrize("cases", ["cases_fit = []", "cases_fit: list[dict] = []"])
def test_empty_list_of_cases_is_refused(refused, cases):
    line, told = refused(f"x = 1\n{cases}{FIT}")

    assert line == 2
    assert "사례 목록이 비어 있습니다" in told


def test_annotated_cases_are_cases(project):
    root = project({"snippets/x.py": f"cases_fit: list = [dict(n=1), dict(n=2)]{FIT}"})
    (fit,) = collect(SheetFolder(root.snippets)).artefacts

    assert fit.cases == ({"n": 1}, {"n": 2})


@pytest.mark.parametrize(
    "change",
    [
        "LRS.append(2)",
        "_ = LRS.append(2)",
        "LRS[0] = 5",
        "X, LRS[0] = 1, 5",
        "for i in (1,):\n    LRS.append(i)",
        "random.shuffle(LRS)",
        "X = LRS",
        "X = [LRS]",
        "del LRS[0]",
        "def f():\n    LRS.append(2)",
        "def f():\n    global LRS",
    ],
)
def test_constant_of_cases_that_may_change_is_refused_where_it_does(refused, change):
    line, told = refused(
        f"LRS = [1]\n{change}\ncases_fit = [dict(n=n) for n in LRS]{FIT}"
    )

    assert line == 2
    assert CHANGED in told


@pytest.mark.parametrize("change", ["LRS += [2]", "LRS = [2]", "for LRS in (1,): ..."])
def test_constant_of_cases_that_is_bound_twice_is_refused(refused, change):
    cases = "cases_fit = [dict(n=n) for n in LRS]"
    line, told = refused(f"LRS = [1]\n{change}\n{cases}{FIT}")

    assert line == 3
    assert "여러 번 대입된 이름을 씁니다: LRS" in told


@pytest.mark.parametrize("use", ["X = LRS", "show(LRS)", "X = [*LRS]", "X = max(LRS)"])
def test_constant_that_cannot_change_may_be_used_in_any_way(faults, use):
    source = f"LRS = (1, 2)\n{use}\ncases_fit = [dict(n=n) for n in LRS]{FIT}"

    assert faults({"broken.py": source}) == ()


@pytest.mark.parametrize("name", ["range", "len", "dict", "list", "round"])
def test_name_of_python_that_means_something_else_is_refused(refused, name):
    source = f"def {name}(x):\n    return [7]\ncases_fit = [dict(n={name}(3))]{FIT}"
    line, told = refused(source)

    assert line == 3
    assert f"읽을 수 없는 이름을 씁니다: {name}" in told


@pytest.mark.parametrize(
    "rows",
    [
        "[dict(n=9**9**9)]",
        "[dict(n=2**1000)]",
        "[dict(n=1 << 10**9)]",
        "[dict(n=10**20 * 10**20)]",
        "[dict(n=1e999)]",
        "[dict(n=1e999 - 1e999)]",
        "[dict(n=round(15, -(10**9)))]",
        "[dict(n='%1000000000d' % 1)]",
        "[dict(n='a' * 10**9)]",
        "[dict(n=1)] * 10**9",
        "[dict(n=n) for n in range(10**9)]",
        "[dict(n=n) for n in range(9**9**9)]",
        "[dict(n=n * m) for n in range(10**4) for m in range(10**4)]",
        "[dict(n=len([0 for a in range(10**4) for b in range(10**5)]))]",
        "[dict(n=len(list(range(10**9))))]",
        "[dict(n='\\ud800')]",
        "[dict(n=b'a')]",
        "[dict(n=1j)]",
        "[dict(n=...)]",
        "[dict(n=1 << -1)]",
    ],
)
def test_cases_that_no_file_can_hold_or_nobody_can_wait_for_are_refused(refused, rows):
    start = time.process_time()
    line, told = refused(f"x = 1\ncases_fit = {rows}{FIT}")

    assert line == 2
    assert LARGE in told
    assert time.process_time() - start < 5


def test_constants_that_grow_from_line_to_line_are_refused(refused):
    lines = ["A0 = (1,) * 10"] + [f"A{n} = A{n - 1} * 10" for n in range(1, 12)]
    laughs = ["B0 = [1]"] + [f"B{n} = [*B{n - 1}, *B{n - 1}]" for n in range(1, 60)]
    deeper = ["C0 = (1,)"] + [f"C{n} = (C{n - 1}, C{n - 1})" for n in range(1, 60)]
    for grown, last in ((lines, "A11"), (laughs, "B59"), (deeper, "C59")):
        cases = f"cases_fit = [dict(n=len({last}))]"
        _, told = refused("\n".join([*grown, cases]) + FIT)
        assert LARGE in told or CHANGED in told


@pytest.mark.parametrize(
    "default",
    [
        "9**9**9",
        "1e999",
        "'\\ud800'",
        "LR",
        "B",
        "float('nan')",
        "b'a'",
        "[x for x in X]",
    ],
)
def test_default_that_is_no_json_is_compared_by_its_code(project, default):
    source = "LR = 1\nLR = LR * 2\nLR = LR + 1\nA = B\nB = A\nX = X\n"
    root = project(
        {"snippets/x.py": f"{source}\n\ndef experiment_fit(n={default}): ...\n"}
    )
    found = collect(SheetFolder(root.snippets))

    assert found.faults == ()
    assert isinstance(found.artefacts[0].knobs["n"], str)


@pytest.mark.parametrize(
    ("source", "line", "what"),
    [
        ("def experiment_fit(n=1, n=2): ...", 2, "duplicate argument"),
        ("return 1", 2, "outside function"),
        ("await f()", 2, "outside function"),
        ("nonlocal x", 2, "nonlocal"),
        ("def f():\n    y = 1\n    global y", 4, "global declaration"),
        ("def f():\n    from math import *", 3, "import *"),
        ("from __future__ import annotations", 2, "beginning of the file"),
        ("def f(:", 2, "invalid syntax"),
        ("if 1:\n\tx = 1\n        x = 2", 4, "tabs and spaces"),
        ("x = 0777", 2, "leading zeros"),
        ("x = '한", 2, "unterminated"),
        ("x = " + "(" * 300 + ")" * 300, 2, "nested parentheses"),
    ],
)
def test_whatever_python_refuses_is_refused_with_its_line(refused, source, line, what):
    at, told = refused(f"x = 1\n{source}\n{FIT}")

    assert at == line
    assert "파이썬 문법에 어긋납니다" in told
    assert what in told


@pytest.mark.parametrize(
    "deep",
    [
        "x = " + "+".join(["1"] * 20_000),
        "x = f" + "()" * 5000,
        "x = f" + ".a" * 20_000,
        "def f(n):\n    if n == 0: return\n" + "    elif n == 1: return\n" * 5000,
    ],
)
def test_what_is_nested_too_deep_is_refused_with_words(refused, deep):
    _, told = refused(f"x = 1\n{deep}\n{FIT}")

    assert DEEP in told
    assert "→ 이름을 붙여" in told


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ("x = 1\n# 한글\n".encode("cp949"), 2, "UTF-8로 적힌 파일이 아닙니다"),
        ("# -*- coding: cp949 -*-\n# 한글\n".encode("cp949"), 2, "UTF-8로"),
        ("x = 1\n".encode("utf-16"), 1, "UTF-8로"),
        (b"x = '\xed\xa0\x80'\n", 1, "UTF-8로"),
        (b"x = 1\n\n\0\n", 3, "빈 바이트(NUL)가 있습니다"),
    ],
)
def test_file_that_is_no_text_is_refused_with_its_line(refused, content, line, what):
    at, told = refused(content)

    assert at == line
    assert what in told
    assert "→ 편집기에서" in told


def test_marks_and_line_ends_of_other_editors_make_no_difference(project):
    source = f'cases_fit = [dict(n=2)]\nX = """\n한\n"""{FIT}'
    root = project({"snippets/plain.py": source})
    written = {
        "bom": "\ufeff" + source,
        "crlf": source.replace("\n", "\r\n"),
        "cr": source.replace("\n", "\r"),
        "both": "\ufeff" + source.replace("\n", "\r\n"),
    }
    for name, text in written.items():
        (root.snippets / f"{name}.py").write_bytes(text.encode())
    sheets = SheetFolder(root.snippets)

    assert collect(sheets).faults == ()
    for name in written:
        assert [s.digest for s in sheets[name].statements] == [
            s.digest for s in sheets["plain"].statements
        ]


@pytest.mark.parametrize(
    "name",
    [
        *("random.py", "keras.py", "numpy.py", "lecture.py", "runs.py", "figures.py"),
        *("results.py", "b.c.py", "a-b.py", "a b.py", "1a.py", "class.py", "None.py"),
        *("runs/random.py", "helpers/json.py", "numpy/net.py", "os/net.py"),
        *("1a/net.py", "a-b/net.py", "a.b/net.py", "import/net.py"),
    ],
)
def test_name_that_cannot_be_imported_or_hides_another_is_refused(faults, name):
    (fault,) = faults({name: FIT})

    assert str(fault.error.path).endswith(f"snippets/{name}")
    assert "이름" in fault.error.message
    assert fault.error.hint


@pytest.mark.parametrize(
    "name",
    ["한글.py", "match.py", "helpers/net.py", "runs/beside_x.py", "A.py", "_a.py"],
)
def test_ordinary_name_of_a_module_is_none_to_refuse(faults, name):
    assert faults({name: "x = 1\n"}) == ()


def test_hidden_files_caches_and_results_are_no_modules(faults):
    names = (".a.py", ".git/b.py", "__pycache__/c.py", "results/d.py")

    assert faults(dict.fromkeys(names, "def f(:\n")) == ()


def test_every_broken_module_is_told_and_hides_no_other(faults):
    broken = {"a.py": "def f(:\n", "b.py": b"\xff", "class.py": "", "d.py": "\0"}

    assert [fault.page for fault in faults(broken)] == ["a", "b", "class", "d"]
