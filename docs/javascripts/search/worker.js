/* The search worker, in the place of Material's: it speaks Material's messages.
 *
 * It is loaded when somebody searches, and then loads the index: as scripts, because a
 * page that is opened from a folder may load nothing else. */
"use strict";

const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3];
const HERE = self.document?.currentScript?.src ?? self.location.href;
const PARTS = ["hangul.js", "names.js", "index.js", "query.js", "ranking.js", "teaser.js"];
const ENTRIES = "../../search/entries.js";
const loaded = (async () => {
  const urls = [...PARTS, ENTRIES].map((part) => new URL(part, HERE).href);
  await importScripts(...urls); // from a folder this is iframe-worker's, and waits
  return makeIndex(self.entries);
})();

async function answerTo({ type, data }) {
  const index = await loaded;
  if (type === SETUP) postMessage({ type: READY });
  if (type === QUERY) {
    const units = data.trim() ? understand(data, index) : [];
    const items = units.length ? rank(units, index).map(results) : [];
    postMessage({ type: RESULT, data: { items } });
  }
}

addEventListener("message", ({ data }) => answerTo(data));
