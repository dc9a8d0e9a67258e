"""NAME 쪽의 실험: 본문과 그림과 주장이 쓸 수를 잽니다."""

from NAME import answer_times, estimate

SIZES = (1, 4, 16, 64)
SEEDS = (0, 1, 2)

# 줄마다 한 번씩 돕니다. 줄을 더하면 그 줄만 돕니다.
cases_noise = [dict(batch_size=size, seed=seed) for size in SIZES for seed in SEEDS]


def experiment_noise(batch_size=1, seed=0):
    """기본값이 있는 매개변수는 하이퍼파라미터입니다."""
    return {"noise": estimate(batch_size, seed).std()}


def experiment_summary(noise):
    """기본값이 없는 매개변수로는 실험의 결과를 받습니다. 사례마다 한 줄입니다."""
    mean = noise.groupby("batch_size")["noise"].mean()
    return {"smallest": mean[min(SIZES)], "largest": mean[max(SIZES)]}


def experiment_answers():
    """연습 문제의 답."""
    return {"times": answer_times()}
