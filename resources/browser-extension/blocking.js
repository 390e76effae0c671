// Lets the browser block what the rules say, and no longer than they say, whether or not the app is there.

import { blockedBy, browserRules, inForce, moved, nextChange } from "./rules.js";
import { api, BLOCKED_PAGE, IS_FIREFOX, keep, lookedAt, rules } from "./state.js";

const END = "end";
const SOON = 60000;
let applied = null;
let timer = null;
let turn = Promise.resolve();

// Block what `news` says from now on.
export function take(news) {
  return inTurn(async () => {
    await keep({ rules: news, looked: Date.now() }); // the blocked page reads them
    await bringInLine(news);
  });
}

// Bring the browser's rules in line with what holds now; called at every wake.
export function enforce() {
  return inTurn(async () => bringInLine(await withoutMore()));
}

function inTurn(work) {
  turn = turn.then(work, work);
  return turn;
}

// Show the blocked page in `tab` if what it shows is blocked; `how` is "n" where it went there, "t" where it was.
// Returns the entry that it is blocked by.
export async function check(tab, how, given) {
  const url = tab.pendingUrl || tab.url;
  const site = blockedBy(url, given ?? (await rules()), Date.now());
  if (site === null) return null;
  // Chromium shows no page of an extension in a private window.
  const instead = tab.incognito && !IS_FIREFOX ? "about:blank" : `${BLOCKED_PAGE}?${how}!${url}`;
  await api.tabs.update(tab.id, { url: instead }).catch(() => null); // it was closed meanwhile
  return site;
}

// A wall clock that was set back makes no block longer: what was left at the last look is left now.
async function withoutMore() {
  const [all, looked, now] = [await rules(), await lookedAt(), Date.now()];
  const held = now < looked ? moved(all, now - looked) : all;
  await keep(held === all ? { looked: now } : { looked: now, rules: held });
  return held;
}

async function bringInLine(all) {
  const now = Date.now();
  const wanted = browserRules(all, now, BLOCKED_PAGE);
  setAlarm(nextChange(all, now), now);
  const key = JSON.stringify(wanted);
  if (key === applied) return;
  const there = await api.declarativeNetRequest.getSessionRules();
  const replaced = replace(there.map((rule) => rule.id), wanted);
  if (inForce(all, now)) await sweep(all);
  await replaced;
  if (inForce(all, now)) await sweep(all); // what began to load meanwhile
  applied = key;
}

async function replace(removeRuleIds, addRules) {
  const { declarativeNetRequest: net } = api;
  try {
    await net.updateSessionRules({ removeRuleIds, addRules });
  } catch (error) {
    console.warn("not every entry can be blocked by the browser itself:", error.message);
    await net.updateSessionRules({ removeRuleIds });
    for (const rule of addRules) await net.updateSessionRules({ addRules: [rule] }).catch(() => null);
  }
}

async function sweep(all) {
  const tabs = await api.tabs.query({});
  await Promise.all(tabs.map((tab) => check(tab, "t", all)));
}

function setAlarm(moment, now) {
  clearTimeout(timer);
  if (moment === null) {
    api.alarms.clear(END);
    return;
  }
  api.alarms.create(END, { when: moment });
  if (moment - now < SOON) timer = setTimeout(() => enforce(), moment - now + 5); // alarms may come late
}
