// Small comforts; every page works without them.
// The motive opens when « no » is chosen; the length of a text is counted as it is typed.
document.addEventListener("change", (evenement) => {
  const motif = evenement.target.closest(".avis")?.querySelector(".avis-motif");
  if (motif && evenement.target.value === "non") motif.open = true;
});
document.addEventListener("input", (evenement) => {
  const compteur = document.querySelector(`[data-compteur="${evenement.target.id}"] [data-compte]`);
  if (compteur) compteur.textContent = evenement.target.value.length.toLocaleString("fr-FR");
});
// A button of a table replaces the table it stands in: the keyboard follows the line that moved, or goes to its neighbour.
document.addEventListener("htmx:afterSettle", (evenement) => {
  const bouton = evenement.detail.requestConfig?.elt;
  if (bouton?.name !== "geste" || !bouton.id) return;
  const [tableau, geste, rang] = bouton.id.split("-");
  const suites = {
    monter: [`monter-${rang - 1}`, `descendre-${rang - 1}`],
    descendre: [`descendre-${+rang + 1}`, `monter-${+rang + 1}`],
    retirer: [`retirer-${rang}`, `retirer-${rang - 1}`],
  }[geste] ?? [geste];
  const suivant = [...suites, "ajouter"].map((nom) => document.getElementById(`${tableau}-${nom}`)).find(Boolean);
  if (suivant && document.activeElement !== suivant && (document.activeElement === document.body || suites.length > 1)) suivant.focus();
});
