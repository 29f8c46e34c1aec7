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
    say(status === "open" ? "page.reopen" : `page.status_${status}`)));
  return [decided(f), h("form", { class: "judge", onsubmit: (event) => event.preventDefault() },
    h("fieldset", { class: "choices" }, h("legend", {}, say("page.decision")), buttons),
    h("label", { class: "wide" }, say("page.note"), note), h("label", {}, say("page.who"), who), said)];
}

// Sends the decision to the server that gave the page; says what went wrong, nothing where it was kept.
async function decide(f, decision, note, who) {
  let answer;
  try {
    answer = await fetch("decisions", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Afstem-Token": data.token },
      body: JSON.stringify({ finding_id: f.id, decision, note, who }),
    });
  } catch {
    return say("page.not_kept");
  }
  if (!answer.ok) return say("page.not_kept");
  data.decisions[f.id] = await answer.json();
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
