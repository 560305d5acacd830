// What htmx cannot say alone: a save that did not arrive, and what is not saved yet.
(() => {
  const LOST = "Pas encore enregistré : la connexion est coupée. Ce que vous avez tapé " +
    "reste dans cette page ; le prochain changement l’enverra.";
  const FAILED = "Pas enregistré : le service a répondu par une erreur. Ce que vous avez " +
    "tapé reste dans cette page ; copiez les textes longs avant de la quitter.";
  const say = (text) => {
    const place = document.getElementById("etat");
    const line = document.createElement("p");
    line.className = "iae-saving--late";
    line.textContent = text;
    place.replaceChildren(line);
  };
  document.body.addEventListener("htmx:sendError", () => say(LOST));
  document.body.addEventListener("htmx:timeout", () => say(LOST));
  document.body.addEventListener("htmx:responseError", () => say(FAILED));
  let typed = false;
  const form = document.getElementById("demande");
  form.addEventListener("input", () => { typed = true; });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) typed = false;
  });
  form.addEventListener("submit", () => { typed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });
})();
