/** Builds an address below the public one, which may have a path of its own. */
export const address = (url: URL, path: string): string => `${url.href.replace(/\/$/, '')}/${path}`;

export interface BannerFacts {
  url: URL;
  /** How many tools the server lists when a client does not ask for fewer. */
  listed: number;
  /** Where callers sign in. Absent when there is no issuer. */
  issuer?: string;
  /** Whether there are tokens that a person has to copy into the configuration. */
  hasStaticTokens: boolean;
  isSandbox: boolean;
}

/** Several hosts show no tools at all when a list has more than this. */
const mostForHosts = 100;

/** Tells the person who starts the server where it is, where to approve, and what to paste. */
export function banner({ url, listed, issuer, hasStaticTokens, isSandbox }: BannerFacts): string {
  const isLong = listed > mostForHosts;
  const headers = hasStaticTokens && issuer === undefined && { headers: { Authorization: 'Bearer <token>' } };
  const server = { type: 'http', url: address(url, 'mcp'), ...headers };
  return [
    `pgfleet serves ${isSandbox ? 'the sandbox, an emulator with a made-up fleet, ' : ''}at ${address(url, 'mcp')}`,
    `Approval page: ${address(url, 'approvals')}`,
    'Configuration of a host (VS Code calls the object "servers"):',
    JSON.stringify({ mcpServers: { pgfleet: server } }, undefined, 2),
    'Or by the command of a host (docs/hosts has more of them):',
    ...commandsOf(server.url, issuer, hasStaticTokens).map((line) => `  ${line}`),
    ...signInLines(issuer, hasStaticTokens),
    ...(isLong
      ? [`/mcp lists ${listed} tools; some hosts show none of so many. /mcp/x/core+ lists the daily ones and runs all.`]
      : []),
    '',
  ].join('\n');
}

/** What the configuration does not show: that nobody gets in without signing in, and how that is done. */
function signInLines(issuer: string | undefined, hasStaticTokens: boolean): string[] {
  const byToken = 'Sign-in is needed: put a token made by "pgfleet token" in the place of <token>';
  if (issuer === undefined) return hasStaticTokens ? [`${byToken}, for Codex into the variable PGFLEET_TOKEN.`] : [];
  const inBrowser = `Sign-in is needed: the host opens a browser at ${issuer} for it.`;
  const orToken = ' A header "Authorization: Bearer <token>" with a token made by "pgfleet token" does as well.';
  return [`${inBrowser}${hasStaticTokens ? orToken : ''}`];
}

/** What adds the server to the two hosts that are used most. */
function commandsOf(url: string, issuer: string | undefined, hasStaticTokens: boolean): string[] {
  const claude = `claude mcp add --transport http pgfleet ${url}`;
  const codex = `codex mcp add pgfleet --url ${url}`;
  if (issuer !== undefined) return [`${claude} && claude mcp login pgfleet`, `${codex} && codex mcp login pgfleet`];
  if (!hasStaticTokens) return [claude, codex];
  return [`${claude} --header "Authorization: Bearer <token>"`, `${codex} --bearer-token-env-var PGFLEET_TOKEN`];
}

export const codeLine = (code: string): string => `One-time code for the approval page: ${code}\n`;
