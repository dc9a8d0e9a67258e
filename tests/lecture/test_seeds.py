"""Seeds moved in a process of its own, as a reseeded task has them."""

import subprocess
import sys

DRAW = """
import random, sys
import keras, numpy as np
from lecture.collect.libraries import libraries
from lecture.task.seeds import shift_seeds

shift = int(sys.argv[1])
if shift:
    shift_seeds(shift, libraries(["keras"]))
keras.utils.set_random_seed(3)
weights = keras.layers.Dense(2)
weights.build((None, 2))
print(float(weights.kernel[0, 0]), random.random(), np.random.random())
print(np.random.default_rng(3).random(), np.random.default_rng(seed=3).random())
print(np.random.default_rng().random() != np.random.default_rng().random())
"""


def drawn(shift: int) -> list[str]:
    command = [sys.executable, "-c", DRAW, str(shift)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_every_seeded_generator_draws_other_numbers_and_the_same_again():
    plain, moved = drawn(0), drawn(1000)

    assert all(one != other for one, other in zip(plain[:-1], moved[:-1], strict=True))
    assert moved == drawn(1000)
    assert plain[-1] == moved[-1] == "True"  # without a seed, as before
