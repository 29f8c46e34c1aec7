// What the page does when it opens, when keys are pressed and when it is printed.
const MOST_PRINTED = 300; // findings on paper; the rest is said to be left out

function start() {
  const form = wanted("filter");
  if (FINDINGS.length) {
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => {
      choice.severities = new Set([...form.querySelectorAll("[name=severity]:checked")].map((box) => Number(box.value)));
      for (const name of ["check", "file", "administration", "status"]) if (form.elements[name]) choice[name] = form.elements[name].value;
      choice.search = form.elements.search.value.trim().toLowerCase();
      view.group = form.elements.group.value;
      view.page = 0;
      refresh();
    });
    form.addEventListener("reset", () => setTimeout(() => form.dispatchEvent(new Event("input")))); // once the fields are as they were
    for (const header of document.querySelectorAll("#list th[data-sort]")) {
      header.querySelector("button").addEventListener("click", () => {
        const by = header.dataset.sort;
        view.down = view.sort === by ? !view.down : by === "kroner";
        view.sort = by;
        refresh();
      });
    }
    wanted("rows").addEventListener("click", (event) => {
      const line = event.target.closest("tr.pickable");
      if (!line) return;
      event.preventDefault();
      select(byId.get(line.dataset.id));
    });
    wanted("pager-back").addEventListener("click", () => { view.page--; drawList(); });
    wanted("pager-on").addEventListener("click", () => { view.page++; drawList(); });
    wanted("print").addEventListener("click", printed);
    refresh();
    if (!location.hash.startsWith("#f-")) select(byId.get(view.shown[0].id), { quiet: true });
    document.body.classList.remove("reading");
    progress();
    if (DECIDING) decisionsNow();
  }
  paged(wanted("case-rows"), wanted("case-pager"), data.cases, caseRow);
  paged(wanted("document-rows"), wanted("document-pager"), data.documents, documentRow);
  if (data.lost.length) paged(wanted("lost-rows"), wanted("lost-pager"), data.lost, lostRow);
  for (const link of document.querySelectorAll("a[data-choose]")) {
    link.addEventListener("click", () => {
      form.elements[link.dataset.choose].value = link.dataset.value;
      form.dispatchEvent(new Event("input"));
    });
  }
  window.addEventListener("hashchange", fromHash);
  fromHash();
}

document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.ctrlKey || event.metaKey || event.altKey || !FINDINGS.length) return;
  if (event.key === "Escape" && typing) event.target.blur();
  if (typing) return;
  const keys = { j: () => step(1), k: () => step(-1), n: () => step(1), p: () => step(-1), "/": () => wanted("filter").elements.search.focus() };
  const judging = { b: "confirmed", a: "dismissed", r: "mended" }[event.key];
  const button = DECIDING && judging ? document.querySelector(`.judge [data-decision=${judging}]`) : null;
  if (button) button.click();
  if (Object.hasOwn(keys, event.key)) {
    event.preventDefault();
    keys[event.key]();
  }
});

// On paper: every finding that the filter shows, and all tables unfolded.
function fillPaper() {
  const chosen = view.shown.slice(0, MOST_PRINTED);
  const left = view.shown.length - chosen.length;
  wanted("paper").replaceChildren(
    left > 0 ? h("p", { class: "note" }, say("page.print_left_out", { shown: chosen.length, left })) : "",
    ...chosen.map((f) => finding(f, false)));
  for (const d of document.querySelectorAll("details:not([open])")) { d.open = true; d.dataset.folded = ""; }
}

function emptyPaper() {
  wanted("paper").replaceChildren();
  for (const d of document.querySelectorAll("details[data-folded]")) { d.open = false; delete d.dataset.folded; }
}

async function printed() {
  fillPaper();
  await Promise.all([...wanted("paper").querySelectorAll("img")].map((image) => image.decode().catch(() => image.replaceWith(say("page.no_picture")))));
  window.print();
}

window.addEventListener("beforeprint", () => { if (!wanted("paper").children.length) fillPaper(); });
window.addEventListener("afterprint", emptyPaper);
start();
