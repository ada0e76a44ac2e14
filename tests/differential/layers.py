"""The models of the generated project: names, folders and upstream models, by arithmetic alone."""

from dataclasses import dataclass

SYSTEMS = ("shop", "shop/base", "crm", "billing", "web")
AREAS = ("finance-ops", "growth", "product", "product/usage")
TEAMS = ("finance", "ops", "sales", "sales/daily")
ENTITIES = ("orders", "users", "invoices", "events", "items", "refunds", "plans")


@dataclass(frozen=True)
class PlannedModel:
    """One model to write. `number` counts within its layer and picks its shape."""

    layer: str
    number: int
    folder: str
    name: str
    upstream: tuple[str, ...]

    @property
    def system(self) -> str:
        """The folder below the layer, which is also the source's name for staging models."""
        return self.folder.split("/")[1]


def layers(count: int) -> tuple[PlannedModel, ...]:
    """`count` models: 40 % staging, 35 % intermediate and 25 % marts, upstream ones first."""
    staging_count = max(3, count * 40 // 100)
    middle_count = max(3, count * 35 // 100)
    staging = tuple(_staging(number) for number in range(staging_count))
    middle = tuple(_intermediate(number, staging) for number in range(middle_count))
    marts = tuple(
        _mart(number, staging, middle)
        for number in range(max(3, count - staging_count - middle_count))
    )
    return staging + middle + marts


def _staging(number: int) -> PlannedModel:
    system = SYSTEMS[number % len(SYSTEMS)]
    entity = ENTITIES[number % len(ENTITIES)]
    name = f"stg_{system.split('/')[0]}__{entity}_{number:04d}"
    return PlannedModel("staging", number, f"staging/{system}", name, ())


def _intermediate(number: int, staging: tuple[PlannedModel, ...]) -> PlannedModel:
    area = AREAS[number % len(AREAS)]
    wanted = {3 * number: None, 3 * number + 1: None, 7 * number + 2: None}
    upstream = dict.fromkeys(staging[index % len(staging)].name for index in wanted)
    name = f"int_{area.replace('/', '_').replace('-', '_')}_{number:04d}"
    return PlannedModel("intermediate", number, f"intermediate/{area}", name, tuple(upstream))


def _mart(
    number: int, staging: tuple[PlannedModel, ...], middle: tuple[PlannedModel, ...]
) -> PlannedModel:
    team = TEAMS[number % len(TEAMS)]
    kind = "dim" if number % 3 == 0 else "fct"
    upstream = dict.fromkeys(
        (
            middle[2 * number % len(middle)].name,
            middle[(5 * number + 1) % len(middle)].name,
            staging[11 * number % len(staging)].name,
        )
    )
    name = f"{kind}_{team.replace('/', '_')}_{number:04d}"
    return PlannedModel("marts", number, f"marts/{team}", name, tuple(upstream))
