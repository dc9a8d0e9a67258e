"""The libraries that a snippet may compute with: one record each, and nobody asks else.

A library that is not here runs too; it is only not warmed or recorded.
"""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Library:
    """What the engine knows of a library."""

    name: str
    imports: tuple[str, ...]  # the packages whose import means it
    warm: tuple[str, ...] = ()  # modules that the server imports before it forks
    versions: Mapping[str, str] = field(default_factory=dict)
    """What a result records: package, once imported → the distribution it is from."""
    is_light: bool = False  # at hand for every task, where any module imports it


LIBRARIES = (
    Library("numpy", imports=("numpy",), versions={"numpy": "numpy"}, is_light=True),
    Library(
        "pandas",
        imports=("pandas",),
        warm=("pandas",),
        versions={"pandas": "pandas"},
        is_light=True,
    ),
    Library(
        "matplotlib",
        imports=("matplotlib",),
        warm=("matplotlib.pyplot", "lecture.draw.figures"),
        versions={"matplotlib": "matplotlib"},
        is_light=True,
    ),
    Library(
        "keras",
        imports=("keras", "tensorflow"),
        warm=("lecture.task.warm",),
        versions={"keras": "keras", "tensorflow": "tensorflow"},
    ),
    Library(
        "scikit-learn",
        imports=("sklearn",),
        warm=("sklearn.linear_model",),
        versions={"sklearn": "scikit-learn", "scipy": "scipy"},
    ),
    Library(
        "pytorch",
        imports=("torch",),
        warm=("torch",),
        versions={"torch": "torch"},
    ),
)
LIGHT = tuple(library for library in LIBRARIES if library.is_light)


def libraries(names: Iterable[str]) -> tuple[Library, ...]:
    """Return the records of libraries by name, in the order of `LIBRARIES`."""
    wanted = {*names}
    return tuple(library for library in LIBRARIES if library.name in wanted)


def libraries_of(imported: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the libraries among the packages that code imports."""
    roots = {*imported}
    return tuple(one.name for one in LIBRARIES if roots & {*one.imports})


def taken_names() -> frozenset[str]:
    """Return the names that a snippet must not have: Python's modules and packages."""
    packages = (package for one in LIBRARIES for package in one.imports)
    others = ("lecture", "IPython", "scipy", "PIL")
    return sys.stdlib_module_names | {*packages, *others}
