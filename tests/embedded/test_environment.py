import re

from iae_manager.entry import BASE_DIR

READ = re.compile(r'(?:env(?:\.\w+)?|secret|environ\.get)\(\s*"([A-Z_]+)"')


def test_every_variable_that_is_read_is_in_the_example():
    example = (BASE_DIR / ".env.example").read_text(encoding="utf-8")
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (BASE_DIR / "iae_manager").rglob("*.py")
    )
    names = set(READ.findall(code))
    assert {"SECRET_KEY", "DATABASE_URL", "IAE_LOCAL", "REDIS_URL"} <= names
    assert [n for n in sorted(names) if f"\n# {n}=" not in example] == []
