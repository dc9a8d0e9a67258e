"""What a notebook asks for that is gone, lacking, or told better in another way."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from lecture.base.particles import with_particle
from lecture.begin.notebook import Remark
from lecture.begin.syntax import imported_roots, nodes_of

_OPTIMISER = r"(?:Adam|AdamW|SGD|RMSprop|Adagrad|Adadelta|Adamax|Nadam)"
_OLD = {
    r"\bmetrics\s*=\s*['\"]": "`metrics=['accuracy']`처럼 목록으로 적으세요.",
    r"\bnp_utils\b": "`keras.utils.to_categorical`을 쓰세요.",
    r"\.predict_classes\(": "`model.predict(x).argmax(axis=1)`로 적으세요.",
    r"\.(?:fit|evaluate|predict)_generator\(": "`_generator` 없이 적으세요.",
    rf"\b{_OPTIMISER}\([^()]*\blr\s*=": "`lr=` 대신 `learning_rate=`로 적으세요.",
    r"\btf\.(?:Session|placeholder)\b": "TensorFlow 1의 것입니다. Keras로 적으세요.",
    r"\btensorflow\.examples\b": "`keras.datasets`에서 읽으세요.",
    r"\bexperimental\.preprocessing\b": "`keras.layers`에 그대로 있습니다.",
    r"\bkeras\.wrappers\b": "SciKeras를 쓰거나 `fit`으로 적으세요.",
    r"\bload_boston\b": "`fetch_california_housing`처럼 다른 데이터를 쓰세요.",
}
_WARNED = re.compile(r"\binput_(?:shape|dim)\s*=")
_INPUT = (
    "돌기는 하지만 경고가 쪽에 실립니다. 첫 층으로 `keras.Input(shape=…)`을 두세요."
)
_INSTALL = "requirements.txt에 적고 `make lock`과 `make site`로 설치하세요."


def advice(code: tuple[tuple[int, str], ...], folder: Path) -> Iterator[Remark]:
    """Yield what would stop a notebook's cells or show a warning, each once."""
    known = set[str]()
    for cell, source in code:
        for what, line, hint in (*_old(source), *_lacking(source, folder)):
            if what not in known:
                known.add(what)
                yield Remark(cell, line, what, hint)


def _old(source: str) -> Iterator[tuple[str, int, str]]:
    for pattern, hint in _OLD.items():
        if found := re.search(pattern, source):
            what = f"지금의 라이브러리에서는 멈춥니다: `{found[0]}`"
            yield what, _line(source, found), hint
    if found := _WARNED.search(source):
        what = f"옛 방식입니다: `{found[0]}`"
        yield what, _line(source, found), _INPUT


def _line(source: str, found: re.Match[str]) -> int:
    return source.count("\n", 0, found.start()) + 1


def _lacking(source: str, folder: Path) -> Iterator[tuple[str, int, str]]:
    for root, line in imported_roots(nodes_of([source])):
        if root == "google" or find_spec(root):
            continue
        what = f"{with_particle(root, '이')} 설치되어 있지 않습니다."
        beside = (folder / f"{root}.py").is_file()
        hint = f"곁의 {root}.py를 snippets/에 두세요." if beside else _INSTALL
        yield what, line, hint
