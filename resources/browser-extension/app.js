// The way to the app: HTTP on this computer's own address, and nothing else.

import { api, IS_FIREFOX, contact, keep, pairing } from "./state.js";

const PORTS = [45717, 45718, 45719, 45720, 45721];
const PATIENCE = 3000;
const HELD = 29000;

// The port whose program has shown that it holds this browser's pairing, as far as this script remembers.
let proved = null;

// Nobody answers: the app does not run, or its setting is off.
export class AwayError extends Error {}

// The app answers, and does not know this browser (any more).
export class StrangerError extends Error {}

// Pair with the code that the app shows; returns a sentence on what went wrong, null where nothing did.
export async function pair(code, name) {
  let found = false;
  for (const port of PORTS) {
    if (!(await isApp(port))) continue;
    found = true;
    const answer = await request(port, "/v1/pair", { said: { code, name, browser: await kind() } });
    if (answer.status === 429) return "That was too often. Wait a minute, and try again.";
    if (!answer.ok) continue;
    await keep({ pairing: { ...(await answer.json()), name }, contact: { port, at: Date.now() } });
    return null;
  }
  if (found) return "The code is wrong, or older than five minutes. The app shows a new one.";
  return "Productify Pro does not answer. Start it, and switch on Browser extension in its settings under Tracking.";
}

// Send what is said, or ask; returns the answer's value. Raises AwayError and StrangerError.
export async function tell(path, said) {
  const paired = await pairing();
  if (!paired) throw new StrangerError();
  const { port: last } = await contact();
  for (const port of [last, ...PORTS.filter((each) => each !== last)]) {
    const answer = port && (proved === port || (await proves(port, paired))) && (await attempt(port, path, said, paired));
    if (!answer) continue;
    if (answer.status === 401) throw new StrangerError();
    if (port !== last) await keep({ contact: { port, at: Date.now() } });
    return value(answer);
  }
  throw (await anyApp()) ? new StrangerError() : new AwayError();
}

// What the browser calls itself, in one word.
export async function kind() {
  if (IS_FIREFOX) return word((await api.runtime.getBrowserInfo()).name);
  const brands = (navigator.userAgentData?.brands ?? []).map((each) => each.brand);
  const known = ["Microsoft Edge", "Brave", "Opera", "Vivaldi", "Google Chrome"].find((name) => brands.includes(name));
  return word((known ?? "Chromium").replace(/^(Microsoft|Google) /, ""));
}

function word(name) {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^[^a-z]+|-+$/g, "").slice(0, 40) || "browser";
}

async function attempt(port, path, said, paired) {
  try {
    return await request(port, path, { said, token: paired.token, patience: said ? PATIENCE : HELD });
  } catch {
    proved = null; // whoever listens there next may be another
    return null;
  }
}

// Before anything is told, the program at a port must show what only the app can: that it knows the token's digest.
async function proves(port, { id, token }) {
  const nonce = hex(crypto.getRandomValues(new Uint8Array(16)));
  try {
    const answer = await request(port, `/v1/hello?browser=${id}&nonce=${nonce}`, {});
    const known = hex(await crypto.subtle.digest("SHA-256", bytes(token)));
    const key = await crypto.subtle.importKey("raw", bytes(known), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    const wanted = hex(await crypto.subtle.sign("HMAC", key, bytes(nonce)));
    if ((await answer.json()).proof !== wanted) return false;
    proved = port;
    return true;
  } catch {
    return false;
  }
}

async function anyApp() {
  for (const port of PORTS) if (await isApp(port)) return true;
  return false;
}

function bytes(text) {
  return new TextEncoder().encode(text);
}

function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function value(answer) {
  if (answer.status === 204) return null;
  if (!answer.ok) throw new AwayError((await answer.json()).error);
  return answer.json();
}

async function isApp(port) {
  try {
    const answer = await request(port, "/v1/hello", {});
    return answer.ok && (await answer.json()).app === "Productify Pro";
  } catch {
    return false;
  }
}

function request(port, path, { said, token, patience = PATIENCE }) {
  return fetch(`http://127.0.0.1:${port}${path}`, {
    method: said ? "POST" : "GET",
    headers: {
      ...(said && { "Content-Type": "application/json" }),
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    body: said && JSON.stringify(said),
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
    signal: AbortSignal.timeout(patience),
  });
}
