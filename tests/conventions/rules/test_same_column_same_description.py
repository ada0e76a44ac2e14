from platform_cli.conventions.rules.same_column_same_description import (
    same_column_same_description,
)
from tests.rule_builders import found


def files(text):
    return {
        "models/a.sql": "select 1 as tail_number, 2 as status",
        "models/b.sql": "select * from {{ ref('a') }}",
        "models/c.sql": "select 1 as tail_number",
        "models/abc.yml": f"""\
            models:
              - name: a
                columns:
                  - {{name: tail_number, description: Registration of the aircraft.}}
                  - {{name: status, description: Of the lease.}}
              - name: b
                columns:
                  - name: Tail_Number
                    description: {text}
                  - {{name: status, description: Of the flight.}}
              - name: c
                columns: [{{name: tail_number, description: Something else.}}]
            """,
    }


def test_another_text_than_where_it_comes_from_is_found_at_the_text(tmp_path) -> None:
    assert found(same_column_same_description, tmp_path, files("The plane.")) == [
        "models/abc.yml:9:9 column Tail_Number is described otherwise in a"
    ]


def test_typing_does_not_matter_nor_do_generic_names(tmp_path) -> None:
    rule = same_column_same_description
    assert not found(rule, tmp_path, files("registration  of the aircraft"))
    assert len(found(rule, tmp_path, files("Registration of the aircraft"), generic=())) == 1
