import type { Prompt, PromptLanguage } from '../../define/index.js';

/** Names of skills have hyphens, and names of prompts have underscores. */
export const skillName = ({ name }: Prompt): string => name.replaceAll('_', '-');

const fillIn = {
  en: 'Take these from the conversation; ask for what is missing.',
  ko: '아래 값은 대화에서 찾고, 없으면 물어봅니다.',
};

/** A skill has no arguments, so it names what to fill in and keeps the placeholders of the text. */
export function skillText(prompt: Prompt, language: PromptLanguage): string {
  const places = prompt.arguments.map(({ name, description, otherwise }) => {
    const standard = otherwise ? ` (${otherwise[language]})` : '';
    return `- \`{${name}}\`: ${description[language]}${standard}`;
  });
  return [
    '---',
    `name: ${skillName(prompt)}`,
    `description: ${JSON.stringify(prompt.description[language])}`,
    '---',
    '',
    `# ${prompt.title[language]}`,
    '',
    ...(places.length > 0 ? [fillIn[language], '', ...places, ''] : []),
    prompt.text[language].trim(),
    '',
  ].join('\n');
}
