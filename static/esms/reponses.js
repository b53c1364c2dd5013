// Saves the answers to a request for complements before another button or link of the request leads elsewhere.
// Without this script, the page says to save first.
(() => {
  const reponses = document.getElementById("reponses");
  if (!reponses) return;

  const etat = document.querySelector("[data-etat-des-reponses]");
  const contenu = () => JSON.stringify([...new FormData(reponses)]);
  let enregistre = contenu(), envoi = false;

  // Goes on with `suite` once they are saved. Refused (another person, an error, a session over): the page of
  // the answers says why, with all that was typed. Cut network: nothing moves.
  async function enregistrerPuis(suite) {
    if (envoi) return;
    envoi = true;
    const envoye = contenu();
    try {
      const reponse = await fetch(window.location.pathname, { method: "POST", body: new FormData(reponses), redirect: "manual" });
      if (reponse.type === "opaqueredirect") { enregistre = envoye; suite(); } else reponses.requestSubmit();
    } catch {
      etat.textContent = "Le portail ne répond pas : vos réponses ne sont pas encore enregistrées. Gardez cette page ouverte et recommencez.";
    } finally {
      envoi = false;
    }
  }

  document.addEventListener("submit", (evenement) => {
    const formulaire = evenement.target;
    if (formulaire === reponses || contenu() === enregistre) return;
    evenement.preventDefault();
    enregistrerPuis(() => formulaire.requestSubmit(evenement.submitter));
  });

  document.addEventListener("click", (evenement) => {
    const lien = evenement.target.closest("section[aria-labelledby='demande-ouverte'] a[href]");
    if (!lien || contenu() === enregistre) return;
    evenement.preventDefault();
    enregistrerPuis(() => lien.click());
  });
})();
