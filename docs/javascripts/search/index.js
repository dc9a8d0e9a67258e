/* The index: what may be searched, and where a word stands in it. */
"use strict";

const GAP = "[\\s\\-_·]?"; // 활성화함수 is found in 활성화 함수, earlystopping in early stopping
const isDigit = (letter) => /\d/.test(letter ?? "");
const isLatin = (letter) => /[a-z]/i.test(letter ?? "");
const key = (text) => text.toLowerCase().replace(/[\s\-_·]/g, "");
const kindOf = (letter) =>
  isHangul(letter) ? "hangul" : isDigit(letter) ? "digit" : isLatin(letter) ? "latin" : "";

/* What finds a word, however it is spaced. The last syllable of a word that is still
 * being typed may yet become another. */
function pattern(word, isOpen) {
  const letters = [...key(word)];
  const parts = letters.map((letter, place) => {
    const last = place === letters.length - 1;
    if (INITIAL.includes(letter) || DOUBLE[letter]) return beginning(letter);
    if (isOpen && last && isSyllable(letter)) return unfinished(letter);
    if (/[x×]/.test(letter) && isDigit(letters[place - 1])) return "[x×]";
    return letter.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  });
  const joined = parts.reduce((text, part, place) => {
    const inNumber = isDigit(letters[place - 1]) && isDigit(letters[place]);
    return text + (inNumber ? ",?" : GAP) + part;
  });
  return new RegExp(joined, "g");
}

/* How well a match stands for the word: 1 where a word begins, less inside of one. */
function standing(raw, start, end) {
  const [before, first] = [raw[start - 1], raw[start]];
  const [last, after] = [raw[end - 1], raw[end]];
  const kind = kindOf(first);
  if (kind === "digit") return /[\d.,]/.test(before ?? "") ? 0 : isDigit(after) ? 0.3 : 1;
  if (kind === "" || kindOf(before) !== kind) return isLatin(last) && isLatin(after) ? 0.8 : 1;
  if (kind === "latin") return /[a-z]/.test(before) && /[A-Z]/.test(first) ? 0.8 : 0.15;
  return 0.4;
}

/* All places where a pattern stands in a text, the best standing, and the longest. */
function matches(field, regex) {
  const found = { count: 0, best: 0, length: 0, spans: [] };
  regex.lastIndex = 0;
  for (let one; (one = regex.exec(field.lower)); ) {
    if (!one[0]) break;
    const end = one.index + one[0].length;
    const worth = standing(field.raw, one.index, end);
    if (!worth) continue;
    found.count += /[^\n]/.test(field.raw[one.index - 1] ?? "\n") ? worth : 2 * worth; // explained
    if (worth > found.best) [found.best, found.length] = [worth, one[0].length];
    found.spans.push([one.index, end]);
  }
  return found;
}

/* Small letters, and β₁ as β1: each letter stays one, so that places stay the same. */
const folded = (text) =>
  text.toLowerCase().replace(/[²³¹⁰-⁹ⁿ₀-₉ᵢⱼₙ]/g, (letter) => letter.normalize("NFKC"));
const field = (raw = "") => ({ raw, lower: folded(raw) });

/* The index of the entries that the site has written (scripts/lecture/render). */
function makeIndex(entries) {
  const pages = new Map(); // the entry of each page → its place
  let page;
  const sections = entries.map((entry, place) => {
    if (!entry.location.includes("#")) pages.set((page = entry), place);
    const [title, text] = [field(entry.title), field(entry.text)];
    return { entry, page, title, text, names: (entry.names ?? []).map(field) };
  });
  const terms = termsOf(entries);
  return { sections, pages, terms, words: wordsOf(sections, terms) };
}

/* Each name of a term → all of its names. */
function termsOf(entries) {
  const groups = [...OTHER_NAMES, ...entries.map(({ names }) => names ?? [])];
  return new Map(groups.flatMap((names) => names.map((name) => [key(name), names])));
}

/* Every word of the site as its letters → the word, and whether it is a term or title. */
function wordsOf(sections, terms) {
  const words = new Map();
  const add = (word, isName) => {
    const letters = word.normalize("NFD");
    if (isName || !words.has(letters)) words.set(letters, { word, isName });
  };
  const each = ({ lower }, isName) => {
    for (const [word] of lower.matchAll(/[가-힣]{2,}|[a-z]{4,}/g)) {
      const bases = stems(word);
      add(bases.find((base) => terms.has(base)) ?? (isName ? word : (bases[0] ?? word)), isName);
    }
  };
  for (const name of terms.keys()) add(name, true);
  for (const { title } of sections) each(title, true);
  for (const { text } of sections) each(text, false);
  return words;
}
