"""An operator is a folder of data: installed whole, repeated without effect, edited without rewriting the past."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.numbers import api as numbers
from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import trail
from onehall.foundation.identity.models import Grant, Role, User
from onehall.foundation.policy.services import policy_book
from onehall.foundation.profiles import ProfileInvalid, known_profiles, load_profile
from onehall.foundation.scopes import Scope
from onehall.foundation.values.money import Money
from onehall.journeys.install_profile import Installed, install_profile

pytestmark = pytest.mark.django_db
EVERYWHERE = Scope.operator()
POCKET = Path(__file__).resolve().parents[1] / "data" / "profiles" / "pocket"
AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
SPRING_2025 = datetime(2025, 4, 1, tzinfo=UTC)


def install(profile: Path | str = POCKET, *, at: datetime = AT, demo: bool = True) -> Installed:
    return install_profile(profile=profile, by=None, at=at, demo=demo)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(POCKET, tmp_path / "pocket"))


def edit(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def every_row() -> dict[str, list[tuple[object, ...]]]:
    """Everything in the database but the audit trail, which rightly says that somebody installed again."""
    return {
        model._meta.label: sorted(model._base_manager.values_list(), key=repr)
        for model in apps.get_models()
        if model._meta.app_label != "audit"
    }


@pytest.mark.rule("ORG-01", "ORG-07")
def test_a_profile_brings_an_operator_with_its_halls_counters_and_numbers_to_call() -> None:
    halls = install().halls
    operator = organisation.operator(scope=EVERYWHERE)
    assert (operator.code, operator.area_code) == ("pocket", "0999")
    hall = organisation.hall(halls["tea"], scope=Scope.of(halls["tea"]))
    assert hall.name.zh == "茶馆厅" and hall.compounds == ("zz",)
    assert [c.no for c in organisation.counters(hall.id, scope=EVERYWHERE)] == ["1"]
    assert [e.number for e in organisation.directory(hall.id, purpose="fault", scope=EVERYWHERE)] == [
        "0999-6000009"
    ]


@pytest.mark.rule("ORG-02", "ORG-06")
def test_roles_are_sets_of_permissions_granted_hall_by_hall() -> None:
    hall = install().halls["tea"]
    owner = Role.objects.get(code="owner")
    assert "payment.take" in owner.permissions and "audit.view" not in owner.permissions
    grants = Grant.objects.values_list("user__staff_no", "role__code", "hall_id")
    assert sorted(grants) == [("P1", "owner", hall), ("P3", "fitter", hall)]
    fitters = organisation.people(hall_id=hall, role="fitter", scope=EVERYWHERE)
    assert [(p.name, p.user_id is None) for p in fitters] == [("木拉", False), ("老杨", True)]


@pytest.mark.rule("SEC-08")
def test_the_demo_password_opens_the_demo_only() -> None:
    install(demo=False)
    user = User.objects.get(staff_no="P1")
    assert user.must_change and not user.has_usable_password()


def test_in_the_demo_everybody_signs_in_with_the_profiles_demo_password() -> None:
    install(demo=True)
    user = User.objects.get(staff_no="P1")
    assert not user.must_change and check_password("pocket-demo", user.password)


@pytest.mark.rule("CAT-10", "CAT-01")
def test_a_product_that_only_this_profile_has_is_on_sale_without_a_line_of_code() -> None:
    install()
    on_sale = catalogue.offerings(at=AT, business="new_broadband", scope=EVERYWHERE)
    assert [(o.code, o.price, o.price_version) for o in on_sale] == [
        ("tea100-quarter", Money.yuan("109.90"), 2)
    ]
    sold_before = catalogue.offering("tea100-quarter", at=SPRING_2025, scope=EVERYWHERE)
    assert (sold_before.price, sold_before.price_version) == (Money.yuan("99.90"), 1)
    here = catalogue.Circumstances(
        "organisation", "zz", "own", AT, catalogue.sources_of("zz", scope=EVERYWHERE)
    )
    assert catalogue.judge(on_sale[0], "new_broadband", here) == catalogue.Allowed()
    private = catalogue.Circumstances("individual", "zz", "own", AT)
    assert isinstance(catalogue.judge(on_sale[0], "new_broadband", private), catalogue.Denied)


@pytest.mark.rule("FEE-02")
def test_a_fee_costs_what_the_policy_of_the_hall_says_on_that_day() -> None:
    hall = install().halls["tea"]
    point = catalogue.offering("tea-point", at=AT, scope=EVERYWHERE)
    june, now = datetime(2026, 6, 30, tzinfo=UTC), AT
    assert catalogue.unit_price(point, policy_book(hall_id=hall, at=june)) == Money.yuan("12.50")
    assert catalogue.unit_price(point, policy_book(hall_id=hall, at=now)) == Money.yuan("15.00")
    assert catalogue.unit_price(point, policy_book(hall_id=None, at=now)) == Money.yuan("12.50")


@pytest.mark.rule("ADR-01", "ADR-03")
def test_premises_form_a_tree_and_prefixes_say_whose_line_a_number_is() -> None:
    assert install().premises_added == 4, "a building, a unit, two rooms"
    Premises = apps.get_model("customers", "Premises")
    labels = Premises.objects.filter(kind="dwelling").order_by("path").values_list("path", flat=True)
    assert list(labels) == ["zz/1/1/101", "zz/1/1/102"]
    source = numbers.line_source(kind=numbers.NumberKind.ACCOUNT, number="zz0110101", scope=EVERYWHERE)
    assert source.source == "own"


@pytest.mark.rule("ORG-01")
def test_installing_again_changes_nothing() -> None:
    first = install()
    before = every_row()
    again = install(at=LATER)
    assert again.halls == first.halls
    assert (again.premises_added, again.policies_added) == (0, 0)
    assert every_row() == before


def test_an_edited_profile_brings_everything_up_to_date(folder: Path) -> None:
    first = install(folder)
    edit(folder, "organisation.toml", 'phone = "0999-6000001"', 'phone = "0999-6000002"')
    edit(folder, "premises.csv", "01-02", "01-03")
    edit(folder, "staff.toml", 'name = "木拉"', 'name = "木拉提"')
    edit(folder, "policies.toml", "# 只对一个营业厅", _policy("subscriptions.start_delay", 3, "2026-12-01"))
    again = install(folder, at=LATER)
    assert (again.premises_added, again.policies_added) == (1, 1)
    assert organisation.hall(first.halls["tea"], scope=EVERYWHERE).phone == "0999-6000002"
    assert User.objects.get(staff_no="P3").name == "木拉提"


def _policy(key: str, value: int, day: str) -> str:
    return (
        f'[[value]]\nkey = "{key}"\nvalue = {value}\nsource = "x"\nverified = true\nvalid_from = {day}\n\n#'
    )


@pytest.mark.rule("CAT-01")
def test_a_price_in_force_is_not_rewritten_and_the_whole_installation_is_undone(folder: Path) -> None:
    install(folder)
    edit(folder, "organisation.toml", 'phone = "0999-6000001"', 'phone = "0999-6000002"')
    edit(folder, "offerings.toml", 'price = "99.90"', 'price = "1.00"')
    with pytest.raises(catalogue.OfferingIsFixed):
        install(folder, at=LATER)
    hall = organisation.hall_by_code("tea", scope=EVERYWHERE)
    assert hall.phone == "0999-6000001"


def test_a_profile_with_a_mistake_changes_nothing(folder: Path) -> None:
    edit(folder, "staff.toml", 'role = "owner"', 'role = "king"')
    with pytest.raises(ProfileInvalid):
        install(folder)
    assert not User.objects.exists()


def test_the_trail_says_in_every_hall_that_the_profile_was_installed() -> None:
    hall = install().halls["tea"]
    line = trail(scope=Scope.of(hall), limit=1)[0]
    assert (line.action, line.subject_id, line.at) == ("profile.installed", "pocket", AT)


@pytest.mark.parametrize("code", known_profiles())
def test_a_shipped_profile_is_installed_whole_and_its_households_in_bulk(code: str) -> None:
    profile = load_profile(code)
    with CaptureQueriesContext(connection) as queries:
        installed = install(code)
    assert len(queries) < len(profile.dwellings) / 5
    assert installed.premises_added > len(profile.dwellings)
    assert set(installed.halls) == {hall.code for hall in profile.halls}
    for hall_id in installed.halls.values():
        assert organisation.counters(hall_id, scope=Scope.of(hall_id))
        assert organisation.directory(hall_id, purpose="own", scope=Scope.of(hall_id))
    assert {o.code for o in catalogue.offerings(at=AT, scope=EVERYWHERE)} == {
        o.code for o in profile.offerings
    }


@pytest.mark.parametrize("code", [code for code in known_profiles() if load_profile(code).story])
def test_the_people_of_a_demo_story_could_be_registered(code: str) -> None:
    story = load_profile(code).story
    assert story is not None
    for customer in story.customer:
        person = customer.kind == "individual"
        kind = customers.DocumentKind.RESIDENT_ID if person else customers.DocumentKind.CREDIT_CODE
        assert customers.check_document(kind, customer.number, on=AT.date()) == customer.number
        assert customers.check_phone(customer.phone)[1] == customer.phone
    assert [step.day for _, step in story.in_order()] == sorted(step.day for _, step in story.in_order())
