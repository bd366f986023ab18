// A form marked data-draft is kept on the server as it is typed. It tries again until a lost connection is back, and says what it could not save.
// Sent without a connection, it is sent by itself when that is back; its token makes it one form however often it arrives.
const form = document.querySelector("form[data-draft]");
const state = document.getElementById("draft-state");
const box = document.getElementById("draft-asked");
let timer = null, waits = 0, busy = false, changed = false, leaving = false, held = null;

function later(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(save, milliseconds);
}

function say(text) {
  if (state && state.textContent !== text) state.textContent = text;
}

function show(told) {
  form.elements.saves.value = told.saves;
  say(`Saved ${told.saved}. ${told.score} of 100 of what a reader needs is here.`);
  if (!box) return;
  box.hidden = !(told.asked.length || told.noticed.length);
  const list = document.createElement("ul");
  list.className = "govuk-list govuk-list--bullet";
  for (const asked of told.asked) {
    const link = document.createElement("a");
    link.href = asked.href;
    link.className = "govuk-link";
    link.textContent = (asked.who ? `${asked.who}: ` : "") + asked.says + (asked.blocks ? " (must be there)" : "");
    list.append(document.createElement("li"));
    list.lastChild.append(link);
  }
  for (const noticed of told.noticed) {
    list.append(document.createElement("li"));
    list.lastChild.textContent = noticed;
  }
  box.replaceChildren(list);
}

async function save() {
  if (busy || !changed || leaving) return;
  busy = true;
  changed = false;
  const body = new URLSearchParams(new FormData(form));
  body.set("do", "save");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual", keepalive: body.toString().length < 60000 });
    if (answer.ok) {
      show(await answer.json());
      waits = 0;
    } else if (answer.type === "opaqueredirect") {
      say("You were signed out. What you typed was kept: sign in again in another tab, then go on here.");
      changed = true;
    } else if (answer.status === 409) {
      say((await answer.json()).elsewhere);
    } else {
      throw new Error(String(answer.status));
    }
  } catch {
    changed = true;
    waits = Math.min(60000, (waits || 2500) * 2);
    say("Not saved: no connection. What you typed is still on this page. Trying again.");
    later(waits);
  }
  busy = false;
  if (changed && !waits) later(4000);
}

if (form) {
  form.addEventListener("input", () => { changed = true; if (!waits) later(3000); });
  form.addEventListener("submit", (sent) => {
    clearTimeout(timer);
    leaving = navigator.onLine;
    if (leaving) return;
    sent.preventDefault();
    held = sent.submitter;
    say("No connection. Keep this page open: the form is sent by itself when the connection is back.");
  });
  addEventListener("online", () => {
    waits = 0;
    if (held) form.requestSubmit(held); else later(0);
    held = null;
  });
  addEventListener("beforeunload", (gone) => { if (held || (changed && waits && !leaving)) gone.preventDefault(); });
  addEventListener("pageshow", () => { leaving = false; });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
}
