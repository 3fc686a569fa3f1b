/** What is recorded of a call that changes something, or would have. The code that writes it masks the secrets. */
export interface AuditEntry {
  /**
   * `attempt` is on the disk before the change is sent, and `outcome` follows it. `refused` was never sent. `decision`
   * is what a person decided on the approval page. `look` is a look inside a database that is about to be made.
   */
  event: 'attempt' | 'outcome' | 'refused' | 'decision' | 'look';
  /** The same for all lines of one call. For a decision, it is the id of the approval. */
  call: string;
  tool: string;
  /** The tool that ran it by its name. */
  through?: string;
  risk: string;
  provider: string;
  client: string;
  /** The name of the caller that people know. */
  caller?: string;
  target?: string;
  /** Every danger that the call has, each once. */
  dangers?: readonly string[];
  /** The references of the instances that it concerns, and `unknown` where there can be others. */
  touches?: readonly string[];
  /** What it changes, from what to what. */
  changes?: unknown;
  arguments?: unknown;
  /** What the names in the arguments turned out to mean, such as `orders-primary → 71384a6d-…`. */
  named?: readonly string[];
  /** The hash of the plan that was shown. */
  plan?: string;
  approval?: string;
  /** The id of the approval by a person, and who gave it. */
  approvalId?: string;
  approver?: string;
  /** The id of the trace that the call belongs to, as the caller and the provider know it. */
  trace?: string;
  outcome?: string;
  /** Set where nothing real was touched, because the account is emulated. */
  sandbox?: true;
  /** The provider's code, and the handle of the job that was started. */
  code?: string;
  job?: string;
  milliseconds?: number;
}

export interface AuditLine extends AuditEntry {
  number: number;
  time: string;
  /** The hash of the line before. For the first line, it is 64 zeros. */
  previous: string;
  /** The name of the chain, in the first line of a file whose predecessor was moved away. */
  continues?: string;
  /** SHA-256 over this line without this field, with its keys sorted. */
  hash: string;
}

export const newestFirst = (a: AuditLine, b: AuditLine): number =>
  b.time === a.time ? b.number - a.number : b.time > a.time ? 1 : -1;
