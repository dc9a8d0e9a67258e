"""NAME 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""


def claim_halves(noise):
    """미니배치를 네 배로 키우면 기울기의 흔들림은 절반이 됩니다.

    미니배치 1, 4, 16, 64, 시드 3개의 평균.
    절반과의 차이가 10 %보다 작으면 절반이라고 봅니다.
    """
    means = noise.groupby("batch_size")["noise"].mean()
    ratios = means.to_numpy()[1:] / means.to_numpy()[:-1]
    evidence = "네 배로 키울 때마다 " + ", ".join(f"{ratio:.3f}배" for ratio in ratios)
    return bool((abs(ratios / 0.5 - 1) < 0.1).all()), evidence
