// Sending files: dropped on a form, with its progress. Without this script the form sends them all the same.
const LONG = 1024 * 1024; // bytes: below, the answer comes before a progress could be read
const page = () => document.getElementById("contenu");

function annoncer(formulaire, texte) {
  const ligne = formulaire.querySelector("[data-progres]");
  ligne.hidden = false;
  ligne.textContent = texte;
}

function remplacer(texte) {
  const neuf = new DOMParser().parseFromString(texte, "text/html").getElementById("contenu");
  if (!neuf) return false;
  page().replaceWith(neuf);
  (document.getElementById("resume-erreurs") ?? page()).focus();
  return true;
}

function envoyer(formulaire) {
  const requete = new XMLHttpRequest();
  requete.open("POST", formulaire.action);
  requete.upload.addEventListener("progress", (etape) => {
    if (!etape.lengthComputable) return;
    const part = Math.round((100 * etape.loaded) / etape.total);
    annoncer(formulaire, part < 100 ? `Envoi : ${part}\u00a0%` : "Vérification du contenu…");
  });
  requete.addEventListener("load", () => {
    formulaire.removeAttribute("aria-busy");
    if (!requete.responseURL.includes("/pieces/") || !remplacer(requete.responseText)) location.assign(requete.responseURL);
  });
  requete.addEventListener("error", () => {
    formulaire.removeAttribute("aria-busy");
    annoncer(formulaire, "L’envoi a été coupé : rien n’a été joint. Vos fichiers sont encore choisis, réessayez.");
  });
  formulaire.setAttribute("aria-busy", "true");
  annoncer(formulaire, "Envoi…");
  requete.send(new FormData(formulaire));
}

const envoiDe = (cible) => cible.closest?.("form[data-envoi]") ?? cible.closest?.(".piece")?.querySelector("form[data-envoi]");

document.addEventListener("submit", (evenement) => {
  const formulaire = evenement.target;
  if (!formulaire.matches("form[data-envoi]")) return;
  const fichiers = [...formulaire.querySelector("input[type=file]").files];
  if (fichiers.reduce((somme, fichier) => somme + fichier.size, 0) < LONG) return;
  evenement.preventDefault();
  if (!formulaire.hasAttribute("aria-busy")) envoyer(formulaire);
});
document.addEventListener("dragover", (evenement) => {
  const formulaire = envoiDe(evenement.target);
  if (!formulaire || !evenement.dataTransfer?.types.includes("Files")) return;
  evenement.preventDefault();
  formulaire.classList.add("piece-envoi--cible");
});
document.addEventListener("dragleave", (evenement) => envoiDe(evenement.target)?.classList.remove("piece-envoi--cible"));
document.addEventListener("drop", (evenement) => {
  const formulaire = envoiDe(evenement.target);
  if (!formulaire || !evenement.dataTransfer?.files.length) return;
  evenement.preventDefault();
  formulaire.classList.remove("piece-envoi--cible");
  formulaire.querySelector("input[type=file]").files = evenement.dataTransfer.files;
  if (!formulaire.hasAttribute("aria-busy")) envoyer(formulaire);
});
