"""Another simulation for a draft."""

import re

from django import forms

from financement.models import Simulation

_CLE = re.compile(r"\b[0-9a-f]{20}\b")


class AutreSimulationForm(forms.Form):
    """The permanent link of a simulation, or its key."""

    simulation = forms.CharField(
        label="Lien permanent de la nouvelle simulation",
        help_text="Copiez l’adresse affichée par le simulateur une fois la composition corrigée.",
        max_length=300,
    )

    def clean_simulation(self) -> Simulation:
        """The simulation that the link names."""
        cles = _CLE.findall(self.cleaned_data["simulation"])
        simulation = Simulation.objects.filter(pk=cles[-1]).first() if cles else None
        if simulation is None:
            raise forms.ValidationError("Ce lien ne mène à aucune simulation enregistrée.")
        return simulation
