"""CIFAR-10을 소프트맥스 층 하나로 나누고, 은닉층 하나를 더해 봅니다."""

time_limit = 1800

# %% [markdown]
# ## 1. 데이터 읽기
#
# **CIFAR-10**은 탈것 네 가지와 동물 여섯 가지를 찍은 32×32 컬러 사진 6만 장입니다.
# 훈련 데이터가 5만 장, 테스트 데이터가 1만 장이고, 정답은 0부터 9까지의 정수입니다.
# 정답이 (50000, 1)인 행렬로 오므로 `ravel`로 펴 둡니다.

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(0)

(x_train, y_train), (x_test, y_test) = (
    keras.datasets.cifar10.load_data()
)
y_train, y_test = (
    y_train.ravel(),
    y_test.ravel(),
)  # (50000, 1) → (50000,)

class_names = [
    "비행기",
    "자동차",
    "새",
    "고양이",
    "사슴",
    "개",
    "개구리",
    "말",
    "배",
    "트럭",
]
print("훈련 데이터:", x_train.shape, y_train.shape)
print("테스트 데이터:", x_test.shape, y_test.shape)
print("클래스마다의 훈련 사진 수:", np.bincount(y_train, minlength=10))

# %% [markdown]
# 클래스마다 처음 나오는 사진을 한 장씩 봅시다.

# %% 클래스마다 처음 나오는 훈련 사진 한 장. 모두 32×32픽셀입니다 id="samples"
# 대체 텍스트: 비행기, 자동차, 새, 고양이, 사슴, 개, 개구리, 말, 배, 트럭의 작은 컬러
# 사진이 두 줄로 있습니다. 픽셀이 커서 거칠게 보입니다.
first = [np.flatnonzero(y_train == k)[0] for k in range(10)]

fig, axes = plt.subplots(2, 5, figsize=(6.4, 3.1))
for ax, i in zip(axes.flat, first):
    ax.imshow(x_train[i])
    ax.set_title(class_names[y_train[i]])
    ax.axis("off")
plt.show()

# %% [markdown]
# 사람이 보아도 흐릿할 만큼 작습니다.
# 게다가 MNIST와 달리 배경이 있고, 같은 클래스라도 색과 자세가 제각각입니다.
#
# ## 2. 사진을 벡터로
#
# 사진 한 장은 세로 32, 가로 32, 색 3개이므로 펴면 $32 \times 32 \times 3 = 3072$칸입니다.
# 255로 나누어 0과 1 사이로 옮깁니다.
# 끝의 10%는 **검증 데이터**(validation data)로 떼어 둡니다.

# %%
X_train = (
    x_train.reshape(-1, 3072).astype("float32") / 255
)  # (50000, 3072)
X_test = (
    x_test.reshape(-1, 3072).astype("float32") / 255
)  # (10000, 3072)

kept = len(X_train) * 9 // 10
X_val, y_val = X_train[kept:], y_train[kept:]  # (5000, 3072), (5000,)

print("학습에 쓰는 사진:", kept, " 검증에 쓰는 사진:", len(X_val))

# %% [markdown]
# ## 3. 모델
#
# 모델은 MNIST에 쓴 것과 똑같은 **소프트맥스 회귀**(softmax regression)입니다.
# 편 사진 $\mathbf{x}$에 가중치 $W$를 곱하고 편향 $\mathbf{b}$를 더해 클래스마다 점수를 하나씩 매기고, 점수를 확률 $\mathbf{p}$로 바꿉니다.
#
# $$
# \mathbf{s} = W\mathbf{x} + \mathbf{b},
# \qquad
# p_k = \frac{e^{s_k}}{\sum_{j} e^{s_j}},
# \qquad
# L = -\log p_y
# $$
#
# 모양은 $\mathbf{x}$가 (3072,), $W$가 (10, 3072), $\mathbf{b}$와 $\mathbf{s}$, $\mathbf{p}$가 (10,)이고, $y$와 $L$은 수 하나입니다.
# 손실 $L$은 정답 클래스 $y$에 매긴 확률이 작을수록 커집니다.


# %%
def softmax_classifier(start="glorot_uniform"):
    return keras.Sequential(
        [
            keras.Input(shape=(3072,)),
            keras.layers.Dense(
                10, activation="softmax", kernel_initializer=start
            ),
        ]
    )


model = softmax_classifier()
model.summary()
parameters = model.count_params()

# %% [markdown]
# 손실은 가중치의 볼록 함수라 나쁜 골짜기에 갇힐 걱정이 없습니다.
# 그러니 결과를 가르는 것은 골짜기의 바닥까지 **어떻게 걸어가는가**입니다.
#
# ## 4. 학습
#
# SGD로 64장씩, 30에폭 동안 학습합니다.
# 같은 일을 여러 모델에 하려고 함수로 묶었습니다.
#
# 사진은 배열 대신 `tf.data.Dataset`에 담아 섞습니다.
# 시드를 정하고 배열을 `fit`에 그대로 넣으면 에폭마다 **같은 순서로** 배우는데, 곧 보겠지만 이 실습에서는 순서의 마지막이 중요하기 때문입니다.
# `shuffle(count)`는 시드를 정해도 에폭마다 새로 섞고, 다시 실행하면 그 순서들을 그대로 되풀이합니다.


# %%
def shuffled(count):
    pairs = (
        X_train[:count],
        y_train[:count],
    )  # (count, 3072), (count,)
    data = tf.data.Dataset.from_tensor_slices(pairs)
    return data.shuffle(count).batch(64)


def learn(model, count, lr=0.01, epochs=30):
    model.compile(
        optimizer=keras.optimizers.SGD(lr),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    history = model.fit(
        shuffled(count),
        epochs=epochs,
        shuffle=False,  # 섞는 일은 위의 Dataset이 합니다
        validation_data=(X_val, y_val),
        verbose=0,
    )
    return history.history


log = learn(model, kept)

for i in range(0, len(log["loss"]), 5):
    print(
        f"에폭 {i + 1:2d}  손실 {log['loss'][i]:.4f}  "
        f"정확도 {log['accuracy'][i]:.4f}  "
        f"검증 정확도 {log['val_accuracy'][i]:.4f}"
    )

# %% 에폭에 따른 훈련 정확도와 검증 정확도 id="first-curve"
# 대체 텍스트: 훈련 곡선은 매끄럽게 0.4 위로 올라가고, 검증 곡선은 그 아래에서 에폭마다
# 크게 오르내립니다.
x = range(1, len(log["loss"]) + 1)
fig, ax = plt.subplots()
ax.plot(x, log["accuracy"], label="훈련")
ax.plot(x, log["val_accuracy"], label="검증")
ax.set(xlabel="에폭", ylabel="정확도")
ax.legend()
plt.show()

# %% [markdown]
# 훈련 곡선은 매끈하게 오르는데 검증 곡선은 오르내리기를 되풀이합니다.
#
# ## 5. 시험 보기

# %%
test_loss, test_accuracy = model.evaluate(X_test, y_test, verbose=0)
last_ten = log["val_accuracy"][-10:]
lowest, highest = min(last_ten), max(last_ten)

print(f"테스트 손실 {test_loss:.4f}, 테스트 정확도 {test_accuracy:.4f}")
print(
    f"마지막 열 에폭의 검증 정확도는 {lowest:.4f}에서 {highest:.4f}까지"
)

# %% [markdown]
# 마지막 열 에폭 가운데 어디에서 멈추느냐에 따라 적는 수가 이만큼 달라집니다.
#
# ## 6. 마지막 묶음
#
# 사진을 64장씩 묶으면 마지막에 몇 장이 남습니까?

# %%
rest = kept % 64
whole = kept - rest

print(f"{kept} = {kept // 64} × 64 + {rest}")

# %% [markdown]
# 남은 몇 장으로도 Keras는 다른 묶음과 똑같은 학습률로 한 걸음을 떼고, 바로 그 뒤에 검증합니다.
# 남는 사진을 빼고 처음부터 다시 학습해 봅시다.

# %% 남는 사진을 빼기 전과 뺀 뒤의 검증 정확도 id="without-the-rest"
# 대체 텍스트: 나머지 8장이 있는 곡선은 아래에서 크게 출렁이고, 나머지를 뺀 곡선은 그
# 위에서 조금씩만 흔들립니다.
steady = softmax_classifier()
steady_log = learn(steady, whole)

fig, ax = plt.subplots()
ax.plot(
    x, log["val_accuracy"], "C1", label=f"{kept:,}장 (나머지 {rest}장)"
)
ax.plot(
    x,
    steady_log["val_accuracy"],
    "C0",
    label=f"{whole:,}장 (나머지 없음)",
)
ax.set(xlabel="에폭", ylabel="검증 정확도")
ax.legend()
plt.show()

# %%
steady_loss, steady_accuracy = steady.evaluate(
    X_test, y_test, verbose=0
)
swing = np.std(log["val_accuracy"][-10:])
steady_swing = np.std(steady_log["val_accuracy"][-10:])

print(f"테스트 정확도 {test_accuracy:.4f} → {steady_accuracy:.4f}")
print(
    f"마지막 열 에폭 검증 정확도의 표준편차 "
    f"{swing:.4f} → {steady_swing:.4f}"
)

# %% [markdown]
# ## 7. 무엇을 배웠는가
#
# 가중치 $W$의 한 행은 3072개의 수이므로 다시 접으면 사진이 됩니다.
# 이 사진을 그 클래스의 **틀**(template)이라고 합시다.
# Keras는 $W$를 뒤집은 (3072, 10)으로 담으므로, 코드에서는 한 열이 틀 하나입니다.
#
# 처음 값의 무늬가 섞이지 않도록 0에서 출발해, 작은 걸음으로 다시 배웁니다.
# 층이 하나뿐이라 0에서 출발해도 클래스마다 기울기가 달라 문제없이 배웁니다.

# %% 클래스마다 배운 가중치 3072개를 다시 32×32 컬러 사진으로 접은 것. 클래스마다 가장 작은 값을 0, 가장 큰 값을 1로 옮겼습니다. 비행기와 배는 푸르고, 말은 붉은 몸통이 가로로 깁니다 id="templates"
# 대체 텍스트: 윤곽이 또렷하지 않은 색 얼룩 열 개가 두 줄로 있습니다. 사슴과 개구리에는
# 초록이, 자동차와 고양이에는 붉은색이 많습니다.
smooth = softmax_classifier(start="zeros")
learn(smooth, whole, lr=0.001, epochs=20)
smooth_loss, smooth_accuracy = smooth.evaluate(
    X_test, y_test, verbose=0
)

W = smooth.get_weights()[0]  # (3072, 10): 한 열이 클래스 하나의 틀
W = (W - W.min(axis=0)) / (W.max(axis=0) - W.min(axis=0))

fig, axes = plt.subplots(2, 5, figsize=(6.4, 3.1))
for ax, weights, name in zip(axes.flat, W.T, class_names):
    ax.imshow(weights.reshape(32, 32, 3))
    ax.set_title(name)
    ax.axis("off")
plt.show()

# %% [markdown]
# 클래스마다 틀이 하나뿐이라 **색과 대강의 배치**만 배울 수 있습니다.
#
# ## 8. 한 걸음 더: 은닉층 하나
#
# 유닛이 32개뿐인 은닉층을 하나 끼우고, 같은 사진으로 같은 걸음만큼 학습합니다.

# %%
deeper = keras.Sequential(
    [
        keras.Input(shape=(3072,)),
        keras.layers.Dense(32, activation="relu"),  # (n, 32)
        keras.layers.Dense(10, activation="softmax"),  # (n, 10)
    ]
)
deeper_log = learn(deeper, whole)
deeper_loss, deeper_accuracy = deeper.evaluate(
    X_test, y_test, verbose=0
)
deeper_parameters = deeper.count_params()

print(f"매개변수 {parameters:,} → {deeper_parameters:,}")
print(f"테스트 정확도 {steady_accuracy:.4f} → {deeper_accuracy:.4f}")

# %% 층 하나와 은닉층을 하나 더한 신경망의 검증 정확도 id="one-hidden-layer"
# 대체 텍스트: 층 하나의 곡선은 0.4 아래에 머물고, 은닉층을 더한 곡선은 그보다 위에서
# 끝까지 올라갑니다.
fig, ax = plt.subplots()
ax.plot(x, steady_log["val_accuracy"], "C0", label="층 하나")
ax.plot(x, deeper_log["val_accuracy"], "C2", label="은닉층 32개를 더함")
ax.set(xlabel="에폭", ylabel="검증 정확도")
ax.legend()
plt.show()
