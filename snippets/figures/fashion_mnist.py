"""Fashion-MNIST 이미지 분류 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from runs.fashion_mnist import (
    CLASSES,
    best_epoch,
    curves,
    mean_confusion,
    recall_and_precision,
    select,
)

# ---------------------------------------------------------------- 그림


def figure_curves(fit):
    """검증 데이터를 따로 두고 한 학습의 손실과 정확도. 파선은 훈련, 실선은 검증이고, 세로줄은 검증
    손실이 가장 낮은 에폭입니다. 시드 다섯 개를 겹쳐 그렸습니다.

    대체 텍스트: 위 칸의 훈련 손실은 끝까지 내려가지만 검증 손실은 내려가다가 다시 오릅니다.
    아래 칸의 훈련 정확도는 끝까지 오르고 검증 정확도는 일찍 평평해집니다.
    """
    fig, axes = plt.subplots(2, 1, figsize=(4.6, 6), sharex=True, layout="constrained")
    for ax, key, name in zip(axes, ("loss", "accuracy"), ("손실", "정확도")):
        train = curves(fit, "split", key)  # (시드 수, 에폭 수)
        val = curves(fit, "split", f"val_{key}")
        epochs = np.arange(1, train.shape[1] + 1)
        ax.plot(epochs, train.T, "C0--", label=["훈련"] + ["_"] * (len(train) - 1))
        ax.plot(epochs, val.T, "C1", label=["검증"] + ["_"] * (len(val) - 1))
        for line in curves(fit, "split", "val_loss"):
            ax.axvline(best_epoch(line), color="C6", linestyle=":", linewidth=1)
        ax.set_ylabel(name)
        ax.legend()
    axes[-1].set_xlabel("에폭")
    axes[-1].xaxis.set_major_locator(plt.MaxNLocator(integer=True))
    return fig


def figure_recall(fit):
    """클래스마다의 재현율과 정밀도. 6만 장으로 20에폭 배운 시드 다섯 개의 평균입니다.

    대체 텍스트: 클래스마다 점이 둘씩 한 줄에 놓여 있습니다. 셔츠의 두 점이 가장 왼쪽에 있고,
    바지와 샌들, 가방, 신발의 점은 오른쪽 끝에 모여 있습니다.
    """
    recall, precision = recall_and_precision(mean_confusion(fit))
    places = np.arange(10)
    fig, ax = plt.subplots(figsize=(4.6, 4.6), layout="constrained")
    ax.hlines(places, recall, precision, color="C6", linewidth=1)
    ax.plot(recall, places, "o", color="C0", label="재현율")
    ax.plot(precision, places, "s", color="C1", label="정밀도")
    ax.set_yticks(places, CLASSES)
    ax.invert_yaxis()
    ax.set(xlim=(0.5, 1), xlabel="비율")
    ax.legend(loc="lower left")
    return fig


# ---------------------------------------------------------------- 표


def table_confused(fit):
    """가장 많이 헷갈린 짝. 정답이 왼쪽인 테스트 사진 1,000장 가운데 오른쪽이라고 한 장수를
    시드 다섯 개에서 평균했습니다. ‘거꾸로’는 정답과 예측이 바뀐 장수입니다.
    """
    confusion = mean_confusion(fit)
    off = confusion * (1 - np.eye(10))
    largest = np.argsort(-off, axis=None)[:8]
    rows = [
        {
            "정답": CLASSES[i],
            "예측": CLASSES[j],
            "장수": off[i, j],
            "거꾸로": off[j, i],
        }
        for i, j in zip(*np.unravel_index(largest, off.shape))
    ]
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"장수": ".0f", "거꾸로": ".0f"}
    return frame


def table_stopping(fit):
    """검증 손실이 가장 낮은 에폭에 멈추었을 때의 테스트 성적 → 끝까지 갔을 때의 성적."""
    rows = []
    for _, row in select(fit, "split").iterrows():
        best = best_epoch(row["val_loss"])
        loss, accuracy = row["test_loss"], row["test_accuracy"]
        rows.append(
            {
                "시드": int(row["seed"]),
                "멈출 에폭": best,
                "테스트 손실": f"{loss[best - 1]:.3f} → {loss[-1]:.3f}",
                "테스트 정확도": f"{accuracy[best - 1]:.4f} → {accuracy[-1]:.4f}",
            }
        )
    return pd.DataFrame(rows)
