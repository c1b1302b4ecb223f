"use strict";
// The chat's own script: puts messages from the server into the log, opens citations, starts examples.
// All HTML that arrives was escaped by ui/rendering.py; nothing here builds HTML from text.
(() => {
  const WIDE = window.matchMedia("(min-width: 1100px)");
  const TOUCH = window.matchMedia("(pointer: coarse)");
  const LONGEST = 20000; // characters; as in ui/web.py
  const DRAFT = "counterpoint-draft";
  let log = null;
  let opener = null;
  let aside = null; // the question of an escalation and the red flag that a tap set aside, until it is sent

  // Gradio posts a message to a site that may host it; no site does, and nothing is posted to another origin.
  const post = window.postMessage.bind(window);
  window.postMessage = (message, target, ...rest) => {
    const origin = typeof target === "string" ? target : target?.targetOrigin;
    if (/^https?:/.test(origin ?? "") && new URL(origin).origin !== location.origin) return;
    post(message, target, ...rest);
  };

  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.append(...children);
    return node;
  };
  const box = () => document.querySelector("#cp-box textarea");

  // ---- the log -------------------------------------------------------------------------------------------------
  const status = make("p", { class: "cp-unseen", role: "status" });
  const warning = make("p", { class: "cp-notice", role: "alert", hidden: "" });

  function turn(id) {
    const known = document.getElementById(id);
    if (known) return known;
    log.querySelector(".cp-welcome")?.remove();
    const article = make("article", { class: "cp-turn", id });
    log.append(article);
    show(article);
    invite("Follow up, or add a finding");
    return article;
  }

  function invite(words) {
    const area = box();
    if (!area) return;
    area.placeholder = words;
    area.dispatchEvent(new Event("input", { bubbles: true })); // Gradio fits the height to what is in it
  }

  const show = (article) => article.scrollIntoView({ block: "start", behavior: "instant" });

  const receivers = {
    welcome(html) {
      closePanel();
      warn("");
      log.innerHTML = html;
      document.body.classList.remove("cp-begun");
      window.scrollTo(0, 0);
    },
    working(html, id) {
      warn("");
      document.body.classList.add("cp-begun", "cp-busy");
      turn(id).innerHTML = html;
    },
    answer(html, id) {
      document.body.classList.remove("cp-busy");
      const article = turn(id);
      article.innerHTML = html;
      show(article);
      const checks = article.querySelector(".cp-verdict summary")?.textContent ?? "";
      status.textContent = `The answer is there. ${checks}.`;
      if (TOUCH.matches) box()?.blur();
    },
    notice(html, id) {
      settle(id);
      warn(html);
    },
  };

  function settle(id) {
    document.body.classList.remove("cp-busy");
    if (id) document.getElementById(id)?.remove();
    else log.querySelectorAll(".cp-stages").forEach((stages) => stages.closest(".cp-turn").remove());
  }

  function warn(html) {
    warning.innerHTML = html;
    warning.hidden = !html;
    const composer = document.getElementById("cp-composer");
    if (html && composer && warning.parentNode !== composer) composer.prepend(warning);
  }

  function attach(element, props, watch) {
    log = element.querySelector("#cp-log");
    element.append(status);
    const receive = () => {
      const message = JSON.parse(props.value);
      receivers[message.kind](message.html, message.turn);
    };
    watch("value", receive);
    receive();
    log.addEventListener("click", clicked);
    whenThere(box, restoreDraft);
  }

  function whenThere(find, act) {
    if (find()) act();
    else requestAnimationFrame(() => whenThere(find, act));
  }

  function lost() {
    settle(null);
    warn("<strong>Not answered.</strong> Counterpoint cannot be reached, or has too much to do. What you typed is still in the box: try again in a moment.");
  }

  // What goes to the server: a paste without end is cut here, and the server says that it is too long.
  // After a tap on a reason the question of that turn goes again, and what is in the box stays there.
  const outgoing = ([question, conversation, length]) => {
    const tapped = aside;
    aside = null;
    const words = tapped ? tapped.question : question;
    return [String(words ?? "").slice(0, LONGEST + 1), conversation, length, tapped ? JSON.stringify(tapped.flag) : ""];
  };

  // Gradio reloads the page when the server is back: the draft waits in this tab, and is taken out again at once.
  window.addEventListener("pagehide", () => {
    const draft = box()?.value;
    if (draft) sessionStorage.setItem(DRAFT, draft);
  });

  function restoreDraft() {
    const draft = sessionStorage.getItem(DRAFT);
    sessionStorage.removeItem(DRAFT);
    if (draft) type(draft);
  }

  function type(words) {
    const area = box();
    area.value = words;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function clicked(event) {
    const example = event.target.closest(".cp-example");
    const citation = event.target.closest(".cp-cite");
    if (example) ask(example.dataset.question);
    if (citation) openPanel(citation);
    const reason = event.target.closest(".cp-set-aside");
    if (reason) setAside(reason);
  }

  function setAside(reason) {
    if (document.body.classList.contains("cp-busy")) return;
    const { pattern, reason: why } = reason.dataset;
    aside = { question: reason.closest(".cp-dismissing").dataset.question, flag: { pattern, reason: why } };
    document.getElementById("cp-send").click();
  }

  function ask(question) {
    type(question);
    requestAnimationFrame(() => document.getElementById("cp-send").click());
  }

  // ---- the panel -----------------------------------------------------------------------------------------------
  const content = make("div", { class: "cp-panel-content" });
  const button = (label, sign, act) => {
    const node = make("button", { type: "button", "aria-label": label, title: label }, sign);
    node.addEventListener("click", act);
    return node;
  };
  const panel = make(
    "dialog",
    { id: "cp-panel", "aria-label": "The cited passage" },
    make(
      "div",
      { class: "cp-panel-bar" },
      button("Previous citation", "‹", () => step(-1)),
      button("Next citation", "›", () => step(1)),
      make("span", {}, "The cited passage"),
      button("Close", "✕", () => closePanel()),
    ),
    content,
  );

  function openPanel(citation) {
    const article = citation.closest(".cp-turn");
    const passage = article.querySelector(`template.cp-passage[data-n="${Number(citation.dataset.n)}"]`);
    if (!passage) return;
    opener?.classList.remove("is-open");
    opener = citation;
    opener.classList.add("is-open");
    content.replaceChildren(passage.content.cloneNode(true));
    if (!panel.open) reveal();
    panel.scrollTop = 0;
    const heading = content.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  function reveal() {
    if (!panel.isConnected) document.body.append(panel);
    if (WIDE.matches) panel.show();
    else panel.showModal();
    document.body.classList.add("cp-reading");
  }

  function step(by) {
    const article = opener.closest(".cp-turn");
    const wanted = Number(opener.dataset.n) + by;
    const next = article.querySelector(`.cp-cite[data-n="${wanted}"]`);
    if (next) openPanel(next);
  }

  function closePanel() {
    if (panel.open) panel.close();
  }

  panel.addEventListener("close", () => {
    document.body.classList.remove("cp-reading");
    opener?.classList.remove("is-open");
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    opener = null;
  });
  panel.addEventListener("click", (event) => {
    if (event.target === panel) closePanel(); // the backdrop: the content covers the rest
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closePanel();
  });

  window.counterpoint = { attach, lost, outgoing };
})();
