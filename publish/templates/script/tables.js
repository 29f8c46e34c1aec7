// Long tables of the overview, a page at a time: cases, files, words without a place.
function paged(body, pager, rows, make, size = 50) {
  let page = 0;
  const pages = Math.ceil(rows.length / size);
  const at = h("span", {});
  const turn = (by) => () => { page += by; draw(); };
  const back = h("button", { type: "button", onclick: turn(-1) }, say("page.previous"));
  const on = h("button", { type: "button", onclick: turn(1) }, say("page.next"));
  const draw = () => {
    body.replaceChildren(...rows.slice(page * size, (page + 1) * size).map(make));
    at.textContent = say("page.pages", { page: page + 1, pages });
    back.disabled = page === 0;
    on.disabled = page === pages - 1;
  };
  if (pages > 1) pager.replaceChildren(back, at, on);
  pager.hidden = pages < 2;
  draw();
}

function count(value, kind) {
  return h("td", { class: `n${value && kind ? ` ${kind}` : ""}` }, value || !kind ? number(value) : "");
}

function caseRow(c) {
  const href = address(c.file, null);
  const file = href ? h("a", { href, target: "_blank", rel: "noopener" }, fileName(c.file)) : fileName(c.file);
  return h("tr", {}, h("th", { scope: "row" }, h("a", { href: `#c-${c.id}` }, c.name)),
    h("td", {}, file, c.where ? h("span", { class: "where" }, ` ${c.where}`) : ""),
    count(c.tables), count(c.figures), c.counts.map((n, k) => count(n, SEVERITIES[k])));
}

function documentRow(d) {
  return h("tr", {}, h("th", { scope: "row" }, d.name, h("small", { class: "sha" }, d.sha256)),
    h("td", {}, say(`page.document_${d.status}`)), d.counts.map((n) => count(n)));
}

function lostRow([file, name, table, place, words]) {
  return h("tr", {}, h("th", { scope: "row" }, file, place ? h("span", { class: "where" }, ` ${place}`) : ""), h("td", {}, name),
    h("td", {}, table), h("td", {}, words.map((word) => [h("code", {}, word), " "])));
}

// A case with its economy and its findings, opened from the list of cases or from one of its findings.
function showCase(index, scroll) {
  const c = data.cases[index];
  if (!c) return;
  const found = FINDINGS.filter((f) => f.case === index);
  const panel = wanted("case");
  panel.hidden = false;
  panel.replaceChildren(
    h("h3", {}, c.name),
    h("p", { class: "where" }, [fileName(c.file), c.where, c.administrations.join(", "), c.round].filter(Boolean).join(" · ")),
    c.flow ? flowOf(c) : h("p", { class: "note" }, say("page.no_flow")),
    found.length ? h("ul", { class: "of-case" }, found.map((f) => h("li", {}, badge(f.severity), " ", h("a", { href: `#f-${f.id}` }, f.message)))) : h("p", { class: "note" }, say("page.case_clean")));
  if (scroll) panel.scrollIntoView({ block: "start" });
}
