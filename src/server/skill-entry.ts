// Loaded with the first request for skills; in a module of our own, as everything that is loaded late.
export { skillEntry } from '@modelcontextprotocol/server/ext/skills';
