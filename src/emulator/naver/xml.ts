/** The answer as XML. A list element is named after its list: `productList` holds `product`. */
export const toXml = (answer: object): string => `<?xml version="1.0" encoding="UTF-8"?>\n${elements(answer)}\n`;

const elements = (value: object): string =>
  Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([name, inner]) => element(name, inner))
    .join('');

const element = (name: string, value: unknown): string => `<${name}>${content(name, value)}</${name}>`;

function content(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => element(name.replace(/List$/, ''), item)).join('');
  if (typeof value === 'object' && value !== null) return elements(value);
  return String(value).replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
