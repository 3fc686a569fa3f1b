// The export is repeated here because the library is CommonJS: in the bundle, an `import()` of it has no named exports.
export { Agent, EnvHttpProxyAgent, errors, fetch, Pool, request } from 'undici';
