/* 손글씨 실습: 쓰는 판, 신경망이 보는 그림, 순전파. 학습한 가중치는 쪽 안에 들어 있습니다.
   폴더에서 연 사이트에서도 돌아야 하므로 fetch, 모듈, 워커를 쓰지 않습니다. */
"use strict";

const Handwriting = (() => {
  const SIDE = 28; // 신경망이 보는 그림의 한 변
  const LONGER = 20; // MNIST 숫자의 긴 변
  const MIDDLE = 14; // MNIST 숫자의 무게 중심이 있는 행과 열
  const PAD = 280; // 쓰는 판의 한 변
  const PEN = 22; // 획의 굵기

  /* ---------------------------------------------------------------- 신경망 */

  function readNetwork({ dataset }) {
    return [1, 2].map((layer) => ({
      q: Int8Array.from(atob(dataset[`w${layer}`]), (byte) => byte.charCodeAt(0)),
      scale: dataset[`s${layer}`].split(" ").map(Number),
      bias: dataset[`b${layer}`].split(" ").map(Number),
    }));
  }

  // --8<-- [start:forward]
  function dense(x, { q, scale, bias }) {
    return bias.map((b, j) => {
      const sum = x.reduce((total, value, i) => total + value * q[i * bias.length + j], 0);
      return sum * scale[j] + b; // 눈금은 열마다 하나라서 더한 다음에 곱합니다
    });
  }

  function forward(x, [first, second]) {
    const h = dense(x, first).map((z) => Math.max(z, 0)); // (96,)
    const s = dense(h, second); // (10,)
    const e = s.map((score) => Math.exp(score - Math.max(...s)));
    const total = e.reduce((a, b) => a + b);
    return e.map((value) => value / total); // (10,)
  }
  // --8<-- [end:forward]

  /* ------------------------------------------- 쓴 것을 MNIST처럼 다듬습니다 */

  /* 잉크가 있는 가장 작은 네모와 무게 중심. 앞이 세로, 뒤가 가로입니다. */
  function measure(ink) {
    const low = [PAD, PAD];
    const high = [0, 0];
    const sum = [0, 0];
    let total = 0;
    ink.forEach((amount, index) => {
      if (amount === 0) return;
      const place = [Math.floor(index / PAD), index % PAD];
      total += amount;
      place.forEach((value, axis) => {
        low[axis] = Math.min(low[axis], value);
        high[axis] = Math.max(high[axis], value + 1);
        sum[axis] += amount * (value + 0.5);
      });
    });
    return total ? { low, high, mass: sum.map((value) => value / total) } : null;
  }

  /* 그림의 화소 i는 판의 [start, stop] 구간을 봅니다. 잉크 네모의 밖은 볼 것이 없습니다. */
  function spans(low, high, scale, offset) {
    const clip = (value) => Math.min(Math.max(value, low), high);
    return Array.from({ length: SIDE }, (_, i) => [
      clip(low + (i - offset) / scale),
      clip(low + (i + 1 - offset) / scale),
    ]);
  }

  /* 구간 둘이 만드는 네모 안의 잉크를 모두 더합니다. 걸친 화소는 걸친 만큼만 더합니다. */
  function inkWithin(ink, rows, columns) {
    const share = ([start, stop], at) => Math.min(at + 1, stop) - Math.max(at, start);
    let total = 0;
    for (let y = Math.floor(rows[0]); y < rows[1]; y += 1) {
      for (let x = Math.floor(columns[0]); x < columns[1]; x += 1) {
        total += ink[y * PAD + x] * share(rows, y) * share(columns, x);
      }
    }
    return total;
  }

  /* 판의 잉크(0에서 1)를 28×28 화소(0에서 255)로 줄입니다. */
  function picture(ink, { fit, centre }) {
    const drawn = measure(ink);
    if (!drawn) return new Array(SIDE * SIDE).fill(0);
    const { low, high, mass } = drawn;
    const size = [0, 1].map((axis) => high[axis] - low[axis]);
    const scale = fit ? LONGER / Math.max(...size) : SIDE / PAD;
    const [rows, columns] = [0, 1].map((axis) => {
      const middle = ((low[axis] + high[axis]) / 2) * (SIDE / PAD);
      const offset = centre
        ? Math.round(MIDDLE + 0.5 - (mass[axis] - low[axis]) * scale)
        : middle - (size[axis] * scale) / 2;
      return spans(low[axis], high[axis], scale, offset);
    });
    return rows.flatMap((row) =>
      columns.map((column) => {
        const full = scale ** 2 * inkWithin(ink, row, column);
        return Math.min(255, Math.round(255 * full));
      }),
    );
  }

  /* ------------------------------------------------------------ 판과 획 */

  function paint(context, strokes) {
    context.clearRect(0, 0, PAD, PAD);
    context.lineWidth = PEN;
    context.lineCap = "round";
    context.lineJoin = "round";
    strokes.forEach((stroke) => paintStroke(context, stroke));
  }

  function paintStroke(context, [first, ...rest]) {
    context.beginPath();
    if (rest.length === 0) {
      context.arc(...first, PEN / 2, 0, 2 * Math.PI); // 길이가 없는 선은 그려지지 않습니다
      context.fill();
      return;
    }
    context.moveTo(...first);
    rest.forEach((point) => context.lineTo(...point));
    context.stroke();
  }

  function inkOf(context) {
    const { data } = context.getImageData(0, 0, PAD, PAD);
    return Float32Array.from({ length: PAD * PAD }, (_, i) => data[4 * i + 3] / 255);
  }

  /* 흑백을 뒤집지 않고, 신경망이 보는 그대로 검은 바탕에 흰 획으로 보입니다. */
  function showPicture(context, pixels) {
    const image = context.createImageData(SIDE, SIDE);
    pixels.forEach((value, i) => image.data.set([value, value, value, 255], 4 * i));
    context.putImageData(image, 0, 0);
  }

  const EXAMPLES = [
    [[[88, 82], [112, 58], [146, 52], [176, 66], [184, 94], [166, 120], [132, 132], [170, 142], [192, 168], [188, 204], [158, 228], [120, 230], [86, 210]]],
    [[[80, 96], [82, 62]], [[82, 62], [194, 60], [178, 104], [158, 150], [142, 196], [134, 236]]],
    [[[138, 48], [118, 88], [94, 128], [74, 158], [204, 158]], [[166, 98], [164, 168], [162, 236]]],
    [[[84, 94], [96, 64], [128, 48], [164, 54], [184, 80], [178, 112], [154, 146], [122, 180], [84, 222], [132, 220], [200, 220]]],
    [[[180, 52], [104, 56], [94, 124], [130, 112], [168, 124], [188, 160], [178, 202], [142, 228], [98, 224], [78, 206]]],
  ];

  /* -------------------------------------------------------------- 말하기 */

  const percent = (p) => `${(100 * p).toFixed(1)}%`;

  function sentence(probabilities) {
    const order = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
    const [best, second] = order;
    const rounded = Math.round(100 * probabilities[best]);
    const likely = rounded > 99 ? "99%를 넘습니다" : `${rounded}%입니다`;
    const next = Math.round(100 * probabilities[second]);
    const other = next >= 5 ? ` 그다음은 ${second}, ${next}%입니다.` : "";
    return `${best}일 가능성이 ${likely}.${other}`;
  }

  /* ---------------------------------------------------------------- 쪽 */

  function start(root) {
    const find = (name) => root.querySelector(`[data-part="${name}"]`);
    const pad = find("pad");
    const context = pad.getContext("2d", { willReadFrequently: true });
    const seen = find("seen").getContext("2d");
    const bars = [...find("bars").children];
    const answer = find("answer");
    const pen = find("pen");
    const switches = ["fit", "centre"].map(find).filter(Boolean); // 없으면 켠 것으로 봅니다
    const network = readNetwork(document.querySelector('[data-part="network"]'));
    const empty = answer.textContent;
    const cursor = { at: [PAD / 2, PAD / 2], down: false };
    let strokes = [];
    let drawing = null; // 쓰고 있는 포인터. 손바닥이 닿아도 획이 섞이지 않습니다.
    let example = 0;
    let waiting = false;

    function think() {
      waiting = false;
      paint(context, strokes);
      const isOn = (name) => find(name)?.checked ?? true;
      const pixels = picture(inkOf(context), { fit: isOn("fit"), centre: isOn("centre") });
      showPicture(seen, pixels);
      const p = strokes.length ? forward(pixels.map((value) => value / 255), network) : null;
      bars.forEach((bar, digit) => showBar(bar, p, digit));
      root.dispatchEvent(new CustomEvent("thought", { detail: { pixels, p } }));
      return p;
    }

    function showBar(bar, p, digit) {
      bar.style.setProperty("--p", p ? p[digit] : 0);
      bar.lastElementChild.textContent = p ? percent(p[digit]) : "–";
      bar.classList.toggle("best", p !== null && p[digit] === Math.max(...p));
    }

    /* 쓰는 동안에는 막대만 움직입니다. 획마다 한 번만 말해야 화면 낭독기가 따라옵니다. */
    function thinkSoon() {
      if (!waiting) requestAnimationFrame(think);
      waiting = true;
    }

    function thinkAndSay() {
      const p = think();
      answer.textContent = p ? sentence(p) : empty;
    }

    function begin(point) {
      strokes.push([point]);
      thinkSoon();
    }

    function extend(point) {
      strokes[strokes.length - 1].push(point);
      thinkSoon();
    }

    /* ---- 손가락, 마우스, 펜 */

    function placeOf(event) {
      const box = pad.getBoundingClientRect();
      return [
        ((event.clientX - box.left) / box.width) * PAD,
        ((event.clientY - box.top) / box.height) * PAD,
      ];
    }

    function pointerDown(event) {
      if (drawing !== null || event.button !== 0) return;
      liftPen();
      pen.hidden = true;
      drawing = event.pointerId;
      pad.setPointerCapture(drawing);
      begin(placeOf(event));
    }

    function pointerMove(event) {
      if (event.pointerId !== drawing) return;
      const all = event.getCoalescedEvents();
      (all.length ? all : [event]).forEach((each) => extend(placeOf(each)));
    }

    function pointerUp(event) {
      if (event.pointerId !== drawing) return;
      drawing = null;
      thinkAndSay();
    }

    /* ---- 키보드: 화살표로 펜을 옮기고, 스페이스로 펜을 대고 뗍니다. */

    const MOVES = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
    const STEP = PAD / SIDE;

    function showPen() {
      pen.hidden = false;
      pen.classList.toggle("down", cursor.down);
      pen.style.setProperty("--x", cursor.at[0] / PAD);
      pen.style.setProperty("--y", cursor.at[1] / PAD);
    }

    /* 쓰는 도중에 지우거나 되돌려도 다음 움직임이 없는 획을 잇지 않습니다. */
    function liftPen() {
      drawing = null;
      cursor.down = false;
      pen.classList.remove("down");
    }

    function movePen(move) {
      const inside = (value) => Math.min(Math.max(value, STEP), PAD - STEP);
      cursor.at = cursor.at.map((value, axis) => inside(value + move[axis] * STEP));
      if (cursor.down) extend([...cursor.at]);
    }

    function togglePen() {
      cursor.down = !cursor.down;
      if (!cursor.down) {
        thinkAndSay();
        return;
      }
      begin([...cursor.at]);
      answer.textContent = "펜을 댔습니다. 쓰고 나서 스페이스로 떼면 답합니다.";
    }

    function keyDown(event) {
      if (drawing !== null || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key in MOVES) movePen(MOVES[event.key]);
      else if (event.key === " ") togglePen();
      else if (event.key === "Backspace") undo();
      else return;
      event.preventDefault(); // 화살표와 스페이스가 쪽을 넘기지 않게
      showPen();
    }

    /* ---- 단추 */

    function undo() {
      liftPen();
      strokes.pop();
      thinkAndSay();
    }

    function clear() {
      liftPen();
      strokes = [];
      thinkAndSay();
    }

    function drawExample() {
      liftPen();
      strokes = EXAMPLES[example].map((stroke) => [...stroke]);
      example = (example + 1) % EXAMPLES.length;
      thinkAndSay();
    }

    function leave() {
      if (cursor.down) {
        liftPen();
        thinkAndSay();
      }
      pen.hidden = true;
    }

    pad.addEventListener("pointerdown", pointerDown);
    pad.addEventListener("pointermove", pointerMove);
    pad.addEventListener("pointerup", pointerUp);
    pad.addEventListener("pointercancel", pointerUp);
    pad.addEventListener("keydown", keyDown);
    pad.addEventListener("focus", () => pad.matches(":focus-visible") && showPen());
    pad.addEventListener("blur", leave);
    find("undo").addEventListener("click", undo);
    find("clear").addEventListener("click", clear);
    find("example").addEventListener("click", drawExample);
    switches.forEach((box) => box.addEventListener("change", thinkAndSay));
    root.querySelectorAll(":disabled").forEach((control) => {
      control.disabled = false; // 스크립트가 없으면 눌러도 소용없어 꺼 두었습니다
    });
    thinkAndSay();
  }

  return { forward, percent, picture, readNetwork, sentence, showPicture, start };
})();

Handwriting.start(document.getElementById("handwriting"));
