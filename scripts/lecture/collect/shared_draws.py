"""Draws from generators that a whole process shares: somebody must seed them first.

NumPy's old functions, Python's `random` and Keras's layers draw from such. What an
experiment reaches must seed one where it reaches a draw; where in it, is its affair.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence

from lecture.collect.hazards import Hazard
from lecture.collect.imports import full_name
from lecture.collect.randomness import has_seed

_SEEDING = (
    "numpy.random.seed",
    "random.seed",
    "keras.utils.set_random_seed",
    "tensorflow.keras.utils.set_random_seed",
    "tensorflow.random.set_seed",
    "torch.manual_seed",
)
_NO_DRAWS = ("default_rng", "seed", "get_state", "set_state", "getstate", "setstate")
_LAYERS = ("keras.layers.", "tensorflow.keras.layers.")
_DRAWING = (
    *("Dense", "Conv", "Embedding", "LSTM", "GRU", "SimpleRNN", "Dropout"),
    *("Random", "Gaussian", "AlphaDropout", "SpatialDropout"),
)
_WHAT = "시드를 정하지 않은 난수를 씁니다: {}. 실행할 때마다 결과가 달라집니다."


def draws(nodes: Sequence[ast.AST], names: Mapping[str, str]) -> Hazard | None:
    """Return the first draw of a statement, given by its nodes, and what helps."""
    for call, full in _calls(nodes, names):
        if remedy := _remedy(call, full):
            return Hazard(call.lineno, _WHAT.format(ast.unparse(call.func)), remedy)
    return None


def seeds(nodes: Sequence[ast.AST], names: Mapping[str, str]) -> bool:
    """Tell whether a statement seeds a generator that is shared."""
    return any(f in _SEEDING and has_seed(call) for call, f in _calls(nodes, names))


def _calls(
    nodes: Sequence[ast.AST], names: Mapping[str, str]
) -> Iterator[tuple[ast.Call, str]]:
    for node in nodes:
        if isinstance(node, ast.Call):
            yield node, full_name(node.func, names)


def _remedy(call: ast.Call, full: str) -> str:
    """Return what to write where a call draws; else ""."""
    module, _, name = full.rpartition(".")
    if module in ("numpy.random", "random") and name.islower():
        known = name in _NO_DRAWS
        return "" if known else "`np.random.default_rng(seed)`에서 뽑으세요."
    if full.startswith(_LAYERS) and name.startswith(_DRAWING) and not _is_set(call):
        return "모델을 만들기 전에 `keras.utils.set_random_seed(seed)`를 부르세요."
    return ""


def _is_set(call: ast.Call) -> bool:
    """Tell whether a layer says itself what its weights are at first."""
    return any((word.arg or "").endswith("initializer") for word in call.keywords)
