"""학습률 쪽의 실험: 본문과 그림과 주장이 쓸 수를 잽니다."""

import keras
import numpy as np
from comparison import chosen
from learning_rate import (
    answer_cosine,
    answer_largest,
    answer_steps,
    descend,
    find_rates,
    schedule,
)
from training import fit

SEEDS = (0, 1, 2, 3, 4)
MORE_SEEDS = tuple(range(10))
OPTIMIZERS = {"sgd": "SGD", "adam": "Adam"}


def load_clothes(samples, validation=5000):
    """학습, 검증, 테스트 이미지와 레이블. 검증 이미지는 학습 이미지의 바로 뒤에서 뗍니다."""
    (x, y), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
    x, x_test = (
        a.reshape(-1, 784).astype("float32") / 255 for a in (x, x_test)
    )
    end = samples + validation
    held_out = x[samples:end], y[samples:end]
    return (
        (x[:samples], y[:samples]),
        held_out,
        (x_test[:5000], y_test[:5000]),
    )


def build(lr, seed, optimizer="sgd", widths=(64,), scale=1):
    """He 초기화의 scale배로 시작하는 ReLU 신경망."""
    keras.utils.set_random_seed(seed)
    he = keras.initializers.VarianceScaling(2 * scale**2, "fan_in")
    model = keras.Sequential([keras.Input((784,))])
    for units in widths:
        model.add(
            keras.layers.Dense(
                units, "relu", kernel_initializer=he.clone()
            )
        )
    model.add(
        keras.layers.Dense(10, kernel_initializer=he.clone())
    )  # (n, 10) 점수
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    rule = {"sgd": keras.optimizers.SGD, "adam": keras.optimizers.Adam}[
        optimizer
    ]
    model.compile(rule(lr), loss)
    return model


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


def run(data, lr, seed, epochs, batch_size, **shape):
    """처음부터 학습하고 에폭마다의 훈련 손실, 검증과 테스트의 정확도를 돌려줍니다."""
    train, validation, held_out = data
    model = build(lr, seed, **shape)
    history = fit(model, *train, epochs, batch_size, seed)
    return {
        "loss": [finite(value) for value in history["loss"]],
        "val_accuracy": test(model, *validation)[1],
        "accuracy": test(model, *held_out)[1],
    }


def collect(runs):
    """시드마다의 결과를 항목마다의 목록으로 바꿉니다."""
    return {key: [one[key] for one in runs] for key in runs[0]}


# ---------------------------------------------------------------- 그릇 모양의 손실


def experiment_quadratic(
    rates=(0.005, 0.04, 0.0769, 0.079, 0.081), steps=60
):
    return {
        "rates": list(rates),
        "losses": [
            [float(v) for v in descend(lr, steps=steps)] for lr in rates
        ],
    }


def experiment_border(
    curvatures=((1.0, 25.0), (1.0, 4.0), (2.0, 100.0)), halvings=30
):
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
smoke_sweep = dict(epochs=1, samples=200, seeds=(0, 1))


def experiment_sweep(
    optimizer="sgd",
    lr=0.1,
    epochs=3,
    batch_size=50,
    samples=5000,
    seeds=SEEDS[:3],
):
    data = load_clothes(samples)
    return collect(
        [
            run(data, lr, seed, epochs, batch_size, optimizer=optimizer)
            for seed in seeds
        ]
    )


# ---------------------------------------------------------------- 학습률 찾기


smoke_finder = dict(samples=200, steps=30, seeds=(0,))


def experiment_finder(samples=5000, steps=150, seeds=SEEDS):
    (x, y), *_ = load_clothes(samples)
    result = {"rates": [], "losses": []}
    for seed in seeds:
        rates, losses = find_rates(
            build(0.1, seed), x, y, steps=steps, seed=seed
        )
        result["rates"].append(rates.tolist())
        result["losses"].append([finite(value) for value in losses])
    return result


# ---------------------------------------------------------------- 워밍업


WARMUP_RATES = (0.003, 0.01, 0.03, 0.1, 0.3)
cases_warmup = [
    dict(scale=scale, warmup=warmup, lr=lr)
    for scale in (1, 2)
    for warmup in (0, 100)
    for lr in WARMUP_RATES
]
smoke_warmup = dict(epochs=1, samples=200, seeds=(0, 1))


def experiment_warmup(
    scale=1,
    warmup=0,
    lr=0.1,
    epochs=3,
    batch_size=50,
    samples=5000,
    seeds=SEEDS,
):
    rate = lr
    if warmup:  # 0에서 lr까지 곧게 올린 뒤 lr을 지킵니다
        rate = keras.optimizers.schedules.PolynomialDecay(
            0.0, warmup, lr
        )
    data, shape = (
        load_clothes(samples),
        dict(widths=(64, 64, 64), scale=scale),
    )
    return collect(
        [
            run(data, rate, seed, epochs, batch_size, **shape)
            for seed in seeds
        ]
    )


# ---------------------------------------------------------------- 줄여 가며 걷기


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
        rates[name] = [
            float(rule(int(t))) if callable(rule) else rule for t in at
        ]
    return rates


DECAY_RATES = (0.05, 0.1, 0.2, 0.4)
cases_decay = [
    dict(name=name, lr=lr)
    for name in ("constant", "step", "exponential", "cosine")
    for lr in DECAY_RATES
]
smoke_decay = dict(epochs=2, samples=200, seeds=(0, 1))


def experiment_decay(
    name="cosine",
    lr=0.2,
    epochs=8,
    batch_size=50,
    samples=5000,
    seeds=SEEDS,
):
    data = load_clothes(samples)
    steps = epochs * -(-len(data[0][0]) // batch_size)
    rate = schedule(name, lr, steps)
    return collect(
        [run(data, rate, seed, epochs, batch_size) for seed in seeds]
    )


# ---------------------------------------------------------------- 멈춘 곡선


FACTORS = (0.1, 1.0, 3.0)
STALLS = {"큰 학습률": 0.3, "작은 학습률": 0.0003}
cases_plateau = [dict(lr=lr) for lr in (0.3, 0.0003)]
smoke_plateau = dict(before=1, after=1, samples=200, seeds=(0,))


def experiment_plateau(
    lr=0.3,
    before=6,
    after=3,
    batch_size=16,
    samples=5000,
    seeds=MORE_SEEDS,
):
    """앞부분을 한 번 학습하고, 같은 가중치에서 학습률만 달리해 세 번 이어 갑니다."""
    (x, y), (x_val, y_val), (x_test, y_test) = load_clothes(samples)

    def follow(model, epochs, seed):
        losses = []  # 에폭마다의 검증 손실

        def watch(epoch, logs):
            losses.append(test(model, x_val, y_val)[0])

        fit(model, x, y, epochs, batch_size, seed, after_epoch=watch)
        return losses

    result = {"before": [], "after": [], "accuracy": [], "start": []}
    for seed in seeds:
        model = build(lr, seed)
        result["before"].append(follow(model, before, seed))
        result["start"].append(test(model, x_test, y_test)[1])
        weights, branches, accuracy = model.get_weights(), [], []
        for factor in FACTORS:
            model.set_weights(weights)
            model.optimizer.learning_rate = lr * factor
            branches.append(
                follow(model, after, seed)
            )  # 셋이 같은 순서로
            accuracy.append(test(model, x_test, y_test)[1])
        result["after"].append(branches)
        result["accuracy"].append(accuracy)
    return result


# ---------------------------------------------------------------- 배치 크기


cases_batch = [
    dict(batch_size=batch_size, lr=lr)
    for batch_size, lr in ((50, 0.05), (250, 0.05), (250, 0.25))
]
smoke_batch = dict(epochs=1, samples=500, seeds=(0,))


def experiment_batch(
    batch_size=50, lr=0.05, epochs=4, samples=5000, seeds=SEEDS
):
    data = load_clothes(samples)
    return collect(
        [run(data, lr, seed, epochs, batch_size) for seed in seeds]
    )


# ---------------------------------------------------------------- 세 학습률의 첫 이백 걸음


smoke_fates = dict(steps=5, samples=200)


def experiment_fates(
    rates=(0.001, 0.1, 1.0),
    steps=200,
    batch_size=50,
    samples=5000,
    seed=0,
):
    (x, y), *_ = load_clothes(samples)
    result = {"rates": list(rates), "losses": []}
    for lr in rates:
        model = build(lr, seed)
        rng = np.random.default_rng(seed)
        losses = []
        for _ in range(steps):
            rows = rng.choice(len(x), batch_size)  # (50,)
            losses.append(
                finite(model.train_on_batch(x[rows], y[rows]))
            )
        result["losses"].append(losses)
    return result


# ---------------------------------------------------------------- 결과를 고르는 도우미


def of_case(frame, key, **where):
    """조건에 맞는 사례 하나의 값을 배열로 돌려줍니다. None은 NaN이 됩니다."""
    for name, wanted in where.items():
        frame = frame[frame[name] == wanted]
    return np.array(frame[key].iloc[0], dtype=float)


def final_loss(sweep, optimizer, lr):
    """마지막 에폭의 훈련 손실. 발산했으면 무한대."""
    loss = of_case(sweep, "loss", optimizer=optimizer, lr=lr)[
        :, -1
    ]  # (시드 수,)
    return np.where(np.isfinite(loss), loss, np.inf)


NEAR = 1.15  # 손실이 가장 낮은 값의 이만큼 안에 들면 쓸 만한 학습률로 봅니다


def best_rates(sweep):
    best = {}
    for optimizer, rates in SWEEP.items():
        middle = [
            float(np.median(final_loss(sweep, optimizer, lr)))
            for lr in rates
        ]
        lowest = min(middle)
        good = [
            lr
            for lr, v in zip(rates, middle, strict=True)
            if v < lowest * NEAR
        ]
        best[optimizer] = {
            "lr": rates[middle.index(lowest)],
            "loss": lowest,
            "good": len(good),
            "good_low": min(good),
            "good_high": max(good),
            "slow": middle[0],
            "fast": min(middle[-1], 1e9),
        }
    return best


def tuned(frame, key="accuracy", **where):
    """검증 정확도의 평균이 가장 높은 학습률과, 그 학습률에서의 값(시드마다 하나)."""
    for name, wanted in where.items():
        frame = frame[frame[name] == wanted]
    means = [float(np.mean(values)) for values in frame["val_accuracy"]]
    lr = float(chosen(frame.assign(mean=means), "lr", by="mean"))
    return lr, of_case(frame, key, lr=lr)


def smooth(losses, width=7):
    kernel = np.ones(width) / width
    return np.convolve(losses, kernel, mode="valid")


def turning_points(finder):
    """시드마다 매끈하게 한 손실이 가장 낮은 학습률."""
    points = []
    for rates, losses in zip(
        finder["rates"], finder["losses"], strict=True
    ):
        losses = np.array([v for v in losses if v is not None])
        curve = smooth(losses)
        points.append(float(rates[3 + int(curve.argmin())]))
    return points


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
            f"{scale}_{steps}": picked(
                *tuned(warmup, scale=scale, warmup=steps)
            )
            for scale in (1, 2)
            for steps in (0, 100)
        },
        "rescue": {  # 학습률이 0.1로 같을 때
            key: float(
                of_case(
                    warmup, "accuracy", scale=2, warmup=steps, lr=0.1
                ).mean()
            )
            for key, steps in (("without", 0), ("with", 100))
        },
        "decay": {
            name: picked(*tuned(decay, name=name)) for name in SCHEDULES
        },
        "plateau": {
            label: {
                "start": float(of_case(plateau, "start", lr=lr).mean()),
                **{
                    key: float(value)
                    for key, value in zip(
                        ("lower", "same", "raise"),
                        of_case(plateau, "accuracy", lr=lr).mean(
                            axis=0
                        ),
                        strict=True,
                    )
                },
            }
            for label, lr in (("noisy", 0.3), ("slow", 0.0003))
        },
        "batch": {
            f"{size}_{round(100 * lr)}": float(
                np.mean(loss, axis=0)[-1]
            )
            for size, lr, loss in zip(
                batch["batch_size"],
                batch["lr"],
                batch["loss"],
                strict=True,
            )
        },
    }


def picked(lr, accuracy):
    return {"lr": lr, "accuracy": float(accuracy.mean())}


# ---------------------------------------------------------------- 연습 문제의 답


def experiment_answers():
    return {
        "largest": answer_largest(),
        "steps_fast": answer_steps(0.0769),
        "steps_slow": answer_steps(0.005),
        "cosine_half": float(answer_cosine(400)),
        "cosine_late": float(answer_cosine(720)),
        "exponential_half": float(0.2 * 0.01**0.5),
    }
