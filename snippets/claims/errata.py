"""원본 노트의 잘못 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import ast

import numpy as np
import pandas as pd
from comparison import difference, is_higher, is_tie, with_sign
from runs.errata import PRINTED_FIRST, RUNTIME, STATED, SYNTAX, shortened

# ------------------------------------------------------------------ 계산과 표


PRINTED_RELU = [[0, 3, 2], [0, 2, 0], [0, 0, 4]]
PRINTED_TANH = [[-0.762, 0.995, 0.964], [0, 0.964, -0.995], [-0.762, -0.999, 0.762]]


def claim_relu(matrix):
    """ReLU를 적용한 행렬의 마지막 원소는 max(1, 0) = 1입니다.

    원문: (E01) ReLU 예제의 마지막 원소가 4로 인쇄되어 있습니다.
    판정: 반증
    """
    wrong = np.argwhere(np.array(matrix["relu"]) != PRINTED_RELU).tolist()
    evidence = (
        f"계산한 행렬은 {matrix['relu']}이고, 인쇄된 행렬과 다른 원소는 {len(wrong)}개"
        "입니다."
    )
    return wrong == [[2, 2]] and matrix["relu"][2][2] == 1, evidence


def claim_tanh(matrix):
    """Tanh를 적용한 행렬의 아홉 원소는 인쇄된 값과 소수점 아래 셋째 자리까지 같습니다.

    원문: (N25) 같은 행렬에 Tanh를 적용한 아홉 수가 인쇄되어 있습니다.
    판정: 재현됨
    """
    gap = np.abs(np.array(matrix["tanh"]) - PRINTED_TANH).max()
    return gap <= 0.0005, f"가장 큰 차이는 {gap:.5f}입니다."


def claim_range(matrix):
    """ReLU의 치역에는 0이 들어갑니다. 곧 [0, ∞)입니다.

    원문: (E38) 치역을 한 곳에서는 (0, ∞)로, 다른 곳에서는 0 이상으로 적었습니다.
    판정: 반증
    """
    zeros = sum(v == 0 for row in matrix["relu"] for v in row)
    holds = matrix["relu_of_zero"] == 0 and zeros > 0
    return holds, f"ReLU(0) = 0이고, 예제의 아홉 원소 가운데 {zeros}개가 0입니다."


def claim_copied(rows, copies):
    """Adam의 여섯 줄 가운데 두 줄이 우연히 똑같을 확률은 천에 하나가 안 됩니다.

    강조

    여섯 줄이 서로 독립이고 한 정규분포에서 나왔다고, 곧 설정이 결과를 바꾸지 않는다고
    가장 너그럽게 보았습니다. 표준편차와 상관은 서로 다른 다섯 줄에서 어림했으므로
    자릿수만 믿을 만합니다.

    원문: (E21) 배치 64, 검증 비율 0.05의 줄이 배치 64, 검증 비율 0.15의 줄과
    똑같습니다.
    판정: 재현됨
    """
    adam = [row for row in rows["rows"] if row["optimizer"] == "Adam"]
    printed = [(row["accuracy"], row["loss"]) for row in adam]
    twins = len(printed) - len(set(printed))
    evidence = (
        f"같은 짝이 {twins}쌍 있고, 15쌍 가운데 하나라도 우연히 같을 확률은 "
        f"{copies['any_pair']:.4f}입니다."
    )
    return twins == 1 and copies["any_pair"] < 0.001, evidence


def claim_eight(rows):
    """SGD의 여섯 줄 가운데 마지막 미니배치가 16장보다 작은 것은 0.3430의 줄뿐입니다.

    강조

    원문: (E23) 배치 64, 검증 비율 0.1의 줄만 정확도가 0.3430으로 낮습니다. 잘못 적은
    것처럼 보이지만 옳은 수입니다.
    판정: 재현됨
    """
    sgd = [row for row in rows["rows"] if row["optimizer"] == "SGD"]
    small = [row for row in sgd if 0 < row["rest"] < 16]
    holds = [(row["accuracy"], row["rest"]) for row in small] == [(0.343, 8)]
    rests = ", ".join(str(row["rest"]) for row in sgd)
    return holds, f"여섯 줄의 나머지는 차례로 {rests}장입니다."


def claim_no_pair(rows):
    """SGD의 여섯 설정과 Adam의 여섯 설정에는 배치 크기와 검증 비율이 같은 짝이 하나도
    없습니다.

    원문: (E20) 표는 여섯 줄씩인데 코드는 설정 하나씩만 실려 있어, 나머지 줄은 상수를
    손으로 고쳐 얻은 것으로 보입니다.
    판정: 재현됨
    """
    settings = {"SGD": set(), "Adam": set()}
    for row in rows["rows"]:
        settings[row["optimizer"]].add((row["batch_size"], row["split"]))
    common = settings["SGD"] & settings["Adam"]
    evidence = f"설정은 6개씩이고, 공통인 설정은 {len(common)}개입니다."
    return not common and len(settings["SGD"]) == 6, evidence


# 진행 막대: 평균의 평균 ---------------------------------------------------------


def claim_bar(bar):
    """원본 노트의 첫 에폭 정확도는 history의 값이 아니라 평균의 평균과 맞습니다.

    은닉층 100유닛(ReLU), RMSprop, 48,000장, 배치 32의 첫 에폭. 시드 세 개의 수에서 원본의
    수를 뺀 차이의 95% 신뢰 구간이, history는 0.03보다 위에 있고 평균의 평균은 ±0.02 안에
    있습니다.

    원문: (E19) 한 번의 평가에 숫자가 두 벌 나옵니다. 진행 막대와 돌려받은 값이
    다릅니다.
    판정: 재현됨
    """
    history, old_bar = bar["history"], bar["old_bar"]  # (시드 수,)
    printed = np.full(len(bar), PRINTED_FIRST)
    evidence = (
        f"원본 노트의 수와의 차이는 history {with_sign(difference(history, printed))}, "
        f"평균의 평균 {with_sign(difference(old_bar, printed))}입니다."
    )
    far = is_higher(history, printed, by=0.03)
    return far and is_tie(old_bar, printed, margin=0.02), evidence


def claim_bar_today(bar):
    """오늘의 Keras에서는 진행 막대의 마지막 수와 evaluate가 돌려준 수가 같습니다.

    Keras 3.15.1, Fashion-MNIST 테스트 데이터 10,000장. 막대는 네 자리까지만 찍습니다.
    """
    gap = (bar["evaluate"] - bar["bar_today"]).abs().max()
    return gap <= 0.00005001, f"시드 {len(bar)}개에서 가장 큰 차는 {gap:.5f}입니다."


# ------------------------------------------------------- 실행되지 않는 코드


def judged(broken, ids, kinds):
    """모두 정해진 종류의 오류로 멈추고, 고치면 모두 지나가는지 봅니다."""
    names = [broken["errors"][name].split(":")[0] for name in ids]
    passed = sum(broken["fixed"][name] == "" for name in ids)
    counts = pd.Series(names).value_counts()
    evidence = (
        ", ".join(f"{kind} {count}개" for kind, count in counts.items())
        + f", 고친 코드는 {len(ids)}개 가운데 {passed}개가 지나갔습니다."
    )
    return set(names) <= set(kinds) and passed == len(ids), evidence


def claim_syntax(broken):
    """네 조각은 파이썬이 읽지 못하고(SyntaxError), 고친 코드는 모두 실행됩니다.

    원문: (E02, E05, E07, E08) 한 줄에 적은 import 둘, 두 줄로 끊긴 인자, 이름 속의
    빈칸, 코드 칸의 한국어 문장입니다.
    판정: 재현됨
    """
    return judged(broken, SYNTAX, {"SyntaxError"})


def claim_runtime(broken):
    """여섯 조각은 실행하다 멈추고, 고친 코드는 모두 실행됩니다.

    원문: (E03, E04, E06, E09, E10, E14) 손실의 이름, 목록이 아닌 metrics, 정의하지 않은
    이름, 빠진 compile과 import, TensorFlow 1의 함수입니다. E14는 원문의 화면 그림에만
    있어 짐작한 코드입니다.
    판정: 재현됨
    """
    kinds = {"ValueError", "NameError", "AttributeError"}
    return judged(broken, RUNTIME, kinds)


def claim_name(broken):
    """이름에 빈칸이 있는 모델은 만들고 요약할 수는 있지만 fit에서 멈춥니다.

    원문: (E12) 모델의 이름이 fashion MNIST model입니다. 원본은 요약만 보고 학습하지
    않았으므로 그대로 실행됩니다.
    판정: 조건부
    """
    holds, evidence = judged(broken, ("E12",), {"ValueError"})
    return holds and broken["summary_of_named"] == "", evidence


def claim_saved(broken):
    """tf.nn.softmax를 활성화 함수로 준 모델은 저장한 뒤 다시 읽을 수 없고, 이름
    softmax로 준 모델은 읽을 수 있습니다.

    원문: (E13) Keras 빠른 시작을 따른 코드가 활성화 함수를 tf.nn.softmax로 주었습니다.
    원본은 저장하지 않았으므로 그대로 실행됩니다.
    판정: 조건부
    """
    return judged(broken, ("E13",), {"TypeError", "ValueError"})


def claim_qt(backends):
    """Qt가 없고 화면도 없는 컴퓨터에서 Qt5Agg를 고르면 ImportError로 멈춥니다.

    그 한 줄을 지우고 그림을 파일로 저장하면 됩니다. Colab에서도 그 줄은 필요 없습니다.

    원문: (E11) matplotlib의 백엔드를 Qt5Agg로 정합니다. 원본은 PyQt5를 먼저 설치하라고
    적었으므로, 설치했고 화면이 있는 컴퓨터에서는 실행됩니다.
    판정: 조건부
    """
    return backends["qt"].startswith("ImportError"), f"{backends['qt']}"


# --------------------------------------------------------- 경고와 조용한 함정


def claim_input_shape(warnings):
    """첫 층에 input_shape를 주면 UserWarning이 나고, keras.Input을 쓰면 나지 않습니다.

    원문: (E15) 첫 Dense나 Flatten에 input_shape를 주었습니다. 실행은 됩니다.
    판정: 재현됨
    """
    found, without = warnings["input_shape"], warnings["input_layer"]
    holds = len(found) == 1 and found[0].startswith("UserWarning") and not without
    message = found[0].replace("`", "") if found else "경고가 없습니다."
    return holds, shortened(message, 100)


def claim_fromarray(warnings):
    """Pillow 13에서는 Image.fromarray에 mode를 주어도 경고가 나지 않고, 회색 그림이
    회색이 아니라 viridis 색으로 그려집니다.

    원문: (E16) 숫자 그림을 mode='L'로 만들어 그대로 imshow에 줍니다. Pillow 11.3은
    경고를 냈습니다.
    판정: 조건부
    """
    holds = not warnings["fromarray"] and warnings["colours"] == "viridis"
    evidence = (
        f"Pillow {warnings['pillow']}: 경고 {len(warnings['fromarray'])}개, "
        f"색상표 {warnings['colours']}."
    )
    return holds, evidence


def claim_agg(backends):
    """Agg 백엔드의 plt.show()는 아무것도 보여 주지 않습니다. 화면이 있다고 알려진
    컴퓨터에서는 UserWarning이 나고, 화면이 없는 리눅스에서는 경고조차 나지 않습니다.

    환경 변수 DISPLAY에 값이 있는 것을 화면이 있다고 보았습니다(Matplotlib 3.11.2).

    원문: (E40) 프로그램마다 그림을 plt.show()로 끝냅니다. 노트북과 화면 앞에서는
    문제가 없습니다.
    판정: 조건부
    """
    found = backends["screen"]
    holds = len(found) == 1 and found[0].startswith("UserWarning")
    evidence = f"DISPLAY가 있으면 경고 {len(found)}개, 없으면 {len(backends['blind'])}개입니다."
    return holds and not backends["blind"], evidence


def claim_default(silent):
    """compile에 옵티마이저를 적지 않으면 경고 없이 학습률 0.001의 RMSprop이 쓰입니다.

    강조

    원문: (E18) 두 학습의 compile에 옵티마이저가 없습니다. SGD로 읽기 쉽습니다.
    판정: 재현됨
    """
    holds = silent["optimizer"] == "RMSprop" and abs(silent["lr"] - 0.001) < 1e-6
    return holds, f"{silent['optimizer']}, 학습률 {silent['lr']:.3g}."


def claim_last_expression(silent):
    """노트북의 칸은 마지막 식만 보여 줍니다. evaluate의 결과를 담지 않고 가중치를 다음
    줄에 적으면 정확도는 남지 않습니다.

    원문: (E28) evaluate의 결과를 담지도 찍지도 않고 같은 칸에서 가중치를 보였습니다.
    판정: 재현됨
    """
    holds = silent["stored"] == 2 and silent["shown"] == 2
    evidence = (
        f"칸 아래에는 가중치 배열 {silent['shown']}개가 보이고, evaluate가 돌려준 "
        f"{silent['stored']}개의 수(손실과 정확도)는 사라집니다."
    )
    return holds, evidence


def claim_comma(silent):
    """모양 둘 뒤의 쉼표는 결과를 바꾸지 않습니다. 모양이 겹괄호로 보이는 까닭은 가운데
    쉼표이고, 첫째 줄의 모양은 보이지 않습니다. 하나 뒤의 쉼표는 튜플을 만듭니다.

    원문: (E27) 모양을 찍는 줄이 쉼표로 끝나고, 칸에는 마지막 줄의 모양만 보입니다.
    판정: 조건부
    """
    holds = silent["two_shapes"] == silent["no_comma"]
    holds = holds and ast.literal_eval(silent["one_shape"]) == ((64, 784),)
    return (
        holds,
        f"둘이면 {silent['two_shapes']}, 하나이면 {silent['one_shape']}입니다.",
    )


def claim_legend(silent):
    """legend에 목록을 주면 label로 붙인 이름이 덮입니다.

    원문: (E26) 검증 손실 곡선의 이름이 범례에 test로 적혀 있습니다.
    판정: 반증
    """
    holds = silent["legend"] == ["train", "test"]
    return holds, f"label은 'val loss'였지만 범례에는 {silent['legend']}가 남습니다."


def claim_grid(silent):
    """스무 장을 5×5 자리에 그리면 다섯 자리가 빕니다.

    원문: (E29) 스무 장을 5×5로 그리고, 클래스의 이름을 두 번 정의했습니다.
    판정: 재현됨
    """
    empty = 25 - silent["grid"]
    return empty == 5, f"그려진 칸 {silent['grid']}개, 빈 자리 {empty}개."


def claim_weights(silent):
    """가중치를 print하면 대부분이 줄임표로 사라지고, save_weights로 저장하면 그대로
    돌아옵니다.

    원문: (E37) 가중치를 찍는 것으로 저장을 갈음했습니다.
    판정: 반증
    """
    share = silent["numbers_shown"] / silent["numbers"]
    evidence = (
        f"{silent['numbers']}개 가운데 {silent['numbers_shown']}개만 찍혔고, 저장한 "
        f"가중치는 {'똑같이' if silent['restored'] else '다르게'} 돌아왔습니다."
    )
    return share < 0.01 and silent["restored"], evidence


def claim_typo(silent):
    """다섯 가지 오타는 저마다 코드에 들어가면 오류가 됩니다.

    활성화 함수, 손실, 옵티마이저의 이름과 메서드, 인자의 이름에 오타를 넣어 실행했습니다.

    원문: (E35) Sofemax, ross Entropy, sqd, complile, spilt 같은 오타가 있습니다.
    판정: 조건부
    """
    errors = {word: text.split(":")[0] for word, text in silent["typos"].items()}
    evidence = ", ".join(f"{word} {name}" for word, name in errors.items()) + "."
    return len(errors) == 5 and all(errors.values()), evidence


def claim_randint(arrays):
    """NumPy의 randint(0, 255)는 255를 내지 않고, randint(0, 256)은 냅니다.

    파이썬 표준 라이브러리의 random.randint(0, 255)는 255도 냅니다. 이름이 같아도
    끝을 세는 법이 다릅니다.

    원문: (E25) randint(0, 255)가 0부터 255까지의 정수를 낸다고 적었습니다.
    판정: 반증
    """
    holds = arrays["largest"] == 254 and arrays["largest_256"] == 255
    evidence = f"백만 번 뽑은 가장 큰 수는 {arrays['largest']}와 {arrays['largest_256']}입니다."
    return holds, evidence


def claim_float64(arrays):
    """픽셀을 255로 나누면 float64가 되어 메모리를 float32의 두 배로 씁니다. 값은
    float32의 반올림 오차 안에서 같습니다.

    원문: (E36) 프로그램마다 정수 배열을 255로 나눕니다.
    판정: 재현됨
    """
    twice = arrays["gigabytes"] / arrays["gigabytes_float32"]
    evidence = (
        f"{arrays['dtype']}, CIFAR-10의 훈련 이미지 5만 장이면 {arrays['gigabytes']:.2f} "
        f"GB(float32는 {arrays['gigabytes_float32']:.2f} GB), 이미지 1,000장에서 값의 차이는 "
        f"많아야 {arrays['difference']:g}입니다."
    )
    holds = arrays["dtype"] == "float64" and twice == 2
    return holds and arrays["difference"] < 1e-6, evidence


def claim_swapped(arrays):
    """정답과 예측을 바꾸어 주어도 정확도는 같지만 재현율은 달라집니다.

    원문: (E30) accuracy_score에 예측을 먼저, 정답을 나중에 주었습니다.
    판정: 조건부
    """
    (a, b), (c, d) = arrays["accuracy"], arrays["recall"]
    evidence = f"정확도 {a:.3f}과 {b:.3f}, 0번 클래스의 재현율 {c:.3f}과 {d:.3f}."
    return a == b and abs(c - d) > 0.01, evidence


def claim_repeated(arrays):
    """같은 시드로 두 번 나누면 같은 나눔이 나오고, 폈다가 되돌린 이미지는 처음과
    같습니다.

    원문: (E33, E34) 같은 분할을 되풀이하고, 편 이미지를 되돌린 뒤 Flatten으로 다시
    폅니다.
    판정: 재현됨
    """
    holds = arrays["same_split"] and arrays["round_trip"]
    return holds, "두 경우 모두 원소가 하나도 다르지 않습니다."


# 이어서 학습하기 ----------------------------------------------------------------


def claim_continued(continued):
    """compile은 옵티마이저의 걸음 수를 0으로 되돌리지만 가중치는 되돌리지 않습니다. fit은
    지금의 가중치에서 이어집니다.

    원문: (E31) 노트마다 같은 모델을 여러 번 학습할 수 있는 모양입니다.
    판정: 재현됨
    """
    losses, steps = continued["losses"], continued["iterations"]
    last = losses["fit을 다시"][-1]
    after, fresh = losses["compile하고 fit"][0], losses["새 모델"][0]
    holds = after < last and fresh > losses["처음"][-1]
    holds = holds and steps["compile하고 fit"] == steps["처음"]
    holds = holds and steps["fit을 다시"] == 2 * steps["처음"]
    evidence = (
        f"다시 compile하기 전 {last:.3f}, 다음 에폭 {after:.3f}, 새 모델 {fresh:.3f}. "
        f"걸음 수는 {steps['처음']}, {steps['fit을 다시']}, "
        f"{steps['compile하고 fit']}입니다."
    )
    return bool(holds), evidence


# 에폭마다 같은 순서 -------------------------------------------------------------


def claim_orders(orders):
    """시드를 정하고 NumPy 배열로 fit하면 네 에폭의 순서가 모두 같습니다. 시드를 정하지
    않으면 에폭마다 다릅니다.

    Keras 3.15.1과 TensorFlow 2.21에서, 이미지 여덟 장을 배치 2로 학습했습니다. 원본은
    시드를 정하지 않아 에폭마다 새로 섞였습니다.
    """
    free, seeded = distinct(orders["free"]), distinct(orders["seeded"])
    same = orders["seeded"] == orders["again"]
    evidence = (
        f"네 에폭에 나온 서로 다른 순서는 시드가 없으면 {free}가지, 시드가 있으면 "
        f"{seeded}가지입니다."
    )
    return free > 1 and seeded == 1 and same, evidence


def distinct(rows):
    return len({tuple(row) for row in rows})


# 말과 정의 ---------------------------------------------------------------------


def claim_softmax(words):
    """선형이 아닌 신경망의 끝에도 소프트맥스를 씁니다. 소프트맥스는 서로 겹치지 않는
    클래스의 확률을 만들 뿐이고 모델이 선형인지와는 상관이 없습니다.

    128-64-10 신경망(ReLU)에서 두 입력의 한가운데 점수가 두 점수의 한가운데와 다른지
    봅니다. 선형 모델이면 같습니다.

    원문: (E39) 마지막 층에 소프트맥스를 쓰는 까닭을 선형 분류이기 때문이라고
    적었습니다.
    판정: 반증
    """
    off = max(abs(total - 1) for total in words["probability_sums"])
    evidence = (
        f"점수의 어긋남은 {words['bend']:.2f}이라 선형이 아니고, 확률의 합은 1에서 "
        f"{off:.1g} 안입니다."
    )
    return words["bend"] > 0.01 and off < 1e-5, evidence


def claim_sgd(words):
    """Keras의 SGD가 한 걸음에 쓰는 이미지의 수는 batch_size가 정합니다. 적지 않으면
    32장입니다.

    원문: (E42) 한 노트는 SGD가 데이터의 일부를, 다른 노트는 꼭 한 장을 쓴다고
    적었습니다.
    판정: 조건부
    """
    steps = words["sgd_steps"]
    evidence = (
        f"320장의 한 에폭이 기본값으로 {steps['None']}걸음, batch_size=1로 "
        f"{steps['1']}걸음, 320으로 {steps['320']}걸음입니다."
    )
    return steps == {"None": 10, "1": 320, "320": 1}, evidence


def claim_dropout(words):
    """Keras의 드롭아웃은 유닛의 출력을 0으로 만들고 나머지를 1/(1−p)배 합니다. 연결, 곧
    매개변수의 수는 그대로입니다.

    원문: (E43) 한 노트는 연결을, 다른 노트는 뉴런을 없앤다고 적었습니다.
    판정: 조건부
    """
    before, after = words["parameters"]
    values = words["dropped_values"]
    evidence = (
        f"1을 넣으면 {values[0]:.0f}과 {values[-1]:.0f}만 나오고, 매개변수는 "
        f"{before:,}개와 {after:,}개입니다."
    )
    return values == [0, 2] and before == after == 109_386, evidence


# ----------------------------------------------------------------- 적힌 수


def claim_shapes(counts):
    """MNIST와 CIFAR-10의 모양은 적힌 그대로입니다.

    원문: (N22) MNIST의 테스트 데이터와 CIFAR-10의 모양을 적었습니다.
    판정: 재현됨
    """
    return matches(counts, "mnist_test", "cifar")


def claim_parameters(counts):
    """784-100-10 신경망의 매개변수는 78,500개와 1,010개, 모두 79,510개입니다.

    원문: (N23) 층마다의 매개변수와 합을 적었습니다.
    판정: 재현됨
    """
    return matches(counts, "parameters", "total")


def claim_steps(counts):
    """48,000장은 배치 32로 한 에폭에 1,500걸음, 12,000장의 평가는 375걸음입니다.

    원문: (N24) 한 에폭 1500걸음, 평가 375걸음이라고 적었습니다. 걸음마다의 시간은
    컴퓨터에 달렸으므로 견주지 않았습니다.
    판정: 재현됨
    """
    return matches(counts, "steps", "evaluation_steps")


def matches(counts, *keys):
    same = all(counts[key] == STATED[key] for key in keys)
    return same, "다시 얻은 수: " + ", ".join(str(counts[key]) for key in keys) + "."
