"""저수준 TensorFlow로 짠 소프트맥스 회귀: 변수와 GradientTape만으로."""

# %% [markdown]
# ## 1. 즉시 실행
#
# TensorFlow의 연산은 적는 즉시 계산되고, 결과가 바로 보입니다.
# 이것을 **즉시 실행**(eager execution)이라고 합니다.
# 계산할 차례를 그래프로 먼저 그려 두지 않으므로 NumPy처럼 한 줄씩 확인하며 짤 수 있습니다.

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(0)

print("즉시 실행이 켜져 있는가:", tf.executing_eagerly())

a = tf.constant([[1.0, 2.0], [3.0, 4.0]])  # (2, 2)
print((a @ a).numpy())

# %% [markdown]
# TensorFlow 1에서는 이 방식을 스위치로 켜야 했습니다.
# TensorFlow 2에는 그 스위치가 없습니다.
# 처음부터 켜져 있기 때문입니다.

# %%
try:
    tf.enable_eager_execution()
except AttributeError as error:
    switch_error = type(error).__name__
    print(f"{switch_error}: {error}")

# %% [markdown]
# ## 2. 데이터 준비
#
# 사진 한 장은 28 × 28 = 784칸이고, 클래스는 숫자 열 개입니다.

# %%
nb_input = 28 * 28
nb_classes = 10

(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
print(x_train.shape, y_train.shape, x_test.shape, y_test.shape)

# %% 훈련 데이터의 처음 여덟 장. 위에 적은 것은 정답 id="first-eight"
# 대체 텍스트: 손으로 쓴 숫자 5, 0, 4, 1과 9, 2, 1, 3이 검은 바탕에 흰 획으로 두 줄로
# 있습니다.
fig, axes = plt.subplots(2, 4, figsize=(6, 3.4), layout="constrained")
for ax, image, label in zip(axes.flat, x_train, y_train):
    ax.imshow(image, cmap="gray")
    ax.set_title(f"{label}")
    ax.axis("off")
plt.show()

# %% [markdown]
# 사진은 펴서 0과 1 사이로 옮깁니다.
# 정답은 **원-핫**(one-hot) 벡터로 바꿉니다.
# 정답의 자리만 1이고 나머지는 0인 벡터입니다.
# 바뀌지 않을 값이므로 `tf.constant`에 담습니다.

# %%
X = tf.constant(
    x_train.reshape(-1, nb_input) / 255, dtype="float32"
)  # (60000, 784)
Y = tf.one_hot(y_train, nb_classes)  # (60000, 10)
X_test = tf.constant(
    x_test.reshape(-1, nb_input) / 255, dtype="float32"
)

print("X:", X.shape, X.dtype.name, " Y:", Y.shape, Y.dtype.name)
print("정답", y_train[0], "→", Y[0].numpy().astype(int))

# %% [markdown]
# ## 3. 배울 것은 변수 두 개
#
# 고쳐 나갈 값은 `tf.Variable`에 담습니다.
# 층이 하나뿐이면 모두 0에서 시작해도 됩니다.
# 유닛마다 맡은 숫자가 달라서 첫 걸음부터 기울기가 서로 다르기 때문입니다.
#
# $$S = XW + b$$

# %%
W = tf.Variable(tf.zeros((nb_input, nb_classes)))  # (784, 10)
b = tf.Variable(tf.zeros(nb_classes))  # (10,)


def scores(x):
    return x @ W + b  # (n, 10)


print("점수의 모양:", scores(X[:5]).shape)

# %% [markdown]
# ## 4. 비용 함수
#
# 배울 때 줄일 값을 **비용 함수**(cost function)라고 합니다.
# 다른 강의에서 손실이라고 부르는 것과 같습니다.
# 여기서는 교차 엔트로피를 사진마다 구해 평균을 냅니다.
#
# $$L = -\frac{1}{n} \sum_{i=1}^{n} \sum_{k=0}^{9} Y_{ik} \log p_{ik}$$
#
# 식을 그대로 옮기면 점수가 클 때 탈이 납니다.
# $e^{s}$가 넘치거나 확률이 0이 되어 $\log 0$을 만나기 때문입니다.
# 로그를 먼저 풀면 그런 일이 없습니다.
# 가장 큰 점수 $m = \max_j s_j$를 미리 빼면 지수 함수의 값은 1을 넘지 않습니다.
#
# $$\begin{aligned} z_k &= s_k - m \\ \log p_k &= z_k - \log \sum_{j=0}^{9} e^{z_j} \end{aligned}$$


# %%
def naive_cost(s, y):
    p = tf.exp(s) / tf.reduce_sum(
        tf.exp(s), axis=1, keepdims=True
    )  # (n, 10)
    return -tf.reduce_mean(tf.reduce_sum(y * tf.math.log(p), axis=1))


def cost(s, y):
    z = s - tf.reduce_max(s, axis=1, keepdims=True)  # (n, 10)
    log_p = z - tf.math.log(
        tf.reduce_sum(tf.exp(z), axis=1, keepdims=True)
    )
    return -tf.reduce_mean(tf.reduce_sum(y * log_p, axis=1))


answer = tf.constant([[0.0, 1.0, 0.0]])  # (1, 3)
for s in ([[1.0, 2.0, 3.0]], [[100.0, 200.0, 300.0]]):
    built_in = tf.nn.softmax_cross_entropy_with_logits(answer, s)
    print(
        f"점수 {s[0]}: "
        f"그대로 {naive_cost(tf.constant(s), answer):.4f}, "
        f"먼저 풀기 {cost(tf.constant(s), answer):.4f}, "
        f"TensorFlow {built_in[0]:.4f}"
    )

# %% [markdown]
# ## 5. 기울기
#
# `tf.GradientTape` 안에서 한 계산은 테이프에 적힙니다.
# 그 테이프를 거꾸로 읽으면 변수마다의 기울기가 나옵니다.
# 소프트맥스 회귀는 기울기의 식이 짧아서, 맞는지 손으로 확인할 수 있습니다.
#
# $$\frac{\partial L}{\partial W} = \frac{1}{n} X^{\top} (P - Y)$$

# %%
with tf.GradientTape() as tape:
    loss = cost(scores(X), Y)
dW, db = tape.gradient(loss, [W, b])  # (784, 10), (10,)

P = tf.nn.softmax(scores(X))  # (60000, 10)
by_hand = tf.transpose(X) @ (P - Y) / len(X)  # (784, 10)
gradient_error = float(tf.reduce_max(tf.abs(dW - by_hand)))
first_loss = float(loss)

print("기울기의 모양:", dW.shape, db.shape)
print(f"식과의 차이: {gradient_error:.0e}")
print(f"배우기 전의 비용: {first_loss:.4f}, log 10 = {np.log(10):.4f}")

# %% [markdown]
# ## 6. 배우기
#
# 훈련 데이터 전체로 기울기를 구해 한 걸음씩 내려갑니다.
# `assign_sub`은 변수에서 그만큼 뺀다는 뜻입니다.
# `fit` 한 줄이 하던 일이 이 반복문입니다.

# %%
lr = 0.5
steps = 100

losses = []
for _ in range(steps):
    with tf.GradientTape() as tape:
        loss = cost(scores(X), Y)
    dW, db = tape.gradient(loss, [W, b])
    W.assign_sub(lr * dW)
    b.assign_sub(lr * db)
    losses.append(float(loss))

for step in (0, 9, 49, 99):
    print(f"{step + 1:3d}걸음째의 비용 {losses[step]:.4f}")

# %% 걸음에 따른 비용 id="cost-curve"
# 대체 텍스트: 비용은 처음 스무 걸음에 2를 넘는 곳에서 0.6 아래로 떨어지고, 그 뒤로는
# 완만하게 내려갑니다.
fig, ax = plt.subplots(figsize=(6, 3), layout="constrained")
ax.plot(range(1, steps + 1), losses)
ax.set(xlabel="걸음", ylabel="비용", ylim=(0, None))
plt.show()

# %% [markdown]
# ## 7. 정확도
#
# 점수가 가장 큰 숫자가 예측입니다.
# 소프트맥스는 크기의 차례를 바꾸지 않으므로 확률까지 구하지 않아도 됩니다.


# %%
def accuracy(x, y):
    predicted = tf.argmax(scores(x), axis=1).numpy()  # (n,)
    return float(np.mean(predicted == y))


train_accuracy = accuracy(X, y_train)
test_accuracy = accuracy(X_test, y_test)
test_loss = float(cost(scores(X_test), tf.one_hot(y_test, nb_classes)))

print(f"훈련 정확도 {train_accuracy:.4f}")
print(f"테스트 정확도 {test_accuracy:.4f}, 테스트 손실 {test_loss:.4f}")

# %% [markdown]
# ## 8. 아무 사진이나 한 장
#
# 테스트 데이터에서 무작위로 한 장을 골라, 예측과 정답을 나란히 봅니다.

# %% 무작위로 고른 테스트 사진과 모델이 매긴 확률 id="random-image"
# 대체 텍스트: 왼쪽에 손으로 쓴 9가 있고, 오른쪽에서 9의 막대 하나만 1 가까이까지
# 올라갑니다.
rng = np.random.default_rng(0)
i = int(rng.integers(len(x_test)))
p = tf.nn.softmax(scores(X_test[i : i + 1]))[0].numpy()  # (10,)
prediction, label = int(p.argmax()), int(y_test[i])

fig, (left, right) = plt.subplots(
    1, 2, figsize=(6.4, 2.8), layout="constrained"
)
left.imshow(x_test[i], cmap="gray")
left.set_title(f"예측 {prediction}, 정답 {label}")
left.axis("off")
right.bar(range(10), p)
right.set(
    xlabel="숫자", ylabel="확률", xticks=range(10), ylim=(0, 1.05)
)
plt.show()

# %% [markdown]
# ## 9. 그래프로 바꾸기
#
# 즉시 실행은 한 줄씩 확인하기에 좋지만, 걸음마다 파이썬을 거칩니다.
# `@tf.function`을 붙이면 처음 부를 때 계산의 차례를 **그래프**(graph)로 적어 두고, 다음부터는 그 그래프만 실행합니다.
# 파이썬의 `print`는 그래프를 적을 때 한 번만 불립니다.
# Keras의 `fit`도 속으로는 이렇게 합니다.


# %%
@tf.function
def train_step(x, y):
    print(
        "파이썬이 이 줄을 지나갑니다. 즉시 실행인가:",
        tf.executing_eagerly(),
    )
    with tf.GradientTape() as tape:
        loss = cost(scores(x), y)
    dW, db = tape.gradient(loss, [W, b])
    W.assign_sub(lr * dW)
    b.assign_sub(lr * db)
    return loss


for _ in range(3):
    print(f"비용 {train_step(X, Y):.4f}")

# %% [markdown]
# ## 10. 지금까지의 흐름
#
# 1. 사진은 `tf.constant`, 배울 값은 `tf.Variable`에 담습니다.
# 2. 점수를 구하고, 안전한 꼴의 교차 엔트로피로 비용을 구합니다.
# 3. `tf.GradientTape`로 기울기를 구하고 `assign_sub`으로 한 걸음 내려갑니다.
# 4. 점수가 가장 큰 번호가 예측입니다.
# 5. 다 되면 `@tf.function`으로 그래프를 만들어 빠르게 합니다.
