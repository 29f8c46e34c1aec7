// What the auditor decided about a finding.
const STATUSES = ["open", "confirmed", "dismissed", "mended"];

function decisionOf(f) {
  return (data.decisions || {})[f.id];
}

function statusOf(f) {
  const made = decisionOf(f);
  return made ? made.decision : "open";
}

function noteOf(f) {
  const made = decisionOf(f);
  return made ? made.note : "";
}

function tagOf(f) {
  return (data.tags || {})[f.id] || "";
}

function decided(f) {
  const made = decisionOf(f);
  if (!made) return "";
  return h("p", { class: `decided ${made.decision}` }, h("strong", {}, say(`page.status_${made.decision}`)), " ",
    made.note ? `${made.note} ` : "", h("span", { class: "where" }, say("page.decided_by", { who: made.who, when: made.when })));
}

function reviewing(f) {
  return decided(f);
}
