/* 손글씨 실습의 "틀렸어요": 쓴 획과 신경망이 받은 입력, 확률을 나란히 남깁니다. */
"use strict";

(() => {
  const root = document.getElementById("handwriting");
  const find = (part, within = root) => within.querySelector(`[data-part="${part}"]`);
  const button = find("wrong");
  const list = find("mistakes");
  let now = null; // 마지막으로 신경망에 넣은 그림과 그 답
  let kept = null;

  /* 확률이 큰 차례대로 늘어놓은 숫자들 */
  const ranked = (p) => [...p.keys()].sort((a, b) => p[b] - p[a]);

  function why(p, truth) {
    const best = ranked(p)[0];
    const share = (digit) => `${digit}일 확률 ${Handwriting.percent(p[digit])}`;
    if (truth === "") return Handwriting.sentence(p);
    if (Number(truth) === best) return `맞혔습니다. ${share(best)}`;
    const place = ranked(p).indexOf(Number(truth)) + 1;
    return `정답 ${share(truth)}(${place}위), 신경망의 답 ${share(best)}.`;
  }

  function card({ pixels, p }) {
    const item = find("mistake").content.firstElementChild.cloneNode(true);
    const [written, given] = ["written", "given"].map((part) => find(part, item));
    written.getContext("2d").drawImage(find("pad"), 0, 0);
    written.setAttribute("aria-label", "쓴 획");
    Handwriting.showPicture(given.getContext("2d"), pixels);
    given.setAttribute("aria-label", "신경망이 받은 28×28 입력");
    const bars = find("bars").cloneNode(true);
    bars.removeAttribute("data-part");
    item.append(bars);
    const explain = () => {
      find("why", item).textContent = why(p, find("truth", item).value);
    };
    find("truth", item).addEventListener("input", explain);
    explain();
    return item;
  }

  root.addEventListener("thought", ({ detail }) => {
    now = detail.p && detail;
    button.disabled = !now;
  });
  button.addEventListener("click", () => {
    if (now !== kept) list.prepend(card(now)); // 같은 글씨는 한 번만
    kept = now;
    find("answer").textContent = "아래에 남겼습니다. 정답을 고르면 견주어 보입니다.";
  });
  button.disabled = true;
})();
