import { identity } from '../../server/identity/identity.js';
import type { PackageFacts } from './facts.js';
import { formFields, formOptions, fromForm } from './variables.js';

/** The plugin of Claude Code: the server of the package that it lies in, and the runbooks beside it as skills. */
export function claudePlugin({ version, license, keywords }: PackageFacts) {
  const { packageName: name, description, author, websiteUrl, repository } = identity;
  return {
    name,
    version,
    description,
    author: { name: author },
    license,
    keywords,
    ...(websiteUrl !== undefined && { homepage: websiteUrl }),
    ...(repository && { repository: repository.url }),
    userConfig: formOptions,
    mcpServers: {
      [name]: { command: 'node', args: [`\${CLAUDE_PLUGIN_ROOT}/dist/main.js`], env: fromForm },
    },
  };
}

/** The list by which Claude Code finds the plugin: in the same folder, or at npm once it is there. */
export function marketplace() {
  const { packageName: name, description, author, isPublished } = identity;
  const source = isPublished ? { source: 'npm', package: name } : './';
  return { name, description, owner: { name: author }, plugins: [{ name, source, description }] };
}

/** The extension of Gemini CLI, which finds the skills in the same folder. It asks for what is secret alone. */
export function geminiExtension({ version }: PackageFacts) {
  const { packageName: name, description } = identity;
  return {
    name,
    version,
    description,
    mcpServers: {
      [name]: { command: 'node', args: [`\${extensionPath}\${/}dist\${/}main.js`, '--sandbox', 'auto'] },
    },
    settings: formFields
      .filter(({ isSecret }) => isSecret)
      .map(({ name: envVar, text }) => ({
        name: text.title.en,
        description: text.description.en,
        envVar,
        sensitive: true,
      })),
  };
}
