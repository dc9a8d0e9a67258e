"""손으로 쓴 숫자를 MNIST처럼 다듬어, 처음부터 학습한 신경망에 읽힙니다."""

time_limit = 1800

# %% [markdown]
# ## 1. 데이터 읽기

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np

keras.utils.set_random_seed(0)
rng = np.random.default_rng(0)

(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()

print("훈련 데이터:", x_train.shape, y_train.shape)
print("테스트 데이터:", x_test.shape, y_test.shape)

# %% [markdown]
# ## 2. 숫자는 어디에 놓여 있는가
#
# 잉크의 **무게 중심**(center of mass)은 밝은 픽셀일수록 무겁게 쳐서 낸, 픽셀 자리의 평균입니다.
#
# $$
# \bar{r} = \frac{\sum_{r,c} r\, I_{rc}}{\sum_{r,c} I_{rc}}, \qquad
# \bar{c} = \frac{\sum_{r,c} c\, I_{rc}}{\sum_{r,c} I_{rc}}
# $$
#
# $I$는 픽셀값이고 모양은 (28, 28), $r$과 $c$는 0부터 세는 행과 열입니다.


# %%
def centre_of_mass(image):
    row, column = np.indices(image.shape)  # 모두 image와 같은 모양
    ink = image / image.sum()
    return np.array([(row * ink).sum(), (column * ink).sum()])  # (2,)


places = np.array(
    [centre_of_mass(image) for image in x_train[:1000]]
)  # (1000, 2)
row, column = places.mean(axis=0)
farthest = np.abs(places - 14).max()

print(f"천 장의 무게 중심은 평균 {row:.2f}행 {column:.2f}열")
print(f"14에서 가장 멀리 벗어난 것도 {farthest:.2f}픽셀")

# %% [markdown]
# 천 장이 모두 한가운데 가까이에 있습니다.
# MNIST를 만들 때 일부러 옮겨 놓았기 때문입니다.
#
# ## 3. 학습
#
# 은닉층 하나를 두고, 에폭마다 그림을 상하좌우로 두 픽셀까지 새로 옮겨 가며 배웁니다.
# 둘레에 두 칸을 덧댄 다음 아무 자리에서나 28×28을 오려 내면 됩니다.


# %%
def shaken(images):
    padded = np.pad(images, ((0, 0), (2, 2), (2, 2)))  # (n, 32, 32)
    corners = rng.integers(0, 5, (len(images), 2))
    return np.array(
        [
            p[r : r + 28, c : c + 28]
            for p, (r, c) in zip(padded, corners)
        ]
    )


def as_rows(images):
    return (
        images.reshape(len(images), 784).astype("float32") / 255
    )  # (n, 784)


model = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(96, activation="relu"),  # (n, 96)
        keras.layers.Dense(10, activation="softmax"),  # (n, 10)
    ]
)
model.compile(
    optimizer=keras.optimizers.Adam(0.003),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
for epoch in range(6):
    log = model.fit(
        as_rows(shaken(x_train)), y_train, batch_size=250, verbose=0
    )
    print(
        f"에폭 {epoch + 1}  "
        f"옮긴 그림의 정확도 {log.history['accuracy'][0]:.4f}"
    )

test_loss, test_accuracy = model.evaluate(
    as_rows(x_test), y_test, verbose=0
)
print(f"테스트 정확도 {test_accuracy:.4f}")

# %% [markdown]
# ## 4. 1바이트로 줄이고 NumPy로 계산하기
#
# 유닛마다 눈금의 크기를 하나 정하고, 가중치마다 가장 가까운 눈금의 번호를 1바이트 정수로 적습니다.
# 편향은 그대로 두고, 그 번호로 되살린 가중치로 답합니다.
# Keras가 없어도 되므로 브라우저에서도 같은 계산을 할 수 있습니다.


# %%
def quantise(W):
    scale = np.abs(W).max(axis=0) / 127  # (k,): 유닛마다 하나
    return np.round(W / scale).astype("int8"), scale


def forward(x, weights):
    W1, b1, W2, b2 = weights
    h = np.maximum(x @ W1 + b1, 0)  # (n, 96)
    s = h @ W2 + b2  # (n, 10)
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)  # (n, 10)


W1, b1, W2, b2 = model.get_weights()
(q1, s1), (q2, s2) = quantise(W1), quantise(W2)
small = (q1 * s1, b1, q2 * s2, b2)

exact = model.predict(as_rows(x_test), verbose=0)  # (10000, 10)
numpy_difference = np.abs(
    exact - forward(as_rows(x_test), (W1, b1, W2, b2))
).max()
answers = forward(as_rows(x_test), small).argmax(axis=1)
small_accuracy = (answers == y_test).mean()
changed = (answers != exact.argmax(axis=1)).sum()

print(
    f"Keras와 NumPy의 확률은 많아야 {numpy_difference:.1e}만큼 다르다"
)
print(
    f"정수로 줄인 다음의 정확도 {small_accuracy:.4f}, "
    f"답이 바뀐 그림 {changed}장"
)
print(
    "정수",
    q1.size + q2.size,
    "바이트, 실수였다면",
    4 * (W1.size + W2.size),
    "바이트",
)

# %% [markdown]
# ## 5. 손글씨를 MNIST처럼
#
# 직접 쓴 숫자는 크기도 자리도 제각각입니다.
# 잉크를 오려 내고, 긴 변을 20픽셀로 줄이고, 무게 중심이 14행 14열에 오도록 28×28을 오려 냅니다.
# 줄일 때는 새 픽셀 하나가 덮는 넓이만큼 옛 픽셀을 섞습니다.


# %%
def shrink(image, height, width):
    def overlaps(
        old, new
    ):  # (new, old): 새 칸 하나에 옛 칸이 차지하는 몫
        edges = np.linspace(0, old, new + 1)
        cells = np.arange(old)
        left = np.maximum(edges[:-1, None], cells)
        right = np.minimum(edges[1:, None], cells + 1)
        return np.maximum(right - left, 0) * new / old

    return (
        overlaps(image.shape[0], height)
        @ image
        @ overlaps(image.shape[1], width).T
    )


def as_mnist(canvas):
    rows, columns = (
        np.flatnonzero(canvas.any(axis=axis)) for axis in (1, 0)
    )
    ink = canvas[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = np.maximum(
        1, np.round(20 * np.array(ink.shape) / max(ink.shape))
    )
    image = np.pad(
        shrink(ink, int(height), int(width)), 28
    )  # 둘레를 넉넉히 둡니다
    row, column = np.round(centre_of_mass(image)).astype(int)
    return image[
        row - 14 : row + 14, column - 14 : column + 14
    ]  # (28, 28)


# %% [markdown]
# 테스트 그림을 세 배로 키워 200×200 판의 아무 자리에 놓고 시험합니다.
# 판을 그대로 28×28로 줄인 것과 견줍니다.


# %%
def on_a_pad(digit):
    pad = np.zeros((200, 200))
    row, column = rng.integers(0, 200 - 84 + 1, 2)  # 84 = 3 × 28
    pad[row : row + 84, column : column + 84] = np.kron(
        digit, np.ones((3, 3))
    )
    return pad


pads = [on_a_pad(digit) for digit in x_test[:1000]]
squeezed = np.array(
    [shrink(pad, 28, 28) for pad in pads]
)  # (1000, 28, 28)
tidied = np.array([as_mnist(pad) for pad in pads])  # (1000, 28, 28)

squeezed_accuracy, tidied_accuracy = (
    (
        forward(as_rows(images), small).argmax(axis=1)
        == y_test[: len(pads)]
    ).mean()
    for images in (squeezed, tidied)
)
print(
    f"판을 줄이기만 하면 {squeezed_accuracy:.4f}, "
    f"다듬으면 {tidied_accuracy:.4f}"
)

# %% 판에 쓴 숫자(왼쪽), 판을 줄이기만 한 그림(가운데), MNIST처럼 다듬은 그림(오른쪽)과 신경망의 답 id="tidied"
# 대체 텍스트: 왼쪽의 작은 7이 가운데에서는 흐릿하고 더 작은 7이 되고, 오른쪽에서는 칸을
# 꽉 채운 또렷한 7이 됩니다.
fig, axes = plt.subplots(1, 3, figsize=(6.4, 2.4))
pictures = pads[0], squeezed[0], tidied[0]
names = ["쓴 것", "줄이기만", "다듬어서"]
for ax, picture, name in zip(axes, pictures, names):
    ax.imshow(picture, cmap="gray")
    ax.set_title(name)
    ax.axis("off")
for ax, picture in zip(axes[1:], pictures[1:]):
    p = forward(as_rows(picture[None]), small)[0]  # (10,)
    ax.set_title(f"{ax.get_title()}: {p.argmax()} ({p.max():.0%})")
plt.show()

# %% [markdown]
# 흰 종이에 검게 쓴 여러분의 사진이라면 이렇게 읽힙니다.
#
# ```python
# photo = keras.utils.load_img("내사진.jpg", color_mode="grayscale")
# ink = 255.0 - np.array(photo)  # (높이, 너비): 획이 밝게
# ink[ink < 120] = 0  # 바탕이 남으면 사진 전체를 잉크로 봅니다
# p = forward(as_rows(as_mnist(ink)[None]), small)[0]  # (10,)
# print(p.argmax(), p.max())
# ```
#
# 답이 이상하면 `plt.imshow(as_mnist(ink))`로 신경망이 보는 그림을 확인하고 120을 바꾸어 보십시오.
