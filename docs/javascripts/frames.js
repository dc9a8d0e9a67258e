/* 장면이 여럿인 그림: 슬라이더로 넘기고 단추로 재생합니다. 스크립트가 없으면 처음과 끝이 보입니다. */
"use strict";

document.querySelectorAll(".artefact-frames").forEach((figure) => {
  const stage = figure.querySelector(".frames-stage");
  const controls = figure.querySelector(".frames-controls");
  const [button, slider] = controls.children;
  const labels = JSON.parse(controls.dataset.labels);
  const last = labels.length - 1;
  let timer = 0; // 0이면 멈춰 있습니다

  /* 가운데 장면은 쓰는 사람에게만 필요하므로 처음 건드릴 때 만듭니다. */
  function makeRest() {
    if (stage.children.length > last) return;
    const [first, end] = stage.children;
    end.before(...labels.slice(1, -1).map((label, i) => copy(first, i + 1, label)));
  }

  function copy(first, index, label) {
    const frame = first.cloneNode(true);
    const number = `-${String(index).padStart(2, "0")}-`;
    frame.classList.remove("frames-now");
    frame.lastElementChild.textContent = label;
    frame.querySelectorAll("img").forEach((image) => {
      image.src = image.src.replace(/-00-(?=light|dark)/, number);
    });
    return frame;
  }

  function show(index) {
    makeRest();
    stage.querySelector(".frames-now").classList.remove("frames-now");
    stage.children[index].classList.add("frames-now");
    slider.value = index;
    slider.setAttribute("aria-valuetext", labels[index]);
  }

  function step() {
    const next = slider.valueAsNumber + 1;
    const images = [...stage.children[next].querySelectorAll("img")];
    if (images.some((image) => image.offsetParent && !image.complete)) return;
    show(next);
    if (next === last) play(false);
  }

  function play(on) {
    clearInterval(timer);
    timer = on ? setInterval(step, 700) : 0;
    button.textContent = on ? "❚❚ 멈춤" : "▶ 재생";
    button.setAttribute("aria-label", on ? "멈춤" : "재생");
  }

  button.addEventListener("click", () => {
    if (!timer && slider.valueAsNumber === last) show(0);
    makeRest();
    play(!timer);
  });
  slider.addEventListener("input", () => {
    play(false);
    show(slider.valueAsNumber);
  });
  controls.addEventListener("pointerenter", makeRest);
  controls.addEventListener("focusin", makeRest);
  stage.firstElementChild.classList.add("frames-now");
  figure.classList.add("frames-live");
  controls.hidden = false;
});
