"""The list of every run behind the site, as Markdown."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from lecture.base.environment import NUMBERS
from lecture.base.inert import code_span, inert
from lecture.book.record import Frozen, Record
from lecture.publish.pages import DocPage
from lecture.publish.provenance import (
    Provenance,
    data_names,
    duration,
    period,
    version_names,
)

_HEAD = """\
| 실험 | 경우 | 시드 | 데이터 | 시간 | 메모리 | 날짜 | 열쇠 |
| --- | --: | --- | --- | --: | --: | --- | --- |"""


def runs_page(
    frozens: Iterable[Frozen],
    pages: Mapping[str, DocPage | None] | None = None,
    stale: Iterable[str] = (),
) -> str:
    """Return every run: a section a module, a row an experiment, cases folded below.

    pages: by module, the page that shows it, where there is one. stale: the ids of
    experiments whose results are no longer good. There is no first-level heading:
    docs/runs.md includes this under its own.
    """
    ordered = sorted(frozens, key=lambda frozen: frozen.place)
    groups = groupby(ordered, key=lambda frozen: frozen.place.page)
    sections = [
        _section(module, (pages or {}).get(module), tuple(group))
        for module, group in groups
    ]
    head = [_total(ordered), _stale(tuple(stale)), _environment()]
    return "\n\n".join([*head, *sections]) + "\n"


def _total(frozens: list[Frozen]) -> str:
    runs = sum(len(frozen.records) for frozen in frozens)
    spent = duration(Provenance.of(frozens).seconds)
    peak = max((r.made.memory_mb for f in frozens for r in f.records), default=0)
    return (
        f"실험 {len(frozens)}개, 실행 {runs}번을 하나씩 하면 모두 {spent}입니다. "
        f"실행 하나가 쓴 메모리는 많아야 {peak:,d} MB입니다."
    )


def _environment() -> str:
    given = "\n".join(f"{name}={value}" for name, value in NUMBERS.items())
    return (
        "실행마다 다음 환경 변수를 줍니다. 같은 값을 주고 같은 코드를 돌리면, "
        f"같은 컴퓨터에서는 마지막 자리까지 같은 수가 나옵니다.\n\n```sh\n{given}\n```"
    )


def _stale(names: tuple[str, ...]) -> str:
    if not names:
        return "모든 결과가 지금의 코드에서 나왔습니다. 낡은 것은 없습니다."
    return f"다시 실행해야 하는 것: {', '.join(f'`{name}`' for name in names)}"


def _section(module: str, page: DocPage | None, frozens: tuple[Frozen, ...]) -> str:
    shared = Provenance.of(frozens)
    rows = "\n".join(_row(frozen) for frozen in frozens)
    cases = [_cases(frozen) for frozen in frozens if frozen.has_cases]
    environment = (
        f"- 데이터: {data_names(shared.data) or '없음'}\n"
        f"- 버전: {inert(version_names(shared.versions))}\n"
        f"- 컴퓨터: {inert(', '.join(shared.hardware))}"
    )
    title = f"[{page.title}]({page.link()})" if page else module
    if page and page.name != module:
        title += f" (`{module}.py`)"
    heading = f"## {title} {{ #{module} }}"
    return "\n\n".join([heading, f"{_HEAD}\n{rows}", environment, *cases])


def _row(frozen: Frozen) -> str:
    summary = Provenance.of([frozen])
    count = f"{len(frozen.records)}" if frozen.has_cases else "–"
    cells = (
        f"`{frozen.place.name}`",
        count,
        summary.seeds or "–",
        inert(", ".join(data.name for data in summary.data)) or "–",
        duration(summary.seconds),
        f"{max(record.made.memory_mb for record in frozen.records):,d} MB",
        period(summary.dates),
        "–" if frozen.has_cases else f"`{frozen.records[0].key}`",
    )
    return f"| {' | '.join(cells)} |"


def _cases(frozen: Frozen) -> str:
    rows = "\n".join(_case_row(record) for record in frozen.records)
    return (
        '<details class="runs" data-search-exclude markdown>\n'
        f"<summary>{frozen.place.name}의 경우 {len(frozen.records)}개</summary>\n\n"
        "| 경우 | 시간 | 메모리 | 날짜 | 열쇠 |\n| --- | --: | --: | --- | --- |\n"
        f"{rows}\n\n</details>"
    )


def _case_row(record: Record) -> str:
    knobs = ", ".join(f"{name}={value}" for name, value in (record.case or {}).items())
    cells = (
        code_span(knobs),
        duration(record.made.seconds),
        f"{record.made.memory_mb:,d} MB",
        record.made.date,
        f"`{record.key}`",
    )
    return f"| {' | '.join(cells)} |"
