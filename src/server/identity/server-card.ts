import { SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/server';
import { type Identity, identity, serverInfo } from './identity.js';

export const serverCardType = 'application/mcp-server-card+json';

export interface ServerCardOptions {
  version: string;
  /** The address of the protocol. */
  url: string;
  /** Whether callers have to bring a token that no issuer gives them. */
  needsStaticToken: boolean;
}

/** What a client may know of this server before it connects: who it is, and how to reach it. */
export function serverCard({ version, url, needsStaticToken }: ServerCardOptions, who: Identity = identity) {
  // The name that a card has is the one at the registry; all else is as the server says it once connected.
  const { name: _, ...info } = serverInfo(version, who);
  return {
    $schema: 'https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json',
    name: who.mcpName,
    description: who.description,
    ...info,
    ...(who.repository && { repository: who.repository }),
    remotes: [
      {
        type: 'streamable-http',
        url,
        supportedProtocolVersions: ['2026-07-28', ...SUPPORTED_PROTOCOL_VERSIONS],
        ...(needsStaticToken && { headers: [authorization] }),
      },
    ],
  };
}

const authorization = {
  name: 'Authorization',
  description: 'Bearer and a token, which the operator of this server gives out',
  isRequired: true,
  isSecret: true,
};

/** The list of what a host name has to offer, by which a client finds the card. */
export function aiCatalog(cardUrl: string, { mcpName, title }: Identity = identity) {
  const [namespace = '', name = ''] = mcpName.split('/');
  const publisher = namespace.split('.').toReversed().join('.');
  return {
    specVersion: '1.0',
    entries: [
      { identifier: `urn:air:${publisher}:mcp:${name}`, displayName: title, type: serverCardType, url: cardUrl },
    ],
  };
}
