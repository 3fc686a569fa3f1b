/** What package.json says that every other file of a package repeats. */
export interface PackageFacts {
  version: string;
  license: string;
  keywords: readonly string[];
  engines: { node: string };
}
