"""옵티마이저 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from comparison import with_sign
from runs.optimizers import (
    ADAPTIVE,
    DEFAULTS,
    GROUPS,
    LABELS,
    MARKS,
    NAMES,
    best,
    best_lr,
    score,
    tuned,
    usable,
)

STYLE = {  # 선의 모양으로도 구별합니다
    "sgd": ("C0", "-", "o"),
    "momentum": ("C1", "--", "s"),
    "nesterov": ("C2", ":", "^"),
    "adagrad": ("C3", "-", "o"),
    "rmsprop": ("C4", "--", "s"),
    "adam": ("C5", ":", "^"),
}


def line(ax, x, y, name, **more):
    color, dash, marker = STYLE[name]
    more = {"markersize": 4, "label": LABELS[name], **more}
    return ax.plot(x, y, color=color, linestyle=dash, marker=marker, **more)


def figure_paths(ravine):
    """같은 골짜기를 내려가는 여섯 옵티마이저의 처음 서른 걸음. 표시 하나가 한 걸음이고, 십자는
    바닥입니다. 학습률(과 모멘텀의 β)은 골짜기에서 가장 빨리 내려가도록 저마다 맞추었고, Adagrad만
    첫 걸음이 그림 밖으로 나가지 않게 1로 줄였습니다.

    대체 텍스트: 위 그림에서 SGD는 골짜기의 두 벽 사이를 지그재그로 오가며 느리게 갑니다. 모멘텀은 더 크게
    흔들리지만 Nesterov와 함께 바닥에 먼저 닿습니다. 아래 그림에서 셋은 벽을 오가지 않고 비스듬히 내려갑니다.
    RMSProp은 작은 걸음으로 뒤처지고, Adam은 십자를 지나쳤다가 돌아옵니다.
    """
    fig, axes = plt.subplots(
        2, 1, figsize=(4.6, 5.6), sharex=True, sharey=True, layout="constrained"
    )
    x, y = np.linspace(-5.5, 7, 150), np.linspace(-1.9, 1.9, 120)
    height = 0.5 * (x[None, :] ** 2 + 50 * y[:, None] ** 2)  # (120, 150)
    for ax, names in zip(axes, GROUPS, strict=True):
        levels = [1, 4, 10, 20, 40, 80]
        ax.contour(x, y, height, levels, colors="C7", alpha=0.25, linewidths=0.8)
        for name in names:
            path = np.array(ravine[name]["straight"]["path"][:31])  # (31, 2)
            line(ax, path[:, 0], path[:, 1], name, linewidth=1.3)
        ax.plot(0, 0, "C7+", markersize=12, markeredgewidth=2)
        ax.set(xlim=(-5.5, 7), ylim=(-1.9, 1.9), ylabel="$w_2$ (가파른 쪽)")
        ax.legend(loc="upper left", ncols=3, fontsize="small")
    axes[1].set_xlabel("$w_1$ (완만한 쪽)")
    return fig


def table_rules(same):
    """NumPy로 쓴 규칙과 Keras의 차이. 스무 걸음 동안 가장 크게 벌어진 값이고, 상태는 매개변수
    하나마다 기억하는 수의 개수입니다.
    """
    frame = pd.DataFrame(
        {
            "옵티마이저": label,
            "상태": same[name]["state"],
            "Keras의 상태": same[name]["keras_state"],
            "가장 큰 차이": same[name]["difference"],
        }
        for name, label in LABELS.items()
    )
    frame.attrs["format"] = {"가장 큰 차이": ".0e"}
    return frame


def table_valley(ravine):
    """손실이 처음의 0.1 % 아래로 내려가기까지의 걸음 수. 출발점 12개의 평균이고, 학습률 100개(모멘텀과
    Nesterov는 β 12개도)에서 가장 빠른 것을 골랐습니다.
    """
    frame = pd.DataFrame(
        {
            "옵티마이저": LABELS[name],
            "곧은 골짜기": ravine[name]["straight"]["steps"],
            "30° 돌린 것": ravine[name]["turned"]["steps"],
        }
        for name in NAMES
    )
    frame.attrs["format"] = {"곧은 골짜기": ".0f", "30° 돌린 것": ".0f"}
    return frame


def figure_escape(saddle):
    """안장에서 벗어나는 길. 위는 능선에서 0.001 떨어진 곳에서 출발한 길이고, 아래는 능선에
    얼마나 가까이서 출발했는지에 따른 걸음 수입니다.

    대체 텍스트: 위에서 SGD는 안장의 한가운데까지 내려간 뒤에야 위로 꺾이고, Adam은 바로 비스듬히
    벗어납니다. 아래에서 SGD, 모멘텀, Nesterov의 선은 능선에 가까울수록 똑바로 올라가고 Adagrad는
    그보다 느리게 올라가며 RMSProp과 Adam은 거의 수평입니다.
    """
    fig, (top, bottom) = plt.subplots(2, 1, figsize=(4.6, 6.4), layout="constrained")
    grid = np.linspace(-1.1, 1.1, 80)
    height = grid[None, :] ** 2 - grid[:, None] ** 2
    top.contour(grid, grid, height, 9, colors="C7", alpha=0.25, linewidths=0.8)
    for name in ("sgd", "adagrad", "adam"):
        path = np.array(saddle[name]["path"])
        line(top, path[:, 0], path[:, 1], name, markersize=3)
    top.set(xlim=(-0.4, 1.1), ylim=(-0.3, 1.05), xlabel="$x$", ylabel="$y$")
    for name in NAMES:
        steps = [np.nan if count is None else count for count in saddle[name]["steps"]]
        line(bottom, saddle["start"], steps, name)
    bottom.set(xscale="log", xlabel="출발한 곳의 $y$", ylabel="벗어나기까지의 걸음")
    bottom.invert_xaxis()
    bottom.legend(fontsize="small")
    return fig


def table_noise(noise):
    """잡음이 섞인 기울기로 손실 ½w²을 600걸음 내려간 뒤. 걸음의 크기와 손실은 4000번 되풀이한 마지막
    300걸음의 평균입니다.
    """
    rows = {
        "sgd": "SGD, 0.1",
        "same_rate": "모멘텀, 0.1",
        "same_effect": "모멘텀, 0.01",
        "nesterov": "Nesterov, 0.01",
    }
    frame = pd.DataFrame(
        {
            "옵티마이저, 학습률": label,
            "한 걸음의 크기": noise[key]["jump"],
            "남은 손실": noise[key]["loss"],
        }
        for key, label in rows.items()
    )
    frame.attrs["format"] = {"한 걸음의 크기": ".3f", "남은 손실": ".3f"}
    return frame


def table_tiny(tiny):
    """크기가 같은 기울기가 계속될 때 열째 걸음의 길이를 학습률로 나눈 값. 값은 Keras의 기본 설정에서
    구했습니다.
    """
    labels = {"adagrad": "Adagrad", "rmsprop": "RMSProp", "adam": "Adam"}
    frame = pd.DataFrame(
        {"기울기": f"{size:.0e}"}
        | {label: tiny[key][i] for key, label in labels.items()}
        for i, size in enumerate(tiny["size"])
    )
    frame.attrs["format"] = dict.fromkeys(labels.values(), ".2g")
    return frame


def figure_rates(fit):
    """학습률에 따른 검증 정확도. 마지막 세 에폭의 평균이고, 점 하나가 시드 하나, 선은 평균입니다.
    둥근 테두리는 Keras의 기본 학습률입니다.

    대체 텍스트: 여섯 선 모두 가운데가 높은 언덕입니다. SGD, 모멘텀, Nesterov는 가장 큰 학습률에서
    절벽처럼 떨어지고, RMSProp과 Adam의 언덕은 넓고 완만합니다. Adagrad의 기본 학습률은 언덕 아래에 있습니다.
    """
    fig, axes = plt.subplots(
        2, 1, figsize=(4.6, 6), sharex=True, sharey=True, layout="constrained"
    )
    for ax, names in zip(axes, GROUPS, strict=True):
        for name in names:
            lrs = sorted(fit[fit["name"] == name]["lr"])
            runs = [score(fit, name, lr, key="val_accuracy") for lr in lrs]
            runs = np.array(runs)  # (학습률, 시드)
            line(ax, lrs, runs.mean(axis=1), name)
            color = STYLE[name][0]
            ax.plot(lrs, runs, color=color, marker=".", linestyle="", alpha=0.4)
            default = runs[lrs.index(DEFAULTS[name])].mean()
            ring = {"marker": "o", "markersize": 13, "markerfacecolor": "none"}
            ax.plot(DEFAULTS[name], default, color=color, **ring)
        ax.set(xscale="log", ylim=(0.6, 0.87), ylabel="검증 정확도")
        ax.legend(loc="lower left", ncols=3, fontsize="small")
    axes[1].set_xlabel("학습률")
    return fig


def figure_curves(fit):
    """검증 정확도로 고른 학습률로 학습한 여섯 옵티마이저의 테스트 정확도. 시드 5개의 평균입니다.

    대체 텍스트: 처음 세 에폭에는 Adam과 Nesterov의 선이 가장 높고, 다섯째 에폭부터는 여섯 선이 좁은 띠
    안에 모입니다. SGD의 선이 대체로 가장 아래에 있습니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.8), layout="constrained")
    for name in NAMES:
        accuracy = tuned(fit, name).mean(axis=0)  # (에폭 수,)
        label = f"{LABELS[name]} ({best_lr(fit, name):g})"
        line(ax, range(1, len(accuracy) + 1), accuracy, name, label=label)
    ax.set(xlabel="에폭", ylabel="테스트 정확도")
    ax.legend(ncols=2, fontsize="small")
    return fig


def table_tuned(fit):
    """검증 정확도가 가장 높은 학습률과 그때의 테스트 정확도, Keras의 기본 학습률에서의 테스트 정확도,
    그리고 검증 정확도가 가장 높은 것과 0.02 안에서 비기는 학습률의 범위(가장 큰 것 ÷ 가장 작은 것).
    시드 5개의 평균입니다.
    """
    frame = pd.DataFrame(
        {
            "옵티마이저": LABELS[name],
            "학습률": best_lr(fit, name),
            "정확도": best(fit, name).mean(),
            "기본값": score(fit, name, DEFAULTS[name]).mean(),
            "범위": f"{usable(fit, name):.0f}배",
        }
        for name in NAMES
    )
    frame.attrs["format"] = {
        "학습률": "g",
        "정확도": ".3f",
        "기본값": ".3f",
    }
    return frame


def figure_drifts(steps):
    """매개변수별 학습률(중앙값)을 첫 걸음의 값으로 나눈 것. MNIST 5000장의 소프트맥스
    회귀이고, 선 하나가 시드 하나입니다.

    대체 텍스트: Adagrad의 선은 1 바로 아래에서 거의 수평으로 조금씩 내려갑니다. RMSProp과 Adam의 선은
    처음에 잠시 내려갔다가 그 뒤로는 줄곧 올라갑니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.5), layout="constrained")
    for name in ADAPTIVE:
        runs = np.array(steps[steps["name"] == name]["runs"].iloc[0], float)
        marks = MARKS[: runs.shape[1]]
        for i, run in enumerate(runs):
            label = LABELS[name] if i == 0 else None
            line(ax, marks, run / run[0], name, label=label, alpha=0.8)
    ax.axhline(1, color="C7", linewidth=0.8)
    ax.set(
        xscale="log", yscale="log", xlabel="걸음", ylabel="매개변수별 학습률 ÷ 첫 값"
    )
    ax.set_yticks([0.2, 0.5, 1, 2], ["0.2", "0.5", "1", "2"])
    ax.set_yticks([], minor=True)
    ax.legend()
    return fig


def figure_pixels(steps):
    """픽셀이 켜지는 빈도(왼쪽)와 그 픽셀에 이어진 가중치의 매개변수별 학습률(오른쪽, 로그 눈금). 밝을수록
    큽니다. 오른쪽에서 한 번도 켜지지 않은 픽셀은 가장 어둡게 칠했습니다.

    대체 텍스트: 왼쪽은 가운데가 밝고 가장자리로 갈수록 어두운 둥근 얼룩입니다. 오른쪽은 거꾸로 가운데가
    어둡고 가장자리가 밝습니다.
    """
    row = steps[steps["name"] == "adagrad"].iloc[0]
    fig, axes = plt.subplots(1, 2, figsize=(4.6, 2.6), layout="constrained")
    titles = ("켜진 빈도", "매개변수별 학습률")
    for ax, key, title in zip(axes, ("frequency", "map"), titles, strict=True):
        ax.imshow(np.array(row[key]).reshape(28, 28), cmap="viridis")
        ax.set(title=title, xticks=[], yticks=[])
    return fig


YES, NO, PARTLY, OPEN = "그렇습니다", "아닙니다", "조건이 붙습니다", "가릴 수 없습니다"


def yes(holds):
    return YES if holds else NO


def compared(pair):
    """짝 차이의 구간이 0보다 위이면 그렇다, 아래이면 아니다, 0을 품으면 가릴 수 없다."""
    return yes(pair["mean"] > 0) if pair["clear"] else OPEN


def shown(pair):
    return with_sign((pair["mean"], pair["half"]), 3)


def table_merits(summary, noise):
    """옵티마이저의 장점과 단점으로 흔히 드는 말과 잰 것. 정확도는 저마다 가장 좋은 학습률에서 쟀습니다.
    맨 위의 세 줄은 정의와 셈에서 나옵니다.
    """
    row = {name: summary[name] for name in NAMES}
    rows = [
        ("경사 하강법", "안정적이다", "골짜기: 학습률이 2/50보다 작을 때만", PARTLY),
        ("경사 하강법", "비용이 크다", "한 걸음에 이미지 전부", YES),
        ("SGD", "갱신이 빠르다", "한 걸음에 이미지 한 장", YES),
        (
            "SGD",
            "흔들릴 수 있다",
            f"잡음이 있으면 손실 {noise['sgd']['loss']:.3f}에서 멈춤",
            yes(noise["sgd"]["loss"] > 0.001),
        ),
        *momentum_rows(row, summary["pairs"]),
        *adaptive_rows(row, summary["pairs"]),
    ]
    frame = pd.DataFrame(rows, columns=["이름", "하는 말", "잰 것", "여기서는"])
    return frame[["이름", "하는 말", "여기서는", "잰 것"]]


def momentum_rows(row, pairs):
    better = pairs["nesterov_momentum"]
    steps = {name: row[name]["valley"] for name in GROUPS[0]}
    faster = steps["nesterov"] < steps["momentum"]
    return [
        (
            "모멘텀",
            "빠르다",
            f"골짜기 {steps['sgd']:.0f} → {steps['momentum']:.0f}걸음",
            yes(steps["momentum"] < steps["sgd"]),
        ),
        (
            "모멘텀",
            "처음에 맞춰야 한다",
            f"쓸 만한 범위 {row['momentum']['usable']:.0f}배 "
            f"(SGD {row['sgd']['usable']:.0f}배)",
            yes(row["momentum"]["usable"] < row["sgd"]["usable"]),
        ),
        (
            "Nesterov",
            "더 빠르고 정확하다",
            f"골짜기 {steps['nesterov']:.0f}걸음, 정확도 {shown(better)}",
            compared(better) if faster else PARTLY,
        ),
    ]


def adaptive_rows(row, pairs):
    late = {name: row[name]["drift"]["late"] for name in ADAPTIVE}
    first, more = pairs["first_adam_sgd"], pairs["gap_adam_sgd"]
    return [
        (
            "Adagrad",
            "드문 매개변수를 크게",
            f"순위 상관 −{-row['adagrad']['drift']['rank']:.2f}",
            yes(row["adagrad"]["drift"]["rank"] < -0.5),
        ),
        (
            "Adagrad",
            "학습률이 줄어 어렵다",
            f"{late['adagrad']:.2f}배로 줄지만 정확도 {row['adagrad']['accuracy']:.3f}",
            PARTLY,
        ),
        (
            "RMSProp",
            "줄어듦을 고친다",
            f"{late['rmsprop']:.1f}배로 늘어남",
            yes(late["rmsprop"] > 1),
        ),
        (
            "Adam",
            "빠르다",
            f"1에폭: SGD보다 {shown(first)}",
            compared(first),
        ),
        (
            "Adam",
            "과적합할 수 있다",
            f"격차: SGD보다 {shown(more)}, "
            f"Nesterov보다 {shown(pairs['gap_adam_nesterov'])}",
            PARTLY if more["clear"] else OPEN,
        ),
    ]


def table_criteria(summary):
    """고르는 기준으로 흔히 드는 말과 잰 것. 차이는 시드 5개의 평균입니다."""
    pairs = summary["pairs"]
    ahead, other = pairs["first_adam_sgd"], pairs["first_adam_nesterov"]
    deep, shallow, more = (
        pairs[key] for key in ("deep_adam", "shallow_adam", "deeper_adam")
    )
    calm = [pairs["wobble_momentum_sgd"], pairs["wobble_nesterov_sgd"]]
    ranges = {name: summary[name]["usable"] for name in ADAPTIVE}
    wide = [value > summary["sgd"]["usable"] for value in ranges.values()]
    rows = [
        (
            "데이터가 크면 Adam, RMSProp",
            f"Adam − SGD: 1000장 {shown(pairs['small_adam'])}, "
            f"10000장 {shown(shallow)}",
            OPEN,
        ),
        (
            "복잡하면 Adagrad, Adam",
            f"Adam − SGD: 은닉층 하나 {shown(shallow)}, 다섯 {shown(deep)}",
            compared(more),
        ),
        (
            "빨리 배우려면 Adam",
            f"1에폭: SGD보다 {shown(ahead)}, Nesterov보다 {shown(other)}",
            PARTLY if ahead["clear"] and not other["clear"] else compared(ahead),
        ),
        (
            "덜 흔들리려면 모멘텀, Nesterov",
            f"SGD보다 {shown(calm[0])}, {shown(calm[1])}",
            YES if all(one["clear"] and one["mean"] < 0 for one in calm) else OPEN,
        ),
        (
            "학습률을 맞추기 싫으면 적응형",
            "쓸 만한 범위: "
            + ", ".join(f"{LABELS[n]} {value:.0f}배" for n, value in ranges.items())
            + f" (SGD {summary['sgd']['usable']:.0f}배)",
            YES if all(wide) else PARTLY if any(wide) else NO,
        ),
    ]
    frame = pd.DataFrame(rows, columns=["하는 말", "잰 것", "여기서는"])
    return frame[["하는 말", "여기서는", "잰 것"]]
