"""Which entrance answers which address."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("onehall.entrances.desk.urls")),
    path("", include("onehall.entrances.public.session.urls")),
    path("", include("onehall.entrances.public.verify.urls")),
    path("", include("onehall.entrances.public.health.urls")),
    path("", include("onehall.entrances.public.design.urls")),
    path("", include("onehall.entrances.public.live.urls")),
    path("", include("onehall.entrances.board.urls")),
    path("", include("onehall.entrances.desk.follow_ups.urls")),
    path("", include("onehall.entrances.desk.returns.urls")),
    path("", include("onehall.entrances.desk.todos.urls")),
    path("", include("onehall.entrances.desk.messages.urls")),
    path("", include("onehall.entrances.pocket.urls")),
    path("", include("onehall.entrances.portal.urls")),
    path("", include("onehall.entrances.intake.urls")),
    path("", include("onehall.entrances.api.urls")),
]

handler400 = "onehall.foundation.web.responses.bad_request"
handler403 = "onehall.foundation.web.responses.denied"
handler404 = "onehall.foundation.web.responses.not_found"
handler500 = "onehall.foundation.web.responses.server_error"
