// Pairing, the state of it, and what the browser lets the extension do.

import { kind, pair } from "./app.js";
import { lastEnd } from "./rules.js";
import { api, contact, forgetPairing, IS_FIREFOX, pairing, rules } from "./state.js";

const RECENT = 60000;
const part = (id) => document.getElementById(id);

part("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  part("problem").textContent = "";
  part("problem").textContent = (await pair(part("code").value, part("name").value.trim())) ?? "";
  part("code").value = "";
});
part("unpair").addEventListener("click", forgetPairing);
api.storage.onChanged.addListener(show);
setInterval(show, 5000);
part("name").value = (await kind()).replace(/^./, (letter) => letter.toUpperCase());
show();

async function show() {
  const paired = await pairing();
  part("form").hidden = Boolean(paired);
  part("unpair").hidden = !paired;
  part("state").textContent = paired ? await connection(paired) : "Not paired with the app yet.";
  document.title = paired ? "Paired with Productify Pro" : "Productify Pro extension";
  part("private").textContent = await inPrivate();
}

async function connection({ name }) {
  const { at, refused } = await contact();
  if (refused) return "The app does not know this browser any more. Forget it here, and pair again.";
  const until = lastEnd(await rules(), Date.now());
  const blocked = until ? ` Sites are blocked until ${new Date(until).toLocaleTimeString()}.` : "";
  const there = at && Date.now() - at < RECENT;
  return `Paired as ${name}. ${there ? "The app is there." : "The app does not answer now."}${blocked}`;
}

async function inPrivate() {
  if (await api.extension.isAllowedIncognitoAccess()) {
    return "Allowed: sites are blocked there too. The app hears that a private tab is in front, and nothing else of it.";
  }
  const where = IS_FIREFOX ? "Add-ons, Productify Pro, Run in Private Windows" : "the extension's details, Allow in Incognito";
  return `Not allowed: nothing is blocked in private windows. You can allow it in ${where}.`;
}
