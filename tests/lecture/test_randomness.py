"""Generators without a seed are found by reading, through every way to import them."""

import ast
import textwrap
from pathlib import Path

import pytest
from conftest import WriteProject
from lecture.book.reading import read_book
from lecture.collect.randomness import unseeded

ROOT = Path(__file__).parents[2]
UNSEEDED = [
    "import numpy as np\nnp.random.default_rng()",
    "import numpy\nnumpy.random.default_rng(None)",
    "import numpy.random as npr\nnpr.default_rng(seed=None)",
    "import numpy.random\nnumpy.random.default_rng()",
    "from numpy import random\nrandom.default_rng()",
    "from numpy.random import default_rng as make\nmake()",
    "import numpy as np\nnp.random.RandomState()",
    "import numpy as np\nnp.random.SeedSequence()",
    "import numpy as np\nnp.random.Generator(np.random.PCG64())",
    "import numpy as np\nnp.random.seed()",
    "import random\nrandom.seed()",
    "import random\nrandom.seed(None)",
    "import random\nrandom.Random()",
    "from random import SystemRandom\nSystemRandom().random()",
    "import keras\nkeras.random.SeedGenerator()",
    "from keras import random\nrandom.SeedGenerator(seed=None)",
    "import tensorflow as tf\ntf.keras.random.SeedGenerator()",
    "import secrets\nsecrets.randbelow(3)",
    "from secrets import token_hex\ntoken_hex()",
    "import os\nos.urandom(3)",
    "import uuid\nuuid.uuid4()",
    "def f():\n    import numpy as np; np.random.default_rng()",
]
SEEDED = [
    "import numpy as np\nnp.random.default_rng(0)",
    "import numpy as np\nnp.random.default_rng(seed)",
    "import numpy as np\nnp.random.default_rng(seed=seed)",
    "import numpy as np\nnp.random.default_rng(**settings)",
    "import numpy as np\nnp.random.default_rng(*seeds)",
    "import numpy as np\nnp.random.default_rng([seed, 1])",
    "import numpy as np\nnp.random.SeedSequence(entropy=3)",
    "import numpy as np\nnp.random.Generator(np.random.PCG64(3))",
    "import numpy as np\nnp.random.rand(3); np.random.shuffle(x)",
    "import random\nrandom.random(); random.Random(0); random.Random(x=3)",
    "import keras\nkeras.random.SeedGenerator(1)",
    "import uuid\nuuid.uuid5(uuid.NAMESPACE_DNS, 'a')",
    "def default_rng():\n    return 1\ndefault_rng()",
    "rng.default_rng()",
]


@pytest.mark.parametrize("source", UNSEEDED)
def test_generator_without_a_seed_is_found(source: str) -> None:
    found = list(unseeded(ast.parse(source)))
    assert [line for line, _, _ in found] == [2]
    _, what, remedy = found[0]
    assert what in source
    assert "(0)`" in remedy


@pytest.mark.parametrize("source", SEEDED)
def test_seeded_and_legacy_generators_are_left_alone(source: str) -> None:
    assert list(unseeded(ast.parse(source))) == []


def test_statements_are_read_as_a_module_is() -> None:
    tree = ast.parse("from random import Random\nX = Random()\nY = Random(3)")
    assert list(unseeded(tree.body)) == list(unseeded(tree)) != []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "snippets").rglob("*.py")), ids=lambda path: path.stem
)
def test_snippets_seed_what_they_draw_from(path: Path) -> None:
    assert list(unseeded(ast.parse(path.read_text(encoding="utf-8")))) == []


def drawing(project: WriteProject, source: str) -> str:
    """Return what reading says of `experiment_it` in a module; "" for nothing."""
    head = "import keras\nimport random\nimport numpy as np\nfrom keras import layers\n"
    (project({"snippets/page.py": head}).root / "snippets/page.py").write_text(
        head + textwrap.dedent(source), encoding="utf-8"
    )
    book = read_book(project({}))
    (artefact,) = book.artefacts
    error = book.status(artefact).error
    return f"{error.message} → {error.hint}" if error else ""


MODEL = """
def build():
    return keras.Sequential([keras.Input((2,)), layers.Dense(3)])


def experiment_it(seed=0):
    {}
    build().fit(np.ones((2, 2)), np.ones((2, 3)))
    return {{"n": 1}}
"""


def test_model_that_nobody_seeds_is_refused_with_a_remedy(
    project: WriteProject,
) -> None:
    told = drawing(project, MODEL.format("pass"))
    assert "시드를 정하지 않은 난수를 씁니다: layers.Dense" in told
    assert "`keras.utils.set_random_seed(seed)`를 부르세요" in told
    unknown = MODEL.format("keras.utils.set_random_seed(None)")
    assert drawing(project, unknown) == told


@pytest.mark.parametrize(
    "source",
    [
        MODEL.format("keras.utils.set_random_seed(seed)"),
        MODEL.format("start(seed)")
        + "\n\ndef start(n): keras.utils.set_random_seed(n)",
        MODEL.replace("Dense(3)", "Dense(3, kernel_initializer='zeros')").format(
            "pass"
        ),
        MODEL.replace("Dense(3)", "Flatten()").format("pass"),
        MODEL.replace("Dense(3)", "Dropout(0.1, seed=3)").format("pass"),
        MODEL.replace(".fit(np.ones((2, 2)), np.ones((2, 3)))", ".summary()").format(
            "pass"
        ),
        "def experiment_it():\n    np.random.seed(0); return {'a': np.random.rand()}",
        "def experiment_it():\n    return {'a': np.random.default_rng(0).random()}",
        "def f(): np.random.rand()\ndef experiment_it():\n    return {'a': 1}",
    ],
)
def test_what_is_seeded_or_draws_nothing_is_run(
    project: WriteProject, source: str
) -> None:
    assert drawing(project, source) == ""


@pytest.mark.parametrize("draw", ["np.random.rand()", "random.random()"])
def test_shared_generator_that_nobody_seeds_is_refused(
    project: WriteProject, draw: str
) -> None:
    told = drawing(project, f"def experiment_it():\n    return {{'a': {draw}}}")
    assert draw.removesuffix("()") in told
    assert "`np.random.default_rng(seed)`에서 뽑으세요" in told
