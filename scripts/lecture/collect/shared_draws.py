"""Draws from generators that a whole process shares: somebody must seed them first.

NumPy's old functions, Python's `random` and Keras's layers draw from such. What an
experiment reaches must seed one where it reaches a draw; where in it, is its affair.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lecture.collect.hazards import Hazard
from lecture.collect.imports import full_name
from lecture.collect.randomness import has_seed

SEEDING = (  # functions that seed a shared generator
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
_GENERATOR = "`np.random.default_rng(seed)`에서 뽑으세요."
_SEED = "모델을 만들기 전에 `keras.utils.set_random_seed(seed)`를 부르세요."
_WHAT = "시드를 정하지 않은 난수를 씁니다: {}. 실행할 때마다 결과가 달라집니다."


@dataclass(frozen=True)
class Chance:
    """What code does with the generators that a process shares."""

    draws: Hazard | None = None  # its first draw
    layers: Hazard | None = None  # its first layer that draws where it is trained
    trains: bool = False
    seeds: bool = False

    def __or__(self, other: "Chance") -> "Chance":
        """Return what both do, this one first."""
        return Chance(
            self.draws or other.draws,
            self.layers or other.layers,
            self.trains or other.trains,
            self.seeds or other.seeds,
        )

    @property
    def unseeded(self) -> Hazard | None:
        """A draw that nobody has seeded. Of a model that is only looked at, none is."""
        if self.seeds:
            return None
        return self.draws or (self.layers if self.trains else None)


def chance(nodes: Sequence[ast.AST], names: Mapping[str, str]) -> Chance:
    """Return what a statement does with them, given by its nodes."""
    found = Chance()
    for call, full in _calls(nodes, names):
        found |= _chance(call, full)
    return found


def _chance(call: ast.Call, full: str) -> Chance:
    module, _, name = full.rpartition(".")
    if full in SEEDING:
        return Chance(seeds=has_seed(call))
    if module in ("numpy.random", "random") and name.islower():
        return Chance(draws=None if name in _NO_DRAWS else _hazard(call, _GENERATOR))
    if full.startswith(_LAYERS) and name.startswith(_DRAWING) and not _is_set(call):
        return Chance(layers=_hazard(call, _SEED))
    called = call.func.attr if isinstance(call.func, ast.Attribute) else name
    return Chance(trains=called in ("fit", "train_on_batch"))


def _hazard(call: ast.Call, hint: str) -> Hazard:
    return Hazard(call.lineno, _WHAT.format(ast.unparse(call.func)), hint)


def _calls(
    nodes: Sequence[ast.AST], names: Mapping[str, str]
) -> Iterator[tuple[ast.Call, str]]:
    for node in nodes:
        if isinstance(node, ast.Call):
            yield node, full_name(node.func, names)


def _is_set(call: ast.Call) -> bool:
    """Tell whether a layer says itself what its weights are, or where it draws from."""
    words = {word.arg or "" for word in call.keywords}
    return "seed" in words or any(word.endswith("initializer") for word in words)
