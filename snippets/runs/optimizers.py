"""옵티마이저 쪽의 실험: 본문과 그림과 주장이 쓸 수를 잽니다."""

import keras
import numpy as np
import pandas as pd
from comparison import difference
from optimizers import (
    RULES,
    adam,
    adamw,
    answer_adam,
    answer_effective,
    answer_states,
    answer_steps,
    backward,
    descend,
    escape,
    nesterov,
    rates,
    train,
)

SEEDS = (0, 1, 2, 3, 4)
LABELS = {
    "sgd": "SGD",
    "momentum": "모멘텀",
    "nesterov": "Nesterov",
    "adagrad": "Adagrad",
    "rmsprop": "RMSProp",
    "adam": "Adam",
    "adamw": "AdamW",
}
NAMES = tuple(LABELS)[:6]
ADAPTIVE = ("adagrad", "rmsprop", "adam")


# ------------------------------------------------------------- NumPy 신경망


def load_images(samples, validation=10000):
    """훈련, 검증, 테스트 이미지와 레이블."""
    (x, y), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
    end = samples + validation
    parts = (x[:samples], y[:samples]), (x[samples:end], y[samples:end])
    return [
        (
            images.reshape(-1, 784).astype("float32") / 255,
            labels.astype(int),
        )
        for images, labels in (*parts, (x_test[:10000], y_test[:10000]))
    ]


# ------------------------------------------------------ Keras와 한 걸음씩 견주기


def keras_rules(lr):
    return {
        "sgd": keras.optimizers.SGD(lr),
        "momentum": keras.optimizers.SGD(lr, momentum=0.9),
        "nesterov": keras.optimizers.SGD(
            lr, momentum=0.9, nesterov=True
        ),
        "adagrad": keras.optimizers.Adagrad(lr),
        "rmsprop": keras.optimizers.RMSprop(lr),
        "adam": keras.optimizers.Adam(lr),
        "adamw": keras.optimizers.AdamW(lr),
    }


smoke_same = dict(steps=3)


# --8<-- [start:same]
def experiment_same(lr=0.003, steps=20, size=6, seed=0):
    rng = np.random.default_rng(seed)
    scale = np.geomspace(
        1e-3, 1, size
    )  # 큰 기울기와 작은 기울기를 섞습니다
    gradients = rng.normal(size=(steps, size)) * scale  # (20, 6)
    result = {}
    for name, optimizer in keras_rules(lr).items():
        w, state, worst = np.linspace(-1, 1, size), {}, 0.0  # (6,)
        variable = keras.Variable(w)
        for g in gradients:
            w = RULES[name](w, g, state, lr)
            optimizer.apply(
                [keras.ops.convert_to_tensor(g, "float32")], [variable]
            )
            worst = max(
                worst, float(np.abs(w - variable.numpy()).max())
            )
        arrays = [s for s in state.values() if np.ndim(s)]
        shapes = [tuple(s.shape) for s in optimizer.variables]
        result[name] = {
            "difference": worst,
            "state": len(arrays),
            "keras_state": shapes.count((size,)),
        }
    return result


# --8<-- [end:same]


def experiment_forms(lr=0.02, beta=0.9, steps=30):
    """Nesterov의 두 모양: 내다본 곳의 기울기와 Keras의 식."""
    curvature = np.array([1.0, 50.0])
    plain, v = np.array([4.0, 1.0]), np.zeros(2)  # (2,)
    ahead, state, worst = plain, {}, 0.0
    for _ in range(steps):
        v = beta * v - lr * curvature * (
            plain + beta * v
        )  # 내다본 곳의 기울기
        plain = plain + v
        ahead = nesterov(ahead, curvature * ahead, state, lr, beta)
        worst = max(
            worst, float(np.abs(ahead - (plain + beta * v)).max())
        )
    return {"difference": worst}


def experiment_moments(steps=2000, seed=0):
    """Adam의 두 상태가 무엇의 평균인지 잽니다."""
    rng = np.random.default_rng(seed)
    g = rng.normal(0.3, 0.5, (steps, 500))  # (걸음, 매개변수)
    w, state = np.zeros(500), {}
    first = None
    for row in g:
        w = adam(w, row, state, 0.001)
        if first is None:
            first = np.abs(w)
    no_correction = (
        0.001 * 0.1 * np.abs(g[0]) / (np.sqrt(0.001 * g[0] ** 2) + 1e-7)
    )
    r_hat = state["r"] / (1 - 0.999**steps)
    return {
        "mean": float(g.mean()),
        "square": float((g**2).mean()),
        "m": float(state["m"].mean()),
        "r": float(r_hat.mean()),
        "first_step": float(np.median(first)),
        "first_uncorrected": float(np.median(no_correction)),
    }


def experiment_tiny(sizes=(1e-2, 1e-4, 1e-6, 1e-8), lr=0.001):
    """같은 크기의 기울기가 계속될 때 열째 걸음의 길이를 학습률로 나눈 값."""
    result = {"size": list(sizes)}
    settings = {
        "adagrad": ("adagrad", {}),
        "rmsprop": ("rmsprop", {}),
        "adam": ("adam", {}),
        "adam_small": ("adam", {"eps": 1e-8}),
    }
    for key, (name, knobs) in settings.items():
        result[key] = []
        for size in sizes:
            w, state = 0.0, {}
            for _ in range(10):
                before = w
                w = RULES[name](w, size, state, lr, **knobs)
            result[key].append(float((before - w) / lr))
    return result


def experiment_habits(seed=0):
    """Keras의 기본값과, 옵티마이저를 두 번 쓸 때 일어나는 일."""
    keras.utils.set_random_seed(seed)
    models = [
        keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
        for _ in "ab"
    ]
    models[0].compile(loss="mse")
    silent = models[0].optimizer
    shared, error = keras.optimizers.Adam(0.001), ""
    x, y = np.ones((4, 3)), np.ones((4, 2))
    try:
        for model in models:
            model.compile(shared, "mse")
            model.fit(x, y, epochs=1, verbose=0)
    except Exception as problem:  # 어떤 오류인지가 결과입니다
        error = type(problem).__name__
    return {
        "silent": type(silent).__name__,
        "silent_lr": float(silent.learning_rate.numpy()),
        "reuse_error": error,
    }


# ------------------------------------------------------------------ 골짜기


def valley(angle, count=12, seed=0):
    """곡률이 1과 50인 골짜기를 angle도만큼 돌린 행렬 H와, 손실이 32인 출발점들."""
    turn = np.deg2rad(angle)
    R = np.array(
        [[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]
    )
    phi = np.random.default_rng(seed).uniform(0, 2 * np.pi, count)
    starts = np.stack(
        [8 * np.cos(phi), 8 / 50**0.5 * np.sin(phi)], axis=1
    )
    return R @ np.diag(
        [1.0, 50.0]
    ) @ R.T, starts @ R.T  # (2, 2), (12, 2)


def settle(path, H, target):
    """손실이 처음의 target배 아래로 내려가 다시 올라오지 않는 첫 걸음."""
    loss = 0.5 * np.einsum(
        "...i,ij,...j->...", path, H, path
    )  # (걸음 + 1, …)
    above = ~(loss <= target * loss[0])
    last = (
        len(loss) - 1 - np.argmax(above[::-1], axis=0)
    )  # 마지막으로 위에 있던 걸음
    return np.where(above.any(axis=0), last + 1, 0)


BETAS = (
    0.3,
    0.4,
    0.5,
    0.55,
    0.6,
    0.65,
    0.7,
    0.75,
    0.8,
    0.85,
    0.9,
    0.95,
)


smoke_ravine = dict(steps=50, tries=10)


def experiment_ravine(steps=400, target=0.001, tries=100):
    lrs = np.geomspace(1e-3, 10, tries)[:, None, None]  # (100, 1, 1)
    result = {}
    for name in NAMES:
        betas = BETAS if name in ("momentum", "nesterov") else (None,)
        result[name] = {}
        for key, angle in (("straight", 0), ("turned", 30)):
            H, starts = valley(angle)
            found = []
            for beta in betas:
                knobs = {} if beta is None else {"beta": beta}
                with np.errstate(all="ignore"):
                    path = descend(name, H, starts, lrs, steps, **knobs)
                    count = settle(path, H, target).mean(
                        axis=1
                    )  # (100,)
                best = int(count.argmin())
                found.append(
                    (float(count[best]), float(lrs[best, 0, 0]), beta)
                )
            count, lr, beta = min(found, key=lambda one: one[0])
            knobs = {} if beta is None else {"beta": beta}
            gentle = min(
                lr, 1.0
            )  # Adagrad의 첫 걸음이 그림 밖으로 나가지 않게
            path = descend(
                name, H, np.array([6.0, 1.0]), gentle, 60, **knobs
            )
            result[name][key] = {"steps": count, "lr": lr, "beta": beta}
            result[name][key]["path"] = path.tolist()  # (61, 2)
    return result


def experiment_saddle(
    near=0.1, pace=20, starts=(1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6)
):
    """능선에서 0.1 떨어진 곳의 탈출이 스무 걸음이 되게 학습률을 맞춘 다음 더 가까이 갑니다."""
    result = {"start": list(starts)}
    for name in NAMES:
        lrs = np.geomspace(1e-3, 1, 200)
        counts = [escape(name, lr, near, 400)[0] or 10**6 for lr in lrs]
        lr = float(lrs[np.argmin(np.abs(np.array(counts) - pace))])
        runs = [escape(name, lr, y) for y in starts]
        result[name] = {
            "lr": lr,
            "steps": [count for count, _ in runs],
            "path": runs[2][1][:200],
        }
    return result


def experiment_noise(steps=600, copies=4000, seed=0):
    settings = {
        "sgd": ("sgd", 0.1, {}),
        "same_rate": (
            "momentum",
            0.1,
            {"beta": 0.9},
        ),  # 학습률이 같습니다
        "same_effect": (
            "momentum",
            0.01,
            {"beta": 0.9},
        ),  # lr / (1 − β)가 같습니다
        "nesterov": ("nesterov", 0.01, {"beta": 0.9}),
    }
    result = {}
    for key, (name, lr, knobs) in settings.items():
        rng = np.random.default_rng(seed)
        w, state, losses, jumps = (
            np.zeros(copies),
            {},
            [],
            [],
        )  # (4000,)
        for _ in range(steps):
            g = w + rng.normal(
                size=copies
            )  # 손실 ½w²의 기울기에 잡음을 더합니다
            before, w = w, RULES[name](w, g, state, lr, **knobs)
            losses.append(0.5 * np.mean(w**2))
            jumps.append(np.mean(np.abs(w - before)))
        half = steps // 2
        result[key] = {
            "loss": float(np.mean(losses[half:])),
            "jump": float(np.mean(jumps[half:])),
        }
    return result


# --------------------------------------------------------- 같은 신경망, 학습률 다섯


GRID = {
    "sgd": (0.01, 0.03, 0.1, 0.3, 1.0),
    "momentum": (0.003, 0.01, 0.03, 0.1, 0.3),
    "nesterov": (0.003, 0.01, 0.03, 0.1, 0.3),
    "adagrad": (0.001, 0.01, 0.03, 0.1, 0.3),
    "rmsprop": (0.0001, 0.0003, 0.001, 0.003, 0.01),
    "adam": (0.0001, 0.0003, 0.001, 0.003, 0.01),
}
DEFAULTS = {  # Keras의 기본 학습률
    "sgd": 0.01,
    "momentum": 0.01,
    "nesterov": 0.01,
    "adagrad": 0.001,
    "rmsprop": 0.001,
    "adam": 0.001,
}

cases_fit = [
    dict(name=name, lr=lr) for name in NAMES for lr in GRID[name]
]
smoke_fit = dict(samples=200, epochs=2, seeds=(0, 1, 2))


def experiment_fit(
    name="sgd", lr=0.1, samples=10000, epochs=8, seeds=SEEDS
):
    return train_seeds(name, lr, samples, (784, 64, 10), epochs, seeds)


def train_seeds(name, lr, samples, sizes, epochs, seeds, **knobs):
    data = load_images(samples)
    runs = []
    with np.errstate(all="ignore"):
        for seed in seeds:
            runs.append(
                train(name, lr, data, sizes, seed, epochs, **knobs)[1]
            )
    return {
        key: [run[key] for run in runs] for key in runs[0]
    }  # 시드마다 하나


DEEP_GRID = {
    "sgd": (0.01, 0.03, 0.1, 0.3),
    "adagrad": (0.003, 0.01, 0.03, 0.1),
    "adam": (0.0003, 0.001, 0.003, 0.01),
}
cases_deep = [
    dict(name=name, lr=lr)
    for name in DEEP_GRID
    for lr in DEEP_GRID[name]
]
smoke_deep = dict(samples=200, epochs=2, seeds=(0, 1, 2))


def experiment_deep(
    name="sgd", lr=0.1, samples=10000, epochs=6, seeds=SEEDS
):
    sizes = (784, 64, 64, 64, 64, 64, 10)  # 은닉층 다섯
    return train_seeds(name, lr, samples, sizes, epochs, seeds)


SMALL_GRID = {
    "sgd": (0.03, 0.1, 0.3, 1.0),
    "adam": (0.0003, 0.001, 0.003, 0.01),
}
cases_small = [
    dict(name=name, lr=lr)
    for name in SMALL_GRID
    for lr in SMALL_GRID[name]
]
smoke_small = dict(samples=200, epochs=2, seeds=(0, 1, 2))


def experiment_small(
    name="sgd", lr=0.1, samples=1000, epochs=6, seeds=SEEDS
):
    return train_seeds(name, lr, samples, (784, 64, 10), epochs, seeds)


cases_decay = [dict(decay=decay) for decay in (0.0, 0.3)]
smoke_decay = dict(samples=200, epochs=2)


def experiment_decay(
    decay=0.0, lr=0.003, samples=10000, epochs=15, seeds=(0, 1, 2)
):
    sizes = (784, 64, 10)
    return train_seeds(
        "adamw", lr, samples, sizes, epochs, seeds, decay=decay
    )


cases_clipped = [
    dict(lr=lr, limit=limit)
    for lr in (0.03, 0.3)
    for limit in (0.0, 1.0)
]
smoke_clipped = dict(samples=200, epochs=2)


def experiment_clipped(
    lr=0.3, limit=1.0, samples=10000, epochs=5, seeds=(0, 1, 2)
):
    sizes = (784, 64, 10)
    limit = limit or None  # 0은 자르지 않는다는 뜻입니다
    return train_seeds(
        "momentum", lr, samples, sizes, epochs, seeds, limit=limit
    )


def experiment_coupled(
    lr=0.001, decay=0.1, steps=1000, copies=400, seed=0
):
    """잡음뿐인 기울기를 1000걸음 받은 가중치 1.0이 얼마나 남는지 봅니다."""
    left = {}
    for noise in (0.01, 1.0):
        rng = np.random.default_rng(seed)
        apart, together, state, other = (
            np.ones(copies),
            np.ones(copies),
            {},
            {},
        )
        for _ in range(steps):
            g = noise * rng.normal(size=copies)
            apart = adamw(apart, g, state, lr, decay)
            together = adam(
                together, g + decay * together, other, lr
            )  # 손실에 더한 L2
        key = "quiet" if noise < 0.1 else "noisy"
        left[key] = {
            "adamw": float(apart.mean()),
            "l2": float(together.mean()),
        }
    return left


# ------------------------------------------ 매개변수별 학습률은 어떻게 움직이나요


MARKS = (1, 2, 5, 10, 20, 50, 100, 200, 400, 800)
cases_steps = [
    dict(name="adagrad", lr=0.1),
    dict(name="rmsprop", lr=0.001),
    dict(name="adam", lr=0.003),
]
smoke_steps = dict(samples=200, steps=20)


def experiment_steps(
    name="adam",
    lr=0.003,
    samples=5000,
    steps=800,
    batch_size=64,
    seeds=(0, 1, 2),
):
    """MNIST 소프트맥스 회귀에서 매개변수별 학습률을 적어 둡니다."""
    (x, y), _ = keras.datasets.mnist.load_data()
    x, y = (
        x[:samples].reshape(-1, 784).astype("float32") / 255,
        y[:samples].astype(int),
    )
    frequency = (x > 0).mean(axis=0)  # (784,) 픽셀이 켜진 이미지의 비율
    seen, sizes, curves = frequency > 0, (784, 10), []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        theta, state, curve = np.zeros(7850, "float32"), {}, []
        for step in range(1, steps + 1):
            rows = rng.choice(
                len(x), min(batch_size, len(x)), replace=False
            )
            _, g = backward(theta, x[rows], y[rows], sizes)
            before, theta = theta, RULES[name](theta, g, state, lr)
            if step in MARKS:
                pixel = (
                    rates(name, state, lr)[:7840]
                    .reshape(784, 10)
                    .mean(axis=1)
                )
                moved = float(np.abs(theta - before).mean())
                curve.append((float(np.median(pixel[seen])), moved))
        curves.append(curve)
    ranks = pd.DataFrame(
        {"a": frequency[seen], "b": pixel[seen]}
    ).rank()
    often = frequency >= np.quantile(frequency[seen], 0.9)
    rare = seen & (frequency <= np.quantile(frequency[seen], 0.1))
    shade = np.log10(np.where(seen, pixel, np.nan))
    low, high = np.nanmin(shade), np.nanmax(shade)
    return {
        "rate": np.mean(curves, axis=0)[:, 0].tolist(),
        "runs": np.array(curves)[:, :, 0].tolist(),
        "moved": np.mean(curves, axis=0)[:, 1].tolist(),
        "rank": float(ranks["a"].corr(ranks["b"])),
        "rare": float(np.median(pixel[rare])),
        "often": float(np.median(pixel[often])),
        "map": np.nan_to_num(1 + 98 * (shade - low) / (high - low))
        .astype(int)
        .tolist(),
        "frequency": (100 * frequency).astype(int).tolist(),
    }


# ------------------------------------------------------------ 결과를 모읍니다


NEAR = 0.02  # 정확도의 차이가 이보다 작으면 비긴 것으로 봅니다


def curves(frame, key="accuracy", **where):
    for column, wanted in where.items():
        frame = frame[frame[column] == wanted]
    return np.array(frame[key].iloc[0], float)  # (시드 수, 에폭 수)


def score(frame, name, lr, end=None, key="accuracy"):
    """end째 에폭까지의 마지막 세 에폭을 평균한 테스트 정확도."""
    accuracy = curves(frame, key, name=name, lr=lr)[:, :end]
    return accuracy[:, -3:].mean(axis=1)  # (시드 수,)


def best_lr(frame, name, end=None):
    """end째 에폭까지의 검증 정확도가 가장 높은 학습률."""
    lrs = sorted(frame[frame["name"] == name]["lr"])
    return float(
        max(
            lrs,
            key=lambda lr: score(
                frame, name, lr, end, "val_accuracy"
            ).mean(),
        )
    )


def best(frame, name, end=None):
    """검증 정확도로 고른 학습률의 테스트 정확도. (시드 수,)"""
    return score(frame, name, best_lr(frame, name, end), end)


def tuned(frame, name, key="accuracy"):
    return curves(frame, key, name=name, lr=best_lr(frame, name))


def wobble(frame, name):
    """마지막 네 번의 에폭 사이에 검증 정확도가 오르내린 크기의 평균."""
    accuracy = tuned(frame, name, "val_accuracy")  # (시드 수, 에폭 수)
    return np.abs(np.diff(accuracy[:, -5:], axis=1)).mean(axis=1)


def gap(frame, name):
    """훈련·검증 격차: 마지막 훈련 정확도 − 검증 정확도. (시드 수,)"""
    return (
        tuned(frame, name, "train")
        - tuned(frame, name, "val_accuracy")[:, -1]
    )


def usable(frame, name):
    """검증 정확도가 가장 좋은 것과 0.02 안에서 비긴 학습률의 가장 큰 것 ÷ 가장 작은 것."""
    lrs = sorted(frame[frame["name"] == name]["lr"])
    means = {
        lr: score(frame, name, lr, key="val_accuracy").mean()
        for lr in lrs
    }
    good = [lr for lr in lrs if means[lr] >= max(means.values()) - NEAR]
    return float(max(good) / min(good))


def pair(a, b):
    mean, half = difference(a, b)
    return {"mean": mean, "half": half, "clear": bool(abs(mean) > half)}


def drift(steps, name):
    """매개변수별 학습률의 중앙값: 열째 걸음 ÷ 첫 걸음, 마지막 걸음 ÷ 열째 걸음."""
    row = steps[steps["name"] == name].iloc[0]
    rate = row["rate"]
    tenth = rate[min(MARKS.index(10), len(rate) - 1)]
    return {
        "early": float(tenth / rate[0]),
        "late": float(rate[-1] / tenth),
        "rank": float(row["rank"]),
        "spread": float(row["rare"] / row["often"]),
    }


def decayed(decay, value):
    """감쇠의 세기가 value일 때의 테스트 정확도와 훈련·검증 격차. 둘 다 (시드 수,)"""
    accuracy = curves(decay, decay=value)[:, -3:].mean(axis=1)
    validation = curves(decay, "val_accuracy", decay=value)[:, -1]
    return accuracy, curves(decay, "train", decay=value) - validation


def experiment_summary(ravine, fit, deep, small, decay, steps):
    summary = {}
    for name in NAMES:
        accuracy = best(fit, name)
        default = score(fit, name, DEFAULTS[name])
        summary[name] = {
            "lr": best_lr(fit, name),
            "accuracy": float(accuracy.mean()),
            "gap": float(gap(fit, name).mean()),
            "usable": usable(fit, name),
            "default_loss": float((accuracy - default).mean()),
            "valley": ravine[name]["straight"]["steps"],
            "turned": ravine[name]["turned"]["steps"],
        }
    for name in ADAPTIVE:
        summary[name]["drift"] = drift(steps, name)
    end = len(deep["accuracy"].iloc[0][0])
    summary["pairs"] = {
        "nesterov_momentum": pair(
            best(fit, "nesterov"), best(fit, "momentum")
        ),
        "first_adam_sgd": pair(
            best(fit, "adam", 1), best(fit, "sgd", 1)
        ),
        "first_adam_nesterov": pair(
            best(fit, "adam", 1), best(fit, "nesterov", 1)
        ),
        "wobble_momentum_sgd": pair(
            wobble(fit, "momentum"), wobble(fit, "sgd")
        ),
        "wobble_nesterov_sgd": pair(
            wobble(fit, "nesterov"), wobble(fit, "sgd")
        ),
        "gap_adam_nesterov": pair(
            gap(fit, "adam"), gap(fit, "nesterov")
        ),
        "gap_adam_sgd": pair(gap(fit, "adam"), gap(fit, "sgd")),
        "deep_adam": pair(best(deep, "adam"), best(deep, "sgd")),
        "shallow_adam": pair(
            best(fit, "adam", end), best(fit, "sgd", end)
        ),
        "deeper_adam": pair(
            best(deep, "adam") - best(deep, "sgd"),
            best(fit, "adam", end) - best(fit, "sgd", end),
        ),
        "small_adam": pair(best(small, "adam"), best(small, "sgd")),
    }
    summary["deep_lr"] = {
        name: best_lr(deep, name) for name in DEEP_GRID
    }
    summary["decay"] = {}
    for key, value in {"none": 0.0, "large": 0.3}.items():
        accuracy, gaps = decayed(decay, value)
        summary["decay"][key] = {
            "accuracy": float(accuracy.mean()),
            "gap": float(gaps.mean()),
        }
    return summary


# ------------------------------------------------------------------ 옵티마이저의 묶음


GROUPS = (("sgd", "momentum", "nesterov"), ADAPTIVE)


# ------------------------------------------------------------- 연습 문제의 답


def experiment_answers():
    first, second = answer_adam()
    return {
        "first": first,
        "second": second,
        "effective": answer_effective(0.01, 0.9),
        "effective_99": answer_effective(0.01, 0.99),
        "states": answer_states()[0],
        "megabytes": answer_states()[1],
        "momentum_states": answer_states(per_parameter=1)[0],
        "steps": float(answer_steps()),
        "best_lr": 2 / 51,
    }
