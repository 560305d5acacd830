// A bench: arrows go from pencil to pencil, and stay in a cell while it is open; Escape
// leaves what is being written or read.
// Without this script every link still opens its page.
(() => {
  const STEPS = { ArrowDown: 1, ArrowUp: -1 };
  let opener = null;

  const move = (from, step) => {
    const cells = [...from.closest("[data-grid]").querySelectorAll(".iae-live")];
    const column = (one) => one.closest("td").dataset.label;
    const same = cells.filter((one) => column(one) === column(from));
    same[same.indexOf(from) + step]?.focus();
  };

  const close = () => {
    const panel = document.getElementById("panneau");
    panel.replaceChildren();
    if (opener?.isConnected) opener.focus();
    opener = null;
  };

  document.addEventListener("keydown", (event) => {
    const live = event.target.closest("[data-grid] .iae-live");
    if (live && event.key in STEPS) {
      event.preventDefault();
      move(live, STEPS[event.key]);
    }
    if (event.key !== "Escape") return;
    const cancel = event.target.closest(".iae-inline")?.querySelector("[data-cancel]");
    if (cancel) cancel.click();
    else if (event.target.closest("#panneau")) close();
  });

  document.addEventListener("click", (event) => {
    const live = event.target.closest(".iae-live");
    if (live?.getAttribute("hx-target") === "#panneau") opener = live;
    if (event.target.closest("#panneau [data-close]")) {
      event.preventDefault();
      close();
    }
  });

  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector("#lot [name=csrfmiddlewaretoken]");
    if (token) event.detail.headers["X-CSRFToken"] = token.value;
  });

  // What was written is selected, ready to be written over.
  document.addEventListener("htmx:load", (event) => {
    const cell = event.target.querySelector?.("[data-cell]");
    if (cell) cell.select();
  });

  // What is told instead of a line is to be read by all.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "dit") event.detail.target.classList.remove("fr-sr-only");
  });

  // A lost session or a file that is gone: the page is asked for again, and says it.
  document.addEventListener("htmx:responseError", () => {
    document.getElementById("dit").textContent =
      "La ligne n’a pas pu être lue : rechargez la page.";
    document.getElementById("dit").classList.remove("fr-sr-only");
  });
})();
