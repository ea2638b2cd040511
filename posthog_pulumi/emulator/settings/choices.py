"""Closed lists of values."""

from functools import cache
from importlib.resources import files


@cache
def zones() -> frozenset[str]:
    """All time zone names, old aliases included."""
    return frozenset(files("tzdata").joinpath("zones").read_text().split())


_CURRENCIES = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTC BTN "
    "BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD GBP GEL "
    "GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR "
    "KMF KRW KWD KYD KZT LAK LBP LKR LRD LTL LVL LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MTL MUR "
    "MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB "
    "RWF SAR SBD SCR SDG SEK SGD SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH "
    "UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW"
)
CURRENCIES = _CURRENCIES.split()

_MODIFIERS = (
    "bounceRateDurationSeconds bounceRatePageViewMode convertToProjectTimezone "
    "customChannelTypeRules dataWarehouseEventsModifiers debug formatCsvAllowDoubleQuotes "
    "inCohortVia inlineCohortCalculation materializationMode materializedColumnsOptimizationMode "
    "optimizeJoinedFilters optimizeProjections personsArgMaxVersion personsJoinMode "
    "personsOnEventsMode propertyGroupsMode s3TableUseInvalidColumns sessionTableVersion "
    "sessionsV2JoinMode timings useMaterializedViews usePreaggregatedIntermediateResults "
    "usePreaggregatedTableTransforms useWebAnalyticsPreAggregatedTables"
)
MODIFIERS = frozenset(_MODIFIERS.split())

_FILTER_TYPES = (
    "event event_metadata person element session cohort recording log log_entry group feature "
    "flag hogql empty data_warehouse data_warehouse_person_property error_tracking_issue "
    "revenue_analytics person_metadata"
)
FILTER_TYPES = frozenset(_FILTER_TYPES.split())

_FILTER_OPERATORS = (
    "exact is_not icontains not_icontains regex not_regex gt gte lt lte is_set is_not_set "
    "is_date_exact is_date_before is_date_after between not_between min max in not_in "
    "is_cleaned_path_exact flag_evaluates_to semver_eq semver_neq semver_gt semver_gte semver_lt "
    "semver_lte semver_tilde semver_caret semver_wildcard icontains_multi not_icontains_multi"
)
FILTER_OPERATORS = frozenset(_FILTER_OPERATORS.split())

RETENTION_PERIODS = ["30d", "90d", "1y", "5y"]
