"use strict";
// What is done with an answer: small forms that open under it and give the focus back, dialogs, copying.
(() => {
  // A form opens in an `.cp-opened` place; whoever opened it gets the focus back when it closes.
  document.addEventListener("htmx:afterSwap", (event) => {
    const place = event.target;
    if (!place.matches?.(".cp-opened")) return;
    const by = event.detail.requestConfig?.elt;
    if (by && !place.contains(by) && by.isConnected) {
      if (place.openedBy !== by) place.openedBy?.setAttribute?.("aria-expanded", "false");
      place.openedBy = by;
      by.setAttribute("aria-expanded", "true");
    }
    press(place, place.querySelector("[data-thumb]")?.dataset.thumb);
    const dialog = place.querySelector("dialog");
    if (dialog && !dialog.open) {
      dialog.showModal();
      dialog.addEventListener("close", () => shut(place));
    }
    if (!dialog) place.scrollIntoView({ block: "nearest", behavior: "instant" });
    place.querySelector("[autofocus], .cp-told")?.focus({ preventScroll: true });
  });

  // What a mentor said since one was last here is what a case is opened for, also under a turn that was put right.
  document.addEventListener("htmx:afterSettle", (event) => {
    const news = event.target.matches?.(".cp-foot") && event.target.querySelector("[data-news]");
    if (!news) return;
    news.closest("details.cp-replaced")?.setAttribute("open", "");
    news.scrollIntoView({ block: "center", behavior: "instant" });
  });

  function press(place, thumb) {
    if (thumb !== "up" && thumb !== "down") return;
    place.closest(".cp-foot").querySelectorAll("[data-sign]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.sign === thumb));
    });
  }

  // The whole turn came again, in another length or with one's own answer beside it: reading begins at its head.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!event.target.matches?.(".cp-turn")) return;
    window.counterpoint.head(event.target);
    event.target.scrollIntoView({ block: "start", behavior: "instant" });
  });

  function shut(place) {
    place.replaceChildren();
    place.openedBy?.setAttribute("aria-expanded", "false");
    const back = place.openedBy;
    place.openedBy = null;
    if (back?.isConnected && back.checkVisibility()) back.focus({ preventScroll: true });
    else place.closest(".cp-foot")?.querySelector("button")?.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const closer = event.target.closest?.("[data-close]");
    if (closer) shut(closer.closest(".cp-opened"));
    const copier = event.target.closest?.("[data-copy]");
    if (copier) copy(copier);
    const more = event.target.closest?.(".cp-more-button");
    if (more) {
      const isOpen = more.closest(".cp-foot").classList.toggle("is-whole");
      more.setAttribute("aria-expanded", String(isOpen));
    }
  });

  document.addEventListener("keydown", (event) => {
    const place = event.target.closest?.(".cp-opened");
    if (event.key === "Escape" && place && !place.querySelector("dialog")) shut(place);
  });

  // A correction was taken: its form has done its work.
  document.addEventListener("cp-send", (event) => {
    const place = event.target.closest?.(".cp-opened");
    if (place) shut(place);
  });

  async function copy(button) {
    const words = document.getElementById(button.dataset.copy).textContent;
    try {
      await navigator.clipboard.writeText(words);
      button.textContent = "Copied";
    } catch {
      const range = document.createRange();
      range.selectNodeContents(document.getElementById(button.dataset.copy));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      button.textContent = "Selected: press Ctrl-C";
    }
    window.counterpoint.say(button.textContent);
  }
})();
