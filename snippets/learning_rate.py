"""학습률: 한 걸음의 길이가 학습을 살리고 죽이는 것을 재어 봅니다."""

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

SEEDS = (0, 1, 2, 3, 4)
T95 = {1: 12.71, 2: 4.303, 3: 3.182, 4: 2.776}  # 스튜던트 t의 97.5 % 점 (자유도별)
OPTIMIZERS = {"sgd": "SGD", "adam": "Adam"}


def load_clothes(samples):
    (x, y), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
    x, x_test = (a.reshape(-1, 784).astype("float32") / 255 for a in (x, x_test))
    return (x[:samples], y[:samples]), (x_test[:5000], y_test[:5000])


def build(optimizer, widths=(64,), scale=1):
    """He 초기화의 scale배로 시작하는 ReLU 신경망."""
    he = keras.initializers.VarianceScaling(2 * scale**2, "fan_in")
    model = keras.Sequential([keras.Input((784,))])
    for units in widths:
        model.add(keras.layers.Dense(units, "relu", kernel_initializer=he.clone()))
    model.add(keras.layers.Dense(10, kernel_initializer=he.clone()))  # (n, 10) 점수
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    # 한 번에 20걸음씩 그래프 안에서 돌려 시간을 아낍니다. 결과는 같습니다.
    model.compile(optimizer, loss, steps_per_execution=20)
    return model


def restart(model, seed):
    """가중치를 새로 뽑고 옵티마이저를 처음으로 돌립니다. 학습률은 그대로 둡니다."""
    keras.utils.set_random_seed(seed)
    model.set_weights(keras.models.clone_model(model).get_weights())
    for variable in model.optimizer.variables:
        if variable is not model.optimizer._learning_rate:
            variable.assign(keras.ops.zeros_like(variable))


def finite(value):
    """JSON에는 무한대가 없으므로 발산한 값은 None으로 적습니다."""
    return float(value) if np.isfinite(value) else None


def test(model, x, y):
    """테스트 손실과 정확도. 넘친 점수는 찍은 것으로 칩니다."""
    scores = np.asarray(model(x), dtype="float64")  # (n, 10)
    top = scores.max(axis=1)
    with np.errstate(all="ignore"):
        total = np.log(np.exp(scores - top[:, None]).sum(axis=1)) + top
        loss = np.mean(total - scores[np.arange(len(y)), y])
    return finite(loss), float(np.mean(scores.argmax(axis=1) == y))


def run(model, data, seed, epochs, batch_size):
    """처음부터 학습하고 에폭마다의 훈련 손실과 마지막 테스트 결과를 돌려줍니다."""
    (x, y), (x_test, y_test) = data
    restart(model, seed)
    history = model.fit(x, y, batch_size=batch_size, epochs=epochs, verbose=0)
    loss, accuracy = test(model, x_test, y_test)
    return {
        "loss": [finite(value) for value in history.history["loss"]],
        "test_loss": loss,
        "accuracy": accuracy,
    }


def collect(runs):
    """시드마다의 결과를 항목마다의 목록으로 바꿉니다."""
    return {key: [one[key] for one in runs] for key in runs[0]}


# ---------------------------------------------------------------- 그릇 모양의 손실


# --8<-- [start:quadratic]
def descend(lr, curvatures=(1.0, 25.0), steps=60):
    """L(w) = ½ Σ λᵢ wᵢ²에서 경사 하강법으로 걸은 손실."""
    curvatures = np.array(curvatures)  # (2,): λ₁, λ₂
    w = np.ones(2)  # (2,)
    losses = []
    for _ in range(steps):
        losses.append(0.5 * np.sum(curvatures * w**2))
        w = w - lr * curvatures * w  # 기울기는 λᵢ wᵢ
    return losses


# --8<-- [end:quadratic]


def experiment_quadratic(rates=(0.005, 0.04, 0.0769, 0.079, 0.081), steps=60):
    return {
        "rates": list(rates),
        "losses": [[float(v) for v in descend(lr, steps=steps)] for lr in rates],
    }


def experiment_border(curvatures=((1.0, 25.0), (1.0, 4.0), (2.0, 100.0)), halvings=30):
    """발산하지 않는 가장 큰 학습률을 이분법으로 찾습니다."""
    found = []
    for pair in curvatures:
        low, high = 0.0, 4 / max(pair)
        for _ in range(halvings):
            middle = (low + high) / 2
            with np.errstate(over="ignore", invalid="ignore"):
                losses = descend(middle, pair, steps=1000)
            if losses[-1] <= losses[0]:
                low = middle
            else:
                high = middle
        found.append(low)
    return {
        "largest": [max(pair) for pair in curvatures],
        "measured": found,
        "theory": [2 / max(pair) for pair in curvatures],
    }


# ---------------------------------------------------------------- 학습률을 훑습니다

SGD_RATES = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
ADAM_RATES = (0.00001, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1)
SWEEP = {"sgd": SGD_RATES, "adam": ADAM_RATES}
cases_sweep = [dict(optimizer="sgd", lr=lr) for lr in SGD_RATES] + [
    dict(optimizer="adam", lr=lr) for lr in ADAM_RATES
]


def experiment_sweep(
    optimizer="sgd", lr=0.1, epochs=3, batch_size=50, samples=5000, seeds=SEEDS[:3]
):
    rule = {"sgd": keras.optimizers.SGD, "adam": keras.optimizers.Adam}[optimizer]
    data, model = load_clothes(samples), build(rule(lr))
    return collect([run(model, data, seed, epochs, batch_size) for seed in seeds])


# ---------------------------------------------------------------- 학습률 찾기


# --8<-- [start:finder]
def find_rates(model, x, y, low=1e-4, high=10.0, steps=150, batch_size=50):
    """걸음마다 학습률을 조금씩 키우며 미니배치 손실을 적습니다."""
    rates = np.geomspace(low, high, steps)  # (steps,)
    losses = []
    for lr in rates:
        rows = np.random.choice(len(x), batch_size)  # (50,)
        model.optimizer.learning_rate = lr
        losses.append(float(model.train_on_batch(x[rows], y[rows])))
        if not losses[-1] < 4 * losses[0]:  # 크게 오르거나 NaN이면 그만둡니다
            break
    return rates[: len(losses)], losses


# --8<-- [end:finder]


def experiment_finder(samples=5000, seeds=SEEDS):
    (x, y), _ = load_clothes(samples)
    model = build(keras.optimizers.SGD(0.1))
    result = {"rates": [], "losses": []}
    for seed in seeds:
        restart(model, seed)
        np.random.seed(seed)
        rates, losses = find_rates(model, x, y)
        result["rates"].append(rates.tolist())
        result["losses"].append([finite(value) for value in losses])
    return result


# ---------------------------------------------------------------- 워밍업

cases_warmup = [
    dict(scale=scale, warmup=warmup) for scale in (1, 2) for warmup in (0, 100)
]


def experiment_warmup(
    scale=1, warmup=0, lr=0.1, epochs=3, batch_size=50, samples=5000, seeds=SEEDS
):
    rate = lr
    if warmup:  # 0에서 lr까지 곧게 올린 뒤 lr을 지킵니다
        rate = keras.optimizers.schedules.PolynomialDecay(0.0, warmup, lr)
    model = build(keras.optimizers.SGD(rate), (64, 64, 64), scale)
    data = load_clothes(samples)
    return collect([run(model, data, seed, epochs, batch_size) for seed in seeds])


# ---------------------------------------------------------------- 줄여 가며 걷기


# --8<-- [start:schedule]
def schedule(name, lr, steps):
    schedules = keras.optimizers.schedules
    if name == "step":  # 절반과 4분의 3에서 10분의 1로
        bounds = [steps // 2, steps * 3 // 4]
        return schedules.PiecewiseConstantDecay(bounds, [lr, lr / 10, lr / 100])
    if name == "exponential":  # 끝까지 100분의 1로
        return schedules.ExponentialDecay(lr, steps, 0.01)
    if name == "cosine":  # 끝에서 0
        return schedules.CosineDecay(lr, steps)
    return lr  # 그대로


# --8<-- [end:schedule]

SCHEDULES = {
    "constant": "그대로",
    "step": "계단",
    "exponential": "지수",
    "cosine": "코사인",
}


def experiment_schedules(lr=0.2, steps=800, points=81):
    at = np.linspace(0, steps, points).round().astype(int)
    rates = {"at": at.tolist()}
    for name in SCHEDULES:
        rule = schedule(name, lr, steps)
        rates[name] = [float(rule(int(t))) if callable(rule) else rule for t in at]
    return rates


cases_decay = [
    dict(name=name, lr=lr)
    for name, lr in (
        ("constant", 0.05),
        ("constant", 0.1),
        ("constant", 0.2),
        ("step", 0.2),
        ("exponential", 0.2),
        ("cosine", 0.2),
    )
]


def experiment_decay(
    name="cosine", lr=0.2, epochs=8, batch_size=50, samples=5000, seeds=SEEDS
):
    data = load_clothes(samples)
    steps = epochs * -(-len(data[0][0]) // batch_size)
    model = build(keras.optimizers.SGD(schedule(name, lr, steps)))
    return collect([run(model, data, seed, epochs, batch_size) for seed in seeds])


# ---------------------------------------------------------------- 멈춘 곡선

FACTORS = (0.1, 1.0, 10.0)
cases_plateau = [dict(lr=lr) for lr in (0.3, 0.0003)]


def experiment_plateau(
    lr=0.3, before=6, after=3, batch_size=50, samples=7000, seeds=SEEDS
):
    """앞부분을 한 번 학습하고, 같은 가중치에서 학습률만 달리해 세 번 이어 갑니다."""
    (x, y), (x_test, y_test) = load_clothes(samples)
    kept = len(x) * 5 // 7  # 5000장으로 학습하고 2000장으로 검증합니다
    (x, x_val), (y, y_val) = ((a[:kept], a[kept:]) for a in (x, y))
    model = build(keras.optimizers.SGD(lr))

    def follow(epochs):
        losses = []
        for _ in range(epochs):
            model.fit(x, y, batch_size=batch_size, verbose=0)
            losses.append(test(model, x_val, y_val)[0])  # 검증 손실
        return losses

    result = {"before": [], "after": [], "accuracy": [], "start": []}
    for seed in seeds:
        model.optimizer.learning_rate = lr
        restart(model, seed)
        result["before"].append(follow(before))
        result["start"].append(test(model, x_test, y_test)[1])
        weights, branches, accuracy = model.get_weights(), [], []
        for factor in FACTORS:
            model.set_weights(weights)
            model.optimizer.learning_rate = lr * factor
            keras.utils.set_random_seed(seed)
            branches.append(follow(after))
            accuracy.append(test(model, x_test, y_test)[1])
        result["after"].append(branches)
        result["accuracy"].append(accuracy)
    return result


# ---------------------------------------------------------------- 배치 크기

cases_batch = [
    dict(batch_size=batch_size, lr=lr)
    for batch_size, lr in ((50, 0.05), (250, 0.05), (250, 0.25))
]


def experiment_batch(batch_size=50, lr=0.05, epochs=4, samples=5000, seeds=SEEDS[:3]):
    data, model = load_clothes(samples), build(keras.optimizers.SGD(lr))
    return collect([run(model, data, seed, epochs, batch_size) for seed in seeds])


# ---------------------------------------------------------------- 세 학습률의 첫 이백 걸음


def experiment_fates(
    rates=(0.001, 0.1, 1.0), steps=200, batch_size=50, samples=5000, seed=0
):
    (x, y), _ = load_clothes(samples)
    model = build(keras.optimizers.SGD(0.1))
    result = {"rates": list(rates), "losses": []}
    for lr in rates:
        restart(model, seed)
        model.optimizer.learning_rate = lr
        rng = np.random.default_rng(seed)
        losses = []
        for _ in range(steps):
            rows = rng.choice(len(x), batch_size)  # (50,)
            losses.append(finite(model.train_on_batch(x[rows], y[rows])))
        result["losses"].append(losses)
    return result


def figure_fates(fates):
    """같은 신경망의 첫 200걸음. 미니배치 손실을 열 걸음씩 평균했습니다. Fashion-MNIST,
    784-64-10, SGD, 배치 크기 50, 시드는 모두 같습니다.

    대체 텍스트: 작은 학습률의 손실은 아주 천천히 내려가고, 알맞은 학습률의 손실은 빠르게
    1 아래로 내려가며, 큰 학습률의 손실은 위로 튀었다가 2.3 근처에 머뭅니다.
    """
    fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
    names = ("너무 작음", "알맞음", "너무 큼")
    for lr, losses, name, marker in zip(
        fates["rates"], fates["losses"], names, "^os", strict=True
    ):
        mean = np.array(losses, dtype=float).reshape(-1, 10).mean(axis=1)
        at = 10 * np.arange(len(mean)) + 5
        ax.plot(
            at, mean, marker + "-", markersize=4, label=f"{name} ($\\eta$ = {lr:g})"
        )
    ax.set(xlabel="걸음", ylabel="미니배치 손실", ylim=(0, 5))
    ax.legend()
    return fig


# ---------------------------------------------------------------- 그림과 표


def pick(frame, key, **where):
    """조건에 맞는 사례 하나의 값을 배열로 돌려줍니다. None은 NaN이 됩니다."""
    for name, wanted in where.items():
        frame = frame[frame[name] == wanted]
    return np.array(frame[key].iloc[0], dtype=float)


def paired(a, b):
    """시드가 같은 실행끼리 짝지은 차이 a − b의 평균과 95 % 신뢰 구간의 반폭."""
    difference = np.asarray(a) - np.asarray(b)  # (시드 수,)
    n = len(difference)
    return difference.mean(), T95[n - 1] * difference.std(ddof=1) / np.sqrt(n)


def figure_quadratic(quadratic):
    """그릇 L = ½(w₁² + 25w₂²)에서. 왼쪽은 손실, 오른쪽은 한 걸음에 두 방향의 w가 몇 배가
    되는지입니다. 파선은 1이고, 점선은 경계 2/25입니다.

    대체 텍스트: 왼쪽에서 가장 작은 학습률은 느리게, 가운데 학습률은 빠르게 내려가고 경계를
    넘은 학습률은 위로 올라갑니다. 오른쪽에서 완만한 방향의 배수는 천천히 줄고, 가파른 방향의
    배수는 0.04에서 0이 되었다가 다시 커져 경계에서 1을 넘습니다.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(7, 3.3), layout="constrained")
    for lr, losses in zip(quadratic["rates"], quadratic["losses"], strict=True):
        left.semilogy(losses, label=f"{lr:g}")
    left.set(xlabel="걸음", ylabel="손실", ylim=(1e-5, 1e3))
    left.legend(title="학습률", fontsize="small", ncols=2)
    rates = np.linspace(0, 0.1, 201)
    right.plot(rates, np.abs(1 - rates), label="완만한 쪽 ($\\lambda=1$)")
    right.plot(rates, np.abs(1 - 25 * rates), label="가파른 쪽 ($\\lambda=25$)")
    right.axhline(1, color="C6", linestyle="--", linewidth=1)
    right.axvline(2 / 25, color="C6", linestyle=":")
    right.set(xlabel="학습률", ylabel="한 걸음의 배수", ylim=(0, 1.6))
    right.legend(fontsize="small", loc="upper left")
    return fig


def final_loss(sweep, optimizer, lr):
    """마지막 에폭의 훈련 손실. 발산했으면 무한대."""
    loss = pick(sweep, "loss", optimizer=optimizer, lr=lr)[:, -1]  # (시드 수,)
    return np.where(np.isfinite(loss), loss, np.inf)


def figure_sweep(sweep):
    """학습률에 따른 세 에폭 뒤의 훈련 손실. 점 하나가 시드 하나이고 선은 중앙값입니다. 2.5보다
    큰 손실은 2.5에 그렸습니다.

    대체 텍스트: 두 그림 모두 U자입니다. Adam의 바닥은 SGD의 바닥보다 훨씬 작은 학습률에
    있습니다. SGD는 오른쪽 벽이 왼쪽 벽보다 훨씬 가파릅니다.
    """
    fig, axes = plt.subplots(1, 2, figsize=(7, 3.3), sharey=True, layout="constrained")
    for ax, (optimizer, rates) in zip(axes, SWEEP.items(), strict=True):
        losses = np.array([final_loss(sweep, optimizer, lr) for lr in rates])
        losses = np.minimum(losses, 2.5)  # (학습률 수, 시드 수)
        ax.semilogx(rates, losses, "C0o", alpha=0.5, markersize=4)
        ax.semilogx(rates, np.median(losses, axis=1), "C0")
        ax.set(title=OPTIMIZERS[optimizer], xlabel="학습률", ylim=(0.3, 2.6))
    axes[0].set_ylabel("훈련 손실")
    return fig


def best_rates(sweep):
    best = {}
    for optimizer, rates in SWEEP.items():
        middle = [float(np.median(final_loss(sweep, optimizer, lr))) for lr in rates]
        lowest = min(middle)
        good = [lr for lr, v in zip(rates, middle, strict=True) if v < lowest * 1.15]
        best[optimizer] = {
            "lr": rates[middle.index(lowest)],
            "loss": lowest,
            "good_low": min(good),
            "good_high": max(good),
            "slow": middle[0],
            "fast": min(middle[-1], 1e9),
        }
    return best


def smooth(losses, width=7):
    kernel = np.ones(width) / width
    return np.convolve(losses, kernel, mode="valid")


def turning_points(finder):
    """시드마다 매끈하게 한 손실이 가장 낮은 학습률."""
    points = []
    for rates, losses in zip(finder["rates"], finder["losses"], strict=True):
        losses = np.array([v for v in losses if v is not None])
        curve = smooth(losses)
        points.append(float(rates[3 + int(curve.argmin())]))
    return points


def figure_finder(finder, sweep):
    """학습률을 걸음마다 키우며 잰 손실, 시드 5개. 일곱 걸음씩 평균했습니다. 색칠한 곳은
    앞의 그림에서 손실이 가장 낮은 값의 1.15배 안에 든 SGD 학습률입니다.

    대체 텍스트: 모든 곡선이 처음에 평평하다가 학습률 0.001과 0.01 사이에서 내려가기 시작하고, 바닥을 지난
    뒤 갑자기 치솟습니다. 색칠한 구간은 곡선이 바닥에 닿기 전후에 있습니다.
    """
    fig, ax = plt.subplots(figsize=(6.4, 3.4), layout="constrained")
    for rates, losses in zip(finder["rates"], finder["losses"], strict=True):
        losses = np.array([v for v in losses if v is not None])
        curve = smooth(losses)
        ax.semilogx(rates[3 : 3 + len(curve)], curve, "C0", alpha=0.6, linewidth=1.3)
    best = best_rates(sweep)["sgd"]
    ax.axvspan(best["good_low"], best["good_high"], color="C1", alpha=0.2)
    ax.set(xlabel="학습률", ylabel="미니배치 손실", ylim=(0, 5))
    return fig


def table_warmup(warmup):
    """워밍업 100걸음이 있고 없음. Fashion-MNIST 5000장, 784-64-64-64-10, SGD(0.1), 3에폭,
    시드 5개의 평균과 표준편차입니다.
    """
    rows = [
        {
            "처음 가중치": "He" if row.scale == 1 else f"He의 {row.scale}배",
            "워밍업": "있음" if row.warmup else "없음",
            "정확도": np.mean(row.accuracy),
            "표준편차": np.std(row.accuracy, ddof=1),
        }
        for row in warmup.itertuples()
    ]
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"정확도": ".3f", "표준편차": ".3f"}
    return frame


def figure_schedules(schedules):
    """네 가지 학습률 스케줄. 모두 0.2에서 출발해 800걸음을 걷습니다.

    대체 텍스트: 그대로는 수평선, 계단은 400걸음과 600걸음에서 뚝 떨어지고, 지수는 처음에
    빠르게 나중에 천천히 줄고, 코사인은 물결처럼 천천히 줄기 시작해 끝에서 0이 됩니다.
    """
    fig, ax = plt.subplots(figsize=(6.4, 3.2), layout="constrained")
    for (name, label), style in zip(
        SCHEDULES.items(), ("-", "--", "-.", "-"), strict=True
    ):
        ax.plot(schedules["at"], schedules[name], style, linewidth=2, label=label)
    ax.set(xlabel="걸음", ylabel="학습률", ylim=(-0.01, 0.22))
    ax.legend(loc="upper right", bbox_to_anchor=(1, 0.92))
    return fig


def table_decay(decay):
    """학습률 스케줄에 따른 테스트 정확도. Fashion-MNIST 5000장, 784-64-10, SGD, 8에폭, 시드
    5개의 평균과 표준편차입니다.
    """
    rows = [
        {
            "스케줄": SCHEDULES[row.name_],
            "처음": row.lr,
            "훈련 손실": np.mean(row.loss, axis=0)[-1],
            "정확도": np.mean(row.accuracy),
            "표준편차": np.std(row.accuracy, ddof=1),
        }
        for row in decay.rename(columns={"name": "name_"}).itertuples()
    ]
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {
        "처음": "g",
        "훈련 손실": ".3f",
        "정확도": ".3f",
        "표준편차": ".3f",
    }
    return frame


def figure_plateau(plateau):
    """멈춘 곡선 둘. 여섯 에폭을 학습한 뒤(세로 점선) 학습률을 10분의 1로, 그대로, 10배로
    하여 세 에폭을 더 학습했습니다. 선은 시드 5개의 중앙값, 띠는 최소와 최대입니다.

    대체 텍스트: 큰 학습률에서는 10분의 1로 낮춘 선이 가장 아래로 내려가고 10배로 올린 선은
    위로 튑니다. 작은 학습률에서는 반대로 10배로 올린 선만 크게 내려가고 10분의 1로 낮춘
    선은 수평이 됩니다.
    """
    fig, axes = plt.subplots(1, 2, figsize=(7, 3.5), layout="constrained")
    for ax, lr in zip(axes, (0.3, 0.0003), strict=True):
        before = pick(plateau, "before", lr=lr)  # (시드 수, 6)
        after = pick(plateau, "after", lr=lr)  # (시드 수, 3, 3)
        epoch = np.arange(1, before.shape[1] + 1)
        ax.plot(epoch, np.median(before, axis=0), "C6o-", markersize=3)
        for index, (factor, mark) in enumerate(zip(FACTORS, "^os", strict=True)):
            curve = np.hstack([before[:, -1:], after[:, index]])
            at = np.arange(curve.shape[1]) + epoch[-1]
            label = "그대로" if factor == 1 else f"×{factor:g}"
            ax.plot(
                at,
                np.median(curve, axis=0),
                f"C{index}{mark}-",
                markersize=4,
                label=label,
            )
            ax.fill_between(at, curve.min(axis=0), curve.max(axis=0), alpha=0.2)
        ax.axvline(epoch[-1], color="C6", linestyle=":")
        ax.set(title=f"학습률 {lr:g}", xlabel="에폭", xticks=range(1, 10, 2))
    axes[0].set(ylabel="검증 손실", ylim=(0.4, 1.4))
    axes[1].legend()
    return fig


def table_after(plateau):
    """그림의 테스트 정확도. 시드 5개의 평균입니다."""
    rows = []
    for lr in (0.3, 0.0003):
        accuracy = pick(plateau, "accuracy", lr=lr).mean(axis=0)  # (3,)
        start = pick(plateau, "start", lr=lr).mean()
        rows.append([lr, start, *accuracy])
    frame = pd.DataFrame(rows, columns=["학습률", "6에폭", "×0.1", "그대로", "×10"])
    frame.attrs["format"] = {"학습률": "g"} | dict.fromkeys(frame.columns[1:], ".3f")
    return frame


# ---------------------------------------------------------------- 본문이 인용할 숫자


def experiment_summary(sweep, finder, warmup, decay, plateau, batch):
    turns = turning_points(finder)
    return {
        "best": best_rates(sweep),
        "turn": {
            "low": min(turns),
            "high": max(turns),
            "median": float(np.median(turns)),
        },
        "warmup": {
            f"{row.scale}_{row.warmup}": float(np.mean(row.accuracy))
            for row in warmup.itertuples()
        },
        "decay": {
            f"{name}_{round(100 * lr)}": float(np.mean(accuracy))
            for name, lr, accuracy in zip(
                decay["name"], decay["lr"], decay["accuracy"], strict=True
            )
        },
        "plateau": {
            label: {
                "start": float(pick(plateau, "start", lr=lr).mean()),
                **{
                    key: float(value)
                    for key, value in zip(
                        ("lower", "same", "raise"),
                        pick(plateau, "accuracy", lr=lr).mean(axis=0),
                        strict=True,
                    )
                },
            }
            for label, lr in (("noisy", 0.3), ("slow", 0.0003))
        },
        "batch": {
            f"{size}_{round(100 * lr)}": float(np.mean(loss, axis=0)[-1])
            for size, lr, loss in zip(
                batch["batch_size"], batch["lr"], batch["loss"], strict=True
            )
        },
    }


# ---------------------------------------------------------------- 확인합니다


def claim_border(border):
    """발산하지 않는 가장 큰 학습률은 2/λ_max입니다.

    이분법으로 찾은 값이 식과 만분의 일 안에서 같습니다. 그릇 셋, 1000걸음.
    """
    error = max(
        abs(found / theory - 1)
        for found, theory in zip(border["measured"], border["theory"], strict=True)
    )
    evidence = ", ".join(
        f"λ_max {largest:g}: 잰 값 {found:.5f}, 식 {theory:g}"
        for largest, found, theory in zip(*border.values(), strict=True)
    )
    return bool(error < 1e-4), evidence + "."


def claim_basin(sweep):
    """손실이 가장 낮은 값의 1.15배 안에 드는 학습률은 열 배가 넘지 않는 구간이고, Adam의
    구간은 SGD의 구간보다 적어도 열 배 아래에 있습니다.

    훑은 학습률의 양 끝에서는 손실이 가장 낮은 값의 두 배를 넘습니다.
    Fashion-MNIST 5000장, 784-64-10, 3에폭 뒤의 훈련 손실, 시드 3개의 중앙값. 학습률은
    서너 배씩 떨어진 여덟 개씩만 훑었습니다(Adam의 가장 작은 두 개만 열 배).
    """
    best = best_rates(sweep)
    evidence = ". ".join(
        f"{OPTIMIZERS[name]}: 가장 낮은 손실 {b['loss']:.3f}, 구간 {b['good_low']:g}–"
        f"{b['good_high']:g}, 양 끝의 손실 {b['slow']:.2f}, {b['fast']:.3g}"
        for name, b in best.items()
    )
    ends = all(min(b["slow"], b["fast"]) > 2 * b["loss"] for b in best.values())
    narrow = all(b["good_high"] / b["good_low"] < 10.01 for b in best.values())
    below = best["sgd"]["good_low"] / best["adam"]["good_high"] > 9.99
    return bool(ends and narrow and below), evidence + "."


def claim_found(finder, sweep):
    """150걸음의 학습률 찾기에서 손실이 바닥인 학습률은, 세 에폭씩 훑어 찾은 SGD의 가장 좋은
    학습률과 네 배 안에서 같습니다.

    Fashion-MNIST 5000장, 784-64-10, 배치 크기 50, 시드 5개의 중앙값. 한 시드의 바닥은 이
    범위를 벗어날 수 있습니다.
    """
    turns, best = turning_points(finder), best_rates(sweep)["sgd"]["lr"]
    middle = float(np.median(turns))
    evidence = (
        f"바닥의 학습률 중앙값 {middle:.2g}(시드마다 {min(turns):.2g}–{max(turns):.2g}), "
        f"훑어 찾은 학습률 {best:g}."
    )
    return bool(1 / 4 < middle / best < 4), evidence


def claim_rescue(warmup):
    """처음 가중치가 너무 클 때에는 워밍업이 학습을 살리지만, He로 시작하면 도움이 된다고
    할 수 없습니다.

    도움이 된다는 것은 테스트 정확도의 짝 차이가 95 % 신뢰 구간에서 0보다 크다는 뜻입니다.
    Fashion-MNIST 5000장, 784-64-64-64-10, SGD(0.1), 워밍업 100걸음, 3에폭, 시드 5개.
    """
    effects = {
        scale: paired(
            pick(warmup, "accuracy", scale=scale, warmup=100),
            pick(warmup, "accuracy", scale=scale, warmup=0),
        )
        for scale in (1, 2)
    }
    evidence = "워밍업 − 없음: " + ", ".join(
        f"{'He' if scale == 1 else 'He의 2배'} {mean:+.3f} ± {half:.3f}"
        for scale, (mean, half) in effects.items()
    )
    rescued = effects[2][0] - effects[2][1] > 0
    return bool(rescued and effects[1][0] - effects[1][1] <= 0), evidence + "."


def claim_decayed(decay):
    """0.2에서 코사인으로 줄이면 그대로 걷는 것보다 훈련 손실은 낮지만, 테스트 정확도는 가장
    좋은 일정한 학습률과 평균 0.02도 차이 나지 않습니다. 지수로 빨리 줄이면 코사인으로 줄일
    때보다 정확도가 낮습니다.

    낮다는 것은 짝 차이의 95 % 신뢰 구간이 0보다 아래에 있다는 뜻입니다. 가장 좋은 일정한
    학습률은 0.05, 0.1, 0.2 가운데 정확도의 평균이 가장 높은 것입니다.
    Fashion-MNIST 5000장, 784-64-10, SGD, 8에폭, 시드 5개.
    """
    constant = {
        lr: pick(decay, "accuracy", name="constant", lr=lr) for lr in (0.05, 0.1, 0.2)
    }
    best = max(constant, key=lambda lr: constant[lr].mean())
    loss = paired(
        pick(decay, "loss", name="cosine")[:, -1],
        pick(decay, "loss", name="constant", lr=0.2)[:, -1],
    )
    effects = {
        name: paired(pick(decay, "accuracy", name=name), constant[best])
        for name in ("step", "exponential", "cosine")
    }
    evidence = f"훈련 손실 코사인 − 그대로 {loss[0]:+.3f} ± {loss[1]:.3f}. "
    evidence += f"정확도의 차이(일정한 {best:g}에 견주어): " + ", ".join(
        f"{SCHEDULES[name]} {mean:+.4f} ± {half:.4f}"
        for name, (mean, half) in effects.items()
    )
    fast, half = paired(
        pick(decay, "accuracy", name="exponential"),
        pick(decay, "accuracy", name="cosine"),
    )
    evidence += f". 지수 − 코사인 {fast:+.4f} ± {half:.4f}"
    holds = loss[0] + loss[1] < 0 and abs(effects["cosine"][0]) < 0.02
    return bool(holds and fast + half < 0), evidence + "."


def claim_stalled(plateau):
    """큰 학습률로 출렁이는 곡선은 학습률을 낮추면 나아지지만, 작은 학습률로 기는 곡선은
    낮추면 더 나빠지고 높이면 나아집니다.

    나아진다는 것은 학습률을 그대로 둔 것보다 검증 손실(바꾼 뒤 세 에폭의 평균)이 낮고, 짝
    차이의 95 % 신뢰 구간이 0을 품지 않는다는 뜻입니다.
    Fashion-MNIST 5000장, 784-64-10, SGD(0.3)과 SGD(0.0003), 6에폭 뒤 3에폭, 시드 5개.

    원문: (C12) 학습 곡선이 중간에 멈추면 학습률을 낮추어 다시 나아가게 할 수 있습니다.
    판정: 조건부
    """
    effects = {}
    for label, lr in (("큰 학습률", 0.3), ("작은 학습률", 0.0003)):
        losses = np.array(pick(plateau, "after", lr=lr))  # (시드, 셋, 에폭)
        lower, same, higher = losses.mean(axis=2).T  # (시드,) 셋
        effects[label] = paired(lower, same), paired(higher, same)
    evidence = "검증 손실의 차이. " + ". ".join(
        f"{label}: ×0.1은 {low[0]:+.3f} ± {low[1]:.3f}, ×10은 {high[0]:+.3f} ± {high[1]:.3f}"
        for label, (low, high) in effects.items()
    )
    (noisy_low, noisy_high), (slow_low, slow_high) = effects.values()
    holds = noisy_low[0] + noisy_low[1] < 0 < noisy_high[0] - noisy_high[1]
    holds &= slow_high[0] + slow_high[1] < 0 < slow_low[0] - slow_low[1]
    return bool(holds), evidence + "."


def claim_batch(batch):
    """배치를 다섯 배로 키우면 같은 에폭 동안 덜 배우고, 학습률도 다섯 배로 키우면 뒤처진 것을
    평균 절반 넘게 따라잡지만 다 따라잡지는 못합니다.

    마지막 에폭의 훈련 손실로 견줍니다. 뒤처진 것, 따라잡은 것, 남은 것은 모두 짝 차이의
    95 % 신뢰 구간이 0보다 큽니다. 절반이라는 몫은 평균만 본 것입니다.
    Fashion-MNIST 5000장, 784-64-10, SGD, 4에폭, 시드 3개.
    """
    small, large, scaled = (
        pick(batch, "loss", batch_size=size, lr=lr)[:, -1]
        for size, lr in ((50, 0.05), (250, 0.05), (250, 0.25))
    )
    evidence = (
        f"마지막 에폭의 훈련 손실: 배치 50과 0.05 {small.mean():.3f}, 250과 0.05 "
        f"{large.mean():.3f}, 250과 0.25 {scaled.mean():.3f}. "
    )
    parts = {
        "뒤처진 것": paired(large, small),
        "따라잡은 것": paired(large, scaled),
        "남은 것": paired(scaled, small),
    }
    evidence += ", ".join(
        f"{name} {mean:.3f} ± {half:.3f}" for name, (mean, half) in parts.items()
    )
    sure = all(mean - half > 0 for mean, half in parts.values())
    (behind, _), _, (left, _) = parts.values()
    return bool(sure and left < behind / 2), evidence + "."


# ---------------------------------------------------------------- 연습 문제의 답


# --8<-- [start:answer_largest]
def answer_largest(curvatures=(1.0, 25.0)):
    return 2 / max(curvatures)  # |1 − η λ| < 1이 모든 λ에서 성립하려면


# --8<-- [end:answer_largest]


# --8<-- [start:answer_steps]
def answer_steps(lr=0.0769, curvature=1.0, target=0.01):
    """w가 처음의 target배보다 작아지는 첫 걸음."""
    per_step = abs(1 - lr * curvature)
    return int(np.ceil(np.log(target) / np.log(per_step)))


# --8<-- [end:answer_steps]


# --8<-- [start:answer_cosine]
def answer_cosine(t, steps=800, lr=0.2):
    return lr * (1 + np.cos(np.pi * t / steps)) / 2


# --8<-- [end:answer_cosine]


def experiment_answers():
    return {
        "largest": answer_largest(),
        "steps_fast": answer_steps(0.0769),
        "steps_slow": answer_steps(0.005),
        "cosine_half": float(answer_cosine(400)),
        "cosine_late": float(answer_cosine(720)),
        "exponential_half": float(0.2 * 0.01**0.5),
    }
