/* 실험의 표를 머리글로 정렬합니다: 작은 것부터, 큰 것부터, 본래 차례로. */
"use strict";

document.querySelectorAll(".artefact-table table").forEach((table) => {
  const [body] = table.tBodies;
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  if (rows.length < 3) return;

  /* "0.91 ± 0.02", "1,024", "−3.1%"에서 앞의 수를 읽습니다. 수가 아니면 NaN입니다. */
  function number(text) {
    const found = /^[+−-]?[\d,]*\.?\d+(e[+−-]?\d+)?/.exec(text);
    return found ? Number(found[0].replaceAll("−", "-").replaceAll(",", "")) : NaN;
  }

  function compared(a, b) {
    const [x, y] = [number(a), number(b)];
    if (!isNaN(x) && !isNaN(y)) return x - y;
    return isNaN(x) - isNaN(y) || a.localeCompare(b, "ko", { numeric: true });
  }

  function text(row, column) {
    return row.cells[column].textContent.trim();
  }

  /* 빈 칸(–)은 어느 쪽으로 정렬해도 끝에 둡니다. */
  function sorted(column, sign) {
    const full = rows.filter((row) => !/^–?$/.test(text(row, column)));
    const empty = rows.filter((row) => !full.includes(row));
    full.sort((a, b) => sign * compared(text(a, column), text(b, column)));
    return [...full, ...empty];
  }

  function sort(column) {
    const next = { ascending: "descending", descending: "none" };
    const order = next[heads[column].getAttribute("aria-sort")] ?? "ascending";
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    if (order !== "none") heads[column].setAttribute("aria-sort", order);
    const signs = { ascending: 1, descending: -1 };
    body.append(...(order in signs ? sorted(column, signs[order]) : rows));
  }

  heads.forEach((head, column) => {
    if (!head.textContent.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "table-sort";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(column));
    head.append(button);
  });
});
