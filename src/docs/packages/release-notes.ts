import { type Identity, identity } from '../../server/identity/identity.js';

export interface Release {
  tag: string;
  version: string;
  changelog: string;
}

/** The notes of a release, out of the changelog. Throws with what has to be put right before this tag is released. */
export function releaseNotes(
  { tag, version, changelog }: Release,
  { mcpName, websiteUrl }: Identity = identity,
): string {
  const notes = sectionOf(changelog, version);
  const faults = [
    ...(tag === `v${version}` ? [] : [`The tag is ${tag}, and the version of package.json ${version}.`]),
    ...(notes ? [] : [`CHANGELOG.md has no section ## ${version} with something in it.`]),
    ...(mcpName.startsWith('com.example/') ? ['mcpName has a namespace that is nobody’s: set it in identity.ts.'] : []),
    ...(websiteUrl === undefined ? ['websiteUrl is not set in identity.ts.'] : []),
  ];
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return `${notes}\n`;
}

/** What stands below the heading of a version, which may have a date behind it. */
const sectionOf = (changelog: string, version: string): string | undefined =>
  changelog
    .split(/^## /m)
    .find((section) => section.split(/\s/, 1)[0]?.replace(/[[\]]/g, '') === version)
    ?.replace(/^.*\n/, '')
    .trim();
