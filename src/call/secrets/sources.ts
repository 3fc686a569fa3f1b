import { readdir } from 'node:fs/promises';

export interface SecretSources {
  /** Values by name. Only names that begin with `PGFLEET_SECRET_` are in it. */
  environment: Readonly<Record<string, string>>;
  /** The folder that files are read from and generated values are written to. */
  folder: string;
}

/** Without folders and without the hidden ones. */
export const isPlainFileName = (name: string): boolean => /^\w[\w.-]*$/.test(name);

/** Values that were made here: where each of them is was told when it was made. */
const isGenerated = (name: string): boolean => /^\d{4}-\d\d-\d\dT/.test(name);

/** More than fits into one sentence would be cut. */
const mostCharacters = 300;

/** The references that there are, by their names only, for somebody who named one that does not work. */
export async function referencesSet({ environment, folder }: SecretSources): Promise<string> {
  const files = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = files.flatMap((file) => (file.isFile() && isPlainFileName(file.name) ? [file.name] : []));
  const all = [
    ...Object.keys(environment)
      .toSorted()
      .map((name) => `secret://env/${name}`),
    ...names
      .filter((name) => !isGenerated(name))
      .toSorted()
      .map((name) => `secret://file/${name}`),
  ];
  if (all.length === 0) return 'No reference is set here but secret://generate.';
  const shown = all.filter((_, index) => all.slice(0, index + 1).join(', ').length <= mostCharacters);
  const more = all.length > shown.length ? ` and ${all.length - shown.length} more` : '';
  return `Set are ${shown.join(', ')}${more}.`;
}
