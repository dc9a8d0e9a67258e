"""과적합 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
import pandas as pd
from runs.overfitting import DECAYS, SIZES, WIDTHS, paired, pick

# ---------------------------------------------------------------- 견주기


def difference_text(a, b):
    mean, half = paired(a, b)
    return f"{mean:+.4f} ± {half:.4f}"


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
    """레이블을 제비로 뽑아 붙여도 신경망은 훈련 데이터를 99% 넘게 외우고, 새 사진에서는 찍는
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
    """과소적합한 신경망을 키우면 훈련 정확도와 검증 정확도가 함께 오릅니다.

    너비 2를 32로 키웁니다. 데이터 500·2000·8000장, 갱신 3000번, 시드 3개의 짝마다
    견주고, 가장 적게 오른 짝도 0.05 넘게 올라야 합니다.

    원문: (C10) 과소적합한 곡선이면 모델을 더 복잡하게 만듭니다.
    판정: 재현됨
    """
    gains = {
        key: [
            pick(capacity, key, samples=samples, width=32)
            - pick(capacity, key, samples=samples, width=2)
            for samples in SIZES
        ]
        for key in ("train_accuracy", "validation_accuracy")
    }
    train, validation = (np.array(rows) for rows in gains.values())  # (3, 시드 수)
    evidence = f"가장 적게 오른 짝도 훈련 {train.min():+.3f}, 검증 {validation.min():+.3f}입니다."
    return bool(train.min() > 0.05 and validation.min() > 0.05), evidence


def claim_simpler(capacity):
    """과적합한 신경망을 줄이면 검증 손실은 내려가지만, 검증 정확도가 오른다고는 할 수 없습니다.

    너비 512를 32로 줄입니다. 데이터 500장과 2000장, 갱신 3000번 끝까지, 시드 3개. 손실은 시드
    셋에서 모두 내려갔습니다. 정확도는 짝 차이의 95 % 신뢰 구간이 0 위에 있지 않습니다.

    원문: (C11) 과적합한 곡선이면 모델을 더 단순하게 만듭니다.
    판정: 조건부
    """
    text, holds = [], True
    for samples in (500, 2000):
        differences = {
            key: pick(capacity, key, samples=samples, width=32)
            - pick(capacity, key, samples=samples, width=512)
            for key in ("validation_loss", "validation_accuracy")
        }
        loss, accuracy = differences.values()
        mean, half = paired(accuracy, 0)
        holds &= loss.max() < 0 and mean - half <= 0
        text.append(
            f"{samples}장: 손실 {difference_text(loss, 0)}, "
            f"정확도 {difference_text(accuracy, 0)}"
        )
    return bool(holds), "너비 32 − 너비 512. " + "; ".join(text) + "."


def claim_stop_or_shrink(capacity):
    """줄이는 것보다 멈추는 것이 낫습니다. 너비 512를 알맞은 때에 멈추면, 끝까지 학습한 어느
    작은 신경망보다도 테스트 손실이 낮습니다.

    강조

    멈출 때는 검증 손실로 고르고 테스트 손실로 견줍니다. 500장과 2000장, 시드 3개 모두.
    """
    text, holds = [], True
    for samples in (500, 2000):
        stopped = pick(capacity, "best_test_loss", samples=samples, width=512)
        small = np.array(
            [pick(capacity, "test_loss", samples=samples, width=w) for w in WIDTHS[:-1]]
        ).min(axis=0)  # (시드 수,) 시드마다 가장 나은 작은 신경망
        holds &= (stopped < small).all()
        text.append(
            f"{samples}장: 멈춘 512는 {stopped.mean():.3f}, "
            f"가장 나은 작은 것은 {small.mean():.3f}"
        )
    return bool(holds), "; ".join(text) + "."


def claim_running(training):
    """로그에 찍힌 훈련 정확도는 에폭이 도는 동안의 평균이라, 처음 다섯 에폭의 평균이 다시
    잰 값보다 낮고 첫 에폭에는 검증 정확도보다도 낮습니다.

    1000장, 너비 128, Adam(0.003), 시드 5개 모두에서. 드롭아웃은 쓰지 않았습니다.
    """
    runs = training[~training["stop"]]
    logged = np.array([h["accuracy"][:5] for h in runs["history"]])  # (5, 5)
    again = np.array([values[:5] for values in runs["again"]])
    validation = np.array([h["val_accuracy"][:5] for h in runs["history"]])
    lower = (logged.mean(axis=1) < again.mean(axis=1)).all()
    lower &= (logged[:, 0] < validation[:, 0]).all()
    evidence = (
        f"첫 에폭: 로그 {logged[:, 0].mean():.3f}, 다시 재면 {again[:, 0].mean():.3f}, "
        f"검증 {validation[:, 0].mean():.3f}. 다섯 에폭의 평균: 로그 {logged.mean():.3f}, "
        f"다시 재면 {again.mean():.3f}."
    )
    return bool(lower), evidence


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
    """조기 종료는 테스트 손실을 낮추지만 테스트 정확도를 올린다고는 할 수 없습니다.

    EarlyStopping(patience=5, restore_best_weights=True). 1000장, 너비 128, Adam(0.003),
    시드 5개의 짝 차이와 95 % 신뢰 구간. 멈추기 전까지의 기록은 끝까지 학습한 것과 같습니다.
    """
    differences = {
        key: paired(pick(training, key, stop=True), pick(training, key, stop=False))
        for key in ("test_loss", "test_accuracy")
    }
    loss, accuracy = differences.values()
    same = all(
        stopped["val_loss"] == full["val_loss"][: len(stopped["val_loss"])]
        for stopped, full in zip(
            *(
                training[training["stop"] == stop].sort_values("seed")["history"]
                for stop in (True, False)
            ),
            strict=True,
        )
    )
    evidence = (
        f"조기 종료 − 끝까지: 테스트 손실 {loss[0]:+.3f} ± {loss[1]:.3f}, "
        f"테스트 정확도 {accuracy[0]:+.4f} ± {accuracy[1]:.4f}."
    )
    return bool(
        loss[0] + loss[1] < 0 and accuracy[0] - accuracy[1] < 0 and same
    ), evidence


def claim_decay(decay):
    """알맞은 가중치 감쇠는 가중치와 테스트 손실을 줄이지만, 테스트 정확도를 올리지는
    않습니다.

    λ = 0.001과 0을 견줍니다. 0.001은 시험한 여섯 세기 가운데 검증 손실의 평균이 가장 낮은
    것입니다. 1000장, 너비 128, 갱신 1500번, 시드 5개의 짝 차이와 95 % 신뢰 구간. 손실에는
    벌을 넣지 않았습니다.
    """
    some, none = ({"decay": value} for value in (1e-3, 0.0))
    loss, accuracy = (
        paired(pick(decay, key, **some), pick(decay, key, **none))
        for key in ("test_loss", "test_accuracy")
    )
    norms = np.array([pick(decay, "norm", decay=value) for value in DECAYS])  # (6, 5)
    shrinks = (np.diff(norms, axis=0) < 0).all()
    evidence = (
        f"가중치의 크기 {norms[0].mean():.1f} → {norms[3].mean():.1f}. "
        f"테스트 손실 {loss[0]:+.3f} ± {loss[1]:.3f}, "
        f"테스트 정확도 {accuracy[0]:+.4f} ± {accuracy[1]:.4f}."
    )
    holds = shrinks and loss[0] + loss[1] < 0 and accuracy[0] - accuracy[1] < 0
    holds &= decay.groupby("decay")["validation_loss"].mean().idxmin() == 1e-3
    return bool(holds), evidence


def claim_larger(growth, capacity):
    """데이터를 두 배로 늘릴 때마다 일반화 격차가 줄고, 4000장까지는 네 배로 늘릴 때마다 검증
    정확도가 0.01 넘게 오릅니다.

    시드 3개의 평균이 그렇습니다. 4000장을 넘으면 오르는 폭이 작아 판정하지 않았습니다.
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
    gap, step = train - accuracy, np.diff(judged, axis=0)
    fourfold = judged[2:] - judged[:-2]
    evidence = (
        f"평균 격차 {gap[0].mean():.3f} → {gap[-1].mean():.3f}, 검증 정확도 "
        f"{accuracy[0].mean():.3f} → {accuracy[-1].mean():.3f}. 4000장까지 네 배에 가장 적게 오른 것은 "
        f"{fourfold.min():+.3f}, 두 배에 내려간 것은 {step.size}번 가운데 {(step < 0).sum()}번입니다."
    )
    narrows = np.diff(gap.mean(axis=1)).max() < 0
    grows = fourfold.mean(axis=1).min() > 0.01
    return bool(narrows and grows), evidence


def claim_watched(watched):
    """검증 데이터를 지켜보기만 하면 아무것도 달라지지 않습니다. 검증 없이, 마지막 20 %로,
    다른 사진으로 검증하며 학습한 세 신경망의 가중치는 마지막 자리까지 같습니다.

    강조

    훈련 사진 800장과 시드가 같을 때. 너비 32, 5에폭.

    원문: (C40) 검증 세트는 학습하는 동안 평가에 쓰이고 과적합을 막아 줍니다.
    판정: 반증
    """
    worst = max(watched["differences"].values())
    return worst == 0, f"가중치의 가장 큰 차이는 {worst:g}입니다."


def claim_last(watched):
    """validation_split은 섞지 않고 데이터의 마지막 몫을 떼어 냅니다.

    1000장에 validation_split=0.2를 주고, 기록된 val_loss를 마지막 200장으로 직접 잰 값과
    견줍니다. 소수 다섯째 자리까지 같아야 합니다.
    """
    error = abs(watched["reported"] - watched["last_share"])
    other = abs(watched["reported"] - watched["first_share"])
    evidence = f"마지막 200장과의 차이 {error:.1g}, 처음 200장과의 차이 {other:.3f}."
    return bool(error < 1e-5 and other > 1e-3), evidence


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
    부풀어야 합니다. 신경망: 너비와 학습률을 제비로 뽑은 40개를 100장과 2000장으로 1000번,
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
