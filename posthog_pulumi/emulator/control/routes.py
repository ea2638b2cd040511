"""The control endpoints."""

from django.urls import path

from posthog_pulumi.emulator.control import faulty, people, things
from posthog_pulumi.emulator.page import view

_PREFIX = "_emulator/"

urlpatterns = [
    path("", view.page),
    path(_PREFIX + "page.<str:kind>", view.part),
    path(_PREFIX + "tenants", people.make_tenant),
    path(_PREFIX + "organizations", people.make_organization),
    path(_PREFIX + "organizations/<uuid:key>", people.change_organization),
    path(_PREFIX + "users", people.make_user),
    path(_PREFIX + "users/<int:key>", people.change_user),
    path(_PREFIX + "keys", people.make_key),
    path(_PREFIX + "keys/<str:key>", people.change_key),
    path(_PREFIX + "sessions/<str:key>", people.end_session),
    path(_PREFIX + "throttle", people.set_throttle),
    path(_PREFIX + "projects/<int:key>", things.project),
    path(_PREFIX + "projects/<int:key>/dashboards", things.make_dashboard),
    path(_PREFIX + "projects/<int:key>/finish-deletion", things.finish_deletion),
    path(_PREFIX + "events", things.events),
    path(_PREFIX + "server", things.change_server),
    path(_PREFIX + "faults", faulty.faults),
    path(_PREFIX + "in-flight", faulty.in_flight),
]
