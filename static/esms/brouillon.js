// Saves a section while it is typed. Without this script, the button does the same.
// What is typed is copied in the browser at once, sent when typing pauses, and the copy is erased when the portal has acknowledged it.
// The copy survives a crash, a cut network and an expired session: it is put back in the form at the next visit of the same person.
(() => {
  const formulaire = document.querySelector("form[data-brouillon]");
  if (!formulaire) return;

  const PAUSE = 2000; // ms without a key before sending
  const RELANCES = [5000, 15000, 60000]; // ms before trying again, then the last one for ever
  const GARDE = 30 * 24 * 3600 * 1000; // ms: older copies are erased
  const NON_COPIES = new Set(["csrfmiddlewaretoken", "version"]);
  const prefixe = `brouillon:${formulaire.dataset.brouillon}:`;
  const version = formulaire.elements.version;
  const etat = formulaire.querySelector("[data-etat]");
  const panneau = document.getElementById("panneau");
  let minuterie, envoi, essais = 0, arrete = false, change = false, attend = null;

  const champs = () => [...new FormData(formulaire)].filter(([nom, valeur]) => typeof valeur === "string" && !NON_COPIES.has(nom));
  const contenu = () => JSON.stringify(champs());
  let enregistre = contenu();

  function dire(texte, genre = "", action = null) {
    etat.className = `saisie-etat${genre ? ` saisie-etat--${genre}` : ""}`;
    etat.replaceChildren(texte);
    if (action) etat.append(" ", action);
  }

  function bouton(texte, geste) {
    const b = Object.assign(document.createElement("button"), { type: "button", className: "fr-btn fr-btn--sm fr-btn--secondary", textContent: texte });
    b.addEventListener("click", geste);
    return b;
  }

  function lien(texte) {
    return Object.assign(document.createElement("a"), { href: window.location.href, textContent: texte });
  }

  // A browser without storage (private mode, quota) still saves on the portal.
  const magasin = {
    ecrire(cle, valeur) { try { localStorage.setItem(cle, JSON.stringify(valeur)); return true; } catch { return false; } },
    lire(cle) { try { return JSON.parse(localStorage.getItem(cle)); } catch { return null; } },
    effacer(cle) { try { localStorage.removeItem(cle); } catch { /* nothing was kept */ } },
    cles() { try { return Object.keys(localStorage).filter((cle) => cle.startsWith(prefixe)); } catch { return []; } },
  };
  const copier = (extra = {}) => magasin.ecrire(prefixe + version.value, { champs: champs(), le: Date.now(), ...extra });

  function gardee(debut) {
    return copier() ? `${debut} : votre saisie est gardée dans ce navigateur et sera renvoyée.` : `${debut} : gardez cette page ouverte, votre saisie sera renvoyée.`;
  }

  function planifier(delai = PAUSE) {
    clearTimeout(minuterie);
    if (!arrete) minuterie = setTimeout(enregistrer, delai);
  }

  function relancer(phrase) {
    dire(gardee(phrase), "attente");
    planifier(RELANCES[Math.min(essais++, RELANCES.length - 1)]);
  }

  async function enregistrer() {
    clearTimeout(minuterie);
    if (envoi || arrete) return;
    const envoye = contenu();
    if (envoye === enregistre) return;
    const cle = prefixe + version.value;
    change = false;
    dire("Enregistrement…");
    envoi = new AbortController();
    const limite = setTimeout(() => envoi.abort(), 20000);
    try {
      const reponse = await fetch(window.location.pathname, {
        method: "POST", body: new FormData(formulaire), signal: envoi.signal, redirect: "manual",
        headers: { "X-Enregistrement-Automatique": "1", Accept: "application/json" },
      });
      await traiter(reponse, envoye, cle);
    } catch {
      relancer(navigator.onLine ? "Le portail ne répond pas" : "Hors connexion");
    } finally {
      clearTimeout(limite);
      envoi = null;
      if (attend) { const bouton = attend; attend = null; formulaire.requestSubmit(bouton); }
    }
  }

  async function traiter(reponse, envoye, cle) {
    const json = (reponse.headers.get("Content-Type") || "").startsWith("application/json") ? await reponse.json() : {};
    if (reponse.status === 200 && json.version !== undefined) {
      essais = 0;
      enregistre = envoye;
      version.value = json.version;
      if (panneau && json.panneau) panneau.innerHTML = json.panneau;
      magasin.effacer(cle);
      if (change) { copier(); planifier(); } else dire(`Enregistré à ${json.enregistre}`, "fait");
    } else if (reponse.status === 400 && json.erreurs) {
      copier();
      dire(`Pas encore enregistré. ${Object.values(json.erreurs).flat().join(" ")} Votre saisie est gardée dans ce navigateur.`, "erreur");
    } else if (reponse.status === 401) {
      arrete = true;
      dire(gardee("Votre session a expiré"), "erreur", lien("Se reconnecter"));
    } else if (reponse.status === 409) {
      arrete = true;
      copier();
      const qui = json.par ? `${json.par} a modifié cette section à ${json.enregistre}.` : "Le dossier a changé pendant votre saisie.";
      dire(`${qui} Rien n’est écrasé.`, "erreur", bouton("Voir les deux versions", () => { copier({ envoye: true }); formulaire.submit(); }));
    } else if (reponse.status === 403 || reponse.status === 404 || reponse.type === "opaqueredirect") {
      arrete = true;
      dire(gardee("Cette page n’est plus à jour"), "erreur", lien("Recharger la page"));
    } else relancer("Le portail ne répond pas");
  }

  // Puts a copy back in the form; false when the form no longer has the same fields.
  function remettre(copie) {
    const noms = new Set([...formulaire.elements].map((element) => element.name));
    if (!copie.every(([nom]) => noms.has(nom))) return false;
    const valeurs = new Map();
    for (const [nom, valeur] of copie) valeurs.set(nom, [...(valeurs.get(nom) || []), valeur]);
    for (const element of formulaire.elements) {
      if (!element.name || NON_COPIES.has(element.name) || ["submit", "button", "file"].includes(element.type)) continue;
      const siennes = valeurs.get(element.name) || [];
      if (element.type === "checkbox" || element.type === "radio") element.checked = siennes.includes(element.value);
      else if (element.type === "select-multiple") for (const option of element.options) option.selected = siennes.includes(option.value);
      else if (siennes.length) element.value = siennes.shift();
      element.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return true;
  }

  function envoyerTel(copie, sur) {
    for (const element of [...formulaire.elements]) if (element.name && element.name !== "csrfmiddlewaretoken") element.disabled = true;
    for (const [nom, valeur] of [...copie, ["version", sur]]) {
      formulaire.append(Object.assign(document.createElement("input"), { type: "hidden", name: nom, value: valeur }));
    }
    formulaire.submit();
  }

  function reprendre() {
    // The page answers a form: with its errors, or with a line added, moved or taken away. What it shows is the latest, and is not saved.
    if (formulaire.dataset.rendu) {
      enregistre = "";
      copier();
      if (formulaire.dataset.rendu === "lignes") planifier();
      return;
    }
    const actuelle = Number(version.value);
    const copies = magasin.cles().map((cle) => [cle, magasin.lire(cle), Number(cle.slice(prefixe.length))]);
    const utiles = copies.filter(([cle, copie, sur]) => {
      const perimee = !copie || !Array.isArray(copie.champs) || Date.now() - copie.le > GARDE
        || JSON.stringify(copie.champs) === enregistre
        || (copie.envoye && sur < actuelle && formulaire.dataset.parMoi === "oui");
      if (perimee) magasin.effacer(cle);
      return !perimee;
    }).sort((a, b) => b[1].le - a[1].le);
    if (!utiles.length) return;
    const [cle, copie, sur] = utiles[0];
    if (!remettre(copie.champs)) {
      arrete = true;
      dire("Une saisie non enregistrée est gardée dans ce navigateur.", "attente", bouton("La reprendre", () => envoyerTel(copie.champs, sur)));
      return;
    }
    version.value = sur;
    if (cle !== prefixe + version.value) magasin.effacer(cle);
    dire("Votre dernière saisie, qui n’avait pas pu être enregistrée, est rétablie.", "attente");
    planifier();
  }

  formulaire.addEventListener("input", () => { change = true; copier(); if (!arrete) planifier(); });
  formulaire.addEventListener("change", () => { change = true; copier(); if (!arrete) planifier(); });
  // A line added, moved or taken away by htmx is a change like any other, though nobody typed.
  formulaire.addEventListener("htmx:afterSettle", () => { change = true; copier(); planifier(); });
  formulaire.addEventListener("submit", (evenement) => {
    clearTimeout(minuterie);
    if (envoi) { evenement.preventDefault(); attend = evenement.submitter; return; }
    if (contenu() !== enregistre) copier({ envoye: true });
  });
  window.addEventListener("online", () => planifier(0));
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") enregistrer(); });
  reprendre();
})();
