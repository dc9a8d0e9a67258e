"""직선 맞추기: 경사 하강법을 처음부터 끝까지 따라갑니다."""

# %% [markdown]
# ## 1. 데이터 만들기
#
# 글 칸은 이처럼 `[markdown]`으로 열고 주석으로 적습니다.
# 기울기가 3인 직선 둘레에 점 50개를 뿌립니다.
# 난수 생성기에는 시드를 적어, 누가 실행해도 같은 점이 나오게 합니다.

# %%
import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(0)
x = rng.uniform(-1, 1, 50)  # (50,)
y = 3 * x + rng.normal(0, 0.3, 50)  # (50,)
print("데이터:", x.shape, y.shape)

# %% [markdown]
# ## 2. 배우기
#
# 손실은 제곱 오차의 평균이고, 기울기는 손으로 미분했습니다.

# %%
slope, lr = 0.0, 0.5
losses = []
for _ in range(30):
    error = slope * x - y  # (50,)
    losses.append(float(np.mean(error**2)))
    slope = slope - lr * 2 * np.mean(error * x)

loss = losses[-1]
print(f"기울기 {slope:.3f}, 손실 {loss:.3f}")

# %% [markdown]
# ## 3. 손실 그리기
#
# 그림을 보여 주는 칸에는 제목을 적습니다. 제목이 캡션이 됩니다.
# 바로 아래의 대체 텍스트는 그림을 보지 못하는 독자에게 무엇이 보이는지 말합니다.

# %% 경사 하강법의 걸음마다 잰 손실 id="loss-curve"
# 대체 텍스트: 손실이 처음 몇 걸음에 가파르게 내려가고 그 뒤로는 수평입니다.
fig, ax = plt.subplots(figsize=(4.6, 3.2), layout="constrained")
ax.plot(losses)
ax.set(xlabel="걸음", ylabel="손실")
plt.show()
