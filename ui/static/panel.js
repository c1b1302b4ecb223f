"use strict";
// The panel beside the answer: the passage that a citation, or a node of a debate map, opens.
(() => {
  const WIDE = window.matchMedia("(min-width: 1100px)");
  let opener = null;
  let panel = null;
  let content = null;
  window.counterpointPanel = { close };

  function build() {
    const { make } = window.counterpoint;
    const button = (label, sign, act) => {
      const node = make("button", { type: "button", "aria-label": label, title: label }, sign);
      node.addEventListener("click", act);
      return node;
    };
    content = make("div", { class: "cp-panel-content" });
    const bar = make(
      "div",
      { class: "cp-panel-bar" },
      button("Previous citation", "‹", () => step(-1)),
      button("Next citation", "›", () => step(1)),
      make("span", {}, "The cited passage"),
      button("Close", "✕", close),
    );
    panel = make("dialog", { id: "cp-panel", "aria-label": "The cited passage" }, bar, content);
    panel.addEventListener("close", closed);
    panel.addEventListener("click", (event) => {
      if (event.target === panel) close(); // the backdrop: the content covers the rest
    });
    document.body.append(panel);
  }

  function open(from, passage) {
    if (!panel) build();
    opener?.classList.remove("is-open");
    opener = from;
    opener.classList.add("is-open");
    panel.classList.toggle("is-alone", !from.matches(".cp-cite"));
    content.replaceChildren(passage);
    if (!panel.open) {
      if (WIDE.matches) panel.show();
      else panel.showModal();
      document.body.classList.add("cp-reading");
    }
    panel.scrollTop = 0;
    const heading = content.querySelector("h2");
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  function openCitation(citation) {
    const turn = citation.closest(".cp-turn");
    const passage = turn.querySelector(`template.cp-passage[data-n="${Number(citation.dataset.n)}"]`);
    if (passage) open(citation, passage.content.cloneNode(true));
  }

  async function openPassage(node) {
    const reply = await fetch(`/screens/ask/passages/${encodeURIComponent(node.dataset.passage)}`);
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const fragment = document.createDocumentFragment();
    fragment.append(...page.body.childNodes);
    open(node, fragment);
  }

  function step(by) {
    const turn = opener.closest(".cp-turn");
    const wanted = Number(opener.dataset.n) + by;
    const next = turn?.querySelector(`.cp-cite[data-n="${wanted}"]`);
    if (next) openCitation(next);
  }

  function close() {
    if (panel?.open) panel.close();
  }

  function closed() {
    document.body.classList.remove("cp-reading");
    opener?.classList.remove("is-open");
    const back = opener;
    opener = null;
    if (!back?.isConnected) return;
    back.focus({ preventScroll: true });
    // A node of the map may be of a form that only fits once the panel is gone.
    if (document.activeElement !== back) requestAnimationFrame(() => back.focus({ preventScroll: true }));
  }

  document.addEventListener("click", (event) => {
    const citation = event.target.closest?.("#cp-log .cp-cite");
    if (citation) openCitation(citation);
    const node = event.target.closest?.("#cp-log [data-passage]");
    if (!node) return;
    event.preventDefault();
    openPassage(node);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    const node = event.target.closest?.("#cp-log [data-passage]");
    if (node && (event.key === "Enter" || event.key === " ") && !node.matches("a, button")) {
      event.preventDefault();
      openPassage(node);
    }
  });
})();
