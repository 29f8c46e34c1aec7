"""The figures of cases as the checks see them: places, units, intervals, and what must agree."""
