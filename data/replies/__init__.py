"""The public reply: whether the platform still takes one, what it must not say, templates for it.

Written for those who read the review later, once, after the matter was settled with the buyer or could not be. It asks
nobody for a changed review and names nobody.
"""
