// The first-contact form looks up as it is typed: once a reason and enough to look for are there, and typing pauses. It is the same search as
// the button's, and is written down as that is; it asks a few times a form and no more. Without this script the button does it.
const form = document.querySelector("form[data-looks-up]");
const box = document.getElementById("looked-up");
const MOST = 4, PAUSE = 1200, LONG_ENOUGH = 10;
const WHOLE_POSTCODE = /\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b/i;
const FIELDS = ["name", "age", "born", "address", "postcode", "phone", "description", "reason"];
let timer = null, asked = "", busy = false, left = MOST;

const value = (name) => form.elements[name].value.trim();
const typed = () => JSON.stringify(FIELDS.map(value));

function enough() {
  if (value("reason").length < LONG_ENOUGH) return false;
  const named = value("name").length > 2 && ["age", "born", "address", "postcode", "phone"].some((name) => value(name).length > 1);
  return named || WHOLE_POSTCODE.test(value("postcode")) || value("phone").replace(/\D/g, "").length > 9;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

// The status is read out; the list under it is there to be read.
function say(text, ...under) {
  box.firstElementChild.replaceChildren(text ? element("p", "govuk-body", text) : "");
  box.lastElementChild.replaceChildren(...under);
  box.classList.toggle("govuk-inset-text", Boolean(text));
}

function found(page, address) {
  const list = page.querySelector("main > ol"), lone = list ? null : page.querySelector("main article h3 a");
  const people = list ? [...list.children] : lone ? [lone] : [];
  const sure = page.querySelector("main article .govuk-tag");
  const shown = element("ul", "govuk-list govuk-list--bullet", "");
  for (const person of people) {
    const to = person === lone ? lone : person.querySelector("a");
    const link = element("a", "govuk-link", to.textContent.trim());
    link.href = to.hash ? address + to.hash : to.getAttribute("href");
    const line = element("li", "", "");
    const rest = person === lone ? `: ${sure.textContent.trim().toLowerCase()}` : person.textContent.replace(to.textContent, "");
    line.append(link, rest.replace(/\s+/g, " ").trimEnd());
    shown.append(line);
  }
  const whole = element("a", "govuk-link", "See the whole answer");
  whole.href = address;
  const below = element("p", "govuk-body", "");
  below.append(whole);
  const many = people.length === 1 ? "1 person may be meant." : `${people.length} people may be meant.`;
  say(people.length ? many : "Nobody was found by this yet. That is no sign that a child is safe.", shown, below);
}

async function look() {
  if (busy || !left || !enough() || typed() === asked) return;
  busy = true;
  left -= 1;
  asked = typed();
  const body = new URLSearchParams(new FormData(form));
  body.delete("recording");
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    const address = new URL(answer.url);
    const there = address.pathname.startsWith(new URL(form.action).pathname) && answer.redirected;
    if (answer.redirected && !there) say("You were signed out. Press Search: what you typed is kept while you sign in again.");
    else if (answer.ok && there) found(new DOMParser().parseFromString(await answer.text(), "text/html"), address.pathname);
    else if (answer.status >= 500) throw new Error(String(answer.status));
    else say("");
  } catch {
    asked = "";
    say("The search failed, which is not the same as nothing found. Press Search to try again.");
  }
  busy = false;
  if (typed() !== asked) later();
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
}

if (form && box) {
  form.addEventListener("input", later);
  form.addEventListener("submit", () => { clearTimeout(timer); left = 0; });
}
