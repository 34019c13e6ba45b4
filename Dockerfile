# syntax=docker/dockerfile:1
# The service alone, in a small image without a shell user: it needs DATABASE_URL. Migrations are in the binary.
#   docker build -t performance-framework .

FROM rust:1-slim-bookworm AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --release --locked \
    && cp target/release/performance-framework /performance-framework

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="performance-framework" \
      org.opencontainers.image.description="The system of record for a council's performance framework" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin framework
COPY --from=build /performance-framework /usr/local/bin/performance-framework
# Whom to trust, for webhooks and sign-ins.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
USER 10001
ENV HOST=0.0.0.0 \
    PORT=8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["performance-framework", "health"]
ENTRYPOINT ["performance-framework"]
CMD ["serve"]
