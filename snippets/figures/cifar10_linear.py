"""CIFAR-10을 소프트맥스 층 하나로 나눈 결과를 그림과 표로 보입니다."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from comparison import mean_and_sd
from runs.cifar10_linear import (
    CHANGES,
    COPIED,
    LRS,
    RESTS,
    SETTINGS,
    SOURCE,
    SPLITS,
    jitter,
    late_mean,
    pooled,
    predicted,
    rest,
    sampling_sd,
    select,
)

# --------------------------------------------------------------------------- 통계


def cell(values):
    return mean_and_sd(values).replace(" ", "")  # 표의 칸에서 줄이 나뉘지 않게


def span(mean, half):
    return f"{mean - half:.3f}–{mean + half:.3f}"


def setting_name(optimizer, batch_size, split):
    return f"{optimizer} {batch_size}, {split}"


def figure_twelve(fit):
    """노트의 열두 설정을 다섯 시드로 다시 돌린 결과. CIFAR-10 (JPEG). 흐린 점은 시드
    다섯 개의 마지막 열 에폭(21–30)에 잰 테스트 정확도 50개, 진한 점은 30에폭의 값 다섯
    개, 마름모는 노트에 적힌 수입니다. 이름은 옵티마이저, 배치 크기, 검증 비율의
    차례입니다.

    대체 텍스트: SGD 64, 0.1 행의 점들이 가장 넓게 퍼져 있고, 노트의 0.3430도 그 안에
    있습니다. 다음으로 넓은 것은 Adam 128, 0.15 행입니다. 다른 행의 점들은 훨씬 좁게 모여
    있습니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 5.2))
    for y, (optimizer, size, split, accuracy, _) in enumerate(SOURCE):
        runs = select(fit, optimizer=optimizer, batch_size=size, validation_split=split)
        values = pooled(runs)  # (50,)
        final = [run[-1] for run in runs["test_accuracy"]]  # (5,)
        colour = "C0" if optimizer == "SGD" else "C1"
        ax.plot(values, [y] * len(values), "o", color=colour, alpha=0.15, mew=0)
        ax.plot(final, [y] * len(final), "o", color=colour)
        ax.plot(accuracy, y, "D", color="C3", markersize=8)
    names = [setting_name(*row[:3]) for row in SOURCE]
    ax.set_yticks(range(len(names)), names)
    ax.invert_yaxis()
    ax.set_xlabel("테스트 정확도")
    ax.plot([], [], "o", color="C0", label="SGD, 30에폭")
    ax.plot([], [], "o", color="C1", label="Adam, 30에폭")
    ax.plot([], [], "D", color="C3", label="노트")
    ax.legend(loc="lower left")
    return fig


def band(ax, runs, colour, label):
    runs = np.array(runs.tolist())  # (시드, epochs)
    epochs = np.arange(1, runs.shape[1] + 1)
    ax.plot(epochs, runs.mean(axis=0), color=colour, label=label)
    ax.fill_between(
        epochs, runs.min(axis=0), runs.max(axis=0), color=colour, alpha=0.2, lw=0
    )


def figure_curves(fit):
    """배치 64의 학습 곡선: 왼쪽은 45,000장(나머지 8장), 오른쪽은 40,000장(나머지 0장).
    CIFAR-10 (JPEG). 선은 다섯 시드의 평균, 띠는 다섯 시드의 최솟값과 최댓값입니다. 훈련
    정확도는 에폭 동안의 평균이고, 검증 정확도는 에폭이 끝난 가중치로 잰 값입니다.

    대체 텍스트: 왼쪽 위 SGD의 검증 곡선만 훈련 곡선보다 훨씬 아래에서 크게 출렁이고,
    오른쪽 위에서는 두 곡선이 붙어 있습니다. 아래의 Adam은 왼쪽과 오른쪽이 비슷합니다.
    """
    fig, axes = plt.subplots(2, 2, figsize=(4.6, 5.2), sharex=True, sharey=True)
    for row, optimizer in zip(axes, ("SGD", "Adam"), strict=True):
        for ax, split in zip(row, (0.1, 0.2), strict=True):
            runs = select(
                fit, optimizer=optimizer, batch_size=64, validation_split=split
            )
            band(ax, runs["accuracy"], "C0", "훈련")
            band(ax, runs["val_accuracy"], "C1", "검증")
            ax.set_title(f"{optimizer}, 나머지 {rest(split, 64)}장")
    axes[0, 1].legend(loc="lower right")
    for ax in axes[1]:
        ax.set_xlabel("에폭")
    for ax in axes[:, 0]:
        ax.set_ylabel("정확도")
    return fig


def figure_losses(fit):
    """배치 64, 시드 0의 손실 곡선: 위는 45,000장(나머지 8장), 아래는
    40,000장(나머지 0장). CIFAR-10 (JPEG). 두 번째 곡선은 테스트가 아니라 검증
    손실입니다.

    대체 텍스트: 위 칸에서 SGD의 검증 손실만 훈련 손실보다 훨씬 높은 곳에서 뾰족하게
    오르내립니다. 아래 칸의 네 곡선은 서로 가까이에서 함께 내려갑니다.
    """
    fig, axes = plt.subplots(2, 1, figsize=(4.6, 5.8), sharex=True, sharey=True)
    for ax, split in zip(axes, (0.1, 0.2), strict=True):
        for optimizer, colour in (("SGD", "C0"), ("Adam", "C1")):
            runs = select(
                fit, optimizer=optimizer, batch_size=64, validation_split=split, seed=0
            )
            run = runs.iloc[0]
            epochs = range(1, len(run["loss"]) + 1)
            ax.plot(epochs, run["loss"], color=colour, label=f"{optimizer} 훈련")
            ax.plot(
                epochs, run["val_loss"], "--", color=colour, label=f"{optimizer} 검증"
            )
        ax.set_title(f"나머지 {rest(split, 64)}장")
        ax.set_ylabel("손실")
    axes[1].set_xlabel("에폭")
    axes[1].legend(loc="upper right")
    return fig


def figure_leftovers(last_batch):
    """마지막 묶음에 남은 사진의 수에 따른 테스트 정확도(6–15에폭 평균). 배치 64,
    CIFAR-10 (JPEG). 점 하나가 시드 하나이고 선은 평균입니다. 학습에 쓴 사진의 수는
    44,992장에서 45,024장 사이로 거의 같습니다.

    대체 텍스트: SGD의 정확도는 나머지가 없을 때 가장 높고 32장, 8장, 4장, 1장으로 줄수록
    뚝뚝 떨어집니다. Adam은 8장부터 조금씩 낮아집니다.
    """
    fig, ax = plt.subplots()
    plain = select(last_batch, change="none")
    for optimizer, colour, shift in (("SGD", "C0", -0.08), ("Adam", "C1", 0.08)):
        means = []
        for x, images in enumerate(RESTS):
            late = late_mean(select(plain, optimizer=optimizer, images=images))
            ax.plot([x + shift] * len(late), late, "o", color=colour, alpha=0.5, mew=0)
            means.append(late.mean())
        ax.plot(np.arange(5) + shift, means, color=colour, label=optimizer)
    ax.set_xticks(
        range(5), [f"{left}장" if left else "없음" for left in RESTS.values()]
    )
    ax.set_xlabel("마지막 묶음에 남은 사진")
    ax.set_ylabel("테스트 정확도")
    ax.legend(loc="lower left")
    return fig


def figure_zigzag(last_batch):
    """나머지가 다른 세 학습의 에폭별 테스트 정확도. SGD, 배치 64, 시드 0, CIFAR-10
    (JPEG). 점선은 Keras가 기록한 나머지 1장의 훈련 정확도로, 에폭 동안의 평균이라
    마지막 걸음의 피해가 드러나지 않습니다.

    대체 텍스트: 나머지가 없는 곡선은 위에서 고르고, 나머지 8장의 곡선은 그 아래에서 크게
    출렁이며, 나머지 1장의 곡선은 맨 아래에 있습니다. 점선은 맨 위까지 매끄럽게 올라갑니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 4.4))
    runs = select(last_batch, optimizer="SGD", change="none", seed=0)
    for i, images in enumerate((44_992, 45_000, 44_993)):
        run = select(runs, images=images).iloc[0]
        epochs = range(1, len(run["test_accuracy"]) + 1)
        label = f"{images:,}장 (나머지 {RESTS[images]}장)"
        ax.plot(epochs, run["test_accuracy"], "o-", color=f"C{i}", label=label)
    ax.plot(epochs, run["accuracy"], ":", color="C2", label="44,993장의 훈련 정확도")
    ax.set(xlabel="에폭", xticks=range(1, 16, 2))
    ax.set_ylabel("테스트 정확도")
    fig.legend(loc="outside upper left")
    return fig


def figure_rates(rates):
    """학습률에 따른 테스트 정확도(21–30에폭 평균). 40,000장, 배치 64, CIFAR-10 (JPEG).
    선은 세 시드의 평균, 막대는 표준편차입니다. 별은 그 자리의 학습률에서 시작해 0까지
    코사인으로 줄인 학습입니다.

    대체 텍스트: 두 옵티마이저 모두 작은 학습률에서 가장 높고 그 높이는 거의 같습니다. 기본
    학습률에서는 SGD가 높습니다. 별 두 개는 두 곡선보다 높은 곳에 나란히 있습니다.
    """
    fig, ax = plt.subplots()
    for optimizer, colour in (("SGD", "C0"), ("Adam", "C1")):
        runs = select(rates, optimizer=optimizer)
        lrs = sorted(set(runs[runs["change"] == "none"]["lr"]))
        late = [late_mean(select(runs, lr=lr, change="none")) for lr in lrs]
        means, sds = np.mean(late, axis=1), np.std(late, axis=1, ddof=1)
        ax.errorbar(lrs, means, sds, fmt="o-", color=colour, label=optimizer)
        decayed = late_mean(select(runs, change="cosine"))
        label = f"{optimizer}, 코사인 감쇠"
        ax.plot(LRS[optimizer], decayed.mean(), "*", color=colour, ms=13, label=label)
        ax.axvline(LRS[optimizer], color=colour, ls=":", lw=1)
    ax.set_xscale("log")
    ax.set_xlabel("학습률 (점선은 Keras의 기본값)")
    ax.set_ylabel("테스트 정확도")
    ax.legend(loc="lower left")
    return fig


def figure_nested(nested):
    """같은 학습을 크기가 다른 검증 데이터로 채점한 결과. CIFAR-10 (JPEG). 위는 SGD
    시드 0의 검증 정확도, 아래는 검증 정확도와 테스트 정확도의 차가 에폭 사이에서
    흔들리는 표준편차(세 시드의 평균)입니다. 회색 점선은 장수의 제곱근에 반비례하는
    곡선입니다.

    대체 텍스트: 위 칸의 두 곡선은 거의 같은 에폭에 오르내립니다. 아래 칸의 두 곡선은 검증
    비율이 커질수록 내려가다가 평평해지고, 회색 점선은 끝까지 내려갑니다.
    """
    fig, (top, bottom) = plt.subplots(2, 1, figsize=(4.6, 5.8))
    run = select(nested, optimizer="SGD", seed=0).iloc[0]
    epochs = range(1, len(run["test_accuracy"]) + 1)
    top.plot(epochs, run["val_accuracy"][0], color="C0", label="5% (2,500장)")
    top.plot(epochs, run["val_accuracy"][-1], color="C1", label="30% (15,000장)")
    top.set_xlabel("에폭")
    top.set_ylabel("검증 정확도")
    top.legend(loc="lower right")
    for optimizer, colour in (("SGD", "C0"), ("Adam", "C1")):
        sds = sampling_sd(select(nested, optimizer=optimizer)).mean(axis=0)  # (6,)
        bottom.plot(np.array(SPLITS) * 100, sds, "o-", color=colour, label=optimizer)
    bottom.plot(
        np.array(SPLITS) * 100, sds[0] / np.sqrt(np.arange(1, 7)), ":", color="C6"
    )
    bottom.set_xlabel("검증 비율 (%)")
    bottom.set_ylabel("(검증 − 테스트)의 표준편차")
    bottom.set_ylim(bottom=0)
    bottom.legend()
    return fig


# --------------------------------------------------------------------------- 표


def table_source(fit):
    """노트의 열두 수와, 같은 설정을 다섯 시드로 다시 돌린 결과. CIFAR-10 (JPEG)"""
    rows = []
    for optimizer, size, split, accuracy, loss in SOURCE:
        runs = select(fit, optimizer=optimizer, batch_size=size, validation_split=split)
        copied = (optimizer, size, split) == COPIED
        rows.append(
            {
                "옵티마이저": f"{optimizer} (복사)" if copied else optimizer,
                "배치": size,
                "검증 비율": split,
                "노트의 정확도": accuracy,
                "우리 정확도": cell([run[-1] for run in runs["test_accuracy"]]),
                "예측 구간": span(*predicted(fit, optimizer, size, split)),
                "나머지": rest(split, size),
                "노트의 손실": loss,
                "우리 손실": runs["test_loss"].mean(),
            }
        )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {
        "노트의 정확도": ".4f",
        "노트의 손실": ".4f",
        "우리 손실": ".4f",
        "검증 비율": ".2f",
    }
    return frame


def table_grid(fit):
    """같은 조건으로 맞춘 스물네 설정의 정확도(21–30에폭 평균, 시드 5개의 평균 ±
    표준편차). CIFAR-10 (JPEG)"""
    rows = [
        {
            "배치": size,
            "검증 비율": split,
            "나머지": rest(split, size),
            **{
                f"{optimizer} {what}": cell(
                    late_mean(
                        select(
                            fit,
                            optimizer=optimizer,
                            batch_size=size,
                            validation_split=split,
                        ),
                        column,
                    )
                )
                for what, column in (
                    ("테스트", "test_accuracy"),
                    ("검증", "val_accuracy"),
                )
                for optimizer in ("SGD", "Adam")
            },
        }
        for size, split in SETTINGS
    ]
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"검증 비율": ".2f"}
    return frame


def table_remedies(last_batch):
    """사진 몇 장의 차이와 세 가지 처방. 배치 64, 6–15에폭 평균, 시드 3개의 평균 ±
    표준편차. CIFAR-10 (JPEG)"""
    keys = last_batch[["optimizer", "images", "change"]].drop_duplicates()
    rows = []
    for optimizer, images, change in keys.itertuples(index=False):
        runs = select(last_batch, optimizer=optimizer, images=images, change=change)
        rows.append(
            {
                "옵티마이저": optimizer,
                "나머지": RESTS[images],
                "바꾼 것": CHANGES[change],
                "테스트 정확도": cell(late_mean(runs)),
                "사진": images,
                "기록된 훈련 정확도": cell(late_mean(runs, "accuracy")),
            }
        )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"사진": ",d"}
    return frame


def table_conditions(rates):
    """나머지 없는 40,000장에서 학습률과 조건을 바꾼 결과. 배치 64, 21–30에폭 평균, 시드
    3개의 평균 ± 표준편차. CIFAR-10 (JPEG). ‘학습한 사진’은 훈련 데이터 가운데 1만 장을
    에폭이 끝난 가중치로 다시 잰 정확도이고, ‘흔들림’은 마지막 열 에폭의 테스트 정확도의
    표준편차입니다."""
    keys = rates[["optimizer", "lr", "change"]].drop_duplicates()
    rows = []
    for optimizer, lr, change in keys.itertuples(index=False):
        runs = select(rates, optimizer=optimizer, lr=lr, change=change)
        rows.append(
            {
                "옵티마이저": optimizer,
                "학습률": lr,
                "바꾼 것": CHANGES[change],
                "테스트": cell(late_mean(runs)),
                "흔들림": jitter(runs).mean(),
                "검증": cell(late_mean(runs, "val_accuracy")),
                "학습한 사진": cell(runs["seen_accuracy"]),
            }
        )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"학습률": "g", "흔들림": ".4f"}
    return frame


def table_deeper(network):
    """은닉층이 둘인 3072-256-128-10 신경망의 테스트 정확도(6–10에폭 평균, 시드 3개의
    평균 ± 표준편차). CIFAR-10 (JPEG)"""
    keys = network[["optimizer", "lr"]].drop_duplicates()
    rows = []
    for optimizer, lr in keys.itertuples(index=False):
        runs = select(network, optimizer=optimizer, lr=lr)
        rows.append(
            {
                "옵티마이저": optimizer,
                "학습률": lr,
                "테스트 정확도": cell(late_mean(runs, epochs=5)),
                "1에폭": cell([run[0] for run in runs["test_accuracy"]]),
            }
        )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"학습률": "g"}
    return frame


def table_one_hidden(rates, one_hidden):
    """유닛 32개짜리 은닉층이 있을 때와 없을 때의 정확도. SGD, 40,000장, 배치 64,
    21–30에폭 평균, 시드 3개의 평균 ± 표준편차. CIFAR-10 (JPEG)"""
    rows = []
    for lr in sorted(set(one_hidden["lr"])):
        plain = select(rates, optimizer="SGD", lr=lr, change="none")
        hidden = select(one_hidden, lr=lr)
        rows.append(
            {
                "학습률": lr,
                "층 하나, 테스트": cell(late_mean(plain)),
                "은닉층, 테스트": cell(late_mean(hidden)),
                "층 하나, 훈련": cell(late_mean(plain, "accuracy")),
                "은닉층, 훈련": cell(late_mean(hidden, "accuracy")),
            }
        )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"학습률": "g"}
    return frame
