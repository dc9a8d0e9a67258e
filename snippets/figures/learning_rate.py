"""학습률 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from runs.learning_rate import (
    FACTORS,
    OPTIMIZERS,
    SCHEDULES,
    STALLS,
    SWEEP,
    best_rates,
    final_loss,
    of_case,
    smooth,
    tuned,
)

# ---------------------------------------------------------------- 세 학습률의 첫 이백 걸음


def figure_fates(fates):
    """같은 신경망의 첫 200걸음. 미니배치 손실을 열 걸음씩 평균했습니다. Fashion-MNIST,
    784-64-10, SGD, 배치 크기 50, 시드는 모두 같습니다.

    대체 텍스트: 작은 학습률의 손실은 아주 천천히 내려가고, 알맞은 학습률의 손실은 빠르게
    1 아래로 내려가며, 큰 학습률의 손실은 위로 튀었다가 2.3 근처에 머뭅니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.6), layout="constrained")
    names = ("너무 작음", "알맞음", "너무 큼")
    for lr, losses, name, marker in zip(
        fates["rates"], fates["losses"], names, "^os", strict=True
    ):
        mean = np.array(losses, dtype=float).reshape(-1, 10).mean(axis=1)
        at = 10 * np.arange(len(mean)) + 5
        ax.plot(
            at, mean, marker + "-", markersize=4, label=f"{name} ($\\eta$ = {lr:g})"
        )
    ax.set(xlabel="걸음", ylabel="미니배치 손실", ylim=(0, 5))
    ax.legend()
    return fig


# ---------------------------------------------------------------- 그림과 표


def figure_quadratic(quadratic):
    """곡률이 1과 25인 그릇에서. 위는 손실, 아래는 한 걸음에 두 방향의 w가 몇 배가
    되는지입니다. 파선은 1이고, 점선은 경계 2/25입니다.

    대체 텍스트: 위에서 가장 작은 학습률은 느리게, 가운데 학습률은 빠르게 내려가고 경계를
    넘은 학습률은 위로 올라갑니다. 아래에서 완만한 방향의 배수는 천천히 줄고, 가파른 방향의
    배수는 0.04에서 0이 되었다가 다시 커져 경계에서 1을 넘습니다.
    """
    fig, (top, bottom) = plt.subplots(2, 1, figsize=(4.6, 5.8), layout="constrained")
    for lr, losses in zip(quadratic["rates"], quadratic["losses"], strict=True):
        top.semilogy(losses, label=f"{lr:g}")
    top.set(xlabel="걸음", ylabel="손실", ylim=(1e-5, 1e3))
    top.legend(title="학습률", fontsize="small", ncols=2)
    rates = np.linspace(0, 0.1, 201)
    bottom.plot(rates, np.abs(1 - rates), label="완만한 쪽 ($\\lambda=1$)")
    bottom.plot(rates, np.abs(1 - 25 * rates), label="가파른 쪽 ($\\lambda=25$)")
    bottom.axhline(1, color="C6", linestyle="--", linewidth=1)
    bottom.axvline(2 / 25, color="C6", linestyle=":")
    bottom.set(xlabel="학습률", ylabel="한 걸음의 배수", ylim=(0, 1.6))
    bottom.legend(fontsize="small", loc="upper left")
    return fig


def figure_sweep(sweep):
    """학습률에 따른 세 에폭 뒤의 훈련 손실. 점 하나가 시드 하나이고 선은 중앙값입니다. 2.5보다
    큰 손실은 2.5에 그렸습니다.

    대체 텍스트: 두 그림 모두 U자입니다. Adam의 바닥은 SGD의 바닥보다 훨씬 작은 학습률에
    있습니다. SGD는 오른쪽 벽이 왼쪽 벽보다 훨씬 가파릅니다.
    """
    fig, axes = plt.subplots(
        2, 1, figsize=(4.6, 5.8), sharey=True, layout="constrained"
    )
    for ax, (optimizer, rates) in zip(axes, SWEEP.items(), strict=True):
        losses = np.array([final_loss(sweep, optimizer, lr) for lr in rates])
        losses = np.minimum(losses, 2.5)  # (학습률 수, 시드 수)
        ax.semilogx(rates, losses, "C0o", alpha=0.5, markersize=4)
        ax.semilogx(rates, np.median(losses, axis=1), "C0")
        ax.set(title=OPTIMIZERS[optimizer], ylabel="훈련 손실", ylim=(0.3, 2.6))
    axes[1].set_xlabel("학습률")
    return fig


def figure_finder(finder, sweep):
    """학습률을 걸음마다 키우며 잰 손실, 시드 5개. 일곱 걸음씩 평균했습니다. 색칠한 곳은
    앞의 그림에서 손실이 가장 낮은 값의 1.15배 안에 든 SGD 학습률입니다.

    대체 텍스트: 모든 곡선이 처음에 평평하다가 학습률 0.001과 0.01 사이에서 내려가기 시작하고, 바닥을 지난
    뒤 갑자기 치솟습니다. 색칠한 구간은 곡선이 바닥에 닿기 전후에 있습니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.4), layout="constrained")
    for rates, losses in zip(finder["rates"], finder["losses"], strict=True):
        losses = np.array([v for v in losses if v is not None])
        curve = smooth(losses)
        ax.semilogx(rates[3 : 3 + len(curve)], curve, "C0", alpha=0.6, linewidth=1.3)
    best = best_rates(sweep)["sgd"]
    ax.axvspan(best["good_low"], best["good_high"], color="C1", alpha=0.2)
    ax.set(xlabel="학습률", ylabel="미니배치 손실", ylim=(0, 5))
    return fig


def table_warmup(warmup):
    """워밍업 100걸음을 넣었을 때와 뺐을 때의 테스트 정확도. 학습률은 줄마다 다섯 가운데 검증
    정확도가 가장 높은 것입니다. Fashion-MNIST 5000장, 784-64-64-64-10, SGD, 3에폭, 시드 5개의
    평균과 표준편차입니다.
    """
    rows = []
    for scale, steps in ((1, 0), (1, 100), (2, 0), (2, 100)):
        lr, accuracy = tuned(warmup, scale=scale, warmup=steps)
        row = {
            "처음 가중치": "He" if scale == 1 else f"He의 {scale}배",
            "워밍업": "있음" if steps else "없음",
        }
        rows.append({**row, "학습률": lr, **spread(accuracy)})
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"학습률": "g", "정확도": ".3f", "표준편차": ".3f"}
    return frame


def spread(accuracy):
    return {"정확도": accuracy.mean(), "표준편차": accuracy.std(ddof=1)}


def figure_schedules(schedules):
    """네 가지 학습률 스케줄. 모두 0.2에서 출발해 800걸음을 걷습니다.

    대체 텍스트: 그대로는 수평선, 계단은 400걸음과 600걸음에서 뚝 떨어지고, 지수는 처음에
    빠르게 나중에 천천히 줄고, 코사인은 물결처럼 천천히 줄기 시작해 끝에서 0이 됩니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.2), layout="constrained")
    for (name, label), style in zip(
        SCHEDULES.items(), ("-", "--", "-.", "-"), strict=True
    ):
        ax.plot(schedules["at"], schedules[name], style, linewidth=2, label=label)
    ax.set(xlabel="걸음", ylabel="학습률", ylim=(-0.01, 0.22))
    ax.legend(loc="upper right", bbox_to_anchor=(1, 0.92))
    return fig


def table_decay(decay):
    """학습률 스케줄에 따른 테스트 정확도. 처음 학습률은 스케줄마다 넷 가운데 검증 정확도가 가장
    높은 것입니다. Fashion-MNIST 5000장, 784-64-10, SGD, 8에폭, 시드 5개의 평균과
    표준편차입니다.
    """
    rows = []
    for name, label in SCHEDULES.items():
        lr, accuracy = tuned(decay, name=name)
        loss = tuned(decay, "loss", name=name)[1][:, -1]  # (시드 수,)
        row = {"스케줄": label, "처음": lr, "훈련 손실": loss.mean()}
        rows.append({**row, **spread(accuracy)})
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {
        "처음": "g",
        "훈련 손실": ".3f",
        "정확도": ".3f",
        "표준편차": ".3f",
    }
    return frame


def figure_plateau(plateau):
    """멈춘 곡선 둘. 여섯 에폭을 학습한 뒤(세로 점선) 학습률을 10분의 1로, 그대로, 3배로
    하여 세 에폭을 더 학습했습니다. 굵은 선은 시드 하나, 흐린 선은 나머지 시드입니다.

    대체 텍스트: 큰 학습률에서는 점선 앞의 곡선이 오르내립니다. 점선 뒤에서는 10분의 1로 낮춘
    선이 가장 아래로 내려가 고르게 되고, 3배로 올린 선은 위로 튑니다. 작은 학습률에서는 곡선이
    매끈하게 내려가고, 점선 뒤에서 3배로 올린 선이 가장 빨리 내려가며 10분의 1로 낮춘 선은
    거의 수평입니다.
    """
    fig, axes = plt.subplots(2, 1, figsize=(4.6, 6), layout="constrained")
    for ax, (name, lr) in zip(axes, STALLS.items(), strict=True):
        before = of_case(plateau, "before", lr=lr)  # (시드 수, 6)
        after = of_case(plateau, "after", lr=lr)  # (시드 수, 3, 3)
        epoch = np.arange(1, before.shape[1] + 1)
        plot_seeds(ax, epoch, before, "C6o-", None)
        for index, (factor, mark) in enumerate(zip(FACTORS, "^os", strict=True)):
            curve = np.hstack([before[:, -1:], after[:, index]])  # (시드 수, 4)
            at = np.arange(curve.shape[1]) + epoch[-1]
            label = "그대로" if factor == 1 else f"×{factor:g}"
            plot_seeds(ax, at, curve, f"C{index}{mark}-", label)
        ax.axvline(epoch[-1], color="C6", linestyle=":")
        ax.set(title=f"{name} ({lr:g})", ylabel="검증 손실", xticks=range(1, 10))
    axes[0].set_ylim(0.4, 1.4)
    axes[1].set_xlabel("에폭")
    axes[1].legend()
    return fig


def plot_seeds(ax, at, curves, style, label):
    """첫 시드는 굵게, 나머지는 흐리게 그립니다."""
    ax.plot(at, curves[0], style, markersize=4, label=label)
    ax.plot(at, curves[1:].T, style[:2] + "-", linewidth=0.8, alpha=0.4)


def table_after(plateau):
    """그림의 테스트 정확도. 시드 10개의 평균입니다."""
    rows = []
    for lr in STALLS.values():
        accuracy = of_case(plateau, "accuracy", lr=lr).mean(axis=0)  # (3,)
        start = of_case(plateau, "start", lr=lr).mean()
        rows.append([lr, start, *accuracy])
    frame = pd.DataFrame(rows, columns=["학습률", "6에폭", "×0.1", "그대로", "×3"])
    frame.attrs["format"] = {"학습률": "g"} | dict.fromkeys(frame.columns[1:], ".3f")
    return frame
