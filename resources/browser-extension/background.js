// The background script. The browser may end it at any moment and wakes it for each event, so that what it must know
// lies in storage and every wake begins with what holds now.

import { AwayError, StrangerError, tell } from "./app.js";
import { check, enforce, take } from "./blocking.js";
import { inFront } from "./front.js";
import { blockedBy, hostOf } from "./rules.js";
import { api, BLOCKED_PAGE, IS_FIREFOX, contact, keep, pairing, rules } from "./state.js";

const TICK = "tick";
const TICK_MINUTES = IS_FIREFOX ? 0.33 : 0.5; // what keeps Firefox from ending it, and the least that Chromium grants
const TOGETHER = 30;
const APART = 1000;
const RETRY = 2000;
const LONGEST_RETRY = 30000;
const PROBE_PATIENCE = 2500;

let listening = null;
let tried = 0;
let retry = RETRY;
let retrying = null;
let waiting = null;
let told = null;
let probed = null;

api.runtime.onInstalled.addListener(async ({ reason }) => {
  if (reason === "install" && !(await pairing())) await api.runtime.openOptionsPage();
});
api.runtime.onStartup.addListener(wake);
api.action.onClicked.addListener(() => api.runtime.openOptionsPage());
api.alarms.onAlarm.addListener(wake);
api.storage.onChanged.addListener((changes) => {
  if (!changes.pairing) return;
  tried = 0;
  begin();
});
api.windows.onFocusChanged.addListener(() => {
  told = null; // of another window even the same is news
  look();
});
api.windows.onRemoved.addListener(look);
api.tabs.onActivated.addListener(look);
api.tabs.onRemoved.addListener(look);
api.tabs.onReplaced.addListener(look);
api.tabs.onUpdated.addListener(async (_id, change, tab) => {
  if (change.url) await went(tab);
  if (change.url || change.title || change.audible !== undefined || change.mutedInfo) look();
});
wake();

function wake() {
  enforce();
  begin();
}

// Keep a question open at the app: its answer comes when there are other rules.
function begin() {
  api.alarms.create(TICK, { periodInMinutes: TICK_MINUTES });
  if (listening || Date.now() - tried < APART) return;
  tried = Date.now();
  clearTimeout(retrying);
  listening = listen().finally(() => (listening = null));
}

async function listen() {
  let version = -1; // an app that was started anew may count from the beginning
  try {
    while (await pairing()) {
      const began = Date.now();
      const orders = await tell(`/v1/rules?version=${version}`);
      retry = RETRY;
      if (orders.rules) {
        version = orders.rules.version;
        await take(orders.rules);
      }
      await keep({ contact: { ...(await contact()), at: Date.now(), refused: false } });
      if (orders.probe) probe(orders.probe);
      await say(true);
      if (!orders.rules && Date.now() - began < APART) await pause(APART);
    }
  } catch (error) {
    if (!(error instanceof AwayError || error instanceof StrangerError)) throw error;
    if ((await pairing()) && error instanceof StrangerError) await keep({ contact: { refused: true } });
    told = null;
    // Soon again, then ever more seldom; once the browser has ended this script, the tick goes on.
    retrying = setTimeout(begin, retry);
    retry = Math.min(2 * retry, LONGEST_RETRY);
  }
}

// Something is another in front: say so in a moment, with what follows at once.
function look() {
  waiting ??= setTimeout(() => {
    waiting = null;
    say(false);
  }, TOGETHER);
  if (Date.now() - tried > retry) begin();
}

async function say(again) {
  if (!listening) return;
  const tab = await inFront();
  const text = JSON.stringify(tab);
  if (text === told && !again) return;
  told = text;
  await quietly("/v1/tab", tab);
}

// A tab went to another address: see to what is blocked, and tell the app what it kept the user from.
async function went(tab) {
  await enforce(); // the clock may have been set meanwhile
  let site = null;
  if (tab.url.startsWith(`${BLOCKED_PAGE}?r!`)) {
    const url = tab.url.slice(BLOCKED_PAGE.length + 3);
    site = blockedBy(url, await rules(), Date.now()) ?? hostOf(url);
  } else if (!tab.url.startsWith(BLOCKED_PAGE)) {
    site = await check(tab, "n");
  }
  if (site !== null && !tab.incognito && tab.id !== probed) await quietly("/v1/attempt", { site });
}

// Try an address in a tab that nobody looks at, and tell whether it was blocked.
async function probe({ id, url }) {
  const tab = await api.tabs.create({ url: "about:blank", active: false });
  probed = tab.id;
  await api.tabs.update(tab.id, { url });
  const end = Date.now() + PROBE_PATIENCE;
  let now = tab;
  while (Date.now() < end && !now.url.startsWith(BLOCKED_PAGE) && !(now.url === url && now.status === "complete")) {
    await pause(100);
    now = await api.tabs.get(tab.id);
  }
  await api.tabs.remove(tab.id);
  const blocked = now.url.startsWith(BLOCKED_PAGE);
  await quietly("/v1/probed", { id, blocked, in_private: await api.extension.isAllowedIncognitoAccess() });
}

async function quietly(path, said) {
  try {
    await tell(path, said);
  } catch (error) {
    if (!(error instanceof AwayError || error instanceof StrangerError)) throw error;
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
