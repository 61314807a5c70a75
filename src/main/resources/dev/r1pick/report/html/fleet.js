"use strict";
// The part of a page that is about many machines: what they come to in pictures, and a table that filters and sorts.
// Each machine is a line of JSON; no more rows are in the page than somebody looks at.
const fleetOf = ({ make, ui, headings, turned, compare, picture, language }) => {
  const STEP = 100;
  const OUTCOMES = ["met", "warned", "not-met", "unknown", "unreadable"];
  const SIZES = [0, 2, 4, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64, 80, 96, 128, 192, 256, 384, 512, 768, 1024];
  const MOST_BARS = 16;

  const source = document.getElementById("machines");
  const machines = source ? source.textContent.trim().split("\n").filter(Boolean).map((line) => JSON.parse(line)) : [];
  const said = (texts) => (typeof texts === "string" ? texts : texts[language()]);

  // ---- pictures -----------------------------------------------------------------------------------------------------

  // Bars of outcomes; what a bar counts is said by its name.
  const counted = (caption, names, outcomes, rows) => {
    const values = {};
    const used = OUTCOMES.filter((outcome) => rows.some((row) => row[outcome]));
    used.forEach((outcome) => { values[outcome] = rows.map((row) => row[outcome] || 0); });
    return picture({ picture: "stack", caption, across: ui("machines"), up: "", lying: true, bars: names, values,
      legend: used.map((role) => ({ role, name: outcomes[role] })),
      says: rows.map((row) => used.filter((outcome) => row[outcome]).map((outcome) => `${outcomes[outcome]}: ${row[outcome]}`)),
      table: { sorts: true, columns: [{ text: caption }, ...used.map((outcome) => ({ text: outcomes[outcome], number: true }))],
        rows: rows.map((row, at) => [names[at], ...used.map((outcome) => [String(row[outcome] || 0), row[outcome] || 0])]) } });
  };

  const byRule = (page) => {
    const rows = page.rules.map(() => ({}));
    for (const { findings } of machines) {
      (findings || []).forEach(({ rule, outcome }) => {
        const row = rows[page.rules.findIndex((known) => known.path === rule)];
        row[outcome] = (row[outcome] || 0) + 1;
      });
    }
    return counted(page.captions.rules, page.rules.map((rule) => rule.asked), page.outcomes, rows);
  };

  // How many machines have which value; the most frequent ones where there are many.
  const distribution = (caption, page, valueOf, order) => {
    const rows = new Map();
    for (const machine of machines.filter((one) => one.outcome !== "unreadable")) {
      const name = valueOf(machine);
      const row = rows.get(name) || { count: 0 };
      row.count++;
      row[machine.outcome] = (row[machine.outcome] || 0) + 1;
      rows.set(name, row);
    }
    const most = [...rows].sort(([, a], [, b]) => b.count - a.count).slice(0, MOST_BARS);
    if (order) {
      most.sort(([a], [b]) => compare(order(a), order(b)));
    }
    return counted(caption, most.map(([name]) => name), page.outcomes, most.map(([, row]) => row));
  };

  const sized = (gib, page) => {
    if (gib === null) {
      return page.outcomes.unknown;
    }
    const size = Math.round(gib);
    const at = SIZES.findLastIndex((from) => from <= size);
    const next = SIZES[at + 1];
    return size === 0 ? page.none : next === undefined ? `${SIZES[at]}+ GiB` : next - SIZES[at] === 1 ? `${size} GiB` : `${SIZES[at]}–${next - 1} GiB`;
  };

  const pictures = (page) => make("div", { class: "pictures" },
    byRule(page),
    distribution(page.captions.tags, page, (machine) => machine.tag || page.nothing),
    distribution(page.captions.vram, page, (machine) => sized(machine.vram, page), (name) => parseFloat(name) || 0),
    distribution(page.captions.ram, page, (machine) => sized(machine.ram, page), (name) => parseFloat(name) || 0));

  // ---- table --------------------------------------------------------------------------------------------------------

  const findings = (machine, page, width) =>
    make("tr", { class: "findings" }, make("td", { colspan: width }, machine.problem ? make("p", {}, machine.problem)
      : make("ul", {}, machine.findings.map(({ rule, outcome, texts, ways }) => make("li", {},
        make("strong", { class: page.tones[outcome] }, page.outcomes[outcome]), " ",
        page.rules.find((known) => known.path === rule).asked, ": ", said(texts),
        ways ? make("p", { class: "lead" }, said(ways)) : "")))));

  const choice = (label, options, onchange) => make("label", {}, label,
    make("select", { onchange: (event) => onchange(event.target.value) },
      make("option", { value: "" }, ui("all")), options.map(([value, text]) => make("option", { value }, text))));

  const table = (page) => {
    const columns = page.columns;
    const cells = (machine) => [machine.machine, page.outcomes[machine.outcome], machine.gpu || "", machine.vram, machine.ram,
      machine.tag || "", machine.speed ? machine.speed[1] : null];
    const size = (gib) => (typeof gib !== "number" ? "" : gib === 0 ? "–" : gib.toFixed(1));
    const shown = [null, null, null, size, size, null,
      (rate, machine) => (rate === null ? "" : `${machine.speed[0]}–${machine.speed[2]}`)];
    const head = make("thead");
    const body = make("tbody");
    const count = make("p", { class: "lead", "aria-live": "polite" });
    const more = make("button", { type: "button", class: "button", onclick: () => { limit += STEP; fill(); } });
    const wanted = { text: "", outcome: "", rule: "", tag: "" };
    const open = new Set();
    let sorted = { at: -1, down: false };
    let limit = STEP;

    const passes = (machine) => (!wanted.outcome || machine.outcome === wanted.outcome)
      && (!wanted.tag || machine.tag === wanted.tag)
      && (!wanted.rule || (machine.findings || []).some((one) => one.rule === wanted.rule && one.outcome !== "met"))
      && (!wanted.text || [machine.machine, machine.gpu, machine.tag].some((text) => text && text.toLowerCase().includes(wanted.text)));

    const line = (machine) => {
      const button = make("button", { type: "button", class: "machine", "aria-expanded": String(open.has(machine)), onclick: () => {
        if (!open.delete(machine)) {
          open.add(machine);
        }
        fill();
        [...body.querySelectorAll(".machine")].find((other) => other.textContent === machine.machine)?.focus();
      } }, machine.machine);
      const row = make("tr", {}, cells(machine).map((value, at) => at === 0 ? make("th", { scope: "row" }, button)
        : make("td", { class: at === 1 ? page.tones[machine.outcome] : columns[at].number && "number" }, shown[at] ? shown[at](value, machine) : value)));
      return open.has(machine) ? [row, findings(machine, page, columns.length)] : [row];
    };

    const fill = () => {
      const found = machines.filter(passes);
      if (sorted.at >= 0) {
        const side = sorted.down ? -1 : 1;
        const keyed = found.map((machine) => [cells(machine)[sorted.at], machine]);
        keyed.sort(([a], [b]) => (a === null || b === null ? (a === null) - (b === null) : side * compare(a, b)));
        found.splice(0, found.length, ...keyed.map(([, machine]) => machine));
      }
      head.replaceChildren(headings(columns, sorted, (at) => {
        sorted = turned(sorted, at, columns[at]);
        fill();
        head.querySelectorAll("button")[at].focus();
      }));
      body.replaceChildren(...found.slice(0, limit).flatMap(line));
      count.textContent = ui("found", found.length, machines.length);
      more.hidden = found.length <= limit;
      more.textContent = ui("more", Math.min(STEP, found.length - limit));
    };
    const want = (key) => (value) => {
      wanted[key] = value;
      limit = STEP;
      fill();
    };
    const tags = [...new Set(machines.map((machine) => machine.tag).filter(Boolean))].sort(compare);
    const outcomes = OUTCOMES.filter((outcome) => machines.some((machine) => machine.outcome === outcome));
    fill();
    return [
      make("div", { class: "filters" },
        make("label", {}, ui("search"), make("input", { type: "search", oninput: (event) => want("text")(event.target.value.toLowerCase().trim()) })),
        choice(page.columns[1].text, outcomes.map((outcome) => [outcome, page.outcomes[outcome]]), want("outcome")),
        choice(ui("misses"), page.rules.map(({ path, asked }) => [path, asked]), want("rule")),
        choice(page.columns[5].text, tags.map((tag) => [tag, tag]), want("tag"))),
      count,
      make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": ui("table") }, make("table", { id: "fleet" }, head, body)),
      more];
  };

  return { pictures, table };
};
