"""Fashion-MNIST 심층 신경망: 검증 데이터를 떼고, 모델을 세 방법으로 만들고, 견줍니다."""

time_limit = 1800

# %% [markdown]
# ## 1. 데이터 읽기

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np

keras.utils.set_random_seed(0)

(x_all, y_all), (x_test, y_test) = (
    keras.datasets.fashion_mnist.load_data()
)
x_all = x_all.astype("float32") / 255  # (60000, 28, 28)
x_test = x_test.astype("float32") / 255  # (10000, 28, 28)

print(x_all.shape, y_all.shape, "정답:", np.unique(y_all))

# %% 클래스마다 처음 나오는 사진 한 장 id="ten-clothes"
# 대체 텍스트: 흑백 옷 사진 열 장이 두 줄로 있고, 위에 0부터 9까지의 번호가 적혀
# 있습니다. 0은 티셔츠, 1은 바지, 9는 앵클부츠입니다.
fig, axes = plt.subplots(2, 5, figsize=(6, 3))
for label, ax in enumerate(axes.flat):
    ax.imshow(x_all[y_all == label][0], cmap="gray")
    ax.set_title(f"{label}")
    ax.axis("off")
plt.show()

# %% [markdown]
# ## 2. 검증 데이터 떼기
#
# 6만 장을 섞은 다음 20%를 **검증 데이터**(validation data)로 떼어 둡니다.
# 섞는 순서를 정하는 시드를 적어 두면 누가 언제 실행해도 똑같이 나뉩니다.

# %%
order = np.random.default_rng(42).permutation(len(x_all))  # (60000,)
held = len(x_all) // 5

x_val, y_val = (
    x_all[order[:held]],
    y_all[order[:held]],
)  # (12000, 28, 28), (12000,)
x_train, y_train = (
    x_all[order[held:]],
    y_all[order[held:]],
)  # (48000, 28, 28), (48000,)

print("훈련:", x_train.shape, " 검증:", x_val.shape)
print("검증 데이터의 클래스마다:", np.bincount(y_val, minlength=10))

# %% [markdown]
# 그냥 섞어 나누면 클래스마다의 장수가 조금씩 다릅니다.
# 꼭 같게 하려면 클래스마다 따로 섞어 떼면 되는데, 이것을 **층화**(stratification)라고 합니다.
#
# ## 3. 같은 모델을 만드는 세 방법
#
# 첫째, 층의 **목록**을 줍니다.

# %%
hidden = keras.layers.Dense(100, activation="sigmoid")
output = keras.layers.Dense(10, activation="softmax")
by_list = keras.Sequential([keras.Input(shape=(784,)), hidden, output])

# %% [markdown]
# 둘째, 목록을 주면서 층과 모델에 **이름**을 붙입니다.
# 이름에는 빈칸을 쓰지 않습니다.

# %%
by_name = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(100, activation="sigmoid", name="hidden"),
        keras.layers.Dense(10, activation="softmax", name="output"),
    ],
    name="fashion_mnist_model",
)

# %% [markdown]
# 셋째, 빈 모델에 층을 하나씩 **더합니다**.
# 층의 수를 반복문으로 정하고 싶을 때 편합니다.

# %%
by_add = keras.Sequential()
by_add.add(keras.Input(shape=(784,)))
by_add.add(keras.layers.Dense(100, activation="sigmoid"))
by_add.add(keras.layers.Dense(10, activation="softmax"))

for made in (by_list, by_name, by_add):
    print(made.count_params(), [layer.name for layer in made.layers])

# %% [markdown]
# ## 4. 매개변수 세기
#
# 은닉층의 유닛은 저마다 784칸에서 오는 가중치와 편향 하나를 둡니다.
# 출력층의 유닛은 100개에서 오는 가중치와 편향 하나를 둡니다.
#
# $$
# \begin{aligned}
# (784 + 1) \times 100 &= 78{,}500 \\
# (100 + 1) \times 10 &= 1{,}010
# \end{aligned}
# $$
#
# 더하면 79,510개입니다.

# %%
by_name.summary()
hidden_parameters, output_parameters = (
    layer.count_params() for layer in by_name.layers
)
parameters = by_name.count_params()

# %% [markdown]
# 표의 `None`은 한 번에 몇 장을 넣을지 정하지 않았다는 뜻입니다.
# 32장을 넣으면 32행이, 한 장을 넣으면 1행이 나옵니다.
#
# ## 5. 옵티마이저를 적지 않으면
#
# `compile`에 옵티마이저를 적지 않아도 오류도 경고도 나오지 않습니다.
# 무엇으로 배우게 되는지 물어봅시다.

# %%
by_add.compile(
    loss="sparse_categorical_crossentropy", metrics=["accuracy"]
)
silent = by_add.optimizer.name
silent_lr = round(float(by_add.optimizer.learning_rate), 6)

print(silent, silent_lr)

# %% [markdown]
# SGD가 아니라 **RMSProp**이고 학습률은 0.001입니다.
# 읽는 사람이 짐작하지 않도록 옵티마이저의 이름을 늘 적읍시다.
#
# ## 6. 학습하는 함수
#
# 세 번 학습할 것이므로 함수로 만듭니다.
# 사진을 펴는 일은 `Flatten` 층이 맡으니 데이터의 모양은 건드리지 않습니다.
# 48,000장을 32장씩 나누면 한 에폭은 1500걸음입니다.
# `steps_per_execution=25`는 계산을 바꾸지 않고 파이썬과 오가는 시간만 줄입니다.


# %%
def train(activation, optimizer, epochs=5):
    keras.utils.set_random_seed(
        0
    )  # 세 학습의 처음 가중치와 사진의 순서를 똑같이
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28)),
            keras.layers.Flatten(),  # (n, 784)
            keras.layers.Dense(100, activation=activation),  # (n, 100)
            keras.layers.Dense(10, activation="softmax"),  # (n, 10)
        ]
    )
    model.compile(
        optimizer=optimizer,
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=25,
    )
    history = model.fit(
        x_train,
        y_train,
        epochs=epochs,
        batch_size=32,
        validation_data=(x_val, y_val),
        verbose=0,
    )
    return model, history.history


# %% [markdown]
# ## 7. Sigmoid와 RMSProp
#
# 은닉층의 Sigmoid는 값을 0과 1 사이로 누르고, 출력층의 소프트맥스는 열 개의 값을 더해서 1이 되는 확률로 만듭니다.
# 정답이 원-핫 벡터가 아니라 정수이므로 손실은 `sparse_categorical_crossentropy`입니다.

# %%
sigmoid_model, sigmoid_log = train(
    "sigmoid", keras.optimizers.RMSprop(0.001)
)
sigmoid_accuracy = sigmoid_log["val_accuracy"][-1]

print("훈련 정확도:", np.round(sigmoid_log["accuracy"], 4))
print("검증 정확도:", np.round(sigmoid_log["val_accuracy"], 4))

# %% [markdown]
# ## 8. ReLU와 RMSProp
#
# 활성화 함수만 바꿉니다.

# %%
relu_model, relu_log = train("relu", keras.optimizers.RMSprop(0.001))
relu_accuracy = relu_log["val_accuracy"][-1]

print("훈련 정확도:", np.round(relu_log["accuracy"], 4))
print("검증 정확도:", np.round(relu_log["val_accuracy"], 4))

# %% [markdown]
# ## 9. ReLU와 Adam
#
# 이번에는 옵티마이저만 바꿉니다.

# %%
adam_model, adam_log = train("relu", keras.optimizers.Adam(0.001))
adam_accuracy = adam_log["val_accuracy"][-1]

print("훈련 정확도:", np.round(adam_log["accuracy"], 4))
print("검증 정확도:", np.round(adam_log["val_accuracy"], 4))

# %% 세 학습의 정확도. 파선은 훈련, 실선은 검증 데이터에서 잰 값 id="three-logs"
# 대체 텍스트: 파선 셋은 끝까지 함께 올라갑니다. 실선 셋은 둘째 에폭 뒤로 거의 평평하고,
# 뒤로 갈수록 파선보다 아래로 벌어집니다.
logs = {
    "Sigmoid, RMSProp": sigmoid_log,
    "ReLU, RMSProp": relu_log,
    "ReLU, Adam": adam_log,
}
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
for color, (name, log) in zip(("C0", "C1", "C2"), logs.items()):
    epochs = range(1, len(log["loss"]) + 1)
    ax.plot(epochs, log["accuracy"], color + "--")
    ax.plot(epochs, log["val_accuracy"], color, label=name)
ax.set(xlabel="에폭", ylabel="정확도", xticks=list(epochs))
ax.legend()
plt.show()

# %% [markdown]
# ## 10. 검증 데이터로 평가하기
#
# 12,000장을 32장씩 나누면 375걸음입니다.
# `evaluate`가 돌려준 손실과 정확도는 기록의 마지막 값과 같아야 합니다.

# %%
val_loss, val_accuracy = relu_model.evaluate(x_val, y_val, verbose=0)

print(f"evaluate: 손실 {val_loss:.5f}, 정확도 {val_accuracy:.5f}")
print(
    f"history:  손실 {relu_log['val_loss'][-1]:.5f}, "
    f"정확도 {relu_log['val_accuracy'][-1]:.5f}"
)

# %% [markdown]
# ## 11. 시험 보기
#
# 검증 데이터로 고른 뒤에 테스트 데이터를 꺼냅니다.
# 정확도는 12,000장 가운데 맞힌 장수라서 똑같은 값이 나와 비기기도 합니다.
# 그래서 **검증 손실이 가장 낮은** 모델을 고르고, 그것만 시험을 봅니다.
# 손실까지 똑같으면 비긴 모델이 모두 시험을 봅니다.

# %%
models = {
    "Sigmoid, RMSProp": sigmoid_model,
    "ReLU, RMSProp": relu_model,
    "ReLU, Adam": adam_model,
}
for name, log in logs.items():
    accuracy, loss = log["val_accuracy"][-1], log["val_loss"][-1]
    print(f"{name}: 검증 정확도 {accuracy:.5f}, 검증 손실 {loss:.5f}")

lowest = min(log["val_loss"][-1] for log in logs.values())
chosen = [
    name for name, log in logs.items() if log["val_loss"][-1] == lowest
]
print(
    "비긴 모델:" if len(chosen) > 1 else "고른 모델:", ", ".join(chosen)
)

for name in chosen:
    model = models[name]
    test_loss, test_accuracy = model.evaluate(x_test, y_test, verbose=0)
    print(
        f"{name}: 테스트 손실 {test_loss:.4f}, "
        f"테스트 정확도 {test_accuracy:.4f}"
    )
