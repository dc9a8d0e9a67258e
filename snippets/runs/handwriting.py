"""손으로 쓴 숫자를 브라우저 안에서 알아보는 신경망을 학습하고, 줄이고, 시험합니다."""

import base64
import zlib

import keras
import numpy as np
import pandas as pd

SIDE = 28
HIDDEN = 96
SEEDS = (0, 1, 2)
SHIFTS = tuple(range(9))
ZOOMS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2)
BITS = (8, 6, 5, 4, 3, 2)


# ------------------------------------------------------------------- 흔든 그림


def warp(images, matrix, shift):
    """그림마다 2×2 행렬로 돌리고 늘이고, (세로, 가로) 픽셀만큼 옮깁니다."""
    n = len(images)
    padded = np.zeros((n, SIDE + 2, SIDE + 2), "float32")
    padded[:, 1:-1, 1:-1] = images.reshape(n, SIDE, SIDE)
    centre = (SIDE - 1) / 2
    grid = np.indices((SIDE, SIDE)).reshape(2, -1) - centre  # (2, 784)
    # 결과의 픽셀마다 원래 그림의 어디를 볼지 거꾸로 찾습니다.
    inverse = np.linalg.inv(matrix)  # (n, 2, 2)
    start = (
        centre + 1 - np.einsum("nij,nj->ni", inverse, shift)
    )  # (n, 2)
    whence = np.concatenate(
        [inverse, start[:, :, None]], axis=2
    ).reshape(-1, 3)
    source = whence @ np.concatenate(
        [grid, np.ones((1, SIDE**2))]
    )  # (2n, 784)
    source = np.clip(
        source, 0, SIDE + 0.999, dtype="float32", casting="same_kind"
    )
    source = source.reshape(n, 2, -1)
    corner = source.astype("int32")
    down, right = np.moveaxis(source - corner, 1, 0)  # (n, 784)
    width = SIDE + 2
    first = corner[:, 0] * width + corner[:, 1]
    first += (np.arange(n, dtype="int32") * width**2)[:, None]
    flat = padded.reshape(-1)
    top = flat[first] * (1 - right) + flat[first + 1] * right
    bottom = (
        flat[first + width] * (1 - right)
        + flat[first + width + 1] * right
    )
    return top * (1 - down) + bottom * down  # (n, 784)


def thicken(images, amount):
    """획을 굵게(amount > 0) 또는 가늘게(amount < 0) 합니다."""
    square = images.reshape(-1, SIDE, SIDE)
    below, beside = (
        np.roll(square, 1, axis=1),
        np.roll(square, 1, axis=2),
    )
    thick = np.maximum(np.maximum(square, below), beside)
    thin = np.minimum(np.minimum(square, below), beside)
    amount = amount[:, None, None].astype("float32")
    other = np.where(amount > 0, thick, thin)
    return (square + np.abs(amount) * (other - square)).reshape(
        len(images), -1
    )


# --8<-- [start:augment]
def augment(images, rng):
    """그림마다 조금씩 다르게 돌리고, 기울이고, 늘이고,
    옮기고, 굵기를 바꿉니다.
    """
    n = len(images)
    angle = np.radians(rng.uniform(-12, 12, n))
    slant = rng.uniform(-0.2, 0.2, n)
    high, wide = rng.uniform(0.85, 1.15, (2, n))
    rotation = [
        [np.cos(angle), -np.sin(angle)],
        [np.sin(angle), np.cos(angle)],
    ]
    stretch = [[high, 0 * high], [slant * wide, wide]]
    matrix = np.einsum("ijn,jkn->nik", rotation, stretch)  # (n, 2, 2)
    moved = warp(images, matrix, rng.uniform(-2, 2, (n, 2)))  # (n, 784)
    return thicken(moved, rng.uniform(-0.5, 1, n))


# --8<-- [end:augment]


# ------------------------------------------------------------------------ 학습


def build(hidden):
    return keras.Sequential(
        [
            keras.Input((SIDE**2,)),
            keras.layers.Dense(hidden, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


def batches(images, labels, batch_size, seed, augments):
    """에폭마다 순서를 새로 섞고, 미니배치마다 그림을 새로 흔듭니다."""
    rng = np.random.default_rng(seed)
    while True:
        order = rng.permutation(len(images))
        for start in range(0, len(order), batch_size):
            batch = order[start : start + batch_size]
            x = images[batch].reshape(-1, 784) / np.float32(
                255
            )  # (n, 784)
            yield (augment(x, rng) if augments else x), labels[batch]


def train(
    images, labels, hidden, epochs, batch_size, lr, seed, augments
):
    """학습하고 가중치 넷을 돌려줍니다."""
    keras.utils.set_random_seed(seed)
    model = build(hidden)
    steps = -(-len(images) // batch_size)
    falling = keras.optimizers.schedules.CosineDecay(lr, epochs * steps)
    model.compile(
        optimizer=keras.optimizers.Adam(falling),
        loss="sparse_categorical_crossentropy",
    )
    model.fit(
        batches(images, labels, batch_size, seed, augments),
        steps_per_epoch=steps,
        epochs=epochs,
        shuffle=False,  # batches가 이미 섞습니다
        verbose=0,
    )
    return model.get_weights()


# --8<-- [start:quantise]
def quantise(W, bits=8):
    """열마다, 곧 유닛마다 눈금 하나를 정하고
    가중치를 가까운 눈금의 번호로 적습니다.
    """
    largest = 2 ** (bits - 1) - 1  # 8비트이면 127
    scale = np.abs(W).max(axis=0) / largest  # (k,)
    return np.round(W / scale).astype("int8"), scale  # (d, k), (k,)


# --8<-- [end:quantise]


# --8<-- [start:forward]
def forward(x, weights):
    W1, b1, W2, b2 = weights
    h = np.maximum(x @ W1 + b1, 0)  # (n, 96)
    s = h @ W2 + b2  # (n, 10)
    e = np.exp(
        s - s.max(axis=1, keepdims=True)
    )  # 가장 큰 점수를 빼면 넘치지 않습니다
    return e / e.sum(axis=1, keepdims=True)  # (n, 10)


# --8<-- [end:forward]


def accuracy(x, labels, weights):
    return float((forward(x, weights).argmax(axis=1) == labels).mean())


def pack(array):
    """정수 배열을 글자로 적습니다."""
    return base64.b64encode(
        np.ascontiguousarray(array).tobytes()
    ).decode()


def pack_images(images):
    """그림은 대부분 0이라서 먼저 압축합니다."""
    raw = np.ascontiguousarray(images, "uint8").tobytes()
    return base64.b64encode(zlib.compress(raw, 9)).decode()


def in_words(numbers):
    """쪽에 실을 실수는 유효 숫자 여섯 자리면 넉넉합니다."""
    return " ".join(f"{number:.6g}" for number in numbers)


def from_words(text):
    return np.array(text.split(), "float32")


def unpack(network):
    """쪽에 실린 글자에서 가중치 넷을 되살립니다."""
    weights = []
    for layer in ("1", "2"):
        scale, bias = (
            from_words(network["s" + layer]),
            from_words(network["b" + layer]),
        )
        raw = base64.b64decode(network["w" + layer])
        q = np.frombuffer(raw, "int8").reshape(-1, len(scale))  # (d, k)
        weights += [q * scale, bias]
    return weights


def test_images(step=1):
    """테스트 데이터의 그림과 정답. 픽셀은 0에서 1까지입니다."""
    _, (images, labels) = keras.datasets.mnist.load_data()
    x = images[::step].reshape(-1, SIDE**2) / np.float32(255)
    return x, labels[::step]


smoke_network = dict(epochs=1, samples=500)


def experiment_network(
    hidden=HIDDEN,
    epochs=12,
    batch_size=250,
    lr=0.003,
    seed=0,
    samples=60_000,
):
    (images, labels), _ = keras.datasets.mnist.load_data()
    images, labels = images[:samples], labels[:samples]
    weights = train(
        images,
        labels,
        hidden,
        epochs,
        batch_size,
        lr,
        seed,
        augments=True,
    )
    W1, b1, W2, b2 = weights
    (q1, s1), (q2, s2) = quantise(W1), quantise(W2)
    network = {
        "w1": pack(q1),
        "s1": in_words(s1),
        "b1": in_words(b1),
        "w2": pack(q2),
        "s2": in_words(s2),
        "b2": in_words(b2),
    }
    x, answers = test_images()
    right = [
        forward(x, w).argmax(axis=1) == answers
        for w in (weights, unpack(network))
    ]
    counts = sum(array.size for array in weights)
    return network | {
        "hidden": hidden,
        "epochs": epochs,
        "train_images": len(images),
        "test_images": len(answers),
        "parameters": counts,
        "float_accuracy": float(right[0].mean()),
        "accuracy": float(right[1].mean()),
        "changed_answers": int((right[0] != right[1]).sum()),
        "wrong": int((~right[1]).sum()),
        "float_bytes": 4 * counts,
        "int8_bytes": q1.size + q2.size + 4 * (2 * hidden + 20),
        "text_bytes": sum(len(text) for text in network.values()),
        "bits": [
            accuracy_at(bits, weights, x, answers) for bits in BITS
        ],
    }


def accuracy_at(bits, weights, x, labels):
    """가중치를 몇 비트로 줄였을 때의 정확도: 열마다 눈금을 둘 때와 하나만 둘 때."""
    W1, b1, W2, b2 = weights

    def rounded(W):
        q, scale = quantise(W, bits)
        return q * scale

    def rounded_as_one(W):
        return rounded(W.reshape(-1, 1)).reshape(W.shape)

    return {
        "bits": bits,
        "column": accuracy(
            x, labels, [rounded(W1), b1, rounded(W2), b2]
        ),
        "whole": accuracy(
            x, labels, [rounded_as_one(W1), b1, rounded_as_one(W2), b2]
        ),
    }


# ------------------------------------------- 브라우저의 계산을 견줄 Keras의 답


def experiment_reference(network, count=100):
    x, labels = test_images()
    model = build(network["hidden"])
    model.set_weights(unpack(network))
    probabilities = model.predict(x[:count], verbose=0)  # (100, 10)
    ours = forward(x[:count], unpack(network))
    return {
        "images": pack_images(np.round(x[:count] * 255)),
        "labels": labels[:count].tolist(),
        "probabilities": probabilities.tolist(),
        "numpy_difference": float(np.abs(probabilities - ours).max()),
    }


# ----------------------------------------------- MNIST는 어떻게 놓여 있는가


# --8<-- [start:centre]
def centres_of_mass(images):
    """잉크의 무게 중심이 몇째 행, 몇째 열에 있는지 셉니다."""
    ink = (
        images.reshape(-1, 28, 28) + 1e-9
    )  # 빈 그림에서 0으로 나누지 않게
    total = ink.sum(axis=(1, 2))
    place = np.arange(28)  # 0부터 27까지
    row = (ink.sum(axis=2) * place).sum(axis=1) / total
    column = (ink.sum(axis=1) * place).sum(axis=1) / total
    return np.stack([row, column], axis=1)  # (n, 2)


def centred(images):
    """무게 중심이 14행 14열에 오도록 픽셀 단위로 옮깁니다."""
    return moved(
        images, np.round(14 - centres_of_mass(images)).astype(int)
    )


def moved(images, shift):
    """그림마다 (세로, 가로) 픽셀만큼 옮기고,
    빈 자리는 0으로 채웁니다.
    """
    result = np.zeros((len(images), 28, 28), images.dtype)
    for target, image, (down, right) in zip(
        result, images.reshape(-1, 28, 28), shift, strict=True
    ):
        rows = slice(max(down, 0), 28 + min(down, 0))
        columns = slice(max(right, 0), 28 + min(right, 0))
        from_rows = slice(max(-down, 0), 28 + min(-down, 0))
        from_columns = slice(max(-right, 0), 28 + min(-right, 0))
        target[rows, columns] = image[from_rows, from_columns]
    return result.reshape(len(images), -1)


# --8<-- [end:centre]


def moved_all(images, down, right):
    return moved(images, np.tile([down, right], (len(images), 1)))


def experiment_centre():
    (images, _), _ = keras.datasets.mnist.load_data()
    places = centres_of_mass(images)  # (n, 2)
    rows, columns = (
        images.max(axis=2) > 0,
        images.max(axis=1) > 0,
    )  # (n, 28)
    longer = np.maximum(extent(rows), extent(columns))  # (n,)
    mean = images.mean(axis=0)
    return {
        "images": len(images),
        "row": float(places[:, 0].mean()),
        "column": float(places[:, 1].mean()),
        "farthest": float(np.abs(places - 14).max()),
        "longer_is_20": float((longer == 20).mean()),
        "longest": int(longer.max()),
        "mean": np.round(mean).astype(int).tolist(),
    }


def extent(inked):
    """처음 잉크가 있는 칸부터 마지막 칸까지의 길이."""
    first = inked.argmax(axis=1)
    last = SIDE - inked[:, ::-1].argmax(axis=1)
    return last - first


# ------------------------------------------------------- 옮기면 얼마나 틀리나


def shifted_accuracy(
    x, labels, weights, distance, restore=lambda images: images
):
    """위, 아래, 왼쪽, 오른쪽으로 옮긴 그림에 대한 정확도의 평균."""
    ways = ((1, 0), (-1, 0), (0, 1), (0, -1)) if distance else ((0, 0),)
    return float(
        np.mean(
            [
                accuracy(
                    restore(
                        moved_all(x, down * distance, right * distance)
                    ),
                    labels,
                    weights,
                )
                for down, right in ways
            ]
        )
    )


def zoomed(x, zoom):
    matrix = np.tile(np.eye(2) * zoom, (len(x), 1, 1))
    return warp(x, matrix, np.zeros((len(x), 2)))


def experiment_moved(network):
    """쪽의 신경망이, 옮기거나 줄인 테스트 그림을 얼마나 맞히는지 잽니다."""
    x, labels = test_images(step=4)
    weights = unpack(network)
    return {
        "images": len(labels),
        "shift": [
            shifted_accuracy(x, labels, weights, d) for d in SHIFTS
        ],
        "restored": [
            shifted_accuracy(x, labels, weights, d, centred)
            for d in SHIFTS
        ],
        "zoom": {
            f"{100 * zoom:.0f}": accuracy(
                zoomed(x, zoom), labels, weights
            )
            for zoom in ZOOMS
        },
    }


cases_shift = [
    dict(augments=augments, seed=seed)
    for augments in (False, True)
    for seed in SEEDS
]
smoke_shift = dict(epochs=1, samples=500)


def experiment_shift(
    augments=True,
    seed=0,
    samples=10_000,
    hidden=HIDDEN,
    epochs=10,
    batch_size=250,
    lr=0.003,
):
    (images, labels), _ = keras.datasets.mnist.load_data()
    weights = train(
        images[:samples],
        labels[:samples],
        hidden,
        epochs,
        batch_size,
        lr,
        seed,
        augments,
    )
    x, answers = test_images(step=4)
    return {
        "accuracy": [
            shifted_accuracy(x, answers, weights, d) for d in SHIFTS
        ]
    }


def experiment_shift_summary(shift):
    summary = {}
    for augments, runs in shift.sort_values("seed").groupby("augments"):
        curves = np.array(runs["accuracy"].tolist())  # (시드, 거리)
        summary["augmented" if augments else "plain"] = {
            "mean": curves.mean(axis=0).tolist(),
            "low": curves.min(axis=0).tolist(),
            "high": curves.max(axis=0).tolist(),
            "four": curves[
                :, 4
            ].tolist(),  # 네 픽셀 옮겼을 때, 시드마다
        }
    return summary


# -------------------------------------------------------------- 무엇을 틀리나


def experiment_mistakes(network, count=10):
    """틀린 테스트 그림 가운데 가장 자신 있게 틀린 것들."""
    x, labels = test_images()
    p = forward(x, unpack(network))  # (n, 10)
    answer, confidence = p.argmax(axis=1), p.max(axis=1)
    wrong = np.flatnonzero(answer != labels)
    worst = wrong[np.argsort(-confidence[wrong])][:count]
    sure = confidence >= 0.9
    return {
        "images": pack_images(np.round(x[worst] * 255)),
        "labels": labels[worst].tolist(),
        "answers": answer[worst].tolist(),
        "confidence": confidence[worst].tolist(),
        "sure": float(sure.mean()),
        "sure_accuracy": float((answer == labels)[sure].mean()),
        "sure_and_wrong": int((sure & (answer != labels)).sum()),
        "mean_confidence": float(confidence.mean()),
        "pairs": confused_pairs(labels[wrong], answer[wrong]),
    }


def confused_pairs(labels, answers, count=3):
    """가장 자주 헷갈린 (정답, 대답) 짝."""
    pairs = pd.Series(
        list(zip(labels.tolist(), answers.tolist(), strict=True))
    )
    common = pairs.value_counts().head(count)
    return [
        {"label": label, "answer": answer, "times": int(times)}
        for (label, answer), times in common.items()
    ]


def experiment_strangers(network, seed=0):
    """숫자가 아닌 그림(옷 사진과 무작위 점)에 신경망이 주는 가장 큰 확률."""
    rng = np.random.default_rng(seed)
    _, (clothes, _) = keras.datasets.fashion_mnist.load_data()
    digits, _ = test_images()
    weights = unpack(network)
    groups = {
        "digits": digits,
        "clothes": clothes.reshape(-1, SIDE**2) / np.float32(255),
        "noise": rng.random(digits.shape, "float32"),
    }
    return {
        name: surest(forward(x, weights).max(axis=1))
        for name, x in groups.items()
    }


def surest(confidence):
    return {
        "mean": float(confidence.mean()),
        "over_90": float((confidence >= 0.9).mean()),
        "lowest": float(confidence.min()),
        "histogram": np.histogram(confidence, 20, (0, 1))[0].tolist(),
    }


# ---------------------------------------------------------------- 연습의 정답


# --8<-- [start:answer_blank]
def blank_answer(weights):
    x = np.zeros((1, 784))  # 아무것도 쓰지 않은 그림
    return forward(x, weights)[0]  # (10,) 편향만 남습니다


# --8<-- [end:answer_blank]


# --8<-- [start:answer_softmax]
def naive_softmax(s):
    return np.exp(s) / np.exp(s).sum()  # 점수가 크면 inf / inf = nan


def stable_softmax(s):
    e = np.exp(
        s - s.max()
    )  # 가장 큰 값이 exp(0) = 1이라 넘치지 않습니다
    return e / e.sum()


# --8<-- [end:answer_softmax]


# --8<-- [start:answer_bytes]
def transfer_bytes(hidden, bits):
    """가중치를 bits비트로, 눈금과 편향을 4바이트 실수로
    적을 때의 바이트 수.
    """
    weights = 784 * hidden + hidden * 10
    scales_and_biases = 2 * (hidden + 10)
    return weights * bits // 8 + scales_and_biases * 4


# --8<-- [end:answer_bytes]


def experiment_answers(network):
    blank = blank_answer(unpack(network))
    with np.errstate(over="ignore", invalid="ignore"):
        naive = naive_softmax(np.array([1000.0, 1001.0, 1002.0]))
    return {
        "blank_digit": int(blank.argmax()),
        "blank": float(blank.max()),
        "naive_is_nan": bool(np.isnan(naive).all()),
        "stable": stable_softmax(
            np.array([1000.0, 1001.0, 1002.0])
        ).tolist(),
        "bytes_8": transfer_bytes(HIDDEN, 8),
        "bytes_4": transfer_bytes(HIDDEN, 4),
        "accuracy_4": network["bits"][BITS.index(4)]["column"],
    }
