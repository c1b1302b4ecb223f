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
    const dialog = place.querySelector("dialog");
    if (dialog && !dialog.open) {
      dialog.showModal();
      dialog.addEventListener("close", () => shut(place));
    }
    place.querySelector("[autofocus], .cp-told")?.focus({ preventScroll: Boolean(dialog) });
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
