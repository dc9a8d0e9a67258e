/* Other names of what the glossary does not explain: letters, libraries, data.
 *
 * The names of terms come with the index, from the glossary. */
"use strict";

const OTHER_NAMES = (
  "α alpha 알파, β beta 베타, γ gamma 감마, δ delta 델타, ε epsilon 엡실론, η eta 에타, θ theta 세타, " +
  "λ lambda 람다, μ mu 뮤, π pi 파이, ρ rho, σ sigma 시그마, φ phi, ∇ nabla 나블라, ∂ partial, " +
  "keras 케라스, tensorflow 텐서플로 텐서플로우, numpy 넘파이, pandas 판다스, matplotlib 맷플롯립, " +
  "python 파이썬, jupyter 주피터, colab 코랩, notebook 노트북"
)
  .split(", ")
  .map((names) => names.split(" "));
