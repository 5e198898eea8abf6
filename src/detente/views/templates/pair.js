(() => {
  const form = document.getElementById("filters");
  const link = document.getElementById("data");
  if (!form) return;
  const acts = [...document.querySelectorAll("li.act")];
  const years = [...document.querySelectorAll(".year")];
  const shown = document.getElementById("shown");
  const marks = [...document.querySelectorAll("svg.course a.act")];
  const all = link && link.getAttribute("href");
  const rows = all ? splitRows(new TextDecoder().decode(
    Uint8Array.from(atob(all.slice(all.indexOf(",") + 1)), (c) => c.charCodeAt(0)))) : [];

  // CSV text -> records, line breaks inside quotes kept.
  function splitRows(text) {
    const found = [];
    let row = "", quoted = false;
    for (const part of text.split(/(\r\n|")/)) {
      if (part === '"') quoted = !quoted;
      if (part === "\r\n" && !quoted) { found.push(row); row = ""; } else row += part;
    }
    return found;
  }

  function apply() {
    const statuses = new Set([...form.querySelectorAll("input:checked")].map((box) => box.value));
    const type = form.elements.type.value;
    const hidden = new Set();
    acts.forEach((act) => {
      act.hidden = !statuses.has(act.dataset.status) || (type !== "" && act.dataset.type !== type);
      if (act.hidden) hidden.add("#" + act.id);
    });
    years.forEach((year) => { year.hidden = !year.querySelector("li.act:not([hidden])"); });
    marks.forEach((mark) => mark.classList.toggle("dimmed", hidden.has(mark.getAttribute("href"))));
    const n = acts.length - hidden.size;
    shown.textContent = n === acts.length ? `All ${n} shown` : `${n} of ${acts.length} shown`;
    if (!all) return;
    if (hidden.size === 0) { link.href = all; return; }
    const kept = [rows[0], ...rows.slice(1).filter((_, i) => !acts[i].hidden)].join("\r\n") + "\r\n";
    link.href = "data:text/csv;charset=utf-8," + encodeURIComponent(kept);
  }

  // A jump to an act that a filter hides shows it first.
  function reveal() {
    const act = location.hash.startsWith("#act-") && document.getElementById(location.hash.slice(1));
    if (!act) return;
    if (act.hidden) { form.reset(); apply(); }
    act.scrollIntoView({ block: "center" });
    act.focus({ preventScroll: true });
  }

  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", reveal);
  apply();
  reveal();
})();
