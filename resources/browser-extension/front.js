// The tab in front, as far as the app is told of it.

import { api, BLOCKED_PAGE } from "./state.js";

const BEHIND = { url: null, title: null, audible: false, private: false, is_front: false };
const OWN = api.runtime.getURL("");

// What the app hears: of a private tab that it is one, of a browser behind other windows that it is.
export async function inFront() {
  const tab = await activeTab();
  if (!tab) return BEHIND;
  if (tab.incognito) return { ...BEHIND, private: true, is_front: true };
  return {
    url: tab.url && !tab.url.startsWith(OWN) ? plain(tab.url, 2000) : null,
    title: tab.title && !tab.title.includes(BLOCKED_PAGE) ? plain(tab.title, 1000) : null,
    audible: Boolean(tab.audible) && !tab.mutedInfo?.muted,
    private: false,
    is_front: true,
  };
}

async function activeTab() {
  try {
    const window = await api.windows.getLastFocused();
    if (!window?.focused) return null;
    const [tab] = await api.tabs.query({ active: true, windowId: window.id });
    return tab ?? null;
  } catch {
    return null; // there is no window
  }
}

function plain(text, longest) {
  return text.replace(/[\u0000-\u001f\u007f]/g, " ").slice(0, longest).toWellFormed();
}
