"use strict";
// The chat's own script: puts messages from the server into the log, and sends what is typed or tapped.
// All HTML that arrives was escaped by ui/rendering.py or a template; nothing here builds HTML from text.
(() => {
  const TOUCH = window.matchMedia("(pointer: coarse)");
  const LONGEST = 20000; // characters; as in ui/web.py
  const DRAFT = "counterpoint-draft";
  let log = null;
  let shown = 0; // counts what was put into the log as a whole: an answer to what stood there before is not shown
  let sentFrom = 0;
  let waiting = null; // what a tap asks, until it is sent: the question, and what goes beside it

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
  const chat = { make, box, case: "", log: () => log, send, say, warn, put, enter, leave, head };
  window.counterpoint = Object.assign(chat, { attach, lost, outgoing });

  // ---- the log -------------------------------------------------------------------------------------------------
  const status = make("p", { class: "cp-unseen", role: "status" });
  const warning = make("p", { class: "cp-notice", role: "alert", hidden: "" });

  function say(words) {
    status.textContent = words;
  }

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

  function head(article) {
    const heading = article.querySelector(".cp-question");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  const show = (article) => article.scrollIntoView({ block: "start", behavior: "instant" });

  const receivers = {
    welcome({ html }) {
      put(html);
      leave();
    },
    working({ html, turn: id }) {
      warn("");
      document.body.classList.add("cp-begun", "cp-busy");
      turn(id).innerHTML = html;
    },
    answer({ html, turn: id, case: at }) {
      document.body.classList.remove("cp-busy");
      const article = turn(id);
      article.innerHTML = html;
      window.htmx.process(article);
      if (article.querySelector(":scope > .cp-corrects")) fold(article.previousElementSibling);
      show(article);
      enter(at);
      const checks = article.querySelector(".cp-verdict summary")?.textContent ?? "";
      say(checks ? `The answer is there. ${checks}.` : "The answer is ready and waits for yours.");
      const isTapped = log.contains(document.activeElement) || document.activeElement === document.body;
      const own = article.querySelector(".cp-commit textarea");
      if (own) own.focus({ preventScroll: true });
      else if (isTapped) head(article); // asked by a tap in an earlier turn: reading goes on here
      if (TOUCH.matches) box()?.blur();
      document.dispatchEvent(new CustomEvent("cp-answered"));
    },
    notice({ html, turn: id }) {
      settle(id);
      warn(html);
    },
  };

  // Another case was opened while this one was being answered: it is kept, and the list of cases shows it.
  function elsewhere({ kind }) {
    if (kind === "working") return;
    document.body.classList.remove("cp-busy");
    document.dispatchEvent(new CustomEvent("cp-answered"));
  }

  function settle(id) {
    document.body.classList.remove("cp-busy");
    if (id) document.getElementById(id)?.remove();
    else log.querySelectorAll(".cp-stages").forEach((stages) => stages.closest(".cp-turn").remove());
  }

  // The turn whose facts were put right stays, folded; ui/rendering.py folds it alike when the case is opened again.
  function fold(article) {
    if (!article || article.querySelector(":scope > .cp-replaced")) return;
    const summary = make("summary", {}, "Put right below: these facts no longer hold");
    const whole = [...article.children].filter((child) => !child.matches(".cp-question, .cp-corrects"));
    article.append(make("details", { class: "cp-replaced" }, summary, ...whole));
  }

  function put(html) {
    window.counterpointPanel.close();
    warn("");
    shown += 1;
    log.innerHTML = html;
    window.htmx.process(log);
  }

  function enter(id) {
    chat.case = id;
    document.body.dataset.case = id;
    document.body.classList.add("cp-begun");
    invite("Follow up, or add a finding");
    window.counterpointScreens.moved(`#/case/${id}`);
  }

  function leave() {
    chat.case = "";
    delete document.body.dataset.case;
    document.body.classList.remove("cp-begun");
    window.scrollTo(0, 0);
    window.counterpointScreens.moved("#/");
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
      if (message.kind !== "welcome" && shown !== sentFrom) elsewhere(message);
      else receivers[message.kind](message);
    };
    watch("value", receive);
    if (!/^#\/case\//.test(location.hash)) receive(); // a case that the address names is fetched instead
    log.addEventListener("click", clicked);
    whenThere(box, restoreDraft);
    document.dispatchEvent(new CustomEvent("cp-log"));
  }

  function whenThere(find, act) {
    if (find()) act();
    else requestAnimationFrame(() => whenThere(find, act));
  }

  function lost() {
    settle(null);
    warn("<strong>Not answered.</strong> Counterpoint cannot be reached, or has too much to do. What you typed is still in the box: try again in a moment.");
  }

  // ---- sending -------------------------------------------------------------------------------------------------
  // What goes to the server: a paste without end is cut here, and the server says that it is too long.
  // After a tap its own question goes, and what is in the box stays there.
  function outgoing([question, , length, , isHeld]) {
    const tapped = waiting;
    waiting = null;
    sentFrom = shown;
    const words = tapped ? tapped.question : question;
    const cut = String(words ?? "").slice(0, LONGEST + 1);
    return [cut, chat.case, length, tapped ? JSON.stringify(tapped.beside) : "", tapped ? false : isHeld];
  }

  function send(question, beside = { tap: "question" }) {
    if (document.body.classList.contains("cp-busy")) return;
    waiting = { question, beside };
    document.getElementById("cp-send").click();
  }

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
    if (example) ask(example.dataset.question);
    const reason = event.target.closest(".cp-set-aside");
    if (reason) {
      const { pattern, reason: why } = reason.dataset;
      send(reason.closest(".cp-dismissing").dataset.question, { pattern, reason: why });
    }
    const finding = event.target.closest("[data-send]");
    if (finding) send(finding.dataset.send);
  }

  // A form that was checked on the server says what to ask: the correction of a fact.
  document.addEventListener("cp-send", (event) => send(event.detail.question ?? event.detail.value));

  function ask(question) {
    type(question);
    requestAnimationFrame(() => document.getElementById("cp-send").click());
  }
})();
