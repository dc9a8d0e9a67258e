"""드롭아웃과 데이터 증강: 과적합을 줄이는 두 방법을 같은 예산으로 견줍니다."""

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

SEEDS = (0, 1, 2, 3, 4)
SIZES = (1000, 5000, 10000)  # 드롭아웃을 견주는 훈련 데이터의 수
FEW = (300, 1000, 5000)  # 데이터 증강을 견주는 훈련 데이터의 수
RATES = (0.0, 0.2, 0.5)
AUGMENTS = {
    "none": "증강 없음",
    "shift": "옮기기",
    "shift_rotation": "옮기기 + 돌리기",
    "flip": "좌우 뒤집기",
}
MARKERS = dict(zip(AUGMENTS, "osD^"))


# ---------------------------------------------------------------- 그림으로 볼 사진들


def load_mnist(samples):
    """훈련 데이터 samples장과, 훈련 데이터의 끝에서 떼어 낸 검증 데이터 1만 장."""
    (x, y), _ = keras.datasets.mnist.load_data()
    x = x[..., None].astype("float32") / 255  # (60000, 28, 28, 1)
    return (x[:samples], y[:samples]), (x[-10000:], y[-10000:])


def pixels(images):
    return np.rint(255 * np.asarray(images)[..., 0]).astype(int).tolist()


def experiment_pictures():
    (clothes, kinds), _ = keras.datasets.fashion_mnist.load_data()
    (digits, labels), _ = keras.datasets.mnist.load_data()
    boot, six = clothes[kinds == 9][0], digits[labels == 6][0]  # (28, 28) 앵클부츠와 6
    x = np.stack([boot, six])[..., None].astype("float32") / 255  # (2, 28, 28, 1)
    shift = keras.layers.RandomTranslation((0.14, 0.14), (0.1, 0.1), "constant")
    turn = keras.layers.RandomRotation((0.05, 0.05), "constant")
    zoom = keras.layers.RandomZoom((0.3, 0.3), fill_mode="constant")
    return {
        "original": pixels(x),
        "shift": pixels(shift(x, training=True)),
        "turn": pixels(turn(zoom(x, training=True), training=True)),
        "mirror": pixels(x[:, :, ::-1]),
        "half": pixels(x[:, ::-1, ::-1]),
    }


def figure_pictures(pictures):
    """같은 사진을 네 가지로 바꾼 여덟 장. 왼쪽 끝이 원래 사진입니다.

    대체 텍스트: 윗줄의 앵클부츠는 옮기거나 돌리고 줄이거나 뒤집어도 앵클부츠입니다.
    아랫줄의 숫자 6은 옮기거나 조금 돌리면 6이지만, 좌우로 뒤집으면 글자가 아니고
    반 바퀴 돌리면 9로 보입니다.
    """
    titles = {
        "original": "원래",
        "shift": "옮기기",
        "turn": "조금 돌리고\n줄이기",
        "mirror": "좌우\n뒤집기",
        "half": "반 바퀴\n돌리기",
    }
    fig, axes = plt.subplots(2, 5, figsize=(7, 3.2), layout="constrained")
    for column, (name, title) in zip(axes.T, titles.items(), strict=True):
        column[0].set_title(title)
        for ax, image in zip(column, pictures[name], strict=True):
            draw_image(ax, image)
    return fig


def draw_image(ax, image):
    ax.imshow(image, cmap="gray", vmin=0, vmax=255)
    ax.set(xticks=[], yticks=[])


# ---------------------------------------------------------------- 드롭아웃이 하는 일


# --8<-- [start:dropout]
def dropout(h, p, rng):
    """훈련할 때의 드롭아웃. 추론할 때에는 h를 그대로 씁니다."""
    m = rng.random(h.shape) >= p  # (n, 유닛 수): 확률 1 − p로 남습니다
    return h * m / (1 - p)  # 남은 유닛을 키워서 평균을 지킵니다


# --8<-- [end:dropout]


def experiment_scaling(rates=(0.2, 0.5, 0.8), draws=20000, seed=0):
    rng = np.random.default_rng(seed)
    h = np.linspace(0.5, 4, 8).astype("float32")  # (8,) 은닉층의 출력
    many = np.tile(h, (draws, 1))  # (20000, 8)
    rows = []
    for p in rates:
        layer = keras.layers.Dropout(p, seed=seed)
        ours = dropout(many, p, rng)  # (20000, 8)
        theirs = np.asarray(layer(many, training=True))  # (20000, 8)
        at_rest = np.asarray(layer(many, training=False))  # (20000, 8)
        rows.append(
            {
                "p": p,
                "mean_ratio": float((ours.mean(axis=0) / h).mean()),
                "keras_mean_ratio": float((theirs.mean(axis=0) / h).mean()),
                "square_ratio": float(((ours**2).mean(axis=0) / h**2).mean()),
                "keras_square_ratio": float(((theirs**2).mean(axis=0) / h**2).mean()),
                "changed_at_rest": float(np.abs(at_rest - many).max()),
            }
        )
    return {"rows": rows}


def table_scaled(scaling):
    """드롭아웃을 지난 값을 원래 값으로 나눈 비율. 유닛 8개를 2만 번씩 뽑아 평균했습니다.
    제곱의 평균은 1/(1 − p)배가 됩니다.
    """
    frame = pd.DataFrame(
        {
            "비율 p": row["p"],
            "평균 (NumPy)": row["mean_ratio"],
            "평균 (Keras)": row["keras_mean_ratio"],
            "제곱의 평균 (NumPy)": row["square_ratio"],
            "제곱의 평균 (Keras)": row["keras_square_ratio"],
            "1/(1 − p)": 1 / (1 - row["p"]),
        }
        for row in scaling["rows"]
    )
    frame.attrs["format"] = {"비율 p": "g"} | dict.fromkeys(frame.columns[1:], ".3f")
    return frame


def claim_scaling(scaling):
    """드롭아웃은 평균을 지키지만 제곱의 평균은 1/(1 − p)배로 키웁니다.

    위의 NumPy 두 줄과 Keras의 층이 모두 그렇고, 추론할 때 Keras의 층은 입력을 그대로
    내보냅니다. 유닛 8개, 2만 번, 허용 오차 3 %.
    """
    mean = max(
        abs(row[key] - 1)
        for row in scaling["rows"]
        for key in ("mean_ratio", "keras_mean_ratio")
    )
    square = max(
        abs(row[key] * (1 - row["p"]) - 1)
        for row in scaling["rows"]
        for key in ("square_ratio", "keras_square_ratio")
    )
    still = max(row["changed_at_rest"] for row in scaling["rows"])
    evidence = (
        f"평균은 최대 {mean:.1%}, 제곱의 평균은 최대 {square:.1%} 어긋났습니다. "
        f"추론할 때 바뀐 크기는 {still:g}입니다."
    )
    return bool(mean < 0.03 and square < 0.03 and still == 0), evidence


# --8<-- [start:mask]
def experiment_mask(p=0.2, units=512, images=5000, seed=0):
    keras.utils.set_random_seed(seed)
    h = np.ones((images, units), dtype="float32")  # (5000, 512)
    out = np.asarray(keras.layers.Dropout(p)(h, training=True))  # (5000, 512)
    dropped = (out == 0).sum(axis=1)  # (5000,) 사진마다 꺼진 유닛의 수
    # --8<-- [end:mask]
    number, times = np.unique(dropped, return_counts=True)
    return {
        "p": p,
        "units": units,
        "share": float((out == 0).mean()),
        "lowest": int(dropped.min()),
        "highest": int(dropped.max()),
        "spread": float(dropped.std()),
        "number": number.tolist(),
        "times": times.tolist(),
        "different_masks": len(np.unique(out, axis=0)),
        "images": images,
    }


def figure_share(mask):
    """유닛 512개에 p = 0.2인 드롭아웃을 적용했을 때 사진마다 꺼진 유닛의 수. 막대는 사진
    5000장에서 센 것이고, 세로선은 512의 20 %입니다.

    대체 텍스트: 막대는 가운데가 높은 종 모양이고, 세로선이 가운데를 지납니다.
    """
    fig, ax = plt.subplots(figsize=(6, 2.8), layout="constrained")
    ax.bar(mask["number"], mask["times"], width=1, alpha=0.7)
    ax.axvline(mask["p"] * mask["units"], color="C1", linewidth=2)
    ax.set(xlabel="꺼진 유닛의 수", ylabel="사진의 수")
    return fig


def claim_dropped(mask):
    """p = 0.2인 드롭아웃은 훈련할 때 유닛을 평균 20 % 끕니다.

    유닛마다 따로 주사위를 던지므로 한 장에서 꺼지는 수는 20 %의 앞뒤로 흔들리고, 어느
    유닛이 꺼지는지도 사진마다 다릅니다. 유닛 512개, 사진 5000장. 허용 오차는 평균 0.5 % 포인트,
    흔들림의 표준편차는 이항분포의 10 %입니다.

    원문: (C38) 드롭아웃은 훈련할 때 뉴런의 20 %를 무작위로 끕니다.
    판정: 재현됨
    """
    expected = np.sqrt(mask["units"] * mask["p"] * (1 - mask["p"]))
    evidence = (
        f"평균 {mask['share']:.2%}, 한 장에서는 {mask['lowest']}개부터 "
        f"{mask['highest']}개까지입니다. 표준편차는 {mask['spread']:.1f}개이고 "
        f"이항분포라면 {expected:.1f}개입니다."
    )
    close = abs(mask["share"] - mask["p"]) < 0.005
    return bool(close and abs(mask["spread"] / expected - 1) < 0.1), evidence


def figure_network():
    """드롭아웃의 한 걸음. 왼쪽은 원래 신경망, 오른쪽은 유닛 몇 개가 빠진 신경망입니다.
    빠진 유닛에 이어진 선도 모두 일을 쉽니다.

    대체 텍스트: 입력 4개, 은닉층 6개와 5개, 출력 3개인 신경망입니다. 오른쪽에서는 두
    은닉층의 유닛 가운데 다섯 개에 가위표가 있고, 그 유닛에 닿는 선이 없습니다.
    """
    sizes = (4, 6, 5, 3)
    fig, axes = plt.subplots(1, 2, figsize=(7, 3.2), layout="constrained")
    for ax, gone in zip(axes, (set(), {(1, 1), (1, 2), (1, 4), (2, 0), (2, 3)})):
        at = {
            (layer, unit): (layer, unit - (size - 1) / 2)
            for layer, size in enumerate(sizes)
            for unit in range(size)
        }
        for a, start in at.items():
            for b, end in at.items():
                if b[0] == a[0] + 1 and not {a, b} & gone:
                    ax.plot(*zip(start, end), "C0", linewidth=0.8, alpha=0.5)
        kept = [place for unit, place in at.items() if unit not in gone]
        ax.plot(*zip(*kept), "C0o", markersize=13)
        if gone:
            ax.plot(*zip(*(at[unit] for unit in gone)), "C1x", markersize=12, mew=3)
        ax.set(xlim=(-0.4, 3.4), ylim=(-3, 3))
        ax.axis("off")
        ax.set_title("훈련의 한 걸음 (드롭아웃)" if gone else "추론 (모두 씁니다)")
    return fig


# ---------------------------------------------------------------- 모델과 학습


# --8<-- [start:augment]
def augmentation(kind):
    layers = keras.layers
    shift = layers.RandomTranslation(0.1, 0.1, fill_mode="constant")  # ±2.8픽셀
    rotation = layers.RandomRotation(0.05, fill_mode="constant")  # ±18도
    return {
        "none": [],
        "shift": [shift],
        "shift_rotation": [shift, rotation],
        "flip": [layers.RandomFlip("horizontal")],  # 절반을 뒤집습니다
    }[kind]


# --8<-- [end:augment]


# --8<-- [start:build]
def build(rate=0.0, where="both", augment="none", width=128):
    layers = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), *augmentation(augment)])
    model.add(layers.Flatten())  # (n, 784)
    model.add(layers.Dense(width, "relu", kernel_initializer="he_normal"))
    if where == "both":
        model.add(layers.Dropout(rate))
    model.add(layers.Dense(width // 2, "relu", kernel_initializer="he_normal"))
    model.add(layers.Dropout(rate))
    model.add(layers.Dense(10))  # (n, 10) 점수
    return model


# --8<-- [end:build]


def train(model, x, y, seen, batch_size, lr, seed):
    """모두 seen장을 보고, 마지막 한 바퀴에 기록된 훈련 정확도를 돌려줍니다."""
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(lr), loss, metrics=["accuracy"])
    rng = np.random.default_rng(seed)
    passes = max(seen // len(x) - 1, 1)
    order = np.concatenate([rng.permutation(len(x)) for _ in range(passes)])
    # 바퀴마다 fit을 다시 시작하는 시간을 아끼려고 여러 바퀴를 한 에폭으로 잇습니다.
    model.fit(x[order], y[order], batch_size=batch_size, shuffle=False, verbose=0)
    history = model.fit(x, y, batch_size=batch_size, verbose=0)
    return history.history["accuracy"][-1]


# --8<-- [start:judge]
def judge(model, x, y):
    """손실과 정확도. training=False라서 드롭아웃도 증강도 쉽니다."""
    scores = model(x, training=False)  # (n, 10)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    right = np.asarray(scores).argmax(axis=1) == y  # (n,)
    return float(loss(y, scores)), float(right.mean())


# --8<-- [end:judge]

LONG = 180000  # 길게 학습할 때 보는 사진의 수
cases_fit = [
    # 데이터의 수와 비율
    *[
        dict(samples=samples, rate=rate, seed=seed)
        for samples in SIZES
        for rate in RATES
        for seed in SEEDS
    ],
    # 마지막 은닉층 뒤에만
    *[dict(samples=10000, rate=0.5, where="last", seed=seed) for seed in SEEDS],
    # 작은 신경망, 그리고 긴 학습
    *[
        dict(samples=5000, rate=rate, width=16, seed=seed)
        for rate in (0.0, 0.5)
        for seed in SEEDS
    ],
    *[
        dict(samples=5000, rate=rate, seen=LONG, seed=seed)
        for rate in RATES
        for seed in SEEDS
    ],
    # 데이터 증강
    *[dict(samples=300, rate=rate, seed=seed) for rate in RATES for seed in SEEDS],
    *[
        dict(samples=samples, augment=augment, seed=seed)
        for samples in FEW
        for augment in ("shift", "shift_rotation", "flip")
        for seed in SEEDS
    ],
    *[
        dict(samples=1000, rate=0.2, augment="shift_rotation", seed=seed)
        for seed in SEEDS
    ],
]


def experiment_fit(
    samples=1000,
    rate=0.0,
    where="both",
    augment="none",
    width=128,
    seed=0,
    seen=60000,
    batch_size=128,
    lr=0.002,
):
    (x, y), validation = load_mnist(samples)
    keras.utils.set_random_seed(seed)
    model = build(rate, where, augment, width)
    logged = train(model, x, y, seen, batch_size, lr, seed)
    train_loss, train_accuracy = judge(model, x, y)
    loss, accuracy = judge(model, *validation)
    return {
        "logged": logged,
        "train_accuracy": train_accuracy,
        "train_loss": train_loss,
        "accuracy": accuracy,
        "loss": loss,
        "parameters": model.count_params(),
    }


# ---------------------------------------------------------------- 더 재는 것들


# --8<-- [start:modes]
def experiment_modes(images=500, seed=0):
    (x, _), _ = load_mnist(images)
    keras.utils.set_random_seed(seed)
    with_dropout, without = build(rate=0.5), build(rate=0.0)
    without.set_weights(
        with_dropout.get_weights()
    )  # 층의 모양이 같아서 그대로 옮겨집니다
    rest = np.asarray(with_dropout(x, training=False))  # (n, 10)
    same = np.asarray(without(x, training=False))
    default = np.asarray(with_dropout(x))  # training을 적지 않으면?
    first, second = (np.asarray(with_dropout(x, training=True)) for _ in range(2))
    # --8<-- [end:modes]
    return {
        "parameters_with": with_dropout.count_params(),
        "parameters_without": without.count_params(),
        "rest_difference": float(np.abs(rest - same).max()),
        "default_difference": float(np.abs(rest - default).max()),
        "training_difference": float(np.abs(first - second).mean()),
    }


def claim_modes(modes):
    """추론할 때 드롭아웃이 있는 신경망의 점수는 없는 신경망의 점수와 똑같습니다.

    가중치가 같은 784-128-64-10 두 개, MNIST 500장. 반올림까지 같습니다. 매개변수의 수도
    같으므로 드롭아웃은 모델을 작게 만들지 않습니다. `model(x)`는 training=False입니다.

    원문: (T16) 드롭아웃은 연결을 일부 없애서 모델을 단순하게 합니다.
    판정: 반증
    """
    evidence = (
        f"추론의 차이 {modes['rest_difference']:g}, training을 적지 않았을 때의 차이 "
        f"{modes['default_difference']:g}, 훈련 상태로 두 번 계산한 점수의 차이 평균 "
        f"{modes['training_difference']:.2f}. 매개변수 {modes['parameters_with']:,d}개와 "
        f"{modes['parameters_without']:,d}개."
    )
    still = modes["rest_difference"] == modes["default_difference"] == 0
    equal = modes["parameters_with"] == modes["parameters_without"]
    return bool(still and equal and modes["training_difference"] > 0), evidence


def experiment_ensemble(
    samples=1000,
    rate=0.5,
    seeds=(0, 1, 2),
    members=(1, 2, 5, 10, 20, 40),
    images=3000,
    seen=60000,
    batch_size=128,
    lr=0.002,
):
    (x, y), (x_val, y_val) = load_mnist(samples)
    x_val, y_val = x_val[:images], y_val[:images]
    runs = {"members": list(members), "thinned": [], "whole": []}
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model = build(rate)
        train(model, x, y, seen, batch_size, lr, seed)
        total, accuracy = 0, []
        for count in range(1, max(members) + 1):
            scores = model(x_val, training=True)  # (3000, 10) 유닛이 빠진 신경망 하나
            total = total + np.asarray(keras.ops.softmax(scores))
            if count in members:
                accuracy.append(float((total.argmax(axis=1) == y_val).mean()))
        runs["thinned"].append(accuracy)
        runs["whole"].append(judge(model, x_val, y_val)[1])
    return runs


def experiment_grid(digit=0, columns=5, seed=3):
    (x, _), _ = load_mnist(digit + 1)
    image = x[digit : digit + 1]  # (1, 28, 28, 1)
    keras.utils.set_random_seed(seed)
    layers = {
        "옮기기": keras.layers.RandomTranslation(0.15, 0.15, fill_mode="constant"),
        "돌리기": keras.layers.RandomRotation(0.1, fill_mode="constant"),
        "크기": keras.layers.RandomZoom(0.3, fill_mode="constant"),
        "밝기": keras.layers.RandomBrightness(0.5, value_range=(0, 1)),
    }
    many = np.repeat(image, columns, axis=0)  # (5, 28, 28, 1)
    rows, still = {}, 0.0
    for name, layer in layers.items():
        rows[name] = pixels(np.clip(layer(many, training=True), 0, 1))
        at_rest = np.asarray(layer(many, training=False))
        still = max(still, float(np.abs(at_rest - many).max()))
    return {"original": pixels(image)[0], "rows": rows, "changed_at_rest": still}


def experiment_mirror(samples=10000, seen=60000, batch_size=128, lr=0.002, seeds=SEEDS):
    """원래 사진으로 학습한 신경망들에 뒤집거나 돌린 사진을 보여 줍니다."""
    (x, y), (x_val, y_val) = load_mnist(samples)
    changed = {
        "original": x_val,
        "mirror": x_val[:, :, ::-1],
        "half": x_val[:, ::-1, ::-1],
    }
    counts = {name: np.zeros((10, 10), dtype=int) for name in changed}
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model = build()
        train(model, x, y, seen, batch_size, lr, seed)
        for name, images in changed.items():
            guess = np.asarray(model(images)).argmax(axis=1)  # (10000,)
            np.add.at(counts[name], (y_val, guess), 1)  # 행이 정답, 열이 답
    return {name: table.tolist() for name, table in counts.items()}


# ---------------------------------------------------------------- 시드끼리 짝지어 견주기

T95 = {1: 12.71, 2: 4.303, 3: 3.182, 4: 2.776}  # 스튜던트 t의 97.5 % 점 (자유도별)
DEFAULTS = dict(
    samples=1000, rate=0.0, where="both", augment="none", width=128, seen=60000
)


def pick(fit, value="accuracy", **where):
    """조건에 맞는 실행의 값을 시드 차례로 돌려줍니다. 적지 않은 조건은 기본값입니다."""
    for key, wanted in (DEFAULTS | where).items():
        column = fit[key] if key in fit else pd.Series(DEFAULTS[key], fit.index)
        known = [DEFAULTS[key] if pd.isna(v) else v for v in column]
        fit = fit[np.array([v == wanted for v in known], dtype=bool)]
    return fit.set_index("seed")[value].astype(float).sort_index()


def paired(a, b):
    """두 조건에 함께 있는 시드끼리 뺀 a − b의 평균과 95 % 신뢰 구간의 반폭."""
    difference = (a - b).dropna()  # (시드 수,)
    n = len(difference)
    return difference.mean(), T95[n - 1] * difference.std(ddof=1) / np.sqrt(n)


def difference_text(a, b, digits=4):
    mean, half = paired(a, b)
    return f"{mean:+.{digits}f} ± {half:.{digits}f}"


# ---------------------------------------------------------------- 드롭아웃의 결과


def gap(fit, train, **where):
    """훈련 정확도 − 검증 정확도."""
    return pick(fit, train, **where) - pick(fit, **where)


def figure_gap(fit):
    """훈련 정확도에서 검증 정확도를 뺀 격차. 왼쪽은 학습하면서 기록된 훈련 정확도를, 오른쪽은
    학습이 끝난 뒤 드롭아웃을 끄고 다시 잰 훈련 정확도를 썼습니다. 작은 점 하나가 시드
    하나이고 선은 평균입니다.

    대체 텍스트: 왼쪽에서는 비율이 커질수록 격차가 가파르게 줄어 0보다 작아지기도 합니다.
    오른쪽에서는 훨씬 완만하게 줄거나 그대로입니다.
    """
    fig, axes = plt.subplots(1, 2, figsize=(7, 3.5), sharey=True, layout="constrained")
    panels = {"logged": "기록된 훈련 정확도", "train_accuracy": "다시 잰 훈련 정확도"}
    for ax, (train, title) in zip(axes, panels.items()):
        for color, (samples, marker) in enumerate(zip(SIZES, "osD")):
            runs = [gap(fit, train, samples=samples, rate=rate) for rate in RATES]
            style = f"C{color}{marker}"
            for rate, run in zip(RATES, runs):
                ax.plot([rate] * len(run), run, style, alpha=0.35, markersize=3)
            means = [run.mean() for run in runs]
            ax.plot(RATES, means, style + "-", label=f"{samples}장")
        ax.axhline(0, color="C6", linewidth=1)
        ax.set(title=title, xlabel="드롭아웃 비율 $p$", xticks=RATES)
    axes[0].set_ylabel("훈련 − 검증 정확도")
    axes[1].legend()
    return fig


def claim_logged(fit):
    """학습하면서 기록된 훈련 정확도는 드롭아웃을 켠 채 잰 값이라, 격차가 실제보다 작아 보입니다.

    p = 0.5인 실행은 모두 기록된 값이 다시 잰 값보다 낮습니다. MNIST 1000장, 5000장,
    1만 장, 784-128-64-10, 시드 5개. 견준 것은 마지막 한 바퀴의 기록입니다.
    """
    text, lower = [], True
    for samples in SIZES:
        gaps = {
            (train, rate): gap(fit, train, samples=samples, rate=rate).mean()
            for train in ("logged", "train_accuracy")
            for rate in (0.0, 0.5)
        }
        logged = pick(fit, "logged", samples=samples, rate=0.5)
        again = pick(fit, "train_accuracy", samples=samples, rate=0.5)
        lower &= bool((logged < again).all())
        text.append(
            f"{samples}장의 격차는 기록으로 {gaps['logged', 0.0]:.3f} → "
            f"{gaps['logged', 0.5]:.3f}, 다시 재면 {gaps['train_accuracy', 0.0]:.3f} → "
            f"{gaps['train_accuracy', 0.5]:.3f}"
        )
    return lower, "p = 0 → 0.5일 때 " + ". ".join(text) + "."


def table_rates(fit):
    """드롭아웃 비율과 검증 데이터의 손실·정확도. MNIST, 784-128-64-10, 두 은닉층 뒤에
    드롭아웃, 모두 6만 장을 보며 학습했습니다('길게'는 18만 장). 시드 5개의 평균입니다.
    """
    rows = []
    for seen, samples in [(60000, size) for size in SIZES] + [(LONG, 5000)]:
        for rate in RATES:
            runs = dict(samples=samples, rate=rate, seen=seen)
            accuracy = pick(fit, **runs)
            if len(accuracy):
                rows.append(
                    {
                        "훈련 데이터": f"{samples}장"
                        + (" (길게)" if seen == LONG else ""),
                        "p": rate,
                        "검증 손실": pick(fit, "loss", **runs).mean(),
                        "검증 정확도": accuracy.mean(),
                        "훈련 정확도": pick(fit, "train_accuracy", **runs).mean(),
                    }
                )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {
        "p": "g",
        "검증 손실": ".3f",
        "검증 정확도": ".4f",
        "훈련 정확도": ".4f",
    }
    return frame


def figure_averaged(ensemble):
    """유닛이 빠진 신경망 여럿의 확률을 평균했을 때의 검증 정확도. 가는 선이 시드 하나이고
    파선은 같은 시드에서 드롭아웃을 끈 신경망 하나입니다.

    대체 텍스트: 유닛이 빠진 신경망 하나의 정확도는 낮지만, 여럿을 평균할수록 올라가서
    드롭아웃을 끈 신경망의 파선에 닿습니다.
    """
    fig, ax = plt.subplots(figsize=(6, 3.2), layout="constrained")
    pairs = zip(ensemble["thinned"], ensemble["whole"])
    for color, (accuracy, whole) in enumerate(pairs):
        ax.plot(ensemble["members"], accuracy, f"C{color}o-", markersize=4)
        ax.axhline(whole, color=f"C{color}", linestyle="--", linewidth=1)
    ax.set_xscale("log")
    ax.set_xticks(ensemble["members"], ensemble["members"])
    ax.minorticks_off()
    ax.set(xlabel="평균한 신경망의 수", ylabel="검증 정확도")
    return fig


def claim_cure(fit):
    """드롭아웃은 비율이 알맞으면 과적합을 줄이지만, 비율이 지나치면 같은 예산에서 도리어 해롭습니다.

    5000장에서 p = 0.2는 검증 손실을 줄이고, p = 0.5는 5000장과 1만 장에서 검증 정확도를
    낮춥니다. MNIST, 784-128-64-10, 두 은닉층 뒤에 드롭아웃, 모두 6만 장을 보며 학습,
    시드 5개의 짝 차이와 95 % 신뢰 구간.

    원문: (C13) 드롭아웃은 모델을 단순하게 하여 과적합을 막습니다.
    판정: 조건부
    """
    text, effects = [], {}
    for rate, value, label in ((0.2, "loss", "손실"), (0.5, "accuracy", "정확도")):
        for samples in SIZES:
            pair = (
                pick(fit, value, samples=samples, rate=rate),
                pick(fit, value, samples=samples),
            )
            effects[rate, samples] = paired(*pair)
            text.append(
                f"p = {rate}, {samples}장의 {label} {difference_text(*pair, 3)}"
            )
    below = {key: mean + half < 0 for key, (mean, half) in effects.items()}
    holds = below[0.2, 5000] and below[0.5, 5000] and below[0.5, 10000]
    return bool(holds), "p = 0과의 차이: " + "; ".join(text) + "."


def claim_long(fit):
    """오래 학습하면 p = 0.5의 손해가 줄어, 드롭아웃이 없을 때와의 정확도 차이가 0.01보다
    작습니다.

    같은 5000장을 세 배(18만 장, 36바퀴)로 길게 학습해서 짧은 학습과 견줍니다. 긴 학습에서는 짝
    차이의 95 % 신뢰 구간이 ±0.01 안에 있고, 짧은 학습에서는 평균이 그보다 더 낮습니다.
    MNIST, 784-128-64-10, 두 은닉층 뒤에 드롭아웃, 시드 5개.
    """
    text, effects = [], {}
    for seen, rate in ((60000, 0.5), (LONG, 0.5), (LONG, 0.2)):
        runs = dict(samples=5000, seen=seen)
        loss, accuracy = (
            (pick(fit, value, rate=rate, **runs), pick(fit, value, **runs))
            for value in ("loss", "accuracy")
        )
        effects[seen, rate] = paired(*accuracy)
        text.append(
            f"{seen // 10000}만 장, p = {rate}: 손실 {difference_text(*loss, 3)}, "
            f"정확도 {difference_text(*accuracy, 3)}"
        )
    short, (mean, half) = effects[60000, 0.5], effects[LONG, 0.5]
    holds = abs(mean) + half < 0.01 and short[0] < min(mean, 0)
    return bool(holds), "p = 0과의 차이는 " + "; ".join(text) + "."


def claim_small(fit):
    """작은 신경망에 p = 0.5를 넣으면 훈련 정확도부터 떨어지고, 검증 정확도도 큰 신경망보다 더 많이
    잃습니다.

    784-16-8-10과 784-128-64-10에서 검증 정확도가 얼마나 달라지는지 견줍니다. 작은
    신경망에서는 시드 5개 모두, 큰 신경망의 가장 큰 손해보다 더 많이 잃습니다.
    MNIST 5000장, 6만 장을 보며 학습, 시드 5개.
    """
    small, large = (
        pick(fit, samples=5000, width=width, rate=0.5)
        - pick(fit, samples=5000, width=width)
        for width in (16, 128)
    )
    train = [
        pick(fit, "train_accuracy", samples=5000, width=16, rate=rate)
        for rate in (0.0, 0.5)
    ]
    evidence = (
        f"검증 정확도의 변화: 유닛 16-8개 {small.min():+.3f}에서 {small.max():+.3f}, "
        f"128-64개 {large.min():+.3f}에서 {large.max():+.3f}. 작은 신경망의 훈련 정확도는 "
        f"평균 {train[0].mean():.3f} → {train[1].mean():.3f}입니다."
    )
    return bool(small.max() < min(large.min(), 0) and (train[1] < train[0]).all()), (
        evidence
    )


def claim_last(fit):
    """마지막 은닉층 뒤에 넣은 p = 0.5는 검증 정확도를 거의 바꾸지 않습니다.

    차이의 평균이 0.005보다 작다는 뜻입니다. MNIST 1만 장, 784-128-64-10, Adam(0.002),
    6만 장을 보며 학습, 시드 5개. 원문의 데이터는 여섯 배이고 옵티마이저와 에폭은 알 수
    없으므로, 0.9785라는 수는 여기서 확인하지 않습니다.

    원문: (C14) 드롭아웃 층을 더해 다시 만들어도 성능이 거의 오르지 않습니다(0.9785).
    판정: 재현됨
    """
    last = dict(samples=10000, rate=0.5, where="last")
    accuracy = pick(fit, **last), pick(fit, samples=10000)
    loss = pick(fit, "loss", **last), pick(fit, "loss", samples=10000)
    evidence = (
        f"정확도 {accuracy[1].mean():.4f} → {accuracy[0].mean():.4f}, 차이 "
        f"{difference_text(*accuracy)}. 손실의 차이 {difference_text(*loss)} "
        "(시드 5개의 짝 차이, 95 % 신뢰 구간)."
    )
    return bool(abs(paired(*accuracy)[0]) < 0.005), evidence


def claim_many(ensemble):
    """유닛이 빠진 신경망 40개를 평균하면 하나일 때보다 훨씬 낫고, 드롭아웃을 끈 신경망 하나와
    비슷합니다.

    시드마다 정확도의 차이가 0.01보다 작으면 비슷하다고, 0.02보다 크면 훨씬 낫다고 합니다. MNIST 1000장으로 학습한 p = 0.5,
    검증 데이터 3000장, 시드 3개.
    """
    thinned, whole = np.array(ensemble["thinned"]), np.array(ensemble["whole"])
    one, many = thinned[:, 0], thinned[:, -1]  # (시드 수,)
    evidence = (
        f"하나 {one.mean():.3f}, {ensemble['members'][-1]}개의 평균 {many.mean():.3f}, "
        f"드롭아웃을 끈 신경망 {whole.mean():.3f}."
    )
    close = np.abs(many - whole).max() < 0.01
    return bool(close and (many - one).min() > 0.02), evidence


def experiment_summary(fit):
    summary = {}
    for samples in SIZES:
        for rate in RATES:
            runs = dict(samples=samples, rate=rate)
            summary[f"n{samples}_p{round(10 * rate)}"] = {
                "accuracy": float(pick(fit, **runs).mean()),
                "loss": float(pick(fit, "loss", **runs).mean()),
                "logged_gap": float(gap(fit, "logged", **runs).mean()),
                "gap": float(gap(fit, "train_accuracy", **runs).mean()),
            }
    for samples in FEW:
        for augment in AUGMENTS:
            accuracy = pick(fit, samples=samples, augment=augment)
            summary[f"n{samples}_{augment}"] = float(accuracy.mean())
    both = pick(fit, rate=0.2, augment="shift_rotation")
    summary["n1000_both"] = float(both.mean())
    return summary


# ---------------------------------------------------------------- 데이터 증강의 결과


def figure_grid(grid):
    """숫자 5 한 장에서 만든 스무 장. 한 줄이 증강 층 하나이고 왼쪽 끝이 원래 사진입니다.

    대체 텍스트: 줄마다 위치, 기울기, 크기, 밝기가 조금씩 다른 숫자 5가 다섯 장씩
    있습니다. 모두 5로 보입니다.
    """
    columns = 1 + len(grid["rows"]["옮기기"])
    fig, axes = plt.subplots(4, columns, figsize=(6.4, 4.6), layout="constrained")
    for row, name in zip(axes, ("옮기기", "돌리기", "크기", "밝기"), strict=True):
        row[0].set_ylabel(name)
        images = [grid["original"], *grid["rows"][name]]
        for ax, image in zip(row, images, strict=True):
            draw_image(ax, image)
    return fig


def claim_still(grid):
    """Keras의 증강 층은 추론할 때 입력을 한 픽셀도 바꾸지 않습니다.

    RandomTranslation, RandomRotation, RandomZoom, RandomBrightness를 training=False로
    부르고 입력과 뺀 값의 최댓값입니다.
    """
    largest = grid["changed_at_rest"]
    return largest == 0, f"가장 크게 바뀐 픽셀의 차이는 {largest:g}입니다."


def figure_effect(fit):
    """훈련 데이터의 수와 증강 방법에 따른 검증 정확도. 작은 점 하나가 시드 하나이고 선은
    평균입니다. 어느 점이나 6만 장을 보며 학습했습니다.

    대체 텍스트: 훈련 데이터가 적을수록 선들이 벌어집니다. 300장과 1,000장에서 옮기기와
    옮기기 + 돌리기의 선은 증강 없음보다 위에 있고, 5,000장에서는 거의 겹칩니다. 좌우 뒤집기의
    선은 늘 아래에 있습니다.
    """
    fig, ax = plt.subplots(figsize=(6.4, 3.8), layout="constrained")
    for color, (augment, label) in enumerate(AUGMENTS.items()):
        style = f"C{color}{MARKERS[augment]}"
        runs = [pick(fit, samples=samples, augment=augment) for samples in FEW]
        for samples, run in zip(FEW, runs):
            ax.plot([samples] * len(run), run, style, alpha=0.35, markersize=3)
        ax.plot(FEW, [run.mean() for run in runs], style + "-", label=label)
    ax.set_xscale("log")
    ax.set_xticks(FEW, [f"{samples}" for samples in FEW])
    ax.minorticks_off()
    ax.set(xlabel="훈련 데이터의 수", ylabel="검증 정확도")
    ax.legend()
    return fig


def table_cures(fit):
    """같은 예산에서 견준 다섯 가지 처방. 값은 아무것도 쓰지 않았을 때와의 검증 정확도 차이이고,
    ± 뒤는 시드 5개의 짝 차이로 구한 95 % 신뢰 구간의 반폭입니다. –는 재지 않은 칸입니다.
    """
    cures = {
        "드롭아웃 0.2": dict(rate=0.2),
        "드롭아웃 0.5": dict(rate=0.5),
        "옮기기": dict(augment="shift"),
        "옮기기 + 돌리기": dict(augment="shift_rotation"),
        "돌리기까지 + 드롭아웃 0.2": dict(augment="shift_rotation", rate=0.2),
    }
    rows = []
    for name, cure in cures.items():
        row = {"처방": name}
        for samples in FEW:
            runs = pick(fit, samples=samples, **cure)
            plain = pick(fit, samples=samples)
            row[f"{samples}장"] = difference_text(runs, plain, 3) if len(runs) else None
        rows.append(row)
    return pd.DataFrame(rows)


def claim_shift(fit):
    """훈련 데이터가 적을 때에는 조금씩 옮기기만 해도 정확도가 크게 오르고, 적을수록 더 오릅니다.

    300장과 1000장에서는 신뢰 구간이 0 위에 있습니다. 적을수록 더 오른다는 것도 시드끼리 뺀 이득의 차이가 신뢰 구간에서 0보다 크다는 뜻입니다.
    MNIST, 784-128-64-10, 모두 6만 장을 보며 학습, 시드 5개.
    """
    pairs = [(pick(fit, samples=n, augment="shift"), pick(fit, samples=n)) for n in FEW]
    evidence = "옮기기 − 증강 없음: " + ", ".join(
        f"{n}장 {difference_text(*pair, 3)}" for n, pair in zip(FEW, pairs)
    )
    (few, few_half), (some, some_half), _ = (paired(*pair) for pair in pairs)
    sure = few > few_half and some > some_half
    gains = [a - b for a, b in pairs]
    for more, less in zip(gains, gains[1:]):
        mean, half = paired(more, less)
        sure &= mean > half
    return bool(sure), evidence + " (짝 차이, 95 % 신뢰 구간)."


def claim_flip(fit):
    """숫자를 좌우로 뒤집는 증강은 정확도를 떨어뜨립니다.

    사진의 절반을 뒤집되 정답은 그대로 두었습니다. 검증 데이터는 뒤집지 않습니다.
    MNIST 300장, 1000장, 5000장, 784-128-64-10, 6만 장을 보며 학습, 시드 5개.
    """
    pairs = [(pick(fit, samples=n, augment="flip"), pick(fit, samples=n)) for n in FEW]
    evidence = "좌우 뒤집기 − 증강 없음: " + ", ".join(
        f"{n}장 {difference_text(*pair, 3)}" for n, pair in zip(FEW, pairs)
    )
    harmful = all(paired(*pair)[0] + paired(*pair)[1] < 0 for pair in pairs)
    return bool(harmful), evidence + " (짝 차이, 95 % 신뢰 구간)."


def claim_compare(fit):
    """데이터가 적을 때에는 같은 예산에서 증강이 드롭아웃보다 훨씬 많이 돕습니다.

    300장과 1000장에서는 신뢰 구간이 0.01보다 위에 있고, 5000장에서는 ±0.02 안에 있습니다. 증강은
    옮기기 + 돌리기이고, 드롭아웃은 두 은닉층 뒤의 0.2입니다.
    MNIST, 784-128-64-10, 모두 6만 장을 보며 학습, 시드 5개.
    """
    pairs = [
        (
            pick(fit, samples=n, augment="shift_rotation"),
            pick(fit, samples=n, rate=0.2),
        )
        for n in FEW
    ]
    evidence = "증강 − 드롭아웃: " + ", ".join(
        f"{n}장 {difference_text(*pair, 3)}" for n, pair in zip(FEW, pairs)
    )
    (few, few_half), (some, some_half), (many, many_half) = (
        paired(*pair) for pair in pairs
    )
    holds = (
        min(few - few_half, some - some_half) > 0.01 and abs(many) + many_half < 0.02
    )
    return bool(holds), evidence + " (짝 차이, 95 % 신뢰 구간)."


def table_mirrored(mirror):
    """원래 사진 1만 장으로 학습한 신경망 다섯 개가 뒤집거나 돌린 검증 사진을 제 이름으로 알아본
    비율과, 반 바퀴 돌렸을 때 가장 많이 답한 숫자입니다.
    """
    tables = {name: np.array(table) for name, table in mirror.items()}
    kept = {name: t.diagonal() / t.sum(axis=1) for name, t in tables.items()}
    frame = pd.DataFrame(
        {
            "숫자": range(10),
            "원래": kept["original"],
            "좌우 뒤집기": kept["mirror"],
            "반 바퀴": kept["half"],
            "반 바퀴에서 최다 답": tables["half"].argmax(axis=1),
        }
    )
    frame.attrs["format"] = dict.fromkeys(("원래", "좌우 뒤집기", "반 바퀴"), ".0%")
    return frame


def claim_half_turn(mirror):
    """6을 반 바퀴 돌리면 신경망은 9라고, 9를 돌리면 6이라고 가장 많이 답합니다.

    증강 없이 MNIST 1만 장으로 학습한 784-128-64-10 다섯 개의 답을 더했습니다. 검증 데이터 1만 장.
    """
    half = np.array(mirror["half"])  # (10, 10)
    share = half / half.sum(axis=1, keepdims=True)
    evidence = f"6 → 9는 {share[6, 9]:.0%}, 9 → 6은 {share[9, 6]:.0%}입니다."
    return bool(half[6].argmax() == 9 and half[9].argmax() == 6), evidence


def claim_eyes(mirror):
    """뒤집은 사진에서 신경망이 가장 잘 알아본 세 숫자는 눈으로 고른 0, 1, 8이 아닙니다. 4를 0이나
    1보다 잘 알아봅니다.

    증강 없이 MNIST 1만 장으로 학습한 784-128-64-10 다섯 개의 답을 더했습니다. 검증 데이터 1만 장.
    """
    kept = answer_mirrored(mirror["mirror"])
    table = np.array(mirror["mirror"])
    share = table.diagonal() / table.sum(axis=1)
    evidence = f"가장 잘 알아본 숫자 {kept}. " + ", ".join(
        f"숫자 {digit} {share[digit]:.0%}" for digit in (0, 1, 4, 8)
    )
    return bool({*kept} != {0, 1, 8} and share[4] > max(share[:2])), evidence + "."


# ---------------------------------------------------------------- 연습 문제의 답


# --8<-- [start:answer_expected]
def answer_expected(h, p):
    return p * 0 + (1 - p) * h / (1 - p)  # 꺼질 때의 몫 + 남을 때의 몫


# --8<-- [end:answer_expected]


# --8<-- [start:answer_variance]
def answer_square(p):
    return (1 - p) / (1 - p) ** 2  # E[h̃²] / h²: 남을 확률 × 키운 값의 제곱


def answer_variance(h, p):
    return h**2 * answer_square(p) - h**2  # E[h̃²] − E[h̃]² = h² p / (1 − p)


# --8<-- [end:answer_variance]


# --8<-- [start:answer_subnetworks]
def answer_subnetworks(units=(128, 64)):
    return 2 ** sum(units)  # 유닛마다 켜거나 끄거나 둘 가운데 하나


# --8<-- [end:answer_subnetworks]


# --8<-- [start:answer_mirrored]
def answer_mirrored(table, count=3):
    """뒤집은 사진을 제 이름으로 가장 많이 알아보는 숫자들."""
    table = np.asarray(table)  # (10, 10): 행이 정답, 열이 예측
    kept = table.diagonal() / table.sum(axis=1)  # (10,)
    return np.argsort(-kept)[:count].tolist()


# --8<-- [end:answer_mirrored]


def experiment_answers(mirror):
    subnetworks = answer_subnetworks()
    return {
        "expected": answer_expected(3.0, 0.2),
        "square": answer_square(0.2),
        "variance": answer_variance(3.0, 0.2),
        "subnetworks": float(subnetworks),
        "digits": len(str(subnetworks)),
        "mirrored": answer_mirrored(mirror["mirror"]),
    }
