// What the page knows, its words and numbers, and elements made without markup: text of a document is only ever text.
const data = JSON.parse(document.getElementById("data").textContent);
const SEVERITIES = data.severities;
const MARKS = data.lang === "da" ? { thousands: ".", comma: "," } : { thousands: ",", comma: "." };

function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...children.flat(Infinity));
  return element;
}

// A number in the page's language, with a true minus sign.
function number(value, digits = 0) {
  const [whole, fraction = ""] = Math.abs(value).toFixed(digits).split(".");
  const part = fraction.replace(/0+$/, "");
  const text = whole.replace(/\B(?=(\d{3})+$)/g, MARKS.thousands) + (part ? MARKS.comma + part : "");
  return (value < 0 && /[1-9]/.test(text) ? "−" : "") + text;
}

// The text of that code: {name} as it is, {name:n} a number, {name:one|other} a word for one and one for others.
function say(code, params = {}) {
  return data.texts[code].replace(/\{(\w+)(?::([^}]*))?\}/g, (_, name, form) => {
    const value = params[name];
    if (form === "n") return number(value);
    if (form !== undefined) return form.split("|")[value === 1 ? 0 : 1];
    return value === null || value === undefined ? "" : String(value);
  });
}

function wanted(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element ${id}`);
  return element;
}

// The address of a document, at a page of a PDF; null where it is not known where the file lies.
function address(file, page) {
  const known = data.files[file];
  if (!known || !known.href) return null;
  return page && known.pdf ? `${known.href}#page=${page}` : known.href;
}

function fileName(file) {
  return data.files[file] ? data.files[file].name : "";
}

// A place as a link that opens the document there: [file, page, page or line in words, table and row].
function placeLink([file, page, where, name], withName = true) {
  const text = [withName ? name : "", fileName(file), where].filter(Boolean).join(", ");
  const href = address(file, page);
  return href ? h("a", { href, target: "_blank", rel: "noopener" }, text) : h("span", {}, text);
}

// A link to the copy of a PDF with our notes in it, at that page; nothing where there is none.
function copyLink([file, page]) {
  const copy = data.files[file] && data.files[file].copy;
  return copy ? [" · ", h("a", { href: `${copy.split("/").map(encodeURIComponent).join("/")}#page=${page || 1}`, target: "_blank", rel: "noopener" }, say("page.annotated"))] : "";
}

function badge(severity) {
  const name = SEVERITIES[severity];
  return h("span", { class: `badge ${name}` }, say(`severity.${name}`));
}
