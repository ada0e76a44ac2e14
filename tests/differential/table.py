"""A comparison as text for the terminal."""

from itertools import groupby

from tests.differential.compare import Comparison

_EXAMPLES = 20
_REASONS = 15
_WIDTH = 160


def table(comparison: Comparison) -> str:
    """The counts per aspect, 20 examples of each wrong aspect, and why values are undecided."""
    lines = [f"{'aspect':<12}{'equal':>10}{'undecided':>11}{'wrong':>8}"]
    lines += [
        f"{count.aspect:<12}{count.equal:>10}{count.undecided:>11}{count.wrong:>8}"
        for count in comparison.counts
    ]
    lines.append(f"edges decided: {comparison.edges_decided:.3%}")
    for aspect, group in groupby(comparison.differences, key=lambda item: item.subject.aspect):
        wrong = list(group)
        lines.append(f"\n{aspect}: {len(wrong)} wrong")
        for item in wrong[:_EXAMPLES]:
            lines.append(f"  {item.subject.unique_id} {item.subject.key}".rstrip())
            lines.append(f"    dbt    {item.expected!r}"[:_WIDTH])
            lines.append(f"    reader {item.actual!r}"[:_WIDTH])
    if comparison.reasons:
        lines.append("\nundecided because")
        lines += [
            f"{number:>8}  {reason}"[:_WIDTH] for reason, number in comparison.reasons[:_REASONS]
        ]
    return "\n".join(lines)
