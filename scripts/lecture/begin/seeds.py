"""Seeds for a notebook that draws random numbers: the same outputs in every run."""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lecture.begin.syntax import imported_roots, names_of, nodes_of, parsed
from lecture.collect.imports import full_name
from lecture.collect.randomness import has_seed, takes_seed
from lecture.collect.shared_draws import SEEDING, chance

_NETWORKS = {
    "keras",
    "tensorflow",
}  # only Keras's own function seeds all that they draw
_SEED = "keras.utils.set_random_seed"
_KERAS_SEEDING = (_SEED, f"tensorflow.{_SEED}")
_COMMENT = "# 누가 실행해도 같은 결과가 나오게 시드를 정합니다."


def seed_cell(sources: Sequence[str]) -> str:
    """Return a cell that seeds what a notebook draws from; "" where it does itself."""
    nodes = nodes_of(sources)
    names, roots = names_of(nodes), {root for root, _ in imported_roots(nodes)}
    calls = dict(_seeding_calls(nodes, names))
    seed = next((n for n in calls.values() if n is not None), 0)
    if roots & _NETWORKS:
        if {*calls} & {*_KERAS_SEEDING}:
            return ""
        return f"{_COMMENT}\nimport keras\n\nkeras.utils.set_random_seed({seed})"
    draws = chance(nodes, names).draws or "sklearn" in roots
    if calls or not draws:
        return ""
    imports = ["import random", "import numpy as np"]
    seeding = [f"random.seed({seed})", f"np.random.seed({seed})"]
    first = 0 if "random" in roots else 1
    parts = (_COMMENT, *_with_gap(imports[first:]), "", *seeding[first:])
    return "\n".join(parts)


def with_seeds(source: str, names: Mapping[str, str]) -> str:
    """Return a cell in which each generator that is given no seed is given 0."""
    lines = source.encode().split(b"\n")
    for call in reversed([*_bare_generators(parsed(source), names)]):
        assert call.end_lineno and call.end_col_offset
        line = lines[call.end_lineno - 1]
        end = call.end_col_offset - 1  # columns are counted in bytes of UTF-8
        lines[call.end_lineno - 1] = line[:end] + b"0" + line[end:]
    return b"\n".join(lines).decode()


def _bare_generators(tree: ast.Module, names: Mapping[str, str]) -> Iterator[ast.Call]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    bare = [call for call in calls if not call.args and not call.keywords]
    found = (call for call in bare if takes_seed(full_name(call.func, names)))
    yield from sorted(found, key=lambda call: (call.lineno, call.col_offset))


def _seeding_calls(
    nodes: Iterable[ast.AST], names: Mapping[str, str]
) -> Iterator[tuple[str, int | None]]:
    """Yield each function that seeds, and the number that it is given, if it is one."""
    for call in (node for node in nodes if isinstance(node, ast.Call)):
        full = full_name(call.func, names)
        if full in SEEDING and has_seed(call):
            first = call.args[0] if call.args else call.keywords[0].value
            value = first.value if isinstance(first, ast.Constant) else None
            yield full, value if isinstance(value, int) else None


def _with_gap(imports: Sequence[str]) -> Sequence[str]:
    return imports if len(imports) == 1 else [imports[0], "", imports[1]]
