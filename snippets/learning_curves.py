"""학습 곡선(learning curve)을 재고, 매끄럽게 하고, 진단합니다."""

import keras
import numpy as np

# ---------------------------------------------------------------- 데이터와 모델


def build_mlp(
    units=(128, 64),
    scale=None,
    lr=0.03,
    optimizer="sgd",
    activation="relu",
):
    """scale이 없으면 He 초기화, 있으면 표준편차가 scale인 정규분포로 시작합니다."""
    start = (
        "he_normal"
        if scale is None
        else keras.initializers.RandomNormal(0, scale)
    )
    model = keras.Sequential([keras.Input((784,))])
    for width in units:
        model.add(
            keras.layers.Dense(
                width, activation, kernel_initializer=start
            )
        )
    model.add(
        keras.layers.Dense(10, kernel_initializer=start)
    )  # 점수 (n, 10)
    kind = {"sgd": keras.optimizers.SGD, "adam": keras.optimizers.Adam}[
        optimizer
    ]
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(kind(lr), loss, metrics=["accuracy"])
    return model


# --8<-- [start:measure]
def measure(model, x, y):
    """멈춘 가중치로 다시 잰 손실과 정확도."""
    s = np.asarray(model(x, training=False), dtype="float64")  # (n, 10)
    s = s - s.max(axis=1, keepdims=True)
    losses = (
        np.log(np.exp(s).sum(axis=1)) - s[np.arange(len(y)), y]
    )  # (n,)
    return round(float(losses.mean()), 5), float(
        (s.argmax(axis=1) == y).mean()
    )


# --8<-- [end:measure]


# --8<-- [start:is_copy]
def is_copy(images, others):
    """images의 사진마다, others에 바이트까지 똑같은 사진이 있는가."""
    known = {image.tobytes() for image in others}
    return np.array(
        [image.tobytes() in known for image in images]
    )  # (n,)


# --8<-- [end:is_copy]


# ---------------------------------------------------------------- 학습하기 전의 점검


# --8<-- [start:memorise]
def memorise(x, y, scale=None, lr=0.03, steps=150, seed=0):
    keras.utils.set_random_seed(seed)
    model = build_mlp(scale=scale, lr=lr)
    x, y = x[:20], y[:20]  # (20, 784), (20,)
    history = model.fit(x, y, batch_size=20, epochs=steps, verbose=0)
    return history.history["loss"], measure(model, x, y)[1]


# --8<-- [end:memorise]


# ---------------------------------------------------------------- 세 곡선과 시드


# --8<-- [start:smooth]
def smooth(values, keep=0.8):
    result = [values[0]]
    for value in values[1:]:
        result.append(
            keep * result[-1] + (1 - keep) * value
        )  # 지수 이동 평균
    return np.array(result)


# --8<-- [end:smooth]


# ---------------------------------------------------------------- 6. 작은 검증 데이터


# --8<-- [start:standard_error]
def standard_error(p, n):
    return np.sqrt(p * (1 - p) / n)  # n장으로 잰 정확도 p의 오차


# --8<-- [end:standard_error]


# ---------------------------------------------------------------- 연습 문제의 답


# --8<-- [start:diagnose]
def diagnose(history):
    train, val = (
        np.array(history["loss"]),
        np.array(history["val_loss"]),
    )
    late = val[len(val) // 2 :]
    bumps = np.diff(
        late
    ).std()  # 이웃한 에폭의 차이가 얼마나 고르지 않은가
    if abs(train[-1] - np.log(10)) < 0.05:
        return "나쁜 처음 가중치"
    if bumps > 0.3 and train[-1] > 1:
        return "큰 학습률"
    if val[0] > 1.5 * train[0] and val[-1] > 2 * train[-1]:
        return "섞지 않음"
    if val[-1] > 1.2 * val.min() and train[-1] < 0.3 * val[-1]:
        return "과적합"
    if train[-1] > 1 and bumps < 0.05:
        return (
            "과소적합"
            if late[0] - late[-1] < 0.15 * late[0]
            else "작은 학습률"
        )
    return (
        "큰 학습률" if bumps > 0.08 and train[-1] > 0.3 else "이상 없음"
    )


# --8<-- [end:diagnose]


# --8<-- [start:answer_size]
def answer_size(p, error):
    return int(
        np.ceil(p * (1 - p) / error**2)
    )  # √(p(1−p)/n) = error를 n으로 풉니다


# --8<-- [end:answer_size]


# --8<-- [start:answer_logged]
def answer_logged(first, end, steps=1000):
    losses = np.linspace(first, end, steps)  # 걸음마다의 손실, (steps,)
    return losses.mean(), losses[-1]  # 기록된 값, 에폭이 끝났을 때의 값


# --8<-- [end:answer_logged]
