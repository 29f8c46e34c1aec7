"use strict";
(() => {
  const form = document.querySelector(".filter");
  if (form) {
    const findings = [...document.querySelectorAll(".finding")];
    const texts = new Map(findings.map((f) => [f, f.textContent.toLowerCase()]));
    const nothing = document.querySelector(".nothing");
    const apply = () => {
      const severities = new Set([...form.querySelectorAll("[name=severity]:checked")].map((box) => box.value));
      const check = form.elements.check.value;
      const file = form.elements.file.value;
      const words = form.elements.search.value.trim().toLowerCase();
      let shown = 0;
      for (const f of findings) {
        const fits = severities.has(f.dataset.severity) && (!check || f.dataset.check === check)
          && (!file || f.dataset.file === file) && (!words || texts.get(f).includes(words));
        f.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      for (const c of document.querySelectorAll(".case")) c.hidden = !c.querySelector(".finding:not([hidden])");
      nothing.hidden = shown > 0;
      form.querySelector("output").textContent = form.dataset.shown.replace("##", findings.length).replace("#", shown);
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();
  }
  window.addEventListener("beforeprint", () => {
    for (const d of document.querySelectorAll("details:not([open])")) { d.open = true; d.dataset.folded = ""; }
  });
  window.addEventListener("afterprint", () => {
    for (const d of document.querySelectorAll("details[data-folded]")) { d.open = false; delete d.dataset.folded; }
  });
})();
