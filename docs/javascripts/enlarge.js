/* 그림을 누르면 창을 가득 채워 크게 보이고, 내려받을 수도 있습니다. */
"use strict";

(() => {
  const dialog = document.createElement("dialog");
  dialog.className = "enlarged";
  dialog.innerHTML =
    '<div class="enlarged-bar"><a download>내려받기</a>' +
    '<button type="button" autofocus>닫기</button></div>' +
    '<div class="enlarged-stage" tabindex="0" role="group" aria-label="그림"></div>';
  const [bar, stage] = dialog.children;
  const [link, close] = bar.children;
  let opener = null;

  /* 밝은 그림과 어두운 그림이 한 단추에 듭니다. 이름은 대체 텍스트입니다. */
  function wrap(place) {
    const images = place.querySelectorAll(":scope > img");
    if (!images.length) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "enlarge";
    button.setAttribute("aria-haspopup", "dialog");
    button.setAttribute("aria-description", "크게 보기");
    images[0].before(button);
    button.append(...images);
  }

  function open(button) {
    opener = button;
    const images = [...button.querySelectorAll("img")];
    const shown = images.find((image) => image.offsetParent);
    const number = button.closest("figure").querySelector(".artefact-number");
    link.href = shown.src.split("#")[0];
    dialog.setAttribute("aria-label", `${number.textContent} 크게 보기`);
    dialog.style.setProperty("--width", shown.getAttribute("width"));
    dialog.style.setProperty("--height", shown.getAttribute("height"));
    stage.replaceChildren(shown.cloneNode());
    dialog.showModal();
  }

  document
    .querySelectorAll("figure:is(.artefact-figure, .artefact-frames) :is(p, .frames-frame)")
    .forEach(wrap);
  document.body.append(dialog);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.enlarge");
    if (button) open(button);
    if (event.target === dialog || event.target === close) dialog.close();
  });
  dialog.addEventListener("close", () => opener.focus());
})();
