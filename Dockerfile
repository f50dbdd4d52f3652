FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o /polity ./cmd/polity && mkdir /data

FROM scratch
COPY --from=build /polity /polity
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
WORKDIR /data
VOLUME /data
EXPOSE 4650
ENV POLITY_LISTEN=0.0.0.0:4650 TMPDIR=/data
ENTRYPOINT ["/polity"]
CMD ["serve"]
