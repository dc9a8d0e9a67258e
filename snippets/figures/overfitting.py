"""과적합 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from overfitting import predict, truth
from runs.overfitting import SIZES, WIDTHS, averages


def figure_fits(fits):
    """같은 점 20개에 맞춘 1차, 4차, 15차 다항식(위)과, 차수에 따른 훈련 오차와 테스트
    오차(아래). 오차는 제곱 오차의 평균이고 세로축은 로그 눈금입니다.

    대체 텍스트: 1차는 점을 따라가지 못하는 직선, 4차는 점선으로 그린 참 곡선에 가까운
    곡선, 15차는 점을 거의 다 지나며 크게 출렁이는 곡선입니다. 차수가 커질수록 훈련 오차는
    계속 내려가지만 테스트 오차는 내려갔다가 다시 올라갑니다.
    """
    fig, (top, bottom) = plt.subplots(2, 1, figsize=(4.6, 6), layout="constrained")
    grid = np.linspace(-1, 1, 400)
    top.plot(grid, truth(grid), "C7:", linewidth=1.5, label="참 곡선")
    for color, degree in (("C0", 1), ("C2", 4), ("C3", 15)):
        top.plot(
            grid, predict(fits["thetas"][degree], grid), color, label=f"{degree}차"
        )
    top.plot(fits["x"], fits["y"], "C4o", markersize=4)
    top.set(ylim=(-3, 3), xlabel="$x$", ylabel="$y$")
    top.legend(ncols=2, loc="upper center")
    degrees = np.arange(len(fits["train"]))
    bottom.semilogy(degrees, fits["train"], "C0o-", markersize=3, label="훈련 오차")
    bottom.semilogy(degrees, fits["test"], "C1s-", markersize=3, label="테스트 오차")
    bottom.set(xlabel="다항식의 차수", ylabel="제곱 오차의 평균")
    bottom.set_xticks([1, 4, 8, 12, 15])
    bottom.legend(loc="lower left")
    return fig


def figure_tradeoff(resampled):
    """차수에 따른 편향², 분산, 그리고 테스트 오차. 점 30개짜리 데이터를 200벌 새로 뽑아
    맞추었습니다. 마름모는 따로 잰 테스트 오차이고, 굵은 선은 편향² + 분산 + 잡음입니다.

    대체 텍스트: 편향²은 1차와 3차, 5차에서 계단처럼 떨어지고 분산은 꾸준히 올라갑니다. 둘에
    잡음을 더한 굵은 선은 3차에서 5차 사이가 가장 낮고, 따로 잰 테스트 오차의 마름모가 그
    선 위에 놓입니다.
    """
    rows = pd.DataFrame(resampled["rows"])
    fig, ax = plt.subplots(figsize=(4.6, 3.8), layout="constrained")
    total = rows["bias"] + rows["variance"] + resampled["noise"]
    ax.semilogy(rows.index, rows["bias"], "C0o-", markersize=4, label="편향²")
    ax.semilogy(rows.index, rows["variance"], "C1s-", markersize=4, label="분산")
    ax.axhline(resampled["noise"], color="C7", linestyle=":", label="잡음 $\\sigma^2$")
    ax.semilogy(rows.index, total, "C2", linewidth=3, alpha=0.6, label="셋의 합")
    ax.semilogy(rows.index, rows["test"], "C3D", markersize=4, label="잰 테스트 오차")
    ax.set(xlabel="다항식의 차수", ylabel="제곱 오차의 평균", ylim=(3e-5, 10))
    ax.legend(ncols=2, loc="upper right")
    return fig


def figure_sizes(capacity):
    """신경망의 너비와 데이터의 양을 바꾼 정확도(위)와 검증 손실(아래). 시드 10개의
    평균입니다. 위의 파선은 훈련, 실선은 검증 정확도이고, 아래의 실선은 끝까지 학습한
    손실, 점선은 검증 손실이 가장 낮았던 때의 손실입니다.

    대체 텍스트: 너비 2에서는 훈련과 검증이 모두 낮고 붙어 있습니다. 너비가 커질수록 두
    정확도가 오르고, 데이터가 적을수록 사이가 많이 벌어집니다. 데이터가 500장과
    2000장일 때 끝까지 학습한 검증 손실은 내려갔다가 올라가지만 점선은 계속 내려갑니다.
    """
    means = averages(capacity, ["samples", "width"])
    fig, (top, bottom) = plt.subplots(2, 1, figsize=(4.6, 6), layout="constrained")
    for color, (samples, part) in zip(
        ("C3", "C0", "C2"), means.groupby("samples"), strict=True
    ):
        width = part.index.get_level_values("width")
        top.plot(width, part["train_accuracy"], color + "o--", markersize=3)
        top.plot(
            width,
            part["validation_accuracy"],
            color + "o-",
            markersize=3,
            label=f"{samples}장",
        )
        bottom.plot(width, part["validation_loss"], color + "o-", markersize=3)
        bottom.plot(width, part["best_validation_loss"], color + "o:", markersize=3)
    top.set_ylabel("정확도 (파선은 훈련)")
    bottom.set_ylabel("검증 손실 (점선은 가장 낮은 때)")
    for ax in (top, bottom):
        ax.set_xscale("log", base=2)
        ax.set_xticks(list(WIDTHS), [str(width) for width in WIDTHS])
        ax.set_xlabel("은닉층의 너비")
    top.legend(loc="lower right")
    return fig


def table_gaps(capacity):
    """일반화 격차(훈련 정확도 − 검증 정확도)를 끝까지 학습한 뒤에 잰 값. 시드 10개의
    평균입니다.
    """
    gaps = averages(capacity, ["samples", "width"])["gap"].unstack("samples")
    frame = pd.DataFrame({"너비": gaps.index})
    for samples in SIZES:
        frame[f"{samples}장"] = gaps[samples].to_numpy()
    frame.attrs["format"] = {f"{samples}장": "+.3f" for samples in SIZES}
    return frame


def figure_stopped(training):
    """끝까지 학습한 손실 곡선과 조기 종료가 한 일(시드 0). 동그라미가 되돌아간 에폭,
    세로선이 멈춘 에폭입니다.

    대체 텍스트: 훈련 손실은 끝까지 내려갑니다. 검증 손실은 초반에 가장 낮아졌다가 다시
    올라갑니다. 동그라미는 검증 손실의 바닥 근처에, 세로선은 그보다 다섯 에폭 뒤에 있습니다.
    """
    runs = training.sort_values("seed")
    full = runs[~runs["stop"]].iloc[0]["history"]
    stopped = runs[runs["stop"]].iloc[0]
    epochs = np.arange(1, len(full["loss"]) + 1)
    best = int(np.argmin(stopped["history"]["val_loss"]))
    fig, ax = plt.subplots(figsize=(4.6, 3.6), layout="constrained")
    ax.plot(epochs, full["loss"], "C0", label="훈련 손실")
    ax.plot(epochs, full["val_loss"], "C1", label="검증 손실")
    ax.axvline(stopped["epochs_run"], color="C3", linestyle="--", label="멈춘 에폭")
    ax.plot(
        best + 1,
        stopped["history"]["val_loss"][best],
        "C3o",
        markersize=10,
        fillstyle="none",
        markeredgewidth=2,
        label="되돌아간 에폭",
    )
    ax.set(xlabel="에폭", ylabel="교차 엔트로피", ylim=(0, 1.2))
    ax.legend()
    return fig


def table_stopping(training):
    """끝까지 학습한 것과 조기 종료한 것. 시드 5개의 평균입니다."""
    rows = []
    for stop, label in ((False, "50에폭 끝까지"), (True, "조기 종료")):
        runs = training[training["stop"] == stop]
        rows.append(
            {
                "학습": label,
                "에폭": runs["epochs_run"].mean(),
                "훈련 정확도": runs["train_accuracy"].mean(),
                "테스트 정확도": runs["test_accuracy"].mean(),
                "테스트 손실": runs["test_loss"].mean(),
            }
        )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {
        "에폭": ".1f",
        "훈련 정확도": ".3f",
        "테스트 정확도": ".3f",
        "테스트 손실": ".3f",
    }
    return frame


def figure_penalty(decay):
    """가중치 감쇠의 세기 λ에 따른 손실(위)과 가중치의 크기(아래). 점 하나가 시드
    하나이고 선은 평균입니다. 파선은 검증 손실이 가장 낮았던 때로 되돌린 테스트 손실입니다.

    대체 텍스트: 위에서 테스트 손실은 중간 세기까지 조금 내려갔다가 센 쪽에서 크게
    오릅니다. 훈련 손실은 계속 오릅니다. 조기 종료한 파선은 약한 세기에서 실선보다
    낮습니다. 아래에서 가중치의 크기는 세기가 커질수록 줄어듭니다.
    """
    fig, (top, bottom) = plt.subplots(2, 1, figsize=(4.6, 6), layout="constrained")
    strengths = sorted(decay["decay"].unique())
    place = decay["decay"].map(strengths.index)
    for ax, key, style, label in (
        (top, "train_loss", "C0o-", "훈련"),
        (top, "test_loss", "C1o-", "테스트"),
        (top, "best_test_loss", "C1o--", "테스트, 조기 종료"),
        (bottom, "norm", "C2o-", "가중치의 크기"),
    ):
        mean = decay.groupby("decay")[key].mean()
        ax.plot(place, decay[key], style[:3].rstrip("-"), markersize=3, alpha=0.4)
        ax.plot(range(len(mean)), mean, style.replace("o", ""), label=label)
    for ax in (top, bottom):
        ax.set_xticks(range(len(strengths)), [f"{value:g}" for value in strengths])
        ax.tick_params(axis="x", labelrotation=40)
        ax.set_xlabel("세기 $\\lambda$")
    top.set(ylabel="교차 엔트로피 (벌 제외)", ylim=(0.1, 1.1))
    bottom.set(ylabel="$\\sqrt{\\|W_1\\|^2 + \\|W_2\\|^2}$", ylim=(0, None))
    top.legend(loc="upper left")
    return fig


def figure_more(growth_summary):
    """훈련 데이터의 양에 따른 정확도(위)와 손실(아래). 너비 128, 갱신 3000번, 시드 10개의
    평균입니다. 점선은 검증 손실이 가장 낮았던 때입니다.

    대체 텍스트: 데이터가 늘수록 훈련 정확도는 1에서 내려오고 검증 정확도는 올라가 둘
    사이가 좁아집니다. 끝까지 학습한 검증 손실도 데이터가 늘수록 크게 내려갑니다.
    """
    rows = {int(name[1:]): row for name, row in growth_summary.items()}
    frame = pd.DataFrame(rows).T.sort_index()
    fig, (top, bottom) = plt.subplots(2, 1, figsize=(4.6, 6), layout="constrained")
    top.plot(frame.index, frame["train_accuracy"], "C0o-", markersize=4, label="훈련")
    top.plot(
        frame.index, frame["validation_accuracy"], "C1s-", markersize=4, label="검증"
    )
    top.fill_between(
        frame.index,
        frame["train_accuracy"],
        frame["validation_accuracy"],
        color="C1",
        alpha=0.15,
        label="일반화 격차",
    )
    bottom.plot(frame.index, frame["train_loss"], "C0o-", markersize=4, label="훈련")
    bottom.plot(
        frame.index, frame["validation_loss"], "C1s-", markersize=4, label="검증"
    )
    bottom.plot(
        frame.index,
        frame["best_validation_loss"],
        "C1s:",
        markersize=4,
        label="검증, 조기 종료",
    )
    for ax in (top, bottom):
        ax.set_xscale("log", base=2)
        ax.set_xticks([125, 500, 2000, 8000], ["125", "500", "2000", "8000"])
        ax.set_xlabel("훈련 사진의 수")
        ax.legend()
    top.set_ylabel("정확도")
    bottom.set_ylabel("교차 엔트로피")
    return fig


def figure_optimism(guessers, candidates):
    """k개 가운데 검증 점수가 가장 높은 것을 골랐을 때, 그 점수가 실력보다 얼마나 부풀려졌는지.
    위는 실력이 똑같은 가짜 모델, 아래는 진짜 신경망 40개에서 뽑은 후보입니다.

    대체 텍스트: 두 그림 모두 후보가 많아질수록 부풀림이 커집니다. 아래에서는 검증
    사진이 적을수록 부풀림이 크고, 2000장이면 거의 없습니다.
    """
    fig, (top, bottom) = plt.subplots(
        2, 1, figsize=(4.6, 6), sharey=True, layout="constrained"
    )
    rows = pd.DataFrame(guessers["rows"])
    top.plot(rows["k"], rows["optimism"], "C0o-", markersize=4, label="잰 값")
    bound = guessers["error"] * np.sqrt(2 * np.log(rows["k"]))
    top.plot(rows["k"], bound, "C7:", label="$\\sqrt{2\\ln k}\\cdot$표준오차")
    top.set_title("가짜 모델, 검증 500장")
    selection = pd.DataFrame(candidates["selection"])
    for color, (n, part) in zip(
        ("C3", "C0", "C2"), selection.groupby("n"), strict=True
    ):
        inflation = part["gap"] - part["gap"].iloc[0]
        bottom.plot(part["k"], inflation, color + "o-", markersize=4, label=f"{n}장")
    bottom.set_title("진짜 신경망")
    for ax in (top, bottom):
        ax.set(xscale="log", ylabel="고른 것의 부풀림")
        ax.set_xticks([1, 10, 100], ["1", "10", "100"])
        ax.legend()
    bottom.set_xlabel("후보의 수 $k$")
    bottom.set_xticks([1, 10, 40], ["1", "10", "40"])
    return fig


def table_counts(splits):
    """검증 데이터 12000장에 든 클래스별 장수의 범위. Fashion-MNIST 60000장을 네 가지로
    나누었습니다.
    """
    labels = {
        "last": "마지막 20 %",
        "shuffled": "섞어서 (시드 42)",
        "stratified": "층화",
        "sorted": "정렬된 데이터의 마지막",
    }
    return pd.DataFrame(
        {
            "나누는 법": label,
            "가장 적은 클래스": min(splits["counts"][key]),
            "가장 많은 클래스": max(splits["counts"][key]),
        }
        for key, label in labels.items()
    )


def table_sampling(candidates):
    """검증 사진 n장으로 잰 정확도의 표준오차. 사진을 1000번 새로 뽑아 잰 값과 식의 값,
    그리고 검증 전체와 테스트에서의 정확도가 ±1.96 표준오차 안에 든 비율입니다.
    """
    rows = pd.DataFrame(candidates["sampling"])
    frame = pd.DataFrame(
        {
            "검증 n": rows["n"],
            "식": rows["formula"],
            "잰 값": rows["spread"],
            "검증 전체": rows["inside"],
            "테스트": rows["inside_test"],
        }
    )
    frame.attrs["format"] = {
        "식": ".4f",
        "잰 값": ".4f",
        "검증 전체": ".1%",
        "테스트": ".1%",
    }
    return frame
