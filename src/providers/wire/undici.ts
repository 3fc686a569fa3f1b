// Named anew here, since an `import()` of the library itself finds no names in the bundle: it is CommonJS.
export { Agent, errors, request } from 'undici';
