import * as z from 'zod';
import { severities } from '../../src/define/finding.js';

const text = z.string().optional();

/** One instance, as lists have it. */
const row = z.object({
  reference: z.string(),
  provider: text,
  name: z.string(),
  role: text,
  state: z.string().default('available'),
  providerState: text,
  engineVersion: text,
});
export type Row = z.infer<typeof row>;

const severity = z.enum(severities).catch('notice');

const failure = z.object({ provider: z.string(), message: z.string() });

/** What could not be read of instances, and why; of a whole instance `what` is left out. */
const unread = z.object({ what: text, why: z.string(), instances: z.array(z.string()) });
export type Unread = z.infer<typeof unread>;

const gaps = {
  failures: z.array(failure).default([]),
  missed: z.array(unread).default([]),
  unseen: z.array(unread).default([]),
  /** How many instances the policy does not show. */
  denied: z.number().default(0),
  ageSeconds: z.number().default(0),
};

const found = z.object({
  severity,
  title: z.string(),
  instances: z.array(z.object({ instance: z.string(), evidence: z.string(), count: z.number().optional() })),
});

/** The answer of `fleet_overview`. */
export const overviewForm = z.object({
  total: z.number(),
  counts: z.record(z.string(), z.number()).default({}),
  instances: z.array(row).default([]),
  findings: z.array(z.object({ severity, title: z.string(), instances: z.array(z.string()) })).default([]),
  cursor: text,
  ...gaps,
});
export type Overview = z.infer<typeof overviewForm>;

/** The answer of `fleet_check`. */
export const checkForm = z.object({
  examined: z.number(),
  total: z.number(),
  findings: z.array(found).default([]),
  /** What was found inside the databases. */
  inside: z.array(found).default([]),
  ...gaps,
});
export type Check = z.infer<typeof checkForm>;

const endpoint = z.object({ address: z.string(), port: z.number().optional(), isPublic: z.boolean().optional() });
const record = row.extend({
  highAvailability: z.object({ enabled: z.boolean().optional() }).optional(),
  endpoints: z.array(endpoint).default([]),
  publicAccess: z.boolean().optional(),
  storage: z.object({ gigabytes: z.number().optional(), usedPercent: z.number().optional() }).optional(),
  backups: z.object({ enabled: z.boolean().optional(), retentionDays: z.number().optional(), newest: text }).optional(),
  created: text,
  size: z.object({ name: text, vcpus: z.number().optional(), memoryGigabytes: z.number().optional() }).optional(),
});
export type InstanceRecord = z.infer<typeof record>;

/** The answer of `fleet_get_instance` about one instance. */
export const instanceForm = z.object({ instance: record, related: z.array(row).default([]), ...gaps });

/**
 * What PostgreSQL itself says, of which the board takes kinds and counts alone. Where nothing could be seen, `notSeen`
 * is the reason, and `fault` its kind.
 */
const inside = z.object({
  instance: z.string(),
  findings: z
    .array(
      z.object({ severity, title: z.string(), faults: z.array(z.unknown()).default([]), more: z.number().default(0) }),
    )
    .default([]),
  notSeen: z.union([z.string(), z.array(z.object({ checks: z.array(z.string()).default([]) }))]).default([]),
  fault: text,
});

/** The answer of `fleet_diagnose_instance` about one instance. */
export const diagnosisForm = z.object({
  instance: row,
  findings: z.array(found).default([]),
  inside: z.array(inside).default([]),
});

/** The answer of `fleet_get_metrics` about one instance. */
export const metricsForm = z.object({
  from: z.string(),
  to: z.string(),
  metrics: z
    .array(
      z.object({
        metric: z.string(),
        unit: z.string(),
        minimum: z.number(),
        mean: z.number(),
        maximum: z.number(),
        last: z.number(),
      }),
    )
    .default([]),
  series: z.array(z.record(z.string(), z.union([z.string(), z.number()]))).default([]),
  unseen: z.array(z.object({ what: text, why: z.string() })).default([]),
});
export type Metrics = z.infer<typeof metricsForm>;

/** The answer of `fleet_list_events`. */
export const eventsForm = z.object({
  total: z.number(),
  events: z.array(z.object({ time: z.string(), category: z.string(), text, by: text, name: text })).default([]),
  incomplete: z.array(z.object({ keeps: z.string() })).default([]),
});
export type Events = z.infer<typeof eventsForm>;

/** The plan of a call that waits for a yes. The whole of it stands in the text of the answer. */
export const planForm = z.object({
  status: z.enum(['confirmation_required', 'approval_pending']),
  expires_at: z.string(),
  plan: z.object({ tool: z.string(), risk: z.string(), name: z.string() }),
});
export type PlanAnswer = z.infer<typeof planForm>;
