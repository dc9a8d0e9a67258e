/* The search worker begins when a reader enters the search box, not with the page.
 *
 * Material makes its worker at once and tells it what to do. This one takes the orders
 * down, and hands them on when somebody searches. Until then nothing is fetched. */
"use strict";

{
  const Begun = window.Worker; // from a folder, iframe-worker's
  const BOX = ".md-search__input";

  window.Worker = class extends EventTarget {
    #orders = [];
    #worker;

    constructor(url) {
      super();
      const begin = () => this.#begin(url);
      if (document.activeElement?.matches(BOX)) begin();
      document.addEventListener("focusin", ({ target }) => target.matches(BOX) && begin());
    }

    postMessage(order) {
      if (this.#worker) this.#worker.postMessage(order);
      else this.#orders.push(order);
    }

    #begin(url) {
      if (this.#worker) return;
      this.#worker = new Begun(url);
      this.#worker.addEventListener("message", ({ data }) =>
        this.dispatchEvent(new MessageEvent("message", { data })),
      );
      this.#orders.forEach((order) => this.#worker.postMessage(order));
    }
  };
}
