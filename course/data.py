"""The data sets of the course: written down here or made from a name, never fetched."""

from hashlib import sha256

import torch


def four_deliveries() -> tuple[torch.Tensor, torch.Tensor]:
    """Four deliveries: distances in miles, shape (4, 1), and times in minutes, shape (4, 1)."""
    distances = torch.tensor([[5.0], [6.0], [8.0], [10.0]], dtype=torch.float32)
    times = torch.tensor([[22.2], [25.6], [31.0], [38.5]], dtype=torch.float32)
    return distances, times


def deliveries(student: str, n: int = 200) -> tuple[torch.Tensor, torch.Tensor]:
    """Made deliveries of the town that belongs to a student's name.

    Returns X of shape (n, 3) and y of shape (n, 1), float32 and rounded to 0.1. The columns
    of X are the distance (1 to 12 miles), the hour of day (9 to 22, so 17.5 is half past
    five) and the weather (1.0 rain, 0.0 dry). y is the time in minutes:

        y = base + pace * distance + delay * rain + jam * rush(hour) + noise

    rush(hour) = max(0, 1 - |hour - 17.5| / 2) climbs from 0 at half past three to 1 at half
    past five and is back at 0 at half past seven. The noise lies between -4 and 4 minutes
    with mean 0 and variance 4/3. The name fixes base (4 to 8 minutes), pace (2.8 to 3.6
    minutes a mile), delay (3 to 7 minutes), jam (6 to 10 minutes) and every row: the same
    name gives the same numbers on every machine, and a larger n only adds rows.

    Raises ValueError when `student` is not a string or is blank.
    """
    if not isinstance(student, str) or not student.strip():
        raise ValueError(
            f"deliveries() needs your name as a non-empty string, not {student!r}: "
            'write for example deliveries("ada").'
        )
    generator = torch.Generator().manual_seed(_seed(student))
    base, pace, delay, jam = _between((4, 2.8, 3, 6), (8, 3.6, 7, 10), 1, generator)[0]
    X = _between((1, 9, 0), (12, 22, 1), n, generator)
    # A stream of its own, so that a larger n leaves the noise of the first rows alone.
    generator.manual_seed(_seed(f"{student}, noise"))
    noise = 2 * (torch.rand(n, 4, generator=generator, dtype=torch.float64).sum(dim=1) - 2)
    X[:, 2] = (X[:, 2] < 0.35).double()
    distance, hour, rain = X.T
    rush = (1 - (hour - 17.5).abs() / 2).clamp(min=0)
    y = base + pace * distance + delay * rain + jam * rush + noise
    return X.float(), y.round(decimals=1).float().unsqueeze(1)


def _seed(words: str) -> int:
    return int.from_bytes(sha256(words.encode()).digest()[:4], "big")


def _between(
    low: tuple[float, ...], high: tuple[float, ...], n: int, generator: torch.Generator
) -> torch.Tensor:
    """n rows of uniform numbers rounded to 0.1, column i between low[i] and high[i]."""
    unit = torch.rand(n, len(low), generator=generator, dtype=torch.float64)
    lowest, highest = torch.tensor(low).double(), torch.tensor(high).double()
    return (lowest + (highest - lowest) * unit).round(decimals=1)
