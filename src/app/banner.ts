/** Builds an address below the public one, which may have a path of its own. */
export const address = (url: URL, path: string): string => `${url.href.replace(/\/$/, '')}/${path}`;

export interface BannerFacts {
  url: URL;
  /** How many tools the server lists when a client does not ask for fewer. */
  listed: number;
  /** Whether clients send a token that a person has to copy into their configuration. */
  hasStaticTokens: boolean;
  isSandbox: boolean;
}

/** Several hosts show no tools at all when a list has more than this. */
const mostForHosts = 100;

/** Tells the person who starts the server where it is, where to approve, and what to paste. */
export function banner({ url, listed, hasStaticTokens, isSandbox }: BannerFacts): string {
  const isLong = listed > mostForHosts;
  const headers = hasStaticTokens && { headers: { Authorization: 'Bearer <token>' } };
  const server = { type: 'http', url: address(url, 'mcp'), ...headers };
  return [
    `pgfleet serves ${isSandbox ? 'the sandbox, an emulator with a made-up fleet, ' : ''}at ${address(url, 'mcp')}`,
    `Approval page: ${address(url, 'approvals')}`,
    'Configuration of a host (VS Code calls the object "servers"):',
    JSON.stringify({ mcpServers: { pgfleet: server } }, undefined, 2),
    ...(isLong
      ? [`/mcp lists ${listed} tools; some hosts show none of so many. /mcp/x/core+ lists the daily ones and runs all.`]
      : []),
    '',
  ].join('\n');
}

export const codeLine = (code: string): string => `One-time code for the approval page: ${code}\n`;
