import type { PageOptions } from '../../http/page/options.js';
import { approvalPage } from '../../http/page/page.js';
import type { Composed } from '../compose.js';
import type { Config } from '../config.js';

export interface PageParts extends Omit<PageOptions, 'approvals' | 'fleet' | 'latestAudit' | 'isSandbox'> {
  config: Config;
  composed: Composed;
}

/** The approval page over what stands behind the corridor. */
export const pageOver = ({ config, composed, ...parts }: PageParts): ReturnType<typeof approvalPage> =>
  approvalPage({
    ...parts,
    approvals: composed.approvals,
    fleet: async () => composed.fleet,
    latestAudit: composed.audit.latest,
    isSandbox: Boolean(config.sandbox),
  });
