import type { jsonSchemaValidator } from '@modelcontextprotocol/server';

export { default as process } from 'node:process';

/**
 * Stands in the bundle for the SDK's validator of JSON schemas, which is a large library. The SDK checks with it what a
 * person fills in where a server asks by `elicitInput`; here the guard asks, and checks the answer itself.
 */
export class DefaultJsonSchemaValidator implements jsonSchemaValidator {
  getValidator(): never {
    throw new Error('The bundle has no validator of JSON schemas.');
  }
}
