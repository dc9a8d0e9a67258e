"""학습 곡선 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from learning_curves import smooth, standard_error
from runs.learning_curves import (
    SIZES,
    as_seen,
    curves,
    early,
    last,
    of_size,
    zigzag,
)

# ---------------------------------------------------------------- 그림의 도우미


def draw(ax, lines, color, label, style="-", first=0):
    """첫 시드는 굵게, 나머지 시드는 흐리게 그립니다."""
    for i, line in enumerate(lines):
        ax.plot(
            np.arange(first, first + len(line)),
            line,
            color + style,
            alpha=1 if i == 0 else 0.25,
            linewidth=2 if i == 0 else 1,
            label=label if i == 0 else None,
        )


def draw_both(ax, fit, run, color, name):
    """훈련 손실(파선)과 검증 손실(실선)을 함께 그립니다."""
    draw(ax, curves(fit, run, "train_loss"), color, f"{name}: 훈련", "--")
    draw(ax, curves(fit, run, "val_loss"), color, f"{name}: 검증")


def finish(ax, ylabel="손실", **settings):
    ax.set(xlabel="에폭", ylabel=ylabel, **settings)
    ax.xaxis.set_major_locator(plt.MaxNLocator(integer=True))
    ax.legend()


# ---------------------------------------------------------------- 여덟 곡선


GALLERY = ("sorted", "under", "small_val", "stall", "leak", "init", "high", "over")


def figure_gallery(fit, levels):
    """여덟 학습의 곡선. 파선은 훈련 손실, 실선은 검증 손실이고, 가로축은 에폭, 세로축은
    손실입니다. 눈금이 칸마다 다릅니다.

    대체 텍스트: A는 두 곡선이 크게 벌어진 채 검증이 높습니다. B는 두 곡선이 높은 곳에서
    붙어 있습니다. C는 훈련만 매끄럽고 검증은 삐죽합니다. D는 내려오다가 멈추어
    출렁입니다. E는 두 곡선이 모두 낮습니다. F는 수평선입니다. G는 위아래로 크게 뜁니다.
    H는 훈련은 0으로 가는데 검증은 다시 올라갑니다.
    """
    fig, axes = plt.subplots(4, 2, figsize=(4.6, 9.6), layout="constrained")
    for ax, name, letter in zip(axes.flat, GALLERY, "ABCDEFGH"):
        history = as_seen(fit, levels, name)
        epochs = np.arange(1, len(history["loss"]) + 1)
        ax.plot(epochs, np.array(history["loss"], dtype=float), "C0--", label="훈련")
        ax.plot(epochs, np.array(history["val_loss"], dtype=float), "C1", label="검증")
        ax.set_title(letter, loc="left", fontweight="bold")
        ax.set_ylim(0, 1.05 * ax.get_ylim()[1])
    axes[0, 0].legend()
    for ax in axes[:, 0]:
        ax.set_ylabel("손실")
    for ax in axes[-1]:
        ax.set_xlabel("에폭")
    return fig


# ---------------------------------------------------------------- 세 곡선과 시드


def figure_three(fit):
    """같은 학습의 세 곡선. 위는 처음 여섯 에폭, 아래는 20에폭 전체입니다. 시드 0입니다.

    대체 텍스트: 첫 에폭에서는 기록된 훈련 손실이 가장 높고, 다시 잰 훈련 손실과 검증 손실은
    그보다 한참 아래에 붙어 있습니다. 나중에는 검증 손실만 위에 남습니다.
    """
    logged = curves(fit, "healthy", "loss")[0]
    again = curves(fit, "healthy", "train_loss")[0][1:]
    val = curves(fit, "healthy", "val_loss")[0][1:]
    fig, axes = plt.subplots(
        2, 1, figsize=(4.6, 5.6), sharey=True, layout="constrained"
    )
    for ax, end in zip(axes, (6, len(val))):
        epochs = np.arange(1, end + 1)
        ax.plot(epochs, logged[:end], "C0--", label="기록된 훈련")
        ax.plot(epochs, again[:end], "C2", label="다시 잰 훈련")
        ax.plot(epochs, val[:end], "C1", label="검증")
        ax.set_ylabel("손실")
    axes[1].set_xlabel("에폭")
    axes[1].legend()
    return fig


def figure_spread_curves(fit):
    """시드만 다른 다섯 학습의 검증 손실(위)과, 그 가운데 하나를 매끄럽게 한
    곡선(아래)입니다.

    대체 텍스트: 위의 다섯 곡선은 함께 내려가지만 서로 다른 에폭에서 솟습니다. 아래의
    매끄러운 곡선은 솟은 곳이 사라지는 대신 원래 곡선보다 늦게 내려옵니다.
    """
    val = curves(fit, "healthy", "val_loss")[:, 1:]
    epochs = np.arange(1, val.shape[1] + 1)
    fig, (top, bottom) = plt.subplots(
        2, 1, figsize=(4.6, 5.8), sharex=True, sharey=True, layout="constrained"
    )
    for seed, line in enumerate(val):
        top.plot(epochs, line, f"C{seed}", linewidth=1.5, label=f"시드 {seed}")
    bottom.plot(epochs, val[0], "C0", alpha=0.4, label="시드 0")
    bottom.plot(epochs, smooth(val[0]), "C1", label="매끄럽게")
    top.set_ylabel("검증 손실")
    bottom.set(xlabel="에폭", ylabel="검증 손실")
    top.legend(ncols=2)
    bottom.legend()
    return fig


# ---------------------------------------------------------------- 시작하기 전


def figure_memorise_curves(memorise):
    """사진 20장의 훈련 손실. 시드 3개, 로그 눈금입니다.

    대체 텍스트: He로 시작한 세 곡선은 끝까지 크게 내려가고, 표준편차 0.001로 시작한
    곡선은 ln 10 근처에 머뭅니다.
    """
    fig, ax = plt.subplots()
    draw(ax, memorise["he"]["losses"], "C0", "He 초기화", first=1)
    draw(ax, memorise["tiny"]["losses"], "C1", "표준편차 0.001", first=1)
    finish(ax, "훈련 손실", yscale="log")
    ax.set_xlabel("걸음")
    return fig


# ---------------------------------------------------------------- 1. 처음 가중치


def figure_start_curves(fit):
    """시작하지 못하는 세 곡선과 정상 곡선의 검증 손실. 위는 처음 가중치가 나쁜 학습과
    그것을 고친 학습, 아래는 처음 가중치는 좋지만 학습률이 잘못된 학습입니다.

    대체 텍스트: 위의 나쁜 처음 가중치는 ln 10에서 수평선이고, 학습률을 열 배로 하면 한참
    수평이다가 뒤늦게 내려갑니다. 아래의 작은 학습률은 처음부터 아주 조금씩 내려가고, 큰
    학습률은 수평선입니다.
    """
    fig, (top, bottom) = plt.subplots(
        2, 1, figsize=(4.6, 6), sharey=True, layout="constrained"
    )
    draw(top, curves(fit, "init", "val_loss"), "C1", "표준편차 0.001")
    draw(top, curves(fit, "init_fast", "val_loss"), "C3", "학습률만 10배", ":")
    draw(top, curves(fit, "healthy", "val_loss"), "C0", "He로 고침")
    draw(bottom, curves(fit, "crawl", "val_loss"), "C1", "lr = 0.0001")
    draw(bottom, curves(fit, "burst", "val_loss"), "C3", "lr = 1", ":")
    draw(bottom, curves(fit, "healthy", "val_loss"), "C0", "lr = 0.03으로 고침")
    top.set_title("처음 가중치 탓")
    bottom.set_title("학습률 탓")
    finish(top, "검증 손실", ylim=(0, 4))
    bottom.set(xlabel="에폭", ylabel="검증 손실")
    bottom.legend()
    return fig


def table_gradients(gradients):
    """학습하기 전에 잰, 층마다의 가중치에 대한 기울기의 크기. 시드 3개의 평균입니다."""
    frame = pd.DataFrame(
        {
            "층": ["첫째", "둘째", "셋째"],
            "He": np.mean(gradients["he"], axis=0),
            "표준편차 0.001": np.mean(gradients["tiny"], axis=0),
        }
    )
    frame.attrs["format"] = {"He": ".2g", "표준편차 0.001": ".1e"}
    return frame


# ---------------------------------------------------------------- 2. 과소적합


def figure_simple_curves(fit):
    """은닉 유닛이 2개인 신경망(고치기 전)과 32개인 신경망(고친 뒤)의 손실입니다.

    대체 텍스트: 유닛이 2개이면 훈련과 검증 곡선이 높은 곳에 나란히 붙어 있고, 32개이면 둘 다
    훨씬 낮아지면서 사이가 벌어집니다.
    """
    fig, ax = plt.subplots()
    draw_both(ax, fit, "under", "C1", "2개")
    draw_both(ax, fit, "wide", "C0", "32개")
    finish(ax, ylim=(0, None))
    return fig


# ---------------------------------------------------------------- 3. 과적합


def figure_complex_curves(fit):
    """과적합한 학습과 세 가지 처방. 위는 손실, 아래는 검증 정확도이고, 동그라미는 조기
    종료가 멈추는 곳(시드 0)입니다. 위의 파선은 과적합한 학습의 훈련 손실입니다.

    대체 텍스트: 과적합한 학습의 검증 손실은 일찍 가장 낮아졌다가 계속 올라가는데, 검증
    정확도는 거의 내려가지 않습니다. 데이터를 늘린 학습만 정확도가 뚜렷하게 높습니다.
    """
    fig, (top, bottom) = plt.subplots(2, 1, figsize=(4.6, 6), layout="constrained")
    draw(top, curves(fit, "over", "train_loss"), "C1", None, "--")
    named = {"over": "고치기 전", "small": "유닛 32개", "more": "4배 데이터"}
    for color, (run, label) in zip(("C1", "C2", "C0"), named.items()):
        draw(top, curves(fit, run, "val_loss"), color, label)
        draw(bottom, curves(fit, run, "val_accuracy"), color, label)
    stop = int(early(fit)[0][0])
    for ax, key in ((top, "val_loss"), (bottom, "val_accuracy")):
        ax.plot(stop, curves(fit, "over", key)[0, stop], "C3o", markersize=9, zorder=5)
    top.set(xlabel="에폭", ylabel="손실", ylim=(0, 2.2))
    bottom.set(xlabel="에폭", ylabel="검증 정확도", ylim=(0.55, 0.9))
    bottom.legend(loc="lower right")
    return fig


def table_cures(fit):
    """과적합의 네 가지 결말을 테스트 데이터로 채점한 값. 시드 5개의 평균입니다."""
    _, loss, accuracy = early(fit)
    rows = [("조기 종료", loss.mean(), accuracy.mean())]
    for run, name in (
        ("over", "그대로"),
        ("small", "유닛 32개"),
        ("more", "4배 데이터"),
    ):
        values = (last(fit, run, f"test_{k}").mean() for k in ("loss", "accuracy"))
        rows.append((name, *values))
    frame = pd.DataFrame(rows, columns=["처방", "테스트 손실", "테스트 정확도"])
    frame = frame.iloc[[1, 2, 0, 3]].reset_index(drop=True)
    frame.attrs["format"] = {"테스트 손실": ".3f", "테스트 정확도": ".3f"}
    return frame


# ---------------------------------------------------------------- 4. 정체


def figure_stall_curves(fit):
    """중간에 멈춘 두 학습의 검증 손실. 8에폭 뒤에(세로선) 학습률을 바꾸어 보았습니다.

    대체 텍스트: 위의 출렁이는 곡선은 학습률을 낮추자 곧바로 낮은 곳에서 평평해집니다.
    아래의 느린 곡선은 학습률을 낮추면 멈추고, 높이면 빠르게 내려갑니다.
    """
    fig, (top, bottom) = plt.subplots(2, 1, figsize=(4.6, 6), layout="constrained")
    draw(top, curves(fit, "stall", "val_loss"), "C1", "lr = 0.3 그대로")
    draw(top, curves(fit, "stall_drop", "val_loss"), "C0", "0.03으로 낮춤")
    draw(bottom, curves(fit, "low", "val_loss"), "C1", "lr = 0.001 그대로")
    draw(bottom, curves(fit, "low_drop", "val_loss"), "C3", "0.0001로 낮춤", ":")
    draw(bottom, curves(fit, "low_raise", "val_loss"), "C0", "0.01로 높임")
    for ax in (top, bottom):
        ax.axvline(8, color="C6", linewidth=1)
    top.set_title("출렁이며 멈춤")
    bottom.set_title("느리게 내려감")
    finish(top, "검증 손실", ylim=(0.3, 1.6))
    bottom.set(xlabel="에폭", ylabel="검증 손실", ylim=(0.3, 2.6))
    bottom.legend()
    return fig


# ---------------------------------------------------------------- 5. 학습률


def figure_rates_curves(fit):
    """학습률만 다른 세 학습. 파선은 훈련 손실, 실선은 검증 손실입니다.

    대체 텍스트: 학습률이 크면 손실이 위아래로 크게 뛰고, 작으면 매끄럽지만 느리게 내려가며,
    알맞으면 빠르게 내려갑니다.
    """
    fig, ax = plt.subplots()
    for run, color, name in (
        ("high", "C1", "0.5"),
        ("low", "C3", "0.001"),
        ("healthy", "C0", "0.03"),
    ):
        draw_both(ax, fit, run, color, name)
    ax.set(xlabel="에폭", ylabel="손실", ylim=(0, 5), xlim=(0, 16))
    ax.legend(ncols=2, loc="upper right")
    return fig


# ---------------------------------------------------------------- 6. 작은 검증 데이터


def figure_small_curves(levels):
    """학습 한 번을 여러 검증 데이터로 채점한 정확도. 위는 서로 다른 50장 네 벌과 5000장입니다.
    아래의 점은 시드 5개의 평균으로 잰 톱니, 점선은 높이의 표준오차 √(p(1−p)/n)입니다.

    대체 텍스트: 위에서 50장짜리 곡선 네 개는 높이가 제각각이고 5000장짜리 곡선은 그
    가운데를 지납니다. 아래에서 높이의 표준오차는 곧게 내려가지만, 톱니는 내려가다가
    평평해집니다.
    """
    fig, (top, bottom) = plt.subplots(2, 1, figsize=(4.6, 6), layout="constrained")
    for i, line in enumerate(of_size(levels, SIZES[0], "curves")[0]):
        epochs = np.arange(1, len(line) + 1)
        top.plot(
            epochs, line, "C1", alpha=0.6, linewidth=1, label=None if i else "50장"
        )
    whole = np.array(levels.sort_values("seed")["whole"].tolist())  # (시드, 에폭)
    top.plot(epochs, whole[0], "C0", linewidth=2.5, label="5000장")
    top.set(xlabel="에폭", ylabel="검증 정확도", ylim=(0.5, 1))
    top.legend(loc="lower right")
    saw = [np.mean(of_size(levels, n, "zigzag")) for n in SIZES]
    sizes = np.array([*SIZES, 5000])
    error = standard_error(whole[:, -1].mean(), sizes)
    bottom.plot(sizes, error, "C1:", label="높이의 표준오차 (식)")
    bottom.plot(sizes, [*saw, zigzag(whole.T)], "C0s-", label="톱니 (잰 값)")
    bottom.set(xscale="log", yscale="log", xlabel="검증 사진의 수", ylabel="표준편차")
    bottom.legend()
    return fig


# ---------------------------------------------------------------- 7. 누출


def figure_leak_curves(fit):
    """훈련 사진의 사본이 절반인 검증 데이터(고치기 전), 사본을 지운 검증 데이터(고친 뒤),
    테스트 데이터로 잰 정확도. 학습은 하나입니다.

    대체 텍스트: 사본이 섞인 검증 곡선은 훨씬 높은 곳에 있고, 사본을 지운 검증 곡선은 테스트
    곡선과 겹칩니다.
    """
    fig, ax = plt.subplots()
    draw(ax, curves(fit, "leak", "val_accuracy"), "C1", "검증: 사본이 섞임")
    draw(ax, curves(fit, "leak", "clean_accuracy"), "C0", "검증: 사본을 지움")
    draw(ax, curves(fit, "leak", "test_accuracy"), "C2", "테스트", "--")
    finish(ax, "정확도", ylim=(0.5, 1))
    return fig


# ---------------------------------------------------------------- 8. 섞지 않은 데이터


def figure_order_curves(fit, steps):
    """클래스 차례로 줄 세운 데이터의 학습(고치기 전)과 섞은 학습(고친 뒤). 위는 에폭마다,
    아래는 다섯 걸음마다 잰 손실입니다.

    대체 텍스트: 위에서 줄 세운 학습의 기록된 훈련 손실은 낮지만, 다시 잰 훈련 손실과 검증
    손실은 그보다 훨씬 높습니다. 아래에서 줄 세운 학습의 검증 손실은 크게 오르내리고,
    섞은 학습은 훨씬 매끄럽게 내려갑니다.
    """
    fig, (top, bottom) = plt.subplots(2, 1, figsize=(4.6, 6), layout="constrained")
    draw(top, curves(fit, "sorted", "loss")[:1], "C1", "기록된 훈련", "--", first=1)
    draw(top, curves(fit, "sorted", "train_loss")[:1], "C3", "다시 잰 훈련", ":")
    draw(top, curves(fit, "sorted", "val_loss"), "C1", "검증")
    draw(top, curves(fit, "healthy", "val_loss"), "C0", "검증: 섞음")
    top.set(xlabel="에폭", ylabel="손실", xlim=(0, 16), ylim=(0, 4.5))
    top.legend()
    for shuffle, color, label in ((False, "C1", "줄 세움"), (True, "C0", "섞음")):
        row = steps[steps["shuffle"] == shuffle].iloc[0]
        at = 5 * np.arange(len(row["losses"])) * row["epochs"] / row["steps"]
        bottom.plot(at, row["losses"], color, linewidth=1.5, label=label)
    bottom.set(xlabel="에폭", ylabel="검증 손실")
    bottom.legend()
    return fig


# ---------------------------------------------------------------- 연습 문제의 답


def table_diagnoses(diagnoses):
    """diagnose의 답. 시드 0은 규칙을 정할 때 본 것이고, 다른 시드는 보지 않은 것입니다."""
    frame = pd.DataFrame(diagnoses["rows"])
    rows = []
    for name in dict.fromkeys(frame["run"]):
        runs = frame[frame["run"] == name]
        answers = runs["answer"].tolist()
        rows.append(
            {
                "정답": runs["truth"].iloc[0],
                "시드 0의 답": answers[0],
                "다른 시드의 답": " · ".join(dict.fromkeys(answers[1:])),
            }
        )
    return pd.DataFrame(rows)
