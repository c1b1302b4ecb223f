"use strict";
// Which address shows what: "#/" the chat, "#/case/c-…" a case in the chat, everything else a screen from the server.
(() => {
  sessionStorage.removeItem("htmx-current-path-for-history"); // htmx notes the page even with its history off
  const CHAT = /^#?(\/(case\/[\w-]{1,64})?)?$/;
  const frame = () => document.getElementById("cp-screen");

  function show() {
    const address = location.hash;
    const isChat = CHAT.test(address);
    document.body.classList.toggle("cp-elsewhere", !isChat);
    mark(address);
    if (isChat) {
      frame()?.replaceChildren();
      document.dispatchEvent(new CustomEvent("cp-chat", { detail: address.match(/^#\/case\/([\w-]{1,64})$/)?.[1] ?? "" }));
    } else load(`/screens${address.slice(1)}`);
  }

  function load(path) {
    const target = frame();
    if (!target) return;
    target.setAttribute("aria-busy", "true");
    window.htmx.ajax("GET", path, { target, swap: "innerHTML" });
  }

  function mark(address) {
    document.querySelectorAll("#cp-header nav a").forEach((link) => {
      const at = link.getAttribute("href");
      const isHere = link.dataset.chat === undefined ? address.startsWith(at) : CHAT.test(address);
      if (isHere) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
  }

  // A filter is part of the address, so that it survives a reload and the way back.
  document.addEventListener("submit", (event) => {
    const route = event.target.dataset?.route;
    if (route === undefined) return;
    event.preventDefault();
    const asked = new URLSearchParams([...new FormData(event.target)].filter(([, value]) => value !== ""));
    location.hash = asked.size ? `${route}?${asked}` : route;
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id !== "cp-screen") return;
    event.target.removeAttribute("aria-busy");
    const heading = event.target.querySelector("h1") ?? event.target.querySelector(".cp-alert");
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  });
  document.addEventListener("htmx:sendError", () => {
    const target = frame();
    target.removeAttribute("aria-busy");
    const words = document.createElement("p");
    words.className = "cp-alert";
    words.setAttribute("role", "alert");
    words.textContent = "Counterpoint cannot be reached. Nothing was lost: try again in a moment.";
    target.prepend(words);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest?.("input, textarea, select, [contenteditable]") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !document.body.classList.contains("cp-elsewhere")) {
      event.preventDefault();
      document.querySelector("#cp-box textarea")?.focus();
    }
  });

  // Past the header and the list of cases, however long: to the box, or to the head of a screen.
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".cp-skip")) return;
    const isChat = CHAT.test(location.hash);
    const to = document.querySelector(isChat ? "#cp-box textarea" : "#cp-screen h1");
    if (to && !isChat) to.tabIndex = -1;
    to?.focus();
  });

  // Gradio puts a component in place at any time: from then on its htmx attributes count.
  const adopt = (element) => {
    window.htmx.process(element);
    if (element.querySelector("#cp-screen")) {
      window.addEventListener("hashchange", show);
      show();
    }
  };
  // The chat went on to another case: the address follows, and "Ask" leads back to it from any screen.
  function moved(address) {
    document.querySelector("#cp-header nav a[data-chat]")?.setAttribute("href", address);
    if (CHAT.test(location.hash) && location.hash !== address && (location.hash || address !== "#/")) {
      history.pushState(null, "", address);
    }
    mark(location.hash);
  }
  window.counterpointScreens = { adopt, show, moved };
})();
