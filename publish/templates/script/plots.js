// The cash flow of a case by year and its running sum, as printed and as its rows make it.
function million(values) {
  return Math.max(...values.map(Math.abs)) >= 1e6 ? [1e6, say("unit.million")] : [1e3, say("unit.thousand")];
}

function running(figures, years) {
  const sums = [];
  let sum = 0;
  for (let k = 0; k < years; k++) sums.push((sum += figures[Math.min(k, figures.length - 1)]));
  return sums;
}

const MOST_YEARS = 40; // of a running sum that is drawn: a later payback is only said

function flowFigures(flow) {
  const known = flow.years.length;
  const paid = Math.max(flow.payback[0] || 0, flow.payback[1] || 0);
  const length = Math.max(known, Math.min(Math.ceil(paid), MOST_YEARS));
  const computed = flow.computed && flow.computed.some((v, k) => v !== flow.stated[k]) ? flow.computed : null;
  return { known, length, computed, stated: flow.stated };
}

function ticks(low, high) {
  const rough = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const size = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough);
  const out = [];
  for (let at = Math.ceil(low / size) * size; at <= high + size / 1e6; at += size) out.push(at);
  return out;
}

function frame(width, height, low, high, unit) {
  const [left, right, top, bottom] = [64, 12, 14, 26];
  const y = (value) => top + (high - value) / (high - low || 1) * (height - top - bottom);
  const lines = ticks(low, high).map((at) => [
    svg("line", { x1: left, x2: width - right, y1: y(at), y2: y(at), class: at === 0 ? "axis" : "tick" }),
    svg("text", { x: left - 8, y: y(at) + 4, "text-anchor": "end" }, number(at / unit, 2))]);
  return { left, right, y, lines, width: width - left - right };
}

function years(flow, length, at, height) {
  const every = Math.ceil(length / 9);
  return Array.from({ length }, (_, k) => k % every ? [] : [svg("text", { x: at(k), y: height - 8, "text-anchor": "middle" }, String(flow.years[0] + k))]);
}

function bars(flow) {
  const { known, computed, stated } = flowFigures(flow);
  const [width, height] = [460, 220];
  const values = [...stated, ...(computed || []), 0];
  const [unit, name] = million(values);
  const f = frame(width, height, Math.min(...values), Math.max(...values), unit);
  const at = (k) => f.left + (k + 0.5) * f.width / known;
  const wide = Math.min(34, f.width / known * (computed ? 0.36 : 0.6));
  const bar = (value, x, kind, k, label) => svg("rect", { x, width: wide, y: Math.min(f.y(0), f.y(value)), height: Math.abs(f.y(value) - f.y(0)), class: kind },
    svg("title", {}, `${flow.years[k]}, ${label}: ${number(value / unit, 3)} ${name}`));
  const drawn = stated.map((v, k) => [
    bar(v, at(k) - (computed ? wide + 1 : wide / 2), "bar stated", k, say("report.stated")),
    ...(computed ? [bar(computed[k], at(k) + 1, "bar computed", k, say("page.rows_make"))] : [])]);
  return plot(say("page.flow"), name, width, height, [f.lines, drawn, years(flow, known, at, height)]);
}

function curve(flow) {
  const { known, length, computed, stated } = flowFigures(flow);
  const [width, height] = [460, 220];
  const series = [["stated", running(stated, length), flow.payback[0]]];
  if (computed) series.push(["computed", running(computed, length), flow.payback[1]]);
  else if (flow.payback[1] !== flow.payback[0]) series.push(["computed", [], flow.payback[1]]);
  const values = [...series.flatMap(([, sums]) => sums), 0];
  const [unit, name] = million(values);
  const f = frame(width, height, Math.min(...values), Math.max(...values), unit);
  const at = (k) => f.left + (k + 0.5) * f.width / length;
  const path = (sums, from, to) => sums.slice(from, to).map((v, k) => `${k ? "L" : "M"}${at(from + k).toFixed(1)} ${f.y(v).toFixed(1)}`).join("");
  const drawn = series.map(([kind, sums, paid]) => [
    svg("path", { d: path(sums, 0, known), class: `curve ${kind}` }),
    svg("path", { d: path(sums, known - 1, length), class: `curve ${kind} beyond` }),
    sums.map((v, k) => svg("circle", { cx: at(k), cy: f.y(v), r: 3, class: `dot ${kind}` }, svg("title", {}, `${flow.years[0] + k}: ${number(v / unit, 3)} ${name}`))),
    paid && paid <= length ? [svg("line", { x1: at(paid - 1), x2: at(paid - 1), y1: 14, y2: height - 26, class: `paid ${kind}` }),
      svg("text", { x: at(paid - 1), y: 11, "text-anchor": "middle", class: `paid-text ${kind}` }, number(paid, 1))] : []]);
  return plot(say("page.payback_curve"), name, width, height, [f.lines, drawn, years(flow, length, at, height)]);
}

function plot(title, unit, width, height, content) {
  return h("figure", { class: "plot" }, h("figcaption", {}, title, h("span", { class: "unit" }, unit)),
    svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title }, content));
}

// Both plots, what their colours mean, and the same figures as a table.
function flowOf(c) {
  const flow = c.flow;
  const { computed, stated } = flowFigures(flow);
  const [unit, name] = million([...stated, ...(computed || [])]);
  const line = (label, figures, kind) => h("tr", { class: kind }, h("th", { scope: "row" }, label), figures.map((v) => h("td", {}, number(v / unit, 3))));
  const paid = (value) => (value ? say("page.years", { count: value, shown: number(value, 1) }) : say("page.no_payback"));
  return h("section", { class: "flow" },
    h("p", { class: "note" }, say("page.flow_note", { table: flow.table, line: flow.line })),
    h("div", { class: "plots" }, bars(flow), curve(flow)),
    h("p", { class: "legend note" }, h("mark", { class: "stated" }, say("report.stated")), " ",
      computed || flow.payback[1] !== flow.payback[0] ? [h("mark", { class: "part" }, say("page.rows_make")), " "] : "",
      computed ? "" : say(flow.computed ? "page.rows_agree" : "page.rows_unclear")),
    h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": say("page.flow") },
      h("table", { class: "list" },
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, name), flow.years.map((y) => h("th", { scope: "col" }, String(y))))),
        h("tbody", {}, line(say("report.stated"), stated, "stated"), computed ? line(say("page.rows_make"), computed, "computed") : ""))),
    h("p", { class: "note" }, say("page.payback", { stated: flow.payback[0] ? paid(flow.payback[0]) : say("page.not_stated"), computed: paid(flow.payback[1]) })));
}
