// The export is repeated here because the library is CommonJS: in the bundle, an `import()` of it has no named exports.
export { Agent, buildConnector, EnvHttpProxyAgent, errors, fetch, Pool, request } from 'undici';
