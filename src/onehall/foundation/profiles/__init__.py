"""Reading a profile: a folder of TOML and CSV becomes one frozen `Profile`, or a list of everything that is wrong with it.

No name of an operator, hall or compound stands in Python; it stands in a profile (see `onehall/profiles/README.md`).
"""

from onehall.foundation.profiles.establishing import establish
from onehall.foundation.profiles.loading import known_profiles, load_profile
from onehall.foundation.profiles.problems import Problem, ProfileInvalid
from onehall.foundation.profiles.schema import Profile

__all__ = ["Problem", "Profile", "ProfileInvalid", "establish", "known_profiles", "load_profile"]
