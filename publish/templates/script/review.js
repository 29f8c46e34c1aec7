// What the auditor decided about a finding, and, where the page is served, the place to decide.
const STATUSES = ["open", "confirmed", "dismissed", "mended"];
const DECIDING = Boolean(data.token);
const writing = { note: "", who: "" };

function decisionOf(f) {
  return data.decisions[f.id];
}

// A decision holds for the figures it was made on: with others the finding is open again.
function statusOf(f) {
  const made = decisionOf(f);
  return made && made.holds ? made.decision : "open";
}

function noteOf(f) {
  const made = decisionOf(f);
  return made ? made.note : "";
}

function tagOf(f) {
  const made = decisionOf(f);
  return made && made.decision !== "open" && !made.holds ? "changed" : data.tags[f.id] || "";
}

function progress() {
  const counts = STATUSES.map((status) => FINDINGS.filter((f) => statusOf(f) === status).length);
  const parts = STATUSES.map((status, k) => (counts[k] ? `${say(`page.status_${status}`)}: ${number(counts[k])}` : "")).filter(Boolean);
  wanted("progress").textContent = parts.join(" · ");
}

function decided(f) {
  const made = decisionOf(f);
  if (!made || made.decision === "open") return "";
  return h("p", { class: `decided ${made.holds ? made.decision : ""}` }, h("strong", {}, say(`page.status_${made.decision}`)), " ",
    made.note ? `${made.note} ` : "", h("span", { class: "where" }, say("page.decided_by", { who: made.who || "–", when: made.when })),
    made.holds ? "" : h("span", {}, " ", say("page.decided_before", { about: made.about })));
}

function reviewing(f) {
  if (!DECIDING) return decided(f);
  const made = decisionOf(f);
  const said = h("output", { "aria-live": "polite" });
  const note = h("textarea", { name: "note", rows: "2", maxlength: "4000" });
  note.value = noteOf(f);
  const who = h("input", { type: "text", name: "who", maxlength: "120", autocomplete: "name" });
  who.value = writing.who || (made ? made.who : "");
  const press = (decision) => async () => {
    writing.who = who.value.trim();
    said.textContent = await decide(f, decision, note.value, writing.who);
  };
  const buttons = STATUSES.map((status) => h("button", { type: "button", "data-decision": status, "aria-pressed": String(statusOf(f) === status), onclick: press(status) },
    say(status === "open" && statusOf(f) !== "open" ? "page.reopen" : `page.status_${status}`)));
  return [decided(f), h("form", { class: "judge", onsubmit: (event) => event.preventDefault() },
    h("fieldset", { class: "choices" }, h("legend", {}, say("page.decision")), buttons),
    h("label", { class: "wide" }, say("page.note"), note), h("label", {}, say("page.who"), who), said),
  structuring(f, () => ({ note: note.value, who: who.value.trim() }))];
}

// The auditor's word on structure, used by the next run: no error in this template, a total and its parts, one line.
function structuring(f, signed) {
  const answer = h("output", { "aria-live": "polite" });
  const tell = (word) => async () => { answer.textContent = await send("structure", { finding_id: f.id, ...word(), ...signed() }) ? say("page.kept_for_next") : say("page.not_kept"); };
  const grids = f.marks.map((m) => data.tables[m.table]);
  const rows = (grid, kind) => grid.rows.map((r, k) => (typeof r === "number" || !r[0] ? "" : kind(r[0], k)));
  const choose = (name, label, grid, at) => h("label", { class: "wide" }, label, h("select", { name }, rows(grid, (text, k) => h("option", { value: String(k), selected: k === at }, text))));
  const forms = [h("p", {}, h("button", { type: "button", "data-word": "no_error", onclick: tell(() => ({ kind: "no_error" })) }, say("page.no_error")))];
  if (grids.length) {
    const parts = new Set(f.marks[0].cells.filter(([, , stated]) => !stated).map(([r]) => r));
    const total = h("form", { class: "judge", onsubmit: (event) => event.preventDefault() },
      choose("total", say("page.this_row"), grids[0], f.marks[0].rows[0]),
      h("fieldset", { class: "choices parts" }, h("legend", {}, say("page.is_total_of")),
        rows(grids[0], (text, k) => h("label", {}, h("input", { type: "checkbox", name: "part", value: String(k), checked: parts.has(k) }), text))));
    // A row is no part of itself.
    const others = () => total.querySelectorAll("[name=part]").forEach((box) => { box.disabled = box.value === total.elements.total.value; });
    total.elements.total.addEventListener("change", others);
    others();
    total.append(h("button", { type: "button", "data-word": "total", onclick: tell(() => ({
      kind: "total", table: grids[0].id, row: Number(total.elements.total.value),
      parts: [...total.querySelectorAll("[name=part]:checked:enabled")].map((box) => Number(box.value)) })) }, say("page.keep")));
    forms.push(total);
  }
  if (grids.length > 1) {
    const same = h("form", { class: "judge", onsubmit: (event) => event.preventDefault() },
      choose("row", say("page.this_row"), grids[0], f.marks[0].rows[0]), choose("other", say("page.is_same_as"), grids[1], f.marks[1].rows[0]));
    same.append(h("button", { type: "button", "data-word": "same", onclick: tell(() => ({
      kind: "same", table: grids[0].id, row: Number(same.elements.row.value), other_table: grids[1].id, other_row: Number(same.elements.other.value) })) }, say("page.keep")));
    forms.push(same);
  }
  return h("details", { class: "structure" }, h("summary", {}, say("page.structure")), h("p", { class: "note" }, say("page.structure_note")), forms, answer);
}

// Sends what was said to the server that gave the page; its answer, null where it was not kept.
async function send(where, said) {
  try {
    const answer = await fetch(where, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Afstem-Token": data.token },
      body: JSON.stringify(said),
    });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

// Keeps a decision; says what went wrong, nothing where it was kept.
async function decide(f, decision, note, who) {
  const made = await send("decisions", { finding_id: f.id, decision, note, who });
  if (!made) return say("page.not_kept");
  data.decisions[f.id] = made;
  haystacks.delete(f.id);
  refresh();
  progress();
  if (FINDINGS[view.selected] === f) showDetails(f);
  return "";
}

// The decisions as they are kept now: another window may have made some since the page was written.
async function decisionsNow() {
  const answer = await fetch("decisions");
  if (!answer.ok) return;
  data.decisions = await answer.json();
  haystacks.clear();
  refresh();
  progress();
  if (FINDINGS[view.selected]) showDetails(FINDINGS[view.selected]);
}
