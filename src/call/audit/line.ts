/** What is recorded of a call that changes something, or would have. Secrets in it are masked by whoever writes it. */
export interface AuditEntry {
  /**
   * `attempt` is on the disk before the change is sent; `outcome` follows it; `refused` was never sent. `decision` is
   * what a person said on the approval page.
   */
  event: 'attempt' | 'outcome' | 'refused' | 'decision';
  /** The same for all lines of one call; of a decision, the id of the approval. */
  call: string;
  tool: string;
  risk: string;
  provider: string;
  client: string;
  /** Who called, as people know them. */
  caller?: string;
  target?: string;
  arguments?: unknown;
  /** Hash of the plan that was shown. */
  plan?: string;
  approval?: string;
  /** Id of the approval by a person, and who gave it. */
  approvalId?: string;
  approver?: string;
  /** Id of the trace that the call belongs to, as the caller and the provider know it. */
  trace?: string;
  outcome?: string;
  /** The provider's code, and the handle of what was started. */
  code?: string;
  job?: string;
  milliseconds?: number;
}

export interface AuditLine extends AuditEntry {
  number: number;
  time: string;
  /** The hash of the line before; of the first line, 64 zeros. */
  previous: string;
  /** SHA-256 over this line without this field, keys sorted. */
  hash: string;
}
