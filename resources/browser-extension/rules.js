// What the app's rules mean: which addresses they block now, and how the browser is told so. Pure.

// A web server of one's own work is no distraction: "everything but" a list does not mean it.
const ALWAYS_ALLOWED = ["localhost", "127.0.0.1"];
const PAGES = ["main_frame"];

// The rules that hold at `now` (milliseconds), without passes that are over; null where nothing is blocked.
export function inForce(rules, now) {
  if (!rules || rules.until === null || rules.until <= now) return null;
  if (rules.mode === "block" && rules.sites.length === 0) return null;
  return { ...rules, let_in: rules.let_in.filter(([, until]) => until > now) };
}

// When the rules change by themselves next, null where they never do.
export function nextChange(rules, now) {
  const held = inForce(rules, now);
  return held && Math.min(held.until, ...held.let_in.map(([, until]) => until));
}

// What names the block of `url` at `now`: the entry it is blocked by, or its host; null where it is not blocked.
export function blockedBy(url, rules, now) {
  const held = inForce(rules, now);
  const place = held && placeOf(url);
  if (!place) return null;
  if (held.let_in.some(([site]) => isWithin(place, targetOf(site)))) return null;
  if (held.mode === "block") return held.sites.find((site) => isWithin(place, targetOf(site))) ?? null;
  const allowed = [...ALWAYS_ALLOWED, ...held.sites].some((site) => isWithin(place, targetOf(site)));
  return allowed ? null : place.host;
}

// The browser's rules for what holds at `now`; `page` is the address of the page that is shown instead.
export function browserRules(rules, now, page) {
  const held = inForce(rules, now);
  if (!held) return [];
  const instead = { type: "redirect", redirect: { regexSubstitution: `${page}?r!\\0` } };
  const made = passes(held);
  if (held.mode === "block") {
    made.push(...conditions(held.sites).map((condition) => rule(1, instead, condition, PAGES)));
    made.push(...conditions(held.sites).map((condition) => rule(1, { type: "block" }, condition, ["sub_frame"])));
  } else {
    const [hosts, paths] = sorted(held.sites);
    const others = { regexFilter: ANY, excludedRequestDomains: [...ALWAYS_ALLOWED, ...hosts] };
    made.push(rule(1, instead, others, PAGES));
    made.push(...paths.map((path) => rule(2, { type: "allow" }, path, PAGES)));
  }
  return made.map((each, index) => ({ id: index + 1, ...each }));
}

export function hostOf(url) {
  return placeOf(url)?.host ?? null;
}

const ANY = "^https?://.+";

function passes(held) {
  const sites = held.let_in.map(([site]) => site);
  return conditions(sites).map((condition) => rule(3, { type: "allow" }, condition, [...PAGES, "sub_frame"]));
}

function rule(priority, action, condition, resourceTypes) {
  return { priority, action, condition: { ...condition, resourceTypes } };
}

function conditions(sites) {
  const [hosts, paths] = sorted(sites);
  return hosts.length ? [{ regexFilter: ANY, requestDomains: hosts }, ...paths] : paths;
}

function sorted(sites) {
  const targets = sites.map(targetOf).filter(Boolean);
  const hosts = targets.filter((target) => !target.path).map((target) => target.host);
  const paths = targets.filter((target) => target.path).map((target) => ({ regexFilter: expression(target) }));
  return [[...new Set(hosts)], paths];
}

function expression({ host, path }) {
  const [name, way] = [host, path].map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return `^https?://(?:[^/?#@]*@)?(?:[^/:?#@]+\\.)?${name}\\.?(?::[0-9]+)?${way}(?:[/?#].*)?$`;
}

// "www.reddit.com/r/all/" is all of r/all, on reddit.com and below it; null where it is no site.
function targetOf(text) {
  const bare = text.trim().replace(/^[a-z]+:\/\//i, "").replace(/^\*\./, "");
  try {
    const address = new URL(`http://${bare}`);
    const path = address.pathname.replace(/(?:\/(?:\*|\.\.\.)?)+$/, "");
    return { host: address.hostname.replace(/^www\.|\.$/g, ""), path };
  } catch {
    return null;
  }
}

function placeOf(url) {
  try {
    const address = new URL(url ?? "");
    if (!["http:", "https:"].includes(address.protocol)) return null;
    return { host: address.hostname.replace(/^www\.|\.$/g, ""), path: decoded(address.pathname) };
  } catch {
    return null;
  }
}

function isWithin(place, target) {
  if (!target || !(place.host === target.host || place.host.endsWith(`.${target.host}`))) return false;
  const [path, wanted] = [place.path.toLowerCase(), decoded(target.path).toLowerCase()];
  return path === wanted || path.startsWith(`${wanted}/`) || wanted === "";
}

function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
