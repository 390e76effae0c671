// What outlives a sleep of the background script: the pairing, and what is blocked until when.

export const api = globalThis.browser ?? globalThis.chrome;
export const IS_FIREFOX = api.runtime.getURL("").startsWith("moz-extension:");
export const BLOCKED_PAGE = api.runtime.getURL("blocked.html");

export async function pairing() {
  return (await api.storage.local.get("pairing")).pairing ?? null;
}

export async function rules() {
  return (await api.storage.local.get("rules")).rules ?? null;
}

// When the rules were looked at last, by the wall clock.
export async function lookedAt() {
  return (await api.storage.local.get("looked")).looked ?? 0;
}

export async function contact() {
  return (await api.storage.local.get("contact")).contact ?? {};
}

export function keep(values) {
  return api.storage.local.set(values);
}

export function forgetPairing() {
  return api.storage.local.remove(["pairing", "contact"]);
}
