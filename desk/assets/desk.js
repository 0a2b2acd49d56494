// The desk's own script. Everything works without it: it adds dropping files, progress and keys.

// The page of a start link sends itself.
document.querySelector("form[data-go]")?.requestSubmit();

// The errors of a form are read first.
document.querySelector(".errors[role=alert]")?.focus();

// Files dropped anywhere on a page with a drop zone land in that zone's own file field.
const zone = document.querySelector("form[data-drop]");

// The files within dropped folders, in all their folders. A folder tells a hundred at a time.
const inside = async (entries) => {
  const bag = new DataTransfer();
  const walk = async (x) => {
    if (x.isFile) return bag.items.add(await new Promise((ok, no) => x.file(ok, no)));
    const reader = x.createReader();
    for (;;) {
      const some = await new Promise((ok, no) => reader.readEntries(ok, no));
      if (some.length === 0) return;
      for (const y of some) await walk(y);
    }
  };
  for (const x of entries) await walk(x);
  return bag.files;
};

if (zone) {
  const field = zone.querySelector("input[type=file]");
  const said = zone.querySelector("[data-said]");
  let depth = 0;
  const over = (on) => zone.classList.toggle("over", on);
  const withFiles = (e) => e.dataTransfer && [...e.dataTransfer.types].includes("Files");
  addEventListener("dragenter", (e) => { if (withFiles(e)) { depth++; over(true); } });
  addEventListener("dragleave", (e) => { if (withFiles(e) && --depth <= 0) { depth = 0; over(false); } });
  addEventListener("dragover", (e) => { if (withFiles(e)) e.preventDefault(); });
  addEventListener("drop", (e) => {
    if (!withFiles(e)) return;
    e.preventDefault();
    depth = 0;
    over(false);
    const take = (files) => {
      field.files = files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
      if ("now" in zone.dataset) zone.requestSubmit();
    };
    const dropped = [...e.dataTransfer.items].map((x) => x.webkitGetAsEntry?.()).filter(Boolean);
    if (field.multiple && dropped.some((x) => x.isDirectory)) inside(dropped).then(take); else take(e.dataTransfer.files);
  });
  field.addEventListener("change", () => {
    const n = field.files.length;
    said.textContent = n === 1 ? field.files[0].name : zone.dataset.many.replace("%d", n);
  });
}

// A job that runs is looked at every second; when it has ended the page is read anew, unless somebody is just going elsewhere.
let going = -Infinity;
const watch = async () => {
  const part = document.querySelector("[data-job]");
  if (!part) return;
  try {
    const answer = await fetch(part.dataset.job + "?part=1", { headers: { Accept: "text/html" } });
    if (answer.ok) {
      if (answer.headers.get("X-Job-Ended") === "yes" && performance.now() - going > 3000) {
        const here = new URL(location.href);
        if (here.pathname.endsWith("/job")) return location.replace(part.dataset.job);
        here.searchParams.set("job", "ended");
        return location.replace(here);
      }
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-job]");
      const now = fresh?.querySelector("progress"), old = part.querySelector("progress");
      if (now && old) {
        if (now.hasAttribute("value")) { old.max = now.max; old.value = now.value; }
        part.querySelector("h2").textContent = fresh.querySelector("h2").textContent;
        const lines = fresh.querySelector(".scroll"), before = part.querySelector(".scroll");
        if (lines && before) before.replaceWith(lines); else if (lines) part.append(lines);
      }
    }
  } catch { /* the desk may have ended; the page says so when it is next asked for */ }
  setTimeout(watch, 1000);
};
if (document.querySelector("[data-job] progress")) {
  addEventListener("beforeunload", () => { going = performance.now(); });
  setTimeout(watch, 700);
}

// Within a list or grid marked data-walk, n and p go to the next and the previous thing that waits.
// The keys hold only while the focus is inside it, so they never take a letter from anyone.
for (const area of document.querySelectorAll("[data-walk]")) {
  area.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.altKey || e.metaKey || e.target.matches("input, textarea, select")) return;
    const step = { n: 1, p: -1 }[e.key];
    if (!step) return;
    const stops = [...area.querySelectorAll("[data-stop]")];
    const here = stops.findIndex((s) => s.contains(document.activeElement));
    const next = stops[(here + step + stops.length) % stops.length] ?? stops[0];
    const goal = next.matches("a, [tabindex]") ? next : next.querySelector("a");
    goal?.focus();
    goal?.scrollIntoView({ block: "center" });
    e.preventDefault();
  });
}
