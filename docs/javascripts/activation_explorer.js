/* 활성화 함수 탐색기: 한 자리의 값과 기울기, 그 기울기를 층마다 곱하면 남는 것. */
"use strict";

const ActivationExplorer = (() => {
  const { exponents, number, open, plot, power, tell } = Widgets;
  const SCALE = 1.05070098; // SELU의 두 수
  const ALPHA = 1.67326324;

  const sigmoid = (x) => 1 / (1 + Math.exp(-x));
  const softplus = (x) => Math.log1p(Math.exp(x));
  const elu = (x) => (x > 0 ? x : Math.exp(x) - 1);
  const dElu = (x) => (x < 0 ? Math.exp(x) : 1);
  const density = (x) => Math.exp(-(x ** 2) / 2) / Math.sqrt(2 * Math.PI);

  /* 표준정규분포의 누적분포함수: ½ + φ(x)(x + x³/3 + x⁵/15 + …) */
  function normalCdf(x) {
    let term = x;
    let sum = x;
    for (let odd = 3; Math.abs(term) > 1e-17; odd += 2) {
      term *= x ** 2 / odd;
      sum += term;
    }
    return 0.5 + density(x) * sum;
  }

  /* 이름마다 [함수, 도함수] */
  const FUNCTIONS = {
    sigmoid: [sigmoid, (x) => sigmoid(x) * (1 - sigmoid(x))],
    tanh: [Math.tanh, (x) => 1 - Math.tanh(x) ** 2],
    relu: [(x) => Math.max(x, 0), (x) => (x > 0 ? 1 : 0)],
    leaky_relu: [(x) => (x > 0 ? x : 0.2 * x), (x) => (x > 0 ? 1 : 0.2)],
    elu: [elu, dElu],
    selu: [
      (x) => SCALE * (x > 0 ? x : ALPHA * elu(x)),
      (x) => SCALE * (x < 0 ? ALPHA * dElu(x) : 1),
    ],
    gelu: [(x) => x * normalCdf(x), (x) => normalCdf(x) + x * density(x)],
    silu: [(x) => x * sigmoid(x), (x) => sigmoid(x) * (1 + x * (1 - sigmoid(x)))],
    mish: [
      (x) => x * Math.tanh(softplus(x)),
      (x) => {
        const t = Math.tanh(softplus(x));
        return t + x * sigmoid(x) * (1 - t ** 2);
      },
    ],
  };

  /* 층을 0개, 1개, …, n개 거슬러 왔을 때 기울기에 곱해진 수 */
  const shrink = (slope, layers) => Array.from({ length: layers + 1 }, (_, n) => slope ** n);

  const RANGE = Array.from({ length: 241 }, (_, i) => (i - 120) / 20); // −6부터 6까지
  const LOWEST = -15;
  const log = (value) => Math.max(Math.log10(Math.abs(value)), LOWEST);

  function drawCurve(svg, [f, slopeOf], x) {
    const isLow = RANGE.every((at) => Math.abs(f(at)) <= 1); // Sigmoid와 Tanh
    const chart = plot(svg, {
      x: [-6, 6],
      y: isLow ? [-1.2, 1.4] : [-2.2, 6.5],
      xTicks: [-6, -3, 0, 3, 6].map((at) => [at, number(at)]),
      yTicks: (isLow ? [-1, 0, 1] : [-2, 0, 2, 4, 6]).map((at) => [at, number(at)]),
      xLabel: "x",
    });
    chart.line(RANGE.map((at) => [at, slopeOf(at)]), "widget-b widget-dashed");
    chart.line(RANGE.map((at) => [at, f(at)]), "widget-a");
    const tangent = [x - 1.5, x + 1.5].map((at) => [at, f(x) + slopeOf(x) * (at - x)]);
    chart.line(tangent, "widget-ink");
    chart.dot([x, slopeOf(x)], "widget-b");
    chart.dot([x, f(x)], "widget-a", 5);
  }

  function drawLayers(svg, left) {
    const chart = plot(svg, {
      x: [-0.5, 20.5],
      y: [LOWEST, 3],
      xTicks: [0, 5, 10, 15, 20].map((n) => [n, String(n)]),
      yTicks: exponents(-15, -10, -5, 0),
      xLabel: "거슬러 온 층의 수",
    });
    left.forEach((value, n) => chart.box([n - 0.35, LOWEST], [n + 0.35, log(value)], "widget-b"));
  }

  function start() {
    open("activation-explorer", (find) => () => {
      const name = find("function");
      const x = find("x").valueAsNumber;
      const layers = find("layers").valueAsNumber;
      const [f, slopeOf] = FUNCTIONS[name.value];
      const slope = slopeOf(x);
      const left = shrink(slope, layers);
      tell(find("x"), number(x));
      tell(find("layers"), `${layers}개`);
      drawCurve(find("curve"), [f, slopeOf], x);
      drawLayers(find("gradient"), left);
      const label = name.selectedOptions[0].textContent;
      const base = slope < 0 ? `(${number(slope)})` : number(slope);
      return (
        `${label}: x = ${number(x)}에서 값 ${number(f(x))}, 기울기 ${number(slope)}. ` +
        `${layers}개 층을 거슬러 온 기울기에는 ` +
        `${base}${power(layers)} = ${number(left[layers])}만큼이 곱해집니다.`
      );
    });
  }

  return { FUNCTIONS, shrink, start };
})();

ActivationExplorer.start();
