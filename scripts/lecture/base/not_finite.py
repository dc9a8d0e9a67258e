"""The floats that JSON has no word for, by the words that stand for them in results."""

import math

NOT_FINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
