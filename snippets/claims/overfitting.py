"""과적합 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
import pandas as pd
from comparison import (
    chosen,
    difference,
    is_higher,
    is_open,
    pick,
    with_sign,
)
from runs.overfitting import DECAYS, SIZES, WIDTHS

# ---------------------------------------------------------------- 주장


def claim_turns(resampled):
    """차수를 올리면 훈련 오차는 끝까지 줄지만, 테스트 오차는 3차와 5차 사이에서 가장 작고
    그 뒤로는 계속 커집니다.

    점 30개, 잡음의 표준편차 0.3, 데이터 200벌의 평균, 0차에서 12차까지.
    """
    rows = pd.DataFrame(resampled["rows"])
    falls = (rows["train"].diff()[1:] < 0).all()
    best = int(rows["test"].idxmin())
    rises = (rows["test"].diff()[6:] > 0).all()
    last = rows.iloc[-1]
    evidence = (
        f"테스트 오차가 가장 작은 차수는 {best}차({rows['test'].min():.4f})이고, "
        f"12차에서 훈련 오차는 {last['train']:.4f}, 테스트 오차는 {last['test']:.4f}입니다."
    )
    return bool(falls and 3 <= best <= 5 and rises), evidence


def claim_decomposition(resampled):
    """평균 곡선으로 나눈 편향²과 분산을 더하면 참 곡선과의 거리와 같고, 잡음까지 더하면
    따로 잰 테스트 오차와 2 % 안에서 같습니다.

    앞의 등식은 항등식이라 반올림 오차만 남고, 뒤의 것은 새 잡음을 뽑아 잰 값이라 어림입니다.
    """
    rows = pd.DataFrame(resampled["rows"])
    total = rows["bias"] + rows["variance"]
    exact = (total - rows["distance"]).abs().max()
    measured = ((total + resampled["noise"]) / rows["test"] - 1).abs().max()
    evidence = f"항등식의 오차 {exact:.1e}, 테스트 오차와의 상대 오차 {measured:.1%}."
    return bool(exact < 1e-5 and measured < 0.02), evidence


def claim_memorised(shuffled):
    """정답을 무작위로 바꾸어 붙여도 신경망은 훈련 데이터의 99 % 넘게 외우고, 새 사진에서는 찍는
    것과 같습니다.

    강조

    500장, 너비 512, 갱신 2000번, 시드 3개 모두. 찍으면 0.1이고 0.05보다 작은 차이는 같다고
    봅니다.
    """
    train, test = shuffled["train_accuracy"], shuffled["test_accuracy"]
    evidence = (
        f"가장 낮은 훈련 정확도 {train.min():.3f}, 테스트 정확도 {test.mean():.3f}."
    )
    return bool(train.min() > 0.99 and (test - 0.1).abs().max() < 0.05), evidence


def claim_underfit(capacity):
    """과소적합한 신경망을 키우면 훈련 정확도와 검증 정확도가 함께 0.05 넘게 오릅니다.

    너비 2를 32로 키웁니다. 데이터 500·2000·8000장, 갱신 3000번, 시드 10개의 짝 차이와 95 %
    신뢰 구간.

    원문: (C10) 과소적합한 곡선이면 모델을 더 복잡하게 만듭니다.
    판정: 재현됨
    """
    text, holds = [], True
    for samples in SIZES:
        gains = []
        for key in ("train_accuracy", "validation_accuracy"):
            small, large = (
                pick(capacity, key, samples=samples, width=width) for width in (2, 32)
            )
            holds &= is_higher(large, small, by=0.05)
            gains.append(with_sign(difference(large, small), 3))
        text.append(f"{samples}장: 훈련 {gains[0]}, 검증 {gains[1]}")
    return holds, "; ".join(text) + "."


def claim_simpler(capacity):
    """과적합한 신경망을 줄이면 테스트 손실은 내려가지만, 테스트 정확도도 함께 내려갑니다.

    너비 512를 32로 줄입니다. 데이터 500장과 2000장, 갱신 3000번 끝까지, 시드 10개의 짝 차이와
    95 % 신뢰 구간.

    원문: (C11) 과적합한 곡선이면 모델을 더 단순하게 만듭니다.
    판정: 조건부
    """
    text, holds = [], True
    for samples in (500, 2000):
        (loss, large_loss), (right, large_right) = (
            [pick(capacity, key, samples=samples, width=width) for width in (32, 512)]
            for key in ("test_loss", "test_accuracy")
        )
        holds &= is_higher(large_loss, loss) and is_higher(large_right, right)
        text.append(
            f"{samples}장: 손실 {with_sign(difference(loss, large_loss))}, "
            f"정확도 {with_sign(difference(right, large_right))}"
        )
    return holds, "너비 32 − 너비 512. " + "; ".join(text) + "."


def claim_stop_or_shrink(capacity):
    """너비 512를 알맞은 때에 멈추면, 끝까지 학습한 어느 작은 신경망보다도 테스트 손실이
    낮습니다.

    강조

    작은 신경망은 너비 2, 8, 32, 128입니다. 멈출 때는 검증 손실로 고르고 테스트 손실로
    견줍니다. 500장과 2000장, 시드 10개의 짝 차이와 95 % 신뢰 구간.
    """
    text, holds = [], True
    for samples in (500, 2000):
        stopped = pick(capacity, "best_test_loss", samples=samples, width=512)
        gaps = []
        for width in WIDTHS[:-1]:
            small = pick(capacity, "test_loss", samples=samples, width=width)
            holds &= is_higher(small, stopped)
            gaps.append(f"너비 {width} {with_sign(difference(stopped, small), 3)}")
        text.append(f"{samples}장: " + ", ".join(gaps))
    return holds, "멈춘 512 − 끝까지 학습한 것. " + "; ".join(text) + "."


def claim_stopped_sizes(capacity):
    """똑같이 알맞은 때에 멈추면 너비 512의 테스트 손실이 32보다 낮습니다. 500장과 2000장에서 512와
    128 가운데 어느 쪽이 낮은지는 가릴 수 없습니다.

    저마다 검증 손실이 가장 낮은 때에 멈춥니다. 512와 32는 500·2000·8000장에서 견주었습니다. 시드
    10개의 짝 차이와 95 % 신뢰 구간.
    """
    stopped = {
        (samples, width): pick(capacity, "best_test_loss", samples=samples, width=width)
        for samples in SIZES
        for width in (32, 128, 512)
    }
    gaps = {
        (samples, width): with_sign(difference(stopped[samples, 512], other))
        for (samples, width), other in stopped.items()
        if width != 512
    }
    evidence = ", ".join(
        f"{samples}장에서 너비 {width} {gap}" for (samples, width), gap in gaps.items()
    )
    holds = all(is_higher(stopped[n, 32], stopped[n, 512]) for n in SIZES)
    holds &= all(is_open(stopped[n, 128], stopped[n, 512]) for n in (500, 2000))
    return holds, "멈춘 512 − 멈춘 것: " + evidence + "."


def claim_epochs(training):
    """에폭을 거듭하면 처음에는 좋아지지만, 검증 손실은 바닥을 지나 다시 올라갑니다.

    1000장, 너비 128, Adam(0.003), 50에폭, 시드 5개 모두. 바닥은 40에폭보다 앞이고, 끝의 검증
    손실은 바닥보다 0.03 넘게 높습니다.

    원문: (C44) 여러 에폭을 거치며 모델이 조금씩 나아집니다.
    판정: 조건부
    """
    losses = np.array([h["val_loss"] for h in training[~training["stop"]]["history"]])
    bottom = losses.argmin(axis=1) + 1
    rise = losses[:, -1] - losses.min(axis=1)
    early = (losses[:, 4] < losses[:, 0]).all()
    evidence = (
        f"바닥은 {bottom.min()}–{bottom.max()}에폭이고, 50에폭의 검증 손실은 바닥보다 "
        f"평균 {rise.mean():.3f} 높습니다."
    )
    return bool(early and bottom.max() < 40 and rise.min() > 0.03), evidence


def claim_halted(training):
    """조기 종료는 테스트 손실을 낮추지만, 테스트 정확도가 오르는지 내리는지는 가릴 수 없습니다.

    EarlyStopping(patience=5, restore_best_weights=True). 1000장, 너비 128, Adam(0.003),
    시드 5개의 짝 차이와 95 % 신뢰 구간. 멈추기 전까지의 기록은 끝까지 학습한 것과 같습니다.
    """
    (stopped, full), (right, full_right) = (
        [pick(training, key, stop=stop) for stop in (True, False)]
        for key in ("test_loss", "test_accuracy")
    )
    histories = (
        training[training["stop"] == stop].sort_values("seed")["history"]
        for stop in (True, False)
    )
    same = all(
        short["val_loss"] == whole["val_loss"][: len(short["val_loss"])]
        for short, whole in zip(*histories, strict=True)
    )
    evidence = (
        f"조기 종료 − 끝까지: 테스트 손실 {with_sign(difference(stopped, full), 3)}, "
        f"테스트 정확도 {with_sign(difference(right, full_right))}."
    )
    holds = is_higher(full, stopped) and is_open(right, full_right)
    return holds and same, evidence


def claim_decay(decay):
    """검증 손실로 고른 가중치 감쇠는 가중치와 테스트 손실을 줄이지만, 테스트 정확도도 조금
    낮춥니다.

    λ = 0.001과 0을 견줍니다. 0.001은 시험한 여섯 세기 가운데 검증 손실의 평균이 가장 낮은
    것입니다. 1000장, 너비 128, 갱신 1500번, 시드 5개의 짝 차이와 95 % 신뢰 구간. 손실에는
    벌을 넣지 않았습니다.
    """
    best = chosen(decay, "decay", by="validation_loss", lowest=True)
    (loss, no_loss), (right, no_right) = (
        [pick(decay, key, decay=value) for value in (best, 0.0)]
        for key in ("test_loss", "test_accuracy")
    )
    norms = np.array([pick(decay, "norm", decay=value) for value in DECAYS])  # (6, 5)
    shrinks = (np.diff(norms, axis=0) < 0).all()
    evidence = (
        f"고른 λ = {best:g}. 가중치의 크기 {norms[0].mean():.1f} → "
        f"{norms[DECAYS.index(best)].mean():.1f}. "
        f"테스트 손실 {with_sign(difference(loss, no_loss), 3)}, "
        f"테스트 정확도 {with_sign(difference(right, no_right))}."
    )
    holds = best == 1e-3 and shrinks
    holds &= is_higher(no_loss, loss) and is_higher(no_right, right)
    return bool(holds), evidence


def claim_larger(growth, capacity):
    """데이터를 두 배로 늘릴 때마다 일반화 격차가 줄고, 4000장까지는 네 배로 늘릴 때마다 검증
    정확도가 0.01 넘게 오릅니다.

    시드 10개의 짝 차이와 95 % 신뢰 구간. 4000장을 넘으면 오르는 폭이 작아 견주지 않았습니다.
    125장에서 16000장까지, 너비 128, 갱신 3000번. 갱신 횟수가 같으므로 데이터가 많을수록
    에폭은 적습니다.
    """
    runs = pd.concat([growth, capacity[capacity["width"] == 128]])
    sizes = sorted(runs["samples"].unique())  # 두 배씩 여덟 가지
    train, accuracy = (
        np.array([pick(runs, f"{part}_accuracy", samples=n) for n in sizes])
        for part in ("train", "validation")
    )  # (8, 시드 수)
    judged = accuracy[: sizes.index(4000) + 1]
    gap = train - accuracy
    fourfold = judged[2:] - judged[:-2]
    evidence = (
        f"평균 격차 {gap[0].mean():.3f} → {gap[-1].mean():.3f}, 검증 정확도 "
        f"{accuracy[0].mean():.3f} → {accuracy[-1].mean():.3f}. "
        f"4000장까지 네 배에 가장 적게 오른 평균은 {fourfold.mean(axis=1).min():+.3f}입니다."
    )
    narrows = all(is_higher(a, b) for a, b in zip(gap, gap[1:]))
    grows = all(is_higher(b, a, by=0.01) for a, b in zip(judged, judged[2:]))
    return narrows and grows, evidence


def claim_watched(watched):
    """검증 데이터를 지켜보기만 하면 아무것도 달라지지 않습니다. 검증 없이, 마지막 20 %로,
    다른 사진으로 검증하며 학습한 세 신경망의 가중치는 마지막 자리까지 같습니다.

    강조

    훈련 사진 800장과 시드가 같을 때. 너비 32, 5에폭, 시드 3개 모두. 검증 점수를 보고 멈추거나
    고르는 일은 하지 않았습니다.

    원문: (C40) 검증 세트는 학습하는 동안 평가에 쓰이고 과적합을 막아 줍니다.
    판정: 조건부
    """
    worst = max(max(gaps.values()) for gaps in watched["differences"])
    return worst == 0, f"가중치의 가장 큰 차이는 {worst:g}입니다."


def claim_last(watched):
    """validation_split은 섞지 않고 데이터의 마지막 몫을 떼어 냅니다.

    1000장에 validation_split=0.2를 주고, 기록된 val_loss를 마지막 200장으로 직접 잰 값과
    견줍니다. 소수 다섯째 자리까지 같아야 합니다. 시드 3개 모두.
    """
    error = (watched["reported"] - watched["last_share"]).abs()
    other = (watched["reported"] - watched["first_share"]).abs()
    evidence = (
        f"마지막 200장과의 차이는 최대 {error.max():.1g}, "
        f"처음 200장과의 차이는 적어도 {other.min():.3f}."
    )
    return bool(error.max() < 1e-5 and other.min() > 1e-3), evidence


def claim_reproducible(splits):
    """시드를 정하면 똑같이 나뉘고, 시드를 바꾸면 다르게 나뉩니다.

    60000장의 번호를 NumPy로 섞어 12000장을 뗍니다.

    원문: (C41) random_state를 정하면 같은 분할을 다시 얻습니다.
    판정: 재현됨
    """
    share = splits["shared"] / splits["validation"]
    evidence = f"시드 42를 두 번 쓰면 모두 같고, 시드 43과는 {share:.0%}만 겹칩니다."
    apart = splits["overlap"] == 0 and 0.15 < share < 0.25
    return bool(splits["same_seed"] and apart), evidence


def claim_inflated(guessers, candidates_summary):
    """여럿 가운데 검증 점수가 가장 높은 것을 고르면 그 점수는 실력보다 높게 나오고, 검증
    사진이 많으면 그 부풀림이 줄어듭니다.

    가짜 모델: 실력이 모두 0.8인 것 100개를 500장으로 2000번, 표준오차의 두 배 넘게
    부풀어야 합니다. 신경망: 너비와 학습률을 무작위로 뽑은 40개를 100장과 2000장으로 1000번,
    2000장의 부풀림이 100장의 3분의 1보다 작아야 합니다.
    """
    fake = {row["k"]: row["optimism"] for row in guessers["rows"]}
    few, many = candidates_summary["n100_k40"], candidates_summary["n2000_k40"]
    evidence = (
        f"가짜 100개 {fake[100]:+.3f} (표준오차의 {fake[100] / guessers['error']:.1f}배), "
        f"신경망 40개 100장 {few:+.3f}, 2000장 {many:+.4f}."
    )
    fair = abs(fake[1]) < 0.002
    return bool(
        fair and fake[100] > 2 * guessers["error"] and few > 3 * many > 0
    ), evidence


def claim_shifted(candidates, candidates_summary):
    """검증 정확도는 같은 곳에서 뽑은 사진에서의 정확도를 √(p(1−p)/n)만큼의 오차로 맞히지만,
    Fashion-MNIST의 테스트 데이터에서는 평균 0.005 넘게 낮게 나옵니다.

    신경망 40개, 검증 n장을 1000번 뽑기. 참값이 95 % 구간에 드는 비율이 90 %에서 99.5 %이면
    맞힌다고 봅니다. 테스트와의 어긋남은 신경망 40개의 평균입니다.

    원문: (C47) 훈련 데이터가 아니라 검증 데이터로 평가하면 일반화를 볼 수 있습니다.
    판정: 조건부
    """
    inside = [row["inside"] for row in candidates["sampling"]]
    shift, error = candidates_summary["shift"], candidates_summary["shift_error"]
    evidence = (
        f"참값이 든 비율 {min(inside):.1%}–{max(inside):.1%}. "
        f"검증 12000장 − 테스트 10000장은 {shift:+.4f}이고 표본 오차는 {error:.4f}입니다."
    )
    holds = min(inside) > 0.9 and max(inside) < 0.995 and shift > 0.005
    return bool(holds), evidence
