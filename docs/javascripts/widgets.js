/* 움직이는 그림이 함께 쓰는 것: SVG 그리기, 축이 있는 그림 한 칸, 숫자 읽기. */
"use strict";

const Widgets = (() => {
  const WIDTH = 340;
  const EDGE = { left: 46, top: 10, right: 10, bottom: 38 };
  const POWERS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  function element(tag, attributes, ...children) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.append(...children);
    return made;
  }

  const power = (exponent) =>
    String(exponent).replace("-", "⁻").replace(/\d/g, (digit) => POWERS[digit]);

  /* 유효 숫자 세 자리. 아주 크거나 작으면 10의 거듭제곱으로 적습니다. */
  function number(value) {
    if (!Number.isFinite(value)) return "끝없이 큰 값";
    const size = Math.abs(value);
    if (size === 0) return "0";
    if (size >= 1e-3 && size < 1e4) {
      return String(Number(value.toPrecision(3))).replace("-", "−");
    }
    const [digits, exponent] = value.toExponential(1).split("e");
    return `${Number(digits)}×10${power(Number(exponent))}`.replace(/^-/, "−");
  }

  /* 축과 눈금을 그리고, 자료의 좌표로 그리는 함수들을 돌려줍니다. 눈금은 [자리, 글]입니다. */
  function plot(svg, { x, y, xTicks = [], yTicks = [], xLabel = "", yLabel = "" }) {
    const height = svg.viewBox.baseVal.height;
    const wide = WIDTH - EDGE.left - EDGE.right;
    const high = height - EDGE.top - EDGE.bottom;
    const place = (value, [low, end], size) => {
      const far = Math.min(Math.max((value - low) / (end - low), -9), 10); // 넘치지 않게
      return Number((far * size).toFixed(2));
    };
    const at = ([a, b]) => [place(a, x, wide), high - place(b, y, high)];
    const inside = element("svg", { x: EDGE.left, y: EDGE.top, width: wide, height: high });
    const outside = element("g", { transform: `translate(${EDGE.left} ${EDGE.top})` });
    xTicks.forEach(([value, label]) => {
      const [left] = at([value, 0]);
      outside.append(
        element("path", { class: "widget-grid", d: `M${left} 0V${high}` }),
        element("text", { x: left, y: high + 15, "text-anchor": "middle" }, label),
      );
    });
    yTicks.forEach(([value, label]) => {
      const [, top] = at([0, value]);
      outside.append(
        element("path", { class: "widget-grid", d: `M0 ${top}H${wide}` }),
        element("text", { x: -5, y: top + 4, "text-anchor": "end" }, label),
      );
    });
    outside.append(
      element("text", { x: wide / 2, y: high + 32, "text-anchor": "middle" }, xLabel),
      element("text", { x: 4, y: 12, class: "widget-name" }, yLabel),
    );
    svg.replaceChildren(outside, inside);
    const add = (tag, attributes) => inside.appendChild(element(tag, attributes));
    return {
      line: (points, name) => add("polyline", { class: name, points: points.map(at).join(" ") }),
      dot(point, name, r = 4) {
        const [cx, cy] = at(point);
        return add("circle", { class: name, cx, cy, r });
      },
      box([x0, y0], [x1, y1], name) {
        const [left, bottom] = at([x0, y0]);
        const [right, top] = at([x1, y1]);
        const size = { width: right - left, height: Math.max(bottom - top, 0) };
        return add("rect", { class: name, x: left, y: top, ...size });
      },
    };
  }

  /* 위젯 하나를 엽니다. draw는 무엇을 건드려도 다시 부르고, 돌려준 글을 읽어 줍니다. */
  function open(id, prepare) {
    const root = document.getElementById(id);
    const find = (part) => root.querySelector(`[data-part="${part}"]`);
    const said = find("said");
    const draw = prepare(find, root);
    const update = () => {
      const text = draw();
      if (text !== said.textContent) said.textContent = text;
    };
    root.addEventListener("input", update);
    root.querySelectorAll(":disabled").forEach((control) => {
      control.disabled = false; // 스크립트가 없으면 건드려도 소용없어 꺼 두었습니다
    });
    update();
    return update;
  }

  /* 슬라이더 곁에 값을 적고, 화면을 읽어 주는 프로그램에도 같은 말을 줍니다. */
  function tell(slider, text) {
    slider.setAttribute("aria-valuetext", text);
    slider.parentElement.querySelector("b").textContent = text;
  }

  const exponents = (...values) => values.map((value) => [value, `10${power(value)}`]);

  return { exponents, number, open, plot, power, tell };
})();
