"""What `onehall demo` invites to try first."""

from onehall.contexts.organisation import api as organisation
from onehall.foundation.profiles import Profile


def invitation(profile: Profile) -> tuple[str, str] | None:
    """The first thing to try, in both languages: the clerk and the counter that the story left for it."""
    taken = profile.story.drawer if profile.story else ()
    permissions = {role.code: set(role.permissions) for role in profile.roles}
    sellers = [
        (len(permissions[post.role]), person, post.hall)
        for person in profile.people
        for post in person.posts
        if "drawer.open" in permissions[post.role] and person.staff_no not in {drawer.by for drawer in taken}
    ]
    free = [
        counter
        for counter in profile.counters
        if organisation.EVERY_BUSINESS in counter.capabilities
        and (counter.hall, counter.no) not in {(drawer.hall, drawer.counter) for drawer in taken}
    ]
    for _, person, hall in sorted(sellers, key=lambda seller: seller[0]):
        for counter in free:
            if counter.hall == hall:
                return (
                    f"先试这个：用 {person.staff_no} {person.name} 登录 {counter.no} 号台席，开箱，登记一位客户，"
                    "卖给他一份宽带并收款",
                    f"First try this: sign in as {person.staff_no} at counter {counter.no}, open the drawer,"
                    " register a customer, sell broadband and take the payment",
                )
    return None
