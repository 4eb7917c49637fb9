# One image for every role; ROLE decides what the container does.
FROM node:20-slim AS build
WORKDIR /app
# No package needs its install script here, and none may download anything.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY prisma.config.ts tsconfig.json ./
COPY prisma prisma
COPY scripts scripts
COPY src src
RUN node scripts/generate.mjs && node scripts/build.mjs

FROM node:20-slim
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force
COPY prisma prisma
COPY scripts scripts
COPY --from=build /app/dist dist

USER node
EXPOSE 3000

# Without npm in between, signals reach the bot itself.
CMD ["node", "--enable-source-maps", "dist/main.js"]
