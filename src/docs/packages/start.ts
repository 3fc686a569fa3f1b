import { identity } from '../../server/identity/identity.js';

const { packageName } = identity;

/** What npx is given to start: the name at npm, or the tarball until there is one. */
export const packageSpec = (version: string): string =>
  identity.isPublished ? packageName : `file:/path/to/${packageName}-${version}.tgz`;

/** Puts the package of this version into whatever a page shows to be copied. */
export const withPackageSpec = (page: string, version: string): string =>
  page.replace(new RegExp(`file:/path/to/${packageName}-[^" ]*\\.tgz`, 'g'), packageSpec(version));

/** How a host starts the sandbox, which is the first thing to try. */
export const sandboxServer = (version: string) => ({
  command: 'npx',
  args: ['-y', packageSpec(version), '--sandbox'],
});

/** Links that add the sandbox to a host. */
export function installLinks(version: string): { cursor: string; vsCode: string } {
  const config = JSON.stringify(sandboxServer(version));
  return {
    cursor: link('https://cursor.com/en/install-mcp', Buffer.from(config).toString('base64')),
    vsCode: link('https://insiders.vscode.dev/redirect/mcp/install', config),
  };
}

const link = (address: string, config: string): string =>
  `${address}?name=${packageName}&config=${encodeURIComponent(config)}`;

/** The part of the README that is copied first. */
export function startSection(version: string): string {
  const spec = packageSpec(version);
  const { cursor, vsCode } = installLinks(version);
  const { command, args } = sandboxServer(version);
  const list = args.map((each) => JSON.stringify(each)).join(', ');
  return [
    `To use it from a host, start the package${identity.isPublished ? '' : notPublished}:`,
    '',
    '```sh',
    `npx -y ${spec} http --sandbox    # look around: an address, the approval page`,
    `claude mcp add ${packageName} -- npx -y ${spec} --sandbox    # or straight into a host`,
    '```',
    '',
    'In the configuration of a host (Claude Desktop, Cursor and others; VS Code calls the object `servers`):',
    '',
    '```json',
    '{',
    '  "mcpServers": {',
    `    "${packageName}": { "command": "${command}", "args": [${list}] }`,
    '  }',
    '}',
    '```',
    '',
    `[Add the sandbox to Cursor](${cursor}) · [Add the sandbox to VS Code](${vsCode})`,
  ].join('\n');
}

const notPublished =
  '. It is not at npm yet: `npm pack` makes the tarball, whose path takes\n' +
  'the place of the one below and of that in a link';
