/** An address below the public one, which may have a path of its own. */
export const address = (url: URL, path: string): string => `${url.href.replace(/\/$/, '')}/${path}`;

export interface BannerFacts {
  url: URL;
  /** Clients have to show a token. */
  isSignInNeeded: boolean;
  isSandbox: boolean;
}

/** What the person who starts it wants to know: where it is, where to approve, what to paste. */
export function banner({ url, isSignInNeeded, isSandbox }: BannerFacts): string {
  const headers = isSignInNeeded && { headers: { Authorization: 'Bearer <token>' } };
  const server = { type: 'http', url: address(url, 'mcp'), ...headers };
  return [
    `pgfleet serves ${isSandbox ? 'the sandbox, an emulator with a made-up fleet, ' : ''}at ${address(url, 'mcp')}`,
    `Approval page: ${address(url, 'approvals')}`,
    'Configuration of a host (VS Code calls the object "servers"):',
    JSON.stringify({ mcpServers: { pgfleet: server } }, undefined, 2),
    '',
  ].join('\n');
}

export const codeLine = (code: string): string => `One-time code for the approval page: ${code}\n`;
