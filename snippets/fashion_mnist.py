"""Fashion-MNIST: 열 가지 옷 사진을 나누는 은닉층 하나짜리 신경망."""

time_limit = 1800

# %% [markdown]
# ## 1. 데이터 읽기
#
# **Fashion-MNIST**는 옷과 신발, 가방을 찍은 28×28 흑백 사진 7만 장입니다.
# 훈련 데이터가 6만 장, 테스트 데이터가 1만 장이고, 정답은 0부터 9까지의 정수입니다.
# MNIST와 크기도 모양도 똑같이 만들어서, MNIST의 프로그램에 이름만 바꾸어 넣을 수 있습니다.

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np

keras.utils.set_random_seed(0)

(x_train, y_train), (x_test, y_test) = (
    keras.datasets.fashion_mnist.load_data()
)

print("훈련 데이터:", x_train.shape, y_train.shape)
print("테스트 데이터:", x_test.shape, y_test.shape)
print("훈련 데이터의 클래스마다:", np.bincount(y_train, minlength=10))

# %% [markdown]
# 정답에는 이름이 없고 번호만 있습니다.
# 번호의 차례대로 이름을 붙여 둡니다.

# %%
class_names = [
    "티셔츠",
    "바지",
    "스웨터",
    "원피스",
    "코트",
    "샌들",
    "셔츠",
    "운동화",
    "가방",
    "앵클부츠",
]

# %% [markdown]
# ## 2. 눈으로 보기
#
# 스무 장이니 5행 4열이면 빈칸 없이 꼭 맞습니다.
# 흑백 사진이므로 `cmap="gray"`를 적습니다.

# %% 훈련 데이터의 처음 스무 장과 그 이름 id="first-clothes"
# 대체 텍스트: 흑백 옷과 신발 사진이 네 장씩 다섯 줄로 있고, 사진마다 위에 앵클부츠,
# 티셔츠, 원피스 같은 이름이 있습니다.
fig, axes = plt.subplots(5, 4, figsize=(5.2, 7))
for ax, image, label in zip(axes.flat, x_train, y_train):
    ax.imshow(image, cmap="gray")
    ax.set_title(class_names[label])
    ax.axis("off")
plt.show()

# %% [markdown]
# 한 장을 크게 보면 픽셀값의 범위를 알 수 있습니다.
# 옆의 **색 막대**(colour bar)가 색과 값을 이어 줍니다.

# %% 훈련 데이터의 첫 사진. 픽셀값은 0(검정)에서 255(흰색)까지의 정수입니다 id="one-boot"
# 대체 텍스트: 앵클부츠가 검은 바탕에 밝은 픽셀로 놓여 있습니다. 두 축은 0에서 27까지의
# 행과 열이고, 오른쪽에 픽셀값의 색 막대가 있습니다.
fig, ax = plt.subplots(figsize=(4.4, 3.6))
picture = ax.imshow(x_train[0], cmap="gray", vmin=0, vmax=255)
fig.colorbar(picture, label="픽셀값")
ax.set(xlabel="열", ylabel="행", title=class_names[y_train[0]])
plt.show()

# %% [markdown]
# 255로 나누어 0과 1 사이로 옮깁니다.
# 펴는 일은 모델의 첫 층에 맡기므로 사진은 28×28인 채로 둡니다.

# %%
X_train = x_train.astype("float32") / 255  # (60000, 28, 28)
X_test = x_test.astype("float32") / 255  # (10000, 28, 28)

# %% [markdown]
# ## 3. 모델
#
# 784칸으로 편 사진 $\mathbf{x}$에서 은닉층의 유닛 128개를 만들고, 거기서 점수 열 개를 만듭니다.
#
# $$
# \begin{aligned}
# \mathbf{h} &= \max(0,\ \mathbf{x}W_1 + \mathbf{b}_1) \\
# \mathbf{p} &= \operatorname{softmax}(\mathbf{h}W_2 + \mathbf{b}_2)
# \end{aligned}
# $$
#
# 모양은 $\mathbf{x}$가 (784,), $W_1$이 (784, 128), $\mathbf{b}_1$과 $\mathbf{h}$가 (128,), $W_2$가 (128, 10), $\mathbf{b}_2$와 $\mathbf{p}$가 (10,)입니다.

# %%
model = keras.Sequential(
    [
        keras.Input(shape=(28, 28)),
        keras.layers.Flatten(),  # (n, 784)
        keras.layers.Dense(128, activation="relu"),  # (n, 128)
        keras.layers.Dense(10, activation="softmax"),  # (n, 10)
    ]
)
parameters = model.count_params()

print("은닉층:", 784 * 128 + 128)
print("출력층:", 128 * 10 + 10)
print("모두:  ", parameters)

# %% [markdown]
# ## 4. 학습
#
# 옵티마이저는 Adam입니다.
# 6만 장을 32장씩 나누면 한 에폭이 1875걸음이고, 20에폭이면 37,500걸음입니다.
# `steps_per_execution=25`는 25걸음을 한 번에 돌리라는 뜻입니다.
# 결과는 그대로이고 파이썬과 오가는 시간만 줄어듭니다.

# %%
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.001),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
    steps_per_execution=25,
)
history = model.fit(
    X_train, y_train, epochs=20, batch_size=32, verbose=0
)
log = history.history

for i in range(0, len(log["loss"]), 4):
    print(
        f"에폭 {i + 1:2d}  손실 {log['loss'][i]:.4f}  "
        f"정확도 {log['accuracy'][i]:.4f}"
    )
train_loss, train_accuracy = log["loss"][-1], log["accuracy"][-1]
print(f"마지막   손실 {train_loss:.4f}  정확도 {train_accuracy:.4f}")

# %% 에폭에 따른 훈련 정확도와 훈련 손실 id="training"
# 대체 텍스트: 왼쪽의 정확도는 처음에 가파르게, 나중에 완만하게 올라가고, 오른쪽의
# 손실은 그렇게 내려갑니다.
x = range(1, len(log["loss"]) + 1)
fig, (left, right) = plt.subplots(
    1, 2, figsize=(7, 3), layout="constrained"
)
left.plot(x, log["accuracy"])
left.set(xlabel="에폭", ylabel="훈련 정확도")
right.plot(x, log["loss"], "C1")
right.set(xlabel="에폭", ylabel="훈련 손실")
plt.show()

# %% [markdown]
# 곡선은 끝까지 좋아지기만 합니다.
# 그러나 이것은 **배운 사진**에서 잰 값입니다.
#
# ## 5. 시험 보기

# %%
test_loss, test_accuracy = model.evaluate(X_test, y_test, verbose=0)
gap = train_accuracy - test_accuracy

print(f"테스트 손실 {test_loss:.4f}, 테스트 정확도 {test_accuracy:.4f}")
print(f"훈련 정확도보다 {gap:.4f} 낮습니다.")

# %% [markdown]
# ## 6. 예측 들여다보기
#
# `predict`는 사진마다 확률 열 개를 돌려주고, `argmax`는 그 가운데 가장 큰 것의 번호를 고릅니다.

# %%
P = model.predict(X_test, verbose=0)  # (10000, 10)
predicted = P.argmax(axis=1)  # (10000,)

for name, p in zip(class_names, P[0]):
    print(f"{p:7.4f}  {name}")
print(
    "예측:", class_names[predicted[0]], " 정답:", class_names[y_test[0]]
)

# %% [markdown]
# 여러 장을 한꺼번에 봅시다.
# 맞힌 것만 보면 배울 것이 적으니, 처음 나오는 **맞힌 다섯 장**과 **틀린 다섯 장**을 고릅니다.
# 사진의 오른쪽은 클래스마다의 확률입니다.
# 정답의 막대는 파랗게(`C0`), 틀리게 고른 막대는 주황색으로(`C1`) 칠합니다.

# %% 맞힌 다섯 장(왼쪽)과 틀린 다섯 장(오른쪽). 막대는 0번부터 9번까지의 확률, 파란 막대는 정답, 주황 막대는 틀린 예측 id="predictions"
# 대체 텍스트: 왼쪽의 다섯 장은 막대가 거의 하나뿐입니다. 오른쪽의 다섯 장은 주황 막대가
# 가장 높고, 파란 막대는 그보다 낮거나 거의 보이지 않습니다.
is_right = predicted == y_test
right, wrong = np.flatnonzero(is_right), np.flatnonzero(~is_right)

fig, axes = plt.subplots(5, 4, figsize=(7, 8), layout="constrained")
for row, *pair in zip(axes, right, wrong):
    for k, i in enumerate(pair):
        picture, bars = row[2 * k], row[2 * k + 1]
        picture.imshow(x_test[i], cmap="gray")
        picture.axis("off")
        title = class_names[y_test[i]]
        if not is_right[i]:
            title += f" → {class_names[predicted[i]]}"
        picture.set_title(title, fontsize=9)
        colours = ["C6"] * 10
        colours[predicted[i]] = "C1"
        colours[y_test[i]] = "C0"
        bars.bar(range(10), P[i], color=colours)
        bars.set(ylim=(0, 1), xticks=range(10), yticks=(0, 1))
plt.show()

# %% [markdown]
# ## 7. 무엇과 무엇을 헷갈리는가
#
# 정확도 하나로는 어떤 옷을 틀렸는지 알 수 없습니다.
# **혼동 행렬**(confusion matrix)은 정답이 $i$번인 사진을 $j$번이라고 한 장수를 $i$행 $j$열에 적습니다.
# 대각선이 맞힌 것이고, 나머지는 모두 틀린 것입니다.

# %% 혼동 행렬. 행은 정답, 열은 예측이고, 칸의 수는 테스트 사진의 장수 id="confusion"
# 대체 텍스트: 대각선의 칸이 가장 짙습니다. 셔츠의 행에서는 티셔츠와 스웨터, 코트의
# 칸에도 많은 사진이 있습니다.
confusion = np.zeros((10, 10), dtype=int)
np.add.at(confusion, (y_test, predicted), 1)

fig, ax = plt.subplots(figsize=(6.4, 6), layout="constrained")
ax.imshow(
    np.sqrt(confusion), cmap="Blues"
)  # 제곱근을 씌워야 작은 수도 보입니다
for i in range(10):
    for j in range(10):
        if confusion[i, j]:
            dark = confusion[i, j] > confusion.max() / 3
            color = "#f7fbff" if dark else "#08306b"  # Blues의 양 끝
            ax.text(
                j,
                i,
                confusion[i, j],
                ha="center",
                va="center",
                color=color,
            )
ax.set_xticks(range(10), class_names, rotation=60)
ax.set_yticks(range(10), class_names)
ax.set(xlabel="예측", ylabel="정답")
plt.show()

# %% [markdown]
# 대각선을 지우고 큰 차례로 늘어놓으면 가장 많이 헷갈린 짝이 나옵니다.

# %%
mistakes = confusion * (1 - np.eye(10, dtype=int))
order = np.argsort(-mistakes, axis=None)[:6]

for i, j in zip(*np.unravel_index(order, mistakes.shape)):
    print(f"{mistakes[i, j]:4d}장  {class_names[i]} → {class_names[j]}")
wrong_count = int(mistakes.sum())
print(f"틀린 것은 모두 {wrong_count}장")

# %% [markdown]
# ## 8. 차례가 중요한 때
#
# 정확도는 정답과 예측을 바꾸어 넣어도 같습니다.
# 그러나 클래스마다의 점수는 달라집니다.
# **재현율**(recall)은 정말 셔츠인 것 가운데 셔츠라고 한 비율이고, **정밀도**(precision)는 셔츠라고 한 것 가운데 정말 셔츠인 비율입니다.
# 정답과 예측을 바꾸어 넣으면 두 이름이 뒤바뀝니다.

# %%
shirt = class_names.index("셔츠")
recall = confusion[shirt, shirt] / confusion[shirt].sum()
precision = confusion[shirt, shirt] / max(confusion[:, shirt].sum(), 1)

print(
    "정확도:",
    (y_test == predicted).mean(),
    "=",
    (predicted == y_test).mean(),
)
print(f"셔츠의 재현율 {recall:.4f}, 정밀도 {precision:.4f}")
