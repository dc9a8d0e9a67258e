"""Generators without a seed are found by reading, through every way to import them."""

import ast
from pathlib import Path

import pytest
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
