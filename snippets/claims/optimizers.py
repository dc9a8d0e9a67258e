"""옵티마이저 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
from comparison import difference, is_higher, is_open, is_tie, with_sign
from runs.optimizers import (
    ADAPTIVE,
    DEFAULTS,
    GROUPS,
    LABELS,
    NAMES,
    NEAR,
    best,
    curves,
    decayed,
    drift,
    gap,
    score,
    usable,
    wobble,
)


def difference_text(a, b):
    return with_sign(difference(a, b))


def claim_same(same):
    """여기서 쓴 규칙 일곱은 스무 걸음 내내 Keras와 백만분의 일보다 작게 어긋납니다.

    크기가 천 배까지 다른 기울기 여섯 개, 학습률 0.003, 나머지는 Keras의 기본값.
    기억하는 상태의 수도 Keras와 같습니다.
    """
    worst = max(same, key=lambda name: same[name]["difference"])
    counts = all(row["state"] == row["keras_state"] for row in same.values())
    difference = same[worst]["difference"]
    evidence = f"가장 큰 차이는 {LABELS[worst]}의 {difference:.0e}입니다."
    return bool(difference < 1e-6 and counts), evidence


def claim_forms(forms):
    """내다본 곳에서 기울기를 재는 식과 Keras의 식은 같은 길을 갑니다.

    Keras가 저장하는 값은 내다본 곳 θ + βv입니다. 골짜기에서 서른 걸음을 견주었습니다.
    """
    difference = forms["difference"]
    return difference < 1e-9, f"두 길의 차이는 최대 {difference:.0e}입니다."


def claim_speed(ravine):
    """골짜기에서 모멘텀은 SGD보다 세 배 넘게 빠릅니다.

    곡률가 1과 50인 골짜기, 출발점 12개, 저마다 가장 좋은 학습률과 β.
    """
    slow, fast = (ravine[name]["straight"]["steps"] for name in ("sgd", "momentum"))
    return fast < slow / 3, f"SGD {slow:.0f}걸음, 모멘텀 {fast:.0f}걸음입니다."


def claim_damping(noise):
    """모멘텀은 걸음을 매끄럽게 하지만, 실효 학습률이 같으면 남는 손실은 줄지 않습니다.

    손실 ½w², 기울기에 표준편차 1의 잡음. 실효 학습률 lr/(1 − β)를 0.1로 맞추었습니다.
    한 걸음의 크기는 절반보다 작고, 남은 손실은 SGD의 0.8배에서 1.2배 사이입니다.

    원문: (C48) 모멘텀은 기울기의 변동을 줄입니다.
    판정: 조건부
    """
    sgd_, same = noise["sgd"], noise["same_effect"]
    jump, loss = same["jump"] / sgd_["jump"], same["loss"] / sgd_["loss"]
    evidence = f"SGD에 견주어 걸음은 {jump:.2f}배, 남은 손실은 {loss:.2f}배입니다."
    return bool(jump < 0.5 and 0.8 < loss < 1.2), evidence


def claim_nesterov(ravine, fit):
    """신경망에서 Nesterov는 모멘텀보다 정확하지만 그 차이는 0.02보다 작고, 골짜기에서는 더 빠르지 않습니다.

    Fashion-MNIST 10000장, 784-64-10, 8에폭, 시드 5개. 학습률은 저마다 검증 정확도가 가장 높은
    것이고, 골짜기에서는 β도 저마다 맞추었습니다.

    원문: (C49) Nesterov는 모멘텀보다 빠르고 정확합니다.
    판정: 조건부
    """
    a, b = best(fit, "nesterov"), best(fit, "momentum")
    steps = [ravine[name]["straight"]["steps"] for name in ("nesterov", "momentum")]
    evidence = (
        f"정확도 {difference_text(a, b)}. 골짜기는 Nesterov {steps[0]:.0f}걸음, "
        f"모멘텀 {steps[1]:.0f}걸음입니다."
    )
    better = is_higher(a, b) and is_tie(a, b, NEAR)
    return bool(better and steps[0] >= steps[1]), evidence


def claim_turned(ravine):
    """Adagrad의 빠르기는 골짜기의 방향에 달려 있고, SGD와 모멘텀은 방향을 가리지 않습니다.

    강조

    골짜기를 30° 돌리면 Adagrad는 열 배 넘게 느려집니다. SGD와 모멘텀은 걸음 수가 같습니다.
    """
    change = {
        name: ravine[name]["turned"]["steps"] / ravine[name]["straight"]["steps"]
        for name in NAMES
    }
    evidence = "돌린 뒤의 걸음 수: " + ", ".join(
        f"{LABELS[name]} {ratio:.2g}배" for name, ratio in change.items()
    )
    same = max(abs(change[name] - 1) for name in GROUPS[0]) < 0.02
    return bool(change["adagrad"] > 10 and same), evidence + "."


def claim_saddle(saddle):
    """RMSProp과 Adam이 안장을 벗어나는 시간은 능선에 얼마나 가까운지와 거의 상관없습니다.

    강조

    열 배 가까이 갈 때마다 SGD는 열 걸음 넘게 늦어지고, RMSProp과 Adam은 두 걸음도 늦어지지
    않습니다. 능선에서 0.1 떨어진 곳에서는 모두 스무 걸음이 되도록 학습률을 맞추었습니다.
    """
    late = {name: np.mean(np.diff(saddle[name]["steps"])) for name in NAMES}
    evidence = "열 배 가까워질 때 늘어나는 걸음: " + ", ".join(
        f"{LABELS[name]} {late[name]:.1f}" for name in NAMES
    )
    flat = max(late["rmsprop"], late["adam"])
    return bool(flat < 2 and late["sgd"] > 10), evidence + "."


def claim_schedule(steps):
    """매개변수별 학습률이 줄곧 줄어드는 것은 Adagrad뿐이고, RMSProp과 Adam은 줄었다가 늘어납니다.

    MNIST 5000장, 소프트맥스 회귀, 배치 크기 64, 800걸음, 시드 3개의 중앙값을 평균했습니다.

    원문: (C50) 적응형 방법은 처음에 크게, 나중에 작게 움직입니다.
    판정: 조건부
    """
    drifts = {name: drift(steps, name) for name in ADAPTIVE}
    evidence = ", ".join(
        f"{LABELS[name]} 처음 열 걸음 {d['early']:.3f}배, 그 뒤 {d['late']:.2f}배"
        for name, d in drifts.items()
    )
    falls = drifts["adagrad"]["early"] < 1 and drifts["adagrad"]["late"] < 1
    turns = all(drifts[n]["early"] < 1 < drifts[n]["late"] for n in ADAPTIVE[1:])
    return bool(falls and turns), evidence + "."


def claim_repair(steps, fit):
    """RMSProp의 매개변수별 학습률은 Adagrad와 달리 끝에서 줄지 않습니다. 그런데 정확도의 차이는 0.02보다 작습니다.

    매개변수별 학습률은 MNIST 소프트맥스 회귀의 10걸음과 800걸음을, 정확도는 Fashion-MNIST
    신경망을 저마다 가장 좋은 학습률로 8에폭 학습하여 견주었습니다. 시드 5개.

    원문: (C53) RMSProp은 Adagrad의 학습률이 줄어드는 문제를 고칩니다.
    판정: 재현됨
    """
    late = {name: drift(steps, name)["late"] for name in ("adagrad", "rmsprop")}
    a, b = best(fit, "rmsprop"), best(fit, "adagrad")
    evidence = (
        f"매개변수별 학습률은 Adagrad {late['adagrad']:.2f}배, RMSProp "
        f"{late['rmsprop']:.2f}배. 정확도의 차이는 {difference_text(a, b)}."
    )
    return bool(late["adagrad"] < 1 < late["rmsprop"] and is_tie(a, b, NEAR)), evidence


def claim_rare(steps):
    """Adagrad는 드물게 켜지는 픽셀의 가중치를 더 큰 학습률로 움직입니다.

    MNIST 5000장에서 한 번이라도 켜진 픽셀의 빈도와 매개변수별 학습률의 순위 상관입니다.
    RMSProp과 Adam도 그렇고, 배율은 오히려 더 큽니다. 배율은 가장 드문 10 %의 중앙값을
    가장 흔한 10 %의 중앙값으로 나눈 것입니다.

    원문: (C52) Adagrad는 드물게 갱신되는 매개변수에 더 큰 학습률을 줍니다.
    판정: 재현됨
    """
    drifts = {name: drift(steps, name) for name in ADAPTIVE}
    evidence = "순위 상관과 배율: " + ", ".join(
        f"{LABELS[name]} {d['rank']:.2f}, {d['spread']:.4g}배"
        for name, d in drifts.items()
    )
    ranks = [d["rank"] for d in drifts.values()]
    spread = drifts["adagrad"]["spread"]
    others = min(drifts[name]["spread"] for name in ADAPTIVE[1:])
    return bool(max(ranks) < -0.9 and 1.1 < spread < others), evidence + "."


def claim_moments(moments):
    """Adam은 기울기의 평균(1차 모멘트)과 제곱의 평균(2차 모멘트)을 합칩니다.

    모멘텀은 그 가운데 하나뿐이고, 매개변수마다의 학습률은 2차 모멘트에서 나옵니다.
    평균 0.3, 표준편차 0.5인 기울기 500개를 2000걸음 넣었습니다.

    원문: (C55) Adam은 두 가지 모멘텀 기법을 합친 것입니다.
    판정: 조건부
    """
    first = abs(moments["m"] - moments["mean"])
    second = abs(moments["r"] - moments["square"])
    evidence = (
        f"첫째 상태 {moments['m']:.3f}, 기울기의 평균 {moments['mean']:.3f}. "
        f"둘째 상태 {moments['r']:.3f}, 제곱의 평균 {moments['square']:.3f}."
    )
    apart = abs(moments["mean"] - moments["square"])
    return bool(max(first, second) < apart / 4), evidence


def claim_tuning(fit):
    """RMSProp과 Adam은 쓸 만한 학습률의 범위가 SGD보다 넓지만, Adagrad는 그렇지 않습니다.

    검증 정확도의 평균이 가장 높은 것과 0.02 안에 드는 학습률의 범위(가장 큰 것 ÷ 가장 작은
    것)입니다. 학습률은 옵티마이저마다 다섯 가지를 시험했고, 시드는 5개입니다. Adagrad는
    Keras의 기본값 0.001에서 테스트 정확도를 0.1 넘게 잃습니다.

    원문: (C51, C61) 적응형 방법은 학습률을 손으로 맞추는 수고를 줄입니다.
    판정: 조건부
    """
    widths = {name: usable(fit, name) for name in NAMES}
    top, usual = best(fit, "adagrad"), score(fit, "adagrad", DEFAULTS["adagrad"])
    evidence = "범위: " + ", ".join(
        f"{LABELS[name]} {width:.0f}배" for name, width in widths.items()
    )
    evidence += f". Adagrad에서 기본값의 차이는 {difference_text(usual, top)}."
    wide = min(widths["rmsprop"], widths["adam"]) > widths["sgd"]
    holds = wide and widths["adagrad"] <= widths["sgd"]
    return bool(holds and is_higher(top, usual, by=0.1)), evidence


def claim_default(fit):
    """Adam을 기본 학습률 0.001로 쓰면, 검증 데이터로 고른 학습률을 쓸 때와 정확도의 차이가 0.02보다 작습니다.

    Fashion-MNIST 10000장, 784-64-10, 8에폭, 시드 5개. 학습률은 다섯 가지를 시험했습니다.

    원문: (C62) 보통 경사 하강법과 Adam의 조합에서 시작해 조정합니다.
    판정: 확인 불가
    """
    top, usual = best(fit, "adam"), score(fit, "adam", DEFAULTS["adam"])
    return is_tie(usual, top, NEAR), f"기본값의 차이는 {difference_text(usual, top)}."


def claim_reversal(fit):
    """학습률 하나로 견주면 차례가 뒤집힙니다. 0.01에서는 모멘텀이, 0.1에서는 SGD가 앞섭니다.

    강조

    Fashion-MNIST 10000장, 784-64-10, 8에폭, 시드 5개.
    """
    pairs = {
        lr: (score(fit, "momentum", lr), score(fit, "sgd", lr)) for lr in (0.01, 0.1)
    }
    evidence = "모멘텀 − SGD: " + ", ".join(
        f"학습률 {lr:g}에서 {difference_text(*pair)}" for lr, pair in pairs.items()
    )
    return is_higher(*pairs[0.01]) and is_higher(*pairs[0.1][::-1]), evidence + "."


def claim_fast(fit):
    """첫 에폭에 Adam은 SGD를 앞서지만, Nesterov와는 어느 쪽이 앞서는지 가릴 수 없습니다.

    Fashion-MNIST 10000장, 784-64-10, 시드 5개. 학습률은 저마다 첫 에폭의 검증 정확도가 가장
    높은 것입니다.

    원문: (C54, C59) Adam은 빠르고 안정적입니다.
    판정: 조건부
    """
    adam, sgd, nesterov = (best(fit, name, 1) for name in ("adam", "sgd", "nesterov"))
    evidence = (
        f"첫 에폭의 정확도: Adam − SGD {difference_text(adam, sgd)}, "
        f"Adam − Nesterov {difference_text(adam, nesterov)}."
    )
    return is_higher(adam, sgd) and is_open(adam, nesterov), evidence


def claim_overfit(fit):
    """Adam의 훈련·검증 격차는 SGD보다 크지만, Nesterov보다 큰지는 가릴 수 없습니다.

    8에폭 뒤의 훈련 정확도에서 검증 정확도를 뺀 값, 시드 5개, 저마다 가장 좋은 학습률.

    원문: (C54) Adam은 과적합할 수 있습니다.
    판정: 조건부
    """
    adam, sgd, nesterov = (gap(fit, name) for name in ("adam", "sgd", "nesterov"))
    evidence = (
        f"격차의 차이: Adam − SGD {difference_text(adam, sgd)}, "
        f"Adam − Nesterov {difference_text(adam, nesterov)}."
    )
    return is_higher(adam, sgd) and is_open(adam, nesterov), evidence


def claim_rmsprop(fit):
    """Adam과 RMSProp, Adam과 Nesterov의 정확도 차이는 0.02보다 작습니다.

    Fashion-MNIST 10000장, 784-64-10, 8에폭, 시드 5개, 저마다 가장 좋은 학습률.

    원문: (C46) Adam이 RMSProp보다 낫습니다.
    판정: 확인 불가
    """
    adam, others = best(fit, "adam"), ("rmsprop", "nesterov")
    evidence = ", ".join(
        f"Adam − {LABELS[name]} {difference_text(adam, best(fit, name))}"
        for name in others
    )
    return all(is_tie(adam, best(fit, name), NEAR) for name in others), evidence + "."


def claim_size(fit, small):
    """같은 에폭을 학습하면, 이미지가 1000장일 때보다 10000장일 때 Adam과 SGD의 차이가 작습니다.

    784-64-10, 6에폭씩, 시드 5개, 저마다 가장 좋은 학습률. 에폭이 같으므로 1000장에서는 걸음이
    열 배 적습니다. 수백만 장의 데이터는 재지 않았습니다.

    원문: (C57) 데이터가 크면 Adam이나 RMSProp을 씁니다.
    판정: 확인 불가
    """
    end = len(small["accuracy"].iloc[0][0])
    few = best(small, "adam"), best(small, "sgd")
    many = best(fit, "adam", end), best(fit, "sgd", end)
    gains = [a - b for a, b in (few, many)]  # (시드 수,) 둘
    evidence = (
        f"Adam − SGD: 1000장 {difference_text(*few)}, 10000장 {difference_text(*many)}. "
        f"두 차이의 차이는 {difference_text(*gains)}."
    )
    return is_higher(*gains), evidence


def claim_deep(fit, deep):
    """은닉층이 다섯이어도 Adam이 SGD를 앞섭니다. 그러나 은닉층이 하나일 때보다 더 앞서는지는 가릴 수 없습니다.

    Fashion-MNIST 10000장, 은닉층마다 유닛 64개, 6에폭, 시드 5개, 저마다 가장 좋은 학습률.

    원문: (C58) 모델이 복잡하면 Adagrad나 Adam 같은 적응형을 씁니다.
    판정: 조건부
    """
    end, gains, text = len(deep["accuracy"].iloc[0][0]), {}, []
    for name in ("adam", "adagrad"):
        one = best(fit, name, end), best(fit, "sgd", end)
        five = best(deep, name), best(deep, "sgd")
        gains[name] = [a - b for a, b in (five, one)]  # (시드 수,) 둘
        text.append(
            f"{LABELS[name]} − SGD: 은닉층 하나 {difference_text(*one)}, "
            f"다섯 {difference_text(*five)}"
        )
    ahead = is_higher(best(deep, "adam"), best(deep, "sgd"))
    return ahead and is_open(*gains["adam"]), ". ".join(text) + "."


def claim_calm(fit):
    """모멘텀이나 Nesterov의 정확도가 SGD보다 덜 출렁이는지는 가릴 수 없습니다.

    마지막 네 번의 에폭 사이에 검증 정확도가 오르내린 크기의 평균을 견주었습니다.
    Fashion-MNIST 10000장, 784-64-10, 8에폭, 시드 5개, 저마다 가장 좋은 학습률.

    원문: (C60) 흔들림을 줄이려면 모멘텀이나 Nesterov를 씁니다.
    판정: 확인 불가
    """
    sizes = {name: wobble(fit, name) for name in GROUPS[0]}
    evidence = ", ".join(f"{LABELS[n]} {size.mean():.4f}" for n, size in sizes.items())
    for name in ("momentum", "nesterov"):
        change = difference_text(sizes[name], sizes["sgd"])
        evidence += f". {LABELS[name]} − SGD {change}"
    unclear = [is_open(sizes[name], sizes["sgd"]) for name in ("momentum", "nesterov")]
    return all(unclear), evidence + "."


def claim_shrunk(decay):
    """감쇠를 0.3으로 크게 하면 훈련·검증 격차는 줄지만, 테스트 정확도는 조금 낮아집니다.

    AdamW, 학습률 0.003, Fashion-MNIST 10000장, 784-64-10, 15에폭, 시드 3개. 감쇠가 없을 때와
    견주었습니다.
    """
    (plain, wide), (shrunk, narrow) = decayed(decay, 0.0), decayed(decay, 0.3)
    evidence = (
        f"격차의 차이 {difference_text(narrow, wide)}, "
        f"정확도의 차이 {difference_text(shrunk, plain)}."
    )
    return is_higher(wide, narrow) and is_higher(plain, shrunk), evidence


def claim_coupled(coupled):
    """AdamW는 모든 가중치를 같은 비율로 줄이지만, 손실에 더한 L2는 Adam에서 그렇지 않습니다.

    잡음뿐인 기울기를 1000걸음 받은 가중치 1이 얼마나 남는지 쟀습니다. 학습률 0.001, 감쇠 0.1.
    """
    quiet, noisy = coupled["quiet"], coupled["noisy"]
    evidence = (
        f"AdamW는 기울기가 작을 때 {quiet['adamw']:.3f}, 클 때 {noisy['adamw']:.3f}. "
        f"L2는 작을 때 {quiet['l2']:.3f}, 클 때 {noisy['l2']:.3f}입니다."
    )
    even = abs(quiet["adamw"] - noisy["adamw"]) < 0.01
    return bool(even and noisy["l2"] - quiet["l2"] > 0.3), evidence


def claim_clipped(clipped):
    """학습률 0.3에서 무너지던 모멘텀은 기울기를 길이 1로 자르면 훨씬 나아지지만, 자르지 않고 학습률을 0.03으로 낮춘 것보다는 정확도가 낮습니다.

    Fashion-MNIST 10000장, 784-64-10, 5에폭, 시드 3개, 마지막 세 에폭의 평균. 훨씬 낫다는 것은
    정확도가 0.1 넘게 높다는 뜻입니다.
    """
    runs = {
        (lr, limit): curves(clipped, lr=lr, limit=limit)[:, -3:].mean(axis=1)
        for lr in (0.03, 0.3)
        for limit in (0.0, 1.0)
    }
    cut, free, low = runs[0.3, 1.0], runs[0.3, 0.0], runs[0.03, 0.0]
    evidence = (
        f"학습률 0.3에서 자르지 않으면 {free.mean():.3f}, 자르면 {cut.mean():.3f}, "
        f"차이 {difference_text(cut, free)}. 0.03에서 자르지 않은 것과의 차이 "
        f"{difference_text(cut, low)}."
    )
    return is_higher(cut, free, by=0.1) and is_higher(low, cut), evidence


def claim_habits(habits):
    """Keras는 옵티마이저를 적지 않으면 말없이 RMSprop(0.001)을 쓰고, 두 모델에 쓰면 멈춥니다."""
    silent = habits["silent"] == "RMSprop" and abs(habits["silent_lr"] - 0.001) < 1e-6
    evidence = (
        f"적지 않으면 {habits['silent']}({habits['silent_lr']:.3g}), "
        f"두 모델에 쓰면 {habits['reuse_error'] or '오류 없음'}입니다."
    )
    return bool(silent and habits["reuse_error"]), evidence
