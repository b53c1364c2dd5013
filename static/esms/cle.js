// Passkeys: shows the form marked `data-cle` where the browser knows them, and hands it to allauth's script.
"use strict";
const formulaire = document.querySelector("[data-cle]");
if (formulaire && window.PublicKeyCredential) {
  const genre = formulaire.dataset.cle;
  const bouton = { addForm: "add", authenticateForm: "authenticate", loginForm: "login" }[genre];
  const ids = { [bouton]: "cle-bouton", credential: "cle-reponse" };
  if (genre !== "loginForm") ids.data = "cle-donnees";
  if (genre === "addForm") ids.passwordless = "id_passwordless";
  formulaire.hidden = false;
  document.querySelector("[data-sans-cle]")?.setAttribute("hidden", "");
  document.addEventListener("allauth.error", (evenement) => {
    evenement.preventDefault();
    document.getElementById("cle-erreur").hidden = false;
  });
  window.allauth.webauthn.forms[genre]({ ids });
}
