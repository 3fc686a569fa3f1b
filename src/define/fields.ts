import * as z from 'zod';

export interface SecretRules {
  min?: number;
  max?: number;
  /** The pattern that a value has to match, in addition to its length. Generated values match it too. */
  pattern?: RegExp;
  /** The rules in words, for the person who chooses the value. */
  rule?: string;
}

/** The rules of each secret field, so that a value can be generated that follows them. */
export const secretRules = new WeakMap<object, SecretRules>();

/**
 * A reference is `secret://env/NAME`, `secret://file/NAME` or `secret://generate`. Its value never passes through the
 * model.
 */
export const isSecretReference = (value: string): boolean => value.startsWith('secret://');

/** Says what is wrong with the value of a secret. Undefined when nothing is. */
export function secretFault(value: string, { min = 1, max = 256, pattern, rule }: SecretRules): string | undefined {
  if (value.length >= min && value.length <= max && (!pattern || pattern.test(value))) return undefined;
  return `must have ${min} to ${max} characters${rule ? `, ${rule}` : ''}, or be a secret:// reference`;
}

/**
 * A password or key. The schema announces it as `writeOnly` without its bounds, because a reference may stand in its
 * place. The bounds are checked here, and again when a reference is resolved.
 */
export function secret(rules: SecretRules = {}) {
  const { min = 1, max, rule } = rules;
  const lengths = max === undefined ? '' : `${min}-${max} characters${rule ? `, ${rule}` : ''}; `;
  const schema = z
    .string()
    .superRefine((value, context) => {
      const fault = isSecretReference(value) ? undefined : secretFault(value, rules);
      if (fault) context.addIssue({ code: 'custom', message: fault });
    })
    .meta({ writeOnly: true, description: `${lengths}or secret://generate, secret://env/NAME, secret://file/NAME` });
  return withRules(schema, rules);
}

function withRules<S extends z.ZodType>(schema: S, rules: SecretRules): S {
  secretRules.set(schema, rules);
  return schema;
}

/**
 * An identifier of NHN. The schema announces plain text, because the long pattern of a UUID would be billed on every
 * use. A service may take capitals for the same id, so they are written as answers have them before anybody compares.
 */
export const uuid = () =>
  z.string().regex(uuidForm, 'must be a UUID such as 0ddb042c-5af6-43fb-a914-f4dd0540eb7c').toLowerCase();

export const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A list of the known values. Other values are passed on, because the provider adds new ones. */
export const oneOfKnown = (...known: readonly [string, ...string[]]) =>
  z
    .string()
    .min(1)
    .describe(`e.g. ${known.join(', ')}`);

/** A time of day as `HH:mm:ss`. */
export const timeOfDay = () => z.string().regex(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/, 'must be a time such as 02:30:00');

/** A time with its offset, such as `2026-02-22T20:47:12.000+09:00`. The schema announces it as `date-time`. */
export const timestamp = () => z.iso.datetime({ offset: true, error: momentFault });

const momentFault = ({ input }: { input?: unknown }): string =>
  typeof input === 'string' && z.iso.datetime({ local: true }).safeParse(input).success
    ? 'has no offset: add an offset such as +09:00'
    : 'must be a time with its offset, such as 2026-02-22T20:47:12+09:00';

/** An IPv4 or IPv6 range such as `192.0.2.0/24`. */
export const cidr = () => z.string().refine(isCidr, 'must be an address range such as 192.0.2.0/24 or 2001:db8::/32');

const ipv4Range = z.cidrv4();
const ipv6Range = z.cidrv6();
const isCidr = (text: string): boolean => ipv4Range.safeParse(text).success || ipv6Range.safeParse(text).success;

/** An address range, an address, a host name or a domain. What looks like an address has to be one. */
export const addressOrHost = () =>
  z
    .string()
    .min(1)
    .refine(
      (text) => !/[/:]|^[\d.]+$/.test(text) || isCidr(text) || isAddress(text),
      'must be an address range such as 192.0.2.0/24, an address or a host name',
    );

/** One address, which may be written as the range of it alone. */
export const fixedAddress = () =>
  z.string().refine((text) => isAddress(text) || isRangeOfOne(text), 'must be an address such as 192.0.2.7');

const isRangeOfOne = (text: string): boolean => /^[^:]+\/32$|:.*\/128$/.test(text) && isCidr(text);

const isAddress = (text: string): boolean => z.ipv4().safeParse(text).success || z.ipv6().safeParse(text).success;

/** A list that names nothing twice. Objects are named by one of their fields. */
export const listOf = <Item extends z.ZodType>(item: Item, by?: string) =>
  z.array(item).refine((items) => {
    const names = items
      .map((each) => (by === undefined ? each : Object(each)[by]))
      .filter((name) => name !== undefined);
    return new Set(names).size === names.length;
  }, 'must not name the same one twice');
