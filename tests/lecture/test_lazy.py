"""Drawing does not wait for Keras and TensorFlow, and computing still can."""

import subprocess
import sys

PLOTTING = """
from lecture.task.lazy import import_lazily
import_lazily()
import sys
import keras
import tensorflow as tf
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
figure, axes = plt.subplots(2, 2)
for ax in axes.flat:
    ax.plot([1, 2, 3], [0.1, 0.2, 0.3])
figure.canvas.draw()
print("tensorflow.python" in sys.modules, "keras.src" in sys.modules)
"""
COMPUTING = """
from lecture.task.lazy import import_lazily
import_lazily()
import keras
import tensorflow as tf
print(float(tf.reduce_sum(tf.constant([1.0, 2.0]))), keras.__version__)
print(bool(tf.is_tensor(tf.constant(1.0))))
"""


def said(code: str) -> list[str]:
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.split()


def test_plotting_never_loads_tensorflow_that_a_snippet_has_imported() -> None:
    assert said(PLOTTING) == ["False", "False"]


def test_first_use_loads_the_whole_library() -> None:
    total, version, is_tensor = said(COMPUTING)
    assert float(total) == 3.0
    assert version.startswith("3.")
    assert is_tensor == "True"
