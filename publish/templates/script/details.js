// A finding with all that an auditor asks for: its figures, its arithmetic, its places, the page and the table as read.
function showDetails(f) {
  const at = view.shown.indexOf(f);
  const card = wanted("details");
  card.replaceChildren(
    h("nav", { class: "steps", "aria-label": say("page.steps") },
      h("button", { type: "button", class: "back", onclick: backToList }, say("page.back")),
      h("button", { type: "button", onclick: () => step(-1), disabled: at === 0 }, say("page.previous")),
      h("span", {}, say("page.position", { at: at + 1, of: view.shown.length })),
      h("button", { type: "button", onclick: () => step(1), disabled: at === view.shown.length - 1 }, say("page.next"))),
    finding(f, true));
  for (const mark of card.querySelectorAll(".scroll")) bringIntoView(mark);
}

function backToList() {
  document.body.classList.remove("reading");
  wanted("findings").scrollIntoView();
}

function finding(f, working) {
  const c = caseOf(f);
  return h("article", { class: `finding ${SEVERITIES[f.severity]}`, "aria-labelledby": working ? "finding-title" : null },
    h("header", {},
      h("span", { class: "no" }, say("page.number", { no: f.no })), badge(f.severity),
      h("h3", working ? { id: "finding-title" } : {}, say(`check.${f.check}`)),
      h("p", { class: "where" }, placeLink(f.place, false))),
    h("p", { class: "of-case" }, h("a", { href: `#c-${c.id}` }, c.name), c.administrations.length ? ` · ${c.administrations.join(", ")}` : "", c.round ? ` · ${c.round}` : ""),
    h("p", { class: "message" }, f.message),
    facts(f),
    f.reread ? h("p", { class: "reread" }, say("report.reread")) : "",
    working ? reviewing(f) : decided(f),
    sum(f),
    f.cause ? h("p", { class: "cause" }, h("span", {}, say("report.cause")), f.cause) : "",
    f.quote ? h("blockquote", {}, h("span", {}, say("report.quote")), f.quote) : "",
    places(f),
    consequences(f),
    h("div", { class: "evidence" }, picture(f, working), f.marks.map((m, k) => table(m, k === 0))),
    h("footer", {}, h("p", {}, h("span", {}, `${say("report.rule")} `), say(`rule.${f.check}`)),
      h("p", { class: "id" }, h("span", {}, say("page.id")), " ", h("code", {}, f.id))));
}

function fact(kind, name, value) {
  return value ? h("div", { class: `fact ${kind}` }, h("dt", {}, name), h("dd", {}, value)) : "";
}

function facts(f) {
  if (!f.stated && !f.expected && !f.difference) return "";
  const kroner = f.kroner === undefined || f.kroner === null ? "" : say("page.in_kroner", { value: kronerText(f) });
  return h("dl", { class: "facts" },
    fact("stated", say("report.stated"), f.stated || say("report.blank")),
    fact("expected", say("report.expected"), f.expected || say("report.blank")),
    fact("difference", say("report.difference"), f.difference),
    fact("unit-of", say("column.unit"), f.unit),
    fact("unit-of", say("page.difference_kroner"), kroner),
    fact("", say("report.tolerance"), f.tolerance ? `± ${f.tolerance}` : ""));
}

// The calculation as one would do it by hand; figures that make no sum are only listed.
function sum(f) {
  if (!f.arithmetic) return "";
  const [terms, result, way] = f.arithmetic;
  const line = ([label, column, printed, value]) => h("tr", {},
    h("th", { scope: "row" }, label, column ? h("small", {}, ` ${column}`) : ""),
    way === "sum" ? "" : h("td", {}, printed), way === "listed" ? "" : h("td", {}, value));
  const after = (name, value, kind) => h("tr", { class: kind }, h("th", { scope: "row", colspan: way === "running" ? "2" : null }, name), h("td", {}, value));
  const head = way === "running" ? h("thead", {}, h("tr", {}, h("td", {}), h("th", { scope: "col" }, say("page.printed")), h("th", { scope: "col" }, say("page.running")))) : "";
  const end = way === "listed" ? "" : h("tfoot", {},
    way === "sum" && terms.length === 1 ? "" : after(say(way === "sum" ? "page.makes" : "page.paid_back"), result, "result"),
    after(say("report.stated"), f.stated || say("report.blank"), "stated"),
    f.difference ? after(say("report.difference"), f.difference, "difference") : "");
  return h("section", { class: "arithmetic" }, h("h4", {}, say(way === "listed" ? "page.held_against" : "page.arithmetic")),
    h("table", {}, head, h("tbody", {}, terms.map(line)), end));
}

function places(f) {
  return h("dl", { class: "places" },
    h("div", {}, h("dt", {}, say("page.place_stated")), h("dd", {}, placeLink(f.place), copyLink(f.place))),
    f.other ? h("div", {}, h("dt", {}, say("page.place_other")), h("dd", {}, placeLink(f.other), copyLink(f.other))) : "");
}

function consequences(f) {
  if (!f.consequences) return "";
  return h("section", { class: "consequences" },
    h("h4", {}, say("report.following", { count: f.consequences.length })),
    h("ul", {}, f.consequences.map((c) => h("li", {},
      h("span", { class: "no" }, c.no), " ", c.message, " ", c.case ? h("span", { class: "where" }, `${c.case} `) : "",
      h("span", { class: "where" }, placeLink(c.place, false))))));
}

function picture(f, lazy) {
  if (!f.picture) return "";
  const page = say("report.page", { page: f.picture_page });
  const alt = say("report.picture_alt", { file: fileName(f.place[0]), page: f.picture_page });
  return h("figure", { class: "picture" },
    h("figcaption", {}, h("span", { class: "grid-role" }, say("report.picture")),
      placeLink([f.place[0], f.picture_page, page, ""], false)),
    h("img", { src: f.picture, alt, loading: lazy ? "lazy" : "eager" }),
    f.marks.length ? legend() : "");
}

function legend() {
  return h("p", { class: "legend note" }, h("mark", { class: "stated" }, "1.250"), ` ${say("report.legend_stated")} `,
    h("mark", { class: "part" }, "1.250"), ` ${say("report.legend_part")}`);
}

function table(marks, first) {
  const grid = data.tables[marks.table];
  const involved = new Set(marks.rows);
  const kinds = new Map(marks.cells.map(([r, c, stated]) => [`${r}/${c}`, stated ? "stated" : "part"]));
  const cell = (text, r, c) => {
    const kind = kinds.get(`${r}/${c}`);
    if (!kind) return h("td", {}, text);
    const expected = kind === "stated" && marks.expected;
    return h("td", { class: kind }, h("mark", { class: kind }, text || say("report.blank")),
      expected ? h("small", {}, say("report.expected_short", { value: marks.expected })) : "");
  };
  const line = (found, r) => typeof found === "number"
    ? h("tr", { class: "left-out" }, h("td", { colspan: grid.headers.length + 1 }, `⋯ ${say("report.rows_left_out", { count: found })}`))
    : h("tr", { class: `${found[2]}${involved.has(r) ? " involved" : ""}` },
      h("th", { scope: "row" }, found[0], found[1] ? h("small", {}, ` ${found[1]}`) : ""),
      found.slice(3).map((text, c) => cell(text, r, c)));
  return h("figure", { class: "grid" },
    h("figcaption", {}, h("span", { class: "grid-role" }, say(first ? "report.evidence" : "report.compared")), grid.caption,
      grid.unit ? h("span", { class: `unit${marks.unit ? " marked" : ""}` }, grid.unit) : "", h("span", { class: "unit" }, grid.where)),
    h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": grid.caption || say("report.table") },
      h("table", {},
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, say("report.line_label")),
          grid.headers.map((name) => h(name ? "th" : "td", { scope: name ? "col" : null, class: marks.header ? "marked" : null }, name)))),
        h("tbody", {}, grid.rows.map(line)))));
}

// Scrolls a wide or long table so far that the figure it is about can be seen.
function bringIntoView(box) {
  const mark = box.querySelector("mark.stated") || box.querySelector("mark");
  if (!mark) return;
  const [at, frame] = [mark.getBoundingClientRect(), box.getBoundingClientRect()];
  box.scrollLeft += Math.max(0, at.right - frame.right + 24);
  box.scrollTop += Math.max(0, at.bottom - frame.bottom + 60);
}
