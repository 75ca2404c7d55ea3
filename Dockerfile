# One image for front, worker and the terminal command:  docker build -t rollback-bot .
# For a release pin both bases by digest:
#   docker build --build-arg BUILD=maven@sha256:… --build-arg RUN=eclipse-temurin@sha256:… -t rollback-bot .
ARG BUILD=maven:3.9-eclipse-temurin-25
ARG RUN=eclipse-temurin:25-jre

FROM ${BUILD} AS build
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn
COPY src src
# The tests run before an image is built (mvn verify), not in it. The cache is not made here: it fits one JVM only.
RUN mvn -q -Pimage -Dexec.skip

# The front's AOT cache, by the JVM that will use it. Fails when the front does not start from it.
FROM ${RUN} AS trained
COPY --from=build /src/target/image /app
COPY --from=build /src/target/test-classes /training
RUN chmod +x /app/rollback-bot && \
    java --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp /training:/app/rollback-bot.jar dev.rollbackbot.bench.FrontTraining /app

FROM ${RUN}
COPY --from=trained /app /app
# Nobody's number on purpose: no name in the image, no right to write but in /tmp.
USER 65532:65532
ENTRYPOINT ["/app/rollback-bot"]
CMD ["--help"]
