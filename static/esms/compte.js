// A password can be read while it is typed. Without this script the box that shows it stays hidden.
"use strict";
for (const bascule of document.querySelectorAll("[data-afficher]")) {
  const champ = document.getElementById(bascule.dataset.afficher);
  bascule.parentElement.hidden = false;
  bascule.addEventListener("change", () => { champ.type = bascule.checked ? "text" : "password"; });
}
