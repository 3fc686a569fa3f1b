/**
 * Builds `nhn:<id>` from the name of an account, which has no colon, and the provider's own id, which may have some.
 */
export const referenceOf = (account: string, id: string): string => `${account}:${id}`;

/** The account of a reference, or of a job handle, which has the same form. */
export const accountOf = (reference: string): string => reference.split(':', 1)[0] ?? '';

export const idOf = (reference: string): string => reference.slice(reference.indexOf(':') + 1);
