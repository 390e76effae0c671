// A button that must be held: whoever is in two minds has time to let go.

const SECONDS = 5;

// Let `button`, which says `words()`, call `done` once it was held long enough, by a finger, a mouse or a key.
export function holding(button, words, done) {
  let since = null;
  const begin = () => (since ??= button.disabled ? null : performance.now());
  const end = () => (since = null);
  const isKey = (event) => event.key === " " || event.key === "Enter";
  button.addEventListener("pointerdown", begin);
  for (const name of ["pointerup", "pointerleave", "pointercancel", "blur"]) button.addEventListener(name, end);
  button.addEventListener("keydown", (event) => isKey(event) && !event.repeat && begin());
  button.addEventListener("keyup", (event) => isKey(event) && end());
  setInterval(() => {
    const held = since === null ? 0 : (performance.now() - since) / 1000;
    button.textContent = since === null ? words() : `Keep holding, ${Math.max(1, Math.ceil(SECONDS - held))}s`;
    button.style.setProperty("--held", `${Math.min(100, (100 * held) / SECONDS)}%`);
    if (held < SECONDS) return;
    end();
    done();
  }, 50);
}
