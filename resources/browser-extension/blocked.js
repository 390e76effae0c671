// The page that stands where a blocked one would be.

import { blockedBy, hostOf, inForce } from "./rules.js";
import { api, rules } from "./state.js";

const HOUR = 3600000;
const LEFT_BEHIND = 400;
const [how, ...rest] = (location.search.slice(1) + location.hash).split("!");
const url = rest.join("!");
const host = hostOf(url);
const name = host ?? "This page";
const part = (id) => document.getElementById(id);
let held = null;

part("back").addEventListener("click", back);
part("open").addEventListener("click", () => host && location.replace(url));
api.storage.onChanged.addListener((changes) => changes.rules && read());
read();
setInterval(show, 1000);

async function read() {
  held = await rules();
  show();
}

function show() {
  const now = Date.now();
  const running = inForce(held, now);
  const over = !running || blockedBy(url, held, now) === null;
  if (over && running && host) {
    location.replace(url); // a pass was taken for it
    return;
  }
  document.title = over ? "The block is over" : `${name} can wait`;
  part("heading").textContent = over ? "That time is over" : `${name} can wait`;
  part("sentence").replaceChildren(...(over ? ["Nothing is blocked any more."] : sentence(running)));
  document.querySelector(".dial").hidden = over;
  part("open").hidden = !(over && host);
  part("open").textContent = `Open ${name}`;
  if (running && !over) dial(running.until - now);
}

function sentence(running) {
  const until = new Date(running.until).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })
    .replaceAll(" ", "\u00a0");
  if (!running.title) return [`You set this time aside, until ${until}.`];
  const title = document.createElement("b");
  title.textContent = running.title;
  return ["You set this time aside for ", title, `. It ends at ${until}.`];
}

// The ring is a clock's face: full for an hour or more.
function dial(left) {
  const seconds = Math.ceil(left / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const digits = [minutes, seconds % 60].map((each) => String(each).padStart(2, "0"));
  part("time").textContent = (hours ? [hours, ...digits] : digits).join(":");
  part("ring").setAttribute("stroke-dashoffset", 1 - Math.min(1, left / HOUR));
}

// Where the blocked page had been open, the step back leads to itself: go to what was before.
async function back() {
  const steps = how === "r" ? 1 : 2;
  if (history.length > steps) history.go(-steps);
  setTimeout(async () => {
    const tab = await api.tabs.getCurrent();
    const tabs = await api.tabs.query({ windowId: tab.windowId });
    if (tabs.length > 1) await api.tabs.remove(tab.id);
    else await api.tabs.update(tab.id, { url: "about:blank" });
  }, LEFT_BEHIND); // where there is nothing to go back to, this page still stands
}
