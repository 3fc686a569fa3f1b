FROM node:22-alpine AS build
WORKDIR /pgfleet
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:22-alpine
WORKDIR /pgfleet
COPY --from=build /pgfleet/package.json /pgfleet/LICENSE /pgfleet/THIRD-PARTY-NOTICES ./
COPY --from=build /pgfleet/dist dist
USER node
ENV PGFLEET_HOST=0.0.0.0 PGFLEET_PORT=8765 PGFLEET_LOG_FORMAT=json
EXPOSE 8765
ENTRYPOINT ["node", "dist/main.js"]
CMD ["http"]
