"""How long a public page may be kept: the same for everybody as long as nobody has signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers

DUREE = 60  # seconds: a window that is extended is known everywhere a minute later

Vue = Callable[..., HttpResponseBase]


def gardee_un_moment(vue: Vue) -> Vue:
    """Let shared caches keep what an anonymous visitor gets; a signed-in person's page bears its name."""

    @wraps(vue)
    def avec_cache(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        reponse = vue(request, *args, **kwargs)
        if not request.user.is_authenticated:
            patch_cache_control(reponse, public=True, max_age=DUREE)
            patch_vary_headers(reponse, ("Cookie",))
        return reponse

    return avec_cache
