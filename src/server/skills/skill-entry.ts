// Loaded with the first request for skills. It has a module of its own, like everything that is loaded late.
export { skillEntry } from '@modelcontextprotocol/server/ext/skills';
