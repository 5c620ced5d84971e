"""Solves the numbers that the pathway needs for the probabilities and times that were fitted.

`data/derive` calls it. Strength of evidence is s ~ N(0, 1) a case; police and prosecutors each read
it with an error of their own. Times are in days. docs/sources.md says why each rule is as it is.
"""
from math import exp, log, log1p, sqrt
from statistics import NormalDist

NORMAL = NormalDist()
STEP = 4.0  # days between points of a distribution of times
POINTS = 2500


def bisect(function, low, high, times=60):
    """Root of a function that rises from low to high."""
    for _ in range(times):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) < 0 else (low, middle)
    return (low + high) / 2


# ---- Thresholds and odds

def threshold(probability, error):
    """What a share `probability` of all cases is read to be above."""
    return sqrt(1 + error * error) * NORMAL.inv_cdf(1 - probability)


def above(strength, limit, error):
    return 1 - NORMAL.cdf((limit - strength) / error)


def strengths(shift=0.0):
    """Pairs of strength and share of cases, of all cases."""
    step = 0.01
    return [(-6 + step * (i + 0.5) + shift, step * NORMAL.pdf(-6 + step * (i + 0.5)))
            for i in range(1200)]


def selected(cases, chance):
    """The cases that are left when each stays with chance(strength), and the share that stays."""
    left = [(s, share * chance(s)) for s, share in cases]
    total = sum(share for _, share in left)
    return [(s, share / total) for s, share in left], total


def with_odds(base, slope, strength):
    """Chance of a route whose odds are those of `base` at strength 0 and rise with strength."""
    weight = base * exp(slope * strength)
    return weight / (weight + 1 - base)


def base_for(cases, slope, wanted):
    """The chance at strength 0 for which `wanted` of the cases take the route."""
    return bisect(lambda base: sum(share * with_odds(base, slope, s) for s, share in cases) - wanted,
                  0.0, 1.0)


# ---- Times: distribution functions at 0, STEP, 2 STEP, ...

def lognormal(mean, cv):
    sigma = sqrt(log1p(cv * cv))
    mu = log(mean) - sigma * sigma / 2
    return [0.0] + [NORMAL.cdf((log(i * STEP) - mu) / sigma) for i in range(1, POINTS)]


def then_exponential(times, mean):
    """The sum of a time and an exponential one."""
    keep = exp(-STEP / mean)
    weight = mean / STEP * (1 - keep)  # of a step that the distribution function makes evenly
    out = [0.0]
    for i in range(1, POINTS):
        out.append(keep * out[-1] + (1 - weight) * times[i] + (weight - keep) * times[i - 1])
    return out


def then_days(times, days):
    """The sum of a time and so many days."""
    whole, part = divmod(days / STEP, 1)
    at = lambda i: times[i] if i >= 0 else 0.0
    return [(1 - part) * at(i - int(whole)) + part * at(i - int(whole) - 1) for i in range(POINTS)]


def together(first, second):
    """The sum of two independent times."""
    density = [b - a for a, b in zip(second, second[1:])]
    out = [0.0] * POINTS
    for j, share in enumerate(density):
        if share > 1e-9:
            for i in range(j + 1, POINTS):
                out[i] += share * (first[i - j] + first[i - j - 1]) / 2
    return out


def needed(times, share):
    """A strand that only a share of the cases needs; the others need no time for it."""
    return [1 - share + share * chance for chance in times]


def last_of(strands):
    out = [1.0] * POINTS
    for strand in strands:
        out = [a * b for a, b in zip(out, strand)]
    return out


def mean_and_cv(times):
    left = [1 - chance for chance in times]
    mean = STEP * (sum(left) - (left[0] + left[-1]) / 2)
    square = 2 * STEP * sum(i * STEP * rest for i, rest in enumerate(left))
    return mean, sqrt(square - mean * mean) / mean


def shares_last(strands):
    """The share of the cases in which each strand is the last."""
    out = []
    for i, strand in enumerate(strands):
        others = last_of(strands[:i] + strands[i + 1:])
        out.append(sum((b - a) * (c + d) / 2
                       for a, b, c, d in zip(strand, strand[1:], others, others[1:])))
    return out


def lognormal_of_shares(day_1, share_1, day_2, share_2):
    """Mean and cv of the lognormal time that has passed by two days with given chances."""
    z_1, z_2 = NORMAL.inv_cdf(share_1), NORMAL.inv_cdf(share_2)
    sigma = (log(day_2) - log(day_1)) / (z_2 - z_1)
    mu = log(day_1) - z_1 * sigma
    return exp(mu + sigma * sigma / 2), sqrt(exp(sigma * sigma) - 1)


def mean_of_whole_days(mean, cv):
    """Mean of a lognormal time rounded up to whole days, of at least one."""
    sigma = sqrt(log1p(cv * cv))
    mu = log(mean) - sigma * sigma / 2
    return 1 + sum(1 - NORMAL.cdf((log(day) - mu) / sigma) for day in range(1, 250))
