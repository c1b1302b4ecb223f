"use strict";
// The review screen: sentences and passages move together, what is filled in saves itself, keys for all of it.
(() => {
  const PAUSE_MS = 800; // chosen: a pause between two words, not between two keys
  const RETRY_MS = 4000;
  const WIDE = window.matchMedia("(min-width: 760px)");
  const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
  const KEYS_OFF = "counterpoint-keys=off";
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const review = () => document.getElementById("cp-review");
  const form = () => $("#cp-review[data-mode=review] #cp-review-form");
  const seen = (element) => element.checkVisibility();

  // ---- what is filled in saves itself --------------------------------------------------------------------------
  let timer = 0;
  let dirty = null; // the form with something in it that the server does not have yet
  let began = 0;

  function changed(target, pause) {
    if (!target.closest("#cp-review-form") || !form()) return;
    dirty = form();
    say("");
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }
  function save() {
    clearTimeout(timer);
    if (!dirty?.isConnected) return (dirty = null);
    window.htmx.trigger(dirty, "cp-save");
  }
  function say(words) {
    const line = document.getElementById("cp-saved");
    if (line && line.textContent !== words) line.textContent = words;
  }
  // The page goes away before the pause is over: the browser sends what is left by itself.
  function flush() {
    if (!dirty) return;
    clearTimeout(timer);
    const body = new URLSearchParams(new FormData(dirty));
    fetch(dirty.dataset.saved, { method: "POST", body, keepalive: true }).catch(() => {});
    dirty = null;
  }
  window.addEventListener("pagehide", flush);
  window.addEventListener("hashchange", flush, true);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && dirty && save());
  document.addEventListener("input", (event) => changed(event.target, PAUSE_MS));
  document.addEventListener("change", (event) => {
    changed(event.target, event.target.type === "radio" ? 150 : PAUSE_MS);
    if (event.target.type === "radio") mark();
    if (event.target.id === "cp-keys-on") remember(event.target.checked);
  });
  document.addEventListener("submit", (event) => event.target.id === "cp-review-form" && event.preventDefault());
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.id === "cp-review-form" || event.target.id === "cp-finish") {
      dirty = null;
      clearTimeout(timer);
    }
    if (event.target.id === "cp-finish") document.getElementById("cp-lacking").replaceChildren();
  });
  // What is still to do, once it was told, is told again with each step.
  document.addEventListener("htmx:configRequest", (event) => {
    const isTold = document.getElementById("cp-lacking")?.childElementCount;
    if (event.target.id === "cp-review-form" && isTold) event.detail.parameters.append("told", "on");
  });
  const failed = (event) => {
    if (event.target.id !== "cp-review-form") return;
    event.stopPropagation();
    again("Not saved: Counterpoint cannot be reached. What you typed is still here, and is sent again.");
  };
  function again(words) {
    say(words);
    dirty = dirty ?? form();
    clearTimeout(timer);
    timer = setTimeout(save, RETRY_MS);
  }
  document.addEventListener("htmx:sendError", failed, true);
  document.addEventListener("htmx:responseError", (event) => {
    if (event.target.id === "cp-review-form" && event.detail.xhr.status >= 500) again("Not saved yet; it is sent again.");
  });

  // ---- sentences and passages move together --------------------------------------------------------------------
  let current = null; // the sentence in focus
  let at = 0; // which of its passages

  const claims = () => $$(".cp-claim", review()).filter(seen);
  const passage = (number) => document.getElementById(`cp-passage-${number}`);
  const numbers = (claim) => (claim?.dataset.numbers ?? "").split(" ").filter((n) => n && seen(passage(n)));

  // A press gives the focus before it is let go: what scrolled in between would slip away from under the pointer.
  let pressed = false;
  let waiting = null;
  const settled = (move) => (pressed ? (waiting = move) : move());
  document.addEventListener("pointerdown", () => (pressed = true), true);
  ["pointerup", "pointercancel"].forEach((name) =>
    document.addEventListener(name, () => setTimeout(() => {
      pressed = false;
      waiting?.();
      waiting = null;
    }), true));

  function attend(claim, place = 0) {
    current = claim;
    at = place;
    $$(".is-current, .is-carrying, .is-here", review()).forEach((e) => e.classList.remove("is-current", "is-carrying", "is-here"));
    claim.classList.add("is-current");
    const cited = numbers(claim);
    cited.forEach((n) => passage(n).classList.add("is-carrying"));
    const here = cited[at] && passage(cited[at]);
    here?.classList.add("is-here");
    if (here && WIDE.matches) settled(() => bring(here));
  }
  function attendPassage(card) {
    const carried = $$(".cp-claim", review()).filter((c) => c.dataset.numbers.split(" ").includes(card.dataset.n));
    const claim = carried.includes(current) ? current : carried.find(seen);
    $$(".is-current, .is-carrying, .is-here", review()).forEach((e) => e.classList.remove("is-current", "is-carrying", "is-here"));
    carried.forEach((c) => c.classList.add("is-current"));
    card.classList.add("is-carrying", "is-here");
    if (!claim) return;
    current = claim;
    at = Math.max(numbers(claim).indexOf(card.dataset.n), 0);
    if (WIDE.matches) settled(() => claim.scrollIntoView({ block: "nearest" }));
  }
  function bring(card) {
    const pane = document.getElementById("cp-right");
    const [inner, outer] = [card.getBoundingClientRect(), pane.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom) pane.scrollTop += inner.top - outer.top - 8;
  }
  function to(element) {
    if (!element) return;
    if (!seen(element)) showAll(true);
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: WIDE.matches ? "nearest" : "start" });
  }
  document.addEventListener("focusin", (event) => {
    if (!review()) return;
    const card = event.target.closest(".cp-card-passage");
    const claim = event.target.closest(".cp-claim");
    if (card) attendPassage(card);
    else if (claim && claim !== current) attend(claim);
  });

  // Each number shows the verdict that its passage was given.
  function mark() {
    const screen = review();
    if (!screen) return;
    $$(".cp-mark", screen).forEach((m) => {
      const given = $(`input[name="c-${m.dataset.n}"]:checked`, screen);
      if (given) m.dataset.verdict = given.value;
      else delete m.dataset.verdict;
      const words = m.getAttribute("aria-label").split(": ")[0];
      m.setAttribute("aria-label", given ? `${words}: ${given.value.replace("-", " ")}` : words);
    });
  }

  function showAll(all) {
    review().classList.toggle("is-short", !all);
    $("[data-show-all]", review())?.setAttribute("aria-pressed", String(all));
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest("button, a");
    if (event.target.closest("[data-keys-open]")) return cheat(true);
    if (event.target.closest("[data-keys-close]")) return cheat(false);
    if (target?.matches("[data-filters-open]")) {
      const open = document.getElementById("cp-filters").classList.toggle("is-open");
      return target.setAttribute("aria-expanded", String(open));
    }
    if (!target || !review()?.contains(target)) return;
    if (target.matches(".cp-mark")) {
      attend(target.closest(".cp-claim"));
      to(passage(target.dataset.n));
    } else if (target.dataset.toClaim) to(document.getElementById(`cp-claim-${target.dataset.toClaim}`));
    else if (target.dataset.go) go(target.dataset.go);
    else if ("showAll" in target.dataset) showAll(review().classList.contains("is-short"));
  });
  function go(id) {
    const place = document.getElementById(id);
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "start" });
    $$(".cp-switch button", review()).forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.go === id)));
  }

  // ---- keys ----------------------------------------------------------------------------------------------------
  const cheat = (open) => {
    const sheet = document.getElementById("cp-keys");
    if (!sheet) return;
    $("#cp-keys-on", sheet).checked = !document.cookie.includes(KEYS_OFF);
    if (open && !sheet.open) sheet.showModal();
    else if (!open) sheet.close();
  };
  const remember = (on) => {
    document.cookie = on ? "counterpoint-keys=; Max-Age=0; Path=/; SameSite=Strict" : `${KEYS_OFF}; Max-Age=31536000; Path=/; SameSite=Strict`;
  };
  function step(by) {
    const all = claims();
    const place = all.indexOf(current);
    to(all[place < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(place + by, 0), all.length - 1)]);
  }
  function along(by) {
    const cited = numbers(current);
    const place = at + by;
    if (place >= 0 && place < cited.length) attend(current, place);
  }
  function judge(digit) {
    const number = numbers(current)[at];
    if (!number) return;
    $$(`input[name="c-${number}"]`, review())[digit - 1]?.click();
    if (numbers(current)[at + 1]) attend(current, at + 1);
  }
  const verdict = (value) => {
    const radio = $(`input[name=verdict][value=${value}]`, review());
    radio?.click();
    radio?.focus();
  };
  const ON_ITEM = {
    j: () => step(1),
    k: () => step(-1),
    l: () => along(1),
    h: () => along(-1),
    o: () => $("[data-show-all]", review())?.click(),
    v: () => ($(".cp-school-row:not(:has(:checked)) input", review()) ?? $(".cp-school-row input", review()))?.focus(),
    a: () => verdict("accept"),
    c: () => verdict("corrections"),
    r: () => verdict("reject"),
    f: () => document.getElementById("cp-finish")?.click(),
    s: () => $(".cp-settle select", review())?.focus(),
    d: () => $(".cp-settle textarea[required]", review())?.focus(),
    n: () => review().dataset.next && (location.hash = `#/review/${review().dataset.next}`),
  };
  function line(by) {
    const all = $$(".cp-line-question");
    const place = all.indexOf(document.activeElement);
    all[place < 0 ? 0 : Math.min(Math.max(place + by, 0), all.length - 1)]?.focus();
  }
  const ON_QUEUE = { j: () => line(1), k: () => line(-1), n: () => $(".cp-line-question")?.click() };

  document.addEventListener("keydown", (event) => {
    const queue = document.getElementById("cp-queue");
    if ((!review() && !queue) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(TYPING)) {
      if (event.key === "Escape" && review()?.contains(event.target)) (current ?? document.getElementById("cp-left")).focus();
      return;
    }
    if (document.querySelector("dialog[open]") || document.cookie.includes(KEYS_OFF)) return;
    if (event.key === "?") return act(event, () => cheat(true));
    if (review()?.dataset.mode === "review" && /^[1-5]$/.test(event.key)) return act(event, () => judge(Number(event.key)));
    const action = (review() ? ON_ITEM : ON_QUEUE)[event.key];
    if (action && Object.hasOwn(review() ? ON_ITEM : ON_QUEUE, event.key)) act(event, action);
  });
  const act = (event, action) => {
    event.preventDefault();
    action();
  };

  // ---- a part came, and what had the focus is gone: it goes to what comes next ------------------------------------
  const FOCUS_OF = { "cp-thread": "#cp-thread-box", "cp-reference": "a" };
  document.addEventListener("htmx:afterSettle", (event) => {
    if (FOCUS_OF[event.target.id]) $(FOCUS_OF[event.target.id], event.target)?.focus({ preventScroll: true });
  });

  // ---- a screen came ---------------------------------------------------------------------------------------------
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id !== "cp-screen") return;
    current = null;
    at = 0;
    began = Date.now();
    $(".cp-tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" }); // a phone shows three of five
    mark();
    spent();
  });
  function spent() {
    const place = document.getElementById("cp-spent");
    if (!place) return;
    const minutes = Math.floor((Number(place.dataset.seconds) + (Date.now() - began) / 1000) / 60);
    place.textContent = minutes ? `${minutes} min so far` : "";
  }
  setInterval(spent, 10000);
})();
