/* Hangul: syllables that are still being typed, and particles at the end of a word.
 *
 * Syllables stand in Unicode in the order of their letters, so all syllables that one
 * may still become are a range: ㅎ may become 하-힣, 하 may become 하-핳. */
"use strict";

const GA = 0xac00;
const FINALS = 28;
const PER_INITIAL = 21 * FINALS;
const INITIAL = [..."ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"];
const FINAL = ["", ..."ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"];
const DOUBLE = Object.fromEntries(
  "ㄳㄱㅅ ㄵㄴㅈ ㄶㄴㅎ ㄺㄹㄱ ㄻㄹㅁ ㄼㄹㅂ ㄽㄹㅅ ㄾㄹㅌ ㄿㄹㅍ ㅀㄹㅎ ㅄㅂㅅ"
    .split(" ")
    .map(([both, one, two]) => [both, [one, two]]),
);
const MORE_VOWELS = { 8: 3, 13: 3, 18: 1 }; // ㅗ → ㅘㅙㅚ, ㅜ → ㅝㅞㅟ, ㅡ → ㅢ

const isSyllable = (letter) => letter >= "가" && letter <= "힣";
const isHangul = (letter) => /[가-힣ㄱ-ㅣ]/.test(letter ?? "");
const range = (from, to) => `[${String.fromCharCode(from)}-${String.fromCharCode(to)}]`;

/* A consonant alone is a syllable of which only the beginning is typed. */
function beginning(consonant) {
  if (DOUBLE[consonant]) return DOUBLE[consonant].map(beginning).join("");
  const first = GA + INITIAL.indexOf(consonant) * PER_INITIAL;
  return `(?:${consonant}|${range(first, first + PER_INITIAL - 1)})`;
}

/* What the last syllable of a word may be, while its reader is still typing.
 * 티 may become 팀; of 팀 the ㅁ may yet begin the next syllable: 티마. */
function unfinished(syllable) {
  const code = syllable.charCodeAt(0);
  const final = (code - GA) % FINALS;
  if (final === 0) {
    const more = MORE_VOWELS[((code - GA) % PER_INITIAL) / FINALS] ?? 0;
    return range(code, code + more * FINALS + FINALS - 1);
  }
  const [stays, moves] = DOUBLE[FINAL[final]] ?? ["", FINAL[final]];
  const rest = String.fromCharCode(code - final + FINAL.indexOf(stays));
  const grown = FINAL.filter((one) => DOUBLE[one]?.[0] === FINAL[final]);
  const these = [final, ...grown.map((one) => FINAL.indexOf(one))];
  const whole = these.map((one) => String.fromCharCode(code - final + one)).join("");
  return `(?:[${whole}]|${rest}${INITIAL.includes(moves) ? beginning(moves) : ""})`;
}

const PARTICLE =
  "은|는|이|가|을|를|의|에|도|만|와|과|로|으로|에서|에게|보다|처럼|마다|까지|부터|밖에|뿐|만큼|" +
  "대로|이나|나|이란|란|하고|끼리|들|별|당|씩|인|일|인지|인가|이다|다|이며|며|이고|고|이면|면|" +
  "이라|라|이라고|라고|이라는|라는|이므로|이지만|입니다|입니까|이에요|예요|이죠|죠|요|이었|였";
const VERB =
  "하|한|할|함|해|했|하려|해야|하기|하는|하지|합니|하나|되|된|될|됨|돼|됐|되는|되기|되지|됩니|되나|" +
  "시키|시킨|시킬|시켜|시키기|시키는";
const ENDING = new RegExp(`^(?:${VERB})?(?:${PARTICLE}){0,3}$`);

/* The words that this one may be without its particles and endings, longest first. */
function stems(word) {
  const lengths = [...word].map((_, length) => length).filter((length) => length > 1);
  return lengths
    .reverse()
    .filter((length) => isHangul(word[length]) && ENDING.test(word.slice(length)))
    .map((length) => word.slice(0, length));
}

/* How many letters differ at least: 드랍아웃 and 드롭아웃 by one, ㅏ and ㅗ. Of an
 * unfinished word only what is typed counts. More than `most` is told as Infinity. */
function difference(typed, word, most, isOpen) {
  if (!isOpen && Math.abs(typed.length - word.length) > most) return Infinity;
  let before = [];
  let row = [...Array(word.length + 1).keys()];
  for (let i = 1; i <= typed.length; i++) {
    const next = [i];
    for (let j = 1; j <= word.length; j++) {
      const same = typed[i - 1] === word[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (!same && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1])
        next[j] = Math.min(next[j], before[j - 2] + 1); // two letters exchanged
    }
    if (Math.min(...next) > most) return Infinity;
    [before, row] = [row, next];
  }
  const least = isOpen ? Math.min(...row) : row[word.length];
  return least <= most ? least : Infinity;
}
