// The list of findings: what is chosen, in which order and groups, a page of it at a time.
const PAGE = 100;
const FINDINGS = data.findings;
const byId = new Map(FINDINGS.map((f, k) => [f.id, k]));
for (const [k, f] of FINDINGS.entries()) for (const c of f.consequences || []) byId.set(c.id, k);
const choice = { search: "", check: "", file: "", administration: "", status: "", severities: new Set([0, 1, 2]) };
const view = { sort: "no", down: false, group: "", page: 0, selected: -1, shown: [], entries: [], folded: new Set() };
const haystacks = new Map();

function caseOf(f) {
  return data.cases[f.case];
}

function haystack(f) {
  let text = haystacks.get(f.id);
  if (text === undefined) {
    const c = caseOf(f);
    const parts = [f.no, f.id, f.message, f.cause, f.quote, f.place[3], fileName(f.place[0]), c.name, ...c.administrations,
      say(`check.${f.check}`), ...(f.consequences || []).map((x) => x.message), noteOf(f)];
    text = parts.filter(Boolean).join(" ").toLowerCase();
    haystacks.set(f.id, text);
  }
  return text;
}

function fits(f) {
  return choice.severities.has(f.severity)
    && (!choice.check || f.check === choice.check)
    && (!choice.file || String(f.place[0]) === choice.file)
    && (!choice.administration || caseOf(f).administrations.includes(choice.administration))
    && (!choice.status || statusOf(f) === choice.status || tagOf(f) === choice.status)
    && (!choice.search || choice.search.split(/\s+/).every((word) => haystack(f).includes(word)));
}

const KEYS = {
  no: (f) => f.no,
  severity: (f) => f.severity,
  case: (f) => caseOf(f).name.toLowerCase(),
  check: (f) => say(`check.${f.check}`),
  kroner: (f) => (f.kroner === undefined || f.kroner === null ? -1 : Math.abs(f.kroner)),
  status: (f) => STATUSES.indexOf(statusOf(f)),
};
const GROUPS = {
  case: (f) => caseOf(f).name,
  check: (f) => say(`check.${f.check}`),
  severity: (f) => say(`severities.${SEVERITIES[f.severity]}`),
  administration: (f) => caseOf(f).administrations.join(", ") || say("page.no_administration"),
  status: (f) => say(`page.status_${statusOf(f)}`),
};

function compared(key, down) {
  const language = new Intl.Collator(data.lang);
  return (a, b) => {
    const [x, y] = [key(a), key(b)];
    const order = typeof x === "string" ? language.compare(x, y) : x - y;
    return (down ? -order : order) || a.no - b.no;
  };
}

// Chooses, sorts and groups anew; stays on the finding that is looked at.
function refresh() {
  const chosen = FINDINGS.filter(fits).sort(compared(KEYS[view.sort], view.down));
  if (view.group) {
    const groups = new Map();
    for (const f of chosen) {
      const name = GROUPS[view.group](f);
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(f);
    }
    view.entries = [...groups].flatMap(([name, of]) => [{ name, count: of.length }, ...(view.folded.has(name) ? [] : of)]);
  } else {
    view.entries = chosen;
  }
  view.shown = view.entries.filter((entry) => entry.id);
  view.count = chosen.length;
  view.page = Math.min(view.page, Math.max(0, Math.ceil(view.entries.length / PAGE) - 1));
  drawList();
}

function drawList() {
  const body = wanted("rows");
  const start = view.page * PAGE;
  body.replaceChildren(...view.entries.slice(start, start + PAGE).map((entry) => (entry.id ? row(entry) : groupRow(entry))));
  wanted("shown").textContent = say("page.shown", { count: view.count, total: FINDINGS.length });
  wanted("nothing").hidden = view.count > 0;
  const pages = Math.ceil(view.entries.length / PAGE);
  wanted("pager").hidden = pages < 2;
  wanted("pager-at").textContent = say("page.pages", { page: view.page + 1, pages: Math.max(1, pages) });
  wanted("pager-back").disabled = view.page === 0;
  wanted("pager-on").disabled = view.page >= pages - 1;
  for (const header of document.querySelectorAll("#list th[data-sort]")) {
    const sorted = header.dataset.sort === view.sort;
    if (sorted) header.setAttribute("aria-sort", view.down ? "descending" : "ascending");
    else header.removeAttribute("aria-sort");
  }
}

function kronerText(f) {
  if (f.kroner === undefined || f.kroner === null) return f.difference && `${f.difference} ${f.unit}`;
  return (f.kroner > 0 ? "+" : "") + number(f.kroner, 2);
}

function row(f) {
  const current = FINDINGS[view.selected] === f;
  const link = h("a", { href: `#f-${f.id}`, "aria-current": current ? "true" : null, class: "pick" }, String(f.no));
  const status = statusOf(f);
  const tag = tagOf(f);
  return h("tr", { class: `pickable ${SEVERITIES[f.severity]}${current ? " current" : ""}`, "data-id": f.id },
    h("th", { scope: "row", class: "n" }, link),
    h("td", { class: "col-severity" }, badge(f.severity)),
    h("td", { class: "col-case" }, h("span", { class: "one" }, caseOf(f).name),
      h("small", { class: "one" }, [fileName(f.place[0]), f.place[2]].filter(Boolean).join(", "))),
    h("td", { class: "col-check" }, h("span", { class: "one" }, say(`check.${f.check}`)),
      h("small", { class: "one" }, [f.place[3], f.year].filter(Boolean).join(", "))),
    h("td", { class: "n col-kroner" }, kronerText(f)),
    h("td", { class: "col-status" }, h("span", { class: `status ${status}` }, say(`page.status_${status}`)),
      tag ? h("span", { class: `tag ${tag}` }, say(`page.tag_${tag}`)) : ""));
}

function groupRow(group) {
  const folded = view.folded.has(group.name);
  const toggle = () => {
    if (folded) view.folded.delete(group.name);
    else view.folded.add(group.name);
    refresh();
  };
  return h("tr", { class: "group" }, h("th", { colspan: "6", scope: "colgroup" },
    h("button", { type: "button", "aria-expanded": String(!folded), onclick: toggle },
      h("span", { class: "one" }, group.name), h("span", { class: "count" }, number(group.count)))));
}

// Shows a finding: its row on its page of the list, its details below.
function select(index, { focus = false, scroll = false, quiet = false } = {}) {
  view.selected = index;
  const f = FINDINGS[index];
  if (!f) return;
  const at = view.entries.indexOf(f);
  if (at >= 0) view.page = Math.floor(at / PAGE);
  drawList();
  document.body.classList.add("reading"); // where there is room for one of them: the details, not the list
  showDetails(f);
  const link = document.querySelector("#rows a[aria-current]");
  if (link) {
    const box = wanted("list-box");
    const line = link.closest("tr");
    const top = line.offsetTop - box.querySelector("thead").offsetHeight;
    if (top < box.scrollTop || line.offsetTop + line.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = top - 40;
    if (focus) link.focus({ preventScroll: true });
  }
  if (scroll) wanted("details").scrollIntoView({ block: "start" });
  if (!quiet && location.hash !== `#f-${f.id}`) history.replaceState(null, "", `#f-${f.id}`);
}

function step(by) {
  const at = view.shown.indexOf(FINDINGS[view.selected]);
  const next = view.shown[at < 0 ? (by > 0 ? 0 : view.shown.length - 1) : at + by];
  if (!next) return;
  select(byId.get(next.id), { focus: true });
  if (wanted("details").getBoundingClientRect().top < 0) wanted("details").scrollIntoView({ block: "start" });
}

function fromHash() {
  const [kind, id] = [location.hash.slice(1, 3), location.hash.slice(3)];
  if (kind === "f-" && byId.has(id)) select(byId.get(id), { scroll: true });
  if (kind === "c-") showCase(data.cases.findIndex((c) => c.id === id), true);
}
