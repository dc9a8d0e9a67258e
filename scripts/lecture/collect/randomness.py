"""Generators that nobody has seeded, found by reading the code.

Those that a process shares (`np.random.rand`, Keras's) are told by `shared_draws`.
"""

import ast
from collections.abc import Iterable, Iterator

from lecture.collect.imports import full_name, full_names

_SEEDED = (  # functions that draw their own seed where they are given none, or None
    "numpy.random.default_rng",
    "numpy.random.RandomState",
    "numpy.random.SeedSequence",
    "numpy.random.seed",
    "random.Random",
    "random.seed",
    "keras.random.SeedGenerator",
    "tensorflow.keras.random.SeedGenerator",
)
_BIT_GENERATORS = ("MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64")
_NEVER_SEEDED = (  # these ask the system, each time
    "random.SystemRandom",
    "os.urandom",
    "os.getrandom",
    "uuid.uuid1",
    "uuid.uuid4",
    "tensorflow.random.Generator.from_non_deterministic_state",
    "torch.seed",
)
_SECRETS = "secrets."
_SEED_NAMES = ("seed", "entropy", "a", "x")  # what these functions call their seed

Finding = tuple[int, str, str]
"""The line, what draws without a seed, and what to write instead, in Korean."""


def unseeded(code: ast.AST | Iterable[ast.stmt]) -> Iterator[Finding]:
    """Yield each call that draws numbers which are new in every run.

    Names are followed through the imports of the code given, wherever they stand.
    """
    roots = [code] if isinstance(code, ast.AST) else list(code)
    nodes = [node for root in roots for node in ast.walk(root)]
    names = full_names(nodes)
    for node in nodes:
        if isinstance(node, ast.Call):
            yield from _judge(node, full_name(node.func, names))


def _judge(call: ast.Call, full: str) -> Iterator[Finding]:
    what = ast.unparse(call)
    if full in _NEVER_SEEDED or full.startswith(_SECRETS):
        yield call.lineno, what, "`np.random.default_rng(0)`에서 뽑습니다."
    elif takes_seed(full) and not has_seed(call):
        written = ast.unparse(call.func)
        yield call.lineno, what, f"`{written}(0)`처럼 시드를 적습니다."


def takes_seed(full: str) -> bool:
    """Tell whether a function draws its own seed where it is given none."""
    module, _, name = full.rpartition(".")
    return full in _SEEDED or (module == "numpy.random" and name in _BIT_GENERATORS)


def has_seed(call: ast.Call) -> bool:
    """Tell whether a call is given a seed, or what may be one."""
    named = {word.arg: word.value for word in call.keywords}
    if None in named:  # **settings
        return True
    given = [*call.args[:1], *(named[name] for name in _SEED_NAMES if name in named)]
    return any(not _is_none(value) for value in given)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
