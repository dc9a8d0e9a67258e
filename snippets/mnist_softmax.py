"""손글씨 숫자 분류: 층이 하나뿐인 소프트맥스 분류기."""

# %% [markdown]
# ## 1. 데이터 읽기
#
# **MNIST**는 사람이 손으로 쓴 숫자 0–9의 사진 7만 장입니다.
# 6만 장은 배우는 데 쓰는 **훈련 데이터**(training data)이고, 1만 장은 끝까지 아껴 두었다가 시험에만 쓰는 **테스트 데이터**(test data)입니다.

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np

keras.utils.set_random_seed(0)

(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()

print("훈련 데이터:", x_train.shape, y_train.shape)
print("테스트 데이터:", x_test.shape, y_test.shape)
print(
    "픽셀의 자료형과 범위:",
    x_train.dtype,
    x_train.min(),
    "~",
    x_train.max(),
)

# %% [markdown]
# 모양 `(60000, 28, 28)`은 세로 28, 가로 28픽셀인 흑백 사진이 6만 장 있다는 뜻입니다.
# 픽셀값은 0(검정)부터 255(흰색)까지의 정수입니다.
# 숫자만 보아서는 실감이 나지 않으니 앞의 열 장을 직접 봅시다.

# %% 훈련 데이터의 처음 열 장과 그 정답 id="first-digits"
# 대체 텍스트: 손으로 쓴 숫자 5, 0, 4, 1, 9와 2, 1, 3, 1, 4가 검은 바탕에 흰 획으로 두
# 줄로 있습니다.
fig, axes = plt.subplots(2, 5, figsize=(6, 3))
for ax, image, label in zip(axes.flat, x_train, y_train):
    ax.imshow(image, cmap="gray")
    ax.set_title(f"{label}")
    ax.axis("off")
plt.show()

# %% [markdown]
# ## 2. 사진을 벡터로
#
# 선형 모델은 가중치와 입력을 곱해 더할 뿐이라, 입력이 한 줄로 늘어선 수, 곧 **벡터**(vector)여야 합니다.
# 행렬인 사진을 벡터로 펴는 일을 **평탄화**(flatten)라고 합니다.
# 작은 4×4 행렬로 먼저 해 보면 무슨 일이 일어나는지 한눈에 보입니다.

# %%
small = np.arange(16).reshape(4, 4)
print(small)
print("flatten():  ", small.flatten())
print("reshape(-1):", small.reshape(-1))

# %% [markdown]
# 첫째 행 뒤에 둘째 행을, 그 뒤에 셋째 행을 이어 붙인 것뿐입니다.
# `reshape`에 적은 `-1`은 "나머지 크기는 원소의 개수에 맞추어 알아서 정하라"는 뜻이고, 한 번만 쓸 수 있습니다.
# 사진 6만 장을 한꺼번에 펼 때에는 사진의 수는 그대로 두고, 사진마다 28×28 = 784칸으로 폅니다.
#
# 픽셀값은 255로 나누어 0과 1 사이로 옮깁니다.
# 입력이 수백이나 되면 기울기도 그만큼 커져, 한 걸음에 너무 멀리 가기 쉽습니다.
# 이때 `astype("float32")`를 앞에 두지 않으면 NumPy가 64비트 실수를 만들어 메모리를 두 배로 씁니다.

# %%
X_train = x_train.reshape(len(x_train), -1)  # (60000, 784)
X_test = x_test.reshape(len(x_test), -1)  # (10000, 784)

X_train = X_train.astype("float32") / 255
X_test = X_test.astype("float32") / 255

print(X_train.shape, X_train.dtype, X_train.min(), "~", X_train.max())

# %% [markdown]
# ## 3. 점수에서 확률로
#
# 펼친 사진을 $\mathbf{x}$라고 합시다.
# 모델은 숫자마다 **점수**(score)를 하나씩, 모두 열 개를 매깁니다.
#
# $$\mathbf{s} = W\mathbf{x} + \mathbf{b}$$
#
# 모양은 $\mathbf{x}$가 (784,), $W$가 (10, 784), $\mathbf{b}$와 $\mathbf{s}$가 (10,)입니다.
# **가중치**(weight) $W$의 $k$번째 행은 숫자 $k$를 알아보는 잣대이고, **편향**(bias) $b_k$는 사진과 관계없이 그 점수에 더하는 값입니다.
# 잣대의 값이 큰 자리에 흰 픽셀이 있으면 점수가 오르고, 음수인 자리에 있으면 깎입니다.
#
# 사진 $m$장의 점수도 한 번에 구할 수 있습니다.
# 사진을 한 행에 한 장씩 쌓아 행렬 $X$를 만들면 됩니다.
#
# $$S = XW^{\top} + \mathbf{b}$$
#
# 이제 $X$의 모양은 ($m$, 784), $S$의 모양은 ($m$, 10)입니다.
# 아직 배우지 않은 아무 가중치로나 모양만 확인해 봅시다.

# %%
rng = np.random.default_rng(0)
W = rng.normal(scale=0.01, size=(10, 784))  # (10, 784)
b = np.zeros(10)  # (10,)

X = X_train[:3]  # (3, 784)
S = np.dot(X, W.T) + b  # (3, 10)

print("한 장의 점수:", (W @ X[0] + b).shape)
print("세 장의 점수:", S.shape)

# %% [markdown]
# 점수는 음수일 수도 있고 크기도 제각각이어서 그대로는 뜻을 읽기 어렵습니다.
# **소프트맥스**(softmax)는 점수를 지수 함수에 넣어 모두 양수로 만들고, 합으로 나누어 더하면 1이 되게 합니다.
# 이제 열 개의 수를 "이 사진이 숫자 $k$일 확률"로 읽을 수 있습니다.
#
# $$p_k = \frac{e^{s_k}}{\sum_{j=0}^{9} e^{s_j}}$$

# %%
P = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)  # (3, 10)

print(P[0].round(3))
print("합:", P.sum(axis=1))

# %% [markdown]
# ## 4. 얼마나 틀렸는가
#
# 정답이 $y$인 사진에서 모델이 정답에 매긴 확률은 $p_y$입니다.
# **교차 엔트로피**(cross-entropy)는 이 확률에 로그를 씌우고 부호를 바꾼 값입니다.
#
# $$L = -\log p_y$$
#
# 정답이라고 굳게 믿었으면($p_y = 1$) 손실은 0이고, 정답을 의심할수록 끝없이 커집니다.
# 아무것도 모르는 모델은 열 숫자에 고르게 0.1씩 나누어 주므로 손실이 $-\log 0.1 \approx 2.303$입니다.
# 배우기 전의 손실이 이 값과 크게 다르면 어딘가 잘못 만든 것입니다.

# %%
untrained_loss = -np.log(P[np.arange(3), y_train[:3]]).mean()

print(f"배우기 전의 손실: {untrained_loss:.3f}")

# %% [markdown]
# ## 5. 모델 만들기
#
# 지금까지 손으로 한 계산이 Keras에서는 `Dense` 층 하나입니다.
# 입력의 모양을 `keras.Input`으로 먼저 알려 주고, 활성화 함수로 소프트맥스를 고릅니다.

# %%
model = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model.summary()
parameters = model.count_params()

# %% [markdown]
# 배워야 할 수는 가중치 784 × 10개에 편향 10개를 더해 모두 7,850개입니다.
# `Dense`는 앞에서 쓴 $W$를 뒤집은 (784, 10)으로 가중치를 담습니다. 그래서 9절에서는 행이 아니라 열 `weights[:, k]`가 숫자 $k$의 잣대입니다.
#
# ## 6. 배우는 법 정하기
#
# 손실을 줄이려면 기울기의 반대쪽으로 가중치를 조금씩 옮기면 됩니다.
# 6만 장의 기울기를 다 구한 뒤에야 한 걸음을 떼면 걸음마다 계산이 너무 많습니다.
# 그래서 사진 몇 장만 뽑은 **미니배치**(mini-batch)로 기울기를 어림하고 곧바로 한 걸음을 뗍니다.
# 이것이 **확률적 경사 하강법**(stochastic gradient descent, SGD)입니다.
#
# $$W \leftarrow W - \eta \,\frac{\partial L}{\partial W}$$
#
# 한 걸음의 크기를 정하는 $\eta$가 **학습률**(learning rate)입니다.
# `compile`에는 세 가지를 적습니다.
# 무엇으로 배울지(옵티마이저), 무엇을 줄일지(손실), 무엇을 눈으로 볼지(지표)입니다.
# 정답이 0–9의 정수이므로 손실은 이름에 sparse가 붙은 교차 엔트로피입니다.

# %%
lr = 0.01

model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=lr),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)

# %% [markdown]
# ## 7. 훈련하기
#
# 훈련 데이터의 마지막 20%는 **검증 데이터**(validation data)로 떼어 놓습니다.
# 모델은 이 사진들로는 배우지 않으므로, 처음 보는 사진도 잘 맞히는지 훈련하는 동안 살필 수 있습니다.
# 나머지 4만 8천 장을 64장씩 모두 한 번 보는 동안을 **에폭**(epoch)이라고 하고, 이를 30번 되풀이합니다.

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
# 숫자의 흐름은 그림으로 볼 때 가장 잘 보입니다.

# %% 에폭에 따른 정확도와 손실. 훈련 데이터와 검증 데이터에서 잰 값 id="curves"
# 대체 텍스트: 왼쪽의 정확도는 처음 다섯 에폭에 가파르게 올라간 뒤 완만해지고, 오른쪽의
# 손실은 그렇게 내려갑니다. 두 칸 모두 검증이 훈련보다 조금 낫습니다.
x = range(1, len(log["loss"]) + 1)
fig, (left, right) = plt.subplots(
    1, 2, figsize=(8, 3.2), layout="constrained"
)

left.plot(x, log["accuracy"], label="훈련")
left.plot(x, log["val_accuracy"], label="검증")
left.set(xlabel="에폭", ylabel="정확도")
left.legend()

right.plot(x, log["loss"], label="훈련")
right.plot(x, log["val_loss"], label="검증")
right.set(xlabel="에폭", ylabel="손실")
right.legend()
plt.show()

# %% [markdown]
# ## 8. 시험 보기
#
# 모든 것을 정한 뒤에 테스트 데이터를 한 번만 꺼냅니다.
# `evaluate`가 돌려주는 값은 변수에 담아 두어야 나중에 쓸 수 있습니다.

# %%
test_loss, test_accuracy = model.evaluate(X_test, y_test, verbose=0)
val_accuracy = log["val_accuracy"][-1]
train_accuracy = log["accuracy"][-1]

print(f"테스트 손실 {test_loss:.4f}, 테스트 정확도 {test_accuracy:.4f}")

# %% [markdown]
# ## 9. 무엇을 배웠는가
#
# 숫자 $k$의 가중치 784개를 다시 28×28로 접으면 그림이 됩니다.
# 붉은 자리에 획이 지나가면 그 숫자의 점수가 오르고, 푸른 자리에 지나가면 내려갑니다.

# %% 숫자마다 배운 가중치. 붉은 자리는 점수를 올리고 푸른 자리는 내립니다 id="templates"
# 대체 텍스트: 0의 그림은 한가운데가 푸르고 둘레가 붉으며, 1의 그림은 가운데의 세로 획이
# 붉습니다. 나머지는 숫자의 윤곽이 어렴풋합니다.
weights, biases = model.get_weights()  # (784, 10), (10,)
limit = np.abs(weights).max()

fig, axes = plt.subplots(2, 5, figsize=(6, 3))
for digit, ax in enumerate(axes.flat):
    template = weights[:, digit].reshape(28, 28)
    ax.imshow(template, cmap="RdBu_r", vmin=-limit, vmax=limit)
    ax.set_title(f"{digit}")
    ax.axis("off")
plt.show()

# %% [markdown]
# 0의 그림에서는 한가운데가 푸릅니다.
# 가운데에 획이 있으면 0이 아니라는 것을 모델이 스스로 알아낸 것입니다.
#
# ## 10. 어떤 것을 틀리는가
#
# 예측은 열 개의 확률 가운데 가장 큰 것의 번호입니다.
# 틀린 사진 몇 장을 눈으로 보면 모델이 무엇을 어려워하는지 짐작할 수 있습니다.

# %% 테스트 데이터에서 틀린 처음 여덟 장. 위에 적은 것은 정답 → 예측 id="mistakes"
# 대체 텍스트: 기울거나 흘려 쓴 숫자 여덟 장이 두 줄로 있고, 5 → 6, 4 → 6처럼 적혀
# 있습니다.
probabilities = model.predict(X_test, verbose=0)  # (10000, 10)
predicted = probabilities.argmax(axis=1)  # (10000,)
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
# ## 11. 지금까지의 흐름
#
# 1. 사진을 펴서 벡터로 만듭니다.
# 2. 벡터에 가중치를 곱하고 편향을 더해 숫자마다 점수를 매깁니다.
# 3. 소프트맥스로 점수를 확률로 바꿉니다.
# 4. 정답에 매긴 확률로 손실을 구합니다.
# 5. SGD로 손실이 줄어드는 쪽으로 가중치를 옮기고, 다음 미니배치로 되풀이합니다.
