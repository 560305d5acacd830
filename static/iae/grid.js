// The month as a spreadsheet. One cell is written at a time; every change goes to the
// service by itself, and waits in this browser while it cannot.
(() => {
  const table = document.querySelector("[data-month-grid]");
  if (!table) return;
  const url = table.dataset.url;
  const state = document.getElementById("etat");
  const STORE = `iae-grid:${url}`;
  const WAIT = 700;
  const ORDER = ["mois", ...Array.from({ length: 31 }, (_, n) => String(n + 1).padStart(2, "0"))];
  const rows = [...table.tBodies[0].rows];
  const cells = rows.map((row) => [...row.querySelectorAll("[data-c]")]);
  const shown = new Map(); // what the service last said of a cell
  let active = null, anchor = null, input = null, timer = null, busy = false, tries = 0;
  let pending = new Map(); // cell id -> text typed and not yet saved

  rows.forEach((row) => row.querySelectorAll("[data-c]").forEach((cell) => {
    shown.set(cell.id, cell.textContent);
    cell.tabIndex = -1;
    cell.setAttribute("role", "gridcell");
  }));

  const say = (text, isLate) => {
    state.textContent = text;
    state.classList.toggle("iae-saving--late", Boolean(isLate));
  };
  const rowOf = (cell) => cell.closest("tr");
  const place = (cell) => {
    const y = rows.indexOf(rowOf(cell));
    return [y, cells[y].indexOf(cell)];
  };
  // A step over the cells that a contract does not have: the same column, further.
  const neighbour = (cell, dy, dx) => {
    const [y, x] = place(cell);
    if (dx) return cells[y][x + dx] || null;
    const name = cell.dataset.c;
    for (let at = y + dy; at >= 0 && at < rows.length; at += dy) {
      const found = rows[at].querySelector(`[data-c="${name}"]`);
      if (found) return found;
    }
    return null;
  };

  const range = () => {
    if (!active) return [];
    if (!anchor || anchor === active) return [active];
    const y1 = place(anchor)[0], y2 = place(active)[0];
    const x1 = ORDER.indexOf(anchor.dataset.c), x2 = ORDER.indexOf(active.dataset.c);
    const kept = new Set(ORDER.slice(Math.min(x1, x2), Math.max(x1, x2) + 1));
    return rows.slice(Math.min(y1, y2), Math.max(y1, y2) + 1)
      .flatMap((row) => [...row.querySelectorAll("[data-c]")])
      .filter((one) => kept.has(one.dataset.c));
  };
  const paint = () => {
    table.querySelectorAll(".iae-grid__chosen").forEach((one) => one.classList.remove("iae-grid__chosen"));
    if (anchor && anchor !== active) range().forEach((one) => one.classList.add("iae-grid__chosen"));
  };
  const go = (cell, isRange) => {
    if (!cell) return;
    if (active) active.tabIndex = -1;
    if (!isRange) anchor = cell;
    active = cell;
    cell.tabIndex = 0;
    cell.focus();
    paint();
  };

  const write = (cell, text) => {
    const clean = text.trim();
    cell.textContent = clean;
    cell.classList.remove("iae-grid__wrong");
    cell.removeAttribute("title");
    if (clean === (pending.get(cell.id) ?? shown.get(cell.id))) return;
    pending.set(cell.id, clean);
    keep();
    later(WAIT);
  };
  const keep = () => {
    try {
      if (pending.size) {
        const kept = [...pending].map(([id, text]) => [id, text, shown.get(id) ?? ""]);
        localStorage.setItem(STORE, JSON.stringify(kept));
      } else localStorage.removeItem(STORE);
    } catch { /* a browser that keeps nothing still saves at once */ }
  };
  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  };
  const body = (sent) => JSON.stringify({
    cells: [...sent].map(([id, text]) => {
      const cell = document.getElementById(id);
      return { contract: rowOf(cell).dataset.contract, cell: cell.dataset.c, text, was: shown.get(id) ?? "" };
    }),
  });

  const send = async () => {
    if (busy || !pending.size) return;
    busy = true;
    const sent = new Map(pending);
    say("Enregistrement…");
    try {
      const answer = await fetch(url, {
        method: "POST", body: body(sent), redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      });
      if (answer.status === 409) return stop((await answer.json()).refused);
      if (!answer.ok || !answer.headers.get("Content-Type")?.includes("json")) throw new Error(String(answer.status));
      take(await answer.json(), sent);
      tries = 0;
    } catch (error) {
      tries += 1;
      const lost = ["401", "403", "0"].includes(error.message);
      say(lost
        ? "Vous n’êtes plus connecté : ce que vous avez tapé reste ici. Reconnectez-vous dans un autre onglet, puis tapez une case."
        : "Pas encore enregistré : la connexion est coupée. Ce que vous avez tapé est gardé dans ce navigateur.", true);
      if (!lost) later(Math.min(30000, WAIT * 2 ** tries));
    } finally {
      busy = false;
    }
  };
  // The mark of the session may have changed in another window.
  const token = () => {
    const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return found ? found[1] : document.querySelector("#grille-barre [name=csrfmiddlewaretoken]").value;
  };
  const stop = (told) => {
    busy = false;
    say(told, true);
  };

  const take = (told, sent) => {
    sent.forEach((text, id) => { if (pending.get(id) === text) pending.delete(id); });
    Object.entries(told.lines).forEach(([contract, line]) => {
      const row = document.getElementById(`c${contract}`);
      row.querySelectorAll("[data-c]").forEach((cell) => {
        const text = line.cells[cell.dataset.c] ?? "";
        // What waits here was typed over what was seen then, not over this.
        if (pending.has(cell.id) && !sent.has(cell.id)) return;
        if (cell.contains(input)) return;
        shown.set(cell.id, text);
        if (!pending.has(cell.id)) cell.textContent = text;
      });
      row.querySelector("[data-hours]").textContent = line.hours;
    });
    told.problems.forEach(problem);
    totals(told.totals);
    keep();
    const wrong = told.problems.length;
    if (wrong) say(`${wrong} case${wrong > 1 ? "s" : ""} à revoir : ${told.problems[0].told}`, true);
    else say(pending.size ? "Enregistrement…" : "Enregistré.");
    if (pending.size) later(0);
  };
  // Not taken: what was typed stays in sight, and becomes what is sent if it is typed again.
  const problem = (one) => {
    const cell = document.getElementById(`c${one.contract}-${one.cell}`);
    if (!cell) return;
    if (one.theirs !== null) shown.set(cell.id, one.theirs);
    if (cell.contains(input)) return;
    cell.textContent = one.text;
    cell.classList.add("iae-grid__wrong");
    cell.title = one.told;
  };
  const totals = (told) => {
    const places = { "ETP du mois": told.etp, "Heures qui comptent": told.heures, "Aide du mois": told.aide };
    document.querySelectorAll("#chiffres .iae-summary__item").forEach((item) => {
      const text = places[item.querySelector("dt").textContent];
      if (text) item.querySelector("dd").firstChild.textContent = text;
    });
  };

  const edit = (cell, first) => {
    if (input) return;
    go(cell);
    const was = cell.textContent;
    input = document.createElement("input");
    input.className = "iae-grid__input";
    input.value = first ?? was;
    input.setAttribute("aria-label", `${rowOf(cell).querySelector("th a").textContent}, ${cell.dataset.c}`);
    cell.replaceChildren(input);
    input.focus();
    if (first === undefined) input.select();
    const close = (text) => {
      const gone = input;
      input = null;
      gone.remove();
      cell.textContent = was;
      const isSame = text !== null && text.trim() === was && !cell.classList.contains("iae-grid__wrong");
      if (text !== null && !isSame) write(cell, text);
    };
    input.addEventListener("keydown", (event) => {
      const steps = { Enter: [1, 0], Tab: [0, event.shiftKey ? -1 : 1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
      if (event.key === "Escape") { event.stopPropagation(); close(null); go(cell); }
      else if (event.key in steps) {
        event.preventDefault();
        event.stopPropagation();
        close(input.value);
        go(neighbour(cell, ...steps[event.key]) || cell);
      }
    });
    input.addEventListener("blur", () => { if (input) close(input.value); });
  };

  const copied = () => {
    const chosen = range();
    const lines = new Map();
    chosen.forEach((one) => {
      const y = place(one)[0];
      lines.set(y, [...(lines.get(y) || []), one.textContent]);
    });
    return [...lines.values()].map((line) => line.join("\t")).join("\n");
  };
  const paste = (text) => {
    text.replace(/\r?\n$/, "").split(/\r?\n/).reduce((start, line) => {
      if (!start) return null;
      line.split("\t").reduce((cell, value) => {
        if (!cell) return null;
        write(cell, value);
        return neighbour(cell, 0, 1);
      }, start);
      return neighbour(start, 1, 0);
    }, range()[0]);
  };
  const fill = (isDown) => {
    const chosen = range();
    const groups = new Map();
    chosen.forEach((one) => {
      const key = isDown ? one.dataset.c : place(one)[0];
      groups.set(key, [...(groups.get(key) || []), one]);
    });
    groups.forEach((group) => {
      const source = group.length > 1 ? group[0] : neighbour(group[0], isDown ? -1 : 0, isDown ? 0 : -1);
      if (source) group.filter((one) => one !== source).forEach((one) => write(one, source.textContent));
    });
  };

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-c]");
    if (!cell || input) return;
    const arrows = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const isControl = event.ctrlKey || event.metaKey;
    if (event.key in arrows) {
      event.preventDefault();
      go(neighbour(cell, ...arrows[event.key]) || cell, event.shiftKey);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      const line = cells[place(cell)[0]];
      go(event.key === "Home" ? line[0] : line[line.length - 1], event.shiftKey);
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      edit(cell);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      range().forEach((one) => write(one, ""));
    } else if (isControl && (event.key === "b" || event.key === "d")) {
      event.preventDefault();
      fill(event.key === "b");
    } else if (!isControl && !event.altKey && event.key.length === 1 && event.key !== " ") {
      event.preventDefault();
      edit(cell, event.key);
    }
  });
  table.addEventListener("copy", (event) => {
    if (input) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", copied());
  });
  table.addEventListener("paste", (event) => {
    if (input || !active) return;
    event.preventDefault();
    paste(event.clipboardData.getData("text/plain"));
  });
  table.addEventListener("mousedown", (event) => {
    const cell = event.target.closest("[data-c]");
    if (!cell || cell.contains(input)) return;
    event.preventDefault();
    if (input) input.blur();
    go(cell, event.shiftKey);
  });
  table.addEventListener("dblclick", (event) => {
    const cell = event.target.closest("[data-c]");
    if (cell) edit(cell);
  });
  document.querySelector("[data-fill]")?.addEventListener("click", () => {
    rows.forEach((row) => {
      const own = [...row.querySelectorAll("[data-c]")];
      if (row.dataset.month && own.every((one) => !one.textContent)) {
        write(own[0], row.dataset.month.replace(".", ","));
      }
    });
  });

  window.addEventListener("online", () => later(0));
  // Leaving: what waits is sent once more without waiting for the answer, and kept here.
  window.addEventListener("pagehide", () => {
    if (input) input.blur();
    if (!pending.size) return;
    fetch(url, {
      method: "POST", body: body(pending), keepalive: true,
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    });
  });

  // What an earlier window could not send: typed again, unless it was saved meanwhile.
  try {
    JSON.parse(localStorage.getItem(STORE) || "[]").forEach(([id, text, was]) => {
      const cell = document.getElementById(id);
      if (!cell || shown.get(id) === text) return;
      shown.set(id, was);
      cell.textContent = text;
      pending.set(id, text);
    });
    keep();
    if (pending.size) {
      say("Des cases tapées avant de fermer la page n’étaient pas enregistrées : elles le sont maintenant.");
      later(0);
    }
  } catch { /* nothing kept */ }

  const wanted = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  const start = wanted?.matches("[data-c]") ? wanted : wanted?.querySelector?.("[data-c]") || cells[0]?.[0];
  if (start) {
    start.tabIndex = 0;
    active = anchor = start;
    if (wanted) start.focus();
  }
})();
