/* Names and keyboard access for what Material builds only in the browser. */
"use strict";

document$.subscribe(() => {
  const article = document.querySelector("article");
  const scrolling = new ResizeObserver((entries) => {
    entries.forEach((entry) => nameIfScrolling(entry.target));
  });
  const improve = () => {
    article.querySelectorAll(".md-code__nav").forEach(nameCodeTools);
    article
      .querySelectorAll(".md-typeset__scrollwrap, div.arithmatex")
      .forEach((region) => scrolling.observe(region));
  };
  improve();
  new MutationObserver(improve).observe(article, { childList: true, subtree: true });
});

/* Landmarks of one kind need names of their own. */
function nameCodeTools(tools, index) {
  tools.setAttribute("aria-label", `코드 ${index + 1} 도구`);
}

/* A region that scrolls sideways must be reachable without a mouse. One that is far from
   the screen is not laid out for this question: it changes its size when it comes near. */
function nameIfScrolling(region) {
  const [content] = region.children;
  if (!content?.checkVisibility({ contentVisibilityAuto: true })) return;
  if (region.scrollWidth <= region.clientWidth) {
    ["tabindex", "role", "aria-label"].forEach((name) => region.removeAttribute(name));
    return;
  }
  const what = region.querySelector("table") ? "표" : "수식";
  region.setAttribute("tabindex", "0");
  region.setAttribute("role", "group");
  region.setAttribute("aria-label", `옆으로 넘겨 보는 ${what}`);
}
