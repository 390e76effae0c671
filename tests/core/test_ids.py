import uuid

from productify.ids import uuid7


def test_ids_sort_by_their_moment_and_never_repeat() -> None:
    made = [uuid7(1_000_000 + n // 4) for n in range(4000)]
    assert len(set(made)) == 4000
    stamps = [uuid.UUID(text).int >> 80 for text in sorted(made)]
    assert stamps == sorted(stamps)


def test_an_id_is_a_uuid_of_version_7() -> None:
    made = uuid.UUID(uuid7())
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert len(uuid7()) == 36
