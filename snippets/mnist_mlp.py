"""손글씨 숫자 분류: 은닉층이 둘인 다층 퍼셉트론과 드롭아웃."""

time_limit = 1800

# %% [markdown]
# ## 1. 데이터 읽기
#
# 손으로 쓴 숫자 7만 장, MNIST를 읽습니다.
# 첫 장을 그려 보고 정답과 맞는지 확인합니다.

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np

keras.utils.set_random_seed(0)

(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()

print("훈련 데이터:", x_train.shape, y_train.shape)
print("테스트 데이터:", x_test.shape, y_test.shape)
print("첫 장의 정답:", y_train[0])

# %% 훈련 데이터의 첫 장. 정답은 5입니다 id="digit"
# 대체 텍스트: 검은 바탕에 흰 획으로 쓴 5입니다.
fig, ax = plt.subplots(figsize=(2.6, 2.6))
ax.imshow(x_train[0], cmap="gray")
ax.set_title(f"{y_train[0]}")
ax.axis("off")
plt.show()

# %% [markdown]
# ## 2. 펴고 나누기
#
# `Dense` 층은 한 줄로 늘어선 수를 받습니다.
# 28×28 사진을 784칸으로 펴고, 픽셀값을 255로 나누어 0과 1 사이로 옮깁니다.

# %%
X_train = (
    x_train.reshape(len(x_train), -1).astype("float32") / 255
)  # (60000, 784)
X_test = (
    x_test.reshape(len(x_test), -1).astype("float32") / 255
)  # (10000, 784)

print(X_train.shape, X_train.dtype, X_train.min(), "~", X_train.max())

# %% [markdown]
# ## 3. 층 쌓기
#
# 유닛이 128개, 64개인 **은닉층**(hidden layer) 둘을 출력층 앞에 둡니다.
# 은닉층의 활성화 함수는 ReLU이고, 출력층은 소프트맥스입니다.
#
# $$
# \begin{aligned}
# h_1 &= \max(0,\, x W_1 + b_1) \\
# h_2 &= \max(0,\, h_1 W_2 + b_2) \\
# p &= \mathrm{softmax}(h_2 W_3 + b_3)
# \end{aligned}
# $$
#
# - $x$: 펼친 사진, 모양은 (784,)
# - $W_1, W_2, W_3$: 가중치, 모양은 (784, 128), (128, 64), (64, 10)
# - $b_1, b_2, b_3$: 편향, 모양은 (128,), (64,), (10,)
# - $h_1, h_2$: 은닉층의 출력, 모양은 (128,), (64,)
# - $p$: 숫자 열 개의 확률, 모양은 (10,)

# %%
model = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model.summary()
parameters = model.count_params()

# %% [markdown]
# ## 4. 배우는 법 정하기
#
# 옵티마이저는 `"sgd"`, 곧 학습률이 `0.01`이고 모멘텀이 없는 확률적 경사 하강법입니다.
# 정답이 0–9의 정수이므로 손실의 이름은 `sparse_`로 시작합니다.
# 지표는 하나뿐이어도 목록으로 적습니다.

# %%
model.compile(
    optimizer="sgd",
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)

# %% [markdown]
# ## 5. 훈련하기
#
# 훈련 데이터의 마지막 20%인 1만 2천 장은 검증 데이터로 떼어 놓습니다.
# 나머지 4만 8천 장을 64장씩, 30에폭 동안 봅니다.

# %%
epochs = 30
batch_size = 64

history = model.fit(
    X_train,
    y_train,
    epochs=epochs,
    batch_size=batch_size,
    validation_split=0.2,
    verbose=0,
)
log = history.history

print("  에폭  훈련 손실  정확도  검증 손실  정확도")
for i in range(4, len(log["loss"]), 5):
    print(
        f"{i + 1:6d}  {log['loss'][i]:9.4f}  "
        f"{log['accuracy'][i]:6.4f}  "
        f"{log['val_loss'][i]:9.4f}  {log['val_accuracy'][i]:6.4f}"
    )

# %% [markdown]
# `history.history`는 지표마다 에폭별 값을 담은 사전입니다.
# 그림에 쓸 변수는 여기서 꺼내어 직접 만들어야 합니다.

# %% 다층 퍼셉트론의 정확도. 훈련 데이터와 검증 데이터에서 잰 값 id="accuracy-curve"
# 대체 텍스트: 두 곡선이 처음 다섯 에폭에 가파르게 올라갑니다. 처음에는 검증이 위에
# 있지만 나중에는 훈련이 더 높습니다.
epoch = range(1, len(log["loss"]) + 1)
acc, val_acc = log["accuracy"], log["val_accuracy"]

fig, ax = plt.subplots(figsize=(6, 3.2), layout="constrained")
ax.plot(epoch, acc, label="훈련")
ax.plot(epoch, val_acc, label="검증")
ax.set(xlabel="에폭", ylabel="정확도")
ax.legend()
plt.show()

# %% 다층 퍼셉트론의 손실. 훈련 데이터와 검증 데이터에서 잰 값 id="loss-curve"
# 대체 텍스트: 두 곡선이 처음 다섯 에폭에 가파르게 내려갑니다. 뒤로 갈수록 훈련이
# 검증보다 낮아집니다.
fig, ax = plt.subplots(figsize=(6, 3.2), layout="constrained")
ax.plot(epoch, log["loss"], label="훈련")
ax.plot(epoch, log["val_loss"], label="검증")
ax.set(xlabel="에폭", ylabel="손실")
ax.legend()
plt.show()

# %% [markdown]
# ## 6. 시험 보기
#
# 모든 것을 정한 뒤에 테스트 데이터를 꺼냅니다.
# 여기서 잰 값을 보고 설정을 고치지는 않습니다.

# %%
test_loss, test_accuracy = model.evaluate(X_test, y_test, verbose=0)
train_accuracy = acc[-1]
val_accuracy = val_acc[-1]

print(f"테스트 손실 {test_loss:.4f}, 테스트 정확도 {test_accuracy:.4f}")

# %% [markdown]
# ## 7. 틀린 사진 보기

# %% 테스트 데이터에서 틀린 처음 여덟 장. 위에 적은 것은 정답 → 예측 id="wrong-ones"
# 대체 텍스트: 획이 끊기거나 뭉개진 숫자 여덟 장이 두 줄로 있고, 5 → 6, 7 → 4처럼 적혀
# 있습니다.
predicted = model.predict(X_test, verbose=0).argmax(axis=1)  # (10000,)
wrong = np.flatnonzero(predicted != y_test)
mistakes = len(wrong)

fig, axes = plt.subplots(2, 4, figsize=(6, 3.4))
for ax, i in zip(axes.flat, wrong):
    ax.imshow(x_test[i], cmap="gray")
    ax.set_title(f"{y_test[i]} → {predicted[i]}")
for ax in axes.flat:
    ax.axis("off")
plt.show()

# %% [markdown]
# ## 8. 드롭아웃을 더하면
#
# 마지막 층 앞에 **드롭아웃**(dropout) 층 하나를 더합니다.
# 학습하는 동안 사진마다 유닛 64개의 절반쯤을 무작위로 끄고, 남은 유닛의 출력을 두 배로 키웁니다.
# 평가할 때에는 아무것도 끄지 않습니다.
#
# 모델을 새로 만들었으니 `compile`도 다시 불러야 합니다.
# 이 칸에서는 생김새를 보려는 것이라 10에폭만 학습합니다.

# %%
dropped = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
dropped.compile(
    optimizer="sgd",
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
dropout_history = dropped.fit(
    X_train,
    y_train,
    epochs=10,
    batch_size=batch_size,
    validation_split=0.2,
    verbose=0,
)
dropout_log = dropout_history.history
dropout_parameters = dropped.count_params()
dropout_train_accuracy = dropout_log["accuracy"][-1]
dropout_val_accuracy = dropout_log["val_accuracy"][-1]
dropout_test_loss, dropout_test_accuracy = dropped.evaluate(
    X_test, y_test, verbose=0
)

print(f"매개변수 {dropout_parameters:,}개")
print(f"10에폭 뒤의 테스트 정확도 {dropout_test_accuracy:.4f}")

# %% 드롭아웃을 더한 모델의 정확도. 훈련 정확도는 유닛을 끈 채로 잰 값 id="dropout-curve"
# 대체 텍스트: 검증 곡선이 처음부터 끝까지 훈련 곡선보다 위에 있고, 둘 다 올라가면서
# 사이가 좁아집니다.
fig, ax = plt.subplots(figsize=(6, 3.2), layout="constrained")
dropout_epoch = range(1, len(dropout_log["loss"]) + 1)
ax.plot(
    dropout_epoch,
    dropout_log["accuracy"],
    label="훈련 (유닛을 끈 채로)",
)
ax.plot(
    dropout_epoch, dropout_log["val_accuracy"], label="검증 (끄지 않고)"
)
ax.set(xlabel="에폭", ylabel="정확도")
ax.legend()
plt.show()
