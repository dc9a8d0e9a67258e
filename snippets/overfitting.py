"""과적합(overfitting): 다항식을 맞추고, 데이터를 나누고, 일찍 멈춥니다."""

import keras
import numpy as np

# ---------------------------------------------------------------- 다항식


# --8<-- [start:polynomial]
def truth(x):
    return np.sin(np.pi * x)  # 우리는 모른다고 칩니다


def fit_polynomial(x, y, degree):
    powers = np.polynomial.legendre.legvander(
        x, degree
    )  # (n, degree + 1)
    theta, *_ = np.linalg.lstsq(powers, y, rcond=None)  # (degree + 1,)
    return theta


def predict(theta, x):
    return np.polynomial.legendre.legval(x, theta)  # (n,)


# --8<-- [end:polynomial]


# ---------------------------------------------------------------- Keras로 학습하기


# --8<-- [start:stopping]
def early_stopping(patience=5):
    return keras.callbacks.EarlyStopping(
        monitor="val_loss",  # 검증 손실을 지켜보다가
        patience=patience,  # 5에폭 동안 나아지지 않으면 멈추고
        restore_best_weights=True,  # 가장 좋았던 에폭으로 되돌립니다
    )


# --8<-- [end:stopping]


# ---------------------------------------------------------------- 검증 데이터가 하는 일


# --8<-- [start:split]
def split(n, share=0.2, seed=42):
    order = np.random.default_rng(seed).permutation(n)  # 섞은 번호 (n,)
    held_out = round(share * n)
    return order[held_out:], order[:held_out]  # 훈련 번호, 검증 번호


def stratified_split(y, share=0.2, seed=42):
    """클래스마다 같은 비율로 나눕니다."""
    parts = [np.flatnonzero(y == label) for label in np.unique(y)]
    chosen = [part[split(len(part), share, seed)[1]] for part in parts]
    validation = np.concatenate(chosen)
    return np.setdiff1d(np.arange(len(y)), validation), validation


# --8<-- [end:split]


# ---------------------------------------------------------------- 연습 문제의 답


# --8<-- [start:answer_variance]
def answer_variance(degree, samples=30, noise=0.3):
    x = np.linspace(-1, 1, samples)
    A = np.polynomial.legendre.legvander(x, degree)  # (n, degree + 1)
    H = A @ np.linalg.pinv(A)  # (n, n) 예측값 = H y
    return noise**2 * np.trace(H) / samples  # = σ²(degree + 1)/n


# --8<-- [end:answer_variance]


# --8<-- [start:answer_images]
def answer_images(accuracy=0.85, half=0.01):
    n = 1.96**2 * accuracy * (1 - accuracy) / half**2
    return int(np.ceil(n))


# --8<-- [end:answer_images]


# --8<-- [start:answer_stop]
def answer_stop(losses, patience):
    """멈추는 에폭과 되돌아갈 에폭을 1부터 세어 돌려줍니다."""
    best, waited = 0, 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best] or epoch == 0:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            break
    return epoch + 1, best + 1


# --8<-- [end:answer_stop]


# --8<-- [start:answer_shrunk]
def answer_shrunk(W, slope, lr, decay):
    penalty = 2 * decay * W  # λ‖W‖²의 기울기
    return (1 - 2 * lr * decay) * W - lr * slope, W - lr * (
        slope + penalty
    )


# --8<-- [end:answer_shrunk]
