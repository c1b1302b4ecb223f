"use strict";
// The cases down the side: which one is open, the drawer on narrow screens, and a case put back into the log.
(() => {
  const WIDE = window.matchMedia("(min-width: 1100px)");
  const side = () => document.getElementById("cp-side");
  const opener = () => document.getElementById("cp-cases-button");
  const chat = () => window.counterpoint;
  let wanted = null; // the case that the address names, until the log is there

  // ---- the case that the address names ---------------------------------------------------------------------------
  document.addEventListener("cp-chat", (event) => {
    wanted = event.detail;
    if (chat()?.log()) go();
  });
  document.addEventListener("cp-log", () => {
    if (wanted !== null) go();
  });

  function go() {
    const id = wanted;
    wanted = null;
    if (id === (document.body.dataset.case ?? "")) return mark();
    close();
    return open(id);
  }

  async function open(id) {
    const log = chat().log();
    if (id) document.body.dataset.case = id;
    log.setAttribute("aria-busy", "true");
    try {
      const reply = await fetch(id ? `/screens/ask/cases/${id}/turns` : "/screens/ask/welcome");
      const html = await reply.text();
      if (id && document.body.dataset.case !== id) return; // another was opened meanwhile
      chat().put(html);
      if (id && reply.ok) settle(id);
      else if (id) refused();
      else chat().leave();
    } catch {
      chat().lost();
    } finally {
      log.removeAttribute("aria-busy");
      mark();
    }
  }

  // The log says why, and the next address is fetched.
  function refused() {
    document.body.dataset.case = "none";
    window.scrollTo(0, 0);
  }

  function settle(id) {
    chat().enter(id);
    const last = chat().log().querySelector(".cp-turn:last-child");
    last?.scrollIntoView({ block: "start", behavior: "instant" });
    if (last) chat().head(last);
    chat().say("The case is open.");
  }

  function mark() {
    document.querySelectorAll("#cp-cases .cp-case").forEach((item) => {
      const link = item.querySelector("a");
      const isHere = Boolean(link) && item.dataset.case === document.body.dataset.case;
      item.classList.toggle("is-here", isHere);
      if (isHere) link.setAttribute("aria-current", "page");
      else link?.removeAttribute("aria-current");
    });
  }

  // Somebody else sits here now: a case that is not theirs to read does not stay on the screen.
  document.addEventListener("cp-profile", async () => {
    const id = chat().case;
    const reply = id ? await fetch(`/screens/ask/cases/${id}/turns`) : null;
    if (reply && !reply.ok && chat().case === id) open("");
  });

  const refresh = () => window.htmx.trigger(document.body, "cp-cases");
  document.addEventListener("cp-answered", refresh);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!event.target.closest?.("#cp-side")) return;
    mark();
    const from = event.detail.requestConfig?.elt;
    if (from?.matches?.("[data-cancel]")) event.target.closest(".cp-case")?.querySelector("a")?.focus();
  });
  document.addEventListener("cp-deleted", (event) => {
    refresh();
    if (event.detail.value === chat().case) location.hash = "#/";
    say("The case is deleted.");
    side().querySelector("input[type=search]")?.focus();
  });

  function say(words) {
    const status = document.getElementById("cp-side-status");
    if (status) status.textContent = words;
  }

  // ---- the drawer --------------------------------------------------------------------------------------------------
  function reveal() {
    document.body.classList.add("cp-cases-open");
    opener().setAttribute("aria-expanded", "true");
    ["cp-main", "cp-composer"].forEach((id) => document.getElementById(id)?.setAttribute("inert", ""));
    requestAnimationFrame(() => side().querySelector("input[type=search]")?.focus()); // hidden, it takes no focus
  }

  function close() {
    if (!document.body.classList.contains("cp-cases-open")) return;
    document.body.classList.remove("cp-cases-open");
    opener().setAttribute("aria-expanded", "false");
    ["cp-main", "cp-composer"].forEach((id) => document.getElementById(id)?.removeAttribute("inert"));
    opener().focus();
  }

  function begin() {
    close();
    if (document.body.dataset.case || document.body.classList.contains("cp-begun")) location.hash = "#/";
    else if (location.hash.length > 2) location.hash = "#/";
    requestAnimationFrame(() => chat().box()?.focus());
  }

  document.addEventListener("click", (event) => {
    const at = event.target.closest?.("#cp-cases-button, .cp-side-close, .cp-begin, #cp-side .cp-case a");
    const isOutside = document.body.classList.contains("cp-cases-open") && !event.target.closest?.("#cp-side");
    if (at?.id === "cp-cases-button") {
      if (document.body.classList.contains("cp-cases-open")) close();
      else reveal();
    } else if (at?.matches(".cp-begin")) begin();
    else if (at?.matches(".cp-side-close") || isOutside) close();
    else if (at?.getAttribute("href") === location.hash) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const cancel = document.querySelector("#cp-cases form:focus-within [data-cancel]");
    if (cancel) cancel.click();
    else close();
  });
  WIDE.addEventListener("change", close);
})();
