"""드롭아웃과 데이터 증강을 넣은 모델을 만들고, 켜고 끄며 잽니다."""

import keras
import numpy as np

# ---------------------------------------------------------------- 드롭아웃이 하는 일


# --8<-- [start:dropout]
def dropout(h, p, rng):
    """훈련할 때의 드롭아웃. 추론할 때에는 h를 그대로 씁니다."""
    m = rng.random(h.shape) >= p  # (n, 유닛 수): 확률 1 − p로 남습니다
    return h * m / (1 - p)  # 남은 유닛을 키워서 평균을 지킵니다


# --8<-- [end:dropout]


# ---------------------------------------------------------------- 모델과 학습


# --8<-- [start:augment]
def augmentation(kind):
    layers = keras.layers
    shift = layers.RandomTranslation(
        0.1, 0.1, fill_mode="constant"
    )  # ±2.8픽셀
    rotation = layers.RandomRotation(
        0.05, fill_mode="constant"
    )  # ±18도
    return {
        "none": [],
        "shift": [shift],
        "shift_rotation": [shift, rotation],
        "flip": [layers.RandomFlip("horizontal")],  # 절반을 뒤집습니다
    }[kind]


# --8<-- [end:augment]


# --8<-- [start:build]
def build(rate=0.0, where="both", augment="none", width=128):
    layers = keras.layers
    model = keras.Sequential(
        [keras.Input((28, 28, 1)), *augmentation(augment)]
    )
    model.add(layers.Flatten())  # (n, 784)
    model.add(
        layers.Dense(width, "relu", kernel_initializer="he_normal")
    )
    if where == "both":
        model.add(layers.Dropout(rate))
    model.add(
        layers.Dense(width // 2, "relu", kernel_initializer="he_normal")
    )
    model.add(layers.Dropout(rate))
    model.add(layers.Dense(10))  # (n, 10) 점수
    return model


# --8<-- [end:build]


# --8<-- [start:judge]
def judge(model, x, y):
    """손실과 정확도. training=False라서 드롭아웃도 증강도 쉽니다."""
    scores = model(x, training=False)  # (n, 10)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    right = np.asarray(scores).argmax(axis=1) == y  # (n,)
    return float(loss(y, scores)), float(right.mean())


# --8<-- [end:judge]


# ---------------------------------------------------------------- 연습 문제의 답


# --8<-- [start:answer_expected]
def answer_expected(h, p):
    return p * 0 + (1 - p) * h / (1 - p)  # 꺼질 때의 몫 + 남을 때의 몫


# --8<-- [end:answer_expected]


# --8<-- [start:answer_variance]
def answer_square(p):
    return (1 - p) / (
        1 - p
    ) ** 2  # E[h̃²] / h²: 남을 확률 × 키운 값의 제곱


def answer_variance(h, p):
    return (
        h**2 * answer_square(p) - h**2
    )  # E[h̃²] − E[h̃]² = h² p / (1 − p)


# --8<-- [end:answer_variance]


# --8<-- [start:answer_subnetworks]
def answer_subnetworks(units=(128, 64)):
    return 2 ** sum(units)  # 유닛마다 켜거나 끄거나 둘 가운데 하나


# --8<-- [end:answer_subnetworks]


# --8<-- [start:answer_mirrored]
def answer_mirrored(table, count=3):
    """뒤집은 사진을 제 이름으로 가장 많이 알아보는 숫자들."""
    table = np.asarray(table)  # (10, 10): 행이 정답, 열이 예측
    kept = table.diagonal() / table.sum(axis=1)  # (10,)
    return np.argsort(-kept)[:count].tolist()


# --8<-- [end:answer_mirrored]
