"""Keras 빠른 시작: 만들고, 정하고, 배우고, 재고, 저장합니다."""

# %% [markdown]
# ## 1. 데이터 읽기
#
# `load_data()`는 훈련 데이터와 테스트 데이터를 한 쌍씩 돌려줍니다.
# 픽셀값은 0부터 255까지의 정수이므로 255로 나누어 0과 1 사이로 옮깁니다.

# %%
import tempfile
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(0)

(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()

x_train = x_train.astype("float32") / 255  # (60000, 28, 28)
x_test = x_test.astype("float32") / 255  # (10000, 28, 28)

print("훈련 데이터:", x_train.shape, x_train.dtype)
print("테스트 데이터:", x_test.shape, x_test.dtype)
print("픽셀값의 범위:", x_train.min(), "~", x_train.max())

# %% [markdown]
# ## 2. 모델 만들기
#
# `Sequential`은 층을 차례로 쌓은 모델입니다.
# 앞 층의 출력이 곧바로 다음 층의 입력이 됩니다.
#
# - `Flatten`: 28×28 사진을 784칸 벡터로 폅니다. 배울 것은 없습니다.
# - `Dense(512, activation="relu")`: 유닛 512개의 은닉층입니다. **ReLU**는 음수를 0으로 바꾸고 나머지는 그대로 둡니다.
# - `Dropout(0.2)`: 학습하는 동안에만 유닛을 20%의 확률로 끕니다. 배울 것은 없습니다.
# - `Dense(10, activation="softmax")`: 숫자 열 개의 점수를 매기고 **소프트맥스**(softmax)로 확률을 만듭니다.

# %%
model = keras.Sequential(
    [
        keras.Input(shape=(28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dropout(0.2),
        keras.layers.Dense(10, activation="softmax"),
    ]
)

for layer in model.layers:
    shape = str(layer.output.shape)
    print(
        f"{type(layer).__name__:8s} "
        f"{shape:12s} {layer.count_params():8,d}"
    )
parameters = model.count_params()
print(f"모두 {parameters:,d}개")

# %% [markdown]
# 은닉층의 매개변수는 784 × 512 + 512 = 401,920개, 출력층은 512 × 10 + 10 = 5,130개입니다.
# 모양의 `None`은 사진이 몇 장이든 좋다는 뜻입니다.
#
# ## 3. compile: 어떻게 배울지 정하기
#
# `compile`은 아직 아무것도 계산하지 않습니다.
# 세 가지를 적어 둘 뿐입니다.
#
# - `optimizer`: 기울기를 보고 가중치를 고치는 방법, 곧 **옵티마이저**(optimizer)입니다. `"adam"`의 학습률은 따로 적지 않으면 0.001입니다.
# - `loss`: 줄일 **손실**(loss)입니다. 정답이 0–9의 정수이면 `"sparse_categorical_crossentropy"`, 원-핫 벡터이면 `"categorical_crossentropy"`입니다.
# - `metrics`: 사람이 볼 지표입니다. 무엇을 적든 학습은 달라지지 않습니다.

# %%
model.compile(
    optimizer="adam",
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)

# %% [markdown]
# ## 4. fit: 배우기
#
# - 처음의 두 인수는 사진과 정답입니다.
# - `epochs`: 훈련 데이터를 처음부터 끝까지 몇 번 볼지 정합니다. 한 번이 1**에폭**(epoch)입니다.
# - `batch_size`: 가중치를 한 번 고칠 때 보는 사진의 수입니다. 적지 않아도 32입니다.
# - `shuffle`: 배우는 순서를 섞습니다. 적지 않아도 `True`입니다.
# - `verbose=0`: 진행 막대를 감춥니다.
#
# 순서는 한 가지를 조심해야 합니다.
# 이 프로그램처럼 시드를 정하고 배열을 넣으면, TensorFlow를 쓰는 Keras 3은 섞기는 섞되 **모든 에폭에서 같은 순서**로 배웁니다.
# 에폭마다 새로 섞으려면 배열 대신 `tf.data.Dataset`에 담아 섞고, `fit`은 섞지 않게 둡니다.
#
# ```python
# data = tf.data.Dataset.from_tensor_slices((x_train, y_train))
# data = data.shuffle(len(x_train)).batch(batch_size)
# model.fit(data, epochs=epochs, shuffle=False)
# ```
#
# 여기서는 짧게 쓰려고 배열을 그대로 넣습니다.

# %%
epochs = 5
batch_size = 32

history = model.fit(
    x_train, y_train, epochs=epochs, batch_size=batch_size, verbose=0
)
log = history.history
steps = int(np.ceil(len(x_train) / batch_size))

print("한 에폭의 걸음 수:", steps)
print("에폭  기록된 손실  기록된 정확도")
for epoch, (loss, accuracy) in enumerate(
    zip(log["loss"], log["accuracy"]), start=1
):
    print(f"{epoch:4d}  {loss:11.4f}  {accuracy:13.4f}")

# %% [markdown]
# ## 5. evaluate: 재기
#
# 배울 때 보지 않은 테스트 데이터로 손실과 정확도를 잽니다.
# `evaluate`는 가중치를 고치지 않고, 드롭아웃도 끕니다.
# 비교하려고 훈련 데이터도 같은 방법으로 다시 쟀습니다.

# %%
test_loss, test_accuracy = model.evaluate(x_test, y_test, verbose=0)
train_loss, train_accuracy = model.evaluate(x_train, y_train, verbose=0)
logged_loss, logged_accuracy = log["loss"][-1], log["accuracy"][-1]

print(
    f"테스트 데이터        손실 {test_loss:.4f}  "
    f"정확도 {test_accuracy:.4f}"
)
print(
    f"훈련 데이터(다시 잼) 손실 {train_loss:.4f}  "
    f"정확도 {train_accuracy:.4f}"
)
print(
    f"마지막 에폭의 기록   손실 {logged_loss:.4f}  "
    f"정확도 {logged_accuracy:.4f}"
)

# %% [markdown]
# ## 6. predict: 한 장 알아보기
#
# `predict`는 사진의 **묶음**을 받습니다.
# 한 장만 넣을 때에도 `x_test[:1]`처럼 모양을 (1, 28, 28)로 남겨 두어야 합니다.
# 돌려받는 것은 확률 열 개이고, 가장 큰 확률의 번호가 예측입니다.

# %%
image = x_test[:1]  # (1, 28, 28)
probabilities = model.predict(image, verbose=0)  # (1, 10)
prediction = int(probabilities[0].argmax())
label = int(y_test[0])
confidence = float(probabilities[0].max())

print(
    "확률의 모양:",
    probabilities.shape,
    " 합:",
    round(float(probabilities.sum()), 4),
)
print(
    f"예측 {prediction}, 정답 {label}, "
    f"예측한 숫자의 확률 {confidence:.4f}"
)

# %% 테스트 데이터의 첫 사진(왼쪽)과 모델이 매긴 확률(오른쪽) id="one-image"
# 대체 텍스트: 왼쪽에 손으로 쓴 7이 있고, 오른쪽에서 7의 막대 하나만 1까지 올라갑니다.
fig, (left, right) = plt.subplots(
    1, 2, figsize=(6.4, 2.8), layout="constrained"
)
left.imshow(image[0], cmap="gray")
left.set_title(f"정답 {label}, 예측 {prediction}")
left.axis("off")
right.bar(range(10), probabilities[0])
right.set(
    xlabel="숫자", ylabel="확률", xticks=range(10), ylim=(0, 1.05)
)
plt.show()

# %% [markdown]
# ## 7. 드롭아웃은 배울 때에만 일합니다
#
# 같은 사진을 두 번 넣어 봅시다.
# `training=True`이면 그때마다 다른 유닛이 꺼져서 확률이 달라집니다.
# `training=False`이면 몇 번을 넣어도 같습니다.
# `fit`은 앞의 것을, `evaluate`와 `predict`는 뒤의 것을 알아서 고릅니다.

# %%
for training in (True, False):
    first = np.asarray(
        model(x_test[:100], training=training)
    )  # (100, 10)
    second = np.asarray(
        model(x_test[:100], training=training)
    )  # (100, 10)
    difference = np.abs(first - second).max()
    print(
        f"training={training!s:5s} "
        f"두 확률의 가장 큰 차이: {difference:.4f}"
    )

# %% [markdown]
# ## 8. 저장하고 다시 읽기
#
# `.keras` 파일 하나에 층의 구성, 가중치, 옵티마이저의 상태가 모두 들어갑니다.
# 그래서 모델을 만든 코드가 없어도 읽을 수 있습니다.
# 여기서는 임시 폴더에 저장합니다.

# %%
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "quickstart.keras"
    model.save(path)
    megabytes = path.stat().st_size / 1e6
    loaded = keras.models.load_model(path)

before = model.predict(x_test, verbose=0)  # (10000, 10)
after = loaded.predict(x_test, verbose=0)  # (10000, 10)
round_trip = float(np.abs(before - after).max())

print(f"파일의 크기: {megabytes:.1f} MB")
print("저장하기 전과 읽은 뒤의 확률 차이:", round_trip)

# %% [markdown]
# ## 9. 저장은 되는데 읽을 수 없는 모델
#
# 활성화 함수를 문자열 `"softmax"` 대신 함수 `tf.nn.softmax`로 적어도 학습과 저장은 잘됩니다.
# 그런데 읽을 때 오류가 납니다.

# %%
broken = keras.Sequential(
    [
        keras.Input(shape=(28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(
            10, activation=tf.nn.softmax
        ),  # 문제가 되는 줄
    ]
)
broken.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
broken.fit(x_train[:1000], y_train[:1000], epochs=1, verbose=0)

with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "broken.keras"
    broken.save(path)
    print("저장: 됨")
    try:
        keras.models.load_model(path)
    except Exception as error:
        error_type = type(error).__name__
        print("읽기:", error_type)
        print(str(error).splitlines()[0])

stored = broken.layers[-1].get_config()["activation"]
print("파일에 적힌 이름:", stored["config"])

# %% [markdown]
# 모델 파일에는 함수가 아니라 함수의 **이름**이 적힙니다.
# `tf.nn.softmax`의 속이름은 `softmax_v2`인데, Keras에는 그런 이름의 활성화 함수가 없습니다.
# 그래서 적기는 해도 되찾지 못합니다.
# 처음부터 문자열로 적으면 이런 일이 없습니다.
# 이미 저장했다면 그 이름이 무엇인지 읽을 때 알려 주면 됩니다.

# %%
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "broken.keras"
    broken.save(path)
    names = {"softmax_v2": keras.activations.softmax}
    rescued = keras.models.load_model(path, custom_objects=names)

same = np.array_equal(
    broken.predict(x_test[:100], verbose=0),
    rescued.predict(x_test[:100], verbose=0),
)
print("되살린 모델의 확률이 같은가:", same)

# %% [markdown]
# ## 10. 지금까지의 흐름
#
# 1. `Sequential`에 층을 차례로 적습니다.
# 2. `compile`로 옵티마이저, 손실, 지표를 정합니다.
# 3. `fit`으로 배웁니다. 드롭아웃은 이때에만 켜집니다.
# 4. `evaluate`로 재고 `predict`로 씁니다.
# 5. `save`로 남기고 `load_model`로 되살립니다.
