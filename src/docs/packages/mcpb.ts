import type { ToolEntry } from '../../server/catalog.js';
import { identity } from '../../server/identity/identity.js';
import type { PackageFacts } from './facts.js';
import { formFields, formOptions, fromForm } from './variables.js';

/** The language of the manifest beside English, which stands in a file of its own. */
export const localePath = 'mcpb-resources/ko-KR.json';

const korean = {
  description: 'NHN Cloud, 삼성 클라우드 플랫폼, 네이버 클라우드, cegedim.cloud의 관리형 PostgreSQL을 운영합니다',
  long_description:
    '여러 클라우드의 관리형 PostgreSQL을 한곳에서 살펴보고, 밤사이 무엇이 잘못되었는지 찾고, 안심하고 변경합니다. ' +
    '데이터를 잃거나 접근을 열거나 서비스를 멈출 수 있는 일은 계획을 보여 주고 먼저 묻습니다.',
};

const longDescription =
  'See a fleet over several clouds, find out at night what broke, and change things without fear. Whatever could ' +
  'lose data, open access or interrupt service is asked about first, with a plan of what would happen.';

const firstSentence = (text: string): string => /^.*?[.:;](?=\s|$)/.exec(text)?.[0] ?? text;

/** The manifest of the bundle (MCPB 0.4), whose form asks for keys and for what a beginner decides. */
export function mcpbManifest({ version, license, keywords, engines }: PackageFacts, entries: readonly ToolEntry[]) {
  const { packageName: name, title, description, author, websiteUrl, repository } = identity;
  const shown = entries.filter(({ provider, core }) => provider === 'pgfleet' && core);
  return {
    manifest_version: '0.4',
    name,
    display_name: title,
    version,
    description,
    long_description: longDescription,
    author: { name: author },
    ...(websiteUrl !== undefined && { homepage: websiteUrl }),
    ...(repository && { repository: { type: 'git', url: repository.url } }),
    icon: 'icon.png',
    localization: { resources: localePath.replace('ko-KR', '${locale}'), default_locale: 'en-US' },
    server: {
      type: 'node',
      entry_point: 'dist/main.js',
      mcp_config: { command: 'node', args: ['${__dirname}/dist/main.js'], env: fromForm },
    },
    tools: shown.map((tool) => ({ name: tool.name, description: firstSentence(tool.description) })),
    tools_generated: true,
    prompts_generated: true,
    keywords,
    license,
    compatibility: { platforms: ['darwin', 'win32', 'linux'], runtimes: { node: engines.node } },
    user_config: formOptions,
  };
}

/** What of the manifest is shown in Korean. */
export const koreanManifest = () => ({
  ...korean,
  user_config: Object.fromEntries(
    formFields.map(({ name, text: { title, description } }) => [
      name,
      { title: title.ko, description: description.ko },
    ]),
  ),
});
