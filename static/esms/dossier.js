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
