"""The libraries that a snippet may compute with: one record each, and nobody asks else.

A library that is not here runs too; it is only not warmed, seeded or recorded.
"""

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lecture.collect.module import Import, Module, import_roots


@dataclass(frozen=True)
class Library:
    """What the engine knows of a library."""

    name: str
    imports: tuple[str, ...]  # the packages whose import means it
    warm: tuple[str, ...] = ()  # modules that the server imports before it forks
    versions: Mapping[str, str] = field(default_factory=dict)
    """What a result records: package, once imported → the distribution it is from."""
    seed: str = ""  # "module:function" to call with the task's seed, besides NumPy's


LIBRARIES = (
    Library(
        "keras",
        imports=("keras", "tensorflow"),
        warm=("lecture.task.warm",),
        versions={"keras": "keras", "tensorflow": "tensorflow"},
        seed="keras.utils:set_random_seed",
    ),
    Library(
        "scikit-learn",  # draws from NumPy's generator where it is given no other
        imports=("sklearn",),
        warm=("sklearn.linear_model",),
        versions={"sklearn": "scikit-learn", "scipy": "scipy"},
    ),
    Library(
        "pytorch",
        imports=("torch",),
        warm=("torch",),
        versions={"torch": "torch"},
        seed="torch:manual_seed",
    ),
)
COMMON = ("numpy", "pandas", "matplotlib")  # packages that every task has at hand


def libraries(names: Iterable[str]) -> tuple[Library, ...]:
    """Return the records of libraries by name, in the order of `LIBRARIES`."""
    wanted = {*names}
    return tuple(library for library in LIBRARIES if library.name in wanted)


def libraries_of(modules: Iterable[Module]) -> tuple[str, ...]:
    """Return the names of the libraries that any of the modules imports, anywhere."""
    roots = {root for module in modules for root in _roots(module)}
    return tuple(one.name for one in LIBRARIES if roots & {*one.imports})


def taken_names() -> frozenset[str]:
    """Return the names that a snippet must not have: Python's modules and packages."""
    packages = (package for one in LIBRARIES for package in one.imports)
    others = ("lecture", "IPython", "scipy", "PIL")
    return sys.stdlib_module_names | {*packages, *COMMON, *others}


@lru_cache(maxsize=256)
def _roots(module: Module) -> frozenset[str]:
    # Asked once for every case of a grid, and answered by a walk of the whole module.
    return frozenset(_imported(module.tree))


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, Import):
            yield from import_roots(node)
