"""활성화 함수 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from activations import FUNCTIONS, forward, relu
from comparison import pick
from runs.activations import (
    DEPTHS,
    DERIVATIVES,
    LABELS,
    NAMES,
    OPTIMIZERS,
    RATES,
    SHIFTS,
    at_best_rate,
    dead_units,
    make_moons,
)

# ---------------------------------------------------------------- 공식과 도함수


def figure_classic():
    """Sigmoid, Tanh, ReLU(왼쪽)와 그 도함수(오른쪽). 색칠한 곳은 도함수의 크기가 0.01보다
    작은 포화 구간입니다.

    대체 텍스트: Sigmoid는 0에서 1로, Tanh는 -1에서 1로 올라가며 양 끝이 평평합니다.
    ReLU는 왼쪽만 평평합니다. 도함수의 최댓값은 Sigmoid가 0.25, 나머지는 1입니다.
    """
    x = np.linspace(-8, 8, 801)
    fig, axes = plt.subplots(
        3, 2, figsize=(4.6, 6), sharex=True, sharey="col", layout="constrained"
    )
    for (left, right), name in zip(axes, ("sigmoid", "tanh", "relu"), strict=True):
        slope = DERIVATIVES[name](x)
        left.plot(x, FUNCTIONS[name](x), "C0", linewidth=2)
        right.plot(x, slope, "C1", linewidth=2)
        for ax in (left, right):
            ax.fill_between(
                x,
                0,
                1,
                where=np.abs(slope) < 0.01,
                transform=ax.get_xaxis_transform(),
                color="C3",
                alpha=0.15,
                linewidth=0,
            )
        left.set(title=LABELS[name], ylim=(-1.2, 2.2))
        right.set(title=f"{LABELS[name]}의 도함수", ylim=(-0.05, 1.1))
    for ax in axes[-1]:
        ax.set_xlabel("$x$")
    return fig


def figure_family():
    """ReLU의 친척 여섯. 실선은 함수, 파선은 도함수, 가는 점선은 견주어 볼 ReLU입니다.

    대체 텍스트: 모두 오른쪽에서는 ReLU와 거의 같은 직선입니다. 왼쪽에서 Leaky ReLU는
    비스듬한 직선, ELU와 SELU는 음수로 내려가 평평해지는 곡선이고, GELU, Swish, Mish는
    조금 내려갔다가 0으로 돌아옵니다.
    """
    x = np.linspace(-4, 3, 701)
    names = ("leaky_relu", "elu", "selu", "gelu", "silu", "mish")
    fig, axes = plt.subplots(
        3, 2, figsize=(4.6, 6.6), sharex=True, sharey=True, layout="constrained"
    )
    for ax, name in zip(axes.flat, names, strict=True):
        ax.plot(x, relu(x), "C6:", linewidth=1)
        ax.plot(x, FUNCTIONS[name](x), "C0", linewidth=2, label="$f(x)$")
        ax.plot(x, DERIVATIVES[name](x), "C1--", linewidth=1.5, label="$f\\,'(x)$")
        ax.set_title(LABELS[name])
        ax.set_ylim(-2, 3)
    for ax in axes[-1]:
        ax.set_xlabel("$x$")
    axes[0, 0].legend()
    return fig


def table_shapes(shapes):
    """활성화 함수의 모양. 아래 끝이 –인 함수는 아래로 끝없이 내려갑니다. 평평한 비율은
    -5와 5 사이에서 도함수의 크기가 0.01보다 작은 곳의 비율입니다.
    """
    frame = pd.DataFrame(
        {
            "함수": LABELS[name],
            "아래 끝": None if name == "leaky_relu" else shapes[name]["minimum"],
            "0에서의 기울기": shapes[name]["slope_at_zero"],
            "가장 큰 기울기": shapes[name]["slope_max"],
            "평평한 비율": shapes[name]["flat_share"],
        }
        for name in NAMES
    )
    frame.attrs["format"] = {
        "아래 끝": ".3f",
        "0에서의 기울기": ".3f",
        "가장 큰 기울기": ".3f",
        "평평한 비율": ".0%",
    }
    return frame


# ---------------------------------------------------------------- 3×3 행렬


def figure_example(example):
    """같은 행렬에 ReLU와 Tanh를 원소마다 적용한 결과.

    대체 텍스트: 입력 행렬은 [-1, 3, 2], [0, 2, -3], [-1, -4, 1]이고, ReLU의 결과는
    [0, 3, 2], [0, 2, 0], [0, 0, 1]입니다. Tanh의 결과는 모두 -1과 1 사이입니다.
    """
    panels = {
        "입력 $x$": example["input"],
        "ReLU$(x)$": example["relu"],
        "tanh$(x)$": example["tanh"],
    }
    fig, axes = plt.subplots(1, 3, figsize=(4.6, 1.9), layout="constrained")
    for ax, (title, matrix) in zip(axes, panels.items(), strict=True):
        draw_matrix(ax, np.array(matrix))
        ax.set_title(title)
    return fig


def draw_matrix(ax, matrix):
    ax.set(xlim=(-0.5, 2.5), ylim=(2.5, -0.5), aspect="equal")
    ax.axis("off")
    for (row, column), value in np.ndenumerate(matrix):
        text = f"{value:.0f}" if value == round(value) else f"{value:.3f}"
        text = text.replace("-", "−")
        ax.add_patch(
            plt.Rectangle(
                (column - 0.5, row - 0.5),
                1,
                1,
                color="C0" if value > 0 else "C1",
                alpha=0.35 * min(abs(value), 1),
                linewidth=0,
            )
        )
        ax.text(column, row, text, ha="center", va="center", fontsize=9)


# ------------------------------------------------------- 층을 둘로 만드는 것


def figure_border(border):
    """구조가 같은 세 신경망이 두 초승달을 나눈 경계와 정확도. 모두 세 층이고 은닉층마다
    유닛이 16개이며, 활성화 함수만 다릅니다.

    대체 텍스트: 활성화 함수가 없는 신경망의 경계는 직선이고, ReLU의 경계는 꺾인 선,
    Tanh의 경계는 매끄럽게 굽은 선입니다.
    """
    points, label = make_moons(300, 0.15, 0)
    fig, axes = plt.subplots(
        3, 1, figsize=(3.6, 7.2), sharex=True, sharey=True, layout="constrained"
    )
    axis_x, axis_y = np.linspace(-1.7, 2.7, 200), np.linspace(-1.3, 1.8, 150)
    grid = np.stack(np.meshgrid(axis_x, axis_y), axis=-1).reshape(-1, 2)  # (30000, 2)
    for ax, (name, network) in zip(axes, border.items(), strict=True):
        score = forward(network["weights"], name, grid).reshape(150, 200)
        ax.contourf(
            axis_x, axis_y, score > 0, [-0.5, 0.5, 1.5], colors=["C0", "C1"], alpha=0.2
        )
        for one, marker in ((0, "o"), (1, "^")):
            ax.plot(*points[label == one].T, f"C{one}{marker}", markersize=2.5)
        ax.set_title(f"{LABELS[name]}: {network['accuracy']:.1%}")
        ax.set(xticks=[], yticks=[])
    return fig


def table_layers_accuracy(layers):
    """활성화 함수가 있고 없음에 따른 검증 정확도. Fashion-MNIST 10000장, Adam, 5에폭,
    시드 5개의 평균과 표준편차입니다.
    """
    rows = []
    for model in ("softmax", "linear", "relu"):
        accuracy = pick(layers, "accuracy", model=model)
        rows.append(
            {
                "신경망": {
                    "softmax": "784-10 (소프트맥스 회귀)",
                    "linear": "784-128-64-10, 활성화 없음",
                    "relu": "784-128-64-10, ReLU",
                }[model],
                "매개변수": int(pick(layers, "parameters", model=model)[0]),
                "검증 정확도": accuracy.mean(),
                "표준편차": accuracy.std(ddof=1),
            }
        )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {
        "매개변수": ",d",
        "검증 정확도": ".4f",
        "표준편차": ".4f",
    }
    return frame


# ------------------------------------------------------------- 깊이와 기울기


def figure_norms(norms):
    """학습하기 전, 은닉층이 20개인 신경망의 층별 기울기 크기. 점은 시드 5개의 중앙값, 띠는 최소와
    최대입니다.

    대체 텍스트: Tanh와 ReLU는 모든 층에서 거의 같은 높이입니다. Sigmoid는 출력에서
    입력으로 갈수록 로그 눈금에서 직선으로 곤두박질합니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.8), layout="constrained")
    for name, marker in {"sigmoid": "o", "tanh": "s", "relu": "^"}.items():
        runs = np.array(norms[name])  # (시드 수, 층 수)
        layer = np.arange(1, runs.shape[1] + 1)
        ax.semilogy(layer, np.median(runs, axis=0), marker + "-", label=LABELS[name])
        ax.fill_between(layer, runs.min(axis=0), runs.max(axis=0), alpha=0.2)
    ax.set_xlabel("층 번호 (1층이 입력에 가장 가깝습니다)")
    ax.set_ylabel("기울기의 크기 $\\|\\partial L/\\partial W\\|$")
    ax.set_xticks([1, 5, 10, 15, 20])
    ax.legend()
    return fig


def figure_depth_curve(depth):
    """은닉층의 수에 따른 검증 정확도. 점 하나가 시드 하나이고 선은 평균, 가로 파선은
    찍었을 때의 정확도 0.1입니다.

    대체 텍스트: Tanh와 ReLU의 선은 은닉층이 늘어도 수평에 가깝고, Sigmoid의 선은
    아래로 무너집니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.6), layout="constrained")
    for shift, (name, marker) in enumerate(
        {"sigmoid": "o", "tanh": "s", "relu": "^"}.items()
    ):
        runs = np.array(
            [pick(depth, "accuracy", activation=name, depth=d) for d in DEPTHS]
        )
        x = np.array(DEPTHS) + 0.15 * (shift - 1)
        ax.plot(x, runs.mean(axis=1), f"C{shift}-", label=LABELS[name])
        ax.plot(x, runs, f"C{shift}{marker}", markersize=4, alpha=0.6)
    ax.axhline(0.1, color="C6", linestyle="--", linewidth=1)
    ax.set(xlabel="은닉층의 수", ylabel="검증 정확도", ylim=(0, 1), xticks=DEPTHS)
    ax.legend(loc="lower left")
    return fig


# ------------------------------------------------------- 원점 대칭인가, 기울기인가


def figure_centre_effect(centre, tuned):
    """Sigmoid를 원점으로 옮기거나(− ½) 가파르게 했을 때(4x)와 Tanh의 테스트 정확도. 점 하나가
    시드 하나, 세로 금은 평균입니다. 학습률(η)은 함수마다 검증 데이터로 골랐습니다.

    대체 텍스트: σ(x)의 점들이 가장 왼쪽에 있고, 원점으로 옮긴 것과 가파르게 한 것은 그보다 오른쪽입니다.
    둘을 다 한 것과 Tanh는 서로 비슷합니다.
    """
    best = {name: at_best_rate(centre, **where) for name, where in SHIFTS.items()}
    best["Tanh"] = at_best_rate(tuned, activation="tanh")
    fig, ax = plt.subplots(figsize=(4.6, 3.2), layout="constrained")
    for place, (_, runs) in enumerate(best.values()):
        ax.plot(runs, np.full(len(runs), place), "C0o", alpha=0.5)
        ax.plot([runs.mean()] * 2, [place - 0.2, place + 0.2], "C0", linewidth=2)
    labels = [f"{name}\nη = {lr:g}" for name, (lr, _) in best.items()]
    ax.set_yticks(range(len(best)), labels)
    ax.invert_yaxis()
    ax.set_xlabel("테스트 정확도")
    ax.margins(x=0.1, y=0.1)
    return fig


def table_rates(centre, tuned):
    """SGD의 학습률에 따른 검증 정확도. 시드 5개의 평균이고, 행마다 가장 높은 학습률을 골라
    테스트 정확도를 알립니다. 784-128-64-10, Fashion-MNIST 10000장, 5에폭입니다.
    """
    groups = {name: (centre, where) for name, where in SHIFTS.items()}
    groups |= {
        LABELS[name]: (tuned, dict(activation=name)) for name in ("tanh", "relu")
    }
    rows = []
    for name, (frame, where) in groups.items():
        lr, accuracy = at_best_rate(frame, **where)
        for knob, wanted in where.items():
            frame = frame[frame[knob] == wanted]
        means = frame.groupby("lr")["val_accuracy"].mean()
        tried = ", ".join(f"{rate:g}: {mean:.3f}" for rate, mean in means.items())
        rows.append(
            {"함수": name, "고른 η": lr, "테스트": accuracy.mean(), "η: 검증": tried}
        )
    table = pd.DataFrame(rows)
    table.attrs["format"] = {"고른 η": "g", "테스트": ".3f"}
    return table


# ------------------------------------------------------------- 모두 견주기


def figure_compare(compare):
    """활성화 함수 아홉 개의 검증 정확도. 점 하나가 시드 하나, 세로 금은 평균입니다.
    Adam의 평균이 높은 것부터 늘어놓았고 ReLU만 색이 다릅니다.

    대체 텍스트: SGD에서는 Sigmoid의 평균만 왼쪽에 뚝 떨어져 있고, Adam에서는 아홉 함수의
    점들이 서로 겹칩니다.
    """
    order = sorted(
        NAMES,
        key=lambda n: pick(compare, "accuracy", activation=n, optimizer="adam").mean(),
    )
    fig, axes = plt.subplots(2, 1, figsize=(4.6, 7), sharey=True, layout="constrained")
    for ax, (optimizer, title) in zip(axes, OPTIMIZERS.items(), strict=True):
        for place, name in enumerate(order):
            runs = pick(compare, "accuracy", activation=name, optimizer=optimizer)
            color = "C1" if name == "relu" else "C0"
            ax.plot(runs, np.full(len(runs), place), color + "o", alpha=0.5)
            ax.plot([runs.mean()] * 2, [place - 0.3, place + 0.3], color, linewidth=2)
        ax.set(title=f"{title} (학습률 {RATES[optimizer]})", xlabel="검증 정확도")
    axes[0].set_yticks(range(len(order)), [LABELS[name] for name in order])
    return fig


# ------------------------------------------------------------- 계산 시간


def figure_cost_bars(cost, epochs):
    """ReLU를 1로 놓은 계산 시간. 위는 원소 백만 개의 함수와 도함수, 아래는
    784-128-64-10 신경망의 한 에폭입니다.

    대체 텍스트: 위의 막대는 함수마다 길이가 크게 다르지만, 아래의 한 에폭 막대는
    서로 길이가 비슷합니다.
    """
    order = sorted(cost, key=lambda name: cost[name]["both_ratio"])
    trained = [name for name in order if name in epochs]
    fig, (top, bottom) = plt.subplots(
        2,
        1,
        figsize=(4.6, 5.6),
        gridspec_kw={"height_ratios": [3, 1.2]},
        layout="constrained",
    )
    for ax, names, ratios in (
        (top, order, [cost[name]["both_ratio"] for name in order]),
        (bottom, trained, [epochs[name]["ratio"] for name in trained]),
    ):
        bars = ax.barh([LABELS[name] for name in names], ratios)
        ax.bar_label(bars, fmt="×%.1f", padding=3)
        ax.axvline(1, color="C1", linewidth=1)
        ax.margins(x=0.15)
        ax.set_xlabel("ReLU에 대한 시간의 비")
    top.set_title("원소 백만 개, 함수 + 도함수")
    bottom.set_title("한 에폭 전체")
    return fig


# ------------------------------------------------------------- 죽은 ReLU


def table_dead_units(dead):
    """학습률에 따른 죽은 유닛과 정확도. 시드 5개의 평균이고, 죽은 유닛은 훈련 이미지
    10000장 모두에서 z ≤ 0인 유닛입니다. 발산한 실행은 유닛의 평균에서 뺐습니다.
    """
    rows = []
    for activation in ("relu", "leaky_relu"):
        for lr in sorted(dead["lr"].unique()):
            runs = dead_units(dead, activation, lr)
            rows.append(
                {
                    "함수": LABELS[activation],
                    "학습률": lr,
                    "z ≤ 0인 쌍": runs["negative"].astype(float).mean(),
                    "죽은 유닛": runs["dead"].astype(float).mean(),
                    "검증 정확도": runs["accuracy"].mean(),
                    "발산": int(runs["diverged"].sum()),
                }
            )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {
        "학습률": "g",
        "z ≤ 0인 쌍": ".1%",
        "죽은 유닛": ".1%",
        "검증 정확도": ".3f",
    }
    return frame


def figure_dead_curve(dead):
    """학습률에 따른 죽은 유닛의 비율(위)과 검증 정확도(아래). 점 하나가 시드 하나이고
    선은 평균입니다. 발산한 실행은 위 칸에서 빠집니다.

    대체 텍스트: ReLU의 죽은 유닛은 작은 학습률에서 0에 가깝다가 큰 학습률에서 크게
    늘어나고, 두 함수 모두 큰 학습률에서 정확도가 0.1 가까이로 떨어집니다.
    """
    fig, axes = plt.subplots(
        2, 1, figsize=(4.6, 5.6), sharex=True, layout="constrained"
    )
    for color, name in (("C0", "relu"), ("C1", "leaky_relu")):
        runs = dead[dead["activation"] == name]
        for ax, value in zip(axes, ("dead", "accuracy"), strict=True):
            column = runs[value].astype(float)
            mean = column.groupby(runs["lr"]).mean()
            ax.plot(runs["lr"], column, color + "o", alpha=0.4, markersize=4)
            ax.plot(mean.index, mean, color, label=LABELS[name])
    axes[0].set_ylabel("모든 이미지에서 $z \\leq 0$인 유닛")
    axes[1].set_ylabel("검증 정확도")
    for ax in axes:
        ax.set(xscale="log", ylim=(-0.03, 1.03))
    axes[1].set_xlabel("학습률")
    axes[0].legend()
    return fig


# ------------------------------------------------------------- 출력층


def table_scores(stability):
    """점수 (s, 0, 0)의 교차 엔트로피를 float32로 두 가지로 계산한 값과, float64로 구한 참값.
    정의대로 계산하면 점수가 89부터 넘칩니다.
    """
    frame = pd.DataFrame(
        {
            "점수 s": row["top"],
            "정답": place,
            "정의대로": row[f"naive_{answer}"],
            "s를 빼고": row[f"stable_{answer}"],
            "참값": row[f"exact_{answer}"],
        }
        for place, answer in (("1번", "right"), ("2번", "wrong"))
        for row in stability["rows"]
    )
    columns = ("정의대로", "s를 빼고", "참값")
    frame.attrs["format"] = dict.fromkeys(columns, ".6g")
    return frame
