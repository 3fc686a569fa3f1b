import type { Implementation } from '@modelcontextprotocol/server';
import { iconAddress } from './icon.js';

/** Who pgfleet is, wherever a registry, a host or a client asks. */
export interface Identity {
  /** Its name at npm and in the configuration of hosts. */
  packageName: string;
  title: string;
  /** As the licence has it. */
  author: string;
  /** At most 100 characters, which is what the MCP Registry takes. */
  description: string;
  /** Its name at the MCP Registry: a namespace that its publisher controls, and a name. */
  mcpName: string;
  /** Whether npm has the package. Until then its tarball stands in every command. */
  isPublished: boolean;
  /** Where people read about it. */
  websiteUrl?: string;
  /** Where its source is, and the kind of that place as the registry has it: `github`. */
  repository?: { url: string; source: string };
}

/**
 * The only place for names and addresses; `npm run update` carries them everywhere. To be set when it is published:
 * `mcpName`, whose namespace belongs to nobody until then, `isPublished`, and the addresses.
 */
export const identity: Identity = {
  packageName: 'pgfleet',
  title: 'pgfleet',
  author: 'the pgfleet authors',
  description: 'Operate managed PostgreSQL at NHN Cloud, Samsung Cloud Platform, NAVER Cloud and cegedim.cloud',
  mcpName: 'com.example/pgfleet',
  isPublished: false,
};

/** How the server introduces itself. It comes with every answer in the newer protocol era, so it is short. */
export function serverInfo(version: string, { packageName, title, websiteUrl }: Identity = identity): Implementation {
  return {
    name: packageName,
    title,
    version,
    icons: [{ src: iconAddress, mimeType: 'image/svg+xml', sizes: ['any'] }],
    ...(websiteUrl !== undefined && { websiteUrl }),
  };
}
