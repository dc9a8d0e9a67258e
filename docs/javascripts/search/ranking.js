/* Ranking: which sections answer a query, the best first. */
"use strict";

const PAGE_TITLE = 13;
const HEADING = 7;
const NAME = 9;
const TEXT = 1.5;
const CONTEXT = 0.3; // how much of its page's title a section gets
const SEEN = 4; // for the section to which an entry of the glossary points

/* A title says the more about a query, the less else it says. */
function inTitle({ title, entry, page }, regex) {
  const { best, length } = matches(title, regex);
  if (!best) return 0;
  const share = length / title.raw.length;
  return (entry === page ? PAGE_TITLE : HEADING) * best * (0.4 + 0.6 * share);
}

function inNames({ names }, regex) {
  const worths = names.map((name) => {
    const { best, length } = matches(name, regex);
    return best * (length / name.raw.length) ** 2;
  });
  return NAME * Math.max(0, ...worths);
}

function inText({ text }, regex) {
  const { count } = matches(text, regex);
  return (TEXT * Math.log2(1 + count)) / Math.sqrt(1 + text.raw.length / 3000);
}

/* How well one unit is answered by one section, and by which of its alternatives. */
function answer(section, { alternatives }) {
  let best = { worth: 0 };
  for (const alternative of alternatives) {
    const { regex, weight } = alternative;
    const name = inNames(section, regex);
    const found = Math.max(inTitle(section, regex), name) + inText(section, regex);
    if (weight * found > best.worth)
      best = { worth: weight * found, alternative, isNamed: name === NAME };
  }
  return best;
}

function rank(units, index) {
  const answers = units.map((unit) => index.sections.map((section) => answer(section, unit)));
  const rarity = answers.map((all, unit) => {
    const found = all.filter(({ worth }) => worth).length;
    return units[unit].importance * (found ? Math.log(1 + index.sections.length / found) : 1);
  });
  const whole = units.length > 1 && pattern(units.map(({ word }) => word).join(""), true);
  const hits = index.sections.map((section, place) =>
    weigh(section, answers.map((all) => all[place]), { units, rarity, whole, answers, index }),
  );
  pointOn(hits, index);
  return groups(hits.filter(({ score }) => score > 0), index);
}

function weigh(section, own, { units, rarity, whole, answers, index }) {
  const front = index.pages.get(section.page);
  let [score, covered, all] = [0, 0, 0];
  own.forEach(({ worth, alternative }, unit) => {
    const context = section.entry === section.page ? 0 : CONTEXT * answers[unit][front].worth;
    score += rarity[unit] * (worth + context);
    covered += rarity[unit] * (alternative?.weight ?? (context ? 0.5 : 0));
    all += rarity[unit];
  });
  if (!own.some(({ worth }) => worth)) return { section, own, units, score: 0 };
  if (whole && matches(section.title, whole).best) score += 6;
  else if (whole && matches(section.text, whole).best) score += 2;
  score *= (covered / all) ** 2 * (section.entry.boost ?? 1);
  return { section, own, units, score };
}

/* A term that is named by the query speaks for the section that its entry points to. */
function pointOn(hits, index) {
  const at = new Map(hits.map((hit) => [hit.section.entry.location, hit]));
  for (const { section, own, score } of hits) {
    const target = at.get(section.entry.see);
    if (score && target && own.some(({ isNamed }) => isNamed)) target.score += SEEN;
  }
}

/* The hits of each page together; a page with more good sections comes before. */
function groups(hits, index) {
  const byPage = new Map();
  for (const hit of hits.sort((one, other) => other.score - one.score)) {
    const { page } = hit.section;
    byPage.set(page, [...(byPage.get(page) ?? []), hit]);
  }
  const all = [...byPage].map(([page, own]) => ({ page, hits: own, score: groupScore(own) }));
  return all.sort((one, other) => other.score - one.score);
}

function groupScore(hits) {
  const share = [1, 0.2, 0.1];
  return hits.slice(0, 3).reduce((sum, { score }, place) => sum + share[place] * score, 0);
}
