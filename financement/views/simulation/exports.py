"""What leaves the screen: models to fill in, workbook, PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from financement.documents.modeles import modele_csv, modele_xlsx
from financement.documents.simulation_pdf import simulation_pdf
from financement.documents.simulation_xlsx import simulation_xlsx
from financement.views.simulation.lecture import etude_ou_404
from financement.views.simulation.publique import DebitDesDocuments, publique

TYPE_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MODELES = {"csv": (modele_csv, "text/csv; charset=utf-8"), "xlsx": (modele_xlsx, TYPE_XLSX)}


@publique("GET", "HEAD")
def modele(request: HttpRequest, extension: str) -> HttpResponse:
    """The spreadsheet to fill in."""
    if extension not in MODELES:
        raise Http404
    ecrire, type_mime = MODELES[extension]
    return _piece_jointe(ecrire(), type_mime, f"modele-grappe.{extension}")


@publique("GET", "HEAD")
def xlsx(request: HttpRequest, cle: str) -> HttpResponse:
    """The workbook of a simulation."""
    etude = etude_ou_404(cle)
    if etude.vide:
        return redirect("simulation:ajouter", cle=cle)
    return _piece_jointe(simulation_xlsx(etude, _lien(request, cle)), TYPE_XLSX, f"simulation-{cle}.xlsx")


@publique("GET", "HEAD", debit=DebitDesDocuments)
def pdf(request: HttpRequest, cle: str) -> HttpResponse:
    """The tagged PDF of a simulation."""
    etude = etude_ou_404(cle)
    if etude.vide:
        return redirect("simulation:ajouter", cle=cle)
    return _piece_jointe(
        simulation_pdf(etude, _lien(request, cle)), "application/pdf", f"simulation-{cle}.pdf"
    )


def _lien(request: HttpRequest, cle: str) -> str:
    return request.build_absolute_uri(reverse("simulation:resultat", args=[cle]))


def _piece_jointe(octets: bytes, type_mime: str, nom: str) -> HttpResponse:
    return HttpResponse(
        octets, content_type=type_mime, headers={"Content-Disposition": f'attachment; filename="{nom}"'}
    )
