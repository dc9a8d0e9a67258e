"""원본 노트의 코드를 다시 실행하고, 잘못과 함정을 확인하는 도구입니다."""

import ast
import itertools

import keras
import numpy as np

# ------------------------------------------------------------ 코드를 실행하는 도구


# --8<-- [start:attempt]
def attempt(code, names):
    """코드를 실행하고 오류의 이름과 첫 줄을,
    무사하면 빈 글자를 돌려줍니다.
    """
    try:
        exec(compile(code, "<원본 노트>", "exec"), dict(names))
    except Exception as error:
        message = getattr(error, "msg", None) or str(error)
        return (
            f"{type(error).__name__}: {message.strip().splitlines()[0]}"
        )
    return ""


# --8<-- [end:attempt]


# --8<-- [start:cell]
def cell(code, names):
    """노트북의 칸처럼 실행하고,
    칸 아래에 보일 마지막 식의 값을 돌려줍니다.
    """
    *before, last = ast.parse(code).body
    exec(compile(ast.Module(before, []), "<칸>", "exec"), names)
    return eval(
        compile(ast.Expression(last.value), "<칸>", "eval"), names
    )


# --8<-- [end:cell]


# ------------------------------------------------------------------ 계산과 표


# --8<-- [start:coincidence]
def coincidence(accuracy, loss, step=1e-4):
    """독립인 두 학습의 정확도와 손실이
    반올림한 자리까지 함께 같을 확률.
    """
    covariance = np.cov(accuracy, loss)  # (2, 2)
    # 두 결과의 차는 평균 0, 분산이 두 배인 정규분포:
    # 0에서의 밀도 × 칸의 넓이
    return step**2 / (4 * np.pi * np.sqrt(np.linalg.det(covariance)))


# --8<-- [end:coincidence]


# 에폭마다 같은 순서 -------------------------------------------------------------


# --8<-- [start:orders]
def orders(seed=None, images=8, epochs=4):
    """fit이 이미지를 본 순서를 에폭마다 한 줄로 돌려줍니다."""
    seen = []

    def remember(y_true, y_pred):
        seen.extend(y_true.numpy().ravel().astype(int).tolist())
        return keras.ops.mean(y_pred**2, axis=-1)

    if seed is not None:
        keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", loss=remember, run_eagerly=True)
    x, y = np.zeros((images, 1)), np.arange(images)  # (n, 1), (n,)
    model.fit(x, y, batch_size=2, epochs=epochs, verbose=0)
    return np.reshape(seen, (epochs, images)).tolist()


# --8<-- [end:orders]


# ------------------------------------------------------------------- 연습


# --8<-- [start:answer_rests]
def adam_rests(rows):
    return [row["images"] % row["batch_size"] for row in rows[6:]]


# --8<-- [end:answer_rests]


# --8<-- [start:answer_loop]
def settings():
    batch_sizes, splits = (64, 128), (0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
    optimizers = ("sgd", "adam")
    return list(itertools.product(optimizers, batch_sizes, splits))


# --8<-- [end:answer_loop]
