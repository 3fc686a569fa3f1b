import { randomUUID } from 'node:crypto';

type RefusalStatus = 400 | 404 | 409;

/**
 * Thrown when the product refuses a request. Only `ValidationError` is documented. The other codes are the emulator's
 * own, so that a test can tell the refusals apart.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: RefusalStatus,
    readonly code: string,
    readonly detail: string | string[],
  ) {
    super(`${code}: ${String(detail)}`);
  }
}

/** One value that is not as it has to be: where it is, and what is wrong with it. */
export interface Fault {
  msg: string;
  loc: string[];
  ctx: object;
  type_: string;
}

/** Thrown when values are refused before the product looks at them. The answer is a list of the faults. */
export class FaultyFields extends Error {
  override readonly name = 'FaultyFields';

  constructor(readonly faults: readonly Fault[]) {
    super(faults.map(({ msg }) => msg).join('; '));
  }
}

export const invalid = (detail: string | string[]) => new Refusal(400, 'ValidationError', detail);
export const notFound = (noun: string, id: string) =>
  new Refusal(404, 'ResourceNotFound', `${noun} ${id} does not exist.`);
export const unknownRequest = (id: string) => new Refusal(400, 'RequestNotFound', `Request ${id} does not exist.`);
export const nameTaken = (name: string) => new Refusal(409, 'NameConflict', `A cluster named ${name} exists already.`);
export const wrongState = (reason: string) => new Refusal(400, 'InvalidState', reason);
export const busy = (name: string, state: string) =>
  new Refusal(409, 'ClusterBusy', `Cluster ${name} is busy: its service_state is ${state}.`);

export const failure = ({ status, code, detail }: Refusal) => ({
  errors: [
    {
      code,
      detail,
      global_request_id: `req-${randomUUID()}`,
      links: [],
      related_resources: [],
      request_id: `req-${randomUUID()}`,
      response: null,
      status,
      title: code,
    },
  ],
});

const reasons = { 401: 'Unauthorized', 404: 'Not Found' } as const;

/** The gateway before the product has its own form of errors. */
export const gatewayFailure = (status: keyof typeof reasons, path: string, now: number) => ({
  timestamp: new Date(now).toISOString().replace('Z', '+00:00'),
  path,
  status,
  error: reasons[status],
  requestId: `${randomUUID().slice(0, 8)}-${10_000 + (now % 90_000)}`,
});
