"""The clocks of a case: staffed hours, three targets, what the log makes of them, and when acting stops being useful.

`hours` adds and counts staffed time, `targets` has the budgets, `course` follows a case's log and says of each clock
whether it runs, rests, was kept or broke, `useful` finds the earliest window that closes. Nothing here reads a clock,
and nothing counts along: every answer comes anew from the log.
"""
