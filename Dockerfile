# The program in a container: it runs as no user of the system, its root may be read-only, and all that it keeps is in
# the volume /state. Build it from the files of your own copy: docker build --tag exchange-closure-audit:local .
# To fix the base image as well, add its digest behind the tag (python:3.11-slim-bookworm@sha256:...).

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1
WORKDIR /source
COPY requirements/run.txt requirements/run.txt
# Every package has its version and the hashes of its files in that list.
RUN python -m venv /opt/audit \
    && /opt/audit/bin/pip install --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY requirements requirements
COPY config config
COPY auditor auditor
RUN /opt/audit/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheel . \
    && /opt/audit/bin/pip install --no-deps --no-build-isolation --no-index /wheel/*.whl \
    && /opt/audit/bin/pip uninstall --yes pip setuptools \
    && mkdir --mode 0700 /state

FROM python:3.11-slim-bookworm
COPY --from=build /opt/audit /opt/audit
COPY --from=build --chown=65532:65532 /state /state
ENV PATH=/opt/audit/bin:$PATH \
    HOME=/state \
    XDG_CONFIG_HOME=/state/config \
    XDG_DATA_HOME=/state/data \
    LANG=C.UTF-8 \
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /state
VOLUME ["/state"]
USER 65532:65532
# A watch sleeps for hours between two checks: a container that does nothing is a healthy one.
HEALTHCHECK NONE
ENTRYPOINT ["audit"]
CMD ["--help"]
