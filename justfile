# Short names for the commands of this project. `just` alone lists them; none is needed to work here.

_list:
    @just --list

# The demonstration: API, Swagger UI and data at http://127.0.0.1:8080
demo *arguments:
    bin/demo {{ arguments }}

# All tests, or those that match
test *arguments:
    bin/test {{ arguments }}

# Everything that must hold before a change lands
ci:
    .ci/run

# The service as it would run for real
serve:
    cargo run --release --locked -- serve

# Write everything that is generated: the OpenAPI document, the table of problems
generate:
    cargo run --locked --quiet -- openapi

# Put the source in its one format
format:
    cargo fmt --all

# The quick look at what changed, before the tests
check:
    cargo fmt --all --check
    cargo clippy --locked --all-targets -- -D warnings

# The container image and a PostgreSQL beside it
compose:
    docker compose up --build
