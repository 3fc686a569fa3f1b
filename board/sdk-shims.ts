/** Whether a request may fail by the rules about origins, as the SDK asks of a platform. */
export const CORS_IS_POSSIBLE = true;

/**
 * Stands in the board for the SDK's validator of JSON schemas, which is a large library. It is for tools that an App
 * offers to its host, and the board offers none.
 */
export class DefaultJsonSchemaValidator {
  getValidator(): never {
    throw new Error('The board has no validator of JSON schemas.');
  }
}
