"""학습 곡선 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
import pandas as pd
from comparison import difference, interval, is_higher, is_open, is_tie, with_sign
from runs.learning_curves import (
    NAMES,
    SICK,
    TOLD,
    curves,
    early,
    last,
    of_size,
    together,
    zigzag,
)

LN10 = float(np.log(10))  # 열 클래스를 똑같은 확률로 찍을 때의 손실


# ---------------------------------------------------------------- 결과를 적기


def change_text(a, b):
    return (
        f"{np.mean(b):.3f} → {np.mean(a):.3f} (차이 {with_sign(difference(a, b), 3)})"
    )


def spread_text(values):
    return f"{np.min(values):.3f}–{np.max(values):.3f}"


# ---------------------------------------------------------------- 세 곡선과 시드


def claim_first_epoch(fit):
    """첫 에폭의 검증 손실은 기록된 훈련 손실보다 낮지만, 같은 가중치로 다시 잰 훈련
    손실보다는 높습니다.

    Fashion-MNIST 2000장, 784-128-64-10, SGD(0.03), 시드 5개 모두에서. 검증 데이터는
    2000장입니다.
    """
    logged = curves(fit, "healthy", "loss")[:, 0]
    again = curves(fit, "healthy", "train_loss")[:, 1]
    val = curves(fit, "healthy", "val_loss")[:, 1]
    evidence = (
        f"시드 5개의 평균: 기록된 훈련 {logged.mean():.3f}, 다시 잰 훈련 "
        f"{again.mean():.3f}, 검증 {val.mean():.3f}."
    )
    return bool((val < logged).all() and is_higher(val, again)), evidence


def claim_gradual(fit):
    """에폭을 되풀이하면 손실이 줄지만, 에폭마다 줄지는 않고 끝없이 줄지도 않습니다.

    정상 학습: Fashion-MNIST 2000장, SGD(0.03), 20에폭, 시드 5개. 과적합 학습: 500장,
    Adam(0.003), 30에폭, 시드 5개.

    원문: (C44) 여러 에폭을 거치며 모델이 점점 나아집니다.
    판정: 조건부
    """
    val = curves(fit, "healthy", "val_loss")
    over = curves(fit, "over", "val_loss")
    rises = np.diff(val[:, 1:], axis=1) > 0
    falls = is_higher(val[:, 1], val[:, -1])
    turns = is_higher(over[:, -1], over.min(axis=1))
    evidence = (
        f"정상 학습의 검증 손실은 1에폭 {val[:, 1].mean():.3f}에서 20에폭 "
        f"{val[:, -1].mean():.3f}로 줄지만, 에폭의 {rises.mean():.0%}에서는 오히려 "
        f"늘었습니다. 과적합 학습은 가장 낮을 때 {over.min(axis=1).mean():.3f}, "
        f"끝에서 {over[:, -1].mean():.3f}입니다."
    )
    return bool(falls and rises.any() and turns), evidence


def claim_spread(fit):
    """시드만 바꾸어도 마지막 검증 정확도가 1 % 포인트보다 크게 달라집니다.

    같은 데이터, 같은 하이퍼파라미터, 시드 5개의 최댓값과 최솟값의 차이. 검증 데이터
    2000장, 20에폭째.
    """
    accuracy = last(fit, "healthy", "val_accuracy")
    gap = accuracy.max() - accuracy.min()
    evidence = f"마지막 검증 정확도 {spread_text(accuracy)}, 차이 {gap:.3f}."
    return bool(gap > 0.01), evidence


# ---------------------------------------------------------------- 시작하기 전


def claim_memorise(memorise):
    """멀쩡한 신경망은 사진 20장을 150걸음 안에 모두 외우고, 처음 가중치가 나쁜 신경망은
    거의 배우지 못합니다.

    784-128-64-10, SGD(0.03), 20장을 한꺼번에, 시드 3개. 배우지 못했다는 것은 손실이 처음
    손실의 90 %보다 높다는 뜻입니다.
    """
    good, bad = memorise["he"], memorise["tiny"]
    ends = [losses[-1] for losses in good["losses"]]
    stuck = [losses[-1] / losses[0] for losses in bad["losses"]]
    evidence = (
        f"He: 정확도 {spread_text(good['accuracies'])}, 손실 {spread_text(ends)}. "
        f"표준편차 0.001: 처음 손실의 {min(stuck):.0%}–{max(stuck):.0%}."
    )
    return bool(min(good["accuracies"]) == 1 and min(stuck) > 0.9), evidence


def claim_first_loss(first_loss):
    """처음 손실은 ln 10 근처에서 시작하고, 픽셀을 255로 나누지 않으면 그 열 배가 넘습니다.

    학습하기 전, Fashion-MNIST 2000장, 784-128-64-10, 시드 5개. 근처란 차이가 0.5보다
    작다는 뜻입니다.
    """
    he, tiny, pixels = (np.array(first_loss[k]) for k in ("he", "tiny", "pixels"))
    evidence = (
        f"ln 10 = {LN10:.3f}. He {spread_text(he)}, 표준편차 0.001 {spread_text(tiny)}, "
        f"He에 0–255 픽셀 {pixels.min():.0f}–{pixels.max():.0f}."
    )
    near = np.abs(he - LN10).max() < 0.5 and np.abs(tiny - LN10).max() < 0.01
    return bool(near and pixels.min() > 10 * LN10), evidence


# ---------------------------------------------------------------- 1. 처음 가중치


def claim_start(fit):
    """표준편차 0.001로 시작한 학습은 20에폭 내내 ln 10에 머물고, He로 시작하면 내려갑니다.
    그러나 He로 시작해도 학습률이 너무 크면 ln 10에 머뭅니다.

    Fashion-MNIST 2000장, 784-128-64-10, SGD(0.03), 시드 5개. 머문다는 것은 에폭마다 잰 훈련
    손실이 모두 ln 10에서 0.05 안에 있다는 뜻입니다. 큰 학습률은 1이고 마지막 다섯 에폭(6–10)을 봅니다. 작은
    학습률 0.0001은 10에폭 뒤에도 검증 손실이 1.8보다 높아야 합니다.

    원문: (C09, T14, F11) 학습 곡선이 시작하지 못하면 처음 가중치가 나쁜 것이니 다시
    정합니다.
    판정: 조건부
    """
    stuck, cured = last(fit, "init", "train_loss"), last(fit, "init", "val_loss")
    good = last(fit, "healthy", "val_loss")
    crawl, burst = last(fit, "crawl", "val_loss"), last(fit, "burst", "val_loss")
    evidence = (
        f"마지막 훈련 손실 {spread_text(stuck)}. He로 바꾼 검증 손실 "
        f"{change_text(good, cured)}. 그런데 He로 시작해도 10에폭째의 검증 손실은 "
        f"lr=0.0001에서 {crawl.mean():.2f}, lr=1에서 {burst.mean():.2f}입니다."
    )
    flat = max(
        np.abs(curves(fit, "init", "train_loss")[:, 1:] - LN10).max(),
        np.abs(curves(fit, "burst", "train_loss")[:, -5:] - LN10).max(),
    )
    holds = flat < 0.05 and is_higher(cured, good) and crawl.min() > 1.8
    return bool(holds), evidence


def claim_tell(fit, gradients):
    """처음 가중치가 나쁘면 첫 층의 기울기가 He의 천분의 일도 안 됩니다. 학습률을 열 배로
    하면 여섯 에폭 넘게 수평이다가 그제야 내려가기 시작합니다. 학습률이 작을 뿐이면 첫
    에폭부터 에폭마다 조금씩 내려갑니다.

    기울기는 학습하기 전 2000장에서 쟀습니다. 곡선은 훈련 손실이고, 수평이란 ln 10과의 차이가
    0.02보다 작다는 뜻입니다. 내려가기 시작했다면 10에폭째의 중앙값이 2보다 작아야 합니다. 기울기는 시드 3개, 곡선은 시드 5개.
    """
    he, tiny = (np.array(gradients[k])[:, 0] for k in ("he", "tiny"))
    fast = curves(fit, "init_fast", "train_loss")
    crawl = curves(fit, "crawl", "train_loss")
    evidence = (
        f"첫 층의 기울기: He {he.mean():.2g}, 표준편차 0.001 {tiny.mean():.1e}. "
        f"학습률을 10배로 한 훈련 손실: 6에폭째 {fast[:, 6].mean():.3f}, 10에폭째 "
        f"{fast[:, -1].mean():.3f}. He에 lr=0.0001: 처음 {crawl[:, 0].mean():.3f}, "
        f"6에폭째 {crawl[:, 6].mean():.3f}, 10에폭째 {crawl[:, -1].mean():.3f}."
    )
    flat = np.abs(fast[:, :7] - LN10).max() < 0.02
    wakes = np.median(fast[:, -1]) < 2
    steady = (np.diff(crawl, axis=1) < 0).all()
    return bool((tiny / he).max() < 1e-3 and flat and wakes and steady), evidence


# ---------------------------------------------------------------- 2. 과소적합


def claim_simple(fit):
    """유닛이 2개이면 훈련과 검증이 나란히 나쁘고, 32개로 늘리면 둘 다 좋아집니다.

    Fashion-MNIST 2000장, 은닉층 하나(Tanh), Adam(0.01), 20에폭, 시드 5개. 나란하다는 것은
    검증 손실이 훈련 손실의 1.25배보다 작다는 뜻이고, 좋아진다는 것은 짝 차이의 95 % 신뢰
    구간이 0보다 아래라는 뜻입니다.

    원문: (C10, F12) 훈련과 검증이 모두 나쁘면 모델을 더 복잡하게 합니다.
    판정: 재현됨
    """
    train, val = last(fit, "under", "train_loss"), last(fit, "under", "val_loss")
    cured = last(fit, "wide", "val_loss")
    ratio = (val / train).max()
    evidence = (
        f"2개: 훈련 {train.mean():.3f}, 검증 {val.mean():.3f}. 32개로 늘린 검증 손실 "
        f"{change_text(cured, val)}, 훈련 손실 "
        f"{change_text(last(fit, 'wide', 'train_loss'), train)}."
    )
    better = is_higher(val, cured)
    better &= is_higher(train, last(fit, "wide", "train_loss"))
    return bool(ratio < 1.25 and better), evidence


# ---------------------------------------------------------------- 3. 과적합


def claim_complex(fit):
    """조기 종료와 더 단순한 모델은 정확도를 지키면서 테스트 손실을 줄이고, 데이터를 4배로 늘리면
    손실과 정확도가 함께 좋아집니다.

    Fashion-MNIST 500장(4배는 2000장), 784-128-64-10(단순한 모델은 784-32-10), Adam(0.003),
    30에폭, 테스트 2000장, 시드 5개의 짝 차이와 95 % 신뢰 구간. 지킨다는 것은 정확도의 차이가
    3 % 포인트보다 작다는 뜻입니다. 단순한 모델의 정확도가 오르는지 내리는지는 가릴 수 없습니다.

    원문: (C11, F12) 훈련은 좋은데 검증이 나쁘면 모델을 더 단순하게 합니다.
    판정: 조건부
    """
    loss = {run: last(fit, run, "test_loss") for run in ("over", "small", "more")}
    right = {run: last(fit, run, "test_accuracy") for run in ("over", "small", "more")}
    _, loss["early"], right["early"] = early(fit)
    cures = {"early": "조기 종료", "more": "4배 데이터", "small": "유닛 32개"}
    evidence = " ".join(
        f"{name}: 손실 {change_text(loss[run], loss['over'])}, "
        f"정확도 {change_text(right[run], right['over'])}."
        for run, name in cures.items()
    )
    kept = all(
        is_higher(loss["over"], loss[cure])
        and is_tie(right[cure], right["over"], margin=0.03)
        for cure in ("early", "small")
    )
    more = is_higher(loss["over"], loss["more"])
    more &= is_higher(right["more"], right["over"])
    return kept and more and is_open(right["small"], right["over"]), evidence


# ---------------------------------------------------------------- 4. 정체


def claim_stall(fit):
    """출렁이며 멈춘 곡선은 학습률을 낮추면 내려가지만, 느리게 내려가던 곡선은 학습률을
    낮추면 오히려 나빠지고 높이면 나아집니다.

    강조

    Fashion-MNIST 2000장, SGD, 8에폭 뒤에 학습률을 바꾸고 마지막 네 에폭(13–16)의 검증 손실의
    평균을 견줍니다. 시드 5개의 짝 차이와 95 % 신뢰 구간. 출렁이는 학습은 lr=0.3(배치 크기 16), 느린 학습은
    lr=0.001(배치 크기 32)입니다.

    원문: (C12, F13) 중간에 멈추면 학습률을 낮추어 학습을 이어 가게 합니다.
    판정: 조건부
    """
    stall, drop, low, lower, raised = (
        last(fit, run, "val_loss", epochs=4)
        for run in ("stall", "stall_drop", "low", "low_drop", "low_raise")
    )
    evidence = (
        f"출렁임: 낮추면 {change_text(drop, stall)}. "
        f"느린 걸음: 낮추면 {change_text(lower, low)}, "
        f"10배로 높이면 {change_text(raised, low)}."
    )
    holds = is_higher(stall, drop) and is_higher(lower, low) and is_higher(low, raised)
    return holds, evidence


# ---------------------------------------------------------------- 5. 학습률


def claim_rates(fit):
    """학습률이 크거나 작으면 검증 손실이 알맞은 학습률보다 0.1 넘게 높습니다. 작으면 덜
    출렁이지만, 큰 것이 알맞은 것보다 더 출렁이는지는 가릴 수 없습니다.

    Fashion-MNIST 2000장, 784-128-64-10, SGD, 13–16에폭의 평균, 시드 5개의 짝 차이와 95 % 신뢰
    구간. 출렁임은 9–16에폭에서 이웃한 에폭의 차이의 표준편차입니다. 학습률은 0.5, 0.001,
    0.03(알맞은 것)입니다.
    """
    val = {
        run: curves(fit, run, "val_loss")[:, :17] for run in ("high", "low", "healthy")
    }  # (시드 수, 17)씩
    loss = {run: lines[:, -4:].mean(axis=1) for run, lines in val.items()}
    shake = {run: np.array([zigzag(x) for x in lines]) for run, lines in val.items()}
    evidence = "; ".join(
        f"{name} 손실 {loss[run].mean():.3f}, 출렁임 {shake[run].mean():.3f}"
        for run, name in (("high", "0.5"), ("healthy", "0.03"), ("low", "0.001"))
    )
    worse = all(
        is_higher(loss[run], loss["healthy"], by=0.1) for run in ("high", "low")
    )
    calm = is_higher(shake["healthy"], shake["low"])
    return worse and calm and is_open(shake["high"], shake["healthy"]), evidence + "."


# ---------------------------------------------------------------- 6. 작은 검증 데이터


def claim_zigzag(levels):
    """검증 데이터를 100배로 늘려도 톱니는 5분의 1로도 줄지 않고, 서로 겹치지 않는 검증 데이터의
    톱니가 함께 오르내립니다.

    톱니는 뒤쪽 절반에서 이웃한 에폭의 정확도 차이의 표준편차입니다. 50장과 5000장을 견주었고,
    사진 탓뿐이라면 √100 = 10분의 1로 줄어야 합니다. 함께 오르내린다는 것은 1000장짜리 네 벌에서
    잰 그 차이들의 상관계수가 평균 0.5보다 크다는 뜻입니다. 시드 5개의 평균과 95 % 신뢰 구간.
    """
    small = np.array(of_size(levels, 50, "zigzag"))  # (시드 수,)
    whole = np.array([zigzag(line) for line in levels.sort_values("seed")["whole"]])
    linked = together(levels, 1000)  # (시드 수,)
    evidence = (
        f"50장 {small.mean():.4f}, 5000장 {whole.mean():.4f}. 1000장짜리 네 벌의 "
        f"상관계수 {with_sign(interval(linked), 2)}."
    )
    slow = is_higher(whole, small / 5) and is_higher(small, whole)
    return slow and is_higher(linked, np.full(len(linked), 0.5)), evidence


# ---------------------------------------------------------------- 7. 누출


def claim_leak(fit):
    """훈련 사진의 사본이 절반 섞인 검증 데이터는 테스트보다 훨씬 높게 나오고, 사본을 지우면
    테스트와 가까워집니다.

    강조

    Fashion-MNIST 500장으로 학습, 검증 1000장 가운데 500장이 사본, 테스트 2000장, 30에폭째,
    시드 5개의 짝 차이와 95 % 신뢰 구간. 훨씬 높다는 것은 5 % 포인트 넘게 높다는 뜻이고,
    가깝다는 것은 차이가 3 % 포인트보다 작다는 뜻입니다.
    """
    leaky, clean = (
        last(fit, "leak", "val_accuracy"),
        last(fit, "leak", "clean_accuracy"),
    )
    test = last(fit, "leak", "test_accuracy")
    evidence = (
        f"테스트 {test.mean():.3f}. 사본이 섞이면 {leaky.mean():.3f}, 지우면 "
        f"{clean.mean():.3f}."
    )
    same = curves(fit, "leak", "train_loss") == curves(fit, "over", "train_loss")
    evidence += f" 훈련 손실이 과적합한 학습과 같은 에폭: {same.mean():.0%}."
    holds = is_tie(clean, test, margin=0.03) and is_higher(leaky, test, by=0.05)
    return bool(holds and same.all()), evidence


# ---------------------------------------------------------------- 8. 섞지 않은 데이터


def claim_order(fit):
    """클래스 차례로 줄 세워 섞지 않으면 기록된 훈련 손실은 낮은데 다시 잰 훈련 손실과 검증
    손실은 두 배가 넘고, 섞으면 검증 손실이 크게 줄어듭니다.

    강조

    Fashion-MNIST 2000장, 784-128-64-10, SGD(0.03), 16에폭째, 시드 5개.
    """
    logged, again = last(fit, "sorted", "loss"), last(fit, "sorted", "train_loss")
    val = last(fit, "sorted", "val_loss")
    good = curves(fit, "healthy", "val_loss")[:, 16]
    evidence = (
        f"기록된 훈련 {logged.mean():.3f}, 다시 잰 훈련 {again.mean():.3f}, 검증 "
        f"{val.mean():.3f}. 섞은 검증 손실 {change_text(good, val)}."
    )
    doubled = (again > 2 * logged).all() and (val > 2 * logged).all()
    return bool(doubled and is_higher(val, good)), evidence


# ---------------------------------------------------------------- 연습 문제의 답


def claim_named(diagnoses):
    """두 곡선만 보는 규칙은 나쁜 처음 가중치, 과적합, 섞지 않음을 알아보지만, 작은 검증 데이터와
    누출은 한 번도 알아보지 못합니다.

    문턱값은 시드 0의 예비 실험을 보고 정했고, 여기서는 다른 시드로 채점했습니다. 그 시드를 모두
    맞혀야 알아본 것입니다. 과소적합과 큰 학습률은 시드에 따라 맞히기도 하고 놓치기도 했습니다.
    같은 설정의 학습이라서 다른 데이터에서도 이만큼 맞힌다는 뜻은 아닙니다.
    """
    frame = pd.DataFrame(diagnoses["rows"])
    frame = frame[frame["seed"] > 0]
    right = (frame["truth"] == frame["answer"]).groupby(frame["run"])
    always, ever = right.all(), right.any()
    fine = frame[frame["truth"] == NAMES["fine"]]
    alarms = int((fine["answer"] != NAMES["fine"]).sum())
    evidence = ", ".join(f"{TOLD[name]} {right.sum()[name]}번" for name in SICK)
    evidence = (
        f"시드 {frame['seed'].nunique()}개에서 맞힌 것: {evidence}. 아프지 않은 학습 {len(fine)}번 가운데 "
        f"{alarms}번을 병이라고 했습니다."
    )
    seen = always[["init", "over", "sorted"]].all()
    return bool(seen and not ever[["small_val", "leak"]].any()), evidence
