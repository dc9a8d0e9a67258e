/* A query: what a reader has typed, as units of which each may be found in many ways. */
"use strict";

const QUESTION = new Set(
  (
    "왜 무엇 무엇이 무엇을 무엇인가 무엇인가요 뭐 뭔가요 뭐가 어떻게 어떤 언제 어디 어디에 얼마 얼마나 얼마로 얼마가 몇 " +
    "하나 하나요 되나 되나요 쓰나요 쓰나 하면 되면 해야 되는 하는 할 때 때는 때도 수 것 것은 게 법 방법 방법은 이유 " +
    "이유는 이유가 뜻 뜻은 의미 의미는 종류 설명 차이 차이는 차이가 너무 좀 더 및 또는 그리고 중 중에 대한 대해 " +
    "있나요 있나 있는 없나요 없는 인가요 인가 같은 같나요 보려면 하려면 주세요 알려줘 가장 직접 모두 필요한가요 " +
    "필요한가 쓰는 쓸 쓸까 쓸까요 쓰면 써야 뭐야 뭐예요 무슨 무엇일까 있을까 될까 될까요 할까 할까요 건가요 거야"
  ).split(" "),
);
const TERM = 1.6; // how much more a term tells of what is sought than another word,
const WEAK = 0.3; // and how much less a single syllable or the verb of a question does
const VERBS = /(?:나요|까요|가요|니까|을까|는지|은지|려면|어요|아요|해요|돼요|세요|지요|죠|다면|으면)$/;

/* The units of a query; of the last word only the beginning may be typed yet. */
function understand(query, index) {
  const text = folded(query.normalize("NFC")).replace(/(\d),(?=\d{3})/g, "$1");
  const words = text.split(/\s+/).map(bare).filter(Boolean);
  const isOpen = !/\s$/.test(text);
  const meant = misspeltTerm(words, index);
  if (meant) return [meant];
  const units = [];
  for (let first = 0; first < words.length; ) {
    const [length, names] = longestTerm(words.slice(first), index.terms);
    const isLast = isOpen && first + length === words.length;
    const word = words.slice(first, first + length).join(" ");
    units.push(...(names ? [term(word, names, isLast)] : unitsOf(word, isLast, index)));
    first += length;
  }
  const telling = units.filter(({ word }) => !QUESTION.has(word));
  return telling.length ? telling : units;
}

/* A word without the marks around it: `(왜?)` is 왜, but σ(x) stays as it is. */
function bare(word) {
  const inner = word.replace(/^["'“”‘’「」,]+|[?!.,;:…~"'“”‘’「」]+$|\(\)$/g, "");
  return /^\(.*\)$/.test(inner) ? inner.slice(1, -1) : inner || word;
}

/* How many of the next words are the name of one term, and all of its names. */
function longestTerm(words, terms) {
  for (let length = Math.min(words.length, 5); length > 0; length--) {
    const before = key(words.slice(0, length - 1).join(""));
    const joined = before + key(words[length - 1]);
    for (const name of [joined, ...stems(joined)])
      if (name.length > before.length && terms.has(name)) return [length, [name, ...terms.get(name)]];
  }
  return [1, undefined];
}

const way = (word, weight, isOpen) => ({ word, weight, regex: pattern(word, isOpen) });

function term(word, names, isOpen) {
  const [typed, ...others] = names;
  const ways = others.filter((name) => key(name) !== typed).map((name) => way(name, 0.9));
  const unfinishedToo = isOpen && key(word) === typed;
  return unit(word, [way(typed, 1, unfinishedToo), ...ways], TERM);
}

function unit(word, alternatives, importance) {
  const isWeak = (word.length === 1 && isSyllable(word)) || VERBS.test(word);
  return { word, alternatives, importance: importance ?? (isWeak ? WEAK : 1) };
}

/* Several words that are one term but for one letter: `learning late`. */
function misspeltTerm(words, index) {
  const joined = words.join("").normalize("NFD");
  if (words.length < 2 || joined.length < 8 || index.terms.has(words.join(""))) return undefined;
  for (const [name, names] of index.terms) {
    if (difference(joined, name.normalize("NFD"), 1) <= 1) {
      const ways = [name, ...names].map((one) => way(one, 0.7));
      return unit(words.join(" "), ways, TERM);
    }
  }
  return undefined;
}

/* A word that is no term: as it is, without its ending, in pieces, or misspelt. */
function unitsOf(word, isOpen, index) {
  const compound = divided(word, isOpen, index, (head) => index.terms.has(key(head)));
  if (compound) return compound;
  const ways = [way(word, 1, isOpen), ...stems(word).map((stem) => way(stem, 0.8))];
  const worth = ways.map((one) => standingIn(index, one.regex));
  const good = ways.filter((_, place) => worth[place]);
  if (worth.some((one) => one > 0.5)) return [unit(word, good)];
  const [far, meant] = misspelt(word, isOpen, index);
  const pieces = far > 1 && inPieces(word, isOpen, index);
  if (pieces) return pieces;
  if (meant.length || good.length) return [unit(word, [...good, ...meant])];
  return shortened(word, index);
}

/* The best standing that a pattern has anywhere. */
function standingIn({ sections }, regex) {
  let best = 0;
  for (const { title, text, names } of sections) {
    for (const one of [title, text, ...names]) best = Math.max(best, matches(one, regex).best);
    if (best === 1) break;
  }
  return best;
}

/* 시그모이드함수 is 시그모이드 and 함수; model.fit() is model and fit. */
function inPieces(word, isOpen, index) {
  const parts = word.match(/[가-힣ㄱ-ㅣ]+|[a-z]+|[\d.]+|[^\s\w가-힣ㄱ-ㅣ]+/g) ?? [];
  const telling = parts.filter((part) => kindOf(part[0]));
  if (telling.length > 1 || (telling.length && telling[0] !== word))
    return telling.flatMap((part, place) =>
      named(part, index, isOpen && place === telling.length - 1),
    );
  return divided(word, isOpen, index);
}

/* A compound in two: its head as `isHead` wants it, and the rest. */
function divided(word, isOpen, index, isHead) {
  const isKnown = (piece, open) => standingIn(index, pattern(piece, open)) > 0.5;
  for (let place = word.length - 2; place > 1; place--) {
    const [head, tail] = [word.slice(0, place), word.slice(place)];
    if (!isHangul(tail[0]) || !(isHead ?? isKnown)(head)) continue;
    const rest = [tail, ...stems(tail)].find((one) => isKnown(one, isOpen && one === tail));
    if (rest) return [...named(head, index), ...named(rest, index, isOpen && rest === tail)];
  }
  return undefined;
}

function named(word, index, isOpen) {
  const names = index.terms.get(key(word));
  return names ? [term(word, [key(word), ...names], isOpen)] : unitsOf(word, isOpen, index);
}

/* How far the nearest words of the site are, and they; names and titles first. */
function misspelt(word, isOpen, index) {
  let best = Infinity;
  let nearest = [];
  for (const typed of [word, ...stems(word)]) {
    const letters = typed.normalize("NFD");
    const most = letters.length < 5 ? 0 : letters.length < 12 ? 1.5 : 2.5;
    for (const [other, { word: meant, isName }] of index.words) {
      const bias = isName ? 0 : 0.5;
      const limit = Math.min(most, best);
      const far = difference(letters, other, limit - bias, isOpen && typed === word) + bias;
      if (far < best) [best, nearest] = [far, []];
      if (far === best && far < Infinity) nearest.push(meant);
    }
  }
  const ways = nearest.slice(0, 4).flatMap((meant) => {
    const names = index.terms.get(key(meant)) ?? [];
    return [way(meant, 0.7, isOpen), ...names.map((name) => way(name, 0.6))];
  });
  return [best, ways];
}

/* As much of the beginning of a word as the site knows. */
function shortened(word, index) {
  for (let length = word.length - 1; length > 1 && !isDigit(word[0]); length--) {
    const start = way(word.slice(0, length), 0.5);
    if (index.terms.has(start.word)) return named(start.word, index);
    if (standingIn(index, start.regex)) return [unit(word, [start])];
  }
  return [unit(word, [])];
}
