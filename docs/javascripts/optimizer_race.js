/* 옵티마이저 경주: 두 규칙이 같은 곳에서 출발해 같은 손실을 내려갑니다. */
"use strict";

const OptimizerRace = (() => {
  const { exponents, number, open, plot, tell } = Widgets;
  const STEPS = 100;

  /* 규칙은 모두 매개변수마다 따로 계산합니다: w, 기울기 g, 그 매개변수의 상태 s */
  const RULES = {
    sgd: (w, g, s, lr) => w - lr * g,
    momentum(w, g, s, lr, { beta = 0.9 }) {
      s.v = beta * (s.v ?? 0) - lr * g;
      return w + s.v;
    },
    nesterov(w, g, s, lr, { beta = 0.9 }) {
      s.v = beta * (s.v ?? 0) - lr * g;
      return w + beta * s.v - lr * g;
    },
    adagrad(w, g, s, lr) {
      s.r = (s.r ?? 0.1) + g ** 2;
      return w - (lr * g) / Math.sqrt(s.r + 1e-7);
    },
    rmsprop(w, g, s, lr, { rho = 0.9 }) {
      s.r = rho * (s.r ?? 0) + (1 - rho) * g ** 2;
      return w - (lr * g) / Math.sqrt(s.r + 1e-7);
    },
    adam(w, g, s, lr, { beta1 = 0.9 }) {
      const beta2 = 0.999;
      s.t = (s.t ?? 0) + 1;
      s.m = beta1 * (s.m ?? 0) + (1 - beta1) * g;
      s.r = beta2 * (s.r ?? 0) + (1 - beta2) * g ** 2;
      const corrected = (lr * Math.sqrt(1 - beta2 ** s.t)) / (1 - beta1 ** s.t);
      return w - (corrected * s.m) / (Math.sqrt(s.r) + 1e-7);
    },
    adamw: (w, g, s, lr) => RULES.adam(w - lr * 0.004 * w, g, s, lr, {}),
  };
  const KNOBS = { momentum: "beta", nesterov: "beta", rmsprop: "rho", adam: "beta1" };
  const NAMES = { beta: "β", rho: "ρ", beta1: "β1" };

  /* 손실 ½ wᵀHw를 내려가는 길 (걸음 + 1, 2) */
  function descend(name, H, start, lr, steps, knobs = {}) {
    const states = [{}, {}];
    const path = [start];
    for (let w = start; path.length <= steps; path.push(w)) {
      const g = H.map((row) => row[0] * w[0] + row[1] * w[1]);
      w = w.map((value, i) => RULES[name](value, g[i], states[i], lr, knobs));
    }
    return path;
  }

  const bent = (H, w) => H.reduce((sum, row, i) => sum + w[i] * (row[0] * w[0] + row[1] * w[1]), 0);
  const loss = (H, w) => bent(H, w) / 2;

  /* 곡률이 first와 second인 골짜기를 angle도만큼 돌립니다. */
  function turned(first, second, angle) {
    const [c, s] = [Math.cos, Math.sin].map((f) => f((angle * Math.PI) / 180));
    const mixed = (first - second) * c * s;
    return [
      [first * c ** 2 + second * s ** 2, mixed],
      [mixed, first * s ** 2 + second * c ** 2],
    ];
  }

  const VALLEY = { start: [6, 1], level: "손실", gone: "발산", measure: loss, y: [-8, 4], levels: [1, 10, 40, 100] };
  const SURFACES = {
    ravine: { ...VALLEY, H: turned(1, 50, 0), view: [[-7, 7.5], [-2.2, 2.2]] },
    turned: { ...VALLEY, H: turned(1, 50, 30), view: [[-7, 7.5], [-4.5, 4.5]] },
    saddle: {
      H: turned(1, -1, 0),
      start: [1, 1e-3],
      level: "안장에서 벗어난 거리 |w2|",
      gone: "멀리 벗어남",
      measure: (H, w) => Math.abs(w[1]),
      y: [-4, 2],
      levels: [-0.5, -0.1, 0.1, 0.5],
      view: [[-1.6, 1.6], [-1.2, 1.2]],
    },
  };

  /* 손실이 level인 곳: 가운데에서 어느 쪽으로 얼마나 가면 그 손실인지 */
  function contour(H, level) {
    return Array.from({ length: 181 }, (_, i) => {
      const direction = [Math.cos, Math.sin].map((f) => f((i * Math.PI) / 90));
      const far = level / loss(H, direction);
      return far > 0 ? direction.map((part) => part * Math.sqrt(far)) : null;
    });
  }

  /* 안장의 등고선은 여러 조각이므로, 끊긴 곳에서 나누어 긋습니다. */
  function pieces(points) {
    const parts = [[]];
    points.forEach((point) => (point ? parts.at(-1).push(point) : parts.push([])));
    return parts.filter((part) => part.length > 1);
  }

  const near = (path) => path.filter((w) => w.every((value) => Math.abs(value) < 1e6));

  function drawMap(svg, { H, view, levels, start }, paths) {
    const [x, y] = view;
    const marks = (end) => [-1, 0, 1].map((part) => part * Math.floor(end)).map((v) => [v, number(v)]);
    const [xTicks, yTicks] = [marks(x[1]), marks(y[1])];
    const chart = plot(svg, { x, y, xTicks, yTicks, xLabel: "w1", yLabel: "w2" });
    levels
      .flatMap((level) => pieces(contour(H, level)))
      .forEach((part) => chart.line(part, "widget-contour"));
    chart.dot(start, "widget-ink", 3);
    paths.forEach((path, lane) => {
      const name = lane ? "widget-b widget-dashed" : "widget-a";
      chart.line(near(path), name);
      near(path).forEach((w) => chart.dot(w, name, 2));
      chart.dot(near(path).at(-1), name, 6);
    });
  }

  function drawLevels(svg, { H, level, measure, y }, paths) {
    const [low, high] = y;
    const chart = plot(svg, {
      x: [0, STEPS],
      y,
      xTicks: [0, 25, 50, 75, 100].map((n) => [n, String(n)]),
      yTicks: exponents(low, (low + high) / 2, high),
      xLabel: "걸음",
      yLabel: level,
    });
    const log = (w) => Math.log10(Math.max(measure(H, w), 10 ** (low - 1)));
    paths.forEach((path, lane) => {
      const points = near(path).map((w, step) => [step, log(w)]);
      chart.line(points, lane ? "widget-b widget-dashed" : "widget-a");
      chart.dot(points.at(-1), lane ? "widget-b" : "widget-a", 5);
    });
  }

  /* 한 주자의 조절 장치. 규칙을 바꾸면 그 규칙에 맞추어 둔 값에서 시작합니다. */
  function runner(find, lane) {
    const [rule, lr, knob] = ["rule", "lr", "knob"].map((part) => find(`${part}-${lane}`));
    const reset = () => {
      const { lr: best, knob: kept = "0.9" } = rule.selectedOptions[0].dataset;
      lr.value = Math.log10(best);
      knob.value = kept;
    };
    rule.addEventListener("input", reset);
    reset();
    return () => {
      const name = KNOBS[rule.value];
      const rate = 10 ** lr.valueAsNumber;
      tell(lr, number(rate));
      knob.disabled = !name;
      tell(knob, name ? `${NAMES[name]} = ${number(knob.valueAsNumber)}` : "쓰지 않음");
      const label = rule.selectedOptions[0].textContent;
      const knobs = name ? { [name]: knob.valueAsNumber } : {};
      return { label, go: (H, from) => descend(rule.value, H, from, rate, STEPS, knobs) };
    };
  }

  function start() {
    const update = open("optimizer-race", (find) => {
      const lanes = ["a", "b"].map((lane) => runner(find, lane));
      const step = find("step");
      return () => {
        const surface = SURFACES[find("surface").value];
        const runners = lanes.map((read) => read());
        const now = step.valueAsNumber;
        const paths = runners.map(({ go }) => go(surface.H, surface.start).slice(0, now + 1));
        tell(step, `${now}걸음`);
        drawMap(find("map"), surface, paths);
        drawLevels(find("levels"), surface, paths);
        const results = paths.map((path, lane) => {
          const w = path[now];
          const gone = near([w]).length ? number(surface.measure(surface.H, w)) : surface.gone;
          return `${lane ? "나" : "가"}(${runners[lane].label}) ${gone}`;
        });
        return `${now}걸음 뒤의 ${surface.level}: ${results.join(", ")}`;
      };
    });
    play(document.getElementById("optimizer-race"), update);
  }

  function play(root, update) {
    const [step, next, run, said] = ["step", "next", "run", "said"].map((part) =>
      root.querySelector(`[data-part="${part}"]`),
    );
    let timer = 0; // 0이면 서 있습니다
    const go = (on) => {
      clearInterval(timer);
      timer = on ? setInterval(move, 120) : 0;
      said.setAttribute("aria-live", on ? "off" : "polite"); // 달리는 동안에는 읽지 않습니다
      run.textContent = on ? "❚❚ 멈춤" : "▶ 달리기";
    };
    const move = () => {
      step.valueAsNumber += 1;
      if (step.valueAsNumber === STEPS) go(false);
      update();
    };
    next.addEventListener("click", () => {
      go(false);
      move();
    });
    run.addEventListener("click", () => {
      if (step.valueAsNumber === STEPS) step.value = 0;
      go(!timer);
    });
    step.addEventListener("input", () => go(false));
  }

  return { SURFACES, descend, loss, start };
})();

OptimizerRace.start();
