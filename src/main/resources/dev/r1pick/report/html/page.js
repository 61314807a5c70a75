"use strict";
// Shows what the data of this page say, in the language that is chosen. Chart.js draws the pictures; a table stands
// behind each of them. Nothing is fetched and nothing is kept.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const languages = Object.keys(data.pages);
  const shapes = { pick: "circle", alternative: "rectRot", fits: "rect", spills: "triangle" };
  const paths = {
    circle: "M8 1a7 7 0 1 0 .01 0z",
    rectRot: "M8 0l8 8-8 8-8-8z",
    rect: "M1 1h14v14H1z",
    triangle: "M8 1l8 14H0z",
  };
  const pictures = [];
  let language = data.language;
  let page = data.pages[language];

  // An element with attributes, listeners (`onclick`) and children; text is never taken for markup.
  const make = (name, attributes, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key.startsWith("on")) {
        node.addEventListener(key.slice(2), value);
      } else if (value !== undefined && value !== false) {
        node.setAttribute(key, value === true ? "" : value);
      }
    }
    node.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== ""));
    return node;
  };
  const ui = (key, ...figures) =>
    figures.reduce((text, figure, i) => text.replace(`{${i}}`, figure), page.ui[key]);
  const color = (role) => getComputedStyle(document.documentElement).getPropertyValue(`--${role}`).trim();

  // ---- tables -------------------------------------------------------------------------------------------------------

  // A cell is a text, a text with the figure it is sorted by, or an object with more.
  const cellOf = (cell) => (typeof cell === "string" ? { text: cell, value: cell }
    : Array.isArray(cell) ? { text: cell[0], value: cell[1] } : { value: cell.text, ...cell });
  const compare = (a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), language, { numeric: true });

  const headings = (columns, sorted, sort) =>
    make("tr", {}, columns.map((column, at) => {
      const attributes = { scope: "col", class: column.number && "number" };
      if (!sort || column.text === "") {
        return make(column.text === "" ? "td" : "th", column.text === "" ? {} : attributes, column.text);
      }
      if (sorted.at === at) {
        attributes["aria-sort"] = sorted.down ? "descending" : "ascending";
      }
      return make("th", attributes, make("button", { type: "button", onclick: () => sort(at) }, column.text));
    }));

  const row = (columns, cells) =>
    make("tr", {}, cells.map((cell, at) => {
      const { text, link, tone } = cellOf(cell);
      const content = link ? make("a", { href: link, rel: "noreferrer" }, text) : text;
      const attributes = { class: tone || (columns[at].number && "number") };
      return at === 0 ? make("th", { scope: "row", ...attributes }, content) : make("td", attributes, content);
    }));

  // The next order after a click on a column: numbers begin with the largest, a second click turns it round.
  const turned = (sorted, at, column) =>
    ({ at, down: sorted.at === at ? !sorted.down : Boolean(column.number) });

  const table = (block) => {
    const head = make("thead");
    const body = make("tbody");
    let sorted = { at: -1, down: false };
    const fill = () => {
      const rows = [...block.rows];
      if (sorted.at >= 0) {
        rows.sort((a, b) => (sorted.down ? -1 : 1) * compare(cellOf(a[sorted.at]).value, cellOf(b[sorted.at]).value));
      }
      const sort = block.sorts && block.rows.length > 4 && ((at) => {
        sorted = turned(sorted, at, block.columns[at]);
        fill();
        head.querySelectorAll("button")[at]?.focus();
      });
      head.replaceChildren(headings(block.columns, sorted, sort));
      body.replaceChildren(...rows.map((cells) => row(block.columns, cells)));
    };
    fill();
    const caption = block.caption && make("caption", {}, block.caption);
    return make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": block.caption || ui("table") },
      make("table", {}, caption || "", head, body));
  };

  // ---- pictures -----------------------------------------------------------------------------------------------------

  const numbers = (picture) => ({ ticks: { color: color("muted") }, grid: { color: color("rule") }, border: { display: false },
    beginAtZero: true, suggestedMax: picture.most });
  const titled = (axis, text) => ({ ...axis, title: { display: Boolean(text), text, color: color("muted") } });
  const names = () => ({ ticks: { color: color("text"), autoSkip: false }, grid: { display: false } });

  const rangeChart = (picture) => {
    const datasets = [];
    const marks = [];
    for (const { role } of picture.legend) {
      const items = picture.items.filter((item) => item.role === role);
      const gap = { x: NaN, y: NaN };
      const own = { borderColor: color(role), backgroundColor: color(role) };
      items.forEach((item, index) => marks.push({ ...item, at: [{ datasetIndex: datasets.length, index }] }));
      datasets.push({ ...own, items, data: items.map((item) => ({ x: item.x[1], y: item.y[1] })), pointStyle: shapes[role],
        pointRadius: role === "pick" ? 8 : 6, pointHoverRadius: 10, pointHitRadius: 12, pointBorderColor: color("ground") });
      datasets.push({ ...own, showLine: true, borderWidth: 1.5, pointRadius: 0, pointHitRadius: 0, pointHoverRadius: 0,
        data: items.flatMap(({ x, y }) =>
          [{ x: x[0], y: y[1] }, { x: x[2], y: y[1] }, gap, { x: x[1], y: y[0] }, { x: x[1], y: y[2] }, gap]) });
    }
    const y = { ...numbers(picture), beginAtZero: false };
    return { type: "scatter", data: { datasets }, marks, across: false,
      scales: { x: titled(numbers({}), picture.across), y: titled(y, picture.up) } };
  };

  const spanChart = (picture) => {
    const datasets = picture.legend.map(({ role }) => ({ backgroundColor: color(role), borderRadius: 4, borderSkipped: false, grouped: false,
      barThickness: 14, items: picture.items.map((item) => (item.role === role ? item : undefined)),
      data: picture.items.map((item) => (item.role === role ? [item.x[0], item.x[2]] : null)) }));
    const marks = picture.items.map((item, index) =>
      ({ ...item, at: [{ datasetIndex: picture.legend.findIndex(({ role }) => role === item.role), index }] }));
    return { type: "bar", data: { labels: picture.items.map((item) => item.name), datasets }, marks, across: true,
      scales: { x: titled(numbers(picture), picture.across), y: names() } };
  };

  const stackChart = (picture) => {
    const datasets = picture.legend.filter(({ role }) => picture.values[role]).map(({ role }) =>
      ({ backgroundColor: color(role), borderColor: color("ground"), borderWidth: 1, stack: "all", maxBarThickness: 44,
        minBarLength: picture.lying ? 2 : 0, data: picture.values[role].map((value) => value || null) }));
    const marks = picture.bars.map((name, index) => ({ name, says: picture.says[index],
      at: datasets.map((_, datasetIndex) => ({ datasetIndex, index })) }));
    if (picture.line !== undefined) {
      datasets.push({ type: "line", borderColor: color("text"), borderDash: [6, 4], borderWidth: 2, pointRadius: 0,
        pointHitRadius: 0, pointHoverRadius: 0, data: picture.bars.map(() => picture.line), stack: "line" });
    }
    const counts = { ...numbers(picture), stacked: true };
    const bars = { ...names(), stacked: true };
    return { type: "bar", data: { labels: picture.bars, datasets }, marks, across: picture.lying,
      scales: picture.lying ? { x: titled(counts, picture.across), y: bars } : { x: titled(bars, picture.across), y: titled(counts, picture.up) } };
  };

  const kinds = { ranges: rangeChart, spans: spanChart, stack: stackChart };

  const draw = (canvas, picture) => {
    const chart = kinds[picture.picture](picture);
    const says = (entry) => chart.marks.find((mark) =>
      mark.at.some((at) => at.datasetIndex === entry.datasetIndex && at.index === entry.dataIndex));
    const drawn = new Chart(canvas, { type: chart.type, data: chart.data, options: {
      responsive: true, maintainAspectRatio: false, animation: false, indexAxis: chart.across ? "y" : "x",
      interaction: picture.picture === "ranges" ? { mode: "nearest", intersect: true } : { mode: "index", axis: chart.across ? "y" : "x", intersect: false },
      scales: chart.scales,
      plugins: { legend: { display: false }, tooltip: { displayColors: false, padding: 10, callbacks: {
        title: (entries) => entries.map(says).find(Boolean)?.name,
        label: () => null,
        afterBody: (entries) => entries.map(says).find(Boolean)?.says,
      } } },
    } });
    drawn.marks = chart.marks;
    return drawn;
  };

  // Arrow keys go from mark to mark; each tells its figures on the picture and to a screen reader.
  const walk = (plot, told, chartOf) => {
    let at = -1;
    const show = (next) => {
      const chart = chartOf();
      at = next;
      const active = at < 0 ? [] : chart.marks[at].at;
      chart.setActiveElements(active);
      chart.tooltip.setActiveElements(active, { x: 0, y: 0 });
      chart.update();
      told.textContent = at < 0 ? "" : [chart.marks[at].name, ...chart.marks[at].says].join("; ");
    };
    plot.addEventListener("keydown", (event) => {
      const last = chartOf().marks.length - 1;
      const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
      if (next !== undefined) {
        event.preventDefault();
        show(Math.max(0, Math.min(last, next)));
      } else if (event.key === "Escape") {
        show(-1);
      }
    });
    plot.addEventListener("focus", () => plot.matches(":focus-visible") && show(Math.max(0, at)));
    plot.addEventListener("blur", () => show(-1));
  };

  const swatch = (role, shape) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("aria-hidden", "true");
    const path = svg.appendChild(document.createElementNS(svg.namespaceURI, "path"));
    path.setAttribute("d", role === "line" ? "M0 7h6v2H0zM10 7h6v2h-6z" : paths[shape]);
    svg.style.color = `var(--${role === "line" ? "text" : role})`;
    return svg;
  };

  const picture = (block) => {
    const canvas = make("canvas", { "aria-hidden": "true" });
    const told = make("p", { class: "out-of-sight", "aria-live": "polite" });
    const plot = make("div", { class: block.picture === "ranges" ? "plot tall" : "plot", tabindex: "0", role: "group",
      "aria-label": `${block.caption}. ${ui("keys")}` }, canvas);
    if (block.picture === "spans" || block.lying) {
      plot.style.height = `${(block.items || block.bars).length * 30 + 76}px`;
    }
    const legend = make("ul", { class: "legend" }, block.legend.map(({ role, name }) => make("li", {},
      swatch(role, (block.picture === "ranges" && shapes[role]) || "rect"), name)));
    const entry = { canvas, block };
    pictures.push(entry);
    walk(plot, told, () => entry.chart);
    return make("figure", { "data-picture": block.picture }, make("figcaption", {}, block.caption),
      block.legend.length > 1 || block.line !== undefined ? legend : "", plot, told,
      make("details", {}, make("summary", {}, ui("behind")), table(block.table)));
  };

  const drawAll = () => {
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.font.size = 13;
    for (const entry of pictures) {
      entry.chart?.destroy();
      entry.chart = draw(entry.canvas, entry.block);
    }
  };

  // ---- blocks -------------------------------------------------------------------------------------------------------

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // a page from a disk may not reach the clipboard so; every browser copies what is selected
      const field = document.body.appendChild(make("textarea", { class: "out-of-sight" }));
      field.value = text;
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  };

  // A heading; a browser would break a name such as deepseek-r1:8b behind its hyphen.
  const heading = (level, text) => make(level, {}, text.split(/([\w.:/-]*-[\w.:/-]*)/).map((part, i) =>
    i % 2 && part.length <= 24 ? make("span", { class: "whole" }, part) : part));

  const command = (text) => {
    const button = make("button", { type: "button", class: "button", "aria-live": "polite", onclick: async () => {
      await copy(text);
      button.textContent = ui("copied");
      setTimeout(() => { button.textContent = ui("copy"); }, 2000);
      button.focus();
    } }, ui("copy"));
    return make("div", { class: "command" }, make("pre", {}, make("code", {}, text)), button);
  };

  const blocks = {
    verdict: (block) => [
      block.first.map((text) => make("p", { class: "first" }, text)),
      block.mark ? make("p", { class: `mark ${block.tone}` }, block.mark) : "",
      heading("h1", block.text)],
    text: (block) => make("p", { class: "lead" }, block.text),
    heading: (block) => make("h3", {}, block.text),
    facts: (block) => make("dl", { class: "facts" }, block.facts.map(([label, text]) => [make("dt", {}, label), make("dd", {}, text)])),
    notes: (block) => make("ul", { class: "notes" }, block.texts.map((text) => make("li", {}, text))),
    steps: (block) => make("ol", { class: "steps" }, block.steps.map((step) => make("li", {}, step.text, step.command ? command(step.command) : ""))),
    table,
    pictures: (block) => make("div", { class: "pictures" }, block.pictures.map(picture)),
    "fleet-pictures": () => fleet.pictures(page.fleet),
    "fleet-table": () => fleet.table(page.fleet),
  };

  const show = () => {
    page = data.pages[language];
    pictures.splice(0).forEach((entry) => entry.chart?.destroy());
    document.documentElement.lang = page.lang;
    document.title = page.title;
    document.getElementById("subject").textContent = page.subject;
    const choice = document.getElementById("languages");
    choice.setAttribute("aria-label", ui("language"));
    choice.replaceChildren(...languages.map((other) => make("button", { type: "button", lang: data.pages[other].lang,
      "aria-pressed": String(other === language), onclick: () => {
        language = other;
        show();
        choice.querySelector("[aria-pressed=true]").focus();
      } }, data.pages[other].name)));
    document.getElementById("page").replaceChildren(...page.sections.map((section) =>
      make("section", {}, section.title ? heading("h2", section.title) : "", section.blocks.map((block) => blocks[block.kind](block)))));
    document.getElementById("foot").replaceChildren(make("p", {}, ui("made", data.version)),
      make("details", {}, make("summary", {}, ui("license")), make("pre", {}, data.license)));
    drawAll();
  };

  // ---- fleet --------------------------------------------------------------------------------------------------------

  const fleet = fleetOf({ make, ui, headings, turned, compare, picture, language: () => languages.indexOf(language) });

  // Tables are open on paper, and the colors are those of paper.
  const paper = matchMedia("print");
  const printed = (on) => {
    for (const details of document.querySelectorAll("figure details")) {
      if (on) {
        details.dataset.was = details.open ? "open" : "";
      }
      details.open = on || details.dataset.was === "open";
    }
    drawAll();
  };
  paper.addEventListener("change", () => printed(paper.matches));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);

  show();
})();
