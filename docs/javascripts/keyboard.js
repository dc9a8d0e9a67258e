/* 키보드로 읽기: 용어를 건너다니고, 풍선을 닫고, 검색에서 있던 자리로 돌아옵니다. */
"use strict";

document$.subscribe(() => {
  sections().forEach(rove);
});

/* 용어를 절마다 묶습니다. Tab은 묶음마다 한 번 멈춥니다. */
function sections() {
  const groups = [[]];
  document.querySelectorAll("article :is(h2, abbr.term)").forEach((element) => {
    if (element.matches("h2")) groups.push([]);
    else groups.at(-1).push(element);
  });
  return groups.filter((group) => group.length > 0);
}

/* 묶음 안에서는 좌우 화살표로 옮기고, 마지막에 있던 용어에 다시 멈춥니다. */
function rove(terms) {
  const stopAt = (stop) => {
    terms.forEach((term) => (term.tabIndex = term === stop ? 0 : -1));
  };
  stopAt(terms[0]);
  terms.forEach((term, index) => {
    term.addEventListener("focus", () => stopAt(term));
    term.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const next = step && terms[index + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
  });
}

/* Escape는 풍선만 닫습니다. 초점은 용어에 그대로 있습니다. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll(".md-tooltip2[role=tooltip]").forEach((tooltip) => {
    tooltip.style.display = "none"; // 다음에는 새 풍선이 생깁니다
  });
});

/* 검색을 닫으면 검색을 열기 전에 있던 곳으로 돌아갑니다. */
const search = document.querySelector(".md-search");
let before = null;

search?.addEventListener("focusin", (event) => {
  if (!search.contains(event.relatedTarget)) before = event.relatedTarget;
});

search?.addEventListener("keydown", (event) => {
  if (event.key === "Escape") setTimeout(() => before?.focus()); // 테마가 닫은 다음에
});
