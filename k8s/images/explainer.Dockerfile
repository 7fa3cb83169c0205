# syntax=docker/dockerfile:1
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
# CI: packages exactly as the lock files say.
RUN --mount=type=cache,target=/packages NUGET_PACKAGES=/packages CI=true dotnet publish services/Cdam.Explainer -c Release -o /publish

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS runtime

FROM debian:trixie-slim
# What the runtime and its TLS link.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates libgcc-s1 libssl3t64 libstdc++6 \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 1654 app && useradd --uid 1654 --gid 1654 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin app
COPY --from=runtime /usr/share/dotnet /usr/share/dotnet
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet
COPY --from=build /publish /app
COPY services/models /app/models
ENV DOTNET_RUNNING_IN_CONTAINER=true DOTNET_EnableDiagnostics=0
USER 1654:1654
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="CdamGrpc explainer, CPU" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.base.name="docker.io/library/debian:trixie-slim"
EXPOSE 8001 8081
ENTRYPOINT ["dotnet", "/app/Cdam.Explainer.dll"]
