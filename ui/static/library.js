"use strict";
// The library's own: a file that is dropped or chosen, how much of it was sent, a passage that is jumped to, copying.
(() => {
  const make = (tag, words) => Object.assign(document.createElement(tag), { textContent: words });
  const inForm = (event) => event.target.closest?.(".cp-upload");

  // ---- the file ------------------------------------------------------------------------------------------------
  function problemOf(form, file) {
    if (!file) return "Choose a file first.";
    const most = Number(form.dataset.most);
    const ending = `.${file.name.split(".").pop().toLowerCase()}`;
    if (!form.dataset.endings.split(",").includes(ending)) return `${file.name} is of a kind that is not read. Save it as PDF, Word (.docx), a web page or text.`;
    if (file.size === 0) return `${file.name} is empty (0 bytes).`;
    if (file.size > most) return `${file.name} has ${Math.ceil(file.size / 1e6)} MB; ${Math.round(most / 1e6)} MB is the most. Split it, or add it on this machine with “counterpoint library add”.`;
    return "";
  }

  function chosen(form) {
    const file = form.querySelector("input[type=file]").files[0];
    form.querySelector(".cp-chosen").textContent = file ? `${file.name}, ${size(file.size)}` : "";
    complain(form, file ? problemOf(form, file) : "");
  }

  const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

  function complain(form, words) {
    const place = form.querySelector(".cp-upload-problem");
    place.hidden = !words;
    place.replaceChildren(...(words ? [make("strong", "Not sent. "), words] : []));
  }

  document.addEventListener("change", (event) => {
    const form = inForm(event);
    if (form && event.target.type === "file") chosen(form);
  });
  const over = (event, isOver) => {
    const area = event.target.closest?.(".cp-drop");
    if (!area) return null;
    event.preventDefault();
    area.classList.toggle("is-over", isOver);
    return area;
  };
  document.addEventListener("dragover", (event) => over(event, true));
  document.addEventListener("dragleave", (event) => over(event, false));
  document.addEventListener("drop", (event) => {
    const area = over(event, false);
    if (!area || !event.dataTransfer.files.length) return;
    const one = new DataTransfer();
    one.items.add(event.dataTransfer.files[0]);
    area.querySelector("input[type=file]").files = one.files;
    chosen(area.closest("form"));
  });

  // ---- its way to the server -----------------------------------------------------------------------------------
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = inForm(event);
    if (!form) return;
    const words = problemOf(form, form.querySelector("input[type=file]").files[0]);
    complain(form, words);
    if (words) event.preventDefault();
    else sending(form, 0);
  });
  document.addEventListener("htmx:xhr:progress", (event) => {
    const form = inForm(event);
    if (form && event.detail.lengthComputable) sending(form, event.detail.loaded / event.detail.total);
  });
  document.addEventListener("htmx:sendError", (event) => {
    const form = inForm(event);
    if (form) form.querySelector(".cp-upload-progress").hidden = true;
  });

  function sending(form, share) {
    const place = form.querySelector(".cp-upload-progress");
    const bar = place.querySelector("progress");
    place.hidden = false;
    form.querySelector("button").disabled = true;
    if (share < 1) bar.value = 100 * share;
    else bar.removeAttribute("value"); // all is sent, and how long the reading takes nobody knows
    place.querySelector("label").textContent = share < 1 ? "Sending" : "Reading it";
  }

  // ---- addresses, jumps, copying -------------------------------------------------------------------------------
  // What a form led to has an address of its own, so that it is there after a reload.
  document.addEventListener("cp-address", (event) => history.replaceState(null, "", event.detail.value));
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "cp-screen") return;
    const sought = event.target.querySelector("[data-jump]");
    if (!sought) return;
    sought.scrollIntoView({ block: "center" });
    (sought.querySelector(":scope > summary") ?? sought).focus({ preventScroll: true });
  });
  // A part of a long page: its address is the screen's own, so it is jumped to here.
  document.addEventListener("click", (event) => {
    const part = document.getElementById(event.target.closest?.("[data-to]")?.dataset.to ?? "");
    if (!part) return;
    if (part.matches("details")) part.open = true;
    const head = part.querySelector(":scope > summary") ?? part;
    if (head === part) part.tabIndex = -1;
    part.scrollIntoView({ block: "start", behavior: "instant" });
    head.focus({ preventScroll: true });
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    const words = document.getElementById(button.dataset.copy).textContent.trim();
    const before = button.textContent;
    await navigator.clipboard.writeText(words).then(() => (button.textContent = "Copied"), () => (button.textContent = "Select it and copy by hand"));
    setTimeout(() => (button.textContent = before), 2000);
  });
})();
