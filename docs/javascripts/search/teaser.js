/* What a result shows: its title and the lines that answer the query, with marks. */
"use strict";

const LINES = 3;
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

/* A hit as Material shows it. The keys of `terms` are what its page is marked with. */
function item({ section, own, units, score }) {
  const regexes = own.flatMap(({ alternative }) => (alternative ? [alternative.regex] : []));
  const { location, title, text } = section.entry;
  const lines = teaser(text, regexes).map((line) => `<p>${marked(line, regexes)}</p>`);
  const terms = Object.fromEntries(
    own.map(({ alternative }, place) => [alternative?.word ?? units[place].word, !!alternative]),
  );
  return { location, title: marked(title, regexes), text: lines.join(""), score, terms };
}

/* Material sets the page itself at the head of its results, found or not. */
function withPage({ page, hits, score }) {
  const scale = score / hits[0].score; // the first result is the one that Enter opens
  const items = hits.map((hit) => item({ ...hit, score: hit.score * scale }));
  if (items.some(({ location }) => location === page.location)) return items;
  return [...items, { location: page.location, title: page.title, text: "", score: 0, terms: {} }];
}
