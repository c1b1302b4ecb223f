"use strict";
// The head of a turn: of a long question and of many facts the beginning is shown, the rest at a tap.
(() => {
  const ROWS = 2; // of chips; chosen: a phone shows the safety line and the short answer below them
  const { make } = window.counterpoint;

  // ---- facts -----------------------------------------------------------------------------------------------------
  const items = (list) => [...list.children].filter((item) => !item.matches(".cp-more-facts"));
  const button = (list) => list.querySelector(":scope > .cp-more-facts > button");

  // Chips are measured with all of them shown: how many stand in two rows depends on their words and on the width.
  function fit(list) {
    list.classList.remove("is-whole");
    list.querySelector(":scope > .cp-more-facts")?.remove();
    const all = items(list);
    all.forEach((item) => (item.hidden = false));
    const tops = [...new Set(all.map((item) => item.offsetTop))];
    if (tops.length <= ROWS) return;
    const more = make("li", { class: "cp-more-facts" }, make("button", { type: "button", class: "cp-chip" }));
    list.append(more);
    let hidden = 0;
    do {
      hidden += 1;
      all[all.length - hidden].hidden = true;
      label(list, hidden);
    } while (more.offsetTop > tops[ROWS - 1] && hidden < all.length - 1);
  }

  function label(list, hidden) {
    const node = button(list);
    const unseen = make("span", { class: "cp-unseen" }, hidden ? " facts read from the case" : " facts");
    node.setAttribute("aria-expanded", String(!hidden));
    node.replaceChildren(hidden ? `${hidden} more` : "Fewer", unseen);
  }

  function open(list) {
    const first = items(list).find((item) => item.hidden);
    items(list).forEach((item) => (item.hidden = false));
    list.classList.add("is-whole");
    label(list, 0);
    first.querySelector("button")?.focus({ preventScroll: true }); // reading goes on where it was cut
  }

  function shut(list) {
    fit(list);
    button(list)?.focus({ preventScroll: true });
  }

  // ---- a long question -------------------------------------------------------------------------------------------
  function clamp(question) {
    const known = question.nextElementSibling?.matches(".cp-more-question") ? question.nextElementSibling : null;
    if (question.matches(".is-whole")) return;
    const isCut = question.scrollHeight > question.clientHeight + 2;
    if (!isCut) known?.remove();
    else if (!known) question.after(make("button", { type: "button", class: "cp-more-question", "aria-expanded": "false" }, "Whole question"));
  }

  function unfold(more) {
    const isWhole = more.previousElementSibling.classList.toggle("is-whole");
    more.setAttribute("aria-expanded", String(isWhole));
    more.textContent = isWhole ? "Less of it" : "Whole question";
  }

  // ---- when ------------------------------------------------------------------------------------------------------
  const widths = new WeakMap();
  const sized = new ResizeObserver((entries) => {
    entries.forEach(({ target, contentRect: { width } }) => {
      if (!width || widths.get(target) === width) return; // out of sight, or only its height is another
      widths.set(target, width);
      if (target.matches("ul")) target.classList.contains("is-whole") || fit(target);
      else clamp(target);
    });
  });
  const HEADS = ".cp-facts > ul, .cp-question";
  const found = new WeakSet();
  const look = (node) => node.querySelectorAll(HEADS).forEach((head) => {
    if (found.has(head)) return;
    found.add(head);
    sized.observe(head);
  });
  document.addEventListener("cp-log", () => {
    const log = window.counterpoint.log();
    new MutationObserver(() => look(log)).observe(log, { childList: true, subtree: true });
    look(log);
  });
  document.addEventListener("click", (event) => {
    const more = event.target.closest?.(".cp-more-facts > button, .cp-more-question");
    if (!more) return;
    if (more.matches(".cp-more-question")) unfold(more);
    else if (more.getAttribute("aria-expanded") === "false") open(more.closest("ul"));
    else shut(more.closest("ul"));
  });
})();
