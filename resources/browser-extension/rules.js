// What the app's rules mean: which addresses they block now, and how the browser is told so. Pure.

// A web server of one's own work is no distraction: "everything but" a list does not mean it.
const ALWAYS_ALLOWED = ["localhost", "127.0.0.1"];
const PAGES = ["main_frame"];

// The rules that hold at `now` (milliseconds), without blocks and passes that are over; null where nothing is blocked.
export function inForce(rules, now) {
  const blocks = (rules?.blocks ?? []).filter(({ until }) => until > now);
  return blocks.length ? { ...rules, blocks, let_in: rules.let_in.filter(([, until]) => until > now) } : null;
}

// When the rules change by themselves next, null where they never do.
export function nextChange(rules, now) {
  const held = inForce(rules, now);
  return held && Math.min(...held.blocks.map(({ until }) => until), ...held.let_in.map(([, until]) => until));
}

// When the last block ends that holds at `now`, null where none does.
export function lastEnd(rules, now) {
  const held = inForce(rules, now);
  return held && Math.max(...held.blocks.map(({ until }) => until));
}

// The same with all ends moved by so many milliseconds.
export function moved(rules, by) {
  const blocks = (rules?.blocks ?? []).map((block) => ({ ...block, until: block.until + by }));
  return rules && { ...rules, blocks, let_in: rules.let_in.map(([site, until]) => [site, until + by]) };
}

// What names the block of `url` at `now`: the entry it is blocked by, or its host; null where it is not blocked.
export function blockedBy(url, rules, now) {
  return isLetIn(url, rules, now) ? null : (blockOf(url, rules, now)?.site ?? null);
}

// The block of `url` that ends last, with the `site` that names it, whether or not a pass is open; null where none is.
export function blockOf(url, rules, now) {
  const place = placeOf(url);
  for (const block of (place && inForce(rules, now)?.blocks) ?? []) {
    const site = siteIn(place, block);
    if (site !== null) return { ...block, site };
  }
  return null;
}

// Whether a pass is open for `url`.
export function isLetIn(url, rules, now) {
  const place = placeOf(url);
  return place !== null && (inForce(rules, now)?.let_in ?? []).some(([site]) => isWithin(place, targetOf(site)));
}

// The browser's rules for what holds at `now`; `page` is the address of the page that is shown instead.
export function browserRules(rules, now, page) {
  const held = inForce(rules, now);
  if (!held) return [];
  const instead = { type: "redirect", redirect: { regexSubstitution: `${page}?r!\\0` } };
  const made = passes(held);
  const blocked = conditions(held.blocks.filter(({ mode }) => mode === "block").flatMap(({ sites }) => sites));
  made.push(...blocked.map((condition) => rule(3, instead, condition, PAGES)));
  made.push(...blocked.map((condition) => rule(3, { type: "block" }, condition, ["sub_frame"])));
  const left = held.blocks.filter(({ mode }) => mode === "allow").map(({ sites }) => sites);
  if (left.length) {
    const [hosts, paths] = sorted(left.reduce(inBoth));
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

function siteIn(place, { mode, sites }) {
  const named = (site) => isWithin(place, targetOf(site));
  if (mode === "block") return sites.find(named) ?? null;
  return [...ALWAYS_ALLOWED, ...sites].some(named) ? null : place.host;
}

// What several lists leave is what each of them does.
function inBoth(some, others) {
  const narrower = (one, other) => {
    const [a, b] = [one, other].map(targetOf);
    if (!a || !b) return [];
    if (isWithin({ ...a, path: decoded(a.path) }, b)) return [one];
    return isWithin({ ...b, path: decoded(b.path) }, a) ? [other] : [];
  };
  return some.flatMap((one) => others.flatMap((other) => narrower(one, other)));
}

function passes(held) {
  const sites = held.let_in.map(([site]) => site);
  return conditions(sites).map((condition) => rule(4, { type: "allow" }, condition, [...PAGES, "sub_frame"]));
}

function rule(priority, action, condition, resourceTypes) {
  return { priority, action, condition: { ...condition, resourceTypes } };
}

function conditions(sites) {
  const [hosts, paths] = sorted(sites);
  return hosts.length ? [{ regexFilter: ANY, requestDomains: hosts }, ...paths] : paths;
}

function sorted(sites) {
  const targets = [...new Set(sites)].map(targetOf).filter(Boolean);
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
