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
# The tests run before an image is built (mvn verify), not in it.
RUN mvn -q -DskipTests package

FROM ${RUN}
COPY --from=build /src/target/lib /app/lib
COPY --from=build /src/target/rollback-bot.jar /app/
# Nobody's number on purpose: no name in the image, no right to write but in /tmp.
USER 65532:65532
# Yes to netty's native code and protobuf's Unsafe (else: warnings); small, quick to start, for code that waits.
ENTRYPOINT ["java", \
    "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", \
    "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", \
    "-jar", "/app/rollback-bot.jar"]
CMD ["--help"]
