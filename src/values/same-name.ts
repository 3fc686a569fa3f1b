/**
 * Whether two names are the same for a person. Systems write the letters of one name in several ways, and a name that
 * is copied brings spaces with it.
 */
export const isSameName = (one: string, other: string): boolean => spelled(one) === spelled(other);

/** A name without any visible character stays as it is, so that nothing typed does not stand for it. */
const spelled = (name: string): string => name.normalize('NFC').trim() || name;
