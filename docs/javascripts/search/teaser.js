/* What a result shows: its title and the lines that answer the query, with marks. */
"use strict";

const LINES = 3;
const SECTIONS = 6; // of one page: more would only be scrolled past
const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text) => text.replace(/[&<>"]/g, (letter) => ESCAPED[letter]);

/* A text as HTML, in which what the patterns find is marked. */
function marked(raw, regexes) {
  const spans = regexes.flatMap((regex) => matches(field(raw), regex).spans);
  let [html, done] = ["", 0];
  for (const [start, end] of spans.sort(([one], [other]) => one - other)) {
    if (start < done) continue;
    const inside = escaped(raw.slice(start, end));
    html += `${escaped(raw.slice(done, start))}<mark data-md-highlight>${inside}</mark>`;
    done = end;
  }
  return html + escaped(raw.slice(done));
}

/* The lines of a text in which most is found, in their order. */
function teaser(text, regexes) {
  const lines = text.split("\n").map((line, place) => {
    const found = regexes.filter((regex) => matches(field(line), regex).best).length;
    return { line, place, found };
  });
  const best = lines.sort((one, other) => other.found - one.found || one.place - other.place);
  const shown = best.slice(0, LINES).filter(({ found }, place) => found || !place);
  return shown.sort((one, other) => one.place - other.place).map(({ line }) => line);
}

/* How a section writes what was sought: 활성화 함수, where 활성화함수 was typed. */
function written({ title, text }, { regex, word }) {
  for (const { raw, lower } of [text, title]) {
    regex.lastIndex = 0;
    const found = regex.exec(lower);
    if (found) return raw.slice(found.index, regex.lastIndex);
  }
  return word;
}

/* A hit as Material shows it. The keys of `terms` are what its page is marked with. */
function item({ section, own, units, score }) {
  const found = own.flatMap(({ alternative }) => alternative ?? []);
  const regexes = found.map(({ regex }) => regex);
  const { location, title, text, names } = section.entry;
  const told = names ? text.split("\n").slice(0, LINES) : teaser(text, regexes); // a term: its meaning
  const lines = told.map((line) => `<p>${marked(line, regexes)}</p>`);
  const terms = own.map(({ alternative }, place) =>
    alternative ? [written(section, alternative), true] : [units[place].word, false],
  );
  const shown = { title: marked(title, regexes), text: lines.join("") };
  return { location, ...shown, score, terms: Object.fromEntries(terms) };
}

/* The results of one page. Material sets the page itself at their head, found or not,
 * and Enter opens the result with the highest score. */
function results({ page, hits, score }) {
  const scale = score / hits[0].score;
  const items = hits.slice(0, SECTIONS).map((hit) => item({ ...hit, score: hit.score * scale }));
  if (items.some(({ location }) => location === page.location)) return items;
  const { location, title } = page;
  return [...items, { location, title, text: "", score: 0, terms: items[0].terms }];
}
