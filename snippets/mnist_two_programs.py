"""같은 데이터를 읽는 두 프로그램: mnist.py와 op_mnist.py."""

time_limit = 1800

# %% [markdown]
# ## 1. 함께 쓰는 부분
#
# 두 프로그램은 데이터를 읽고 펴고 나누는 데까지 한 글자도 다르지 않습니다.
# 그래서 한 번만 적습니다.

# %%
import keras
import matplotlib.pyplot as plt

keras.utils.set_random_seed(0)

(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
X_train = (
    x_train.reshape(len(x_train), -1).astype("float32") / 255
)  # (60000, 784)
X_test = (
    x_test.reshape(len(x_test), -1).astype("float32") / 255
)  # (10000, 784)

print(X_train.shape, X_test.shape)

# %% [markdown]
# ## 2. mnist.py의 모델
#
# 층 하나, 곧 소프트맥스 회귀입니다.

# %%
simple = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
simple.compile(
    optimizer="sgd",
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
simple_parameters = simple.count_params()

print(f"매개변수 {simple_parameters:,}개")

# %% [markdown]
# ## 3. op_mnist.py의 모델
#
# 은닉층이 셋이고, 은닉층마다 드롭아웃이 따라옵니다.
# 옵티마이저는 학습률을 기본값의 3분의 1쯤으로 낮춘 Adam입니다.

# %%
large = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dropout(0.3),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dropout(0.3),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dropout(0.3),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
large.compile(
    optimizer=keras.optimizers.Adam(learning_rate=3e-4),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
large_parameters = large.count_params()

print(f"매개변수 {large_parameters:,}개")

# %% [markdown]
# ## 4. 훈련하기
#
# 두 프로그램의 에폭 수는 30과 35이지만, 이 칸에서는 3에폭씩만 학습합니다.
# 끝까지 학습한 결과는 ‘결과 읽기’에 있습니다.

# %%
epochs = 3

simple_log = simple.fit(
    X_train,
    y_train,
    epochs=epochs,
    batch_size=64,
    validation_split=0.2,
    verbose=0,
).history
large_log = large.fit(
    X_train,
    y_train,
    epochs=epochs,
    batch_size=128,
    validation_split=0.2,
    verbose=0,
).history

print("  에폭  mnist.py  op_mnist.py   (검증 정확도)")
for i in range(len(simple_log["loss"])):
    print(
        f"{i + 1:6d}  {simple_log['val_accuracy'][i]:8.4f}  "
        f"{large_log['val_accuracy'][i]:11.4f}"
    )

# %% 처음 3에폭의 검증 정확도 id="first-epochs"
# 대체 텍스트: op_mnist.py의 선은 0.94에서 0.97 가까이로, mnist.py의 선은 그보다 한참
# 아래인 0.86에서 0.89 가까이로 올라갑니다.
fig, ax = plt.subplots(figsize=(6, 3), layout="constrained")
x = range(1, len(simple_log["loss"]) + 1)
ax.plot(x, simple_log["val_accuracy"], "o-", label="mnist.py")
ax.plot(x, large_log["val_accuracy"], "s-", label="op_mnist.py")
ax.set(xlabel="에폭", ylabel="검증 정확도", xticks=list(x))
ax.legend()
plt.show()

# %% [markdown]
# ## 5. 시험 보기

# %%
simple_loss, simple_accuracy = simple.evaluate(
    X_test, y_test, verbose=0
)
large_loss, large_accuracy = large.evaluate(X_test, y_test, verbose=0)

print(f"mnist.py     테스트 정확도 {simple_accuracy:.4f}")
print(f"op_mnist.py  테스트 정확도 {large_accuracy:.4f}")
