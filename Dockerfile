# syntax=docker/dockerfile:1
FROM ghcr.io/astral-sh/uv:0.13.9 AS uv

FROM python:3.11-slim-bookworm AS build
COPY --from=uv /uv /usr/local/bin/uv
ENV UV_CACHE_DIR=/cache UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/cache uv sync --frozen --no-default-groups
COPY manage.py ./
COPY config ./config
COPY couples ./couples
COPY prompts ./prompts
COPY rituals ./rituals
COPY templates ./templates
COPY static ./static
ENV PATH=/app/.venv/bin:$PATH DATA_DIR=/app/data STATIC_ROOT=/app/collected
RUN python -m config.local.messages && python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q config couples prompts rituals

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin leeway
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH \
    DATA_DIR=/app/data \
    STATIC_ROOT=/app/collected \
    DJANGO_SETTINGS_MODULE=config.settings \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
WORKDIR /app
USER leeway
EXPOSE 8000 8001
CMD ["granian", "--interface=wsgi", "--host=0.0.0.0", "--port=8000", "config.wsgi:application"]
