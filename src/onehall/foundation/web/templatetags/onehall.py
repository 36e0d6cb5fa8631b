"""`{% load onehall %}`: everything a screen is built with. The gallery at /design/ shows each part."""

from django.template import Library

from onehall.foundation.web.tags import controls, lists, parts, words

register = Library()
for _library in (words.register, controls.register, lists.register, parts.register):
    register.tags.update(_library.tags)
    register.filters.update(_library.filters)
