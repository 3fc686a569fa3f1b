import { sanitizeText } from '../../values/sanitize-text.js';
import type { Evidence, Rule } from '../finding.js';
import type { Exposure } from '../instance.js';

const isForEveryone = ({ address }: Exposure): boolean => /^(0\.0\.0\.0|::|0+(:0+)*)\/0$/.test(address.trim());

const evidenceOf = (exposures: readonly Exposure[]): Evidence[] =>
  exposures.map(({ kind, address, detail, source }) => ({
    field: sanitizeText(source),
    value: `${kind} ${sanitizeText(address)}${detail === undefined ? '' : ` (${sanitizeText(detail)})`}`,
  }));

const passwordNotAsked: Rule = {
  id: 'password-not-asked',
  topic: 'exposure',
  title: 'Some get in without a password',
  meaning: 'Whoever comes from this address may be any user it names, and is not asked to prove it.',
  remedies: ['listAccessRules', 'closeNetwork', 'lookAgain'],
  check({ exposures = [] }) {
    const open = exposures.filter(({ withoutPassword }) => withoutPassword);
    if (open.length === 0) return undefined;
    return { severity: open.some(isForEveryone) ? 'critical' : 'warning', evidence: evidenceOf(open) };
  },
};

const openToEveryone: Rule = {
  id: 'open-to-everyone',
  topic: 'exposure',
  title: 'Every address is let in',
  meaning: 'The address keeps nobody out here; other locks, if any, and passwords have to. Let in only known networks.',
  remedies: ['listAccessRules', 'closeNetwork', 'lookAgain'],
  check({ exposures = [] }) {
    const open = exposures.filter((exposure) => isForEveryone(exposure) && !exposure.withoutPassword);
    return open.length > 0 ? { severity: 'warning', evidence: evidenceOf(open) } : undefined;
  },
};

const publicAccess: Rule = {
  id: 'public-access',
  topic: 'exposure',
  title: 'Reachable from the internet',
  meaning:
    'It has a public address. If nobody outside needs it, take it away; if somebody does, let in their addresses only.',
  remedies: ['closeNetwork', 'listAccessRules', 'lookAgain'],
  check({ instance, exposures = [] }) {
    const networks = exposures.filter((exposure) => exposure.kind === 'network' && !isForEveryone(exposure));
    if (!instance.publicAccess && networks.length === 0) return undefined;
    const addresses =
      instance.endpoints?.filter(({ isPublic }) => isPublic).map(({ address }) => sanitizeText(address)) ?? [];
    const own = instance.publicAccess ? [{ field: 'publicAccess', value: ['true', ...addresses].join(', ') }] : [];
    return {
      severity: exposures.some(isForEveryone) ? 'warning' : 'notice',
      evidence: [...own, ...evidenceOf(networks)],
    };
  },
};

const accessRulesPending: Rule = {
  id: 'access-rules-pending',
  topic: 'exposure',
  title: 'Changes of access rules wait to be applied',
  meaning: 'Until they are applied, the old rules decide who gets in.',
  remedies: ['applyAccessRules', 'listAccessRules', 'lookAgain'],
  check({ accessRulesPending }) {
    if (!accessRulesPending || accessRulesPending.count === 0) return undefined;
    const { source, count } = accessRulesPending;
    return { severity: 'notice', evidence: [{ field: source, value: `${count} waiting` }] };
  },
};

export const exposureRules: readonly Rule[] = [passwordNotAsked, openToEveryone, publicAccess, accessRulesPending];
