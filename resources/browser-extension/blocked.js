// The page that stands where a blocked one would be.

import { AwayError, StrangerError, tell } from "./app.js";
import { holding } from "./hold.js";
import { blockOf, hostOf, inForce, isLetIn } from "./rules.js";
import { api, rules } from "./state.js";

const HOUR = 3600000;
const LEFT_BEHIND = 400;
const REASON = 10;
const [how, ...rest] = (location.search.slice(1) + location.hash).split("!");
const url = rest.join("!");
const host = hostOf(url);
const name = host ?? "This page";
const part = (id) => document.getElementById(id);
let held = null;

part("back").addEventListener("click", back);
part("open").addEventListener("click", () => host && location.replace(url));
part("form").addEventListener("submit", (event) => event.preventDefault());
part("reason").addEventListener("input", () => (part("take").disabled = part("reason").value.trim().length < REASON));
holding(part("take"), () => `Hold to open for ${pass()}`, takePass);
api.storage.onChanged.addListener((changes) => changes.rules && read());
read();
setInterval(show, 1000);

async function read() {
  held = await rules();
  show();
}

function show() {
  const now = Date.now();
  const block = blockOf(url, held, now);
  const over = block === null;
  if (!over && isLetIn(url, held, now)) {
    location.replace(url);
    return;
  }
  const rest = inForce(held, now) ? "It is not blocked any more." : "Nothing is blocked any more.";
  document.title = over ? "The block is over" : `${name} can wait`;
  part("heading").textContent = over ? "That time is over" : `${name} can wait`;
  part("sentence").replaceChildren(...(over ? [rest] : sentence(block)));
  document.querySelector(".dial").hidden = over;
  part("open").hidden = !(over && host);
  part("open").textContent = `Open ${name}`;
  // Of a private window nobody is told anything.
  part("pass").hidden = over || !held.passes_left || api.extension.inIncognitoContext;
  if (over) return;
  part("explain").textContent = `Write down why, in at least ${REASON} letters, then hold to open ${block.site} for `
    + `${pass()}. It will be noted.`;
  part("passes").textContent = held.passes_left === 1 ? "The last pass of today" : `${held.passes_left} passes left today`;
  dial(block.until - now);
}

function pass() {
  const seconds = held?.pass_seconds ?? 60;
  if (seconds % 60) return `${seconds} seconds`;
  return seconds === 60 ? "1 minute" : `${seconds / 60} minutes`;
}

async function takePass() {
  const site = blockOf(url, held, Date.now())?.site;
  if (!site) return;
  part("problem").textContent = "";
  try {
    await tell("/v1/pass", { site, reason: part("reason").value.trim() }); // the rules that come then let it in
  } catch (error) {
    if (!(error instanceof AwayError || error instanceof StrangerError)) throw error;
    part("problem").textContent = error.message || "Productify Pro does not answer now.";
  }
}

function sentence(block) {
  const until = new Date(block.until).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })
    .replaceAll(" ", "\u00a0");
  if (!block.title) return [`You set this time aside, until ${until}.`];
  const title = document.createElement("b");
  title.textContent = block.title;
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
