"""Six notebooks as Korean textbooks have them, small enough to be run by tests."""

import base64
import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

Notebook = dict[str, Any]
_COLAB = {"provenance": [], "gpuType": "T4", "toc_visible": True}
_BADGE = (
    '<a href="https://colab.research.google.com/github/some/book/01.ipynb" '
    'target="_parent"><img src="https://colab.research.google.com/assets/'
    'colab-badge.svg" alt="Open In Colab"/></a>'
)


def text(source: str, **more: Any) -> Notebook:
    return {"cell_type": "markdown", "metadata": {}, "source": _lines(source), **more}


def code(source: str, *outputs: Notebook) -> Notebook:
    return {
        "cell_type": "code",
        "metadata": {"id": "aB3", "colab": {"base_uri": "https://localhost:8080/"}},
        "source": _lines(source),
        "outputs": [*outputs],
        "execution_count": None,
    }


def badge() -> Notebook:
    """Return the cell that Colab puts in front of a notebook from GitHub."""
    found = text(_BADGE)
    return {**found, "metadata": {"id": "view-in-github", "colab_type": "text"}}


def notebook(*cells: Notebook, language: str = "python") -> Notebook:
    return {
        "cells": [*cells],
        "metadata": {
            "colab": _COLAB,
            "accelerator": "GPU",
            "kernelspec": {"name": "python3", "display_name": "Python 3"},
            "language_info": {"name": language},
        },
        "nbformat": 4,
        "nbformat_minor": 0,
    }


def png(width: int = 3, height: int = 2) -> bytes:
    """Return a grey picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + checksum

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def write(folder: Path, name: str, content: Notebook | bytes | str) -> Path:
    """Write a notebook, or a file beside it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, dict):
        content = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _lines(source: str) -> list[str]:
    return dedent(source).strip("\n").splitlines(keepends=True)


def write_all(folder: Path) -> dict[str, Path]:
    """Write the six notebooks, and what lies beside them; return them by name."""
    for name, content in _BESIDE.items():
        write(folder, name, content)
    return {name: write(folder, f"{name}.ipynb", one) for name, one in SIX.items()}


_IRIS = "길이,너비,품종\n" + "".join(
    f"{4 + n / 10:.1f},{1 + n % 4 / 10:.1f},{'가' if n < 10 else '나'}\n"
    for n in range(20)
)
_BESIDE: dict[str, bytes | str] = {
    "data/iris.csv": _IRIS,
    "pictures/뉴런 그림.png": png(40, 20),
    "best-model.keras": "지난번에 저장한 모델",
}

FISH = notebook(
    badge(),
    text("# 마켓과 머신러닝\n\n첫 번째 머신러닝 프로그램입니다."),
    text("## 생선 분류 문제\n도미와 빙어를 나눕니다.\n- 도미: 35마리\n- 빙어: 14마리"),
    code(
        """
        %matplotlib inline
        import matplotlib.pyplot as plt
        import numpy as np

        length = [25.4, 26.3, 26.5, 29.0, 29.0, 29.7, 9.8, 10.5, 10.6, 11.0, 11.2, 11.3]
        weight = [242, 290, 340, 363, 430, 450, 6.7, 7.5, 7.0, 9.7, 9.8, 8.7]
        plt.scatter(length, weight)
        plt.xlabel('length')
        plt.ylabel('weight')
        plt.show()
        """
    ),
    text(
        "### 훈련 세트와 테스트 세트\n\n자세한 것은 [앞 장](../ch1/1-2.ipynb)을 보세요."
    ),
    code(
        """
        from sklearn.model_selection import train_test_split
        from sklearn.neighbors import KNeighborsClassifier

        fish_data = np.column_stack((length, weight))
        fish_target = np.array([1] * 6 + [0] * 6)
        train_input, test_input, train_target, test_target = train_test_split(
            fish_data, fish_target, stratify=fish_target)
        """
    ),
    code(
        """
        kn = KNeighborsClassifier(n_neighbors=3)
        kn.fit(train_input, train_target)
        score = kn.score(test_input, test_target)
        score
        """
    ),
)

CALLBACKS = notebook(
    text("# 신경망 모델 훈련\n"),
    text("# 손실 곡선"),
    code("!pip install -q tensorflow\n!wget https://bit.ly/model.h5"),
    code(
        """
        from tensorflow import keras
        from sklearn.model_selection import train_test_split
        from google.colab import drive
        drive.mount('/content/drive')

        (train_input, train_target), (test_input, test_target) = \\
            keras.datasets.fashion_mnist.load_data()
        train_scaled = train_input[:400] / 255.0
        train_scaled, val_scaled, train_target, val_target = train_test_split(
            train_scaled, train_target[:400], test_size=0.2, random_state=42)
        """
    ),
    code(
        """
        def model_fn(a_layer=None):
            model = keras.Sequential()
            model.add(keras.layers.Flatten(input_shape=(28, 28)))
            model.add(keras.layers.Dense(20, activation='relu'))
            if a_layer:
                model.add(a_layer)
            model.add(keras.layers.Dense(10, activation='softmax'))
            return model
        """
    ),
    text("# 모델 저장과 복원"),
    code(
        """
        model = model_fn(keras.layers.Dropout(0.3))
        model.compile(optimizer='adam', loss='sparse_categorical_crossentropy',
                      metrics=['accuracy'])
        checkpoint_cb = keras.callbacks.ModelCheckpoint('best-model.keras',
                                                        save_best_only=True)
        early_stopping_cb = keras.callbacks.EarlyStopping(patience=2,
                                                          restore_best_weights=True)
        history = model.fit(train_scaled, train_target, epochs=3, verbose=0,
                            validation_data=(val_scaled, val_target),
                            callbacks=[checkpoint_cb, early_stopping_cb])
        """
    ),
    code(
        """
        import matplotlib.pyplot as plt

        plt.plot(history.history['loss'])
        plt.plot(history.history['val_loss'])
        plt.xlabel('epoch')
        plt.ylabel('loss')
        plt.legend(['train', 'val'])
        plt.show()
        """
    ),
    code(
        """
        !ls -al *.keras
        model = keras.models.load_model('best-model.keras')
        val_loss, val_accuracy = model.evaluate(val_scaled, val_target, verbose=0)
        """
    ),
)

PLOTS = notebook(
    text("# 활성화 함수\n\n![뉴런](pictures/뉴런%20그림.png)"),
    text(
        "## 그림으로 보기\n\n![](attachment:shape.png)",
        attachments={"shape.png": {"image/png": base64.b64encode(png()).decode()}},
    ),
    code(
        """
        import numpy as np
        import matplotlib.pyplot as plt

        rng = np.random.default_rng()
        x = np.sort(rng.uniform(-5, 5, 50))  # 한글 주석 뒤의 default_rng()

        plt.figure(figsize=(4, 3))
        plt.plot(x, 1 / (1 + np.exp(-x)))
        plt.title('시그모이드 함수')
        plt.show()

        plt.figure(figsize=(4, 3))
        plt.plot(x, np.maximum(0, x))
        plt.title('ReLU 함수')
        plt.show()
        """
    ),
    text("## 한꺼번에"),
    code(
        """
        def draw(names):
            fig, axs = plt.subplots(1, len(names), figsize=(6, 2.5))
            for ax, name in zip(axs, names):
                ax.plot(x, getattr(np, name)(x))
            fig.suptitle('두 함수를 나란히')
            plt.show()

        draw(['tanh', 'sin'])
        """
    ),
    code("draw(['cos', 'tanh'])"),
)

INPUT_SHAPE = notebook(
    text("# MNIST 분류하기"),
    code(
        """
        import tensorflow as tf
        from tensorflow.keras.datasets import mnist
        from tensorflow.keras.layers import Dense
        from tensorflow.keras.models import Sequential
        from tensorflow.keras.utils import to_categorical

        tf.random.set_seed(42)
        (X_train, y_train), (X_test, y_test) = mnist.load_data()
        X_train = X_train.reshape(-1, 784)[:300] / 255
        Y_train = to_categorical(y_train[:300], 10)
        """
    ),
    code(
        """
        model = Sequential()
        model.add(Dense(32, input_shape=(784,), activation='relu'))
        model.add(Dense(10, activation='softmax'))
        model.summary()
        """
    ),
    code(
        """
        model.compile(loss='categorical_crossentropy', optimizer='rmsprop',
                      metrics=['accuracy'])
        hist = model.fit(X_train, Y_train, epochs=2, batch_size=32, verbose=2)
        """
    ),
)

TABLE = notebook(
    text("# 붓꽃 데이터 살펴보기"),
    code(
        """
        import pandas as pd

        iris = pd.read_csv('data/iris.csv')
        iris.head()
        """
    ),
    code("iris.describe()"),
    code(
        """
        # 꽃잎의 길이와 너비
        iris.plot.scatter(x='길이', y='너비')
        """
    ),
    code("mean = iris['길이'].mean()\nprint(f'평균 {mean:.2f}')"),
)

PROGRESS = notebook(
    text("# 진행 막대를 보며 배우기"),
    code("!nvidia-smi"),
    code(
        """
        import numpy as np
        import keras
        from keras import layers

        x = np.random.rand(200, 4)
        y = (x.sum(axis=1) > 2).astype(int)
        model = keras.Sequential([layers.Dense(8, activation='relu'),
                                  layers.Dense(1, activation='sigmoid')])
        model.compile(loss='binary_crossentropy', metrics=['accuracy'])
        """
    ),
    code(
        """
        %%time
        model.fit(x, y, epochs=3, verbose=1)
        loss, accuracy = model.evaluate(x, y)
        """
    ),
)

SIX = {
    "fish": FISH,
    "callbacks": CALLBACKS,
    "plots": PLOTS,
    "input_shape": INPUT_SHAPE,
    "table": TABLE,
    "progress": PROGRESS,
}
KERAS = {"callbacks", "input_shape", "progress"}


def cells_of(one: Notebook) -> Iterator[str]:
    """Yield the sources of a notebook's code cells."""
    for cell in one["cells"]:
        if cell["cell_type"] == "code":
            yield "".join(cell["source"])
