"""원본 노트의 잘못 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from runs.errata import BROKEN, PRINTED_FIRST, RUNTIME, STATED, SYNTAX, shortened

# ------------------------------------------------------------------ 계산과 표


def table_adam(rows):
    """원본 노트에 적힌 Adam의 여섯 줄. 별표를 단 두 줄은 정확도와 손실이 넷째 자리까지
    같습니다.
    """
    adam = [row for row in rows["rows"] if row["optimizer"] == "Adam"]
    printed = [(row["accuracy"], row["loss"]) for row in adam]
    frame = pd.DataFrame(
        {
            "배치": row["batch_size"],
            "검증 비율": row["split"],
            "정확도": row["accuracy"],
            "손실": row["loss"],
            "같은 줄": "★" if printed.count(pair) > 1 else "",
        }
        for row, pair in zip(adam, printed)
    )
    frame.attrs["format"] = {"검증 비율": ".2f", "정확도": ".4f", "손실": ".4f"}
    return frame


# 진행 막대: 평균의 평균 ---------------------------------------------------------


def figure_running(bar):
    """Fashion-MNIST 첫 에폭의 훈련 정확도(시드 0). 곡선은 에폭의 처음부터 그 걸음까지의
    평균이고, 파선은 곡선의 끝(history), 일점쇄선은 곡선 전체의 평균(그때의 진행 막대),
    점선은 원본 노트에 적힌 수입니다.

    대체 텍스트: 곡선은 처음에 빠르게 올라 차츰 느려집니다. 곡선의 끝보다 곡선의 평균이
    뚜렷이 낮고, 원본 노트의 수는 곡선의 평균과 거의 겹칩니다.
    """
    row = bar.iloc[0]
    fig, ax = plt.subplots()
    steps = np.arange(len(row["curve"])) * row["every"] + 1
    ax.plot(steps, row["curve"], label="지금까지의 평균")
    ax.axhline(row["history"], color="C2", ls="--", label="history에 남는 값")
    ax.axhline(row["old_bar"], color="C1", ls="-.", label="평균의 평균 (그때의 막대)")
    ax.axhline(PRINTED_FIRST, color="C3", ls=":", label="원본 노트")
    ax.set(ylim=(0.5, 0.9), xlabel="걸음", ylabel="훈련 정확도")
    ax.legend(loc="lower right")
    return fig


# ------------------------------------------------------- 실행되지 않는 코드


def table_unread(broken):
    """읽히지도 않는 코드. ⏎는 줄이 바뀌는 자리입니다."""
    return broken_table(broken, SYNTAX)


def table_stopped(broken):
    """읽히지만 실행하면 멈추는 코드. 마지막 두 줄(E12, E13)은 원본에서 한 걸음 더 나아갈
    때에만 멈춥니다. 고친 코드도 모두 실행해 보았습니다."""
    return broken_table(broken, (*RUNTIME, "E12", "E13"))


def broken_table(broken, ids):
    parts = {part["id"]: part for part in BROKEN}
    frame = pd.DataFrame(
        {
            "번호": name,
            "원문 코드": code(parts[name].get("shown", [parts[name]["source"]])[0]),
            "오늘의 오류": code(shortened(broken["errors"][name])),
            "고친 코드": code(parts[name].get("shown", [parts[name]["fixed"]])[-1]),
        }
        for name in ids
    )
    frame.attrs["markdown"] = ["원문 코드", "오늘의 오류", "고친 코드"]
    return frame


def code(text):
    """여러 줄 코드를 표의 칸에 들어갈 한 줄로 적습니다."""
    line = " ⏎ ".join(text.splitlines())
    return f"`` {line} ``" if "`" in line else f"`{line}`"


# 이어서 학습하기 ----------------------------------------------------------------


def figure_fits(continued):
    """fit을 거듭 부를 때의 훈련 손실. MNIST 2,000장, 소프트맥스 한 층, SGD. compile을 다시
    해도 손실은 이어지고, 모델을 새로 만들어야 처음으로 돌아갑니다.

    대체 텍스트: 처음 네 에폭 동안 내려온 손실이 fit을 다시 불러도, compile한 뒤 불러도
    끊기지 않고 계속 내려갑니다. 새 모델에서만 처음의 높이로 뛰어오릅니다.
    """
    fig, ax = plt.subplots()
    start = 1
    marks = ("o-", "s-", "^-", "D--")
    names = ("처음", "fit을 다시", "compile하고 fit", "새 모델")
    for name, mark in zip(names, marks):
        losses = continued["losses"][name]
        epochs = np.arange(start, start + len(losses))
        ax.plot(epochs, losses, mark, label=name)
        start += len(losses)
    ax.set(xlabel="지금까지의 에폭", ylabel="훈련 손실")
    ax.xaxis.set_major_locator(plt.MaxNLocator(integer=True))
    ax.legend()
    return fig


# 에폭마다 같은 순서 -------------------------------------------------------------


def figure_permutations(orders):
    """이미지 여덟 장을 네 에폭 동안 본 순서. 한 줄이 한 에폭이고, 칸의 수는 이미지의
    번호입니다. NumPy 배열로 fit한 결과입니다.

    대체 텍스트: 시드를 정하지 않은 위는 네 줄의 순서가 서로 다르고, 시드를 정한
    아래는 네 줄의 순서가 똑같아 세로 띠가 됩니다.
    """
    fig, axes = plt.subplots(2, 1, figsize=(3.6, 4.4))
    titles = {"free": "시드 없음", "seeded": "set_random_seed(0)"}
    for ax, (key, title) in zip(axes, titles.items()):
        for (row, column), image in np.ndenumerate(np.array(orders[key])):
            corner = (column - 0.5, row - 0.5)
            shade = 0.08 + 0.07 * image
            ax.add_patch(
                plt.Rectangle(corner, 1, 1, color="C0", alpha=shade, linewidth=0)
            )
            ax.text(column, row, image, ha="center", va="center")
        ax.set(xlim=(-0.5, 7.5), ylim=(3.5, -0.5), title=title, xticks=[])
        ax.set_yticks(range(4), [f"{epoch}에폭" for epoch in range(1, 5)])
        ax.grid(visible=False)
    return fig


# ----------------------------------------------------------------- 적힌 수


def table_numbers(counts, matrix):
    """원본 노트에 적힌 수와 이 쪽에서 다시 얻은 수."""
    rows = [
        ("N22", "MNIST 테스트", "mnist_test"),
        ("N22", "CIFAR-10", "cifar"),
        ("N23", "은닉층, 출력층", "parameters"),
        ("N23", "매개변수 모두", "total"),
        ("N24", "한 에폭의 걸음", "steps"),
        ("N24", "평가의 걸음", "evaluation_steps"),
    ]
    frame = [
        {
            "번호": n,
            "무엇": what,
            "적힌 수": as_python(STATED[k]),
            "다시 얻은 수": as_python(counts[k]),
        }
        for n, what, k in rows
    ]
    last = f"{matrix['tanh'][0][1]:.3f}"
    frame.append(
        {"번호": "N25", "무엇": "tanh(3)", "적힌 수": "0.995", "다시 얻은 수": last}
    )
    return pd.DataFrame(frame)


def as_python(value):
    """모양은 파이썬이 보여 주는 대로 적습니다: (10000, 28, 28), (10000,)."""
    if not isinstance(value, list):
        return str(value)
    shapes = [tuple(one) if isinstance(one, list) else one for one in value]
    return ", ".join(map(str, shapes))
