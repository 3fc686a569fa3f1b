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

const closedToAll: Rule = {
  id: 'closed-to-all',
  topic: 'exposure',
  title: 'Nobody can get in',
  meaning:
    'Every lock has to let the same address pass, and no address passes them all. Open the one that lets in none.',
  remedies: ['listNetworkRules', 'listAccessRules', 'lookAgain'],
  check({ instance, closed }) {
    if (!closed || instance.state === 'changing') return undefined;
    const evidence = closed.map(({ source, lets }) => ({
      field: source,
      value: lets.map((each) => sanitizeText(each)).join(', ') || 'none',
    }));
    return { severity: 'warning', evidence };
  },
};

const ruleWithoutEffect: Rule = {
  id: 'rule-without-effect',
  topic: 'exposure',
  title: 'An access rule has no effect',
  meaning: 'The first rule that matches decides, and one before it matches all that this one does. Put it further up.',
  remedies: ['listAccessRules', 'lookAgain'],
  check({ rulesWithoutEffect: rules = [] }) {
    if (rules.length === 0) return undefined;
    const evidence = rules.map(({ source, rule, behind }) => ({
      field: sanitizeText(source),
      value: `${sanitizeText(rule)}, behind ${sanitizeText(behind)}`,
    }));
    return { severity: rules.some(({ isOpposite }) => isOpposite) ? 'warning' : 'notice', evidence };
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

export const exposureRules: readonly Rule[] = [
  passwordNotAsked,
  openToEveryone,
  publicAccess,
  closedToAll,
  ruleWithoutEffect,
  accessRulesPending,
];
