"""Product intents."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from posthog_pulumi.emulator.generations import Server
from posthog_pulumi.emulator.rules.body import moment
from posthog_pulumi.emulator.rules.models import Project

_PRODUCTS = (
    "actions alerts annotations cohorts comments conversations customer_analytics dashboards "
    "data_warehouse data_warehouse_saved_queries early_access_features endpoints error_tracking "
    "experiments feature_flags groups heatmaps integrations links live_debugger llm_analytics "
    "llm_clusters llm_datasets llm_evaluations llm_prompts logs marketing_analytics max "
    "mobile_replay notebooks persons pipeline_batch_exports pipeline_destinations "
    "pipeline_transformations platform_and_support posthog_ai product_analytics product_tours "
    "revenue_analytics session_replay site_apps surveys tasks teams toolbar tracing "
    "user_interviews visual_review web_analytics workflows"
)
PRODUCTS = _PRODUCTS.split()

CONTEXTS = [
    "unknown",
    "onboarding product selected - primary",
    "onboarding product selected - secondary",
    "quick start product selected",
    "empty state add dashboard clicked",
    "taxonomic filter empty state",
    "create experiment from funnel button",
    "web analytics insight",
    "sql editor empty state",
    "data warehouse sources table",
    "feature flag created",
    "experiment created",
    "survey created",
    "survey launched",
    "session replay set filters",
    "nav panel advertisement clicked",
    "feature preview enabled",
]


class IntentSerializer(serializers.Serializer):  # type: ignore[misc]  # untyped framework
    """What a client sends about its intent."""

    product_type = serializers.CharField()
    metadata = serializers.DictField(default=dict)
    intent_context = serializers.CharField(default="unknown")


class KnownIntentSerializer(IntentSerializer):
    """The same, where only known values are taken."""

    product_type = serializers.ChoiceField(PRODUCTS)
    intent_context = serializers.ChoiceField(CONTEXTS, default="unknown")


def checked(sent: Any, server: Server) -> dict[str, Any]:
    """The intent, or REST framework's refusal."""
    kind = KnownIntentSerializer if server.checks_intents else IntentSerializer
    serializer = kind(data=sent)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def add(project: Project, intent: dict[str, Any]) -> dict[str, Any]:
    """Record the intent, or count it once more in this context."""
    stored = _stored(project, intent["product_type"])
    context = intent["intent_context"]
    contexts = stored["contexts"] | {context: stored["contexts"].get(context, 0) + 1}
    stored |= {"contexts": contexts, "metadata": intent["metadata"], "updated_at": _now()}
    project.save()
    return stored


def complete(project: Project, intent: dict[str, Any]) -> None:
    """Record that onboarding was completed now, even if it was before."""
    stored = add(project, intent)
    stored["onboarding_completed_at"] = _now()
    project.save()


def _stored(project: Project, product_type: str) -> dict[str, Any]:
    for intent in project.product_intents:
        if intent["product_type"] == product_type:
            found: dict[str, Any] = intent
            return found
    made: dict[str, Any] = {
        "product_type": product_type,
        "contexts": {},
        "created_at": _now(),
        "onboarding_completed_at": None,
    }
    project.product_intents.append(made)
    return made


def _now() -> str | None:
    return moment(timezone.now())
