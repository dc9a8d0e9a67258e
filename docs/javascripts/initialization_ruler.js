/* 초기화 눈금: 처음 가중치의 표준편차를 바꾸면 층을 지나는 값이 어떻게 되는지 봅니다. */
"use strict";

const InitializationRuler = (() => {
  const { exponents, number, open, plot, tell } = Widgets;
  const SIZE = { depth: 20, width: 64, images: 32 };
  const BINS = 21;

  /* 씨앗이 같으면 언제나 같은 표준정규 난수: 곱셈 생성기와 Box–Muller 변환 */
  function generator(seed) {
    let state = seed;
    const uniform = () => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    const normal = () => {
      const radius = Math.sqrt(-2 * Math.log(uniform()));
      return radius * Math.cos(2 * Math.PI * uniform());
    };
    return (count) => Float64Array.from({ length: count }, normal);
  }

  /* 입력, 층마다의 가중치, 마지막 층에 닿은 기울기. 가중치는 표준편차가 1입니다. */
  function draws({ depth, width, images }, seed) {
    const normals = generator(seed);
    const input = normals(images * width);
    const weights = Array.from({ length: depth }, () => normals(width * width));
    return { input, weights, gradient: normals(images * width) };
  }

  /* 행렬곱 (n, width) @ (width, width). flipped이면 오른쪽 행렬을 뒤집어 곱합니다. */
  function product(h, W, width, flipped) {
    const z = new Float64Array(h.length);
    for (let row = 0; row < h.length; row += width) {
      for (let k = 0; k < width; k += 1) {
        for (let j = 0; j < width; j += 1) {
          z[row + j] += h[row + k] * (flipped ? W[j * width + k] : W[k * width + j]);
        }
      }
    }
    return z;
  }

  function deviation(values) {
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
  }

  const F = { tanh: Math.tanh, relu: (z) => Math.max(z, 0) };
  const SLOPE = { tanh: (z) => 1 - Math.tanh(z) ** 2, relu: (z) => (z > 0 ? 1 : 0) };

  /* 학습하기 전의 신경망을 앞으로 한 번, 뒤로 한 번 지납니다. */
  function flow(activation, sigma, seed = 1, size = SIZE, drawn = draws(size, seed)) {
    const weights = drawn.weights.map((W) => W.map((w) => sigma * w));
    const zs = [];
    const outputs = [];
    let h = drawn.input;
    weights.forEach((W) => {
      zs.push(product(h, W, size.width, false));
      h = zs.at(-1).map(F[activation]);
      outputs.push(h);
    });
    const backward = [];
    let g = drawn.gradient;
    for (let l = size.depth - 1; l >= 0; l -= 1) {
      g = g.map((value, i) => value * SLOPE[activation](zs[l][i]));
      backward.unshift(deviation(g));
      g = product(g, weights[l], size.width, true);
    }
    return { outputs, forward: zs.map(deviation), backward };
  }

  function counts(values, low, high) {
    const bins = new Array(BINS).fill(0);
    values.forEach((value) => {
      const at = Math.floor(((value - low) / (high - low)) * BINS);
      bins[Math.min(Math.max(at, 0), BINS - 1)] += 1;
    });
    return bins;
  }

  function drawSizes(svg, { forward, backward }) {
    const [low, high] = [-8, 8];
    const chart = plot(svg, {
      x: [1, SIZE.depth],
      y: [low, high],
      xTicks: [1, 5, 10, 15, 20].map((n) => [n, String(n)]),
      yTicks: exponents(-8, -4, 0, 4, 8),
      xLabel: "층",
    });
    const points = (values) => values.map((v, l) => [l + 1, Math.max(Math.log10(v), low - 1)]);
    chart.line(points(backward), "widget-b widget-dashed");
    chart.line(points(forward), "widget-a");
  }

  function drawOutputs(svg, activation, outputs) {
    const layers = [1, 5, 10, 15, 20];
    const [low, high] = activation === "tanh" ? [-1, 1] : [0, 3];
    const chart = plot(svg, {
      x: [low, high],
      y: [0, layers.length],
      xTicks: [low, (low + high) / 2, high].map((at) => [at, number(at)]),
      yTicks: layers.map((layer, row) => [layers.length - 1 - row, `${layer}층`]),
      xLabel: activation === "tanh" ? "층의 출력" : "층의 출력 (3보다 큰 값은 맨 오른쪽)",
    });
    layers.forEach((layer, row) => {
      const bins = counts(outputs[layer - 1], low, high);
      const most = Math.max(...bins);
      const floor = layers.length - 1 - row;
      const wide = (high - low) / BINS;
      bins.forEach((count, i) => {
        const left = low + i * wide;
        chart.box([left, floor], [left + wide * 0.9, floor + (0.85 * count) / most], "widget-a");
      });
    });
  }

  /* 층 하나에서 몇 배가 되는지, 끝에서 얼마가 남는지 말합니다. */
  function verdict(activation, { forward, backward }, outputs) {
    const last = forward.at(-1);
    const pinned = outputs.at(-1).filter((h) => Math.abs(h) > 0.99).length / outputs.at(-1).length;
    if (last < 1e-3) return "값이 사라집니다.";
    if (activation === "relu" && last > 1e3) return "값이 넘칩니다.";
    if (activation === "tanh" && pinned > 0.3) return "출력이 −1과 1에 몰립니다.";
    if (backward[0] < 1e-3 || backward[0] > 1e3) return "기울기의 크기가 지켜지지 않습니다.";
    return "값과 기울기의 크기가 그대로인 편입니다.";
  }

  function start() {
    const drawn = draws(SIZE, 1);
    const update = open("initialization-ruler", (find) => () => {
      const activation = find("activation").value;
      const sigma = 2 ** (find("sigma").valueAsNumber / 4 - 3); // 네 칸에 두 배, 0은 ⅛
      const found = flow(activation, sigma, 1, SIZE, drawn);
      tell(find("sigma"), number(sigma));
      drawSizes(find("sizes"), found);
      drawOutputs(find("outputs"), activation, found.outputs);
      return (
        `σ = ${number(sigma)}: 표준편차가 1층에서 ${number(found.forward[0])}, ` +
        `20층에서 ${number(found.forward.at(-1))}. ${verdict(activation, found, found.outputs)}`
      );
    });
    const root = document.getElementById("initialization-ruler");
    root.querySelectorAll("[data-at]").forEach((button) => {
      button.addEventListener("click", () => {
        root.querySelector('[data-part="sigma"]').value = button.dataset.at;
        update();
      });
    });
  }

  return { flow, start };
})();

InitializationRuler.start();
