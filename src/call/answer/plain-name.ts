/**
 * The name of a field or list of a provider, for a place outside the fence around its data. A name that has room for
 * sentences is not repeated there.
 */
export const plainName = (name: string): string => (/^[\p{L}\p{N}_.[\]-]{1,80}$/u.test(name) ? name : 'other items');
