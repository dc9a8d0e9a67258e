"""CIFAR-10을 소프트맥스 층 하나로 나눈 결과로 노트의 해석을 한 문장씩 확인합니다."""

import numpy as np
from comparison import (
    chosen,
    difference,
    is_higher,
    is_open,
    is_tie,
    mean_and_sd,
    with_sign,
)
from runs.cifar10_linear import (
    CHANGES,
    COPIED,
    LRS,
    RESTS,
    SETTINGS,
    SOURCE,
    curve_sd,
    jitter,
    late_mean,
    pooled,
    predicted,
    rest,
    sampling_sd,
    select,
)

# --------------------------------------------------------------------------- 통계


def slope(run, epochs=20):
    y = np.array(run[-epochs:])
    x = np.arange(len(y)) - (len(y) - 1) / 2
    return 10 * (x @ y) / (x @ x)  # 열 에폭에 얼마나 오르는가


def slopes_of(frame, column):
    return np.array([slope(run) for run in frame[column]])  # (시드,)


def seeds(frame):
    return f"시드 {frame['seed'].explode().nunique()}개"


def gap_text(a, b):
    return f"차 {with_sign(difference(a, b))}"


def grid_mean(fit, optimizer, settings, column="test_accuracy", of=late_mean):
    runs = [
        of(
            select(fit, optimizer=optimizer, batch_size=size, validation_split=split),
            column,
        )
        for size, split in settings
    ]
    return np.mean(runs, axis=0)  # (시드,): 설정들의 평균


TINY = [(size, split) for size, split in SETTINGS if rest(split, size) in range(1, 16)]
ROOMY = [setting for setting in SETTINGS if setting not in TINY]


# ----------------------------------------------------- 숫자 하나와 마지막 묶음


def claim_reproduced(fit):
    """노트의 수 가운데 붙여 넣은 한 줄을 뺀 열하나에서 적어도 아홉은, 우리가 다시 돌린 값으로
    예측한 95 % 구간 안에 있습니다.

    예측 구간은 설정마다 시드 5개의 30에폭 값에서 구한, 새 실행 하나가 놓일 범위입니다. 시드가
    다섯뿐이라 구간이 넓습니다. 안에 든다고 같은 실행이라는 뜻은 아닙니다.
    """
    rows = [row for row in SOURCE if row[:3] != COPIED]
    ranges = [predicted(fit, *row[:3]) for row in rows]
    inside = sum(
        abs(row[3] - mean) < half
        for row, (mean, half) in zip(rows, ranges, strict=True)
    )
    halves = [half for _, half in ranges]
    return bool(inside >= 9), (
        f"{len(rows)}개 가운데 {inside}개, 구간의 반폭은 {min(halves):.3f}에서 "
        f"{max(halves):.3f}까지, {seeds(fit)}씩"
    )


def claim_source_high(fit):
    """노트의 SGD 여섯 수는 모두 우리 평균보다 높습니다. 까닭은 이 실험으로 알 수 없습니다.

    여러 번 돌려 좋은 것을 적었거나, 손실 없는 원본 픽셀을 썼기 때문일 수 있습니다. 우리
    평균은 시드 5개의 마지막 열 에폭에 잰 50개의 평균입니다. 여섯이 우연히 모두 한쪽일 확률은
    64분의 2입니다.
    """
    gaps = [
        accuracy
        - pooled(
            select(fit, optimizer=name, batch_size=size, validation_split=split)
        ).mean()
        for name, size, split, accuracy, _ in SOURCE
        if name == "SGD"
    ]
    return bool(min(gaps) > 0), (
        f"차이 {min(gaps):+.4f}에서 {max(gaps):+.4f}까지, 평균 {np.mean(gaps):+.4f}, "
        f"여섯 설정, {seeds(fit)}씩"
    )


def claim_outlier(fit):
    """0.3430은 이 설정에서 흔히 나오는 수입니다. 같은 설정을 다시 돌리면 마지막 열 에폭의 테스트
    정확도 가운데 절반이 넘는 값이 그보다도 낮습니다.

    원문: (N03, E23) SGD, 배치 64, 검증 비율 0.1의 테스트 정확도는 0.3430이다.
    판정: 재현됨
    """
    runs = select(fit, optimizer="SGD", batch_size=64, validation_split=0.1)
    values = pooled(runs)
    below = (values < 0.3430).sum()
    return bool(below > len(values) / 2), (
        f"값 {len(values)}개 가운데 {below}개가 0.3430보다 낮음, "
        f"평균 {values.mean():.4f}, 범위 {values.min():.4f}–{values.max():.4f}, "
        f"{seeds(fit)}"
    )


def claim_rest(fit):
    """SGD의 열두 설정 가운데 정확도가 가장 낮은 다섯은, 마지막 묶음에 남는 사진이
    열다섯 장 이하인 바로 그 다섯 설정입니다."""
    means = {
        setting: grid_mean(fit, "SGD", [setting]).mean()
        for setting in sorted(SETTINGS, key=lambda s: grid_mean(fit, "SGD", [s]).mean())
    }
    lowest, others = list(means)[:5], list(means.values())[5:]
    return set(lowest) == set(TINY), (
        "낮은 차례로 "
        + ", ".join(
            f"배치 {size} 비율 {split} (나머지 {rest(split, size)}장) "
            f"{means[size, split]:.4f}"
            for size, split in lowest
        )
        + f"; 나머지 일곱 설정은 {min(others):.4f} 이상, {seeds(fit)}씩"
    )


def claim_eight_images(last_batch):
    """배치가 64인 SGD에서 사진을 45,000장에서 여덟 장만 덜어 내면 테스트 정확도가 0.02
    넘게 오릅니다.

    강조

    45,000을 64로 나눈 나머지가 8이어서, 에폭마다 마지막 걸음은 사진 여덟 장으로 떼고
    곧바로 채점을 받습니다. 학습률 0.01, 6–15에폭 평균입니다.
    """
    sgd = select(last_batch, optimizer="SGD", change="none")
    whole = late_mean(select(sgd, images=44_992))
    eight = late_mean(select(sgd, images=45_000))
    return is_higher(whole, eight, by=0.02), (
        f"44,992장 {mean_and_sd(whole)}, 45,000장 {mean_and_sd(eight)}, {gap_text(whole, eight)}, "
        f"{seeds(last_batch)}"
    )


def claim_smaller_is_worse(last_batch):
    """마지막 묶음이 32장, 8장, 4장, 1장으로 작아질수록 SGD의 테스트 정확도는 차례로
    낮아집니다.

    배치 64, 학습률 0.01, 6–15에폭 평균, 시드 3개의 짝 차이와 95 % 신뢰 구간입니다.
    """
    sgd = select(last_batch, optimizer="SGD", change="none")
    late = [late_mean(select(sgd, images=images)) for images in RESTS]
    steps = list(zip(late[1:], late[2:]))
    return all(is_higher(more, fewer) for more, fewer in steps), (
        "나머지 32, 8, 4, 1장의 평균 "
        + ", ".join(f"{values.mean():.4f}" for values in late[1:])
        + "; 이웃끼리의 차 "
        + ", ".join(with_sign(difference(fewer, more)) for more, fewer in steps)
        + f", {seeds(last_batch)}"
    )


def claim_adam_suffers_less(last_batch):
    """나머지가 8장일 때 Adam이 잃는 정확도는 SGD가 잃는 것의 절반도 되지 않습니다."""
    plain = select(last_batch, change="none")
    loss = {
        name: late_mean(select(plain, optimizer=name, images=44_992))
        - late_mean(select(plain, optimizer=name, images=45_000))
        for name in ("SGD", "Adam")
    }
    return is_higher(loss["SGD"] / 2, loss["Adam"]), (
        f"잃은 정확도 SGD {mean_and_sd(loss['SGD'])}, Adam {mean_and_sd(loss['Adam'])}, "
        f"{gap_text(loss['SGD'], loss['Adam'])}, {seeds(last_batch)}"
    )


def claim_hidden(last_batch):
    """Keras가 기록하는 훈련 정확도만 보아서는 이 사고를 알 수 없습니다. 나머지가 0장일
    때와 8장일 때의 차이가 0.01도 되지 않습니다.

    기록된 훈련 정확도는 에폭 동안의 모든 묶음을 평균한 값이어서 마지막 걸음 뒤의
    가중치를 보여 주지 않습니다. SGD, 학습률 0.01, 6–15에폭 평균입니다.
    """
    sgd = select(last_batch, optimizer="SGD", change="none")
    whole = late_mean(select(sgd, images=44_992), "accuracy")
    eight = late_mean(select(sgd, images=45_000), "accuracy")
    return is_tie(whole, eight, margin=0.01), (
        f"기록된 훈련 정확도 {mean_and_sd(whole)}과 {mean_and_sd(eight)}, {seeds(last_batch)}"
    )


def claim_remedied(last_batch):
    """학습률을 코사인으로 줄이거나 픽셀의 평균을 0으로 옮기면, 여덟 장이 남아도 정확도가
    0.03 넘게 돌아옵니다. 학습률을 10분의 1로 낮춘 것은 시드 3개로는 가릴 수 없습니다.

    SGD, 45,000장, 배치 64. 코사인 감쇠는 끝에 가야 학습률이 작아지므로 마지막 다섯
    에폭의 평균으로 견줍니다. 시드 3개의 짝 차이와 95 % 신뢰 구간입니다.
    """
    sgd = select(last_batch, optimizer="SGD", images=45_000)
    before = late_mean(select(sgd, change="none"), epochs=5)
    after = {
        change: late_mean(select(sgd, change=change), epochs=5)
        for change in ("small", "cosine", "centred")
    }
    small = after["small"]
    holds = all(
        is_higher(values, before, by=0.03)
        for change, values in after.items()
        if change != "small"
    )
    return holds and is_open(small, before), (
        f"그대로 {mean_and_sd(before)}; "
        + "; ".join(
            f"{CHANGES[change]} {mean_and_sd(v)}" for change, v in after.items()
        )
        + f"; {seeds(last_batch)}"
    )


# ----------------------------------------------------- 노트의 해석을 다시 재기


def claim_sgd_steady(rates):
    """SGD의 훈련 정확도는 열 에폭 전보다 늘 높지만, 검증 정확도는 에폭마다 오르는 때와
    내리는 때가 거의 반반입니다.

    40,000장(나머지 0장), 배치 64, 학습률 0.01입니다. 훈련은 11–30에폭을 열 에폭 전과,
    검증은 2–30에폭을 바로 앞 에폭과 견주었고, 거의 반반이라는 것은 40–60%라는 뜻입니다.

    원문: (C20) SGD는 학습률이 고정되어 느리게 수렴하지만 훈련 정확도와 손실이 점차 안정되게 나아진다.
    판정: 조건부
    """
    runs = select(rates, optimizer="SGD", lr=0.01, change="none")
    train = np.array(runs["accuracy"].tolist())  # (시드, epochs)
    val = np.array(runs["val_accuracy"].tolist())
    rising = np.mean(train[:, 10:] > train[:, :-10])
    up = np.mean(np.diff(val) > 0)
    return bool(rising == 1 and 0.4 < up < 0.6), (
        f"훈련 정확도가 열 에폭 전보다 높은 비율 {rising:.0%}, "
        f"검증 정확도가 앞 에폭보다 높은 비율 {up:.0%}, 검증의 흔들림(마지막 열 에폭의 "
        f"표준편차) {jitter(runs, 'val_accuracy').mean():.4f}, {seeds(rates)}"
    )


def claim_adam_start(rates):
    """기본 학습률에서는 첫 에폭의 훈련 정확도가 Adam 쪽이 높지만, Adam의 학습률을
    0.0001로 낮추면 순서가 뒤집힙니다.

    40,000장(나머지 0장), 배치 64. 빠른 것은 옵티마이저라기보다 걸음의 크기입니다.

    원문: (C21) Adam은 초반에 빠르게 학습된다.
    판정: 조건부
    """
    first = {
        (name, lr): np.array(
            [
                run[0]
                for run in select(rates, optimizer=name, lr=lr, change="none")[
                    "accuracy"
                ]
            ]
        )
        for name, lr in (("SGD", 0.01), ("Adam", 0.001), ("Adam", 0.0001))
    }
    sgd, adam, slow = first.values()
    return is_higher(adam, sgd) and is_higher(sgd, slow), (
        f"첫 에폭의 훈련 정확도: SGD 0.01 {mean_and_sd(sgd)}, Adam 0.001 {mean_and_sd(adam)}, "
        f"Adam 0.0001 {mean_and_sd(slow)}; Adam 0.001과 SGD의 {gap_text(adam, sgd)}, {seeds(rates)}"
    )


def claim_adam_validation(fit):
    """기본 학습률의 Adam에서 검증 정확도는 11–30에폭 동안 열 에폭에 0.005도 떨어지지 않습니다.
    다만 SGD보다 더 출렁입니다.

    나머지가 없거나 열다섯 장보다 많은 일곱 설정의 평균입니다. 기울기는 열 에폭에 오르는
    양이고, 흔들림은 마지막 열 에폭의 표준편차입니다. 더 출렁인다는 것은 흔들림이 1.1배가
    넘는다는 뜻입니다.

    원문: (C22) Adam은 검증 정확도가 떨어지거나 불안정하다.
    판정: 조건부
    """
    slopes = grid_mean(fit, "Adam", ROOMY, "val_accuracy", slopes_of)
    adam, sgd = (
        grid_mean(fit, name, ROOMY, "val_accuracy", jitter) for name in ("Adam", "SGD")
    )
    level = is_higher(slopes, np.zeros(len(slopes)), by=-0.005)
    return level and is_higher(adam, 1.1 * sgd), (
        f"기울기 {mean_and_sd(slopes)}; 흔들림 Adam {mean_and_sd(adam)}, SGD {mean_and_sd(sgd)}, "
        f"{gap_text(adam, sgd)}, {seeds(fit)}"
    )


def claim_adam_overfit(rates):
    """기본 학습률에서 Adam의 테스트 정확도가 낮은 까닭은 과적합이 아닙니다. 학습한
    사진에서도 Adam의 정확도가 SGD보다 낮습니다.

    강조

    과적합(overfitting)이라면 학습한 사진은 더 잘 맞히면서 처음 보는 사진을 더 틀려야
    합니다. 40,000장, 배치 64, 21–30에폭 평균. 학습한 사진 1만 장은 드롭아웃 없이 에폭이
    끝난 가중치로 쟀습니다.

    원문: (C23) 층이 하나인 선형 모델에서 Adam은 과적합으로 이어진다.
    판정: 반증
    """
    adam = select(rates, optimizer="Adam", lr=0.001, change="none")
    sgd = select(rates, optimizer="SGD", lr=0.01, change="none")
    seen_a, seen_s = (runs["seen_accuracy"].to_numpy(float) for runs in (adam, sgd))
    test_a, test_s = late_mean(adam), late_mean(sgd)
    return is_higher(seen_s, seen_a) and is_higher(test_s, test_a), (
        f"학습한 사진: Adam {mean_and_sd(seen_a)}, SGD {mean_and_sd(seen_s)}, "
        f"{gap_text(seen_a, seen_s)}; "
        f"테스트: Adam {mean_and_sd(test_a)}, SGD {mean_and_sd(test_s)}, {seeds(rates)}"
    )


def claim_centred_overfit(rates):
    """픽셀의 평균을 0으로 옮긴 Adam에서는 4–8에폭보다 마지막 열 에폭에서 훈련 정확도가 높습니다.
    그동안 검증 정확도가 내려갔는지는 가릴 수 없습니다.

    40,000장, 배치 64, 학습률 0.001, 시드 3개의 짝 차이와 95 % 신뢰 구간입니다.
    """
    runs = select(rates, optimizer="Adam", change="centred")
    (early, late), (train_early, train_late) = (
        (np.array([np.mean(run[3:8]) for run in runs[name]]), late_mean(runs, name))
        for name in ("val_accuracy", "accuracy")
    )
    return is_higher(train_late, train_early) and is_open(late, early), (
        f"훈련 {train_early.mean():.4f} → {train_late.mean():.4f}, "
        f"{gap_text(train_late, train_early)}; "
        f"검증 {early.mean():.4f} → {late.mean():.4f}, {gap_text(late, early)}, "
        f"{seeds(rates)}"
    )


def claim_overshoot(rates):
    """Adam의 학습률을 코사인으로 줄이면 학습한 사진과 테스트의 정확도가 함께 오릅니다.

    과적합을 고친 것이라면 학습한 사진의 정확도는 내려가야 합니다. 보폭이 커서 골짜기를
    넘나들었다는 설명과 맞습니다. 40,000장, 배치 64,
    시작 학습률 0.001, 21–30에폭 평균입니다.

    원문: (C24) 층이 하나인 선형 모델에서 Adam은 최적점을 지나친다(overshooting).
    판정: 재현됨
    """
    adam = select(rates, optimizer="Adam", lr=0.001)
    before, after = select(adam, change="none"), select(adam, change="cosine")
    seen_b, seen_a = (
        before["seen_accuracy"].to_numpy(),
        after["seen_accuracy"].to_numpy(),
    )
    test_b, test_a = late_mean(before), late_mean(after)
    return is_higher(seen_a, seen_b) and is_higher(test_a, test_b), (
        f"학습한 사진 {mean_and_sd(seen_b)} → {mean_and_sd(seen_a)}; "
        f"테스트 {mean_and_sd(test_b)} → {mean_and_sd(test_a)}, {gap_text(test_a, test_b)}, "
        f"{seeds(rates)}"
    )


def claim_network(network):
    """은닉층이 둘인 신경망에서는 기본 학습률의 Adam이 기본 학습률의 SGD보다 테스트
    정확도가 높습니다.

    3072-256-128-10, ReLU, 40,064장, 배치 128, 10에폭 가운데 마지막 다섯의 평균, 시드는
    3개뿐이고 학습률은 따로 맞추지 않았습니다. 원문의 나머지 반인 규제는 층 하나짜리
    모델에서 듣지 않았습니다.

    원문: (C25) Adam은 더 복잡한 모델이나 규제가 있을 때 강점을 보인다.
    판정: 조건부
    """
    adam = late_mean(select(network, optimizer="Adam", lr=0.001), epochs=5)
    sgd = late_mean(select(network, optimizer="SGD", lr=0.01), epochs=5)
    return is_higher(adam, sgd), (
        f"Adam 0.001 {mean_and_sd(adam)}, SGD 0.01 {mean_and_sd(sgd)}, {gap_text(adam, sgd)}, "
        f"{seeds(network)}"
    )


def claim_hidden_helps(rates, one_hidden):
    """유닛이 32개뿐인 은닉층을 더하면, 같은 걸음 수만큼 학습해도 시험한 세 학습률
    모두에서 테스트 정확도가 0.01 넘게 오릅니다.

    SGD, 40,000장(나머지 0장), 배치 64, 30에폭 가운데 마지막 열의 평균, 학습률 0.003,
    0.01, 0.03입니다.
    """
    found = {}
    for lr in sorted(set(one_hidden["lr"])):
        plain = late_mean(select(rates, optimizer="SGD", lr=lr, change="none"))
        found[lr] = late_mean(select(one_hidden, lr=lr)), plain
    holds = all(is_higher(hidden, plain, by=0.01) for hidden, plain in found.values())
    return holds, (
        "; ".join(
            f"학습률 {lr:g}: {mean_and_sd(plain)} → {mean_and_sd(hidden)}, {gap_text(hidden, plain)}"
            for lr, (hidden, plain) in found.items()
        )
        + f"; {seeds(one_hidden)}"
    )


def claim_steps(fit):
    """검증 비율이 0.2이면 가중치를 한 에폭에 배치 64는 625번, 배치 128은 313번
    고칩니다.

    원문: (C26) 배치 64는 더 자주 갱신한다.
    판정: 재현됨
    """
    steps = {
        size: -(-40_000 // size) for size in sorted({int(b) for b in fit["batch_size"]})
    }
    return steps == {64: 625, 128: 313}, (
        "40,000장을 나누어 올림: "
        + ", ".join(f"배치 {size}에서 {count}걸음" for size, count in steps.items())
    )


LARGE_REST = (0.2, 0.25, 0.3)  # 배치 64와 128 모두 나머지가 0이거나 56장 이상


def claim_adam_small_batch(fit):
    """Adam은 배치 64에서 128보다 테스트 정확도가 낮지만, 훈련 정확도도 함께 낮으므로
    과적합이 아닙니다.

    나머지가 0이거나 넉넉한 검증 비율 0.2, 0.25, 0.3의 평균, 21–30에폭입니다.

    원문: (C27) 배치 64와 Adam은 빠르게 반응하고 과적합이 더 심하다.
    판정: 반증
    """
    (test64, test128), (train64, train128) = (
        [
            grid_mean(fit, "Adam", [(size, split) for split in LARGE_REST], column)
            for size in (64, 128)
        ]
        for column in ("test_accuracy", "accuracy")
    )
    return is_higher(test128, test64) and is_higher(train128, train64), (
        f"테스트: 64 {mean_and_sd(test64)}, 128 {mean_and_sd(test128)}, "
        f"{gap_text(test128, test64)}; 훈련: 64 {mean_and_sd(train64)}, "
        f"128 {mean_and_sd(train128)}, {gap_text(train128, train64)}, {seeds(fit)}"
    )


def claim_sgd_small_batch(fit):
    """나머지가 넉넉하면 SGD는 배치 64에서도 128과 비슷하게 출렁이고, 배치 64에 나머지가
    여덟 장이면 크게 흔들립니다.

    넉넉한 경우는 검증 비율 0.2, 0.25, 0.3의 평균, 여덟 장은 배치 64, 비율 0.1입니다.
    흔들림은 마지막 열 에폭의 테스트 정확도의 표준편차입니다. 비슷하다는 것은 1.5배를 넘지 않는다는
    뜻이고, 크게 흔들린다는 것은 2배가 넘는다는 뜻입니다.

    원문: (C28) 배치 64와 SGD는 안정되고 완만하게 수렴한다.
    판정: 조건부
    """
    roomy64, roomy128 = (
        grid_mean(
            fit, "SGD", [(size, split) for split in LARGE_REST], "test_accuracy", jitter
        )
        for size in (64, 128)
    )
    tiny = grid_mean(fit, "SGD", [(64, 0.1)], "test_accuracy", jitter)
    alike = is_higher(1.5 * roomy128, roomy64) and is_higher(1.5 * roomy64, roomy128)
    return alike and is_higher(tiny, 2 * roomy64), (
        f"흔들림: 64 {mean_and_sd(roomy64)}, 128 {mean_and_sd(roomy128)}, "
        f"나머지 8장 {mean_and_sd(tiny)}, {seeds(fit)}"
    )


def claim_small_validation(nested):
    """검증 데이터를 30%에서 5%로 줄이면 눈에 보이는 흔들림은 1.5배도 커지지 않지만,
    검증과 테스트의 차가 에폭마다 흔들리는 폭은 커집니다.

    SGD 0.01로 34,944장(나머지 0장)을 한 번 학습하면서 같은 가중치를 크기가 다른 검증
    데이터로 채점했습니다. 흔들림은 11–30에폭의 표준편차입니다. 곡선의 톱니는 대부분
    검증 데이터가 아니라 가중치가 움직인 탓입니다.

    원문: (C29) 검증 비율이 0.05이면 검증 정확도의 변동이 크다.
    판정: 조건부
    """
    runs = select(nested, optimizer="SGD")
    curve, sampling = curve_sd(runs), sampling_sd(runs)  # (시드, 6)씩
    ratio = curve[:, 0].mean() / curve[:, -1].mean()
    sampled = sampling[:, 0].mean() / sampling[:, -1].mean()
    holds = is_higher(1.5 * curve[:, -1], curve[:, 0])
    holds &= is_higher(sampling[:, 0], sampling[:, -1])
    return holds, (
        f"곡선의 흔들림 5% {mean_and_sd(curve[:, 0])}, 30% {mean_and_sd(curve[:, -1])} "
        f"(비 {ratio:.2f}); 검증 − 테스트의 흔들림 {mean_and_sd(sampling[:, 0])}, "
        f"{mean_and_sd(sampling[:, -1])} (비 {sampled:.2f}), {seeds(nested)}"
    )


def claim_small_validation_adam(nested):
    """검증 데이터를 5%로 줄일 때 흔들림이 Adam과 SGD 가운데 어느 쪽에서 더 커지는지는 가릴 수
    없습니다.

    5%일 때의 흔들림을 30%일 때의 흔들림으로 나눈 비율을 견줍니다. 34,944장, 배치 64, 기본
    학습률, 11–30에폭, 시드 3개의 짝 차이와 95 % 신뢰 구간입니다.

    원문: (C30) 검증 비율이 작으면 일찍 과적합되는 옵티마이저(Adam)의 약점이 두드러진다.
    판정: 확인 불가
    """
    ratios = {}
    for name in ("SGD", "Adam"):
        curve = curve_sd(select(nested, optimizer=name))
        ratios[name] = curve[:, 0] / curve[:, -1]  # (시드,)
    return is_open(ratios["Adam"], ratios["SGD"]), (
        f"흔들림의 비: SGD {ratios['SGD'].mean():.2f}, Adam {ratios['Adam'].mean():.2f}, "
        f"차 {with_sign(difference(ratios['Adam'], ratios['SGD']), 2)}, {seeds(nested)}"
    )


def claim_steady_end(fit, rates):
    """기본 학습률에서는 마지막 열 에폭의 테스트 정확도가 SGD에서 덜 출렁이지만, Adam의
    학습률을 0.0001로 낮추면 SGD보다도 덜 출렁입니다.

    앞은 나머지가 없거나 열다섯 장보다 많은 일곱 설정의 평균이고, 뒤는 40,000장(나머지
    0장), 배치 64에서 잰 것입니다. 덜 출렁인다는 것은 표준편차가 작다는 뜻입니다.

    원문: (C31) SGD가 마지막에 더 안정적이다.
    판정: 조건부
    """
    sgd, adam = (
        grid_mean(fit, name, ROOMY, "test_accuracy", jitter) for name in ("SGD", "Adam")
    )
    default = jitter(select(rates, optimizer="SGD", lr=0.01, change="none"))
    slow = jitter(select(rates, optimizer="Adam", lr=0.0001, change="none"))
    return is_higher(adam, sgd) and is_higher(default, slow), (
        f"일곱 설정: SGD 0.01 {mean_and_sd(sgd)}, Adam 0.001 {mean_and_sd(adam)}, "
        f"{gap_text(adam, sgd)}, {seeds(fit)}; 40,000장: SGD 0.01 {mean_and_sd(default)}, "
        f"Adam 0.0001 {mean_and_sd(slow)}, {gap_text(default, slow)}, {seeds(rates)}"
    )


def claim_default_rates(rates):
    """기본 학습률을 그대로 쓰면 SGD의 테스트 정확도가 Adam보다 높지만, Adam의 학습률을
    0.0001로 낮추면 기본 학습률의 SGD에 0.005도 뒤지지 않습니다.

    40,000장(나머지 0장), 배치 64, 21–30에폭 평균, 시드 3개의 짝 차이와 95 % 신뢰 구간입니다.

    원문: (C32) SGD가 일반화를 더 잘한다.
    판정: 조건부
    """
    sgd = late_mean(select(rates, optimizer="SGD", lr=0.01, change="none"))
    adam = late_mean(select(rates, optimizer="Adam", lr=0.001, change="none"))
    slow = late_mean(select(rates, optimizer="Adam", lr=0.0001, change="none"))
    return is_higher(sgd, adam) and is_higher(slow, sgd, by=-0.005), (
        f"SGD 0.01 {mean_and_sd(sgd)}, Adam 0.001 {mean_and_sd(adam)}, "
        f"Adam 0.0001 {mean_and_sd(slow)}; SGD − Adam 0.001의 {gap_text(sgd, adam)}; "
        f"Adam 0.0001 − SGD의 {gap_text(slow, sgd)}, {seeds(rates)}"
    )


def claim_grid_order(fit):
    """같은 조건끼리 견준 격자에서 SGD와 Adam의 순서는 마지막 묶음이 정합니다. 나머지가
    넉넉한 일곱 설정에서는 SGD가, 나머지가 열다섯 장 이하인 다섯 설정에서는 Adam이
    높습니다.

    기본 학습률, 21–30에폭의 테스트 정확도를 설정들에 걸쳐 평균했습니다.

    원문: (C33) 층이 하나인 단순한 모델에서는 SGD가 더 안정된 선택일 수 있다.
    판정: 조건부
    """
    sgd, adam = (grid_mean(fit, name, ROOMY) for name in ("SGD", "Adam"))
    sgd_tiny, adam_tiny = (grid_mean(fit, name, TINY) for name in ("SGD", "Adam"))
    return is_higher(sgd, adam) and is_higher(adam_tiny, sgd_tiny), (
        f"일곱 설정: SGD {mean_and_sd(sgd)}, Adam {mean_and_sd(adam)}, {gap_text(sgd, adam)}; "
        f"다섯 설정: SGD {mean_and_sd(sgd_tiny)}, Adam {mean_and_sd(adam_tiny)}, "
        f"{gap_text(adam_tiny, sgd_tiny)}, {seeds(fit)}"
    )


def claim_cosine(rates):
    """학습률을 코사인으로 줄이면 SGD와 Adam의 테스트 정확도 차이가 0.01보다 작아지고,
    둘 다 줄이기 전보다 높습니다.

    40,000장(나머지 0장), 배치 64, 시작 학습률은 기본값, 21–30에폭 평균입니다.
    """
    late = {
        (name, change): late_mean(
            select(rates, optimizer=name, lr=LRS[name], change=change)
        )
        for name in ("SGD", "Adam")
        for change in ("none", "cosine")
    }
    sgd, adam = late["SGD", "cosine"], late["Adam", "cosine"]
    better = is_higher(sgd, late["SGD", "none"]) and is_higher(
        adam, late["Adam", "none"]
    )
    return is_tie(sgd, adam, margin=0.01) and better, (
        f"SGD {mean_and_sd(late['SGD', 'none'])} → {mean_and_sd(sgd)}; "
        f"Adam {mean_and_sd(late['Adam', 'none'])} → {mean_and_sd(adam)}; "
        f"코사인끼리 {gap_text(adam, sgd)}, {seeds(rates)}"
    )


def claim_adam_rate(rates):
    """Adam의 학습률을 0.0001로 낮추거나 코사인으로 줄이면 테스트 정확도가 0.01 넘게
    오릅니다.

    40,000장(나머지 0장), 배치 64, 21–30에폭 평균입니다.

    원문: (C34) Adam을 쓰려면 학습률을 따로 맞추어야 한다.
    판정: 재현됨
    """
    before = late_mean(select(rates, optimizer="Adam", lr=0.001, change="none"))
    slow = late_mean(select(rates, optimizer="Adam", lr=0.0001, change="none"))
    decayed = late_mean(select(rates, optimizer="Adam", change="cosine"))
    holds = all(is_higher(after, before, by=0.01) for after in (slow, decayed))
    return holds, (
        f"0.0001의 {gap_text(slow, before)}; 코사인의 {gap_text(decayed, before)}, {seeds(rates)}"
    )


def claim_adam_regularised(rates):
    """입력 드롭아웃 0.2나 L2 규제 0.001을 더해도 Adam의 테스트 정확도는 0.01만큼도
    오르지 않습니다.

    40,000장(나머지 0장), 배치 64, 학습률 0.001, 21–30에폭 평균, 시드 3개의 짝 차이와 95 %
    신뢰 구간입니다.

    원문: (C34) Adam을 쓰려면 드롭아웃이나 규제를 더해야 한다.
    판정: 반증
    """
    adam = select(rates, optimizer="Adam", lr=0.001)
    before = late_mean(select(adam, change="none"))
    dropout = late_mean(select(adam, change="dropout"))
    l2 = late_mean(select(adam, change="l2"))
    return all(is_higher(before, after, by=-0.01) for after in (dropout, l2)), (
        f"그대로 {mean_and_sd(before)}; 드롭아웃의 {gap_text(dropout, before)}; "
        f"L2의 {gap_text(l2, before)}, {seeds(rates)}"
    )


def claim_rate_matters_more(rates):
    """학습률을 저마다 맞춘 SGD와 Adam의 차이는, 한 옵티마이저 안에서 학습률만 바꾸어 생기는
    차이의 4분의 1도 되지 않습니다.

    강조

    학습률은 SGD 0.001–0.03, Adam 0.0001–0.003의 네 가지씩이고, 검증 정확도의 평균으로
    고릅니다. 차이는 테스트 정확도로 잽니다. 40,000장(나머지 0장), 배치 64, 21–30에폭 평균,
    시드 3개의 짝 차이와 95 % 신뢰 구간입니다.

    원문: (C35) 옵티마이저의 성능은 모델과 하이퍼파라미터에 민감하므로 모델의 복잡도에 맞추어 골라야 한다.
    판정: 재현됨
    """
    plain = select(rates, change="none")
    plain = plain.assign(
        test=late_mean(plain), validation=late_mean(plain, "val_accuracy")
    )
    best, ranges, picked = {}, {}, {}
    for name, runs in plain.groupby("optimizer"):
        picked[name] = chosen(runs, "lr", by="validation")
        best[name] = select(runs, lr=picked[name])["test"].to_numpy()  # (시드,)
        means = runs.groupby("lr")["test"].mean()
        ranges[name] = means.max() - means.min()
    margin = float(min(ranges.values())) / 4
    return is_tie(best["SGD"], best["Adam"], margin=margin), (
        f"SGD({picked['SGD']:g}) {mean_and_sd(best['SGD'])}, "
        f"Adam({picked['Adam']:g}) {mean_and_sd(best['Adam'])}, "
        f"{gap_text(best['SGD'], best['Adam'])}; 학습률만 바꾼 차 "
        f"SGD {ranges['SGD']:.4f}, Adam {ranges['Adam']:.4f}, {seeds(rates)}"
    )
